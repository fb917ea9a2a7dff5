/*
 * listing.h: one document as the public views give it.
 *
 * Meaning   an entry with its organisation, lines, tags, targets, themes and
 *           regions: what may be shown, and nothing else.  Reads the
 *           public_* views alone.  An organisation is read as one, too: its
 *           name is the title, its activity the summary; lines (their kinds
 *           alone), tags, targets, themes and day are those of its entries
 *           that are found on the plan's day (shown_sql.h); all are in related.
 * Units     dates YYYY-MM-DD, "" for none; micro-degrees; yen; minutes;
 *           LISTING_NONE where a number is not stated.
 * Failure   listing_load(): ERR_SYSTEM, or ERR_INPUT for an id that the
 *           views do not have.
 * Lifetime  strings and arrays live in the arena given to listing_load().
 * Source    schema/sql/003_views.sql, 011_directory.sql, 012_weekdays.sql,
 *           013_partners.sql.
 */
#ifndef TSUNAGARI_LISTING_H
#define TSUNAGARI_LISTING_H

#include <stdint.h>

#include "optimizer/base/arena.h"
#include "optimizer/base/err.h"
#include "optimizer/store/store.h"
#include "recurrence.h"

enum { LISTING_NONE = -1 };

struct listing_line {
    const char *kind_id, *text, *unit;
    int64_t quantity;
    bool for_public, per_day; /* the quantity is that of each day */
};

struct listing_organisation {
    int64_t id;
    const char *name, *name_kana, *name_en, *sector_id, *corporate_number;
    const char *url, *phone;
    bool member; /* of the network */
};

enum {
    LISTING_ACTIVITIES,
    LISTING_NEEDS,
    LISTING_RESOURCES,
    LISTING_RELATED,
    LISTING_PARTNERS = LISTING_RELATED /* of a case: organisations */
};

/* What an organisation has published; with whom a case was done. */
struct listing_related {
    int what; /* LISTING_ACTIVITIES ... */
    int64_t id;
    const char *title;
};

struct listing_terms { /* in id order */
    const char **ids;
    int n;
};

struct listing {
    int64_t id;
    bool example;
    bool ongoing; /* of a case: not only to learn from */
    struct listing_organisation organisation;
    const char *title, *title_kana, *summary;
    const char *date_text, *date_start, *date_end;
    unsigned weekdays; /* bit 0 Monday; 0 any */
    struct recurrence recurrence; /* of those */
    const char *time_text, *time_start, *time_end, *duration_text;
    int64_t minutes_min, minutes_max;
    const char *target_text, *people_text;
    int64_t people_min, people_max;
    const char *cost_text, *cost_unit;
    int64_t cost_min_yen, cost_max_yen;
    bool cost_negotiable;
    const char *own_text, *wanted_text;
    const char *place, *address, *region_code;
    bool has_place;
    int32_t lat_e6, lon_e6;
    const char *reach;
    /* The phone is the organisation's where the entry has none; none where
     * the contact is not to be shown, the organisation's neither. */
    const char *contact_name, *contact_phone, *contact_email;
    const char *url, *access_text, *confirmed_on, *expires_on, *source;
    struct listing_line *lines;
    int lines_n;
    struct listing_related *related; /* by what, then id */
    int related_n;
    struct listing_terms tags, targets, themes, regions;
};

/* The prepared statements of many loads. */
struct listing_reader;

/* plan outlives the reader. */
struct collection_plan;
struct listing_reader *listing_open(struct store *store, uint32_t collection,
    const struct collection_plan *plan, struct err *err);
bool listing_load(struct listing_reader *reader, int64_t id,
    struct arena *arena, struct listing *listing, struct err *err);
void listing_close(struct listing_reader *reader); /* NULL is fine */

#endif
