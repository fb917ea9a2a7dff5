/*
 * model_pins.c: can the pins hold together?
 *
 * The least plan uses only pinned pairs, so each row is judged by walking
 * the pins; what a row adds up to is kept beside it.
 */
#include "model.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *
name_or_index(const char *name, int32_t index, char text[16])
{
    if (name != NULL && name[0] != '\0') {
        return name;
    }
    int n = 0, digits[10];
    do {
        digits[n++] = index % 10;
        index /= 10;
    } while (index > 0);
    for (int k = 0; k < n; k++) {
        text[k] = (char)('0' + digits[n - 1 - k]);
    }
    text[n] = '\0';
    return text;
}

static bool
broken(struct err *err, const char *row, const char *name, int32_t index,
    int64_t asked, int64_t limit)
{
    char text[16];
    return fail(err, ERR_NO_PLAN,
        "pins ask for %" PRId64 " of %s \"%s\", which allows %" PRId64, asked,
        row, name_or_index(name, index, text), limit);
}

static bool
raise_pins(const struct instance *in, int32_t *units, struct err *err)
{
    for (int32_t k = 0; k < in->pins_n; k++) {
        int32_t pair = in->pins[k].pair, l = instance_pair_line(in, pair);
        const struct instance_line *line = &in->lines[l];
        const struct instance_offer *offer =
            &in->offers[in->pair_offer[pair]];
        int32_t least = in->pins[k].units;
        if (least > line->quantity) {
            return broken(err, "line", line->name, l, least, line->quantity);
        }
        if (least < offer->min_lot) {
            least = offer->min_lot;
        }
        if (line->indivisible && least < line->quantity) {
            least = line->quantity;
        }
        units[pair] = least;
    }
    return true;
}

struct pin_sums {
    int64_t *line, *offer, *need;
    int64_t programme;
};

static bool
check_sums(const struct instance *in, const int32_t *units,
    struct pin_sums *sums, struct err *err)
{
    for (int32_t k = 0; k < in->pins_n; k++) {
        int32_t p = in->pins[k].pair, l = instance_pair_line(in, p);
        int32_t i = in->lines[l].need, j = in->pair_offer[p];
        const struct instance_line *line = &in->lines[l];
        const struct instance_offer *offer = &in->offers[j];
        const struct instance_need *need = &in->needs[i];
        int64_t use = (int64_t)in->pair_use[p] * units[p];
        int64_t cost = (int64_t)in->pair_cost[p] * units[p];
        sums->line[l] += units[p];
        if (sums->line[l] > line->quantity) {
            return broken(err, "line", line->name, l, sums->line[l],
                line->quantity);
        }
        sums->offer[j] += use; /* both terms <= 1e18 */
        if (sums->offer[j] > offer->capacity) {
            return broken(err, "the capacity of offer", offer->name, j,
                sums->offer[j], offer->capacity);
        }
        sums->need[i] += need->budget_yen == INSTANCE_NO_LIMIT ? 0 : cost;
        if (need->budget_yen != INSTANCE_NO_LIMIT &&
            sums->need[i] > need->budget_yen) {
            return broken(err, "the budget of need", need->name, i,
                sums->need[i], need->budget_yen);
        }
        if (in->programme_budget_yen == INSTANCE_NO_LIMIT) {
            continue;
        }
        sums->programme += cost;
        if (sums->programme > in->programme_budget_yen) {
            return broken(err, "the budget of", "programme", 0,
                sums->programme, in->programme_budget_yen);
        }
    }
    return true;
}

/* A used link: first is a need or an offer, second what it counts. */
struct link {
    int32_t first, second;
};

static int
compare_links(const void *a, const void *b)
{
    const struct link *x = a, *y = b;
    int first = (x->first > y->first) - (x->first < y->first);
    return first != 0 ? first
                      : (x->second > y->second) - (x->second < y->second);
}

static bool
check_links(const struct instance *in, bool partners, struct err *err)
{
    size_t n = (size_t)in->pins_n;
    struct link *links = xmalloc(n * sizeof(*links));
    for (size_t k = 0; k < n; k++) {
        int32_t p = in->pins[k].pair, j = in->pair_offer[p];
        int32_t i = in->lines[instance_pair_line(in, p)].need;
        links[k] = partners ? (struct link){i, in->offers[j].org}
                            : (struct link){j, i};
    }
    qsort(links, n, sizeof(*links), compare_links);
    bool ok = true;
    int32_t count = 0;
    for (size_t k = 0; k < n && ok; k++) {
        bool first = k == 0 || links[k].first != links[k - 1].first;
        if (!first && links[k].second == links[k - 1].second) {
            continue;
        }
        count = first ? 1 : count + 1;
        int32_t f = links[k].first;
        int32_t limit =
            partners ? in->needs[f].max_partners : in->offers[f].max_needs;
        if (limit != 0 && count > limit) {
            ok = partners
                ? broken(err, "the partners of need", in->needs[f].name, f,
                      count, limit)
                : broken(err, "the needs of offer", in->offers[f].name, f,
                      count, limit);
        }
    }
    free(links);
    return ok;
}

bool
model_least_plan(const struct instance *in, int32_t *units, struct err *err)
{
    if (in->pairs_n > 0) {
        memset(units, 0, (size_t)in->pairs_n * sizeof(*units));
    }
    if (in->pins_n == 0) {
        return true;
    }
    struct pin_sums sums = {
        .line = xcalloc((size_t)in->lines_n, sizeof(int64_t)),
        .offer = xcalloc((size_t)in->offers_n, sizeof(int64_t)),
        .need = xcalloc((size_t)in->needs_n, sizeof(int64_t))};
    bool ok = raise_pins(in, units, err) &&
        check_sums(in, units, &sums, err) && check_links(in, true, err) &&
        check_links(in, false, err);
    free(sums.line);
    free(sums.offer);
    free(sums.need);
    return ok;
}
