/* test_generate.c: optimizer/intake/generate.c: made-up, sound, the same by seed. */
#include "tests/unit/tmp_store.h"

#include "optimizer/intake/generate.h"
#include "optimizer/intake/generate_words.h"

static const struct generate_order order = {
    .entries = 300, .seed = 7, .date = "2026-11-21"};

static struct generate_counts
make(struct tmp_store *tmp, const struct generate_order *wanted)
{
    struct generate_counts counts;
    struct err err = {0};
    bool ok = generate(tmp->store, wanted, &counts, &err);
    assert_string_equal(err.text, "");
    assert_true(ok);
    return counts;
}

static int64_t
count(struct tmp_store *tmp, const char *sql)
{
    return tmp_store_int(tmp, sql);
}

static void
generate__fills_a_store_with_examples_only(void **state)
{
    (void)state;
    struct tmp_store tmp;
    tmp_store_make(&tmp);
    struct generate_counts counts = make(&tmp, &order);
    assert_int_equal(counts.inserted, 300);
    assert_int_equal(counts.organisations, 25);
    assert_int_equal(count(&tmp, "SELECT count(*) FROM public_entries"
                                 " WHERE origin = 'example'"),
        300);
    assert_int_equal(count(&tmp, "SELECT count(*) FROM organisations"
                                 " WHERE name NOT LIKE '【例】%'"),
        0);
    int64_t needs = count(&tmp,
        "SELECT count(*) FROM entries WHERE side = 'need'");
    assert_in_range(needs, 10, 60);
    /* More people, more entries: Yokohama holds two fifths of all. */
    int64_t yokohama = count(&tmp,
        "SELECT count(*) FROM entries JOIN regions ON code = region_code"
        " WHERE parent_code = '141003'");
    assert_in_range(yokohama, 80, 170);
    assert_int_equal(count(&tmp, "SELECT count(*) FROM audit"
                                 " WHERE action = 'generate'"),
        1);
    tmp_store_remove(&tmp);
}

/* Reads what `check` reads: all codes stand in the store by foreign keys. */
static void
generate__every_word_names_terms_of_the_vocabularies(void **state)
{
    (void)state;
    struct tmp_store tmp;
    tmp_store_make(&tmp);
    struct generate_order many = order;
    many.entries = 2000; /* each activity some fifty times */
    make(&tmp, &many);
    assert_int_equal(
        count(&tmp, "SELECT count(DISTINCT text) FROM entry_lines"),
        (int64_t)(sizeof(generate_activities) /
            sizeof(generate_activities[0])));
    assert_int_equal(count(&tmp, "SELECT count(*) FROM entries AS e"
        " WHERE NOT EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = e.id)"
        " OR NOT EXISTS (SELECT 1 FROM entry_tags WHERE entry_id = e.id)"
        " OR NOT EXISTS (SELECT 1 FROM public_entry_targets"
        " WHERE entry_id = e.id)"
        " OR NOT EXISTS (SELECT 1 FROM public_entry_themes"
        " WHERE entry_id = e.id)"),
        0);
    tmp_store_remove(&tmp);
}

static void
generate__same_seed_changes_nothing_and_more_adds(void **state)
{
    (void)state;
    struct tmp_store tmp;
    tmp_store_make(&tmp);
    make(&tmp, &order);
    struct generate_counts again = make(&tmp, &order);
    assert_int_equal(again.unchanged, 300);
    assert_int_equal(again.organisations, 0);
    struct generate_order more = order;
    more.entries = 310;
    again = make(&tmp, &more);
    assert_int_equal(again.unchanged, 300);
    assert_int_equal(again.inserted, 10);
    struct generate_order other = order;
    other.seed = 8;
    again = make(&tmp, &other);
    assert_int_equal(again.inserted, 300);
    assert_in_range(count(&tmp, "SELECT count(DISTINCT title || summary)"
                                " FROM entries"),
        590, 610);
    tmp_store_remove(&tmp);
}

static void
generate__dry_run_writes_nothing(void **state)
{
    (void)state;
    struct tmp_store tmp;
    tmp_store_make(&tmp);
    struct generate_order dry = order;
    dry.dry_run = true;
    make(&tmp, &dry);
    assert_int_equal(count(&tmp, "SELECT count(*) FROM entries"), 0);
    assert_int_equal(count(&tmp, "SELECT count(*) FROM organisations"), 0);
    tmp_store_remove(&tmp);
}

static void
generate__refuses_a_store_without_regions(void **state)
{
    (void)state;
    struct tmp_store tmp;
    tmp_store_make(&tmp);
    tmp_store_exec(&tmp, "UPDATE regions SET home = 0");
    struct generate_counts counts;
    struct err err = {0};
    assert_false(generate(tmp.store, &order, &counts, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    tmp_store_remove(&tmp);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generate__fills_a_store_with_examples_only),
        cmocka_unit_test(
            generate__every_word_names_terms_of_the_vocabularies),
        cmocka_unit_test(generate__same_seed_changes_nothing_and_more_adds),
        cmocka_unit_test(generate__dry_run_writes_nothing),
        cmocka_unit_test(generate__refuses_a_store_without_regions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
