/*
 * link.h: what the limits on partners and needs count.
 *
 * Meaning   a link is a need with an organisation (where the need limits its
 *           partners) or an offer with a need (where the offer limits its
 *           needs).  A pair is in at most one of each kind.
 * Shapes    links 0 <= k < orgs_n are of needs, the rest of offers.
 * Failure   none but memory.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_LINK_H
#define TSUNAGARI_LINK_H

#include "optimizer/instance/instance.h"

struct links {
    int32_t n, orgs_n;
    int32_t *owner;     /* need (k < orgs_n) or offer */
    int32_t *pair_org;  /* NULL where no need has a limit; see below */
    int32_t *pair_need; /* likewise, no offer */
};

/* The link of a pair with its need's, or its offer's; -1: not counted. */
static inline int32_t
links_org(const struct links *links, int32_t pair)
{
    return links->pair_org != NULL ? links->pair_org[pair] : -1;
}

static inline int32_t
links_need(const struct links *links, int32_t pair)
{
    return links->pair_need != NULL ? links->pair_need[pair] : -1;
}

void links_make(const struct instance *in, struct arena *arena,
    struct links *links);

#endif
