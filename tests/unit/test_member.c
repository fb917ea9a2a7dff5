/* test_member.c: optimizer/staff/member.c: an organisation and its own. */
#include "tests/unit/outcome_unit.h"

static void
member__acts_on_its_own_alone(void **state)
{
    (void)state;
    struct stage s;
    struct amendment a;
    bool agreed;
    night(&s, three_venues());
    struct err e[6] = {{0}};
    assert_false(member_accept(s.store, 3, 1, 2, &s.arena, &agreed, &e[0]));
    assert_false(member_decline(s.store, 3, 1, 2, "decline_date", NULL,
        &s.arena, &a, &e[1]));
    assert_false(member_step(s.store, 3, 2, STEP_PAUSE, NULL, &s.arena, &a,
        &e[2]));
    assert_false(member_step(s.store, 2, 2, STEP_REOPEN, NULL, &s.arena, &a,
        &e[3]));
    assert_false(member_accept(s.store, 3, 1, 3, &s.arena, &agreed, &e[4]));
    assert_false(member_accept(s.store, 0, 1, 2, &s.arena, &agreed, &e[5]));
    for (int i = 0; i < 6; i++) {
        assert_int_equal(e[i].kind, ERR_INPUT);
    }
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM answers"), 0);
    stage_end(&s);
}

static void
member__two_acceptances_agree(void **state)
{
    (void)state;
    struct stage s;
    bool agreed;
    struct err err = {0}, twice = {0};
    night(&s, three_venues());
    assert_true(member_accept(s.store, 1, 1, 2, &s.arena, &agreed, &err));
    assert_false(agreed);
    assert_true(member_accept(s.store, 1, 1, 2, &s.arena, &agreed, &err));
    assert_false(agreed); /* the same side twice */
    assert_true(member_accept(s.store, 2, 1, 2, &s.arena, &agreed, &err));
    assert_true(agreed);
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM decisions WHERE"
        " decision = 'pin'"), 1);
    assert_false(member_accept(s.store, 2, 1, 2, &s.arena, &agreed,
        &twice));
    stage_end(&s);
}

static void
member__pause_gives_others_their_runner_up(void **state)
{
    (void)state;
    struct stage s;
    struct amendment a;
    struct err err = {0};
    night(&s, three_venues());
    assert_true(member_step(s.store, 2, 2, STEP_PAUSE, NULL, &s.arena, &a,
        &err));
    assert_int_equal(a.promoted[0].offer_id, 3);
    certified(&s, a.run_id);
    assert_true(member_step(s.store, 2, 2, STEP_RENEW, "2026-11-30",
        &s.arena, &a, &err));
    assert_true(member_step(s.store, 2, 2, STEP_RESUME, NULL, &s.arena, &a,
        &err));
    assert_int_equal(unit_int(s.store, "SELECT count(*) FROM entries WHERE"
        " id = 2 AND state = 'approved' AND confirmed_on = '2026-11-30'"), 1);
    stage_end(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(member__acts_on_its_own_alone),
        cmocka_unit_test(member__two_acceptances_agree),
        cmocka_unit_test(member__pause_gives_others_their_runner_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
