/* prices_load.c: stored shadow prices back to the rows that they name;
 * certify proves by them, simulate and recruit start from them. */
#include "prices.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/instance/name_table.h"

struct potential_list {
    struct proof_potential *all;
    int32_t n, room;
};

/* The rows that can have a price, by name: their index is the instance's,
 * whose names are unique. */
struct tables {
    struct name_table demand, capacity, budget, floor;
    struct proof_prices prices;
    const char *prefix; /* of the kinds that are meant */
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
    size_t prefix = strlen(t->prefix);
    if (strncmp(kind, t->prefix, prefix) != 0) {
        return false;
    }
    kind += prefix;
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
    struct tables tables = {0};
    make_tables(in, arena, &tables);
    tables.prefix = "";
    *n = 0;
    bool ok = read_prices(store, run_id, &tables, n, err);
    clear_tables(&tables);
    *prices = tables.prices;
    return ok;
}

/* Price by price into the list, as many as the line has units. */
static void
take_potentials(const struct instance *in, int32_t pair, const char *text,
    struct potential_list *list)
{
    int32_t quantity = in->lines[instance_pair_line(in, pair)].quantity;
    for (int32_t units = 1; *text != '\0' && units <= quantity; units++) {
        char *end;
        int64_t price = strtoll(text, &end, 10);
        if (end == text) {
            return;
        }
        if (list->n == list->room) {
            list->room = 2 * list->room + 1024;
            list->all = xrealloc(
                list->all, (size_t)list->room, sizeof(*list->all));
        }
        list->all[list->n++] = (struct proof_potential){pair, units, price};
        text = *end == ',' ? end + 1 : end;
    }
}

static bool
read_potentials(struct store *store, int64_t run_id,
    const struct instance *in, const struct tables *t,
    struct potential_list *list,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT line_key, offer_key, prices FROM potentials"
        " WHERE run_id = ? ORDER BY line_key, offer_key",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, run_id);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        int32_t l = name_table_find(&t->demand, store_text(stmt, 0));
        int32_t j = name_table_find(&t->capacity, store_text(stmt, 1));
        int32_t p = l >= 0 && j >= 0 ? instance_pair_find(in, l, j) : -1;
        if (p >= 0) {
            take_potentials(in, p, store_text(stmt, 2), list);
        }
    }
    store_finish(stmt);
    return step == 0;
}

static int
compare_pairs(const void *a, const void *b)
{
    const struct proof_potential *x = a, *y = b;
    int order = (x->pair > y->pair) - (x->pair < y->pair);
    return order != 0 ? order : (x->units > y->units) - (x->units < y->units);
}

bool
prices_load_agreed(struct store *store, int64_t run_id,
    const struct instance *in, struct arena *arena,
    struct proof_prices *prices, struct err *err)
{
    struct tables tables = {0};
    struct potential_list list = {0};
    int64_t n = 0;
    make_tables(in, arena, &tables);
    tables.prefix = "agreed:";
    bool ok = read_prices(store, run_id, &tables, &n, err) &&
              read_potentials(store, run_id, in, &tables, &list, err);
    clear_tables(&tables);
    *prices = tables.prices;
    if (list.n > 0) {
        struct proof_potential *all =
            arena_array(arena, (size_t)list.n, sizeof(*all));
        qsort(list.all, (size_t)list.n, sizeof(*all), compare_pairs);
        memcpy(all, list.all, (size_t)list.n * sizeof(*all));
        prices->potentials = all;
        prices->potentials_n = list.n;
    }
    free(list.all);
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
