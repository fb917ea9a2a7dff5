/*
 * day.h: calendar days as numbers.
 *
 * Meaning   day 0 is 1970-01-01; weekday 0 is Monday, as in entries.weekdays
 *           (bit 0 there); day_weekday_ja() is 月 .. 日.
 * Failure   day_parse() and minute_parse() give the fallback for text that
 *           is empty or no day (the store's CHECKs keep that out).
 */
#ifndef TSUNAGARI_DAY_H
#define TSUNAGARI_DAY_H

#include <stdbool.h>
#include <stdint.h>

bool day_valid(const char *text); /* YYYY-MM-DD of a real day from 1900 */
int32_t day_parse(const char *text, int32_t fallback); /* YYYY-MM-DD ... */
void day_write(int32_t day, char out[11]);             /* the same back */
int day_weekday(int32_t day);                          /* 0 .. 6 */
const char *day_weekday_ja(int weekday);
int32_t minute_parse(const char *text, int32_t fallback); /* HH:MM */

#endif
