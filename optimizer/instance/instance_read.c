/* instance_read.c: CSV files to an instance (instance_file.h). */
#include "instance_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "instance_extra.h"
#include "instance_pairs.h"

/* Growing arrays while rows stream in. */
#define GROW(array, n, cap)                                                   \
    do {                                                                      \
        if ((n) == (cap)) {                                                   \
            (cap) = (cap) > 0 ? 2 * (cap) : 1024;                             \
            (array) = xrealloc((array), (size_t)(cap), sizeof(*(array)));     \
        }                                                                     \
    } while (0)

struct reader {
    const char *dir;
    struct arena *arena;
    struct instance *in;
    struct instance_params *params;
    struct rows_errors errors;
    struct name_table needs, lines, offers, orgs, floors;
};

#define COLUMNS(list) list, sizeof(list) / sizeof(*(list))

static bool
open_table(struct reader *r, struct rows *table, const char *file,
    bool optional, const char *const *columns, size_t n)
{
    const char *path = arena_format(r->arena, "%s/%s", r->dir, file);
    return rows_open(table, path, optional, columns, n, &r->errors);
}

static void *
keep(struct reader *r, const void *array, int32_t n, size_t size)
{
    void *copy = arena_array(r->arena, (size_t)n, size);
    if (n > 0) {
        memcpy(copy, array, (size_t)n * size);
    }
    return copy;
}

/* A name that must be new; -1 after a report. */
static int32_t
new_name(struct rows *t, size_t column, struct name_table *names)
{
    const char *name;
    if (!rows_name(t, column, &name)) {
        return -1;
    }
    int32_t count = names->count;
    if (count == INSTANCE_ROWS_MAX) {
        rows_bad(t, column, "more than %d rows", INSTANCE_ROWS_MAX);
        return -1;
    }
    int32_t index = name_table_add(names, name);
    if (index < count) {
        rows_bad(t, column, "is there already: \"%.200s\"", name);
        return -1;
    }
    return index;
}

static void
read_needs(struct reader *r)
{
    static const char *const columns[] = {
        "need", "budget_yen", "max_partners"};
    struct rows t;
    struct instance_need *needs = NULL;
    int32_t cap = 0;
    if (!open_table(r, &t, "needs.csv", false, COLUMNS(columns))) {
        return;
    }
    while (rows_next(&t)) {
        int64_t budget = 0, partners = 0;
        int32_t i = new_name(&t, 0, &r->needs);
        rows_int_or(&t, 1, INSTANCE_NO_LIMIT, 0, INSTANCE_YEN_MAX, &budget);
        rows_int_or(&t, 2, 0, 0, INSTANCE_UNITS_MAX, &partners);
        if (i >= 0) {
            GROW(needs, i, cap);
            needs[i] = (struct instance_need){
                budget, (int32_t)partners, r->needs.names[i]};
        }
    }
    r->in->needs_n = r->needs.count;
    r->in->needs = keep(r, needs, r->needs.count, sizeof(*needs));
    free(needs);
    rows_close(&t);
}

static void
read_lines(struct reader *r)
{
    static const char *const columns[] = {
        "line", "need", "quantity", "uncovered_price", "indivisible"};
    struct rows t;
    struct instance_line *lines = NULL;
    int32_t cap = 0;
    if (!open_table(r, &t, "lines.csv", false, COLUMNS(columns))) {
        return;
    }
    while (rows_next(&t)) {
        int64_t quantity = 1, price = 0, whole = 0;
        int32_t l = new_name(&t, 0, &r->lines);
        int32_t need = rows_known(&t, 1, &r->needs, "needs.csv");
        rows_int(&t, 2, 1, INSTANCE_UNITS_MAX, &quantity);
        rows_int_or(&t, 3, 0, 0, INSTANCE_SCORE_MAX, &price);
        rows_int_or(&t, 4, 0, 0, 1, &whole);
        if (l >= 0) {
            GROW(lines, l, cap);
            lines[l] = (struct instance_line){need, (int32_t)quantity,
                (int32_t)price, (int32_t)whole, r->lines.names[l]};
        }
    }
    r->in->lines_n = r->lines.count;
    r->in->lines = keep(r, lines, r->lines.count, sizeof(*lines));
    free(lines);
    rows_close(&t);
}

/* Offers without org stand alone: an organisation each, with no name. */
static void
place_orgs(struct reader *r)
{
    struct instance *in = r->in;
    int32_t named = r->orgs.count, alone = 0;
    for (int32_t j = 0; j < in->offers_n; j++) {
        if (in->offers[j].org < 0) {
            in->offers[j].org = named + alone++;
        }
    }
    in->orgs_n = named + alone;
    in->org_names =
        arena_array(r->arena, (size_t)in->orgs_n, sizeof(*in->org_names));
    for (int32_t o = 0; o < in->orgs_n; o++) {
        in->org_names[o] = o < named ? r->orgs.names[o] : "";
    }
}

