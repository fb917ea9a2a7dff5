/*
 * latencies.h: how long answers took, for the programs of `make bench-serve`.
 *
 * Units     microseconds.
 * Failure   ends the program with a message: this is a bench.
 * Lifetime  as long as the program.
 */
#ifndef TSUNAGARI_LATENCIES_H
#define TSUNAGARI_LATENCIES_H

#include <stddef.h>

struct latencies {
    double *us;
    size_t n, cap;
};

void latencies_keep(struct latencies *l, double us);
void latencies_sort(struct latencies *l);

/* Of sorted ones, not none, the one that this share of them is below. */
double latencies_quantile(const struct latencies *l, double share);

#endif
