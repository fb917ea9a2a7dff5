/* test_range_text.c: optimizer/intake/range_text.c. */
#include <stdlib.h>
#include <string.h>

#include "tests/unit/unit.h"

#include "optimizer/intake/range_text.h"

#define NO RANGE_NONE

struct row {
    const char *text;
    int64_t min, max;
    const char *unit;
    bool negotiable;
};

static void
expect(bool (*parse)(const char *, struct range_text *),
    const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct range_text got;
        const struct row *want = &rows[i];
        bool understood = parse(want->text, &got);
        bool unit = want->unit == NULL
                        ? got.unit == NULL
                        : got.unit != NULL &&
                              strcmp(got.unit, want->unit) == 0;
        if (got.min != want->min || got.max != want->max || !unit ||
            got.negotiable != want->negotiable ||
            understood != (want->min != NO || want->max != NO)) {
            print_error("\"%s\": %lld..%lld %s %d\n", want->text,
                (long long)got.min, (long long)got.max,
                got.unit ? got.unit : "-", got.negotiable);
            assert_true(false);
        }
    }
}

#define EXPECT(parse, rows) expect(parse, rows, sizeof(rows) / sizeof(rows[0]))

static void
range_people__reads_what_sheets_say(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"5～20名", 5, 20, NULL, false},
        {"10～30名", 10, 30, NULL, false},
        {"10〜30人", 10, 30, NULL, false},
        {"１０－３０名", 10, 30, NULL, false},
        {"10-30", 10, 30, NULL, false},
        {"10名から30名", 10, 30, NULL, false},
        {"10名程度～30名程度", 10, 30, NULL, false},
        {"何名でも可能", NO, NO, NULL, false},
        {"20名程度", 20, 20, NULL, false},
        {"約20名", 20, 20, NULL, false},
        {"20", 20, 20, NULL, false},
        {"１，０００人", 1000, 1000, NULL, false},
        {"先着順20名", NO, 20, NULL, false},
        {"定員 30名(先着順)", NO, 30, NULL, false},
        {"定員250名（目標。オンラインとのハイブリッド）", NO, 250, NULL,
            false},
        {"20名まで", NO, 20, NULL, false},
        {"～20名", NO, 20, NULL, false},
        {"10名～", 10, NO, NULL, false},
        {"5名以上", 5, NO, NULL, false},
        {"5名から", 5, NO, NULL, false},
        {"20～30人(親子10組)", 20, 30, NULL, false},
        {"親10名、子10名", NO, NO, NULL, false},
        {"親10名、子10名、祖父母5名", NO, NO, NULL, false},
        {"それぞれ30団体", NO, NO, NULL, false},
        {"10組20名", 20, 20, NULL, false},
        {"要相談", NO, NO, NULL, true},
        {"20名（応相談）", 20, 20, NULL, true},
        {"1.5名", NO, NO, NULL, false},
        {"30～10名", NO, NO, NULL, false},
        {"", NO, NO, NULL, false},
        {"-", NO, NO, NULL, false},
    };
    EXPECT(range_people, rows);
}

static void
range_minutes__reads_hours_halves_and_ranges(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"90分", 90, 90, NULL, false},
        {"90分程度", 90, 90, NULL, false},
        {"９０分", 90, 90, NULL, false},
        {"60～90分", 60, 90, NULL, false},
        {"1時間程度", 60, 60, NULL, false},
        {"1時間～2時間", 60, 120, NULL, false},
        {"1～2時間", 60, 120, NULL, false},
        {"1時間半", 90, 90, NULL, false},
        {"1時間半～2時間", 90, 120, NULL, false},
        {"1時間～1時間半", 60, 90, NULL, false},
        {"2時間30分", 150, 150, NULL, false},
        {"1時間30分～2時間30分", 90, 150, NULL, false},
        {"30分から1時間", 30, 60, NULL, false},
        {"1.5時間", 90, 90, NULL, false},
        {"2時間以内", NO, 120, NULL, false},
        {"1時間以上", 60, NO, NULL, false},
        {"1時間～", 60, NO, NULL, false},
        {"45", 45, 45, NULL, false},
        {"10時～11時30分", NO, NO, NULL, false},
        {"半日", NO, NO, NULL, false},
        {"要相談", NO, NO, NULL, true},
        {"30分、60分", NO, NO, NULL, false},
    };
    EXPECT(range_minutes, rows);
}

