/*
 * market_unit.h: a store made of SQL for the tests of the matching.
 *
 * Organisations 1 .. 5; entries by unit_need() and unit_offer() are approved,
 * screened, confirmed on the plan's date, stand in 座間市 and have one line.
 */
#ifndef TSUNAGARI_MARKET_UNIT_H
#define TSUNAGARI_MARKET_UNIT_H

#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "optimizer/market/market.h"
#include "optimizer/store/shipped.h"
#include "optimizer/store/weights.h"

#define unit_fail(...)                                                        \
    do {                                                                      \
        print_error(__VA_ARGS__);                                             \
        _fail(__FILE__, __LINE__);                                            \
    } while (0)

#define UNIT_DATE "2026-11-21" /* a Saturday */

__attribute__((unused, format(printf, 2, 3))) static void
unit_sql(struct store *store, const char *format, ...)
{
    char sql[4096];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(sql, sizeof(sql), format, args);
    va_end(args);
    assert_true(n > 0 && (size_t)n < sizeof(sql));
    struct err err = {0};
    if (!store_exec(store, sql, &err)) {
        unit_fail("%s: %s", err.text, sql);
    }
}

__attribute__((unused)) static int64_t
unit_int(struct store *store, const char *sql)
{
    int64_t value = INT64_MIN;
    struct err err = {0};
    if (!store_query_int(store, sql, &value, &err)) {
        unit_fail("%s: %s", err.text, sql);
    }
    return value;
}

/* A new store in a file of no name any more: that goes with it.  bytes: what
 * the file begins with. */
static inline struct store *
unit_open(char path[64], const void *bytes, size_t n)
{
    strcpy(path, "/tmp/tsunagari-unit-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, bytes, n) == (ssize_t)n);
    close(fd);
    struct err err = {0};
    struct store *store = store_open(path, STORE_CREATE, "試験", &err);
    if (store == NULL) {
        unit_fail("%s", err.text);
    }
    return store;
}

static inline void
unit_unlink(const char *path)
{
    char beside[80];
    unlink(path);
    snprintf(beside, sizeof(beside), "%s-wal", path);
    unlink(beside);
    snprintf(beside, sizeof(beside), "%s-shm", path);
    unlink(beside);
}

/* The shipped tables without interests. */
static inline void
unit_ship(struct store *store)
{
    static const char *const tables[] = {"regions", "region_neighbours",
        "resource_kinds", "target_groups", "themes", "pillars", "sectors",
        "org_forms", "activity_kinds", "requirements", "phrases"};
    char path[64];
    struct err err = {0};
    int64_t changed;
    struct store *made = unit_open(path, "", 0);
    if (!shipped_load(made, &changed, &err)) {
        unit_fail("%s", err.text);
    }
    store_close(made);
    unit_sql(store, "ATTACH '%s' AS shipped; BEGIN", path);
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        unit_sql(store, "INSERT INTO main.%s SELECT * FROM shipped.%s",
            tables[i], tables[i]);
    }
    unit_sql(store, "COMMIT; DETACH shipped");
    unit_unlink(path);
}

/* Bytes of the store that every test begins with; kept to the end. */
static inline const void *
unit_image(size_t *n)
{
    static unsigned char *image;
    static size_t image_n;
    if (image == NULL) {
        char path[64];
        struct store *store = unit_open(path, "", 0);
        unit_ship(store);
        for (int i = 1; i <= 5; i++) {
            unit_sql(store,
                "INSERT INTO organisations (id, key, origin, name, sector_id,"
                " created_at, updated_at) VALUES (%d, 'o%d', 'example',"
                " '【例】団体%d', 'private', '2020-01-01T00:00:00Z',"
                " '2020-01-01T00:00:00Z')",
                i, i, i);
        }
        store_close(store); /* nothing is left in the log */
        FILE *file = fopen(path, "rb");
        assert_true(file != NULL && fseek(file, 0, SEEK_END) == 0);
        image_n = (size_t)ftell(file);
        rewind(file);
        image = xmalloc(image_n);
        assert_int_equal(fread(image, 1, image_n, file), image_n);
        fclose(file);
        unit_unlink(path);
    }
    *n = image_n;
    return image;
}

/* Regions and vocabularies as shipped, no interests, five organisations. */
__attribute__((unused)) static struct store *
unit_store(void)
{
    size_t n;
    const void *image = unit_image(&n);
    char path[64];
    struct store *store = unit_open(path, image, n);
    unit_unlink(path);
    unit_sql(store, "PRAGMA synchronous = OFF");
    return store;
}

__attribute__((unused)) static void
unit_entry(struct store *store, int id, const char *side, int org)
{
    unit_sql(store,
        "INSERT INTO entries (id, key, side, origin, organisation_id, state,"
        " title, region_code, reach, confirmed_on, created_at, updated_at)"
        " VALUES (%d, 'e%d', '%s', 'example', %d, 'approved', '【例】%d',"
        " '142166', 'regions', '" UNIT_DATE "', '2020-01-01T00:00:00Z',"
        " '2020-01-01T00:00:00Z');"
        "INSERT INTO screenings SELECT %d, id, 'pass', '', '試験',"
        " '2026-01-01T00:00:00Z' FROM requirements",
        id, id, side, org, id, id);
}

__attribute__((unused)) static void
unit_line(struct store *store, int entry, int line_no, const char *kind,
    int quantity)
{
    unit_sql(store,
        "INSERT INTO entry_lines (entry_id, line_no, kind_id, quantity, unit)"
        " VALUES (%d, %d, '%s', %d, '回')",
        entry, line_no, kind, quantity);
}

