/*
 * organisation_list.h: organisations as staff look them up.
 *
 * Limits    ORGANISATIONS_MOST rows at a time, the page after a row by its
 *           id; merged ones are not listed.
 * Failure   the store's; organisation_load(): ERR_INPUT for an unknown one.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_ORGANISATION_LIST_H
#define TSUNAGARI_ORGANISATION_LIST_H

#include "act.h"
#include "optimizer/base/arena.h"

enum { ORGANISATIONS_MOST = 100 };

struct organisation_row {
    int64_t id, entries, merged_into; /* 0: not merged */
    const char *key, *name, *sector, *form, *number, *region, *url, *phone,
        *email, *note, *aliases, *kana, *activity;
    const char *person; /* in charge; private */
    bool member, linked, publish;
};

struct organisation_list {
    struct organisation_row *rows;
    int32_t n;
    bool more;
};

/* text: part of the name, its reading or an alias, however it is written
 * (duplicate.h, as of the last refresh), or the key; NULL or "": all. */
bool organisation_list(struct store *store, const char *text, int64_t after,
    int32_t most, struct arena *arena, struct organisation_list *list,
    struct err *err);
bool organisation_load(struct store *store, int64_t id, struct arena *arena,
    struct organisation_row *row, struct err *err);

#endif
