/* instance_extra.c: floors and pins of an explicit instance. */
#include "instance_extra.h"

#include <stdlib.h>
#include <string.h>

bool
instance_decimal(const char *text, int64_t max_e6, int64_t *value_e6)
{
    int64_t number = 0;
    int digits = 0, behind = -1;
    for (const char *s = text; *s != '\0'; s++) {
        if (*s == '.' && behind < 0 && digits > 0) {
            behind = 0;
            continue;
        }
        if (*s < '0' || *s > '9' || behind == 6 ||
            __builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, *s - '0', &number)) {
            return false;
        }
        digits++;
        behind += behind >= 0;
    }
    for (int k = behind < 0 ? 0 : behind; k < 6; k++) {
        if (__builtin_mul_overflow(number, 10, &number)) {
            return false;
        }
    }
    *value_e6 = number;
    return digits > 0 && behind != 0 && number <= max_e6;
}

/* Index of a name of another file; -1 after a report. */
static int32_t
known(struct rows *t, size_t column, const struct name_table *names)
{
    const char *name;
    if (!rows_name(t, column, &name)) {
        return -1;
    }
    int32_t index = name_table_find(names, name);
    if (index < 0) {
        rows_bad(t, column, "no such name: \"%.200s\"", name);
    }
    return index;
}

enum { TIER = -1 }; /* for the price, while reading */

struct member {
    int32_t floor, line, row;
};

static int
compare_members(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    int order = (x->floor > y->floor) - (x->floor < y->floor);
    if (order == 0) {
        order = (x->line > y->line) - (x->line < y->line);
    }
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

/* Members sorted by floor, each line once. */
static void
place_members(struct arena *arena, struct rows *t, struct instance *in,
    struct member *members, int32_t n)
{
    if (n > 0) {
        qsort(members, (size_t)n, sizeof(*members), compare_members);
    }
    in->floor_lines = arena_array(arena, (size_t)n, sizeof(int32_t));
    for (int32_t g = 0; g < in->floors_n; g++) {
        in->floors[g].tier = in->floors[g].price == TIER;
        in->floors[g].price = in->floors[g].tier ? 0 : in->floors[g].price;
    }
    for (int32_t k = 0; k < n; k++) {
        const struct member *m = &members[k];
        if (k > 0 && m->floor == m[-1].floor && m->line == m[-1].line) {
            rows_error(t->errors,
                "%s:%d:1: line: is in this floor already, in line %d",
                csv_path(t->csv), m->row, m[-1].row);
        }
        in->floor_lines[k] = m->line;
        struct instance_floor *floor = &in->floors[m->floor];
        if (floor->member_end == 0) {
            floor->member_begin = k;
        }
        floor->member_end = k + 1;
    }
}

void
instance_read_floors(struct arena *arena, struct rows *t,
    struct instance *in, const struct name_table *lines,
    struct name_table *floors)
{
    struct member *members = NULL;
    struct instance_floor *found = NULL;
    int32_t n = 0, cap = 0, floors_cap = 0;
    while (rows_next(t)) {
        const char *name;
        int64_t share = 0, price = 0;
        bool ok = rows_name(t, 0, &name);
        int32_t l = known(t, 1, lines);
        if (!instance_decimal(rows_text(t, 2), INSTANCE_PPM, &share)) {
            rows_bad(t, 2, "not a share from 0 to 1: \"%.100s\"",
                rows_text(t, 2));
        }
        rows_int_or(t, 3, TIER, 0, INSTANCE_SCORE_MAX, &price);
        if (!ok || l < 0) {
            continue;
        }
        int32_t before = floors->count, g = name_table_add(floors, name);
        if (g == before) {
            if (g == floors_cap) {
                floors_cap = floors_cap > 0 ? 2 * floors_cap : 64;
                found = xrealloc(found, (size_t)floors_cap, sizeof(*found));
            }
            found[g] = (struct instance_floor){.share_ppm = (int32_t)share,
                .price = (int32_t)price, .name = floors->names[g]};
        } else if (found[g].share_ppm != share || found[g].price != price) {
            rows_bad(t, 2, "share or price differs from an earlier row of"
                            " this floor");
        }
        if (n == cap) {
            cap = cap > 0 ? 2 * cap : 1024;
            members = xrealloc(members, (size_t)cap, sizeof(*members));
        }
        members[n++] = (struct member){g, l, rows_line(t)};
    }
    in->floors_n = floors->count;
    in->floors =
        arena_array(arena, (size_t)floors->count, sizeof(*in->floors));
    if (floors->count > 0) {
        memcpy(in->floors, found, (size_t)floors->count * sizeof(*found));
    }
    place_members(arena, t, in, members, n);
    free(members);
    free(found);
}

static int
compare_pins(const void *a, const void *b)
{
    const struct instance_pin *x = a, *y = b;
    return (x->pair > y->pair) - (x->pair < y->pair);
}

void
instance_read_pins(struct arena *arena, struct rows *t, struct instance *in,
    const struct name_table *lines, const struct name_table *offers)
{
    struct instance_pin *pins = NULL;
    int32_t n = 0, cap = 0;
    unsigned char *seen = xcalloc((size_t)in->pairs_n, 1);
    while (rows_next(t)) {
        int64_t units = 1;
        int32_t l = known(t, 0, lines), j = known(t, 1, offers);
        rows_int(t, 2, 1, INSTANCE_UNITS_MAX, &units);
        int32_t p = l < 0 || j < 0 ? -1 : instance_pair_find(in, l, j);
        if (p < 0) {
            if (l >= 0 && j >= 0) {
                rows_bad(t, 1, "pins.csv names a pair that pairs.csv does"
                                " not have");
            }
            continue;
        }
        if (seen[p]) {
            rows_bad(t, 1, "this line and offer are pinned already");
            continue;
        }
        seen[p] = 1;
        if (n == cap) {
            cap = cap > 0 ? 2 * cap : 64;
            pins = xrealloc(pins, (size_t)cap, sizeof(*pins));
        }
        pins[n++] = (struct instance_pin){p, (int32_t)units};
    }
    in->pins_n = n;
    in->pins = arena_array(arena, (size_t)n, sizeof(*pins));
    if (n > 0) {
        qsort(pins, (size_t)n, sizeof(*pins), compare_pins);
        memcpy(in->pins, pins, (size_t)n * sizeof(*pins));
    }
    free(pins);
    free(seen);
}
