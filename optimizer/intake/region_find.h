/*
 * region_find.h: the region that a code, a name or an address means.
 *
 * Meaning   codes of five or six digits; 座間市, 横浜市鶴見区, 神奈川県座間市,
 *           足柄上郡大井町; an address that begins with such a name gives the
 *           smallest region named.  A bare name that several prefectures
 *           have (府中市) means the home prefecture's; one of its own may
 *           stand without 市, 町 or 村 (座間); a ward without its city (中区)
 *           is no name.
 * Failure   NULL when nothing or more than one region is meant.
 * Lifetime  codes live as long as the arena.
 */
#ifndef TSUNAGARI_REGION_FIND_H
#define TSUNAGARI_REGION_FIND_H

#include "optimizer/base/arena.h"
#include "optimizer/store/store.h"

struct region_place {
    const char *code, *parent_code, *level;
    const char *name;       /* 座間市, 横浜市鶴見区: without prefecture */
    const char *prefecture; /* 神奈川県 */
    int home;
};

struct region_find {
    const struct region_place *places; /* in code order */
    int n;
};

bool region_find_load(struct region_find *find, struct store *store,
    struct arena *arena, struct err *err);
const char *region_find_code(const struct region_find *find,
    const char *text);
/* Code or the whole of a name. */
const char *region_find_name(const struct region_find *find,
    const char *text);
/* The longest name at the start of the address. */
const char *region_find_address(const struct region_find *find,
    const char *address);
const struct region_place *region_find_place(const struct region_find *find,
    const char *code);

#endif
