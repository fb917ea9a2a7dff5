/*
 * relax.c: `relax DIR`: the relaxation of an explicit instance (no counts,
 * lots, whole lines) to its proven optimum, part by part, in this process.
 * Prints the bound in milli-points, CPU seconds, peak KB, pairs, and how far
 * the best fractional plan is below the bound, as a share.  The instance as
 * read is given back once it is split: the parts need it no more.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "optimizer/instance/instance_file.h"
#include "optimizer/solve/component.h"
#include "optimizer/solve/ledger.h"
#include "optimizer/solve/master.h"
#include "optimizer/solve/master_interior.h"

#define GAP 5e-10 /* of a part */
#define WIDE_GAP 1e-6

static const struct lp_limit no_limit;

struct sums {
    model_wide bound, value;
};

/* The total of a plan without a solver: what steps are measured by. */
static model_wide
fill(const struct instance *in, const struct links *links,
    const int32_t *least)
{
    struct arena own = {0};
    struct ledger ledger;
    ledger_init(&ledger, in, links, least, &own);
    ledger_fill(&ledger, NULL, 0);
    model_wide total = model_total(in, ledger.units);
    arena_release(&own);
    return total;
}

/* Adds the part's optimum; stops the program where the proof fails. */
static void
relax(const struct instance *in, struct sums *sums)
{
    struct arena own = {0};
    struct links links;
    struct counts counts;
    struct master master;
    enum lp_state state;
    int32_t *least = xcalloc((size_t)in->pairs_n, sizeof(*least));
    links_make(in, &own, &links);
    counts_make(&counts, in, &links, &own);
    state = LP_TROUBLE;
    if (master_is_large(in)) {
        state = master_interior(&master, in, &counts, least,
            master_is_wide(in) ? WIDE_GAP : GAP, &no_limit, &own);
    }
    if (state != LP_OPTIMAL) {
        struct dual dual;
        dual_make(&dual, in, &counts, least, &own);
        dual_ascend(&dual, 30, fill(in, &links, least), &no_limit);
        state = master_solve(&master, &dual, &no_limit, &own);
        dual_free(&dual);
    }
    if (state != LP_OPTIMAL) {
        fputs("relax: the master failed\n", stderr);
        exit(1);
    }
    arena_release(&own);
    free(least);
    sums->bound += master.bound;
    sums->value += (model_wide)master.value_e6 * 1000000;
}

int
main(int argc, char **argv)
{
    struct arena arena = {0}, parts = {0};
    struct instance in;
    struct instance_params params;
    struct component_list list;
    struct err err = {0};
    xmalloc_large_apart();
    if (argc != 2 ||
        !instance_read(argv[1], &arena, &in, &params, NULL, NULL, &err)) {
        fprintf(stderr, "relax: %s\n", argc != 2 ? "DIR" : err.text);
        return 2;
    }
    clock_t begin = clock();
    component_split(&in, false, &parts, &list);
    int32_t pairs_n = in.pairs_n;
    arena_release(&arena);
    struct sums sums = {list.base, list.base};
    for (int32_t k = 0; k < list.n; k++) {
        relax(&list.parts[k].in, &sums);
    }
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    double bound = (double)model_value_e6(sums.bound);
    double value = (double)model_value_e6(sums.value);
    printf("%.6f %.3f %ld %d %.1e\n", bound / 1e6, seconds, use.ru_maxrss,
        pairs_n, (bound - value) / (fabs(value) + 1));
    arena_release(&parts);
    return 0;
}
