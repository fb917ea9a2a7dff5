/* model.c: the value of a plan and what a single pair can carry. */
#include "model.h"

int64_t
model_unit_share(int32_t quantity)
{
    return (MODEL_E12 + quantity - 1) / quantity;
}

model_wide
model_floor_target(const struct instance_floor *floor)
{
    return (model_wide)floor->share_ppm * (MODEL_E12 / INSTANCE_PPM) *
        (floor->member_end - floor->member_begin) -
        floor->given_e12;
}

/* Units that a line is given. */
static int64_t
line_given(const struct instance *in, const int32_t *units, int32_t l)
{
    int64_t given = 0;
    for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
        given += units[p];
    }
    return given;
}

model_wide
model_total(const struct instance *in, const int32_t *units)
{
    model_wide whole = 0, shares = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        int64_t given = 0;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            given += units[p];
            whole += (model_wide)in->pair_score[p] * units[p];
        }
        whole -= (model_wide)in->lines[l].uncovered_price *
            (in->lines[l].quantity - given);
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *floor = &in->floors[g];
        model_wide missing = model_floor_target(floor);
        for (int32_t k = floor->member_begin; k < floor->member_end; k++) {
            int32_t l = in->floor_lines[k];
            missing -= (model_wide)model_unit_share(in->lines[l].quantity) *
                line_given(in, units, l);
        }
        shares += missing > 0 ? missing * floor->price : 0;
    }
    return whole * MODEL_E12 - shares;
}

int64_t
model_value_e6(model_wide total_e12)
{
    model_wide half_up = total_e12 + 500000;
    model_wide value = half_up / 1000000;
    return (int64_t)(half_up % 1000000 < 0 ? value - 1 : value);
}

int32_t
model_pair_most(const struct instance *in, int32_t line, int32_t pair)
{
    const struct instance_line *l = &in->lines[line];
    const struct instance_offer *offer = &in->offers[in->pair_offer[pair]];
    int64_t most = offer->capacity / in->pair_use[pair];
    int64_t cost = in->pair_cost[pair];
    int64_t budget = in->needs[l->need].budget_yen;
    if (cost > 0 && budget != INSTANCE_NO_LIMIT && budget / cost < most) {
        most = budget / cost;
    }
    budget = in->programme_budget_yen;
    if (cost > 0 && budget != INSTANCE_NO_LIMIT && budget / cost < most) {
        most = budget / cost;
    }
    most = most > l->quantity ? l->quantity : most;
    if (most < offer->min_lot || (l->indivisible && most < l->quantity)) {
        most = 0;
    }
    return (int32_t)most;
}

int32_t
model_pair_least(const struct instance *in, int32_t line, int32_t pair)
{
    int32_t lot = in->offers[in->pair_offer[pair]].min_lot;
    int32_t least = lot > 1 ? lot : 1;
    return in->lines[line].indivisible ? in->lines[line].quantity : least;
}
