/* test_report.c: optimizer/staff/report.c: every figure counted by hand. */
#include "tests/unit/market_unit.h"

#include <dirent.h>
#include <sys/stat.h>

#include "optimizer/staff/report.h"
#include "optimizer/staff/report_region.h"

static struct store *store;
static struct arena arena;
static struct report report;

/* Beside what was covered, an offer, other runs, and what became of two
 * pairs. */
static int
make(void **state)
{
    (void)state;
    store = unit_store();
    unit_covered(store);
    unit_offer(store, 4, 4, "people", 2);
    unit_sql(store,
        "UPDATE organisations SET member = 1 WHERE id <= 2;"
        "UPDATE organisations SET created_at = '2026-06-01T00:00:00Z'"
        " WHERE id = 2;"
        "UPDATE organisations SET name = '=1+1' WHERE id = 4;"
        "INSERT INTO runs (id, plan_date, state, actor, started_at) VALUES"
        " (1, '2026-05-01', 'optimal', 'x', '2026-05-01T00:00:00Z'),"
        " (3, '2026-11-21', 'failed', 'x', '2026-11-20T17:00:00Z')");
    unit_sql(store,
        "INSERT INTO outcomes (need_id, offer_id, stage, reason_code, actor,"
        " at) VALUES"
        " (1, 3, 'proposed', '', 'x', '2026-10-01T00:00:00Z'),"
        " (1, 3, 'introduced', '', 'x', '2026-10-03T12:00:00Z'),"
        " (1, 3, 'agreed', '', 'x', '2026-10-10T12:00:00Z'),"
        " (1, 3, 'held', '', 'x', '2027-02-01T00:00:00Z'),"
        " (2, 4, 'proposed', '', 'x', '2026-10-01T00:00:00Z'),"
        " (2, 4, 'introduced', '', 'x', '2026-10-02T00:00:00Z'),"
        " (2, 4, 'declined', 'decline_date', 'x', '2026-10-05T00:00:00Z')");
    struct err err = {0};
    if (!report_make(store,
        &(struct report_wish){.from = "2026-04-01", .to = "2026-11-21"}, &arena, &report,
        &err)) {
        unit_fail("%s", err.text);
    }
    return 0;
}

static int
drop(void **state)
{
    (void)state;
    arena_release(&arena);
    store_close(store);
    return 0;
}

static const struct report_table *
table(const char *key)
{
    for (int32_t i = 0; i < report.tables_n; i++) {
        if (strcmp(report.tables[i].key, key) == 0) {
            return &report.tables[i];
        }
    }
    unit_fail("no table %s", key);
    return NULL;
}

/* The cells of a row, "a|b|c". */
static void
row_is(const char *key, int32_t row, const char *want)
{
    const struct report_table *rows = table(key);
    char got[512] = "", buffer[REPORT_VALUE_SIZE];
    assert_true(row < rows->rows_n);
    for (int i = 0; i < rows->columns_n; i++) {
        size_t n = strlen(got);
        snprintf(got + n, sizeof(got) - n, "%s%s", i > 0 ? "|" : "",
            report_text(rows, row, i, buffer));
    }
    assert_string_equal(got, want);
}

static void
report__the_last_plan_of_the_period_stands_for_it(void **state)
{
    (void)state;
    assert_int_equal(report.run_id, 2);
    struct report early;
    struct err err = {0};
    assert_true(report_make(store,
        &(struct report_wish){.from = "2026-04-01", .to = "2026-05-31"}, &arena, &early,
        &err));
    assert_int_equal(early.run_id, 1);
    assert_true(report_make(store,
        &(struct report_wish){.from = "2020-04-01", .to = "2020-05-31"}, &arena, &early,
        &err));
    assert_int_equal(early.run_id, 0);
    assert_false(report_make(store,
        &(struct report_wish){.from = "2026-05-31", .to = "2026-04-01"}, &arena, &early,
        &err));
    assert_int_equal(err.kind, ERR_INPUT);
}

