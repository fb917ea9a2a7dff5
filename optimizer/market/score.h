/*
 * score.h: what a pair is worth, term by term.
 *
 * Meaning   each term is what the pair would earn or lose by covering the
 *           whole demand line (worth / quantity * quantity), so that 200
 *           meals do not outweigh one hall; the score of a unit is the sum
 *           of the terms divided by the line's quantity, rounded down.
 *           Any pair's terms can be computed again from the market: nothing
 *           is kept for the pairs that the plan does not use.
 * Units     milli-points of a whole line; per_unit in milli-points per unit.
 * Failure   none; sums are held within +-INSTANCE_SCORE_MAX per unit.
 */
#ifndef TSUNAGARI_SCORE_H
#define TSUNAGARI_SCORE_H

#include <stdint.h>

#include "market.h"
#include "optimizer/base/json.h"

#define TERM(id, name) TERM_##id,
enum score_term {
#include "score_list.h"
    TERM_COUNT
};
#undef TERM

struct score {
    int64_t term[TERM_COUNT];
    int32_t distance_m; /* -1: online or no place */
    int32_t per_unit;
};

void score_pair(const struct market *market, int32_t need_line,
    int32_t offer_line, struct score *score);
/* A demand line's price of a missing unit, milli-points. */
int32_t score_uncovered_price(const struct market *market,
    int32_t need_line);

/* The terms that are not 0, as the JSON object of plan_lines.terms. */
void score_write(const struct score *score, struct json *json);
/* Reads such an object; unknown names are ignored.  False: no such JSON. */
bool score_read(const char *terms, struct score *score);

#endif
