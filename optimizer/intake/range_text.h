/*
 * range_text.h: what people write on a sheet, as a range: 5～20名, 90分程度,
 * 1時間半, 無料, 1回10,450円～(要相談).
 *
 * Meaning   the text itself is always kept by the caller; the range is what
 *           the matching can use of it.  Full-width digits, commas, 〜 ～ ~
 *           and dashes, 万 and 千 are understood.  A lone number is both
 *           ends; 先着, 定員, まで, 以内 make it the upper, 以上, から, a
 *           trailing ～ the lower end.  Several amounts of money (大人500円
 *           小人300円) span from the least to the most; several counts of
 *           people (親10名、子10名) are not understood.
 * Units     people; minutes; yen.  RANGE_NONE: that end is open.
 * Failure   false: nothing understood (both ends open), which is no error:
 *           何名でも可能 and 未定 are such texts.  `negotiable` may be set
 *           all the same.
 */
#ifndef TSUNAGARI_RANGE_TEXT_H
#define TSUNAGARI_RANGE_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#define RANGE_NONE (-1)
/* A larger number is no count, and its text is not understood. */
#define RANGE_MAX INT64_C(1000000000)
/* A longer text is not looked at. */
#define RANGE_TEXT_MAX 1000

struct range_text {
    int64_t min, max;
    const char *unit; /* of money: a cost_unit of the store, or NULL */
    bool negotiable;  /* 要相談 */
};

bool range_people(const char *text, struct range_text *range);
bool range_minutes(const char *text, struct range_text *range);
bool range_yen(const char *text, struct range_text *range);

#endif
