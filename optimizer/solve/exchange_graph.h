/*
 * exchange_graph.h: what a change of a pair's units is worth to its offer and
 * to its need, and whether they have room for it.
 *
 * Meaning   the improvement graph of a plan.  Offers and needs are its
 *           vertices; pairs that the plan uses, or that are likely at the
 *           bound's prices (concord.h), its edges.  What a change is worth is
 *           divided by the potentials: the offer has the pair's gain net of
 *           prices and potential, the need the rest,
 *
 *             worth(offer) + worth(need) = (score + floors - money cost) more,
 *
 *           so that at good potentials no end loses much by what a good plan
 *           does.  Others of the plan stay as they are.
 * Units     1e-6 milli-points, no more than EXCHANGE_MOST a unit (what is
 *           beyond is out of the question anyway); money: of a yen.
 * Failure   none but memory.
 * Lifetime  the arena's; ledger and concord must outlive it, and the ledger
 *           uses pairs of the graph only, which has all that it used when it
 *           was made.
 */
#ifndef TSUNAGARI_EXCHANGE_GRAPH_H
#define TSUNAGARI_EXCHANGE_GRAPH_H

#include "concord.h"
#include "ledger.h"

#define EXCHANGE_MOST 100000000000000LL
#define EXCHANGE_NEVER (-1000000000000000000LL) /* of what cannot be */

enum exchange_end { EXCHANGE_OFFER, EXCHANGE_NEED, EXCHANGE_ENDS };

/* A pair gets so many units. */
struct exchange_change {
    int32_t k, units; /* k: among the graph's pairs */
};

struct exchange_graph {
    const struct ledger *ledger;
    const struct concord *concord;
    int32_t n;       /* pairs */
    int32_t levels;  /* of all pairs: 0 .. high units of each */
    struct exchange_pair {
        int32_t pair, line;
        int32_t at[EXCHANGE_ENDS];   /* its offer, its need */
        int32_t link[EXCHANGE_ENDS]; /* that their limits count; or -1 */
        int32_t low, high, least;
        int32_t use;
        int32_t level; /* of no units; of x units so much further on */
        int64_t cost;
        model_wide net; /* of a unit, to its offer, but for money; */
        int64_t rest;   /* to its need */
    } *pairs;
    int64_t *potentials; /* levels: of all units together */
    int64_t *worth[EXCHANGE_ENDS]; /* levels: of the change to it */
    int32_t *begin[EXCHANGE_ENDS], *list[EXCHANGE_ENDS]; /* pairs by end */
};

void exchange_graph_make(struct exchange_graph *graph,
    const struct ledger *ledger, const struct concord *concord,
    struct arena *arena);

/* After the ledger changed: what all changes are worth.  money: the price of
 * the programme's budget. */
void exchange_graph_update(struct exchange_graph *graph, int64_t money);

static inline int32_t
exchange_units(const struct exchange_graph *graph, int32_t k)
{
    return graph->ledger->units[graph->pairs[k].pair];
}

/* Is it another number of units, and one that the pair can have? */
static inline bool
exchange_valid(const struct exchange_graph *graph, int32_t k, int32_t units)
{
    const struct exchange_pair *p = &graph->pairs[k];
    return units != exchange_units(graph, k) && units >= p->least &&
        (units == 0 || units >= p->low);
}

/* What the change is worth to one end, or EXCHANGE_NEVER. */
static inline int64_t
exchange_worth(const struct exchange_graph *graph,
    struct exchange_change change, enum exchange_end end)
{
    return graph->worth[end][graph->pairs[change.k].level + change.units];
}

/* Has the vertex, at that end of all of the changes, room for them together,
 * all of its other pairs as they are? */
bool exchange_fits(const struct exchange_graph *graph, enum exchange_end end,
    const struct exchange_change *changes, int32_t n);

#endif
