/*
 * test_canary.c: nothing private reaches a snapshot.  The list of private
 * columns is not written here: it is every column of a table that the
 * public views do not name, so that a new column is tested by itself.
 */
#include "tests/unit/snapshot_unit.h"

#include <ctype.h>

#define MARK "canary7q"
enum { MARK_NUMBER = 918273645 };

/* Of both tables, those that hold no text or number of the free kind. */
static const char *const fixed[] = {"id", "state", "urgency", "publish",
    "publish_contact", "publish_url", "publish_phone", "member", "linked",
    "indivisible", "per_day", "entry_id", "merged_into"};

static bool
is_fixed(const char *column)
{
    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
        if (strcmp(fixed[i], column) == 0) {
            return true;
        }
    }
    return false;
}

/* Fills the private columns of table; how many there were. */
static int
mark_private(struct store *store, const char *table, const char *view)
{
    struct err err = {0};
    char sql[512], columns[64][64];
    bool text[64];
    int n = 0;
    snprintf(sql, sizeof(sql),
        "SELECT name, type FROM pragma_table_info('%s') WHERE name NOT IN"
        " (SELECT name FROM pragma_table_info('%s')) ORDER BY cid",
        table, view);
    struct store_stmt *stmt = store_prepare(store, sql, &err);
    assert_non_null(stmt);
    while (store_step(stmt, &err) > 0) {
        assert_true(n < 64);
        snprintf(columns[n], sizeof(columns[n]), "%s", store_text(stmt, 0));
        text[n] = strcmp(store_text(stmt, 1), "TEXT") == 0;
        n++;
    }
    store_finish(stmt);
    int marked = 0;
    for (int i = 0; i < n; i++) {
        if (is_fixed(columns[i])) {
            continue;
        }
        if (text[i]) {
            unit_sql(store, "UPDATE %s SET %s = '" MARK "-%s-' || id", table,
                columns[i], columns[i]);
        } else {
            unit_sql(
                store, "UPDATE %s SET %s = %d", table, columns[i], MARK_NUMBER);
        }
        marked++;
    }
    return marked;
}

/* Published data: what is not a private column but must not be seen. */
static void
mark_rows(struct store *store)
{
    /* 3: contact hidden; 4: draft; 5: organisation hidden; 6, 7: needs */
    unit_sql(store,
        "UPDATE entries SET publish_contact = 0, contact_name = '" MARK
        "', contact_phone = '" MARK "', contact_email = '" MARK
        "' WHERE id = 3;"
        "UPDATE entries SET state = 'draft', title = '" MARK "' WHERE id = 4;"
        "UPDATE entries SET organisation_id = 5, title = '" MARK
        "', summary = '" MARK "' WHERE id = 5;"
        "UPDATE organisations SET publish = 0, name = '" MARK "' WHERE id = 5;"
        "UPDATE organisations SET publish_url = 0, publish_phone = 0,"
        " url = 'https://" MARK ".jp/', phone = '" MARK "' WHERE id = 2;"
        "INSERT INTO organisation_aliases VALUES (1, '" MARK "');"
        "INSERT INTO entry_tags VALUES (4, '" MARK "'), (5, '" MARK "');"
        "INSERT INTO entry_wishes VALUES (6, '" MARK "', NULL);"
        "UPDATE entries SET origin = 'case' WHERE id = 2;"
        "INSERT INTO entry_partners VALUES (2, '" MARK "', 1),"
        " (2, '" MARK "2', 5), (2, '" MARK "3', NULL);"
        "UPDATE screenings SET note = '" MARK "', actor = '" MARK "';"
        "INSERT INTO decisions (need_id, offer_id, decision, reason, actor,"
        " at) VALUES (6, 1, 'pin', '" MARK "', '" MARK "', 'x'),"
        " (6, 3, 'forbid', '" MARK "', '" MARK "', 'x');"
        "INSERT INTO outcomes (need_id, offer_id, stage, note, actor, at)"
        " VALUES (6, 1, 'declined', '" MARK "', '" MARK "', 'x');"
        "UPDATE runs SET message = '" MARK "', actor = '" MARK
        "', summary = '" MARK "', input_digest = '" MARK "';"
        "UPDATE target_groups SET label_ja = '" MARK "', label_easy = '" MARK
        "', label_en = '" MARK "' WHERE staff_only = 1;"
        "UPDATE resource_kinds SET label_ja = '" MARK "', label_easy = '" MARK
        "', label_en = '" MARK "' WHERE staff_only = 1;"
        "UPDATE themes SET label_ja = '" MARK "', label_easy = '" MARK
        "', label_en = '" MARK "' WHERE staff_only = 1;"
        "UPDATE sectors SET label_ja = '" MARK "', label_easy = '" MARK
        "', label_en = '" MARK "' WHERE staff_only = 1;"
        "INSERT INTO entry_targets SELECT 1, id FROM target_groups"
        " WHERE staff_only = 1;"
        "INSERT INTO entry_themes SELECT 1, id FROM themes"
        " WHERE staff_only = 1;"
        "INSERT INTO entry_lines (entry_id, line_no, kind_id, quantity, unit)"
        " SELECT 1, 90, id, 1, '人' FROM resource_kinds"
        " WHERE staff_only = 1 LIMIT 1");
}

