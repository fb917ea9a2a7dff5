/*
 * screening.h: the secretariat's desk: the inbox, and an entry with its
 * 要件 and 諸条件.
 *
 * Meaning   要件 are the rows of requirements (which of them are required is
 *           the secretariat's to say), each with a result, a note, who and
 *           when; 諸条件 are the phrases of the list `conditions`, each with
 *           what the entry states of it and who confirmed it.
 * Limits    INBOX_MOST rows of the inbox at a time; the page after a row is
 *           asked for by its id.
 * Failure   ERR_INPUT for an unknown entry, requirement, condition, result.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_SCREENING_H
#define TSUNAGARI_SCREENING_H

#include "act.h"
#include "optimizer/base/arena.h"

enum { INBOX_MOST = 100 };

struct inbox_query {
    const char *state; /* NULL: submitted */
    const char *side;  /* NULL: both */
    const char *text;  /* in the title or the organisation's name; NULL */
    int64_t organisation_id; /* 0: all */
    int64_t after;           /* the id before the page; 0: the first page */
    int32_t most;            /* 1 .. INBOX_MOST */
};

struct inbox_row {
    int64_t id, organisation_id;
    const char *key, *side, *title, *organisation, *state;
    const char *confirmed_on, *updated_at;
    int32_t passed, required, failed; /* 要件 */
    int32_t confirmed, conditions;    /* 諸条件 */
};

struct inbox {
    struct inbox_row *rows; /* by id: who came first */
    int32_t n;
    bool more;
    int64_t total; /* of the state, side and organisation; no text */
};

bool inbox_load(struct store *store, const struct inbox_query *query,
    struct arena *arena, struct inbox *inbox, struct err *err);

struct inbox_state {
    const char *state; /* of step.h */
    int64_t n;         /* entries there, not 0 */
};

enum { INBOX_STATES = 8 };

/* Where the entries of a query stand, whatever its own state, in the order
 * that staff work in: what waits first. */
bool inbox_states(struct store *store, const struct inbox_query *query,
    struct arena *arena, struct inbox_state states[INBOX_STATES], int32_t *n,
    struct err *err);

struct screening_requirement {
    const char *id, *label, *result, *note, *actor, *at; /* "": none yet */
    bool required;
};

struct screening_condition {
    const char *id, *label, *stated, *note, *actor, *at; /* at "": not yet */
};

struct screening_fact { /* what else the pages, the plan or staff go by */
    const char *label, *value; /* never "" */
};

struct screening_step { /* of step.h */
    const char *step, *from, *to, *reason, *actor, *at;
};

struct screening {
    struct inbox_row row;
    const char *summary, *note, *expires_on, *contact_email;
    bool publish, organisation_publish, organisation_linked;
    struct screening_fact *facts;
    int32_t facts_n;
    struct screening_requirement *requirements;
    int32_t requirements_n;
    struct screening_condition *conditions;
    int32_t conditions_n;
    struct screening_step *steps; /* newest first, at most 50 */
    int32_t steps_n;
};

bool screening_load(struct store *store, int64_t entry_id,
    struct arena *arena, struct screening *screening, struct err *err);

/* In the running transaction, audit included.  result: pass, fail,
 * unclear. */
bool screening_mark(struct store *store, int64_t entry_id,
    const char *requirement_id, const char *result, const char *note,
    struct err *err);
/* condition_id NULL: all that are not confirmed yet. */
bool screening_confirm(struct store *store, int64_t entry_id,
    const char *condition_id, const char *note, struct err *err);
/* Which 要件 an approval needs, with the secretariat's reason. */
bool screening_set_required(struct store *store, const char *requirement_id,
    bool required, const char *reason, struct err *err);

/* Is every required 要件 passed (and, with conditions, every 諸条件
 * confirmed)?  The failure names what is not. */
bool screening_require(struct store *store, int64_t entry_id,
    bool conditions, struct err *err);

#endif
