/*
 * proof_partners.h: how much of a partner each unit counts for.
 *
 * Meaning   what an organisation can give a need in all is the sum over the
 *           need's lines of what its pairs could carry there, at most the
 *           line's quantity; so that in any plan the units that it gives,
 *           each counted 1 / that much, are one partner at most.
 * Units     1e-6 of a partner per unit, rounded down; 0 where the need has
 *           no limit on partners.
 * Failure   none but memory.
 */
#ifndef TSUNAGARI_PROOF_PARTNERS_H
#define TSUNAGARI_PROOF_PARTNERS_H

#include "optimizer/instance/instance.h"

/* Per pair; free(). */
int64_t *proof_partner_weights(const struct instance *in);

#endif
