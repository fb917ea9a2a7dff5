/* sample.c: the truth, then the file that tells it. */
#include "sample.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample_file.h"

static const uint32_t counts[SNAP_FACETS] = {SAMPLE_REGIONS, 5, 4, 3, 12, 3,
    1, 2};
static const char *const letters[] = {"ア", "カ", "サ", "山", "川", "a",
    "1", " "};

uint32_t
sample_random(uint32_t *state, uint32_t below)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state % below;
}

uint32_t
sample_north(uint32_t region)
{
    return region * SAMPLE_NORTH / SAMPLE_REGIONS;
}

int32_t
sample_lat_e6(uint32_t north)
{
    return 35000000 + (int32_t)north * 10000;
}

/* 0 the prefecture, 1 2 areas, 3..8 municipalities, 9 10 wards of 3. */
static void
make_regions(struct sample *s, uint32_t *state)
{
    for (uint32_t r = 0; r < SAMPLE_REGIONS; r++) {
        s->level[r] = r == 0   ? SNAP_LEVEL_PREFECTURE
                      : r <= 2 ? SNAP_LEVEL_AREA
                      : r <= 8 ? SNAP_LEVEL_MUNICIPALITY
                               : SNAP_LEVEL_WARD;
        s->parent[r] = r == 0   ? SNAP_NONE
                       : r <= 2 ? 0
                       : r <= 8 ? 1 + r % 2
                                : 3;
        if (r > 2) {
            s->near_n[r] = sample_random(state, SAMPLE_NEAR + 1);
            for (uint32_t i = 0; i < s->near_n[r]; i++) {
                s->near[r][i] = 3 + (r + i) % 8;
            }
        }
    }
}

static void
make_values(struct sample *s)
{
    static const char letter[] = "rkhtgsfo";
    for (uint32_t f = 0; f < SNAP_FACETS; f++) {
        s->first[f] = s->values_n;
        s->count[f] = counts[f];
        for (uint32_t i = 0; i < counts[f]; i++) {
            char *code = s->code[s->values_n++];
            if (f == SNAP_FACET_REGION) {
                snprintf(code, 8, "%06u", (141000 + i * 10) % 1000000);
            } else if (f == SNAP_FACET_FREE) {
                snprintf(code, 8, "1");
            } else if (f == SNAP_FACET_REACH) {
                snprintf(code, 8, i == 0 ? "prefect" : "online");
            } else {
                snprintf(code, 8, "%c%02u", letter[f], i % 100);
            }
        }
    }
}

static bool
is_above(const struct sample *s, uint32_t above, uint32_t region)
{
    while (region != SNAP_NONE) {
        if (region == above) {
            return true;
        }
        region = s->parent[region];
    }
    return false;
}

static void
make_doc(const struct sample *s, struct sample_doc *d, uint32_t number,
    uint32_t docs, uint32_t *state)
{
    *d = (struct sample_doc){.id = 10 + (docs - number) * 7};
    d->confirmed_on = 20260101 + sample_random(state, 28);
    d->cost = sample_random(state, 4) ? sample_random(state, 5) * 500
                                      : SNAP_NONE;
    d->north = sample_random(state, 8) ? sample_random(state, SAMPLE_NORTH)
                                       : SNAP_NONE;
    uint32_t reach = sample_random(state, 10);
    uint32_t home = 3 + sample_random(state, SAMPLE_REGIONS - 3);
    /* the last municipality and a ward stay empty: the fallback has work */
    home = home == 8 || home == 10 ? 4 : home;
    for (uint32_t r = 0; r < SAMPLE_REGIONS && reach != 1; r++) {
        d->has[s->first[SNAP_FACET_REGION] + r] =
            (reach == 0 && sample_random(state, 40) == 0) ||
            (reach > 1 && (is_above(s, r, home) || is_above(s, home, r)));
    }
    d->has[s->first[SNAP_FACET_REACH]] = reach == 0;
    d->has[s->first[SNAP_FACET_REACH] + 1] = reach == 1;
    for (uint32_t v = s->first[SNAP_FACET_KIND];
         v < s->first[SNAP_FACET_REACH]; v++) {
        d->has[v] = sample_random(state, v % 3 == 0 ? 2 : 20) == 0;
    }
    size_t len = 0, letters_n = 6 + sample_random(state, 18);
    for (size_t i = 0; i < letters_n; i++) {
        const char *letter = letters[sample_random(state, 8)];
        memcpy(d->text + len, letter, strlen(letter));
        len += strlen(letter);
        if (i == letters_n / 2) {
            d->text[len++] = '\n';
        }
    }
}

static void
make_orders(const struct sample *s, struct sample_side *side, uint32_t *state)
{
    for (uint32_t r = 0; r < SAMPLE_REGIONS; r++) {
        uint32_t *order = calloc(side->docs_n + 1, sizeof(*order)), n = 0;
        assert(order != NULL);
        for (uint32_t d = 0; d < side->docs_n; d++) {
            if (side->docs[d].has[s->first[SNAP_FACET_REGION] + r]) {
                order[n++] = d;
            }
        }
        for (uint32_t i = n; i > 1; i--) {
            uint32_t k = sample_random(state, i), swap = order[i - 1];
            order[i - 1] = order[k];
            order[k] = swap;
        }
        side->order[r] = order;
        side->order_n[r] = n;
    }
}

void
sample_make(struct sample *s, struct sample_options options)
{
    uint32_t state = options.seed * 2654435761u + 1;
    *s = (struct sample){0};
    make_regions(s, &state);
    make_values(s);
    for (uint32_t c = 0; c < SNAP_COLLECTIONS; c++) {
        struct sample_side *side = &s->sides[c];
        side->docs_n = c == SNAP_RESOURCES ? options.docs : options.docs / 3;
        side->docs = calloc(side->docs_n + 1, sizeof(*side->docs));
        assert(side->docs != NULL);
        for (uint32_t d = 0; d < side->docs_n; d++) {
            make_doc(s, &side->docs[d], d, side->docs_n, &state);
        }
        make_orders(s, side, &state);
    }
    sample_file_make(s, options);
}

void
sample_release(struct sample *s)
{
    for (uint32_t c = 0; c < SNAP_COLLECTIONS; c++) {
        for (uint32_t r = 0; r < SAMPLE_REGIONS; r++) {
            free(s->sides[c].order[r]);
        }
        free(s->sides[c].docs);
    }
    free(s->data);
    *s = (struct sample){0};
}
