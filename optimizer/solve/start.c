/* start.c: by the maps of component.h; solve.c hands it to the parts. */
#include "start.h"

enum { E3 = 1000 }; /* from 1e-6 to 1e-9 */

/* Half of what certificate.c takes for a price that proves nothing. */
#define START_MOST 2000000000000000LL

static int64_t
scaled(int64_t price_e6)
{
    price_e6 = price_e6 < 0 ? 0 : price_e6;
    return price_e6 > START_MOST ? START_MOST * E3 : E3 * price_e6;
}

static struct prices *
cut_prices(const struct solve_start *start, const struct component *part,
    struct arena *arena)
{
    const struct instance *in = &part->in;
    struct prices *to = arena_alloc(arena, sizeof(*to));
    prices_make(to, in, NULL, arena);
    for (int32_t j = 0; j < in->offers_n; j++) {
        to->capacity[j] = scaled(start->capacity_price[part->offer_of[j]]);
    }
    for (int32_t l = 0; start->demand_price != NULL && l < in->lines_n;
         l++) {
        to->demand[l] = scaled(start->demand_price[part->line_of[l]]);
    }
    to->partners = arena_array(arena, (size_t)in->needs_n, sizeof(int64_t));
    for (int32_t i = 0; start->partners_price != NULL && i < in->needs_n;
         i++) {
        to->partners[i] = scaled(start->partners_price[part->need_of[i]]);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        to->budget[i] = scaled(start->budget_price[part->need_of[i]]);
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        to->floor[g] = scaled(start->floor_price[part->floor_of[g]]);
    }
    to->programme = part->coupled ? scaled(start->programme_price) : 0;
    return to;
}

struct start_part *
start_cut(const struct solve_start *start, const struct component_list *list,
    struct arena *arena)
{
    struct start_part *parts =
        arena_array(arena, (size_t)list->n, sizeof(*parts));
    for (int32_t k = 0; k < list->n && start != NULL; k++) {
        const struct component *part = &list->parts[k];
        if (start->capacity_price != NULL) {
            parts[k].prices = cut_prices(start, part, arena);
        }
        if (start->units == NULL) {
            continue;
        }
        parts[k].units =
            arena_array(arena, (size_t)part->in.pairs_n, sizeof(int32_t));
        component_gather(part, start->units, parts[k].units);
    }
    return parts;
}

struct solve_start
solve_start_of(const struct solve_result *r)
{
    return (struct solve_start){.units = r->units,
        .capacity_price = r->capacity_price, .budget_price = r->budget_price,
        .floor_price = r->floor_price, .programme_price = r->programme_price,
        .demand_price = r->demand_price, .partners_price = r->partners_price};
}
