/* store_clock.c: now and today as the store writes them. */
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

void
store_today(char out[11])
{
    time_t now = time(NULL) + 9 * 3600; /* JST has no summer time */
    struct tm tm;
    gmtime_r(&now, &tm);
    strftime(out, 11, "%Y-%m-%d", &tm);
}