static void
read_offers(struct reader *r)
{
    static const char *const columns[] = {
        "offer", "capacity", "max_needs", "min_lot", "org"};
    struct rows t;
    struct instance_offer *offers = NULL;
    int32_t cap = 0;
    if (!open_table(r, &t, "offers.csv", false, COLUMNS(columns))) {
        return;
    }
    while (rows_next(&t)) {
        int64_t capacity = 0, needs = 0, lot = 0;
        int32_t j = new_name(&t, 0, &r->offers);
        rows_int_or(&t, 1, INSTANCE_UNITS_MAX, 0, INSTANCE_UNITS_MAX,
            &capacity);
        rows_int_or(&t, 2, 0, 0, INSTANCE_UNITS_MAX, &needs);
        rows_int_or(&t, 3, 0, 0, INSTANCE_UNITS_MAX, &lot);
        const char *org = rows_text(&t, 4);
        if (j >= 0) {
            GROW(offers, j, cap);
            offers[j] = (struct instance_offer){(int32_t)capacity,
                (int32_t)needs, (int32_t)lot,
                org[0] == '\0' ? -1 : name_table_add(&r->orgs, org),
                r->offers.names[j]};
        }
    }
    r->in->offers_n = r->offers.count;
    r->in->offers = keep(r, offers, r->offers.count, sizeof(*offers));
    free(offers);
    place_orgs(r);
    rows_close(&t);
}

static void
read_params(struct reader *r)
{
    static const char *const columns[] = {"name", "value"};
    struct rows t;
    r->in->programme_budget_yen = INSTANCE_NO_LIMIT;
    *r->params = (struct instance_params){0};
    if (!open_table(r, &t, "params.csv", false, COLUMNS(columns))) {
        return;
    }
    struct name_table seen;
    name_table_init(&seen, r->arena);
    while (rows_next(&t)) {
        const char *name = rows_text(&t, 0), *value = rows_text(&t, 1);
        int64_t e6 = 0;
        if (new_name(&t, 0, &seen) < 0) {
            continue;
        }
        if (strcmp(name, "programme_budget_yen") == 0) {
            rows_int_or(&t, 1, INSTANCE_NO_LIMIT, 0, INSTANCE_YEN_MAX,
                &r->in->programme_budget_yen);
        } else if (strcmp(name, "time_limit_s") == 0) {
            if (value[0] != '\0' &&
                !instance_decimal(value, 1000000000000LL, &e6)) {
                rows_bad(&t, 1, "not seconds from 0 to 1000000: \"%.100s\"",
                    value);
            }
            r->params->time_limit_ms = e6 / 1000;
        } else if (strcmp(name, "gap") == 0) {
            if (value[0] != '\0' &&
                !instance_decimal(value, INSTANCE_PPM, &e6)) {
                rows_bad(&t, 1, "not a share from 0 to 1: \"%.100s\"",
                    value);
            }
            r->params->gap_ppm = (int32_t)e6;
        } else {
            rows_bad(&t, 0, "no such parameter: \"%.200s\"", name);
        }
    }
    name_table_clear(&seen);
    rows_close(&t);
}

static void
read_all(struct reader *r)
{
    static const char *const pair_columns[] = {
        "line", "offer", "score", "cost_yen", "use"};
    static const char *const floor_columns[] = {
        "floor", "line", "share", "price"};
    static const char *const pin_columns[] = {"line", "offer", "units"};
    read_needs(r);
    read_lines(r);
    read_offers(r);
    read_params(r);
    if (r->errors.count > 0) {
        return; /* what dangles would only repeat it */
    }
    struct rows t;
    bool pairs = open_table(r, &t, "pairs.csv", false, COLUMNS(pair_columns));
    if (pairs) {
        instance_read_pairs(r->arena, &t, r->in, &r->lines, &r->offers);
        rows_close(&t);
    }
    if (open_table(r, &t, "floors.csv", true, COLUMNS(floor_columns))) {
        instance_read_floors(r->arena, &t, r->in, &r->lines, &r->floors);
        rows_close(&t);
    }
    /* pins are looked for in the pairs */
    if (pairs && open_table(r, &t, "pins.csv", true, COLUMNS(pin_columns))) {
        instance_read_pins(r->arena, &t, r->in, &r->lines, &r->offers);
        rows_close(&t);
    }
}

bool
instance_read(const char *dir, struct arena *arena, struct instance *in,
    struct instance_params *params, instance_report *report, void *data,
    struct err *err)
{
    *in = (struct instance){0};
    struct reader r = {.dir = dir, .arena = arena, .in = in,
        .params = params, .errors = {.report = report, .data = data}};
    struct name_table *tables[] = {
        &r.needs, &r.lines, &r.offers, &r.orgs, &r.floors};
    for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
        name_table_init(tables[i], arena);
    }
    read_all(&r);
    for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
        name_table_clear(tables[i]);
    }
    if (r.errors.count > 0 && report != NULL) {
        return fail(err, ERR_INPUT, "%" PRId64 " errors in \"%s\"",
            r.errors.count, dir);
    }
    if (r.errors.count > 0) {
        return fail(err, ERR_INPUT, "%s", r.errors.first);
    }
    return instance_check(in, err);
}
