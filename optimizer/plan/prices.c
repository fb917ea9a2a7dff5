/* prices.c: shadow prices under the names of their rows; match stores
 * them. */
#include "prices.h"

#include <inttypes.h>

struct list {
    struct plan_price *prices;
    int32_t n;
};

static void
add(struct list *list, const char *kind, const char *key, int64_t price)
{
    if (price > 0) {
        list->prices[list->n++] = (struct plan_price){kind, key, price};
    }
}

static void
add_agreed(struct list *list, const struct instance *in,
    const struct solve_agreed *agreed)
{
    for (int32_t l = 0; l < in->lines_n; l++) {
        add(list, "agreed:demand", in->lines[l].name,
            agreed->demand_price[l]);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        add(list, "agreed:budget", in->needs[i].name,
            agreed->budget_price[i]);
        add(list, "agreed:partners", in->needs[i].name,
            agreed->partners_price[i]);
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        add(list, "agreed:floor", in->floors[g].name,
            agreed->floor_price[g]);
    }
    add(list, "agreed:programme", "programme", agreed->programme_price);
}

/* Numbers with commas between them, as far as there are any but 0. */
static void
collect_potentials(const struct instance *in,
    const struct solve_agreed *agreed, struct arena *arena,
    struct plan_extras *extras)
{
    const struct solve_potential *all = agreed->potentials;
    struct plan_potential *rows =
        arena_array(arena, (size_t)agreed->potentials_n, sizeof(*rows));
    for (int32_t k = 0, end; k < agreed->potentials_n; k = end) {
        int32_t pair = all[k].pair, units = 1;
        const char *text = "";
        for (end = k; end < agreed->potentials_n && all[end].pair == pair;
             end++, units++) {
            for (; units < all[end].units; units++) {
                text = arena_format(arena, "%s0,", text);
            }
            text = arena_format(arena, "%s%" PRId64 ",", text,
                all[end].price);
        }
        rows[extras->potentials_n++] = (struct plan_potential){
            in->lines[instance_pair_line(in, pair)].name,
            in->offers[in->pair_offer[pair]].name, text};
    }
    extras->potentials = rows;
}

void
prices_collect(const struct candidates *candidates,
    const struct solve_result *r, struct arena *arena,
    struct plan_extras *extras)
{
    const struct instance *in = &candidates->instance;
    struct list list = {.prices = arena_array(arena,
                            2 * (size_t)in->lines_n + (size_t)in->offers_n +
                                4 * (size_t)in->needs_n +
                                2 * (size_t)in->floors_n +
                                2,
                            sizeof(struct plan_price))};
    for (int32_t l = 0; r->demand_price != NULL && l < in->lines_n; l++) {
        add(&list, "demand", in->lines[l].name, r->demand_price[l]);
    }
    for (int32_t j = 0; r->capacity_price != NULL && j < in->offers_n; j++) {
        add(&list, "capacity", in->offers[j].name, r->capacity_price[j]);
    }
    for (int32_t i = 0; r->budget_price != NULL && i < in->needs_n; i++) {
        add(&list, "budget", in->needs[i].name, r->budget_price[i]);
    }
    for (int32_t i = 0; r->partners_price != NULL && i < in->needs_n; i++) {
        add(&list, "partners", in->needs[i].name, r->partners_price[i]);
    }
    for (int32_t g = 0; r->floor_price != NULL && g < in->floors_n; g++) {
        add(&list, "floor", in->floors[g].name, r->floor_price[g]);
    }
    add(&list, "programme", "programme", r->programme_price);
    if (r->agreed.potentials_n > 0) {
        add_agreed(&list, in, &r->agreed);
        collect_potentials(in, &r->agreed, arena, extras);
    }
    extras->prices = list.prices;
    extras->prices_n = list.n;
}
