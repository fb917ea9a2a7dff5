/*
 * proof_offers.h: the second bound of a proof: each offer for itself.
 *
 * Meaning   with prices of lines, budgets, floors and partners what is left
 *           is, per offer, the best that it could give within its capacity,
 *           lots, whole lines and most needs: counted out exactly where that
 *           is not too much work, else from above.  An organisation that has
 *           n offers worth using for a need pays 1/n of the need's price of a
 *           partner for each offer that is used.
 * Units     1e-12 milli-points above the value of no units at all.
 * Failure   none but memory.
 */
#ifndef TSUNAGARI_PROOF_OFFERS_H
#define TSUNAGARI_PROOF_OFFERS_H

#include "proof_price.h"

exact proof_offers(const struct instance *in,
    const struct proof_prices *prices);

#endif
