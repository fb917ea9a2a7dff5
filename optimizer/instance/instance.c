/* instance.c: the limits that make every exact sum fit. */
#include "instance.h"

#include <inttypes.h>
#include <stdlib.h>

enum { FLOOR_MEMBERS_MAX = 9000000 }; /* 1e12 of each in 63 bits */

static bool
in_range(int64_t value, int64_t min, int64_t max, const char *what,
    const char *name, struct err *err)
{
    if (value < min || value > max) {
        return fail(err, ERR_INPUT,
            "%s is %" PRId64 ", not from %" PRId64 " to %" PRId64 ": \"%s\"",
            what, value, min, max, name != NULL ? name : "");
    }
    return true;
}

static bool
check_counts(const struct instance *in, struct err *err)
{
    return in_range(in->needs_n, 0, INSTANCE_ROWS_MAX, "number of needs", "",
               err) &&
        in_range(in->lines_n, 0, INSTANCE_ROWS_MAX, "number of lines", "",
            err) &&
        in_range(in->offers_n, 0, INSTANCE_ROWS_MAX, "number of offers", "",
            err) &&
        in_range(in->orgs_n, 0, INSTANCE_ROWS_MAX, "number of organisations",
            "", err) &&
        in_range(in->floors_n, 0, INSTANCE_ROWS_MAX, "number of floors", "",
            err) &&
        in_range(in->pairs_n, 0, INSTANCE_PAIRS_MAX, "number of pairs", "",
            err) &&
        in_range(in->pins_n, 0, INSTANCE_PAIRS_MAX, "number of pins", "",
            err) &&
        in_range(in->programme_budget_yen, INSTANCE_NO_LIMIT,
            INSTANCE_YEN_MAX, "programme budget", "", err);
}

static bool
check_needs_offers(const struct instance *in, struct err *err)
{
    for (int32_t i = 0; i < in->needs_n; i++) {
        const struct instance_need *need = &in->needs[i];
        if (!in_range(need->budget_yen, INSTANCE_NO_LIMIT, INSTANCE_YEN_MAX,
                "budget of need", need->name, err) ||
            !in_range(need->max_partners, 0, INSTANCE_UNITS_MAX,
                "partner limit of need", need->name, err)) {
            return false;
        }
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        const struct instance_offer *offer = &in->offers[j];
        if (!in_range(offer->capacity, 0, INSTANCE_UNITS_MAX,
                "capacity of offer", offer->name, err) ||
            !in_range(offer->max_needs, 0, INSTANCE_UNITS_MAX,
                "need limit of offer", offer->name, err) ||
            !in_range(offer->min_lot, 0, INSTANCE_UNITS_MAX,
                "least lot of offer", offer->name, err) ||
            !in_range(offer->org, 0, (int64_t)in->orgs_n - 1,
                "organisation of offer", offer->name, err)) {
            return false;
        }
    }
    return true;
}

static bool
check_pairs(const struct instance *in, int32_t l, int32_t *score_max,
    struct err *err)
{
    const char *name = in->lines[l].name;
    *score_max = 0;
    for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
        bool first = p == in->pair_begin[l];
        if (!in_range(in->pair_offer[p], first ? 0 : in->pair_offer[p - 1] + 1,
                (int64_t)in->offers_n - 1, "offer index of a pair of line",
                name, err) ||
            !in_range(in->pair_score[p], -INSTANCE_SCORE_MAX,
                INSTANCE_SCORE_MAX, "score of a pair of line", name, err) ||
            !in_range(in->pair_cost[p], 0, INT32_MAX,
                "cost of a pair of line", name, err) ||
            !in_range(in->pair_use[p], 1, INSTANCE_UNITS_MAX,
                "use of a pair of line", name, err)) {
            return false;
        }
        int32_t size = abs(in->pair_score[p]);
        *score_max = size > *score_max ? size : *score_max;
    }
    return true;
}

