/* test_render_row.c: optimizer/publish/render_row.c: a need in the columns of
 * 福岡市NPO出前講座一覧. */
#include "tests/unit/snapshot_unit.h"

/* A published need, and its row as it is read in the language. */
static void
row_has(const char *changes, uint32_t lang, const char *const *cells, int n)
{
    struct store *store = unit_store();
    struct snapshot_map map;
    unit_need(store, 1, 1, "venue_shop", 1200);
    unit_line(store, 1, 2, "people_lecturer", 2);
    unit_publish_all(store);
    unit_sql(store, "UPDATE entry_lines SET unit = '人' WHERE line_no = "
        "2; UPDATE entries SET title = '<夕べ>', summary = '夕方に集まる' "
        "WHERE id = 1; %s", changes);
    unit_run(store, 1, UNIT_DATE, "optimal");
    unit_snapshot(store, 1, SNAP_AUDIENCE_PUBLIC, &map);
    char *text = unit_fragment(&map.snap,
        map.snap.collections[SNAP_NEEDS].docs[0].row, lang, false);
    const char *at = text;
    for (int i = 0; i < n; i++) { /* each behind the one before */
        const char *found = strstr(at, cells[i]);
        if (found == NULL) {
            unit_fail("no \"%s\" in: %s\n", cells[i], at);
        }
        at = found + strlen(cells[i]);
    }
    free(text);
    snapshot_map_close(&map);
    store_close(store);
}

/* A cell of words as they were written. */
#define WRITTEN(text) "<div><span lang=\"ja\">" text "</span></div></td>"

#define ROW_HAS(changes, lang, ...)                                           \
    do {                                                                      \
        static const char *const cells[] = {__VA_ARGS__};                     \
        row_has(changes, lang, cells, sizeof(cells) / sizeof(cells[0]));      \
    } while (0)

static void
row__has_each_cell_of_its_entry(void **state)
{
    (void)state;
    ROW_HAS("UPDATE entries SET people_text = '5～20名', cost_text = '無料',"
            " duration_text = '90分', target_text = '子どもと親',"
            " wanted_text = '机も' WHERE id = 1",
        SNAP_LANG_JA, "<tr><td class=\"number\">", ">番号<", ">1</div></td>",
        ">分野<", "店舗・カフェ", "<th scope=\"row\">", "/needs/1",
        "&lt;夕べ&gt;</a></th>", "<td class=\"wide\">",
        WRITTEN("夕方に集まる"), WRITTEN("子どもと親"), WRITTEN("5～20名"),
        WRITTEN("90分"),
        "<ul class=\"lines\"><li>店舗・カフェ <span lang=\"ja\">1,200回"
        "</span></li><li>講師 <span lang=\"ja\">2人</span></li></ul>"
        "<span lang=\"ja\">机も</span></div></td>",
        WRITTEN("無料"), WRITTEN("【例】団体1") "</tr>");
}

static void
row__says_what_was_read_where_nothing_is_written(void **state)
{
    (void)state;
    ROW_HAS("UPDATE entries SET summary = '', minutes_min = 60, minutes_max"
            " = 90 WHERE id = 1; INSERT INTO entry_targets VALUES"
            " (1, 'children'), (1, 'older_people')",
        SNAP_LANG_JA, "<div>記載なし</div></td>",
        "<div>子ども・高齢者</div>", "<div>90分");
    ROW_HAS("UPDATE entries SET weekdays = 64 WHERE id = 1", SNAP_LANG_EN,
        "<div><span lang=\"ja\">夕方に集まる</span></div>", "Sun");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row__has_each_cell_of_its_entry),
        cmocka_unit_test(row__says_what_was_read_where_nothing_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
