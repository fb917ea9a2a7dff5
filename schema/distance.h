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

#endif
