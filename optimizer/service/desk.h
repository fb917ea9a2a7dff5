/*
 * desk.h: what the pages of the secretariat and the members share.
 *
 * Meaning   an act that a library of optimizer/staff/ refuses (ERR_INPUT) is
 *           told in the page's own words; every other failure is the
 *           call's.  Lists go on by the `after` of their last row.
 */
#ifndef TSUNAGARI_DESK_H
#define TSUNAGARI_DESK_H

#include "call.h"
#include "form.h"
#include "optimizer/staff/amend.h"
#include "optimizer/staff/screening.h"

/* For `return`: a refusal with status 422 and these words, or the failure. */
bool desk_refused(struct call *call, const struct err *why, const char *words,
    struct err *err);

/* `after` of the query. */
int64_t desk_after(const struct call *call);
/* The title of a list: "審査：差し戻し・「茶会」（つづき）", of what it is
 * filtered by (NULL: nothing), the text looked for ("": none) and whether it
 * goes on from one before. */
const char *desk_title(struct call *call, const char *list,
    const char *filter, const char *text);
/* A link to the rows behind `after`, the query's other parameters kept. */
void desk_more(struct call *call, bool more, int64_t after);

/* The newest plan; 0: none yet. */
bool desk_run(struct call *call, int64_t *run_id, struct err *err);

/* "need": 募集, "offer": 資源. */
const char *desk_side(const char *side);
/* " 水曜日" of a slot, "" for -1. */
const char *desk_weekday(struct call *call, int weekday);
/* "500円 × 3室 = 1500円"; of no units yet, "1室につき500円". */
const char *desk_cost(struct call *call, int64_t units, const char *unit,
    int64_t unit_yen);
/* "審査待ち 2 件、終了 1 件", each a link to those entries; none: for no
 * entry. */
bool desk_states(struct call *call, const struct inbox_query *query,
    const char *none, struct err *err);
/* Boxes for a few words; the notice of what an act did to the plan. */
void desk_fact(struct call *call, const char *label, const char *text);
const char *desk_amended(const struct amendment *amendment,
    const char *otherwise);

/* The reasons of a decline, for form_select(). */
const struct form_choice *desk_decline_reasons(struct call *call,
    struct err *err);

#endif
