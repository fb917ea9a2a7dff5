/* prices.c: shadow prices under the names of their rows; match stores
 * them. */
#include "prices.h"

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

void
prices_collect(const struct candidates *candidates,
    const struct solve_result *r, struct arena *arena,
    struct plan_extras *extras)
{
    const struct instance *in = &candidates->instance;
    struct list list = {.prices = arena_array(arena,
                            (size_t)in->lines_n + (size_t)in->offers_n +
                                2 * (size_t)in->needs_n +
                                (size_t)in->floors_n +
                                1,
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
    extras->prices = list.prices;
    extras->prices_n = list.n;
}
