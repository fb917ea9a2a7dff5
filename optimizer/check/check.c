/*
 * check.c: every row of the formulation, re-derived from the instance.
 *
 * Written apart from model.c on purpose: this file decides whether a plan
 * may be published, and a mistake there must not be repeated here.
 */
#include "check.h"

#include <inttypes.h>
#include <stdlib.h>

__extension__ typedef __int128 exact;

#define WHOLE_LINE 1000000000000LL /* in shares of floors */

static const char *
label(const char *name)
{
    return name == NULL ? "" : name;
}

static bool
over(struct err *err, const char *row, const char *name, int64_t have,
    const char *relation, int64_t limit)
{
    return fail(err, ERR_NO_PLAN,
        "plan breaks %s \"%s\": %" PRId64 " is %s %" PRId64, row, label(name),
        have, relation, limit);
}

/* Sums of 64 bits can only overflow in broken plans: saturate and refuse. */
static int64_t
narrow(exact value)
{
    return value > INT64_MAX ? INT64_MAX : (int64_t)value;
}

static bool
check_lots(const struct instance *in, const int32_t *units, struct err *err)
{
    for (int32_t l = 0; l < in->lines_n; l++) {
        const struct instance_line *line = &in->lines[l];
        exact given = 0;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            const struct instance_offer *o = &in->offers[in->pair_offer[p]];
            if (units[p] < 0) {
                return over(err, "sign of line", line->name, units[p],
                    "less than", 0);
            }
            if (units[p] > 0 && units[p] < o->min_lot) {
                return over(err, "least lot of offer", o->name, units[p],
                    "less than", o->min_lot);
            }
            if (units[p] > 0 && line->indivisible &&
                units[p] != line->quantity) {
                return over(err, "indivisible line", line->name, units[p],
                    "not all of", line->quantity);
            }
            given += units[p];
        }
        if (given > line->quantity) {
            return over(err, "demand of line", line->name, narrow(given),
                "more than", line->quantity);
        }
    }
    return true;
}

static bool
check_capacity(const struct instance *in, const int32_t *units,
    struct err *err)
{
    exact *used = xcalloc((size_t)in->offers_n, sizeof(*used));
    for (int32_t p = 0; p < in->pairs_n; p++) {
        used[in->pair_offer[p]] += (exact)in->pair_use[p] * units[p];
    }
    bool ok = true;
    for (int32_t j = 0; j < in->offers_n && ok; j++) {
        if (used[j] > in->offers[j].capacity) {
            ok = over(err, "capacity of offer", in->offers[j].name,
                narrow(used[j]), "more than", in->offers[j].capacity);
        }
    }
    free(used);
    return ok;
}

static bool
check_budgets(const struct instance *in, const int32_t *units,
    struct err *err)
{
    exact *spent = xcalloc((size_t)in->needs_n, sizeof(*spent));
    exact all = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            exact cost = (exact)in->pair_cost[p] * units[p];
            spent[in->lines[l].need] += cost;
            all += cost;
        }
    }
    bool ok = true;
    for (int32_t i = 0; i < in->needs_n && ok; i++) {
        int64_t budget = in->needs[i].budget_yen;
        if (budget != INSTANCE_NO_LIMIT && spent[i] > budget) {
            ok = over(err, "budget of need", in->needs[i].name,
                narrow(spent[i]), "more than", budget);
        }
    }
    free(spent);
    if (ok && in->programme_budget_yen != INSTANCE_NO_LIMIT &&
        all > in->programme_budget_yen) {
        ok = over(err, "budget of", "programme", narrow(all), "more than",
            in->programme_budget_yen);
    }
    return ok;
}

