/* tier.c: one solve per tier, then the objective (tier.h); match, simulate
 * and solve call it. */
#include "tier.h"

#include <string.h>

#include "optimizer/base/clock.h"
#include "optimizer/instance/model.h"

enum {
    COVER_PRICE = 1000000, /* of a line, when covering is all that counts */
    DEARER = 16,           /* a price that was paid is raised by so much */
    TIER_PERCENT = 50      /* of the time that is left, for each tier */
};

struct tiers {
    struct instance *in;
    const struct solve_options *options;
    int64_t deadline_ms;
    int32_t *units; /* a plan that keeps all tiers so far; NULL */
    int32_t unproven; /* the first tier that is; -1 */
};

static model_wide
missing_e12(const struct instance *in, const struct instance_floor *floor,
    const int32_t *units)
{
    model_wide missing = model_floor_target(floor);
    for (int32_t k = floor->member_begin; k < floor->member_end; k++) {
        int32_t l = in->floor_lines[k];
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            missing -= (model_wide)units[p] *
                model_unit_share(in->lines[l].quantity);
        }
    }
    return missing > 0 ? missing : 0;
}

/* What may be missed beside the least, and nobody would call it more. */
static int64_t
slack_e12(const struct instance *in, const struct instance_floor *tier)
{
    int64_t slack = MODEL_E12 / 1000000;
    for (int32_t k = tier->member_begin; k < tier->member_end; k++) {
        slack += in->lines[in->floor_lines[k]].quantity;
    }
    return slack;
}

/* Are all tiers kept?  (Those that are not solved yet have no price.) */
static bool
keeps(const struct instance *in, const int32_t *units)
{
    for (int32_t g = 0; g < in->floors_n; g++) {
        if (in->floors[g].tier && in->floors[g].price > 0 &&
            missing_e12(in, &in->floors[g], units) > 0) {
            return false;
        }
    }
    return true;
}

/* Puts the price on the solved tiers; less where the limits ask for it. */
static int32_t
set_price(struct instance *in, int32_t solved, int32_t price)
{
    struct err err = {0};
    for (;; price /= 2) {
        for (int32_t g = 0; g < solved; g++) {
            if (in->floors[g].tier) {
                in->floors[g].price = price;
            }
        }
        if (price < 2 || instance_check(in, &err)) {
            return price;
        }
    }
}

/* More than covering any one line can bring otherwise. */
static int32_t
first_price(const struct instance *in)
{
    int64_t most = 1;
    for (int32_t l = 0; l < in->lines_n; l++) {
        int64_t best = 0;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            best = in->pair_score[p] > best ? in->pair_score[p] : best;
        }
        best = (best + in->lines[l].uncovered_price) * in->lines[l].quantity;
        most = best > most ? best : most;
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        most += in->floors[g].tier ? 0 : in->floors[g].price;
    }
    return most > INSTANCE_SCORE_MAX / 2 ? INSTANCE_SCORE_MAX
                                         : (int32_t)(2 * most);
}

static int64_t
time_left(const struct tiers *t, int percent)
{
    if (t->deadline_ms == 0) {
        return 0;
    }
    int64_t left = (t->deadline_ms - clock_ms()) * percent / 100;
    return left < 1 ? 1 : left;
}

static bool
stopped(const struct tiers *t)
{
    return (t->options->stop != NULL && *t->options->stop) ||
        (t->deadline_ms != 0 && clock_ms() >= t->deadline_ms);
}

/* The best plan of `in` that keeps the tiers below `solved`. */
static bool
solve_keeping(struct tiers *t, struct instance *in, int32_t solved,
    int percent, struct arena *arena, struct solve_result *result,
    struct err *err)
{
    struct solve_options options = *t->options;
    struct solve_start start = {0};
    bool any = false;
    for (int32_t g = 0; g < solved; g++) {
        any = any || in->floors[g].tier;
    }
    int32_t asked = any ? first_price(in) : 0;
    if (t->units != NULL) {
        start = options.start != NULL ? *options.start : start;
        start.units = t->units;
        options.start = &start;
    }
    if (percent < 100) {
        options.gap_ppm = 0; /* the least, not nearly the least */
    }
    for (;;) {
        int32_t price = any ? set_price(in, solved, asked) : 0;
        options.time_limit_ms = time_left(t, percent);
        if (!solve(in, &options, arena, result, err)) {
            return false;
        }
        if (result->units == NULL || keeps(in, result->units)) {
            return true;
        }
        if (price < asked || price == INSTANCE_SCORE_MAX || stopped(t)) {
            break;
        }
        asked = price > INSTANCE_SCORE_MAX / DEARER ? INSTANCE_SCORE_MAX
                                                    : DEARER * price;
    }
    /* the plan that found the tiers keeps them; the bound holds for it, too */
    result->units = t->units;
    result->value_e6 = model_value_e6(model_total(in, t->units));
    result->state = SOLVE_FEASIBLE;
    result->message = "no price of a tier was high enough: the plan is the"
                      " tier's own";
    return true;
}

