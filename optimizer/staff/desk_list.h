/*
 * desk_list.h: the staff's lists of a plan, page by page.
 *
 * Meaning   suggestions with their reason and what became of them;
 *           lines that no plan covers and why; offers that no plan ever
 *           named; municipalities without a venue.
 * Limits    DESK_MOST rows at a time; the page after a row is asked for by
 *           the row's `at`.
 * Failure   the store's.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_DESK_LIST_H
#define TSUNAGARI_DESK_LIST_H

#include "optimizer/market/cause.h"
#include "outcome.h"

enum { DESK_MOST = 100 };

struct desk_query {
    int64_t run_id;
    int64_t organisation_id; /* of either side, as a member; 0: all, staff */
    int64_t after;           /* `at` of the row before; 0: the first page */
    int32_t most;
};

struct desk_suggestion {
    int64_t at, need_id, offer_id; /* at: plan_lines.id, "s12" */
    int32_t need_line_no, offer_line_no;
    const char *need_title, *need_org, *offer_title, *offer_org;
    int64_t units, unit_yen; /* what one of them costs */
    int32_t weekday;         /* of its slot, 0 Monday; -1: none */
    const char *unit, *kind, *reason;
    enum outcome_stage stage; /* NONE: nobody has touched it */
    bool need_is_ours;        /* with organisation_id */
    bool need_accepted, offer_accepted; /* that side, as it stands */
    bool accepted;            /* by the organisation; or, for staff, any */
    bool offer_linked;
};

struct desk_suggestions {
    struct desk_suggestion *rows;
    int32_t n;
    bool more;
    int64_t total; /* of the run, for staff */
};

/* For an organisation: what it takes part in and the other side of which is
 * published; what was declined is left out. */
bool desk_suggestions(struct store *store, const struct desk_query *query,
    struct arena *arena, struct desk_suggestions *list, struct err *err);

struct desk_uncovered {
    int64_t at, need_id;
    int32_t line_no;
    const char *title, *organisation, *kind, *unit;
    int64_t units;
    enum cause cause; /* CAUSE_NONE: not known */
};

struct desk_uncovereds {
    struct desk_uncovered *rows; /* by need; `after` is a need's id */
    int32_t n;
    bool more;
    int64_t total;
};

bool desk_uncovered(struct store *store, const struct desk_query *query,
    struct arena *arena, struct desk_uncovereds *list, struct err *err);

struct desk_unused {
    int64_t at; /* of the offer */
    const char *title, *organisation, *region, *confirmed_on;
};

struct desk_unuseds {
    struct desk_unused *rows;
    int32_t n;
    bool more;
};

/* Approved offers, neither expired nor over on that day, that no plan ever
 * named; run_id does not matter. */
bool desk_unused(struct store *store, const char *day,
    const struct desk_query *query, struct arena *arena,
    struct desk_unuseds *list, struct err *err);

struct desk_place {
    const char *code, *name, *area;
    int64_t population; /* 0: not known */
};

struct desk_places {
    struct desk_place *rows;
    int32_t n;
};

bool desk_no_venue(struct store *store, const char *date,
    struct arena *arena, struct desk_places *list, struct err *err);

#endif
