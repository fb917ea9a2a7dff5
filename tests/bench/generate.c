/*
 * generate.c: `generate N SEED KIND DIR`: a seeded instance of N needs and N
 * offers as CSV, like a prefecture's night but with no names.
 *
 * KIND lp    needs of one to three lines, five kinds, 58 regions on a map,
 *            budgets of needs and of the programme, a floor per region
 *      full  the same with partner and need limits, lots, whole lines, use
 *      nation     as lp, in the 1,741 municipalities of Japan, drawn by
 *                 population, with a floor each; pairs within 14 km
 *      transport  as lp, without budgets and floors
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/embed.h"
#include "optimizer/base/table.h"
#include "optimizer/instance/instance_file.h"
#include "tests/unit/random_instance.h"

enum {
    KINDS = 5,
    REGIONS = 58,
    REACH = 26,         /* of 100 */
    NATION_MOST = 4000,
    NATION_REACH = 28   /* half kilometres */
};

struct near_region {
    int32_t region, distance;
};

struct world {
    struct random r;
    struct instance in;
    struct arena arena;
    bool full, nation, transport;
    int32_t regions_n;
    double north[NATION_MOST], east[NATION_MOST]; /* nation: degrees */
    int64_t people[NATION_MOST + 1];              /* summed up to each */
    int32_t x[REGIONS], y[REGIONS];
    struct near_region *near; /* of all regions, those within reach */
    int32_t *near_begin;
    int32_t *need_region, *line_kind, *offer_region, *offer_kind;
    int32_t *place_begin, *place_offers; /* offers by region and kind */
};

/* Half kilometres, or steps on the map. */
static int32_t
distance(const struct world *w, int32_t a, int32_t b)
{
    if (!w->nation) {
        return abs(w->x[a] - w->x[b]) + abs(w->y[a] - w->y[b]);
    }
    const double step = 222.4; /* half kilometres of a degree */
    double dy = (w->north[a] - w->north[b]) * step;
    double dx = (w->east[a] - w->east[b]) * step *
        cos(w->north[a] * 3.14159265358979 / 180);
    double d = sqrt(dx * dx + dy * dy);
    return d < NATION_REACH + 1 ? (int32_t)d : NATION_REACH + 1;
}

static void
find_near(struct world *w)
{
    int32_t n = w->regions_n, reach = w->nation ? NATION_REACH : REACH;
    w->near_begin = arena_array(&w->arena, (size_t)n + 1, sizeof(int32_t));
    for (int pass = 0; pass < 2; pass++) {
        int32_t at = 0;
        for (int32_t a = 0; a < n; a++) {
            for (int32_t b = 0; b < n; b++) {
                int32_t d = distance(w, a, b);
                if (d <= reach && pass == 1) {
                    w->near[at] = (struct near_region){b, d};
                }
                at += d <= reach;
            }
            w->near_begin[a + 1] = at;
        }
        if (pass == 0) {
            w->near = arena_array(&w->arena, (size_t)at, sizeof(*w->near));
        }
    }
}

/* The municipalities that the product ships. */
static bool
read_nation(struct world *w, struct err *err)
{
    const struct embed *file = embed_find("schema/data/regions_japan.csv");
    struct table *t = table_open(csv_open_memory(file->path, file->data,
                                     (size_t)(file->end - file->data)),
        err);
    if (t == NULL) {
        return false;
    }
    int level = table_column(t, "level"), lat = table_column(t, "lat");
    int lon = table_column(t, "lon");
    int people = table_column(t, "population_2020"), step;
    while ((step = table_next(t, err)) == 1 && w->regions_n < NATION_MOST) {
        if (strcmp(table_cell(t, level), "municipality") == 0) {
            int32_t g = w->regions_n++;
            w->north[g] = atof(table_cell(t, lat));
            w->east[g] = atof(table_cell(t, lon));
            w->people[g + 1] =
                w->people[g] + atoll(table_cell(t, people));
        }
    }
    table_close(t);
    return step == 0;
}

