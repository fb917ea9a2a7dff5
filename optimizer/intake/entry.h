/*
 * entry.h: needs and offers as an import writes them: a row of entries with
 * its lines, tags, targets, themes, pillars, regions, wishes and partners.
 *
 * Meaning   a draft names only what its source knows; what it does not name
 *           stays.  Lists are whole: a list that is set replaces the old.
 *
 * State     a new entry is `submitted`, or `approved` and published when the
 *           import attests it (approve), or what the source says (forced:
 *           withdrawn, archived, draft).  A known entry keeps its state,
 *           but: forced wins; approve lifts draft, submitted and returned;
 *           and when its content changes without approve, approved and
 *           returned become submitted, because nobody has looked at the new
 *           words.
 *           What staff decided (rejected, paused, withdrawn, archived, not
 *           to publish) stays.  A known entry's new state is a row of
 *           entry_steps.  approve records a pass for each 要件 that has no result
 *           yet.  確認日 never goes back.
 *
 * Failure   entry_draft_check() names the field that breaks a limit of the
 *           store; entry_put() fails for the store only.
 * Lifetime  texts of a draft belong to its maker.
 */
#ifndef TSUNAGARI_ENTRY_H
#define TSUNAGARI_ENTRY_H

#include "organisation.h"

/* In the reason of a step that follows from new words, not from staff. */
#define ENTRY_CHANGED "内容が変わりました"

enum entry_column {
    ENTRY_SIDE,
    ENTRY_ORIGIN,
    ENTRY_ORGANISATION,
    ENTRY_TITLE,
    ENTRY_TITLE_KANA,
    ENTRY_SUMMARY,
    ENTRY_ACTIVITY_KIND,
    ENTRY_DATE_TEXT,
    ENTRY_DATE_START,
    ENTRY_DATE_END,
    ENTRY_WEEKDAYS,
    ENTRY_TIME_TEXT,
    ENTRY_TIME_START,
    ENTRY_TIME_END,
    ENTRY_DURATION_TEXT,
    ENTRY_MINUTES_MIN,
    ENTRY_MINUTES_MAX,
    ENTRY_TARGET_TEXT,
    ENTRY_PEOPLE_TEXT,
    ENTRY_PEOPLE_MIN,
    ENTRY_PEOPLE_MAX,
    ENTRY_COST_TEXT,
    ENTRY_COST_MIN,
    ENTRY_COST_MAX,
    ENTRY_COST_UNIT,
    ENTRY_COST_NEGOTIABLE,
    ENTRY_OWN_TEXT,
    ENTRY_WANTED_TEXT,
    ENTRY_PLACE,
    ENTRY_ADDRESS,
    ENTRY_REGION,
    ENTRY_LAT,
    ENTRY_LON,
    ENTRY_REACH,
    ENTRY_REACH_HARD,
    ENTRY_URGENCY,
    ENTRY_BUDGET,
    ENTRY_MAX_PARTNERS,
    ENTRY_MAX_NEEDS,
    ENTRY_CONTACT_NAME,
    ENTRY_CONTACT_PHONE,
    ENTRY_CONTACT_EMAIL,
    ENTRY_CONTACT_PERSON,
    ENTRY_URL,
    ENTRY_ACCESS_TEXT,
    ENTRY_NOTE,
    ENTRY_EXPIRES_ON,
    ENTRY_PUBLISH_CONTACT,
    ENTRY_CONTENT_N, /* above: content; below: kept beside it */
    ENTRY_SOURCE = ENTRY_CONTENT_N,
    ENTRY_CONFIRMED_ON,
    ENTRY_STATE,
    ENTRY_PUBLISH,
    ENTRY_COLUMNS_N
};

enum { ENTRY_LIST_MAX = 64, ENTRY_LINES_MAX = 32 };

enum entry_list_kind {
    ENTRY_TAGS,
    ENTRY_TARGETS,
    ENTRY_THEMES,
    ENTRY_PILLARS,
    ENTRY_REGIONS,
    ENTRY_WISHES,
    ENTRY_PARTNERS, /* of a case: with whom it was done */
    ENTRY_LISTS_N
};

struct entry_list {
    bool set;
    int n;
    const char *items[ENTRY_LIST_MAX];
    int64_t ids[ENTRY_LIST_MAX]; /* wishes, partners: organisation, 0 unknown */
};

struct entry_line {
    const char *kind_id, *text, *unit;
    int64_t quantity, unit_cost_yen, min_lot;
    bool indivisible, for_public;
    bool per_day; /* offers: the quantity of each weekday; not for_public */
};

struct entry_draft {
    const char *key;
    struct record record;
    struct entry_list lists[ENTRY_LISTS_N];
    bool lines_set;
    int lines_n;
    struct entry_line lines[ENTRY_LINES_MAX];
    bool approve;
    const char *forced; /* state that the source says, or NULL */
};

/* Do its items name organisations? */
bool entry_list_names(enum entry_list_kind kind);

/* Adds once; false if the list is full. */
bool entry_list_add(struct entry_list *list, const char *item, int64_t id);

/* What a new entry has in a column of whole numbers. */
int64_t entry_default(int column);

struct entry_writer {
    struct store *store;
    struct record_writer record;
    struct store_stmt *list_select[ENTRY_LISTS_N];
    struct store_stmt *list_delete[ENTRY_LISTS_N];
    struct store_stmt *list_insert[ENTRY_LISTS_N];
    struct store_stmt *line_select, *line_put, *line_cut, *screening,
        *step;
};

bool entry_writer_open(struct entry_writer *writer, struct store *store,
    struct err *err);
void entry_writer_close(struct entry_writer *writer);
/* Finds the key: what the draft of it changes, if anything. */
bool entry_load(struct entry_writer *writer, const char *key,
    struct err *err);
/* NULL, or the column's name; *reason is static.  The key was loaded last. */
const char *entry_draft_check(const struct entry_writer *writer,
    const struct entry_draft *draft, const char **reason);
/* The key was loaded last. */
bool entry_put(struct entry_writer *writer, const struct entry_draft *draft,
    int64_t *id, enum put_outcome *outcome, struct err *err);

/* entry_children.c: differs from, or becomes, what the store has. */
bool entry_children_differ(struct entry_writer *writer,
    const struct entry_draft *draft, int64_t id, bool *differ,
    struct err *err);
bool entry_children_write(struct entry_writer *writer,
    const struct entry_draft *draft, int64_t id, struct err *err);

#endif
