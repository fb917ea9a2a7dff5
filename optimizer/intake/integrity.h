/*
 * integrity.h: is what stands in the store sound?
 *
 * Meaning   the library's own integrity and foreign key check; codes and
 *           numbers with check digits; rows that hang in the air; approved
 *           entries that lack a pass; days and hours that cannot be;
 *           decisions that contradict.  An error is something that a run or
 *           a page would trust wrongly; a warning is something that staff
 *           should look at.
 * Failure   false only if the store cannot be read.
 */
#ifndef TSUNAGARI_INTEGRITY_H
#define TSUNAGARI_INTEGRITY_H

#include "optimizer/store/store.h"

enum integrity_severity { INTEGRITY_ERROR, INTEGRITY_WARNING };

struct integrity_finding {
    enum integrity_severity severity;
    const char *code;    /* "approved_without_pass" */
    const char *subject; /* "entries/12" */
    const char *text;
};

/* Reports findings in a fixed order; date is today, YYYY-MM-DD. */
bool integrity_check(struct store *store, const char *date,
    void (*report)(void *data, const struct integrity_finding *finding),
    void *data, struct err *err);

#endif
