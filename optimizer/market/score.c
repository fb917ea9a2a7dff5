/* score.c: what a pair is worth; candidate sums it, explain shows it. */
#include "score.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/instance/instance.h"
#include "rule.h"

#define TERM(id, name) name,
static const char *const names[] = {
#include "score_list.h"
};
#undef TERM

static int64_t
worth(const struct market *market, const struct market_entry *need)
{
    if (need->interest != MARKET_NONE) {
        return market->value[OPTION_PUBLIC_WORTH];
    }
    return market->value[OPTION_WORTH_URGENCY_0 + need->urgency];
}

static int64_t
tag_term(const struct market *market, const struct market_entry *a,
    const struct market_entry *b)
{
    int64_t most = market->value[OPTION_FIT_TAG_COUNT], common = 0;
    int32_t i = 0, k = 0;
    while (i < a->tags_n && k < b->tags_n && common < most) {
        int order = strcmp(market->tags[a->tags + i],
            market->tags[b->tags + k]);
        common += order == 0;
        i += order <= 0;
        k += order >= 0;
    }
    return common * market->value[OPTION_FIT_TAG];
}

static void
fit_terms(const struct market *market, const struct market_line *nl,
    const struct market_line *ol, struct score *score)
{
    const struct market_entry *n = &market->entries[nl->entry];
    const struct market_entry *o = &market->entries[ol->entry];
    const int64_t *value = market->value;
    score->term[TERM_KIND] = value[nl->kind == ol->kind
                                       ? OPTION_FIT_KIND_EXACT
                                       : OPTION_FIT_KIND_BELOW];
    if (taxonomy_overlap(&n->targets, &o->targets)) {
        score->term[TERM_TARGET] = value[OPTION_FIT_TARGET];
    }
    if (taxonomy_overlap(&n->themes, &o->themes)) {
        score->term[TERM_THEME] = value[OPTION_FIT_THEME];
    }
    score->term[TERM_TAG] = tag_term(market, n, o);
}

static void
place_terms(const struct market *market, int32_t need, int32_t offer,
    struct score *score)
{
    const int64_t *value = market->value;
    score->distance_m = market_distance_m(market, need, offer);
    if (score->distance_m > 0) {
        int64_t price =
            score->distance_m * value[OPTION_DISTANCE_PRICE] / 1000;
        int64_t cap = value[OPTION_DISTANCE_CAP];
        score->term[TERM_DISTANCE] = -(price < cap ? price : cap);
    }
    if (market->entries[offer].reach == REACH_ONLINE) {
        if (market->entries[need].reach != REACH_ONLINE) {
            score->term[TERM_ONLINE] = -value[OPTION_ONLINE_PRICE];
        }
    } else if (!rule_inside(market, need, offer)) {
        score->term[TERM_OUTSIDE] = -value[OPTION_OUTSIDE_PRICE];
    }
}

/* From 0 at freshness_days to the whole price at stale_days. */
static int64_t
freshness_term(const struct market *market, const struct market_entry *n,
    const struct market_entry *o)
{
    const int64_t *value = market->value;
    int64_t age = n->age_days > o->age_days ? n->age_days : o->age_days;
    int64_t late = age - value[OPTION_FRESHNESS_DAYS];
    int64_t span =
        value[OPTION_STALE_DAYS] - value[OPTION_FRESHNESS_DAYS];
    if (late <= 0) {
        return 0;
    }
    if (late >= span) {
        return -value[OPTION_FRESHNESS_PRICE];
    }
    return -(value[OPTION_FRESHNESS_PRICE] * late / span);
}

static void
link_terms(const struct market *market, int32_t need, int32_t offer,
    struct score *score)
{
    const struct market_entry *n = &market->entries[need];
    const struct market_entry *o = &market->entries[offer];
    const int64_t *value = market->value;
    if (n->interest != MARKET_NONE) {
        if (market->orgs[o->org].small) {
            score->term[TERM_SMALL] = value[OPTION_SMALL_BONUS];
        }
        return;
    }
    if (!market_linked(market, n->org, o->org)) {
        score->term[TERM_NEW_LINK] = value[OPTION_NEW_LINK];
    }
    if (market_wishes(market, need, o->org) ||
        market_wishes(market, offer, n->org)) {
        score->term[TERM_WISH] = value[OPTION_WISH];
    }
}