static void
range_yen__reads_amounts_units_and_free(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"無料", 0, 0, NULL, false},
        {"参加費 無料", 0, 0, NULL, false},
        {"なし", 0, 0, NULL, false},
        {"0", 0, 0, NULL, false},
        {"０円", 0, 0, NULL, false},
        {"要相談", NO, NO, NULL, true},
        {"1回18,000円", 18000, 18000, "per_session", false},
        {"1回 18,000円", 18000, 18000, "per_session", false},
        {"講師料15,000円/h", 15000, 15000, "per_hour", false},
        {"1回10,450円～(要相談)", 10450, NO, "per_session", true},
        {"1回10,450円～(要相談) (人数・回数によって異なる場合があります)",
            10450, NO, "per_session", true},
        {"1人500円", 500, 500, "per_person", false},
        {"全11回5,000円", 5000, 5000, NULL, false},
        {"11人で3,000円", 3000, 3000, NULL, false},
        {"10名につき1,000円", 1000, 1000, NULL, false},
        {"2時間あたり3,000円", 3000, 3000, NULL, false},
        {"大人数は要相談、3,000円", 3000, 3000, NULL, true},
        {"500円/回", 500, 500, "per_session", false},
        {"月額1,000円", 1000, 1000, "per_month", false},
        {"500", 500, 500, NULL, false},
        {"￥500", 500, 500, NULL, false},
        {"1万円", 10000, 10000, NULL, false},
        {"1.5万円", 15000, 15000, NULL, false},
        {"3千円～5千円", 3000, 5000, NULL, false},
        {"500～1,000円", 500, 1000, NULL, false},
        {"～1,000円", NO, 1000, NULL, false},
        {"大人500円、小人300円", 300, 500, "per_person", false},
        {"無料（材料費500円）", 0, 500, NULL, false},
        {"2名まで、500円", 500, 500, NULL, false},
        {"総額30,000円", 30000, 30000, "total", false},
        {"1,00円", NO, NO, NULL, false},
        {"電車賃は実費", NO, NO, NULL, false},
        {"無料ではありません", NO, NO, NULL, false},
    };
    EXPECT(range_yen, rows);
}

static void
range__hostile_text_is_not_understood(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"99999999999999999999999999名99999999999999999999分9999999999999円",
            NO, NO, NULL, false},
        {"1000000001名1000000001分1000000001円", NO, NO, NULL, false},
        {"1000000000万名", NO, NO, NULL, false},
        {"～～～～", NO, NO, NULL, false},
        {"\xEF\xBC", NO, NO, NULL, false},
        {"\xEF", NO, NO, NULL, false},
        {"\xFF\xFE\x80", NO, NO, NULL, false},
        {"1名1名1名1名1名1名1名1名1名1名1名1名1名1名1名1名1名", NO, NO,
            NULL, false},
        {",,,", NO, NO, NULL, false},
        {"-1", NO, NO, NULL, false},
    };
    EXPECT(range_people, rows);
    EXPECT(range_minutes, rows);
    EXPECT(range_yen, rows);
    char text[RANGE_TEXT_MAX + 8];
    memset(text, '1', sizeof(text));
    text[sizeof(text) - 1] = '\0';
    struct range_text range;
    assert_false(range_people(text, &range));
    text[RANGE_TEXT_MAX] = '\0';
    assert_false(range_yen(text, &range));
    memset(text, 'x', RANGE_TEXT_MAX - 4);
    strcpy(text + RANGE_TEXT_MAX - 4, "5円");
    assert_true(range_yen(text, &range));
    assert_int_equal(range.max, 5);
}

/* Any bytes, any cut: an answer with min <= max, and no read outside. */
static void
range__every_cut_of_every_text_is_safe(void **state)
{
    (void)state;
    static const char text[] =
        "1回１０，４５０円～(要相談)、5〜20名程度・1時間半～2時間30分／無料";
    for (size_t begin = 0; begin < sizeof(text); begin++) {
        for (size_t len = 0; begin + len < sizeof(text); len++) {
            char *cut = malloc(len + 1);
            memcpy(cut, text + begin, len);
            cut[len] = '\0';
            struct range_text r;
            bool (*const parse[])(const char *, struct range_text *) = {
                range_people, range_minutes, range_yen};
            for (int i = 0; i < 3; i++) {
                bool ok = parse[i](cut, &r);
                assert_true(ok == (r.min >= 0 || r.max >= 0));
                assert_true(r.min < 0 || r.max < 0 || r.min <= r.max);
            }
            free(cut);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(range_people__reads_what_sheets_say),
        cmocka_unit_test(range_minutes__reads_hours_halves_and_ranges),
        cmocka_unit_test(range_yen__reads_amounts_units_and_free),
        cmocka_unit_test(range__hostile_text_is_not_understood),
        cmocka_unit_test(range__every_cut_of_every_text_is_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
