/*
 * accept.h: may what the solver brought be stored as a plan?
 *
 * Meaning   the independent check (check.h) must let the plan through, its
 *           exact value must be the one the solver claims, and no larger
 *           than the claimed bound.
 * Failure   false and the reason in words (ERR_NO_PLAN).
 */
#ifndef TSUNAGARI_ACCEPT_H
#define TSUNAGARI_ACCEPT_H

#include "optimizer/instance/instance.h"
#include "solve.h"

bool accept_result(const struct instance *in,
    const struct solve_result *result, struct err *err);

#endif
