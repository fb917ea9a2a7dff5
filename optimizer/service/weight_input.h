/*
 * weight_input.h: a tunable as people type it.
 *
 * Meaning   points and percent with decimals ("2.5" points are 2,500
 *           milli-points), everything else as whole numbers; full-width
 *           digits and a comma between thousands are understood.  Exact: no
 *           floating point.
 * Failure   weight_input_read(): a Japanese sentence for the form, NULL when
 *           the text is a value in range.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_WEIGHT_INPUT_H
#define TSUNAGARI_WEIGHT_INPUT_H

#include <stdint.h>

#include "optimizer/base/arena.h"

const char *weight_input_text(struct arena *arena, int option,
    int64_t value);
const char *weight_input_unit(int option); /* 点 % km 日 円 秒, "" */
const char *weight_input_read(struct arena *arena, int option,
    const char *text, int64_t *value);

#endif
