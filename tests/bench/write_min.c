/*
 * write_min.c: `write_min DIR`: a pure transport (no budgets, floors, counts,
 * lots, whole lines, use, pins) as a minimum cost flow in the DIMACS `min`
 * format for other solvers: lines 1.., then offers, then one node that takes
 * what is left.  objective = -cost.
 */
#include <inttypes.h>
#include <stdio.h>

#include "optimizer/instance/instance_file.h"

static void
put_nodes(const struct instance *in, int32_t rest)
{
    int64_t all = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        all += in->lines[l].quantity;
        printf("n %d %d\n", l + 1, in->lines[l].quantity);
    }
    printf("n %d %" PRId64 "\n", rest, -all);
}

static void
put_arcs(const struct instance *in, int32_t rest)
{
    for (int32_t l = 0; l < in->lines_n; l++) {
        int32_t most = in->lines[l].quantity;
        printf("a %d %d 0 %d %d\n", l + 1, rest, most,
            in->lines[l].uncovered_price);
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            printf("a %d %d 0 %d %d\n", l + 1,
                in->lines_n + in->pair_offer[p] + 1, most,
                -in->pair_score[p]);
        }
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        printf("a %d %d 0 %d 0\n", in->lines_n + j + 1, rest,
            in->offers[j].capacity);
    }
}

int
main(int argc, char **argv)
{
    struct arena arena = {0};
    struct instance in;
    struct instance_params params;
    struct err err = {0};
    if (argc != 2 ||
        !instance_read(argv[1], &arena, &in, &params, NULL, NULL, &err)) {
        fprintf(stderr, "write_min: %s\n", argc != 2 ? "DIR" : err.text);
        return 2;
    }
    int32_t rest = in.lines_n + in.offers_n + 1;
    printf("p min %d %d\n", rest, in.pairs_n + in.lines_n + in.offers_n);
    put_nodes(&in, rest);
    put_arcs(&in, rest);
    arena_release(&arena);
    return 0;
}