/* Nothing but tier g is worth anything, and the tiers before it are kept. */
static struct instance
covering(const struct instance *in, int32_t g, struct arena *arena)
{
    struct instance out = *in;
    size_t lines = (size_t)in->lines_n;
    out.pair_score =
        arena_array(arena, (size_t)in->pairs_n, sizeof(int32_t));
    out.lines = arena_array(arena, lines, sizeof(*out.lines));
    out.floors = arena_array(arena, (size_t)g + 1, sizeof(*out.floors));
    out.floors_n = 0;
    for (size_t l = 0; l < lines; l++) {
        out.lines[l] = in->lines[l];
        out.lines[l].uncovered_price = 0;
    }
    for (int32_t k = 0; k <= g; k++) {
        if (in->floors[k].tier) {
            out.floors[out.floors_n++] = in->floors[k];
        }
    }
    struct instance_floor *own = &out.floors[out.floors_n - 1];
    own->tier = false;
    own->price = COVER_PRICE;
    return out;
}

/* Tier g: what must be missed of it; false with the result or err. */
static bool
solve_tier(struct tiers *t, int32_t g, struct arena *arena,
    struct solve_result *result, struct err *err)
{
    struct instance_floor *tier = &t->in->floors[g];
    struct instance cover = covering(t->in, g, arena);
    if (!solve_keeping(t, &cover, cover.floors_n - 1, TIER_PERCENT, arena,
            result, err) ||
        result->units == NULL) {
        return false;
    }
    t->units = result->units;
    tier->given_e12 = (int64_t)missing_e12(t->in, tier, t->units) +
        slack_e12(t->in, tier);
    if (result->state != SOLVE_OPTIMAL && t->unproven < 0) {
        t->unproven = g;
    }
    return true;
}

/* What the last tier was proven to the end is part of the plan's claim. */
static void
judge(const struct tiers *t, struct arena *arena,
    struct solve_result *result)
{
    if (result->units == NULL || t->unproven < 0) {
        return;
    }
    const char *name = t->in->floors[t->unproven].name;
    result->state = SOLVE_FEASIBLE;
    result->message = arena_format(arena,
        "it is not proven that no plan covers more of tier \"%s\"%s%s",
        name != NULL ? name : "", result->message[0] != '\0' ? "; " : "",
        result->message);
}

bool
tier_solve(struct instance *in, const struct solve_options *options,
    struct arena *arena, struct solve_result *result, struct err *err)
{
    int64_t begin = clock_ms(), limit = options->time_limit_ms;
    struct tiers t = {.in = in, .options = options, .unproven = -1,
        .deadline_ms = limit > 0 ? begin + limit : 0};
    int32_t n = 0;
    if (!instance_check(in, err)) {
        return false;
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        if (in->floors[g].tier) {
            in->floors[g].price = 0;
            in->floors[g].given_e12 = 0; /* of an earlier solve */
            n++;
        }
    }
    if (n == 0) {
        return solve(in, options, arena, result, err);
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        if (in->floors[g].tier && !solve_tier(&t, g, arena, result, err)) {
            return err->kind == ERR_NONE; /* infeasible: the pins */
        }
    }
    if (!solve_keeping(&t, in, in->floors_n, 100, arena, result, err)) {
        return false;
    }
    judge(&t, arena, result);
    result->seconds = (double)(clock_ms() - begin) / 1000;
    return true;
}

void
tier_settle(struct instance *in, const int32_t *units)
{
    bool any = false;
    for (int32_t g = 0; g < in->floors_n; g++) {
        if (in->floors[g].tier) {
            any = true;
            in->floors[g].given_e12 = 0;
            in->floors[g].given_e12 =
                (int64_t)missing_e12(in, &in->floors[g], units);
        }
    }
    if (any) {
        set_price(in, in->floors_n, first_price(in));
    }
}