static void
report__asks_only_what_is_wanted(void **state)
{
    (void)state;
    static const char *const keys[] = {"uncovered", "none", NULL};
    struct report some;
    struct err err = {0};
    assert_true(report_make(store,
        &(struct report_wish){.from = "2026-04-01", .to = "2026-11-21",
            .keys = keys, .most = 1}, &arena, &some, &err));
    assert_int_equal(some.tables_n, 1);
    assert_int_equal(some.tables[0].rows_n, 1);
    assert_true(some.tables[0].cut);
    assert_false(table("uncovered")->cut);
    const char *key, *title;
    int n = 0;
    while (report_title(n, &key, &title)) {
        assert_string_equal(report.tables[n++].key, key);
    }
    assert_int_equal(n, report.tables_n);
}

static void
report__coverage_is_counted_once_per_line(void **state)
{
    (void)state;
    row_is("coverage", 0, "全体|2|3|1|1|1|6|12|33.3%");
    /* 横浜 comes first, 座間 lies in 県央. */
    row_is("coverage_area", 0, "川崎・横浜地域圏|1|1|0|0|1|0|3|0.0%");
    row_is("coverage_area", 1, "県央地域圏|1|2|1|1|0|6|9|50.0%");
    row_is("coverage_municipality", 0, "横浜市|1|1|0|0|1|0|3|0.0%");
    row_is("coverage_municipality", 1, "座間市|1|2|1|1|0|6|9|50.0%");
    row_is("coverage_sector", 0, "民間事業者|1|2|1|1|0|6|9|50.0%");
    row_is("coverage_sector", 1, "行政|1|1|0|0|1|0|3|0.0%");
    /* Need 1 has two lines and two themes, need 2 has none. */
    static const int64_t want[3][4] = {{1, 2, 1, 1}, {1, 2, 1, 1}, {1, 1, 0, 0}};
    const struct report_table *themes = table("coverage_theme");
    assert_int_equal(themes->rows_n, 3);
    for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 4; column++) {
            assert_int_equal(report_cell(themes, row, column + 1)->value,
                want[row][column]);
        }
    }
    assert_int_equal(table("coverage_kind")->rows_n, 3);
}

static void
report__a_ward_counts_in_its_city_too(void **state)
{
    (void)state;
    struct report_region *regions;
    struct err err = {0};
    int32_t n;
    assert_true(report_regions(store, report.counted[COVER_BY_PLACE],
        &arena, &regions, &n, &err));
    assert_int_equal(n, 3);
    assert_string_equal(regions[0].code, "141003"); /* 横浜市 */
    assert_string_equal(regions[1].code, "141011"); /* 鶴見区 */
    assert_int_equal(regions[0].lines, 1);
    assert_int_equal(regions[1].lines, 1);
    assert_string_equal(regions[2].code, "142166");
    assert_int_equal(regions[2].lines, 2);
    assert_int_equal(regions[2].covered, 1);
    const char *counted[COVER_BY_COUNT] = {NULL};
    assert_true(cover_load(store, 99, &arena, counted, &err));
    assert_string_equal(counted[COVER_BY_PLACE], "[]");
    assert_true(report_regions(store, counted[COVER_BY_PLACE], &arena,
        &regions, &n, &err));
    assert_int_equal(n, 0);
    assert_true(report_regions(store, NULL, &arena, &regions, &n, &err));
    assert_int_equal(n, 0);
}

static void
report__the_way_of_a_suggestion_counts_within_the_period(void **state)
{
    (void)state;
    row_is("flow_area", 0, "川崎・横浜地域圏|1|0|0|1");
    row_is("flow_area", 1, "県央地域圏|1|1|0|0");
    row_is("flow_sector", 0, "民間事業者|1|1|0|0");
    /* 2.5 days and 1 day; 7 days; held only next year. */
    assert_int_equal(table("flow_days")->rows_n, 2);
    row_is("flow_days", 0, "提案から打診|2|1.7|2.5");
    row_is("flow_days", 1, "打診から合意|1|7.0|7.0");
    assert_int_equal(table("declined")->rows_n, 1);
    row_is("declined", 0, "日にち・時間が合わない|1");
}

