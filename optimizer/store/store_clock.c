/* store_clock.c: now and today as the store writes them. */
#include <stdio.h>
#include <time.h>

#include "store.h"

void
store_now(char out[21])
{
    time_t now = time(NULL);
    struct tm tm;
    gmtime_r(&now, &tm);
    strftime(out, 21, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

static void
in_japan(time_t moment, const char *format, char *out, size_t size)
{
    struct tm tm;
    moment += 9 * 3600; /* JST has no summer time */
    gmtime_r(&moment, &tm);
    strftime(out, size, format, &tm);
}

static void
day_in_japan(time_t moment, char out[11])
{
    in_japan(moment, "%Y-%m-%d", out, 11);
}

void
store_today(char out[11])
{
    day_in_japan(time(NULL), out);
}

bool
store_moment(const char *text, struct tm *out)
{
    struct tm tm = {0};
    if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2dZ", &tm.tm_year, &tm.tm_mon,
            &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec) != 6) {
        return false;
    }
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    timegm(&tm); /* the weekday, too */
    *out = tm;
    return true;
}

void
store_day(const char *moment, char out[11])
{
    struct tm tm;
    if (store_moment(moment, &tm)) {
        day_in_japan(timegm(&tm), out);
    } else {
        snprintf(out, 11, "%.10s", moment);
    }
}

void
store_minute(const char *moment, char out[17])
{
    struct tm tm;
    if (store_moment(moment, &tm)) {
        in_japan(timegm(&tm), "%Y-%m-%d %H:%M", out, 17);
    } else {
        snprintf(out, 17, "%.16s", moment);
    }
}
