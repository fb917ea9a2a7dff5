/*
 * route.h: which handler answers what, and who may ask it.
 *
 * Meaning   a table per module (desk_routes, report_routes ...), each ending
 *           with a row of path NULL, listed once in route.c.  A segment that
 *           begins with ':' stands for any one segment and becomes
 *           call->params[i]: "/staff/entries/:id/approve".
 * Rights    `least` is checked before the handler runs: nobody logged in is
 *           led to the login page (a POST: 403, carry.h), too low a role gets
 *           403.  ROLE_ANYONE is for the entry sheet and the login alone.
 * Nav       a GET row with `nav` set (日本語) stands in the staff's menu, in
 *           the tables' order, for those whose role suffices.
 * Failure   route_find(): 404, or 405 when the path has another method; 0.
 * Lifetime  static; params belong to the arena.
 */
#ifndef TSUNAGARI_ROUTE_H
#define TSUNAGARI_ROUTE_H

#include "call.h"

typedef bool route_handler(struct call *call, struct err *err);

enum {
    ROUTE_NO_STORE = 1, /* an asset: no transaction, no account */
    ROUTE_FILE = 2      /* call->upload is opened before the transaction */
};

struct route {
    enum request_method method;
    const char *path;
    enum role least;
    route_handler *handler;
    const char *nav; /* label in the menu, or NULL */
    int flags;
};

int route_find(struct call *call, const struct route **route);
/* The n-th row (0-based) of all tables, NULL behind the last. */
const struct route *route_at(size_t n);

/* One table per module; add yours here and in route.c. */
extern const struct route login_routes[];   /* login, logout, session */
extern const struct route asset_routes[];   /* style sheet, scripts */
extern const struct route home_routes[];    /* /staff/, /member/ */
extern const struct route account_routes[]; /* /staff/accounts */
extern const struct route report_routes[];  /* /staff/report */
extern const struct route weights_routes[]; /* /staff/weights */
extern const struct route whatif_routes[];  /* /staff/weights/try */
extern const struct route weights_save_routes[]; /* .../save, history */
extern const struct route entry_routes[];   /* /entry/ */
extern const struct route sheet_routes[];   /* /entry/sheet/TOKEN */
extern const struct route sheet_status_routes[]; /* ... /status, /withdraw */
extern const struct route sheet_step_routes[];   /* ... /step */
extern const struct route inbox_routes[];        /* /staff/entries */
extern const struct route screening_routes[];    /* /staff/entries/:id */
extern const struct route checks_routes[];       /* ... mark, confirm */
extern const struct route link_routes[];         /* ... link */
extern const struct route organisation_routes[]; /* /staff/organisations */
extern const struct route suggestion_routes[];   /* /staff/suggestions ... */
extern const struct route need_routes[];         /* /staff/needs */
extern const struct route pair_routes[];         /* /staff/pairs */
extern const struct route outcome_routes[];      /* /staff/outcomes */
extern const struct route member_routes[];       /* /member/... */

#endif
