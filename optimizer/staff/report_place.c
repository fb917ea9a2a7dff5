/* report_place.c: adds up by place what SQLite would sort for
 * (report_place.h): lines come in no order of places or needs. */
#include "report_place.h"

#include <stdlib.h>

#include "optimizer/base/json.h"
#include "optimizer/instance/name_table.h"
#include "report_sql.h"

/* In the order of REPORT_PLACES; those of a line begin behind the first two. */
enum { NEEDS, LINES, OF_LINE, FIGURES = 7 };
static const char lines_sql[] =
    "WITH " REPORT_PLACE ", " REPORT_LINES
    " SELECT p.code, l.need_id, " REPORT_COVERED ", " REPORT_PARTLY ", "
    REPORT_UNCOVERED ", l.given, " REPORT_WANTED
    " FROM line AS l CROSS JOIN place AS p ON p.entry_id = l.need_id";

struct place {
    int64_t figures[FIGURES];
};

struct stay { /* of a need in its place, once for each line */
    int64_t need;
    int32_t place;
};

struct counts {
    struct name_table codes; /* "": none, or several */
    struct place *places;    /* by index of the code */
    size_t places_cap;
    struct stay *stays;
    size_t stays_n, stays_cap;
};

static void
take_line(struct counts *counts, struct store_stmt *stmt)
{
    int32_t known = counts->codes.count;
    int32_t at = name_table_add(&counts->codes, store_text(stmt, 0));
    if ((size_t)at >= counts->places_cap) {
        counts->places_cap = 2 * counts->places_cap + 64;
        counts->places = xrealloc(counts->places, counts->places_cap,
            sizeof(*counts->places));
    }
    struct place *place = &counts->places[at];
    if (at == known) {
        *place = (struct place){0};
    }
    place->figures[LINES]++;
    for (int i = OF_LINE; i < FIGURES; i++) {
        place->figures[i] += store_int(stmt, i);
    }
    if (counts->stays_n == counts->stays_cap) {
        counts->stays_cap = 2 * counts->stays_cap + 256;
        counts->stays = xrealloc(counts->stays, counts->stays_cap,
            sizeof(*counts->stays));
    }
    counts->stays[counts->stays_n++] =
        (struct stay){.need = store_int(stmt, 1), .place = at};
}

static int
by_need(const void *a, const void *b)
{
    int64_t x = ((const struct stay *)a)->need;
    int64_t y = ((const struct stay *)b)->need;
    return (x > y) - (x < y);
}

/* A need stands in one place, and counts once. */
static void
count_needs(struct counts *counts)
{
    if (counts->stays_n > 0) {
        qsort(counts->stays, counts->stays_n, sizeof(*counts->stays),
            by_need);
    }
    for (size_t i = 0; i < counts->stays_n; i++) {
        const struct stay *stay = &counts->stays[i];
        if (i == 0 || stay->need != stay[-1].need) {
            counts->places[stay->place].figures[NEEDS]++;
        }
    }
}

static const char *
write_places(const struct counts *counts, struct arena *arena)
{
    struct json json = {0};
    json_open(&json, '[');
    for (int32_t i = 0; i < counts->codes.count; i++) {
        const char *code = counts->codes.names[i];
        json_open(&json, '[');
        json_text(&json, code[0] != '\0' ? code : NULL);
        for (int k = 0; k < FIGURES; k++) {
            json_int(&json, counts->places[i].figures[k]);
        }
        json_close(&json, ']');
    }
    json_close(&json, ']');
    const char *text = arena_string(arena, json.text);
    json_release(&json);
    return text;
}

bool
report_places(struct store *store, int64_t run_id, struct arena *arena,
    const char **places, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, lines_sql, err);
    if (stmt == NULL) {
        return false;
    }
    struct counts counts = {0};
    name_table_init(&counts.codes, arena);
    store_bind_int(stmt, 3, run_id);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        take_line(&counts, stmt);
    }
    store_finish(stmt);
    count_needs(&counts);
    *places = step == 0 ? write_places(&counts, arena) : NULL;
    name_table_clear(&counts.codes);
    free(counts.places);
    free(counts.stays);
    return step == 0;
}
