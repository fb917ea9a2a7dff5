/*
 * solve_file.h: what `tsunagari solve` leaves beside an explicit instance.
 *
 * Meaning   plan.csv     line,offer,units of used pairs, in index order
 *           result.json  status, objective, bound, gap, seconds, method,
 *                        message
 * Units     objective and bound in milli-points, six digits, exact; gap is a
 *           share; null where there is no plan.
 * Failure   ERR_SYSTEM; an old plan.csv is removed when there is no plan.
 * Lifetime  both files are renamed into place when complete.
 */
#ifndef TSUNAGARI_SOLVE_FILE_H
#define TSUNAGARI_SOLVE_FILE_H

#include "optimizer/instance/instance.h"
#include "solve.h"

bool solve_file_write(const char *dir, const struct instance *in,
    const struct solve_result *result, struct err *err);

/* 1e-6 milli-points as milli-points: "-12.000500". */
void solve_file_decimal(int64_t e6, char text[32]);

#endif
