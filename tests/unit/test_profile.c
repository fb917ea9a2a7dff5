/* test_profile.c: optimizer/store/profile.c. */
#include <string.h>

#include "tests/unit/store_fixture.h"

#include "optimizer/store/profile.h"

static int64_t
draft(int64_t exact)
{
    int64_t values[OPTION_COUNT], version;
    struct err err = {0};
    assert_true(weights_load(tmp.store, WEIGHTS_DEFAULT, values, &err));
    values[OPTION_FIT_KIND_EXACT] = exact;
    assert_true(weights_draft(tmp.store, values, "試し", &version, &err));
    return version;
}

static void
profile__a_name_stands_for_a_version_until_it_moves(void **state)
{
    (void)state;
    struct err err = {0};
    int64_t got;
    assert_true(store_begin(tmp.store, &err));
    int64_t first = draft(1), second = draft(2);
    assert_true(profile_save(tmp.store, "冬の食品", first, &err));
    assert_true(profile_save(tmp.store, "もと", WEIGHTS_DEFAULT, &err));
    assert_true(profile_version(tmp.store, "冬の食品", &got, &err));
    assert_int_equal(got, first);
    assert_true(profile_version(tmp.store, "もと", &got, &err));
    assert_int_equal(got, WEIGHTS_DEFAULT);
    assert_true(profile_save(tmp.store, "冬の食品", second, &err));
    assert_true(profile_save(tmp.store, "冬の食品", second, &err)); /* twice */
    assert_true(profile_save(tmp.store, "もと", WEIGHTS_DEFAULT, &err));
    assert_true(profile_version(tmp.store, "冬の食品", &got, &err));
    assert_int_equal(got, second);
    assert_true(profile_drop(tmp.store, "冬の食品", &err));
    assert_true(store_commit(tmp.store, &err));

    struct arena arena = {0};
    struct profile *profiles;
    struct weights_version *versions;
    int32_t n;
    assert_true(profile_list(tmp.store, &arena, &profiles, &n, &err));
    assert_int_equal(n, 1);
    assert_string_equal(profiles[0].name, "もと");
    assert_true(weights_history(tmp.store, &arena, &versions, &n, &err));
    assert_int_equal(n, 2); /* both versions stay */
    assert_string_equal(versions[1].reason, "試し");
    assert_null(versions[1].published_at);
    arena_release(&arena);
    is("SELECT count(*) FROM audit WHERE action IN ('profile.save',"
       " 'profile.drop')", 4);
}

static void
profile__bad_names_and_versions_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = {"", " ", "　 ", "12", "a\nb", "\xff",
        "あああああああああああああああああああああああああああああああ"
        "あああああああああああああああああああああああああああああああ"};
    struct err err = {0};
    int64_t got;
    assert_true(store_begin(tmp.store, &err));
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct err why = {0};
        assert_false(profile_save(tmp.store, names[i], 0, &why));
        assert_int_equal(why.kind, ERR_INPUT);
    }
    struct err none = {0}, unknown = {0}, gone = {0};
    assert_false(profile_save(tmp.store, "名", 99, &none));
    assert_int_equal(none.kind, ERR_INPUT);
    assert_false(profile_version(tmp.store, "ない", &got, &unknown));
    assert_int_equal(unknown.kind, ERR_INPUT);
    assert_false(profile_drop(tmp.store, "ない", &gone));
    assert_int_equal(gone.kind, ERR_INPUT);
    store_rollback(tmp.store);
    is("SELECT count(*) FROM weight_profiles", 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            profile__a_name_stands_for_a_version_until_it_moves, make, drop),
        cmocka_unit_test_setup_teardown(
            profile__bad_names_and_versions_are_refused, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
