/*
 * reason.h: why a suggestion, in one short line that a person reads.
 *
 * Meaning   「希望する相手・近い（2.1km）・対象が合う」 made of the score's
 *           terms: up to REASON_MOST good ones in a fixed order, then what
 *           to mind (outside the regions, long since 確認日, cost).  A pure
 *           function of terms and distance: the same line in explain, in a
 *           snapshot and in a report.
 * Source    a pair's terms: score_pair(), or score_read() of
 *           plan_lines.terms with distance_m set from its column (-1: NULL).
 */
#ifndef TSUNAGARI_REASON_H
#define TSUNAGARI_REASON_H

#include "optimizer/base/option.h"
#include "score.h"

enum { REASON_SIZE = 512, REASON_MOST = 4, REASON_NEAR_M = 5000 };

void reason_line(const struct score *score, enum option_lang lang,
    char out[REASON_SIZE]);

/* What a term is called: 「距離」, "Distance". */
const char *reason_term_label(int term, enum option_lang lang);

#endif
