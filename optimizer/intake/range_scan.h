/*
 * range_scan.h: the numbers of a text, with their units and what joins them.
 *
 * Meaning   the first half of range_text.h: a text made plain, and each of
 *           its numbers; what they mean is range_text.c's.
 * Units     numbers in thousandths.
 * Failure   range_scan_plain(): false for a text over RANGE_TEXT_MAX;
 *           range_scan(): -1 for too many numbers or one that is too large.
 * Lifetime  begin and end point into the text scanned.
 */
#ifndef TSUNAGARI_RANGE_SCAN_H
#define TSUNAGARI_RANGE_SCAN_H

#include <stddef.h>

#include "range_text.h"

enum { RANGE_NUMBERS_MAX = 16, RANGE_PER_MILLE = 1000 };

struct range_number {
    int64_t milli;      /* 1.5 is 1500 */
    int unit;           /* index into the domain's units, -1 none */
    bool joined;        /* a ～ stands between this and the next */
    bool open;          /* a ～ follows, and no number behind it */
    bool after_tilde;   /* ～ stands before, and no number before it */
    const char *end;    /* behind number and unit */
    const char *begin;
};

/* Full-width ASCII, waves and dashes become plain ASCII, spaces vanish;
 * the result is never longer. */
bool range_scan_plain(const char *text, char out[RANGE_TEXT_MAX + 1]);
/* Full-width ASCII becomes ASCII, nothing else changes; false where nothing
 * did, or there is no room in out. */
bool range_scan_narrow(const char *text, char *out, size_t size);
bool range_scan_starts(const char *text, const char *word);
/* One of the words, NULL behind the last, is in the text. */
bool range_scan_has(const char *text, const char *const *words);
/* Index of the unit that *p begins with, moved behind it; -1 none. */
int range_scan_unit(const char **p, const char *const *units);
/* Behind a number: what may stand before ～ without ending the range. */
const char *range_scan_about(const char *p);
/* Is [p, q) nothing but a ～, から, a dash (and 約)? */
bool range_scan_joins(const char *p, const char *q);
/* All numbers of a text with their units. */
int range_scan(const char *text, const char *const *units,
    struct range_number *numbers);

#endif
