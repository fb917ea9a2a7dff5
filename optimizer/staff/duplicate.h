/*
 * duplicate.h: organisations that may be one.
 *
 * Meaning   two organisations are proposed when they share a key:
 *             name    names, kana readings and aliases, folded (fold.h), less
 *                     words of legal form (NPO法人, 株式会社 ...), spaces and
 *                     punctuation
 *             url     the host without www; with the path where many share
 *                     a host (social networks, lg.jp, go.jp)
 *             phone   the digits, +81 as 0
 *           Two different 法人番号 are shown as a difference: such a pair is
 *           proposed only for its name.  Pairs that staff called distinct
 *           and merged ones are not proposed.
 * Limits    a key of more than DUPLICATE_GROUP organisations says nothing
 *           (a switchboard) and proposes none.
 * Failure   the store's.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_DUPLICATE_H
#define TSUNAGARI_DUPLICATE_H

#include "act.h"
#include "optimizer/base/arena.h"

enum { DUPLICATE_GROUP = 20, DUPLICATE_MOST = 200, DUPLICATE_KEY_MAX = 400 };

struct duplicate_org {
    int64_t id, entries;
    const char *name, *number, *url, *phone, *region;
};

struct duplicate {
    struct duplicate_org a, b; /* a.id < b.id */
    bool name, url, phone;     /* what they share */
    bool other_number;         /* both have a 法人番号, and not the same */
};

struct duplicate_list {
    struct duplicate *pairs; /* those that share most first, then by id */
    int32_t n;
    bool more;
};

/* Makes the keys of organisations that are new or changed; in the running
 * transaction.  duplicate_load() knows only what has its keys. */
bool duplicate_refresh(struct store *store, struct err *err);

/* organisation_id 0: of all. */
bool duplicate_load(struct store *store, int64_t organisation_id,
    int32_t most, struct arena *arena, struct duplicate_list *list,
    struct err *err);

/* The keys of a text; "" for one that has none.  For tests, too. */
void duplicate_name_key(const char *name, char out[DUPLICATE_KEY_MAX]);
void duplicate_url_key(const char *url, char out[DUPLICATE_KEY_MAX]);
void duplicate_phone_key(const char *phone, char out[DUPLICATE_KEY_MAX]);

#endif
