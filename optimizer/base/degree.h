/*
 * degree.h: "35.447753" as micro-degrees, without floating point.
 *
 * Meaning   an optional sign, digits, an optional point and digits; more
 *           than six decimals are rounded half away from zero.
 * Units     1e-6 degree, WGS 84.
 * Failure   false, *e6 untouched, for anything else or beyond +-limit.
 */
#ifndef TSUNAGARI_DEGREE_H
#define TSUNAGARI_DEGREE_H

#include <stdbool.h>
#include <stdint.h>

enum { DEGREE_LAT_MAX = 90, DEGREE_LON_MAX = 180 };

bool degree_parse(const char *text, int limit, int64_t *e6);

#endif
