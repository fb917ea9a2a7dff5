/*
 * write_lp.c: `write_lp DIR lp|full`: the model of an explicit instance with
 * no pins, as a whole, in the CPLEX LP format for other solvers; lp leaves
 * out counts, lots, whole lines and integrality.  The first line names the
 * constant that they cannot see.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/instance/instance_file.h"
#include "optimizer/instance/model.h"
#include "optimizer/solve/link.h"

struct writer {
    const struct instance *in;
    const int32_t *most; /* per pair */
    int32_t *pair_line;
    bool full;
};

static void
put_objective(const struct writer *w)
{
    const struct instance *in = w->in;
    int64_t base = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        base -= (int64_t)in->lines[l].uncovered_price * in->lines[l].quantity;
    }
    printf("\\ base %" PRId64 "\nMaximize\n obj:", base);
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (w->most[p] > 0) {
            printf(" %+" PRId32 " x%" PRId32 "\n",
                in->pair_score[p] +
                    in->lines[w->pair_line[p]].uncovered_price,
                p);
        }
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        printf(" -%" PRId32 " d%" PRId32 "\n", in->floors[g].price, g);
    }
    puts("Subject To");
}

/* One row per group of pairs: key[p] says which, coef[p] (NULL: 1). */
static void
put_rows(const struct writer *w, const char *name, int32_t n,
    const int32_t *key, const int32_t *coef, const int64_t *limit)
{
    const struct instance *in = w->in;
    int32_t *begin = xcalloc((size_t)n + 2, sizeof(*begin));
    int32_t *pairs = xmalloc((size_t)in->pairs_n * sizeof(*pairs));
    for (int32_t p = 0; p < in->pairs_n; p++) {
        begin[key[p] + 2] +=
            w->most[p] > 0 && (coef == NULL || coef[p] != 0);
    }
    for (int32_t k = 0; k < n; k++) {
        begin[k + 2] += begin[k + 1];
    }
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (w->most[p] > 0 && (coef == NULL || coef[p] != 0)) {
            pairs[begin[key[p] + 1]++] = p;
        }
    }
    for (int32_t k = 0; k < n; k++) {
        if (limit[k] < 0 || begin[k] == begin[k + 1]) {
            continue;
        }
        printf(" %s%" PRId32 ":", name, k);
        for (int32_t q = begin[k]; q < begin[k + 1]; q++) {
            int32_t p = pairs[q], c = coef != NULL ? coef[p] : 1;
            printf(" +%" PRId32 " x%" PRId32 "\n", c, p);
        }
        printf(" <= %" PRId64 "\n", limit[k]);
    }
    free(begin);
    free(pairs);
}

static void
put_linear(const struct writer *w)
{
    const struct instance *in = w->in;
    size_t n = (size_t)(in->lines_n + in->offers_n + in->needs_n);
    int64_t *limit = xmalloc(n * sizeof(*limit));
    int32_t *need = xcalloc((size_t)in->pairs_n, sizeof(*need));
    int32_t *zero = xcalloc((size_t)in->pairs_n, sizeof(*zero));
    for (int32_t l = 0; l < in->lines_n; l++) {
        limit[l] = in->lines[l].quantity;
    }
    put_rows(w, "l", in->lines_n, w->pair_line, NULL, limit);
    for (int32_t j = 0; j < in->offers_n; j++) {
        limit[j] = in->offers[j].capacity;
    }
    put_rows(w, "o", in->offers_n, in->pair_offer, in->pair_use, limit);
    for (int32_t i = 0; i < in->needs_n; i++) {
        limit[i] = in->needs[i].budget_yen;
    }
    for (int32_t p = 0; p < in->pairs_n; p++) {
        need[p] = in->lines[w->pair_line[p]].need;
    }
    put_rows(w, "b", in->needs_n, need, in->pair_cost, limit);
    limit[0] = in->programme_budget_yen;
    put_rows(w, "B", 1, zero, in->pair_cost, limit);
    free(limit);
    free(need);
    free(zero);
}