static void
report__causes_stand_in_words_and_nothing_is_left_out(void **state)
{
    (void)state;
    assert_int_equal(table("causes")->rows_n, 2);
    assert_int_equal(table("uncovered")->rows_n, 2);
    row_is("uncovered", 1,
        "2|【例】2|【例】団体2|横浜市鶴見区|物資|3|回|"
        "この種類の資源がまだ登録されていない");
    assert_int_equal(table("never")->rows_n, 1); /* offer 4 */
    assert_int_equal(report_cell(table("never"), 0, 0)->value, 4);
    assert_int_equal(table("no_venue")->rows_n, 32); /* all but 座間市 */
}

static void
report__figures_are_those_of_the_last_day(void **state)
{
    (void)state;
    row_is("figures", 0, "構成員（団体）|2");
    row_is("figures", 1, "うち期間内に登録|1");
    row_is("figures", 9, "提案した組み合わせ|1");
    row_is("figures", 10, "打診|2");
    row_is("figures", 12, "実施|0");
    row_is("members", 0, "民間事業者|1|0|3|0");
    row_is("members", 1, "行政|1|1|0|0");
}

static struct report
report_of(const char *to)
{
    static const char *const keys[] = {"figures", "entries", NULL};
    struct report some;
    struct err err = {0};
    if (!report_make(store,
            &(struct report_wish){.from = "2026-04-01", .to = to,
                .keys = keys}, &arena, &some, &err)) {
        unit_fail("%s", err.text);
    }
    return some;
}

/* The report of last year is made when this year's members and offers are in
 * the store already. */
static void
report__what_came_after_the_last_day_is_not_in_it(void **state)
{
    (void)state;
    unit_sql(store, "SAVEPOINT before; UPDATE organisations SET linked = 1,"
        " publish = 1;"
        "UPDATE entries SET created_at = '2026-11-20T15:00:00Z',"
        " state = 'approved', publish = 1, expires_on = NULL;"
        "UPDATE organisations SET created_at = '2026-11-20T15:00:00Z'"
        " WHERE id IN (2, 4)"); /* the 21st has begun in Japan */
    static const int64_t want[2][5] = {{2, 1, 3, 5, 2}, {1, 0, 2, 3, 0}};
    for (int before = 0; before < 2; before++) {
        struct report some =
            report_of(before ? "2026-11-20" : "2026-11-21");
        static const int32_t rows[] = {0, 1, 2, 3, 7};
        for (int i = 0; i < 5; i++) {
            assert_int_equal(report_cell(&some.tables[0], rows[i], 1)->value,
                want[before][i]);
        }
    }
    unit_sql(store, "ROLLBACK TO before; RELEASE before");
}

/* Every state, published or not, expired or not, of organisations that are
 * public and that are not: the figure is what the view shows. */
static void
report__public_offers_are_those_of_the_view(void **state)
{
    (void)state;
    static const char *const states[] = {"draft", "submitted", "approved",
        "paused", "archived"};
    static const char *const ends[] = {"NULL", "'2026-11-20'",
        "'2026-11-21'", "'2026-11-22'"};
    unit_sql(store, "SAVEPOINT before;"
        "UPDATE organisations SET publish = id IN (1, 3)");
    int id = 100;
    for (int organisation = 1; organisation <= 4; organisation++) {
        for (size_t i = 0; i < 5 * 4 * 2; i++) {
            unit_offer(store, id, organisation, "venue", 1);
            unit_sql(store,
                "UPDATE entries SET state = '%s', expires_on = %s,"
                " publish = %zu, side = '%s' WHERE id = %d",
                states[i % 5], ends[i / 5 % 4], i / 20,
                organisation == 3 ? "need" : "offer", id);
            id++;
        }
    }
    const char *const days[] = {"2026-11-19", "2026-11-20", "2026-11-21",
        "2026-11-22", "2026-11-23"};
    int64_t before = -1;
    for (int i = 0; i < 5; i++) {
        char sql[256];
        snprintf(sql, sizeof(sql),
            "SELECT count(*) FROM public_entries WHERE side = 'offer'"
            " AND coalesce(expires_on, '9999') >= '%s'", days[i]);
        struct report some = report_of(days[i]);
        const struct report_cell *cell = report_cell(&some.tables[0], 7, 1);
        assert_string_equal(report_cell(&some.tables[0], 7, 0)->text,
            "公開中の資源");
        assert_int_equal(cell->value, unit_int(store, sql));
        assert_true(cell->value > 0);
        assert_true(i == 0 || cell->value <= before);
        before = cell->value;
    }
    /* of organisation 1 alone, and without an end alone */
    assert_int_equal(before, 1);
    unit_sql(store, "ROLLBACK TO before; RELEASE before");
}