/* One used (need, other) meeting as a sortable number. */
static int
compare_keys(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Used meetings, keyed by the counting side in the upper half, sorted. */
static uint64_t *
meetings(const struct instance *in, const int32_t *units, bool by_need,
    size_t *n)
{
    size_t used = 0;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        used += units[p] > 0;
    }
    uint64_t *keys = xmalloc(used * sizeof(*keys));
    *n = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (units[p] <= 0) {
                continue;
            }
            uint64_t need = (uint64_t)in->lines[l].need;
            uint64_t offer = (uint64_t)in->pair_offer[p];
            keys[(*n)++] = by_need
                ? need << 32 | (uint64_t)in->offers[offer].org
                : offer << 32 | need;
        }
    }
    qsort(keys, *n, sizeof(*keys), compare_keys);
    return keys;
}

static bool
check_counts(const struct instance *in, const int32_t *units, bool by_need,
    struct err *err)
{
    size_t n;
    uint64_t *keys = meetings(in, units, by_need, &n);
    bool ok = true;
    for (size_t k = 0; k < n && ok;) {
        uint64_t side = keys[k] >> 32;
        int64_t count = 0;
        uint64_t last = UINT64_MAX;
        for (; k < n && keys[k] >> 32 == side; k++) {
            count += keys[k] != last;
            last = keys[k];
        }
        int32_t limit = by_need ? in->needs[side].max_partners
                                : in->offers[side].max_needs;
        if (limit > 0 && count > limit) {
            ok = by_need
                ? over(err, "partner limit of need", in->needs[side].name,
                      count, "more than", limit)
                : over(err, "need limit of offer", in->offers[side].name,
                      count, "more than", limit);
        }
    }
    free(keys);
    return ok;
}

static bool
check_pinned(const struct instance *in, const int32_t *units,
    struct err *err)
{
    for (int32_t k = 0; k < in->pins_n; k++) {
        int32_t p = in->pins[k].pair;
        if (units[p] < in->pins[k].units) {
            return over(err, "pin on offer",
                in->offers[in->pair_offer[p]].name, units[p], "less than",
                in->pins[k].units);
        }
    }
    return true;
}

/* What floor g misses, 1e-12 lines; may be below 0. */
static exact
missing_of(const struct instance *in, const struct instance_floor *floor,
    const exact *share)
{
    exact missing = -(exact)floor->given_e12;
    for (int32_t k = floor->member_begin; k < floor->member_end; k++) {
        missing += (exact)(WHOLE_LINE / INSTANCE_PPM) * floor->share_ppm -
            share[in->floor_lines[k]];
    }
    return missing;
}

/* The value at 1e-12, then half up to 1e-6; false if a tier is missed. */
static bool
worth(const struct instance *in, const int32_t *units, int64_t *value_e6,
    struct err *err)
{
    const exact whole_line = WHOLE_LINE;
    exact *share = xcalloc((size_t)in->lines_n, sizeof(*share));
    exact value = 0;
    bool ok = true;
    for (int32_t l = 0; l < in->lines_n; l++) {
        exact quantity = in->lines[l].quantity, given = 0;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            value += whole_line * in->pair_score[p] * units[p];
            given += units[p];
        }
        value -= whole_line * in->lines[l].uncovered_price *
            (quantity - given);
        exact unit = whole_line / quantity + (whole_line % quantity != 0);
        share[l] = unit * given;
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *floor = &in->floors[g];
        exact missing = missing_of(in, floor, share);
        if (missing > 0 && floor->tier) {
            ok = ok && over(err, "tier", floor->name, narrow(missing),
                           "a missing share (1e-12 lines) of more than", 0);
        } else if (missing > 0) {
            value -= floor->price * missing;
        }
    }
    free(share);
    exact e6 = value / 1000000, rest = value % 1000000;
    if (rest < 0) {
        rest += 1000000;
        e6--;
    }
    *value_e6 = (int64_t)(e6 + (rest >= 500000));
    return ok;
}

bool
check_plan(const struct instance *in, const int32_t *units, int64_t *value_e6,
    struct err *err)
{
    if (!check_lots(in, units, err) || !check_capacity(in, units, err) ||
        !check_budgets(in, units, err) ||
        !check_counts(in, units, true, err) ||
        !check_counts(in, units, false, err) ||
        !check_pinned(in, units, err)) {
        return false;
    }
    return worth(in, units, value_e6, err);
}
