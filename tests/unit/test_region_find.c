/* test_region_find.c: optimizer/intake/region_find.c. */
#include "tests/unit/tmp_store.h"

#include "optimizer/intake/region_find.h"

static struct tmp_store tmp;
static struct arena arena;
static struct region_find find;

static int
make(void **state)
{
    (void)state;
    struct err err = {0};
    tmp_store_make(&tmp);
    assert_true(region_find_load(&find, tmp.store, &arena, &err));
    return 0;
}

static int
drop(void **state)
{
    (void)state;
    arena_release(&arena);
    tmp_store_remove(&tmp);
    return 0;
}

struct row {
    const char *text, *code; /* NULL: nothing is meant */
};

static void
expect(const char *(*function)(const struct region_find *, const char *),
    const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *got = function(&find, rows[i].text);
        if (rows[i].code == NULL ? got != NULL
                                 : got == NULL ||
                                       strcmp(got, rows[i].code) != 0) {
            print_error("\"%s\": %s\n", rows[i].text, got ? got : "none");
            assert_true(false);
        }
    }
}

#define EXPECT(function, rows)                                                \
    expect(function, rows, sizeof(rows) / sizeof(rows[0]))

static void
region_find__names_and_codes_give_one_region_or_none(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"14216", "142166"},
        {"142166", "142166"},
        {"142165", NULL},
        {"149999", NULL},
        {"A14-03", "A14-03"},
        {"座間市", "142166"},
        {"神奈川県座間市", "142166"},
        {"神奈川県", "140007"},
        {"横浜市", "141003"},
        {"横浜市鶴見区", "141011"},
        {"神奈川県横浜市鶴見区", "141011"},
        {"大井町", "143626"},
        {"足柄上郡大井町", "143626"},
        {"神奈川県足柄上郡大井町", "143626"},
        {"焼津市", "222127"},
        {"静岡県焼津市", "222127"},
        {"東京都府中市", "132063"},
        {"広島県府中市", "342084"},
        {"府中市", NULL}, /* two, and neither is at home */
        {"中区", NULL},
        {"座間", "142166"},
        {"大井", "143626"},
        {"横浜", "141003"},
        {"清川", "144029"},
        {"焼津", NULL}, /* not at home */
        {"座", NULL},
        {"座間市入谷", NULL},
        {"大阪府座間市", NULL},
        {"", NULL},
        {"市", NULL},
        {"郡", NULL},
    };
    EXPECT(region_find_name, rows);
}

static void
region_find__addresses_give_the_smallest_region_they_begin_with(
    void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"神奈川県川崎市多摩区菅北浦4-12-5", "141356"},
        {"川崎市多摩区菅北浦", "141356"},
        {"川崎市のどこか", "141305"},
        {"神奈川県足柄上郡大井町金子1995", "143626"},
        {"足柄上郡大井町山田502", "143626"},
        {"静岡県焼津市策牛167", "222127"},
        {"焼津市五ケ堀之内1074;1075-2", "222127"},
        {"長野県飯田市今宮町二丁目113番地2", "202053"},
        {"神奈川県のどこか", "140007"},
        {"どこか", NULL},
        {"", NULL},
    };
    EXPECT(region_find_address, rows);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            region_find__names_and_codes_give_one_region_or_none),
        cmocka_unit_test(
            region_find__addresses_give_the_smallest_region_they_begin_with),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
