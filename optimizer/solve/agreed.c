/* agreed.c: rows by the maps of component.h, pairs likewise (agreed.h). */
#include "agreed.h"

#include "concord.h"
#include "pipeline.h"

#include <stdlib.h>
#include <string.h>

enum {
    AGREE_PERCENT = 30,  /* of the time that is left */
    AGREE_GAP_PPM = 3000 /* to such a gap offers alone prove enough */
};

static void
copy(int64_t *to, const int64_t *from, int32_t n)
{
    if (n > 0) {
        memcpy(to, from, (size_t)n * sizeof(*to));
    }
}

static void
keep(struct part_result *result, const struct concord *c)
{
    struct solve_agreed *a = &result->agreed;
    const struct instance *in = c->potentials.in;
    const struct potentials *t = &c->potentials;
    copy(a->demand_price, c->prices.demand, in->lines_n);
    copy(a->budget_price, c->prices.budget, in->needs_n);
    copy(a->partners_price, c->prices.partners, in->needs_n);
    copy(a->floor_price, c->prices.floor, in->floors_n);
    a->programme_price = c->prices.programme;
    a->potentials_n = 0;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        const int64_t *prices = potentials_of(t, p);
        int32_t high = prices != NULL ? t->high[t->of_pair[p]] : 0;
        for (int32_t x = 1; x <= high; x++) {
            if (prices[x - 1] != 0 && a->potentials_n < result->agreed_room) {
                a->potentials[a->potentials_n++] =
                    (struct solve_potential){p, x, prices[x - 1]};
            }
        }
    }
}

bool
pipeline_agrees(const struct pipeline *run)
{
    return run->result->agreed_room > 0 &&
        run->options->gap_ppm < AGREE_GAP_PPM;
}

void
pipeline_agree(struct pipeline *run, struct tight *tight)
{
    struct concord *concord;
    struct lp_limit share =
        lp_limit_share(run->options->limit, AGREE_PERCENT);
    const struct concord_options options = {.prices = &tight->prices,
        .potentials = run->result->agreed_room, .limit = &share};
    concord = arena_alloc(run->arena, sizeof(*concord));
    concord_find(concord, &tight->whole, &options, run->arena);
    model_wide bound = certificate_to_grid(run->in, concord->bound);
    if (bound < run->result->bound) {
        run->result->bound = bound;
        run->concord = concord;
        keep(run->result, concord);
    }
}

/* 1e-9 of a part that has no others. */
static int64_t
price_of(const struct part_result *part, const int64_t *agreed,
    const int64_t *own, int32_t k)
{
    return part->agreed.potentials_n > 0 ? agreed[k] : own[k] / 1000;
}

static void
add_rows(const struct component *part, const struct part_result *from,
    struct solve_agreed *to)
{
    const struct solve_agreed *own = &from->agreed;
    const struct prices *prices = &from->prices;
    for (int32_t l = 0; l < part->in.lines_n; l++) {
        to->demand_price[part->line_of[l]] =
            price_of(from, own->demand_price, prices->demand, l);
    }
    for (int32_t i = 0; i < part->in.needs_n; i++) {
        to->budget_price[part->need_of[i]] +=
            price_of(from, own->budget_price, prices->budget, i);
        to->partners_price[part->need_of[i]] +=
            price_of(from, own->partners_price, prices->partners, i);
    }
    for (int32_t g = 0; g < part->in.floors_n; g++) {
        to->floor_price[part->floor_of[g]] =
            price_of(from, own->floor_price, prices->floor, g);
    }
    if (part->coupled) {
        to->programme_price = from->agreed.potentials_n > 0
            ? own->programme_price
            : prices->programme / 1000;
    }
}

static int
compare_pairs(const void *a, const void *b)
{
    const struct solve_potential *x = a, *y = b;
    int order = (x->pair > y->pair) - (x->pair < y->pair);
    return order != 0 ? order : (x->units > y->units) - (x->units < y->units);
}

static void
add_potentials(const struct component *part, const struct part_result *from,
    const int32_t *whole, int32_t *own, struct solve_agreed *to)
{
    if (from->agreed.potentials_n == 0) {
        return;
    }
    component_gather(part, whole, own);
    for (int32_t k = 0; k < from->agreed.potentials_n; k++) {
        struct solve_potential one = from->agreed.potentials[k];
        one.pair = own[one.pair];
        to->potentials[to->potentials_n++] = one;
    }
}

void
agreed_merge(const struct component_list *list,
    const struct part_result *results, const struct instance *in,
    struct arena *arena, struct solve_agreed *agreed)
{
    struct arena own = {0};
    size_t pairs = (size_t)in->pairs_n, n = 0;
    for (int32_t k = 0; k < list->n; k++) {
        n += (size_t)results[k].agreed.potentials_n;
    }
    *agreed = (struct solve_agreed){0};
    if (n == 0) {
        return;
    }
    agreed->demand_price =
        arena_array(arena, (size_t)in->lines_n, sizeof(int64_t));
    agreed->budget_price =
        arena_array(arena, (size_t)in->needs_n, sizeof(int64_t));
    agreed->partners_price =
        arena_array(arena, (size_t)in->needs_n, sizeof(int64_t));
    agreed->floor_price =
        arena_array(arena, (size_t)in->floors_n, sizeof(int64_t));
    agreed->potentials = arena_array(arena, n, sizeof(*agreed->potentials));
    int32_t *whole = arena_array(&own, pairs, sizeof(*whole));
    int32_t *of_part = arena_array(&own, pairs, sizeof(*of_part));
    for (int32_t p = 0; p < in->pairs_n; p++) {
        whole[p] = p;
    }
    for (int32_t k = 0; k < list->n; k++) {
        add_rows(&list->parts[k], &results[k], agreed);
        add_potentials(
            &list->parts[k], &results[k], whole, of_part, agreed);
    }
    qsort(agreed->potentials, n, sizeof(*agreed->potentials), compare_pairs);
    arena_release(&own);
}
