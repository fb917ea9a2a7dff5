/*
 * exchange_path.h: paths of changes that gain.
 *
 * Meaning   a path begins at an offer or a need that has room for a change of
 *           one of its pairs.  What the pair's other end then lacks, or has
 *           left, another pair of that end makes up for, and so on to an end
 *           that has room for the last change alone.  No offer and no need
 *           comes twice.  To each change, from each of its ends, the shortest
 *           path is kept, by what it loses so far: found by correcting
 *           labels, in rounds of one change more.
 * Units     1e-6 milli-points.
 * Failure   none but memory; where there are too many paths, some are not
 *           found.
 * Lifetime  until exchange_paths_close(); the graph must outlive it.
 */
#ifndef TSUNAGARI_EXCHANGE_PATH_H
#define TSUNAGARI_EXCHANGE_PATH_H

#include "exchange_graph.h"
#include "solve_glpk.h"

enum { EXCHANGE_LENGTH = 60 }; /* changes of a path, at most */

struct exchange_paths {
    const struct exchange_graph *graph;
    int64_t loss_most;  /* a path that has lost so much is given up */
    int64_t gain_least; /* less is not worth a path */
    int32_t longest;    /* in changes: EXCHANGE_LENGTH at most */
    /* by end that is left to be made up for: the shortest path to a level of
     * a pair */
    struct exchange_label {
        int64_t loss; /* loss_most: there is none */
        int32_t step; /* its last */
    } *labels[EXCHANGE_ENDS];
    struct exchange_step {
        struct exchange_change change;
        int32_t before; /* the step before; -1: it is the first */
        enum exchange_end end;
        int64_t loss;   /* of all ends but this one */
    } *steps;
    int32_t n, room;
    struct exchange_found {
        int64_t gain;
        int32_t step; /* the last */
    } *found; /* the largest gain first */
    int32_t found_n, found_room;
};

void exchange_paths_open(struct exchange_paths *paths,
    const struct exchange_graph *graph, struct arena *arena);

/* Of the plan as it is now, the graph updated. */
void exchange_paths_find(
    struct exchange_paths *paths, const struct lp_limit *limit);

/* Its changes, the last first; EXCHANGE_LENGTH at most. */
int32_t exchange_paths_list(const struct exchange_paths *paths,
    const struct exchange_found *found, struct exchange_change *changes);
void exchange_paths_close(struct exchange_paths *paths);

#endif