/* Lines, their pairs, and the size that any plan's value can have. */
static bool
check_lines(const struct instance *in, int64_t *worth, struct err *err)
{
    if (in->pair_begin[0] != 0 ||
        in->pair_begin[in->lines_n] != in->pairs_n) {
        return fail(err, ERR_INPUT, "pair rows do not span the pairs");
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        const struct instance_line *line = &in->lines[l];
        int32_t score_max;
        if (!in_range(line->need, 0, (int64_t)in->needs_n - 1,
                "need index of line", line->name, err) ||
            !in_range(line->quantity, 1, INSTANCE_UNITS_MAX,
                "quantity of line", line->name, err) ||
            !in_range(line->uncovered_price, 0, INSTANCE_SCORE_MAX,
                "uncovered price of line", line->name, err) ||
            !in_range(line->indivisible, 0, 1, "indivisible flag of line",
                line->name, err) ||
            !in_range(in->pair_begin[l + 1], in->pair_begin[l], in->pairs_n,
                "end of the pairs of line", line->name, err) ||
            !check_pairs(in, l, &score_max, err)) {
            return false;
        }
        /* <= 2e18 each: the sum is stopped before it can overflow */
        *worth += (int64_t)line->quantity * (score_max +
            (int64_t)line->uncovered_price);
        if (*worth > INSTANCE_VALUE_MAX) {
            return fail(err, ERR_INPUT,
                "scores times quantities add up to more than %lld"
                " milli-points at line \"%s\"",
                INSTANCE_VALUE_MAX, line->name != NULL ? line->name : "");
        }
    }
    return true;
}

static int
compare_lines(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static bool
check_floor(const struct instance *in, const struct instance_floor *floor,
    int64_t *worth, struct err *err)
{
    if (!in_range(floor->share_ppm, 0, INSTANCE_PPM, "share of floor",
            floor->name, err) ||
        !in_range(floor->price, 0, INSTANCE_SCORE_MAX, "price of floor",
            floor->name, err) ||
        !in_range(floor->member_begin, 0, floor->member_end,
            "members of floor", floor->name, err) ||
        !in_range(floor->given_e12, 0, INT64_MAX, "given share of floor",
            floor->name, err)) {
        return false;
    }
    int64_t n = floor->member_end - floor->member_begin;
    *worth += n * floor->price;
    if (n > FLOOR_MEMBERS_MAX || *worth > INSTANCE_VALUE_MAX) {
        return fail(err, ERR_INPUT,
            "price times members is too much: floor \"%s\"",
            floor->name != NULL ? floor->name : "");
    }
    int32_t *sorted = xmalloc((size_t)n * sizeof(*sorted));
    for (int64_t k = 0; k < n; k++) {
        sorted[k] = in->floor_lines[floor->member_begin + k];
    }
    qsort(sorted, (size_t)n, sizeof(*sorted), compare_lines);
    bool ok = true;
    for (int64_t k = 0; k < n && ok; k++) {
        ok = in_range(sorted[k], k == 0 ? 0 : sorted[k - 1] + 1,
            (int64_t)in->lines_n - 1, "line index (each once) of floor",
            floor->name, err);
    }
    free(sorted);
    return ok;
}

static bool
check_pins(const struct instance *in, struct err *err)
{
    for (int32_t k = 0; k < in->pins_n; k++) {
        if (!in_range(in->pins[k].pair, k == 0 ? 0 : in->pins[k - 1].pair + 1,
                (int64_t)in->pairs_n - 1,
                "pair index of a pin (ascending, each once)", "", err) ||
            !in_range(in->pins[k].units, 1, INSTANCE_UNITS_MAX,
                "units of a pin", "", err)) {
            return false;
        }
    }
    return true;
}

bool
instance_check(const struct instance *in, struct err *err)
{
    int64_t worth = 0;
    if (!check_counts(in, err) || !check_needs_offers(in, err) ||
        !check_lines(in, &worth, err)) {
        return false;
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        if (!check_floor(in, &in->floors[g], &worth, err)) {
            return false;
        }
    }
    return check_pins(in, err);
}

int32_t
instance_pair_find(const struct instance *in, int32_t line, int32_t offer)
{
    int32_t low = in->pair_begin[line], end = in->pair_begin[line + 1];
    int32_t high = end;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (in->pair_offer[middle] < offer) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < end && in->pair_offer[low] == offer ? low : -1;
}

int32_t
instance_pair_line(const struct instance *in, int32_t pair)
{
    int32_t low = 0, high = in->lines_n - 1;
    while (low < high) { /* the last line that begins at or before pair */
        int32_t middle = low + (high - low + 1) / 2;
        if (in->pair_begin[middle] <= pair) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}
