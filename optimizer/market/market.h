/*
 * market.h: what takes part in tonight's matching, in memory.
 *
 * Meaning   the needs and offers of the store that are approved, screened
 *           (every required 要件 has a pass), not expired and not stale on
 *           the plan's date, with their organisations; then the public
 *           demand: one need of one line per home unit region and interest
 *           (`interest` >= 0, id 0, no organisation); decisions in force;
 *           the previous plan's pairs; organisations that work together.
 * Units     days (day.h), minutes of the day, yen, micro-degrees; -1 where
 *           nothing is stated.
 * Shapes    dense 0-based indexes; entries by id, then the public needs by
 *           region and interest; lines by entry and line number.
 * Failure   market_load() fails on the store's errors, a date that is none,
 *           or weights out of range.
 * Lifetime  the arena's.
 * Source    the store, every query with an ORDER BY: same store, same
 *           weights, same date, same market.
 */
#ifndef TSUNAGARI_MARKET_H
#define TSUNAGARI_MARKET_H

#include "optimizer/base/arena.h"
#include "optimizer/base/err.h"
#include "optimizer/base/option.h"
#include "optimizer/store/geo.h"
#include "optimizer/store/store.h"
#include "taxonomy.h"

enum { MARKET_NONE = -1 };

enum market_reach { REACH_REGIONS, REACH_PREFECTURE, REACH_ONLINE };

struct market_org {
    int64_t id;
    const char *name;
    int32_t sector;      /* in sectors, TAXONOMY_NONE */
    bool small;          /* few open offers, or a new member */
};

struct market_point {
    int32_t lat_e6, lon_e6;
};

struct market_line {
    int64_t id; /* 0: public demand */
    int32_t entry, line_no, kind;
    int32_t quantity, min_lot;
    int64_t unit_cost_yen;
    bool indivisible, for_public;
    int32_t weekday; /* a slot: the line's quantity on this day, 0 Monday; */
                     /* its line is as many market lines; -1: no slot */
    const char *unit, *text;
    uint64_t unit_key; /* market_set_unit() */
};

struct market_entry {
    int64_t id;
    const char *key, *title;
    int32_t org;      /* MARKET_NONE: public demand */
    int32_t interest; /* MARKET_NONE: an organisation's entry */
    bool is_need;
    int32_t region; /* where it stands, GEO_NONE */
    enum market_reach reach;
    bool reach_hard;
    int32_t regions, regions_n; /* coverage, in market.regions */
    int32_t points, points_n;   /* where to measure from, in market.points */
    int32_t day_from, day_to;   /* INT32_MIN, INT32_MAX: open */
    int32_t weekdays;           /* 0: any */
    int32_t minute_from, minute_to, minutes_min;
    int32_t people_min, people_max;
    int32_t urgency, max_partners, max_needs; /* 0: no limit */
    int64_t budget_yen;                       /* -1: none */
    int32_t age_days;                         /* since 確認日 */
    bool for_all; /* no target group, or everyone */
    struct taxonomy_set targets, themes;
    int32_t tags, tags_n;     /* in market.tags, ascending */
    int32_t wishes, wishes_n; /* organisations in market.wishes */
    int32_t lines, lines_n;
};

struct market_interest {
    const char *id, *label_ja;
    int32_t kind, target; /* target TAXONOMY_NONE: everyone */
    int64_t per_10000;
};

enum market_decision_kind { DECISION_PIN, DECISION_FORBID, DECISION_DEFER };

struct market_decision { /* the newest in force of its pair of entries */
    int64_t id;
    int32_t need, offer; /* entries */
    enum market_decision_kind kind;
    int32_t units;
    const char *until; /* "" for no end */
};

/* A pair of the previous plan: lines of entries that may be gone. */
struct market_pair {
    int64_t need_id; /* 0: public */
    int32_t need_line_no, region, interest;
    int64_t offer_id;
    int32_t offer_line_no;
};

struct market_org_pair {
    int32_t low, high; /* low <= high */
};

struct market_counts {
    int64_t approved, unscreened, expired, stale;
    int64_t needs, need_lines, offers, offer_lines, public_offer_lines,
        public_demands;
};

struct market {
    int64_t value[OPTION_COUNT];
    int32_t day;
    struct geo geo;
    struct taxonomy kinds, targets, themes, sectors;
    int32_t everyone; /* in targets, TAXONOMY_NONE */
    struct market_org *orgs;
    struct market_entry *entries;
    struct market_line *lines;
    struct market_interest *interests;
    int32_t *regions;
    struct market_point *points;
    const char **tags;
    int32_t *wishes;
    struct market_decision *decisions; /* by need, offer */
    struct market_pair *previous;      /* sorted by all members */
    struct market_org_pair *linked;    /* sorted */
    int32_t orgs_n, entries_n, lines_n, interests_n, regions_n, points_n,
        tags_n, wishes_n, decisions_n, previous_n, linked_n;
    struct market_counts counts;
};

bool market_load(struct store *store, const char *date,
    const int64_t value[OPTION_COUNT], struct arena *arena,
    struct market *market, struct err *err);

/* The entry of this id; its line of this number; MARKET_NONE. */
int32_t market_find(const struct market *market, int64_t id);
int32_t market_line_find(const struct market *market, int64_t id,
    int32_t line_no);
/* The slot of that line on a weekday; -1: the line that has none. */
int32_t market_slot_find(const struct market *market, int64_t id,
    int32_t line_no, int32_t weekday);
/* The unit of a line (lifetime: its maker's), and a key by which most others
 * are told apart; the same unit: 人 and 名 are one. */
void market_set_unit(struct market_line *line, const char *unit);
bool market_same_unit(const struct market_line *a,
    const struct market_line *b);
/* Do two market lines, one behind the other, belong to one line? */
bool market_same_line(const struct market *market, int32_t a, int32_t b);
/* Weekdays in the days from..to, as bits. */
int32_t market_weekdays(int64_t from, int64_t to);
/* The line of a public demand by its key, "142166:ibasho". */
int32_t market_public_find(const struct market *market, const char *key);
const struct market_decision *market_decision(const struct market *market,
    int32_t need, int32_t offer); /* NULL: none in force */
bool market_was_paired(const struct market *market, int32_t need_line,
    int32_t offer_line);
bool market_linked(const struct market *market, int32_t org_a,
    int32_t org_b);
bool market_wishes(const struct market *market, int32_t entry, int32_t org);

/* Metres between the nearest points of two entries, -1: not known. */
int32_t market_distance_m(const struct market *market, int32_t a, int32_t b);

/* For the loaders of market_*.c alone. */
int32_t market_org_find(const struct market *market, int64_t id);
bool market_load_entries(struct store *store, struct arena *arena,
    struct market *market, struct err *err);
typedef void market_take(struct market *market, struct market_entry *entry,
    struct store_stmt *stmt, struct arena *arena);
/* Rows of sql, by entry id in its first column, to the entries that are in
 * the market. */
bool market_load_rows(struct store *store, const char *sql, market_take *take,
    struct market *market, struct arena *arena, struct err *err);
bool market_load_parts(struct store *store, struct arena *arena,
    struct market *market, struct err *err);
bool market_load_public(struct store *store, struct arena *arena,
    struct market *market, struct err *err);
/* What the switches of option_list.h leave out is as if nobody had stated
 * it. */
void market_switch(struct market *market);
bool market_load_history(struct store *store, const char *date,
    struct arena *arena, struct market *market, struct err *err);

#endif
