/* region_find.c: names and addresses to codes (region_find.h). */
#include "region_find.h"

#include <string.h>

#include "region_code.h"

/*
 * Names of the home list have no prefecture in front, those of the others
 * have: a region's prefecture is the name of its root.
 */
static const char sql_places[] =
    "WITH RECURSIVE up(code, root) AS ("
    " SELECT code, code FROM regions WHERE parent_code IS NULL"
    " UNION ALL SELECT r.code, up.root FROM regions AS r"
    " JOIN up ON r.parent_code = up.code)"
    "SELECT r.code, coalesce(r.parent_code, ''), r.level, r.name_full,"
    " p.name, r.home FROM regions AS r JOIN up ON up.code = r.code"
    " JOIN regions AS p ON p.code = up.root ORDER BY r.code";

bool
region_find_load(struct region_find *find, struct store *store,
    struct arena *arena, struct err *err)
{
    int64_t n = 0;
    if (!store_query_int(store, "SELECT count(*) FROM regions", &n, err)) {
        return false;
    }
    struct region_place *places =
        arena_array(arena, (size_t)n + 1, sizeof(*places));
    struct store_stmt *stmt = store_prepare(store, sql_places, err);
    if (stmt == NULL) {
        return false;
    }
    find->places = places;
    find->n = 0;
    int step;
    while ((step = store_step(stmt, err)) > 0 && find->n < n) {
        struct region_place *place = &places[find->n++];
        place->code = arena_string(arena, store_text(stmt, 0));
        place->parent_code = arena_string(arena, store_text(stmt, 1));
        place->level = arena_string(arena, store_text(stmt, 2));
        place->prefecture = arena_string(arena, store_text(stmt, 4));
        const char *full = store_text(stmt, 3);
        size_t len = strlen(place->prefecture);
        bool inside = strncmp(full, place->prefecture, len) == 0;
        place->name =
            arena_string(arena, inside && full[len] != '\0' ? full + len
                                                            : full);
        place->home = (int)store_int(stmt, 5);
    }
    store_finish(stmt);
    return step >= 0;
}

const struct region_place *
region_find_place(const struct region_find *find, const char *code)
{
    for (int i = 0; i < find->n; i++) {
        if (strcmp(find->places[i].code, code) == 0) {
            return &find->places[i];
        }
    }
    return NULL;
}

const char *
region_find_code(const struct region_find *find, const char *text)
{
    char code[REGION_CODE_SIZE];
    if (!region_code_normalise(text, strlen(text), code)) {
        return NULL;
    }
    const struct region_place *place = region_find_place(find, code);
    return place != NULL ? place->code : NULL;
}

static const struct region_place *
prefecture_at(const struct region_find *find, const char *text)
{
    for (int i = 0; i < find->n; i++) {
        const struct region_place *place = &find->places[i];
        if (strcmp(place->level, "prefecture") == 0 &&
            strncmp(text, place->name, strlen(place->name)) == 0) {
            return place;
        }
    }
    return NULL;
}

/* Behind 足柄上郡 and the like, if a county stands in front. */
static const char *
skip_county(const char *text)
{
    static const char county[] = "郡";
    const char *at = strstr(text, county);
    enum { COUNTY_MAX = 24 }; /* bytes: names are short */
    return at != NULL && at > text && at - text <= COUNTY_MAX
               ? at + strlen(county)
               : text;
}

/*
 * The best place whose name text begins with (or is, if whole): the longest
 * name, then home before others; *twice if two are equally good.
 */
static const struct region_place *
best(const struct region_find *find, const char *text,
    const char *prefecture, bool whole, bool *twice)
{
    const struct region_place *found = NULL;
    size_t found_len = 0;
    *twice = false;
    for (int i = 0; i < find->n; i++) {
        const struct region_place *place = &find->places[i];
        size_t len = strlen(place->name);
        if (strncmp(text, place->name, len) != 0 ||
            (whole && text[len] != '\0') || len < found_len ||
            strcmp(place->level, "prefecture") == 0 ||
            (prefecture != NULL &&
                strcmp(place->prefecture, prefecture) != 0)) {
            continue;
        }
        bool better = found == NULL || len > found_len ||
                      place->home > found->home;
        if (!better && place->home == found->home) {
            *twice = true;
        }
        if (better) {
            found = place;
            found_len = len;
            *twice = false;
        }
    }
    return found;
}

static const char *
find_text(const struct region_find *find, const char *text, bool whole)
{
    const struct region_place *prefecture = prefecture_at(find, text);
    const char *rest = text, *name = NULL;
    if (prefecture != NULL) {
        rest += strlen(prefecture->name);
        name = prefecture->name;
        if (rest[0] == '\0') {
            return prefecture->code;
        }
    }
    bool twice;
    const struct region_place *place = best(find, rest, name, whole, &twice);
    if (place == NULL) {
        place = best(find, skip_county(rest), name, whole, &twice);
    }
    if (place != NULL) {
        return twice ? NULL : place->code;
    }
    return prefecture != NULL && !whole ? prefecture->code : NULL;
}

/* 座間 is 座間市; 中区 without its city stays no name. */
static bool
is_short_for(const char *text, const struct region_place *place)
{
    static const char *const ends[] = {"市", "町", "村"};
    size_t len = strlen(text);
    bool same = strcmp(place->level, "municipality") == 0 &&
                strncmp(place->name, text, len) == 0;
    for (size_t i = 0; same && i < sizeof(ends) / sizeof(ends[0]); i++) {
        if (strcmp(place->name + len, ends[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* The one of the home list that it is short for; NULL: none, or several. */
static const char *
find_short(const struct region_find *find, const char *text)
{
    const char *code = NULL;
    for (int i = 0; text[0] != '\0' && i < find->n; i++) {
        const struct region_place *place = &find->places[i];
        if (place->home && is_short_for(text, place)) {
            if (code != NULL) {
                return NULL;
            }
            code = place->code;
        }
    }
    return code;
}

const char *
region_find_name(const struct region_find *find, const char *text)
{
    const char *code = region_find_code(find, text);
    code = code != NULL ? code : find_text(find, text, true);
    return code != NULL ? code : find_short(find, text);
}

const char *
region_find_address(const struct region_find *find, const char *address)
{
    return find_text(find, address, false);
}
