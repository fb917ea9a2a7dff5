/*
 * component.h: an instance cut into parts that share no row.
 *
 * Meaning   each part is an instance of its own, in the form that solving
 *           wants: the uncovered price is folded into the score, pairs that
 *           no best plan uses are gone, rows that can never bind are lifted
 *           (budget INSTANCE_NO_LIMIT, counts 0, capacity the limit).
 *           total(instance, plan) = base + sum of total(part, its plan).
 * Shapes    *_of[] give the index in the whole instance; organisations keep
 *           theirs.  Parts come in order of their first line; lines with no
 *           usable pair are in no part.  Pairs keep their order: those of a
 *           line of the part are those of the line that are kept.
 * Failure   none but memory.
 * Lifetime  the arena's; names are NULL.  The maps of pairs look at the
 *           whole instance, the parts do not.
 */
#ifndef TSUNAGARI_COMPONENT_H
#define TSUNAGARI_COMPONENT_H

#include "optimizer/instance/instance.h"
#include "optimizer/instance/model.h"

struct component {
    struct instance in;
    int32_t *line_of, *offer_of, *need_of, *floor_of;
    const int32_t *whole_begin; /* pair_begin of the whole */
    const uint8_t *kept;        /* per pair of the whole, a bit */
    bool coupled; /* the programme budget is a row of this part */
};

struct component_list {
    struct component *parts;
    int32_t n;
    model_wide base; /* total_e12 of what no part can change */
};

/*
 * Without the programme budget if `relaxed` (its row is then nowhere).
 */
void component_split(const struct instance *in, bool relaxed,
    struct arena *arena, struct component_list *list);

/* Of pairs: from the whole to the part, and from the part to the whole. */
void component_gather(const struct component *part, const int32_t *whole,
    int32_t *own);
void component_scatter(const struct component *part, const int32_t *own,
    int32_t *whole);

static inline bool
component_keeps(const uint8_t *kept, int32_t pair)
{
    return kept[pair / 8] >> (pair % 8) & 1;
}

#endif
