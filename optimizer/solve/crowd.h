/*
 * crowd.h: needs that are best planned anew together.
 *
 * Meaning   a need, and needs that have what its lines would like, and who
 *           has what theirs would like, as long as there is room: the lines
 *           of a window (window.h).
 * Shapes    lines of the needs, need by need; the first need is the one that
 *           it was asked for.
 * Failure   none but memory.
 * Lifetime  the arena's; near must outlive it.
 */
#ifndef TSUNAGARI_CROWD_H
#define TSUNAGARI_CROWD_H

#include "ledger.h"
#include "near.h"

struct crowd {
    int32_t *lines, *needs;
    int32_t lines_n, needs_n;
    int32_t most; /* lines, but for those of the first need */
    const struct near *near;
    const uint8_t *open; /* NULL, or 1 per need that may come */
    int32_t *mark; /* per need: the last crowd that it was in */
    int32_t crowds;
};

/* Where crowds begin: the largest first, of like ones the first need. */
struct crowd_seed {
    model_wide loss;
    int32_t need;
};

void crowd_sort(struct crowd_seed *seeds, int32_t n);

void crowd_make(struct crowd *crowd, const struct near *near, int32_t most,
    struct arena *arena);

/* holders: of a pair in near's lists, only who has units of it now. */
void crowd_gather(struct crowd *crowd, const struct ledger *ledger,
    int32_t need, bool holders);

#endif
