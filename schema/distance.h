/*
 * distance.h: how far apart two places are.
 *
 * Meaning   equirectangular at the middle latitude, good to 0.1 % inside
 *           Japan; a sphere of 6,371 km.
 * Units     micro-degrees; metres rounded to 100 m.  Integers throughout, so
 *           that no machine's floating point decides a ranking.
 *           Within 90 degrees of latitude and 180 of longitude.
 * Failure   none.
 */
#ifndef TSUNAGARI_DISTANCE_H
#define TSUNAGARI_DISTANCE_H

#include <stdbool.h>
#include <stdint.h>

int32_t distance_m(int32_t lat_a_e6, int32_t lon_a_e6, int32_t lat_b_e6,
    int32_t lon_b_e6);

/*
 * True: distance_m() is at least so many metres, a multiple of 100.  False:
 * it may be less, seldom by more than 2 % in Japan.  A fifth of its cost.
 */
bool distance_beyond(int32_t lat_a_e6, int32_t lon_a_e6, int32_t lat_b_e6,
    int32_t lon_b_e6, uint32_t metres);

#define DISTANCE_POINTS 16

struct distance_point {
    int32_t lat_e6, lon_e6;
};

/* Points from which many places are measured, one to DISTANCE_POINTS. */
struct distance_from {
    struct distance_point points[DISTANCE_POINTS];
    uint32_t n;
    struct distance_point least, most; /* the box they lie in */
    float east[DISTANCE_POINTS][5];    /* series: a degree's metres around it */
};

void distance_from_init(struct distance_from *from,
    const struct distance_point *points, uint32_t n);

#define DISTANCE_FOUR 4 /* places are measured by fours */

/*
 * Hundreds of metres from each of n places to the nearest of the points,
 * roughly: of the least distance_m() / 100 at most one more or less, so that
 * few of many places need be measured.  A tenth of the cost of distance_m().
 * The arrays have n rounded up to fours, places within bounds at the end, too.
 */
void distance_rings(const struct distance_from *from, const int32_t *lat_e6,
    const int32_t *lon_e6, uint32_t n, uint32_t *rings);

#endif