static void
put_floors(const struct writer *w)
{
    const struct instance *in = w->in;
    for (int32_t g = 0; g < in->floors_n; g++) {
        printf(" f%" PRId32 ": d%" PRId32, g, g);
        for (int32_t k = in->floors[g].member_begin;
             k < in->floors[g].member_end; k++) {
            int32_t l = in->floor_lines[k];
            for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1];
                 p++) {
                if (w->most[p] > 0) {
                    printf(" +%.17g x%" PRId32 "\n",
                        (double)model_unit_share(in->lines[l].quantity) /
                            1e12,
                        p);
                }
            }
        }
        printf(" >= %.17g\n",
            (double)model_floor_target(&in->floors[g]) / 1e12);
    }
}

/* x = q y for whole lines, m y <= x <= most y for lots. */
static void
put_switches(const struct writer *w)
{
    const struct instance *in = w->in;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        const struct instance_line *line = &in->lines[w->pair_line[p]];
        int32_t lot = in->offers[in->pair_offer[p]].min_lot;
        if (w->most[p] == 0 || (!line->indivisible && lot < 2)) {
            continue;
        }
        int32_t least = line->indivisible ? line->quantity : lot;
        printf(" u%" PRId32 ": x%" PRId32 " - %" PRId32 " y%" PRId32
               " <= 0\n v%" PRId32 ": x%" PRId32 " - %" PRId32 " y%" PRId32
               " >= 0\n",
            p, p, w->most[p], p, p, p, least, p);
    }
}

static void
put_links(const struct writer *w, const struct links *links)
{
    const struct instance *in = w->in;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        int32_t of[2] = {links_org(links, p), links_need(links, p)};
        for (int k = 0; k < 2 && w->most[p] > 0; k++) {
            if (of[k] >= 0) {
                printf(" k%d_%" PRId32 ": x%" PRId32 " - %" PRId32
                       " z%" PRId32 " <= 0\n",
                    k, p, p, w->most[p], of[k]);
            }
        }
    }
    for (int32_t k = 0; k < links->n; k++) {
        bool first = k == 0 || k == links->orgs_n ||
            links->owner[k] != links->owner[k - 1];
        if (first) {
            printf(" c%" PRId32 ": z%" PRId32, k, k);
        } else {
            printf(" + z%" PRId32 "\n", k);
        }
        bool last = k + 1 == links->n || k + 1 == links->orgs_n ||
            links->owner[k] != links->owner[k + 1];
        if (last) {
            printf(" <= %" PRId32 "\n",
                k < links->orgs_n ? in->needs[links->owner[k]].max_partners
                                  : in->offers[links->owner[k]].max_needs);
        }
    }
}

static void
put_kinds(const struct writer *w, const struct links *links)
{
    const struct instance *in = w->in;
    puts("General");
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (w->most[p] > 0) {
            printf(" x%" PRId32 "\n", p);
        }
    }
    puts("Binary");
    for (int32_t k = 0; k < links->n; k++) {
        printf(" z%" PRId32 "\n", k);
    }
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (w->most[p] > 0 &&
            (in->lines[w->pair_line[p]].indivisible ||
                in->offers[in->pair_offer[p]].min_lot > 1)) {
            printf(" y%" PRId32 "\n", p);
        }
    }
}

int
main(int argc, char **argv)
{
    struct arena arena = {0};
    struct instance in;
    struct instance_params params;
    struct links links;
    struct err err = {0};
    if (argc != 3 ||
        !instance_read(argv[1], &arena, &in, &params, NULL, NULL, &err)) {
        fprintf(stderr, "write_lp: %s\n", argc != 3 ? "DIR KIND" : err.text);
        return 2;
    }
    int32_t *most = xcalloc((size_t)in.pairs_n, sizeof(*most));
    struct writer w = {.in = &in, .most = most,
        .pair_line = xcalloc((size_t)in.pairs_n, sizeof(int32_t)),
        .full = strcmp(argv[2], "full") == 0};
    for (int32_t l = 0; l < in.lines_n; l++) {
        for (int32_t p = in.pair_begin[l]; p < in.pair_begin[l + 1]; p++) {
            w.pair_line[p] = l;
            most[p] = model_pair_most(&in, l, p);
        }
    }
    links_make(&in, &arena, &links);
    put_objective(&w);
    put_linear(&w);
    put_floors(&w);
    if (w.full) {
        put_switches(&w);
        put_links(&w, &links);
        put_kinds(&w, &links);
    }
    puts("End");
    free(most);
    free(w.pair_line);
    arena_release(&arena);
    return 0;
}
