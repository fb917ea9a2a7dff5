/*
 * plan_write.h: a checked plan into the store.
 *
 * Meaning   plan_lines, uncovered_lines, blocks, alternatives and
 *           shadow_prices, potentials of one run, in the running transaction; a line's
 *           near candidates are computed here, its alternatives handed in.
 * Units     as in 002_plans.sql.
 */
#ifndef TSUNAGARI_PLAN_WRITE_H
#define TSUNAGARI_PLAN_WRITE_H

#include "optimizer/store/store.h"
#include "plan.h"

struct plan_alternative {
    int32_t line, pair; /* of the instance */
    int32_t rank;       /* 1 first */
    bool has_loss;
    int64_t loss_e6;
};

struct plan_price { /* a shadow price */
    const char *row_kind, *row_key;
    int64_t price_e6;
};

struct plan_potential { /* of a pair */
    const char *line_key, *offer_key;
    const char *prices; /* as 016_potentials.sql has them */
};

struct plan_extras {
    const struct plan_alternative *alternatives;
    int32_t alternatives_n;
    const struct plan_price *prices; /* keys unique within their kind */
    int32_t prices_n;
    const struct plan_potential *potentials; /* each pair once */
    int32_t potentials_n;
};

/* causes: per instance line, CAUSE_NONE where nothing is missing or the
 * line is public demand; filled here for the summary. */
bool plan_write(struct store *store, int64_t run_id, const struct plan *plan,
    const struct plan_extras *extras, enum cause *causes, struct err *err);

#endif
