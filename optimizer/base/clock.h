/*
 * clock.h: how much time has gone by, whatever the calendar says.
 */
#ifndef TSUNAGARI_CLOCK_H
#define TSUNAGARI_CLOCK_H

#include <stdint.h>

int64_t clock_ms(void); /* CLOCK_MONOTONIC; a fork's agrees */

#endif
