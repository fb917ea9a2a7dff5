/*
 * netflow.h: the pure transportation problem, by the network simplex method.
 *
 * Meaning   lines give their units to offers or leave them; offers take up to
 *           their capacity; maximise the gains of arcs.  The spanning tree
 *           stays between calls: after a change of gains, or with new arcs,
 *           the method goes on from where it stood.
 *             optimal  every arc not in the tree has net <= 0 at no flow,
 *                      and price >= 0 where an offer is full, with
 *                      net(l, j) = gain - line_price[l] - offer_price[j]
 * Units     gains and prices in any integer unit, |gain| <= 1e14; quantities
 *           and capacities <= 1e9.
 * Shapes    nodes: lines, offers, one root; arcs 0 <= a < lines + offers end
 *           in the root (what is left of a line, of an offer), pair arcs
 *           follow in the order of netflow_add().
 * Failure   none but memory; ties cannot make it cycle (the tree is kept
 *           strongly feasible).
 * Source    Ahuja, Magnanti, Orlin, Network Flows, chapter 11.
 */
#ifndef TSUNAGARI_NETFLOW_H
#define TSUNAGARI_NETFLOW_H

#include <stdbool.h>
#include <stdint.h>

struct netflow;

struct netflow *netflow_new(int32_t lines_n, const int32_t *quantity,
    int32_t offers_n, const int32_t *capacity);
void netflow_free(struct netflow *flow); /* NULL is fine */

/* A pair arc at no flow; its number among pair arcs. */
int32_t netflow_add(struct netflow *flow, int32_t line, int32_t offer);
void netflow_gain(struct netflow *flow, int32_t arc, int64_t gain);

/* To the optimum; pivots made. */
int64_t netflow_solve(struct netflow *flow);

int32_t netflow_line(const struct netflow *flow, int32_t arc);
int64_t netflow_units(const struct netflow *flow, int32_t arc);
bool netflow_in_tree(const struct netflow *flow, int32_t arc);
/* gain - line price - offer price: what a unit would win. */
int64_t netflow_arc_net(const struct netflow *flow, int32_t arc);
/* Is what is left of a line or an offer in the tree (its row slack)? */
bool netflow_line_slack(const struct netflow *flow, int32_t line);
bool netflow_offer_slack(const struct netflow *flow, int32_t offer);
int64_t netflow_line_price(const struct netflow *flow, int32_t line);
int64_t netflow_offer_price(const struct netflow *flow, int32_t offer);

#endif
