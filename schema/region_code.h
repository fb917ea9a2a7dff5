/*
 * region_code.h: 全国地方公共団体コード (JIS X 0401, JIS X 0402).
 *
 * Meaning   five digits and a check digit: the last digit of
 *           11 - (sum of digit times 6 5 4 3 2) mod 11.  Areas of the
 *           network's own have codes such as A14-01.
 * Failure   region_code_normalise() returns 0 and leaves out alone for what
 *           is no code; it does not know which codes exist.
 */
#ifndef TSUNAGARI_REGION_CODE_H
#define TSUNAGARI_REGION_CODE_H

#include <stddef.h>

#define REGION_CODE_SIZE 8 /* with the NUL */

/* The check digit of five digits, as a character. */
char region_code_check_digit(const char five[5]);

/* Accepts five or six digits (the sixth must be right), or A14-01. */
int region_code_normalise(const char *text, size_t len,
    char out[REGION_CODE_SIZE]);

#endif
