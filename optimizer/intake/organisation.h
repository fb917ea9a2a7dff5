/*
 * organisation.h: organisations as an import writes and finds them.
 *
 * Meaning   a draft names only what its source knows; the rest of a known
 *           organisation stays.  Found by key, else by exactly this name or
 *           alias.  One that was merged into another (merged_into)
 *           stands for that one, which its source does not change any more.
 * Failure   ERR_SYSTEM of the store.  organisation_find() gives 0 for none
 *           and -1 for a name of several (or a failed store: err is set).
 */
#ifndef TSUNAGARI_ORGANISATION_H
#define TSUNAGARI_ORGANISATION_H

#include "record.h"

enum organisation_column {
    ORG_ORIGIN,
    ORG_NAME,
    ORG_NAME_KANA,
    ORG_NAME_EN,
    ORG_SECTOR,
    ORG_FORM,
    ORG_CORPORATE_NUMBER,
    ORG_REGION,
    ORG_URL,
    ORG_PHONE,
    ORG_EMAIL,
    ORG_CONTACT_NAME,
    ORG_NOTE,
    ORG_ACTIVITY,
    ORG_MEMBER,
    ORG_LINKED,
    ORG_PUBLISH,
    ORG_PUBLISH_URL,
    ORG_PUBLISH_PHONE,
    ORG_COLUMNS_N
};

enum { ORG_ALIASES_MAX = 16 };

struct organisation_draft {
    const char *key;
    struct record record;
    const char *aliases[ORG_ALIASES_MAX]; /* added, never removed */
    int aliases_n;
};

enum put_outcome { PUT_INSERTED, PUT_UPDATED, PUT_UNCHANGED };

struct organisation_writer {
    struct store *store;
    struct record_writer record;
    struct store_stmt *alias, *by_key, *by_name;
};

bool organisation_writer_open(struct organisation_writer *writer,
    struct store *store, struct err *err);
void organisation_writer_close(struct organisation_writer *writer);

bool organisation_put(struct organisation_writer *writer,
    const struct organisation_draft *draft, int64_t *id,
    enum put_outcome *outcome, struct err *err);
/* Also where what is found is in ASCII and the text in full width. */
int64_t organisation_find(struct organisation_writer *writer,
    const char *key_or_name, struct err *err);

/* The organisation of a government (by the code of its region), made as
 * open data when there is none. */
int64_t organisation_of_government(struct organisation_writer *writer,
    const char *region_code, const char *name, bool *made, struct err *err);

/* 13 digits, the first one checks the others (法人番号). */
bool organisation_number_valid(const char *text);
/* The same without hyphens and spaces, full-width digits as digits. */
const char *organisation_number(struct arena *arena, const char *text);

#endif
