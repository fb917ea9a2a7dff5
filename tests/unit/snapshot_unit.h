/*
 * snapshot_unit.h: a published store and its snapshot for the tests of the
 * publisher.  Entries are those of market_unit.h with publish = 1 and
 * organisations likewise; runs are rows made by SQL.
 */
#ifndef TSUNAGARI_SNAPSHOT_UNIT_H
#define TSUNAGARI_SNAPSHOT_UNIT_H

#include "tests/unit/market_unit.h"

#include <stdlib.h>
#include <unistd.h>

#include "optimizer/publish/snapshot_map.h"
#include "optimizer/publish/snapshot_write.h"

__attribute__((unused)) static void
unit_run(struct store *store, int id, const char *date, const char *state)
{
    unit_sql(store,
        "INSERT INTO runs (id, plan_date, state, actor, started_at)"
        " VALUES (%d, '%s', '%s', '試験', '2026-11-21T00:00:00Z')",
        id, date, state);
}

__attribute__((unused)) static void
unit_publish_all(struct store *store)
{
    unit_sql(store, "UPDATE organisations SET publish = 1;"
                    "UPDATE entries SET publish = 1");
}

__attribute__((unused)) static void
unit_exposure(struct store *store, int run, const char *region, int offer,
    int units, int score)
{
    unit_sql(store,
        "INSERT OR IGNORE INTO interests VALUES ('i', 'ibasho', NULL, 1, 1,"
        " '居場所', 'ibasho', 'いばしょ');"
        "INSERT INTO plan_lines (run_id, region_code, interest_id, offer_id,"
        " offer_line_id, offer_line_no, kind_id, units, score, cost_yen,"
        " terms) VALUES (%d, '%s', 'i', %d, 1, 1, 'ibasho', %d, %d, 0, '{}')",
        run, region, offer, units, score);
}

/* A path that does not exist; lives until the next call. */
__attribute__((unused)) static const char *
unit_path(void)
{
    static char path[64];
    strcpy(path, "/tmp/tsunagari-snap-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    unlink(path);
    return path;
}

/* Writes, maps and checks; the file is gone, the mapping stays. */
__attribute__((unused)) static void
unit_snapshot(struct store *store, int run, uint32_t audience,
    struct snapshot_map *map)
{
    struct err err = {0};
    struct snapshot_counts counts;
    const char *path = unit_path();
    if (!snapshot_write(store, run, audience, path, &counts, &err) ||
        !snapshot_map_open(map, path, &err) ||
        !snapshot_map_check(map, path, &err)) {
        unit_fail("%s", err.text);
    }
    assert_int_equal(counts.bytes, map->size);
    unlink(path);
}

__attribute__((unused)) static uint32_t
unit_value_count(const struct snap *s, uint32_t collection, uint32_t facet,
    const char *code)
{
    const struct snap_collection *c = &s->collections[collection];
    uint32_t value = snap_value_find(s, c, facet, code, strlen(code));
    return value == SNAP_NONE ? 0 : c->values[value].count;
}

/* The ids of a region's order, as "3 1 2". */
__attribute__((unused)) static const char *
unit_order(const struct snap *s, uint32_t collection, const char *region)
{
    static char text[512];
    const struct snap_collection *c = &s->collections[collection];
    uint32_t n;
    const uint32_t *order =
        snap_order_get(c, snap_region_find(s, region, strlen(region)), &n);
    text[0] = '\0';
    for (uint32_t i = 0; i < n; i++) {
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%u",
            i > 0 ? " " : "", (unsigned)c->docs[order[i]].id);
    }
    return text;
}

/* Ids in rank order. */
__attribute__((unused)) static const char *
unit_ranks(const struct snap *s, uint32_t collection)
{
    static char text[512];
    const struct snap_collection *c = &s->collections[collection];
    text[0] = '\0';
    for (uint32_t i = 0; i < c->docs_n; i++) {
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%u",
            i > 0 ? " " : "", (unsigned)c->docs[i].id);
    }
    return text;
}

/* A fragment with its labels and [slot]s; freed by the caller. */
__attribute__((unused)) static char *
unit_fragment(const struct snap *s, struct snap_ref ref, uint32_t lang,
    bool json)
{
    struct snap_span rest = snap_bytes(s, ref);
    size_t cap = 64 * (size_t)rest.length + 64, n = 0;
    char *out = malloc(cap);
    struct snap_run run;
    while (snap_run_next(&rest, &run)) {
        memcpy(out + n, run.text.data, run.text.length);
        n += run.text.length;
        if (run.kind == SNAP_RUN_LABEL) {
            struct snap_span text = json ? snap_label_json(s, run.number, lang)
                                         : snap_label_html(s, run.number, lang);
            assert_true(n + text.length + 16 < cap);
            memcpy(out + n, text.data, text.length);
            n += text.length;
        } else if (run.kind == SNAP_RUN_SLOT) {
            n += (size_t)sprintf(out + n, "[%u]", (unsigned)run.number);
        }
    }
    assert_int_equal(rest.length, 0);
    out[n] = '\0';
    return out;
}

#endif