static void
mark_plan(struct store *store)
{
    unit_sql(store,
        "INSERT INTO plan_lines (run_id, need_id, need_line_id,"
        " need_line_no, offer_id, offer_line_id, offer_line_no, kind_id,"
        " units, unit, score, cost_yen, distance_m, terms) VALUES"
        " (1, 6, 1, 1, 1, 1, 1, 'venue', 1, '回', 500, 0, 900,"
        "  '{\"worth\":1000,\"" MARK "\":5}'),"
        " (1, 6, 1, 1, 5, 1, 1, 'venue', 1, '回', 500, 0, 900, '{}'),"
        " (1, 6, 1, 1, 4, 1, 1, 'venue', 1, '回', 500, 0, 900, '{}');"
        "INSERT INTO alternatives (run_id, need_id, need_line_no, rank,"
        " offer_id, offer_line_no, score, loss, cost_yen, terms) VALUES (1, 6, "
        "1, 1, 2, 1, 5, 1, 0,"
        " '{\"worth\":1}'), (1, 6, 1, 2, 5, 1, 5, 1, 0, '{\"" MARK "\":1}');"
        "INSERT INTO blocks VALUES (1, 6, 1, 1, 3, 1, 'x', '" MARK "')");
}

static bool
holds(const struct snapshot_map *map, const char *needle)
{
    const char *p = map->base;
    size_t n = strlen(needle);
    for (uint64_t i = 0; i + n <= map->size; i++) {
        size_t k = 0;
        while (k < n && tolower((unsigned char)p[i + k]) == needle[k]) {
            k++;
        }
        if (k == n) {
            print_error("%.80s\n", p + i);
            return true;
        }
    }
    return false;
}

static struct store *
marked_store(int *marked)
{
    struct store *store = unit_store();
    for (int id = 1; id <= 5; id++) {
        unit_offer(store, id, 1 + id % 3, "venue", 10);
    }
    unit_need(store, 6, 4, "venue", 1);
    unit_need(store, 7, 4, "venue", 1);
    unit_publish_all(store);
    unit_run(store, 1, UNIT_DATE, "optimal");
    *marked = mark_private(store, "organisations", "public_organisations") +
              mark_private(store, "entries", "public_entries") +
              mark_private(store, "entry_lines", "public_entry_lines");
    mark_rows(store);
    mark_plan(store);
    return store;
}

static void
snapshot__holds_nothing_private(void **state)
{
    (void)state;
    int marked;
    struct store *store = marked_store(&marked);
    assert_true(marked >= 15);
    char number[16];
    snprintf(number, sizeof(number), "%d", MARK_NUMBER);
    for (uint32_t audience = 0; audience < 2; audience++) {
        struct snapshot_map map;
        unit_snapshot(store, 1, audience, &map);
        assert_string_equal(unit_ranks(&map.snap, SNAP_RESOURCES), "1 2 3");
        assert_false(holds(&map, MARK));
        assert_false(holds(&map, number));
        assert_int_equal(map.snap.suggestions_n, audience == 0 ? 0 : 2);
        snapshot_map_close(&map);
    }
    store_close(store);
}

/* The search above does find what is public: it can fail. */
static void
snapshot__holds_what_is_public(void **state)
{
    (void)state;
    static const char *const changes[] = {"UPDATE entries SET title = '" MARK
                                          "' WHERE id = 1",
        "UPDATE entries SET summary = '" MARK "' WHERE id = 7",
        "UPDATE organisations SET name = '" MARK "' WHERE id = 2",
        "INSERT INTO entry_tags VALUES (2, '" MARK "')",
        "UPDATE entries SET publish_contact = 1 WHERE id = 3",
        "UPDATE organisations SET publish_phone = 1 WHERE id = 2",
        "UPDATE resource_kinds SET label_en = '" MARK "' WHERE id = 'venue'"};
    for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        int marked;
        struct store *store = marked_store(&marked);
        unit_sql(store, "%s", changes[i]);
        struct snapshot_map map;
        unit_snapshot(store, 1, SNAP_AUDIENCE_PUBLIC, &map);
        const char *p = map.base;
        bool found = false;
        for (uint64_t k = 0; k + strlen(MARK) <= map.size && !found; k++) {
            found = memcmp(p + k, MARK, strlen(MARK)) == 0;
        }
        assert_true(found);
        snapshot_map_close(&map);
        store_close(store);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(snapshot__holds_nothing_private),
        cmocka_unit_test(snapshot__holds_what_is_public),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
