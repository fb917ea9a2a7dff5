/*
 * instance_pairs.c: pairs.csv into compressed rows (instance_pairs.h).
 *
 * As long as rows come in order, nothing but the fields and the number of
 * pairs per line is kept; the first that does not makes the lines explicit.
 */
#include "instance_pairs.h"

#include <stdlib.h>
#include <string.h>

enum { OFFER, SCORE, COST, USE, FIELDS };

struct pair_reader {
    struct rows *table;
    struct instance *in; /* pair_begin[l + 1] counts the pairs of line l */
    int32_t *field[FIELDS];
    int32_t *row;  /* line of the file */
    int32_t *line; /* NULL: in order so far */
    int32_t n, cap, last_line;
};

static void
grow(struct pair_reader *r)
{
    if (r->n < r->cap) {
        return;
    }
    r->cap = r->cap == 0 ? 1024
        : r->cap < INSTANCE_PAIRS_MAX / 2 ? 2 * r->cap
                                          : INSTANCE_PAIRS_MAX;
    for (int f = 0; f < FIELDS; f++) {
        r->field[f] =
            xrealloc(r->field[f], (size_t)r->cap, sizeof(int32_t));
    }
    r->row = xrealloc(r->row, (size_t)r->cap, sizeof(int32_t));
    if (r->line != NULL) {
        r->line = xrealloc(r->line, (size_t)r->cap, sizeof(int32_t));
    }
}

static void
make_lines(struct pair_reader *r)
{
    r->line = xmalloc((size_t)r->cap * sizeof(int32_t));
    int32_t p = 0;
    for (int32_t l = 0; l < r->in->lines_n; l++) {
        for (int32_t k = r->in->pair_begin[l + 1]; k > 0; k--) {
            r->line[p++] = l;
        }
    }
}

static void
add(struct pair_reader *r, int32_t line, const int64_t *value)
{
    grow(r);
    bool after = line > r->last_line ||
        (line == r->last_line && value[OFFER] > r->field[OFFER][r->n - 1]);
    if (!after && r->line == NULL) {
        make_lines(r);
    }
    if (r->line != NULL) {
        r->line[r->n] = line;
    }
    for (int f = 0; f < FIELDS; f++) {
        r->field[f][r->n] = (int32_t)value[f];
    }
    r->row[r->n++] = rows_line(r->table);
    r->last_line = line;
    r->in->pair_begin[line + 1]++;
}

static void
read_rows(struct pair_reader *r, const struct name_table *lines,
    const struct name_table *offers)
{
    struct rows *t = r->table;
    while (rows_next(t)) {
        int64_t value[FIELDS] = {[USE] = 1};
        int32_t l = rows_known(t, 0, lines, "lines.csv");
        value[OFFER] = rows_known(t, 1, offers, "offers.csv");
        rows_int(
            t, 2, -INSTANCE_SCORE_MAX, INSTANCE_SCORE_MAX, &value[SCORE]);
        rows_int_or(t, 3, 0, 0, INT32_MAX, &value[COST]);
        rows_int_or(t, 4, 1, 1, INSTANCE_UNITS_MAX, &value[USE]);
        if (l < 0 || value[OFFER] < 0) {
            continue;
        }
        if (r->n == INSTANCE_PAIRS_MAX) {
            rows_bad(t, 0, "more than %d pairs", INSTANCE_PAIRS_MAX);
            return;
        }
        add(r, l, value);
    }
}

struct place {
    int32_t offer, row, pair;
};

static int
compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int order = (x->offer > y->offer) - (x->offer < y->offer);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

/* One line's pairs by offer; reports those that are there twice. */
static void
sort_line(const struct pair_reader *r, int32_t *pairs, int32_t n,
    struct place *places)
{
    for (int32_t k = 0; k < n; k++) {
        int32_t p = pairs[k];
        places[k] = (struct place){r->field[OFFER][p], r->row[p], p};
    }
    qsort(places, (size_t)n, sizeof(*places), compare_places);
    for (int32_t k = 0; k < n; k++) {
        pairs[k] = places[k].pair;
        if (k > 0 && places[k].offer == places[k - 1].offer) {
            rows_error(r->table->errors,
                "%s:%d:1: line: this line and offer are there"
                " already, in line %d",
                csv_path(r->table->csv), places[k].row, places[k - 1].row);
        }
    }
}

/* The pairs in the order that they shall have; begins are final. */
static int32_t *
sort_pairs(const struct pair_reader *r)
{
    const int32_t *begin = r->in->pair_begin;
    size_t lines = (size_t)r->in->lines_n;
    int32_t *order = xmalloc((size_t)r->n * sizeof(*order)), most = 0;
    int32_t *at = xmalloc((lines + 1) * sizeof(*at));
    memcpy(at, begin, (lines + 1) * sizeof(*at));
    for (int32_t p = 0; p < r->n; p++) {
        order[at[r->line[p]]++] = p;
    }
    free(at);
    for (size_t l = 0; l < lines; l++) {
        int32_t n = begin[l + 1] - begin[l];
        most = n > most ? n : most;
    }
    struct place *places = xmalloc((size_t)most * sizeof(*places));
    for (size_t l = 0; l < lines; l++) {
        if (begin[l + 1] > begin[l]) {
            sort_line(
                r, order + begin[l], begin[l + 1] - begin[l], places);
        }
    }
    free(places);
    return order;
}

/* Moves a field to the arena, in order (NULL: as it is). */
static int32_t *
keep(struct arena *arena, int32_t *field, const int32_t *order, int32_t n)
{
    int32_t *kept = arena_array(arena, (size_t)n, sizeof(*kept));
    for (int32_t p = 0; p < n; p++) {
        kept[p] = field[order != NULL ? order[p] : p];
    }
    free(field);
    return kept;
}

void
instance_read_pairs(struct arena *arena, struct rows *t,
    struct instance *in, const struct name_table *lines,
    const struct name_table *offers)
{
    struct pair_reader r = {.table = t, .in = in, .last_line = -1};
    in->pair_begin =
        arena_array(arena, (size_t)in->lines_n + 1, sizeof(int32_t));
    read_rows(&r, lines, offers);
    for (int32_t l = 0; l < in->lines_n; l++) {
        in->pair_begin[l + 1] += in->pair_begin[l];
    }
    int32_t *order = r.line != NULL ? sort_pairs(&r) : NULL;
    free(r.line);
    free(r.row);
    in->pairs_n = r.n;
    in->pair_offer = keep(arena, r.field[OFFER], order, r.n);
    in->pair_score = keep(arena, r.field[SCORE], order, r.n);
    in->pair_cost = keep(arena, r.field[COST], order, r.n);
    in->pair_use = keep(arena, r.field[USE], order, r.n);
    free(order);
}
