/* day.c: calendar days as numbers; the market's rules count with them. */
#include "day.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A number of exactly n digits, -1 for anything else. */
static int32_t
digits(const char *text, size_t n)
{
    int32_t value = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = 10 * value + (text[i] - '0');
    }
    return value;
}

int32_t
day_parse(const char *text, int32_t fallback)
{
    int32_t year = digits(text, 4);
    if (year < 0 || text[4] != '-') {
        return fallback;
    }
    int32_t month = digits(text + 5, 2);
    if (month < 1 || month > 12 || text[7] != '-') {
        return fallback;
    }
    int32_t day = digits(text + 8, 2);
    if (day < 1 || day > 31) {
        return fallback;
    }
    /* years from March on, so that a leap day is the last of its year */
    int32_t y = month <= 2 ? year - 1 : year;
    int32_t m = month <= 2 ? month + 9 : month - 3;
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day -
           719469;
}

void
day_write(int32_t day, char out[11])
{
    time_t at = (time_t)day * 86400;
    struct tm tm;
    gmtime_r(&at, &tm);
    strftime(out, 11, "%Y-%m-%d", &tm);
}

int
day_weekday(int32_t day)
{
    int weekday = (day + 3) % 7; /* 1970-01-01 was a Thursday */
    return weekday < 0 ? weekday + 7 : weekday;
}

const char *
day_weekday_ja(int weekday)
{
    static const char *const names[] = {"月", "火", "水", "木", "金", "土",
        "日"};
    return names[weekday];
}

int32_t
minute_parse(const char *text, int32_t fallback)
{
    int32_t hour = digits(text, 2);
    if (hour < 0 || text[2] != ':') {
        return fallback;
    }
    int32_t minute = digits(text + 3, 2);
    return hour > 24 || minute < 0 || minute > 59 ? fallback
                                                  : 60 * hour + minute;
}

bool
day_valid(const char *text)
{
    if (strlen(text) != 10) {
        return false;
    }
    for (int i = 0; i < 10; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? text[i] != '-' : text[i] < '0' || text[i] > '9') {
            return false;
        }
    }
    int year = atoi(text), month = atoi(text + 5), day = atoi(text + 8);
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
        31};
    if (year < 1900 || month < 1 || month > 12 || day < 1) {
        return false;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && leap);
}