static void
report__entries_are_counted_by_state_and_by_day(void **state)
{
    (void)state;
    unit_sql(store, "SAVEPOINT before;"
        "UPDATE entries SET created_at = '2026-03-31T14:59:59Z' WHERE id = 1;"
        "UPDATE entries SET created_at = '2026-03-31T15:00:00Z' WHERE id = 2;"
        "UPDATE entries SET created_at = '2026-11-21T14:59:59Z',"
        " origin = 'form', expires_on = '2026-11-20' WHERE id = 3;"
        "UPDATE entries SET created_at = '2026-11-21T15:00:00Z',"
        " origin = 'case', state = 'paused', publish = 1 WHERE id = 4");
    struct report some = report_of("2026-11-21");
    const struct report_table *rows = &some.tables[1];
    static const int64_t want[2][9] = {
        {1, 0, 0, 2, 0, 0, 0, 0, 0}, {1, 0, 0, 0, 1, 0, 1, 0, 0}};
    assert_int_equal(rows->rows_n, 2); /* needs, offers */
    for (int row = 0; row < 2; row++) {
        for (int column = 1; column <= 9; column++) {
            assert_int_equal(report_cell(rows, row, column)->value,
                want[row][column - 1]);
        }
    }
    assert_int_equal(report_cell(&some.tables[0], 4, 1)->value, 1);
    assert_int_equal(report_cell(&some.tables[0], 5, 1)->value, 1);
    assert_int_equal(report_cell(&some.tables[0], 6, 1)->value, 1);
    unit_sql(store, "ROLLBACK TO before; RELEASE before");
}

static void
report__a_cell_never_becomes_a_formula(void **state)
{
    (void)state;
    char dir[] = "/tmp/tsunagari-unit-XXXXXX", path[512], text[4096];
    struct err err = {0};
    assert_non_null(mkdtemp(dir));
    assert_true(report_write_csv(&report, dir, &err));
    snprintf(path, sizeof(path), "%s/never.csv", dir);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
    fclose(file);
    assert_memory_equal(text, "\xEF\xBB\xBF番号,", 6);
    assert_non_null(strstr(text, ",\" =1+1\","));
    DIR *all = opendir(dir);
    for (struct dirent *at; (at = readdir(all)) != NULL;) {
        if (at->d_name[0] != '.') {
            snprintf(path, sizeof(path), "%s/%s", dir, at->d_name);
            unlink(path);
        }
    }
    closedir(all);
    rmdir(dir);
    assert_false(report_write_csv(&report, "/proc/none", &err));
    assert_false(report_write_xlsx(&report, "/proc/none/a.xlsx", &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
}

static void
report__the_fiscal_year_begins_in_april(void **state)
{
    (void)state;
    char from[11];
    report_year_start("2026-03-31", from);
    assert_string_equal(from, "2025-04-01");
    report_year_start("2026-04-01", from);
    assert_string_equal(from, "2026-04-01");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(report__the_last_plan_of_the_period_stands_for_it),
        cmocka_unit_test(report__asks_only_what_is_wanted),
        cmocka_unit_test(report__coverage_is_counted_once_per_line),
        cmocka_unit_test(report__a_ward_counts_in_its_city_too),
        cmocka_unit_test(
            report__the_way_of_a_suggestion_counts_within_the_period),
        cmocka_unit_test(
            report__causes_stand_in_words_and_nothing_is_left_out),
        cmocka_unit_test(report__figures_are_those_of_the_last_day),
        cmocka_unit_test(report__what_came_after_the_last_day_is_not_in_it),
        cmocka_unit_test(report__public_offers_are_those_of_the_view),
        cmocka_unit_test(report__entries_are_counted_by_state_and_by_day),
        cmocka_unit_test(report__a_cell_never_becomes_a_formula),
        cmocka_unit_test(report__the_fiscal_year_begins_in_april),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
