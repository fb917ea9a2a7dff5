/*
 * render_unit.h: one published offer as it is shown, for tests of what a
 * visitor reads of it.  Include once.
 */
#ifndef TSUNAGARI_TESTS_RENDER_UNIT_H
#define TSUNAGARI_TESTS_RENDER_UNIT_H

#include "tests/unit/snapshot_unit.h"

struct shown {
    struct store *store;
    struct snapshot_map map;
    const struct snap_doc *doc;
};

/* One published offer, changed by SQL ("column = value, ..."). */
static void
show(struct shown *shown, const char *changes)
{
    shown->store = unit_store();
    unit_offer(shown->store, 1, 1, "venue_shop", 10);
    unit_publish_all(shown->store);
    if (changes != NULL) {
        unit_sql(shown->store, "UPDATE entries SET %s WHERE id = 1", changes);
    }
    unit_run(shown->store, 1, UNIT_DATE, "optimal");
    unit_snapshot(shown->store, 1, SNAP_AUDIENCE_PUBLIC, &shown->map);
    shown->doc = &shown->map.snap.collections[SNAP_RESOURCES].docs[0];
}

static void
hide(struct shown *shown)
{
    snapshot_map_close(&shown->map);
    store_close(shown->store);
}

static void
text_holds(const char *text, const char *needle, bool wanted)
{
    if ((strstr(text, needle) != NULL) != wanted) {
        print_error(
            "%s \"%s\" in: %s\n", wanted ? "no" : "unwanted", needle, text);
    }
    assert_true((strstr(text, needle) != NULL) == wanted);
}

/* Does the fragment hold needle, if and only if it is wanted? */
static void
must_hold(const struct shown *shown, struct snap_ref ref, uint32_t lang,
    bool json, const char *needle, bool wanted)
{
    char *text = unit_fragment(&shown->map.snap, ref, lang, json);
    text_holds(text, needle, wanted);
    free(text);
}

static struct snap_ref
card(const struct shown *shown, uint32_t lang)
{
    return *snap_card(
        &shown->map.snap.collections[SNAP_RESOURCES], 0, lang);
}

static void
card_has(const char *changes, uint32_t lang, const char *needle)
{
    struct shown shown;
    show(&shown, changes);
    must_hold(&shown, card(&shown, lang), lang, false, needle, true);
    hide(&shown);
}

#endif