static int64_t
cost_term(const struct market *market, const struct market_line *nl,
    const struct market_line *ol)
{
    if (ol->for_public) {
        return 0; /* what residents pay is no cost of the programme */
    }
    const int64_t yen_max = INT32_MAX; /* rule.c: dearer is no candidate */
    int64_t yen = ol->unit_cost_yen < yen_max ? ol->unit_cost_yen : yen_max;
    int64_t each = yen * market->value[OPTION_COST_PRICE] / 1000;
    each = each < INSTANCE_SCORE_MAX ? each : INSTANCE_SCORE_MAX;
    int64_t all = each * nl->quantity, cap = market->value[OPTION_COST_CAP];
    return -(all < cap ? all : cap);
}

static int32_t
divide_down(int64_t sum, int32_t quantity)
{
    int64_t each = sum / quantity - (sum % quantity < 0);
    if (each > INSTANCE_SCORE_MAX) {
        return INSTANCE_SCORE_MAX;
    }
    return each < -INSTANCE_SCORE_MAX ? -INSTANCE_SCORE_MAX : (int32_t)each;
}

void
score_pair(const struct market *market, int32_t need_line,
    int32_t offer_line, struct score *score)
{
    const struct market_line *nl = &market->lines[need_line];
    const struct market_line *ol = &market->lines[offer_line];
    const struct market_entry *n = &market->entries[nl->entry];
    const struct market_entry *o = &market->entries[ol->entry];
    memset(score, 0, sizeof(*score));
    score->term[TERM_WORTH] = worth(market, n);
    fit_terms(market, nl, ol, score);
    place_terms(market, nl->entry, ol->entry, score);
    link_terms(market, nl->entry, ol->entry, score);
    if (market_was_paired(market, need_line, offer_line)) {
        score->term[TERM_CONTINUITY] = market->value[OPTION_CONTINUITY];
    }
    score->term[TERM_FRESHNESS] = freshness_term(market, n, o);
    score->term[TERM_COST] = cost_term(market, nl, ol);
    int64_t sum = 0;
    for (int t = 0; t < TERM_COUNT; t++) {
        sum += score->term[t];
    }
    score->per_unit = divide_down(sum, nl->quantity);
}

int32_t
score_uncovered_price(const struct market *market, int32_t need_line)
{
    const struct market_line *line = &market->lines[need_line];
    const struct market_entry *need = &market->entries[line->entry];
    if (need->interest != MARKET_NONE) {
        return 0; /* an estimate of wishes, not a promise to keep */
    }
    int64_t price = worth(market, need) *
                    market->value[OPTION_UNCOVERED_PPM] / 1000000;
    return divide_down(price, line->quantity);
}

void
score_write(const struct score *score, struct json *json)
{
    json_open(json, '{');
    for (int t = 0; t < TERM_COUNT; t++) {
        if (score->term[t] != 0) {
            json_put_int(json, names[t], score->term[t]);
        }
    }
    json_close(json, '}');
}

/* "name":-12 with the comma or brace behind it; NULL: not that. */
static const char *
read_term(const char *at, struct score *score)
{
    if (*at++ != '"') {
        return NULL;
    }
    size_t len = strcspn(at, "\"\\");
    if (at[len] != '"' || at[len + 1] != ':') {
        return NULL;
    }
    char *end;
    int64_t value = strtoll(at + len + 2, &end, 10);
    if (end == at + len + 2 || (*end != ',' && *end != '}')) {
        return NULL;
    }
    for (int t = 0; t < TERM_COUNT; t++) {
        if (strlen(names[t]) == len && memcmp(names[t], at, len) == 0) {
            score->term[t] = value;
        }
    }
    return end;
}

bool
score_read(const char *terms, struct score *score)
{
    memset(score->term, 0, sizeof(score->term));
    if (strcmp(terms, "{}") == 0) {
        return true;
    }
    const char *at = *terms == '{' ? terms : NULL;
    do {
        at = at != NULL ? read_term(at + 1, score) : NULL;
    } while (at != NULL && *at == ',');
    return at != NULL && strcmp(at, "}") == 0;
}
