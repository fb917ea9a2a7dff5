/* market_history.c: decisions in force, the previous plan, organisations
 * that work together; a part of market.c. */
#include "market.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/store/decision.h"
#include "optimizer/store/run.h"
#include "optimizer/store/taken_back.h"

static void
take_decision(const struct decision_standing *row, struct market *market)
{
    enum market_decision_kind kind =
        !decision_bars(row)                  ? DECISION_PIN
        : strcmp(row->kind, "forbid") == 0   ? DECISION_FORBID
                                             : DECISION_DEFER;
    int32_t need = market_find(market, row->need_id);
    int32_t offer = market_find(market, row->offer_id);
    if (need == MARKET_NONE || offer == MARKET_NONE ||
        !market->entries[need].is_need || market->entries[offer].is_need) {
        return;
    }
    market->decisions[market->decisions_n++] =
        (struct market_decision){.id = row->id, .need = need, .offer = offer,
            .kind = kind,
            .units = row->units > 1000000 ? 1000000 : (int32_t)row->units,
            .until = row->until};
}

static bool
load_decisions(struct store *store, struct arena *arena,
    struct market *market, struct err *err)
{
    struct decision_standing *rows;
    int32_t n;
    if (!decision_standing(store, market->day, arena, &rows, &n, err)) {
        return false;
    }
    market->decisions =
        arena_array(arena, (size_t)n, sizeof(*market->decisions));
    for (int32_t i = 0; i < n; i++) {
        take_decision(&rows[i], market);
    }
    return true;
}

static int
compare_int(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int
compare_pairs(const void *left, const void *right)
{
    const struct market_pair *a = left, *b = right;
    int order = compare_int(a->need_id, b->need_id);
    order = order ? order : compare_int(a->need_line_no, b->need_line_no);
    order = order ? order : compare_int(a->region, b->region);
    order = order ? order : compare_int(a->interest, b->interest);
    order = order ? order : compare_int(a->offer_id, b->offer_id);
    return order ? order : compare_int(a->offer_line_no, b->offer_line_no);
}

static int32_t
interest_find(const struct market *market, const char *id)
{
    for (int32_t i = 0; i < market->interests_n; i++) {
        if (strcmp(market->interests[i].id, id) == 0) {
            return i;
        }
    }
    return MARKET_NONE;
}

static void
take_previous(struct store_stmt *stmt, struct market *market)
{
    struct market_pair *pair = &market->previous[market->previous_n++];
    *pair = (struct market_pair){.need_id = store_int(stmt, 0),
        .need_line_no = (int32_t)store_int(stmt, 1),
        .region = MARKET_NONE, .interest = MARKET_NONE,
        .offer_id = store_int(stmt, 4),
        .offer_line_no = (int32_t)store_int(stmt, 5)};
    if (pair->need_id == 0) {
        pair->region = geo_find(&market->geo, store_text(stmt, 2));
        pair->interest = interest_find(market, store_text(stmt, 3));
    }
}

#define PREVIOUS_RUN                                                          \
    "(SELECT max(id) FROM runs WHERE " RUN_HAS_PLAN " AND plan_date < ?)"

static int64_t
count_with_date(struct store *store, const char *sql, const char *date,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return -1;
    }
    store_bind_text(stmt, 1, date);
    int64_t n = store_step(stmt, err) > 0 ? store_int(stmt, 0) : -1;
    store_finish(stmt);
    return n;
}

/* The newest plan of an earlier day: a second match of one day sees the
 * same previous plan as the first. */
