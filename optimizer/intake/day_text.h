/*
 * day_text.h: days, times of day and weekdays as people and municipalities
 * write them.
 *
 * Meaning   2025-11-16, 2025/11/16, 2025.11.16, 2025年11月16日（日曜日）,
 *           令和7年11月16日; 9:00, 9：00, 09:00:00, 9時, 午前8時30分, 午後1時半;
 *           月火水木金土日, 月・水, 月～金, 金～月, 平日, 土日, 毎日; 祝日 beside
 *           them is no weekday.  Full-width digits.
 * Units     YYYY-MM-DD of a real day; HH:MM from 00:00 to 24:00; bit 0
 *           Monday .. bit 6 Sunday.
 * Failure   false, out untouched: not a day (2020-06, 令和6年度, 未定).
 */
#ifndef TSUNAGARI_DAY_TEXT_H
#define TSUNAGARI_DAY_TEXT_H

#include <stdbool.h>

bool day_text_parse(const char *text, char out[11]);
bool day_text_time(const char *text, char out[6]);
bool day_text_weekdays(const char *text, int *bits);

#endif
