/* prices_load.c: stored shadow prices back to the rows that they name;
 * certify proves by them, simulate and recruit start from them. */
#include "prices.h"

#include <string.h>

#include "optimizer/instance/name_table.h"

/* The rows that can have a price, by name: their index is the instance's,
 * whose names are unique. */
struct tables {
    struct name_table demand, capacity, budget, floor;
    struct proof_prices prices;
};

static void
make_tables(const struct instance *in, struct arena *arena, struct tables *t)
{
    t->prices = (struct proof_prices){
        .capacity =
            arena_array(arena, (size_t)in->offers_n, sizeof(int64_t)),
        .budget = arena_array(arena, (size_t)in->needs_n, sizeof(int64_t)),
        .floor = arena_array(arena, (size_t)in->floors_n, sizeof(int64_t)),
        .demand = arena_array(arena, (size_t)in->lines_n, sizeof(int64_t)),
        .partners =
            arena_array(arena, (size_t)in->needs_n, sizeof(int64_t))};
    name_table_init(&t->demand, arena);
    name_table_init(&t->capacity, arena);
    name_table_init(&t->budget, arena);
    name_table_init(&t->floor, arena);
    for (int32_t l = 0; l < in->lines_n; l++) {
        name_table_add(&t->demand, in->lines[l].name);
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        name_table_add(&t->capacity, in->offers[j].name);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        name_table_add(&t->budget, in->needs[i].name);
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        name_table_add(&t->floor, in->floors[g].name);
    }
}

static void
clear_tables(struct tables *t)
{
    name_table_clear(&t->demand);
    name_table_clear(&t->capacity);
    name_table_clear(&t->budget);
    name_table_clear(&t->floor);
}

/* False: no row has this name. */
static bool
set_price(const struct name_table *names, const char *name, int64_t *prices,
    int64_t price)
{
    int32_t row = name_table_find(names, name);
    if (row >= 0) {
        prices[row] = price;
    }
    return row >= 0;
}

/* Prices of rows that are not known here are passed over. */
static bool
take_price(struct tables *t, const char *kind, const char *key,
    int64_t price)
{
    if (strcmp(kind, "programme") == 0) {
        t->prices.programme = price;
        return true;
    }
    const struct proof_prices *p = &t->prices;
    return (strcmp(kind, "demand") == 0 &&
               set_price(&t->demand, key, p->demand, price)) ||
           (strcmp(kind, "partners") == 0 &&
               set_price(&t->budget, key, p->partners, price)) ||
           (strcmp(kind, "capacity") == 0 &&
               set_price(&t->capacity, key, p->capacity, price)) ||
           (strcmp(kind, "budget") == 0 &&
               set_price(&t->budget, key, p->budget, price)) ||
           (strcmp(kind, "floor") == 0 &&
               set_price(&t->floor, key, p->floor, price));
}

static bool
read_prices(struct store *store, int64_t run_id, struct tables *t,
    int64_t *n, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT row_kind, row_key, price FROM shadow_prices WHERE run_id = ?"
        " ORDER BY row_kind, row_key",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, run_id);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        *n += take_price(t, store_text(stmt, 0),
            store_text(stmt, 1), store_int(stmt, 2));
    }
    store_finish(stmt);
    return step == 0;
}

bool
prices_load(struct store *store, int64_t run_id, const struct instance *in,
    struct arena *arena, struct proof_prices *prices, int64_t *n,
    struct err *err)
{
    struct tables tables;
    make_tables(in, arena, &tables);
    *n = 0;
    bool ok = read_prices(store, run_id, &tables, n, err);
    clear_tables(&tables);
    *prices = tables.prices;
    return ok;
}

struct solve_start
prices_start(const struct proof_prices *prices, const int32_t *units)
{
    return (struct solve_start){.units = units,
        .capacity_price = prices->capacity, .budget_price = prices->budget,
        .floor_price = prices->floor, .programme_price = prices->programme,
        .demand_price = prices->demand, .partners_price = prices->partners};
}