__attribute__((unused)) static void
unit_need(struct store *store, int id, int org, const char *kind,
    int quantity)
{
    unit_entry(store, id, "need", org);
    unit_line(store, id, 1, kind, quantity);
}

__attribute__((unused)) static void
unit_offer(struct store *store, int id, int org, const char *kind,
    int quantity)
{
    unit_entry(store, id, "offer", org);
    unit_line(store, id, 1, kind, quantity);
}

/* Run 2 of two needs and an offer: need 1, of two themes, gets one line in
 * full and one in part, need 2, in 鶴見区 and of the government, nothing. */
__attribute__((unused)) static void
unit_covered(struct store *store)
{
    unit_need(store, 1, 1, "venue", 4);
    unit_line(store, 1, 2, "people", 5);
    unit_need(store, 2, 2, "goods", 3);
    unit_offer(store, 3, 3, "venue", 9);
    unit_sql(store,
        "UPDATE entries SET region_code = '141011' WHERE id = 2;"
        "UPDATE organisations SET sector_id = 'government' WHERE id = 2;"
        "INSERT INTO entry_themes VALUES (1, 'theme1'), (1, 'theme2');"
        "INSERT INTO runs (id, plan_date, state, actor, started_at) VALUES"
        " (2, '2026-11-20', 'feasible', 'x', '2026-11-19T17:00:00Z');"
        "INSERT INTO plan_lines (run_id, need_id, need_line_no, offer_id,"
        " offer_line_id, offer_line_no, kind_id, units, score, cost_yen,"
        " terms) VALUES (2, 1, 1, 3, 1, 1, 'venue', 4, 1, 0, '{}'),"
        " (2, 1, 2, 3, 1, 1, 'people', 2, 1, 0, '{}');"
        "INSERT INTO uncovered_lines VALUES (2, 1, 2, 3, 'competition'),"
        " (2, 2, 1, 3, 'no_offer')");
}

__attribute__((unused)) static void
unit_market_on(struct store *store, const char *date, struct arena *arena,
    struct market *market)
{
    struct err err = {0};
    int64_t version, value[OPTION_COUNT];
    if (!weights_published(store, &version, &err) ||
        !weights_load(store, version, value, &err) ||
        !market_load(store, date, value, arena, market, &err)) {
        unit_fail("%s", err.text);
    }
}

__attribute__((unused)) static void
unit_market(struct store *store, struct arena *arena, struct market *market)
{
    unit_market_on(store, UNIT_DATE, arena, market);
}

/* The market line of an entry's line 1. */
__attribute__((unused)) static int32_t
unit_line_of(const struct market *market, int64_t entry)
{
    int32_t e = market_find(market, entry);
    assert_true(e >= 0);
    assert_true(market->entries[e].lines_n > 0);
    return market->entries[e].lines;
}

__attribute__((unused)) static unsigned
unit_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16;
}

/* Entries of every shape, by chance. */
__attribute__((unused)) static void
unit_fill_by_chance(struct store *store, unsigned seed, int entries)
{
    static const char *const kinds[] = {"venue", "venue_shop", "goods",
        "goods_food", "lecture", "ibasho"};
    static const char *const codes[] = {"142166", "141003", "141011",
        "142069", "A14-03", "140007", "143847"};
    static const char *const reaches[] = {"regions", "regions", "regions",
        "prefecture", "online"};
    static const char *const targets[] = {"everyone", "children",
        "elementary_pupils", "older_people"};
    unit_sql(store, "INSERT INTO interests VALUES"
        " ('a', 'venue', NULL, 3, 1, 'あ', 'a', 'あ'),"
        " ('b', 'ibasho', 'children', 5, 2, 'い', 'b', 'い')");
    unsigned s = seed;
    for (int id = 1; id <= entries; id++) {
        bool need = unit_random(&s) % 2;
        unit_entry(store, id, need ? "need" : "offer",
            (int)(1 + unit_random(&s) % 5));
        unit_sql(store, "UPDATE entries SET region_code = '%s', reach = '%s',"
            " reach_hard = %u, weekdays = %u, urgency = %u WHERE id = %d",
            codes[unit_random(&s) % 7], reaches[unit_random(&s) % 5],
            unit_random(&s) % 4 == 0, unit_random(&s) % 3 ? 0 : 31,
            unit_random(&s) % 4, id);
        for (unsigned k = unit_random(&s) % 3; k > 0; k--) {
            unit_sql(store, "INSERT OR IGNORE INTO entry_regions VALUES"
                " (%d, '%s')", id, codes[unit_random(&s) % 7]);
            unit_sql(store, "INSERT OR IGNORE INTO entry_targets VALUES"
                " (%d, '%s')", id, targets[unit_random(&s) % 4]);
        }
        for (int no = 1 + (int)(unit_random(&s) % 3); no > 0; no--) {
            unit_line(store, id, no, kinds[unit_random(&s) % 6],
                (int)(1 + unit_random(&s) % 9));
            unit_sql(store, "UPDATE entry_lines SET for_public = %d,"
                " unit_cost_yen = %u, min_lot = %u, indivisible = %u"
                " WHERE entry_id = %d AND line_no = %d",
                !need && unit_random(&s) % 3 == 0,
                unit_random(&s) % 2 ? 0 : unit_random(&s) % 5000,
                unit_random(&s) % 4, unit_random(&s) % 5 == 0, id, no);
        }
    }
}

#endif