static bool
load_previous(struct store *store, const char *date, struct arena *arena,
    struct market *market, struct err *err)
{
    int64_t n = count_with_date(store,
        "SELECT count(*) FROM plan_lines WHERE run_id = " PREVIOUS_RUN, date,
        err);
    struct store_stmt *stmt = n < 0 ? NULL : store_prepare(store,
        "SELECT ifnull(need_id, 0), ifnull(need_line_no, 1),"
        "       ifnull(region_code, ''), ifnull(interest_id, ''), offer_id,"
        "       offer_line_no"
        "  FROM plan_lines WHERE run_id = " PREVIOUS_RUN " ORDER BY id",
        err);
    if (stmt == NULL) {
        return false;
    }
    market->previous =
        arena_array(arena, (size_t)n, sizeof(*market->previous));
    store_bind_text(stmt, 1, date);
    int step = 0;
    while (market->previous_n < n && (step = store_step(stmt, err)) > 0) {
        take_previous(stmt, market);
    }
    store_finish(stmt);
    qsort(market->previous, (size_t)market->previous_n,
        sizeof(*market->previous), compare_pairs);
    return step >= 0;
}

static int
compare_org_pairs(const void *left, const void *right)
{
    const struct market_org_pair *a = left, *b = right;
    int order = compare_int(a->low, b->low);
    return order ? order : compare_int(a->high, b->high);
}

static struct market_org_pair
org_pair(int32_t a, int32_t b)
{
    return a < b ? (struct market_org_pair){a, b}
                 : (struct market_org_pair){b, a};
}

static bool
load_linked(struct store *store, struct arena *arena, struct market *market,
    struct err *err)
{
    int64_t n = 0;
    if (!store_query_int(store, "SELECT count(*) FROM outcomes", &n, err)) {
        return false;
    }
    market->linked = arena_array(arena, (size_t)n, sizeof(*market->linked));
    struct store_stmt *stmt = store_prepare(store,
        "SELECT n.organisation_id, o.organisation_id FROM outcomes AS t"
        "  JOIN entries AS n ON n.id = t.need_id"
        "  JOIN entries AS o ON o.id = t.offer_id"
        " WHERE t.stage IN ('agreed', 'held') AND NOT "
        OUTCOME_TAKEN_BACK("t") " ORDER BY t.id",
        err);
    if (stmt == NULL) {
        return false;
    }
    int step = 0;
    while (market->linked_n < n && (step = store_step(stmt, err)) > 0) {
        int32_t a = market_org_find(market, store_int(stmt, 0));
        int32_t b = market_org_find(market, store_int(stmt, 1));
        market->linked[market->linked_n++] = org_pair(a, b);
    }
    store_finish(stmt);
    qsort(market->linked, (size_t)market->linked_n, sizeof(*market->linked),
        compare_org_pairs);
    return step >= 0;
}

bool
market_load_history(struct store *store, const char *date,
    struct arena *arena, struct market *market, struct err *err)
{
    return load_decisions(store, arena, market, err) &&
           load_previous(store, date, arena, market, err) &&
           load_linked(store, arena, market, err);
}

const struct market_decision *
market_decision(const struct market *market, int32_t need, int32_t offer)
{
    int32_t low = 0, high = market->decisions_n;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        const struct market_decision *d = &market->decisions[middle];
        if (d->need == need && d->offer == offer) {
            return d;
        }
        if (d->need < need || (d->need == need && d->offer < offer)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

bool
market_was_paired(const struct market *market, int32_t need_line,
    int32_t offer_line)
{
    const struct market_line *n = &market->lines[need_line];
    const struct market_line *o = &market->lines[offer_line];
    const struct market_entry *need = &market->entries[n->entry];
    bool open = need->interest != MARKET_NONE;
    struct market_pair key = {.need_id = need->id,
        .need_line_no = n->line_no,
        .region = open ? need->region : MARKET_NONE,
        .interest = need->interest,
        .offer_id = market->entries[o->entry].id,
        .offer_line_no = o->line_no};
    return market->previous_n > 0 &&
           bsearch(&key, market->previous, (size_t)market->previous_n,
               sizeof(key), compare_pairs) != NULL;
}

bool
market_linked(const struct market *market, int32_t org_a, int32_t org_b)
{
    struct market_org_pair key = org_pair(org_a, org_b);
    return market->linked_n > 0 &&
           bsearch(&key, market->linked, (size_t)market->linked_n,
               sizeof(key), compare_org_pairs) != NULL;
}