static int32_t
draw_region(struct world *w)
{
    if (!w->nation) {
        return random_in(&w->r, 0, REGIONS - 1);
    }
    int64_t at = (int64_t)(random_next(&w->r) %
        (uint64_t)w->people[w->regions_n]);
    int32_t low = 0, high = w->regions_n - 1;
    while (low < high) { /* the first whose people end behind it */
        int32_t middle = low + (high - low) / 2;
        if (w->people[middle + 1] > at) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

static void
make_rows(struct world *w, int32_t n)
{
    struct instance *in = &w->in;
    struct random *r = &w->r;
    size_t most = (size_t)n * 3;
    in->needs = arena_array(&w->arena, (size_t)n, sizeof(*in->needs));
    in->offers = arena_array(&w->arena, (size_t)n, sizeof(*in->offers));
    in->lines = arena_array(&w->arena, most, sizeof(*in->lines));
    w->need_region = arena_array(&w->arena, (size_t)n, sizeof(int32_t));
    w->offer_region = arena_array(&w->arena, (size_t)n, sizeof(int32_t));
    w->offer_kind = arena_array(&w->arena, (size_t)n, sizeof(int32_t));
    w->line_kind = arena_array(&w->arena, most, sizeof(int32_t));
    in->needs_n = in->offers_n = n;
    in->orgs_n = n / 3 + 1;
    for (int32_t i = 0; i < n; i++) {
        w->need_region[i] = draw_region(w);
        in->needs[i].budget_yen =
            !w->transport && random_chance(r, 50)
                ? random_in(r, 0, 40) * 1000
                : INSTANCE_NO_LIMIT;
        in->needs[i].max_partners =
            w->full && random_chance(r, 30) ? random_in(r, 1, 3) : 0;
        int32_t lines = random_in(r, 1, 3);
        for (int32_t k = 0; k < lines; k++) {
            int32_t l = in->lines_n++;
            w->line_kind[l] = random_in(r, 0, KINDS - 1);
            in->lines[l] = (struct instance_line){.need = i,
                .quantity = random_in(r, 1, 10),
                .uncovered_price = random_in(r, 0, 3) * 100,
                .indivisible = w->full && random_chance(r, 15)};
        }
    }
    for (int32_t j = 0; j < n; j++) {
        w->offer_region[j] = draw_region(w);
        w->offer_kind[j] = random_in(r, 0, KINDS - 1);
        in->offers[j] = (struct instance_offer){
            .capacity = random_in(r, 1, 20),
            .max_needs = w->full && random_chance(r, 30) ? random_in(r, 1, 4)
                                                         : 0,
            .min_lot = w->full && random_chance(r, 15) ? random_in(r, 2, 3)
                                                       : 0,
            .org = random_in(r, 0, in->orgs_n - 1)};
    }
}

static void
add_pair(struct world *w, int32_t cap, int32_t j, int32_t distance,
    bool counting)
{
    struct instance *in = &w->in;
    struct random *r = &w->r;
    int32_t score = 1000 - distance * 12 + random_in(r, 0, 400);
    int32_t cost = random_chance(r, 50) ? random_in(r, 1, 8) * 500 : 0;
    int32_t use = w->full && random_chance(r, 10) ? 2 : 1;
    if (!counting && in->pairs_n < cap) {
        in->pair_offer[in->pairs_n] = j;
        in->pair_score[in->pairs_n] = score;
        in->pair_cost[in->pairs_n] = cost;
        in->pair_use[in->pairs_n] = use;
    }
    in->pairs_n++;
}

struct choice {
    int32_t offer, distance;
};

static int
compare_choices(const void *a, const void *b)
{
    const struct choice *x = a, *y = b;
    return (x->offer > y->offer) - (x->offer < y->offer);
}

static void
place_offers(struct world *w)
{
    const struct instance *in = &w->in;
    size_t places = (size_t)w->regions_n * KINDS;
    w->place_begin = arena_array(&w->arena, places + 2, sizeof(int32_t));
    w->place_offers =
        arena_array(&w->arena, (size_t)in->offers_n, sizeof(int32_t));
    for (int32_t j = 0; j < in->offers_n; j++) {
        w->place_begin[w->offer_region[j] * KINDS + w->offer_kind[j] + 2]++;
    }
    for (size_t k = 2; k < places + 2; k++) {
        w->place_begin[k] += w->place_begin[k - 1];
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        int32_t place = w->offer_region[j] * KINDS + w->offer_kind[j];
        w->place_offers[w->place_begin[place + 1]++] = j;
    }
}

static int32_t
choices_of(const struct world *w, int32_t l, struct choice *choices)
{
    int32_t n = 0, from = w->need_region[w->in.lines[l].need];
    for (int32_t k = w->near_begin[from]; k < w->near_begin[from + 1]; k++) {
        int32_t place = w->near[k].region * KINDS + w->line_kind[l];
        for (int32_t q = w->place_begin[place];
             q < w->place_begin[place + 1]; q++) {
            choices[n++] = (struct choice){
                w->place_offers[q], w->near[k].distance};
        }
    }
    qsort(choices, (size_t)n, sizeof(*choices), compare_choices);
    return n;
}

static void
make_pairs(struct world *w, int32_t cap, bool counting)
{
    struct instance *in = &w->in;
    struct choice *choices =
        xmalloc(((size_t)in->offers_n + 1) * sizeof(*choices));
    in->pairs_n = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        in->pair_begin[l] = in->pairs_n;
        int32_t n = choices_of(w, l, choices);
        for (int32_t k = 0; k < n; k++) {
            add_pair(w, cap, choices[k].offer, choices[k].distance, counting);
        }
    }
    in->pair_begin[in->lines_n] = in->pairs_n;
    free(choices);
}

static void
make_floors(struct world *w)
{
    struct instance *in = &w->in;
    int32_t n = 0;
    in->floors = arena_array(
        &w->arena, (size_t)w->regions_n, sizeof(*in->floors));
    in->floor_lines =
        arena_array(&w->arena, (size_t)in->lines_n, sizeof(int32_t));
    for (int32_t g = 0; g < w->regions_n; g++) {
        struct instance_floor *floor = &in->floors[in->floors_n];
        floor->share_ppm = random_in(&w->r, 3, 7) * 100000;
        floor->price = 5000;
        floor->member_begin = n;
        for (int32_t l = 0; l < in->lines_n; l++) {
            if (w->need_region[in->lines[l].need] == g) {
                in->floor_lines[n++] = l;
            }
        }
        floor->member_end = n;
        /* the file has a row per member */
        in->floors_n += n > floor->member_begin;
    }
}

static void
make_pair_arrays(struct world *w)
{
    struct instance *in = &w->in;
    struct random kept = w->r;
    in->pair_begin = arena_array(
        &w->arena, (size_t)in->lines_n + 1, sizeof(int32_t));
    make_pairs(w, 0, true);
    int32_t cap = in->pairs_n;
    in->pair_offer = arena_array(&w->arena, (size_t)cap, sizeof(int32_t));
    in->pair_score = arena_array(&w->arena, (size_t)cap, sizeof(int32_t));
    in->pair_cost = arena_array(&w->arena, (size_t)cap, sizeof(int32_t));
    in->pair_use = arena_array(&w->arena, (size_t)cap, sizeof(int32_t));
    w->r = kept;
    make_pairs(w, cap, false);
}

int
main(int argc, char **argv)
{
    static struct world w;
    struct err err = {0};
    if (argc != 5 || atoi(argv[1]) < 1) {
        fputs("usage: generate N SEED lp|full|nation|transport DIR\n",
            stderr);
        return ERR_USAGE;
    }
    int32_t n = atoi(argv[1]);
    w.r.state = (uint64_t)atoll(argv[2]);
    w.full = strcmp(argv[3], "full") == 0;
    w.nation = strcmp(argv[3], "nation") == 0;
    w.transport = strcmp(argv[3], "transport") == 0;
    w.regions_n = w.nation ? 0 : REGIONS;
    for (int g = 0; g < w.regions_n; g++) {
        w.x[g] = random_in(&w.r, 0, 99);
        w.y[g] = random_in(&w.r, 0, 99);
    }
    if (w.nation && !read_nation(&w, &err)) {
        fprintf(stderr, "generate: %s\n", err.text);
        return ERR_INPUT;
    }
    find_near(&w);
    make_rows(&w, n);
    place_offers(&w);
    make_pair_arrays(&w);
    w.in.programme_budget_yen = INSTANCE_NO_LIMIT;
    if (!w.transport) {
        make_floors(&w);
        w.in.programme_budget_yen = (int64_t)n * 4000;
    }
    const struct instance_params params = {0};
    bool ok = instance_check(&w.in, &err) &&
        instance_write(argv[4], &w.in, &params, &err);
    printf("%d needs, %d lines, %d offers, %d pairs\n", n, w.in.lines_n, n,
        w.in.pairs_n);
    if (!ok) {
        fprintf(stderr, "generate: %s\n", err.text);
    }
    arena_release(&w.arena);
    return ok ? 0 : (int)err.kind;
}
