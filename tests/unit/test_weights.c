/* test_weights.c: optimizer/store/weights.c. */
#include <string.h>

#include "tests/unit/unit.h"

#include "optimizer/store/weights.h"

static struct store *
memory_store(void)
{
    struct err err = {0};
    struct store *store = store_open(":memory:", STORE_CREATE, "試験", &err);
    assert_non_null(store);
    return store;
}

static int64_t
count(struct store *store, const char *sql)
{
    int64_t n = -1;
    struct err err = {0};
    assert_true(store_query_int(store, sql, &n, &err));
    return n;
}

static void
weights__none_published_means_the_defaults(void **state)
{
    (void)state;
    struct store *store = memory_store();
    struct err err = {0};
    int64_t version = 99, values[OPTION_COUNT];
    assert_true(weights_published(store, &version, &err));
    assert_int_equal(version, WEIGHTS_DEFAULT);
    assert_true(weights_load(store, version, values, &err));
    for (int id = 0; id < OPTION_COUNT; id++) {
        assert_int_equal(values[id], option_at(id)->def);
    }
    store_close(store);
}

static void
weights__a_draft_is_not_used_until_published(void **state)
{
    (void)state;
    struct store *store = memory_store();
    struct err err = {0};
    int64_t draft, version, values[OPTION_COUNT];
    assert_true(weights_load(store, WEIGHTS_DEFAULT, values, &err));
    values[OPTION_WISH] = 7;
    assert_true(store_begin(store, &err));
    assert_true(weights_draft(store, values, "試す", &draft, &err));
    assert_true(store_commit(store, &err));
    assert_true(weights_published(store, &version, &err));
    assert_int_equal(version, WEIGHTS_DEFAULT);

    assert_true(store_begin(store, &err));
    assert_true(weights_use(store, draft, "良い", &err));
    assert_true(store_commit(store, &err));
    assert_true(weights_published(store, &version, &err));
    assert_int_equal(version, draft);
    memset(values, 0, sizeof(values));
    assert_true(weights_load(store, version, values, &err));
    assert_int_equal(values[OPTION_WISH], 7);
    assert_int_equal(values[OPTION_FIT_TAG], option_at(OPTION_FIT_TAG)->def);
    assert_int_equal(count(store, "SELECT count(*) FROM audit"
                                  " WHERE actor = '試験'"), 2);

    assert_true(store_begin(store, &err)); /* and back */
    assert_true(weights_use(store, WEIGHTS_DEFAULT, "戻す", &err));
    assert_true(store_commit(store, &err));
    assert_true(weights_published(store, &version, &err));
    assert_int_equal(version, WEIGHTS_DEFAULT);
    assert_int_equal(count(store, "SELECT count(*) FROM weight_versions"
                                  " WHERE state = 'retired'"), 1);
    store_close(store);
}

static void
weights__a_bad_version_is_refused(void **state)
{
    (void)state;
    struct store *store = memory_store();
    struct err err = {0};
    int64_t values[OPTION_COUNT];
    assert_false(weights_load(store, 42, values, &err));
    assert_int_equal(err.kind, ERR_INPUT);

    struct err ok = {0};
    assert_true(store_exec(store,
        "INSERT INTO weight_versions (id, state, actor, reason, created_at)"
        " VALUES (1, 'draft', 'a', 'r', '2026-11-21T00:00:00Z'),"
        "        (2, 'draft', 'a', 'r', '2026-11-21T00:00:00Z');"
        "INSERT INTO weights VALUES (1, 'no_such', 1), (2, 'fit_tag', -1)",
        &ok));
    for (int64_t version = 1; version <= 2; version++) {
        struct err bad = {0};
        assert_true(store_begin(store, &ok));
        assert_false(weights_use(store, version, "理由", &bad));
        assert_int_equal(bad.kind, ERR_INPUT);
        store_rollback(store);
    }
    assert_int_equal(count(store, "SELECT count(*) FROM audit"), 0);

    /* a value out of range makes no draft */
    struct err out = {0};
    int64_t version;
    assert_true(weights_load(store, WEIGHTS_DEFAULT, values, &ok));
    values[OPTION_FIT_TAG] = -1;
    assert_true(store_begin(store, &ok));
    assert_false(weights_draft(store, values, "理由", &version, &out));
    store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights__none_published_means_the_defaults),
        cmocka_unit_test(weights__a_draft_is_not_used_until_published),
        cmocka_unit_test(weights__a_bad_version_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
