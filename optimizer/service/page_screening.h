/*
 * page_screening.h: an entry under screening, as its page shows it.
 *
 * Meaning   page_screening.c shows the entry and takes its steps,
 *           page_checks.c its 要件 and 諸条件.  Every form of the page holds
 *           what was seen when it was written: what changed since (the
 *           writer's correction, another screener's mark) is shown before
 *           anything is done on top of it.
 * Failure   as a handler (call.h).
 * Lifetime  the call's.
 */
#ifndef TSUNAGARI_PAGE_SCREENING_H
#define TSUNAGARI_PAGE_SCREENING_H

#include "form.h"
#include "optimizer/staff/screening.h"

/* "/staff/entries/12" and part. */
const char *screening_path(struct call *call, int64_t id, const char *part);
/* A form of the page, to part of it. */
void screening_form(struct call *call, const struct screening *s,
    const char *part, const char *class);
/* The page; what a POST brought stays in its fields. */
bool screening_show(struct call *call, int64_t id,
    const struct form_errors *errors, struct err *err);

/*
 * For a POST: the entry, and whether it is as it was seen (a form that does
 * not say so is not asked).  *fresh false: the page says what changed.
 */
bool screening_seen(struct call *call, struct screening *s, bool *fresh,
    struct err *err);

/* page_checks.c */
void checks_show(struct call *call, const struct screening *s,
    const struct form_errors *errors);

#endif
