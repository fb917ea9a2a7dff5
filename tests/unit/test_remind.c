/* test_remind.c: optimizer/staff/remind.c, letter.c: what is
 * written to organisations, and to whom not. */
#include "tests/unit/store_fixture.h"

#include "optimizer/staff/letter.h"
#include "optimizer/staff/remind.h"

/* Four entries of ages at the borders of the stages on 2026-11-21. */
static void
fill(void)
{
    tmp_store_exec(&tmp,
        "INSERT INTO organisations (id, key, origin, name, email,"
        " created_at, updated_at) VALUES"
        " (1, 'a', 'example', '団体甲', 'a@example.jp', 't', 't'),"
        " (2, 'b', 'example', '団体乙', '', 't', 't');"
        "INSERT INTO entries (id, key, side, origin, organisation_id, state,"
        " title, reach, confirmed_on, created_at, updated_at) VALUES"
        " (1, 'e1', 'need', 'example', 1, 'approved', '募集甲', 'online',"
        "  date('2026-11-21', '-150 days'), 't', 't'),"
        " (2, 'e2', 'offer', 'example', 2, 'approved', '資源乙', 'online',"
        "  date('2026-11-21', '-181 days'), 't', 't'),"
        " (3, 'e3', 'offer', 'example', 1, 'approved', '資源甲', 'online',"
        "  date('2026-11-21', '-365 days'), 't', 't'),"
        " (4, 'e4', 'offer', 'example', 1, 'approved', '資源丙', 'online',"
        "  date('2026-11-21', '-366 days'), 't', 't'),"
        " (5, 'e5', 'offer', 'example', 1, 'paused', '資源丁', 'online',"
        "  date('2026-11-21', '-366 days'), 't', 't')");
}

static struct remind_list
reminders(struct arena *arena, bool again)
{
    struct remind_list list;
    struct err err = {0};
    assert_true(remind_load(tmp.store, "2026-11-21", 30, 0, again, arena,
        &list, &err));
    return list;
}

static void
remind__stages_begin_on_their_day_and_are_told_once(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct err err = {0};
    fill();
    struct remind_list list = reminders(&arena, false);
    assert_int_equal(list.n, 3); /* 150 days: the day before */
    assert_int_equal(list.rows[0].entry_id, 2);
    assert_int_equal(list.rows[0].stage, REMIND_AGED);
    assert_string_equal(list.rows[0].email, "");
    assert_int_equal(list.rows[1].stage, REMIND_HIDING);
    assert_int_equal(list.rows[1].hidden_in_days, 1);
    assert_int_equal(list.rows[2].stage, REMIND_HIDDEN);
    assert_true(store_begin(tmp.store, &err));
    assert_true(remind_done(tmp.store, &list.rows[1], &err));
    assert_true(store_commit(tmp.store, &err));
    assert_int_equal(reminders(&arena, false).n, 2);
    assert_int_equal(reminders(&arena, true).n, 3);
    /* the next stage, and a renewed 確認日, are told anew */
    tmp_store_exec(&tmp, "UPDATE entries SET confirmed_on ="
        " date(confirmed_on, '-1 days') WHERE id IN (1, 3)");
    list = reminders(&arena, false);
    assert_int_equal(list.n, 4);
    assert_int_equal(list.rows[1].stage, REMIND_AGEING);
    /* tunable, as the weights say */
    tmp_store_exec(&tmp, "INSERT INTO weight_versions VALUES (1,"
        " 'published', 'a', 'r', 't', 't'); INSERT INTO weights VALUES (1,"
        " 'freshness_days', 1000), (1, 'stale_days', 2000)");
    assert_int_equal(reminders(&arena, false).n, 0);
    arena_release(&arena);
}

static void
remind__one_text_for_each_address(void **state)
{
    (void)state;
    struct arena arena = {0};
    fill();
    struct remind_list list = reminders(&arena, false);
    int32_t end = remind_end(&list, 1);
    assert_int_equal(end, 3);
    const char *text = remind_text(&list, 1, end, &arena);
    /* who has no account has the link of the sheet */
    assert_non_null(strstr(text, "エントリーのときのメール"));
    assert_non_null(strstr(text, "資源甲"));
    assert_non_null(strstr(text, "資源丙"));
    assert_non_null(strstr(text, "あと1日"));
    assert_null(strstr(text, "資源乙"));
    arena_release(&arena);
}

/* A desk that answers for two of them reads for which each entry is. */
static void
remind__names_all_that_an_address_answers_for(void **state)
{
    (void)state;
    struct arena arena = {0};
    fill();
    struct remind_list list = reminders(&arena, false);
    const char *text = remind_text(&list, 1, 3, &arena);
    assert_non_null(strstr(text, "団体甲 ご担当者様\n"));
    assert_non_null(strstr(text, "「資源甲」（番号 3）"));
    tmp_store_exec(&tmp, "UPDATE organisations SET email = 'a@example.jp'");
    list = reminders(&arena, false);
    assert_int_equal(remind_end(&list, 0), 3);
    text = remind_text(&list, 0, 3, &arena);
    assert_non_null(strstr(text, "団体甲、団体乙 ご担当者様\n"));
    assert_non_null(strstr(text, "「資源甲」（団体甲、番号 3）"));
    assert_non_null(strstr(text, "「資源乙」（団体乙、番号 2）"));
    arena_release(&arena);
}

static bool
letter(const char *text, struct arena *arena, struct letter *out,
    struct err *err)
{
    *err = (struct err){0};
    return letter_make(tmp.store, 1, 2, true, text, arena, out, err);
}

static void
letter__goes_to_linked_partners_alone(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct letter out;
    struct err err;
    fill();
    tmp_store_exec(&tmp, "UPDATE entries SET note = '秘密', contact_person ="
        " '山田', summary = 'あらまし{title}' WHERE id = 1");
    assert_false(letter(NULL, &arena, &out, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.text, "県がつながりがある相手"));
    assert_non_null(strstr(err.text, "団体乙"));
    tmp_store_exec(&tmp, "UPDATE organisations SET linked = 1 WHERE id = 2");
    assert_true(letter(NULL, &arena, &out, &err));
    assert_string_equal(out.to_name, "団体乙");
    assert_non_null(strstr(out.body, "団体甲から"));
    assert_non_null(strstr(out.body, "あらまし{title}")); /* not filled twice */
    assert_null(strstr(out.body, "秘密"));
    assert_null(strstr(out.body, "山田"));
    assert_true(letter("{partner}へ{ {title}", &arena, &out, &err) == false);
    assert_true(letter("{partner} {title} {need}/{offer}", &arena, &out,
        &err));
    assert_string_equal(out.body, "団体乙 募集甲 1/2");
    tmp_store_exec(&tmp, "INSERT INTO runs (id, plan_date, state, actor,"
        " started_at) VALUES (1, '2026-11-21', 'optimal', 'a', 't');"
        "INSERT INTO plan_lines (run_id, need_id, need_line_id,"
        " need_line_no, offer_id, offer_line_id, offer_line_no, kind_id,"
        " units, unit, score, cost_yen, terms, weekday) VALUES (1, 1, 1, 1,"
        " 2, 1, 1, 'venue', 1, '回', 5, 0, '{\"kind\":1000}', 2)");
    assert_true(letter("{reason}", &arena, &out, &err));
    assert_string_equal(out.body, "種類が合う（水曜日に）");
    assert_true(letter("{proposal}", &arena, &out, &err));
    assert_string_equal(out.body, "施設・場所 1回（水曜日）");
    /* Of the newest plan that has the pair: all its lines, in their order. */
    tmp_store_exec(&tmp, "INSERT INTO runs (id, plan_date, state, actor,"
        " started_at) VALUES (2, '2026-11-22', 'optimal', 'a', 't');"
        "INSERT INTO plan_lines (run_id, need_id, need_line_id,"
        " need_line_no, offer_id, offer_line_id, offer_line_no, kind_id,"
        " units, unit, score, cost_yen, terms) VALUES (2, 1, 1, 1, 2, 1, 1,"
        " 'goods_food', 84, '食', 5, 80, '{}'), (2, 1, 2, 2, 2, 2, 2, 'venue', 2,"
        " '室', 5, 0, '{}')");
    assert_true(letter("{proposal}", &arena, &out, &err));
    assert_string_equal(out.body, "食品 84食、施設・場所 2室");
    assert_true(letter(NULL, &arena, &out, &err));
    assert_non_null(strstr(out.body, "食品 84食"));
    tmp_store_exec(&tmp, "DELETE FROM plan_lines");
    assert_true(letter("{proposal}", &arena, &out, &err));
    assert_string_equal(out.body, "ご相談のうえで");
    assert_false(letter("{note}", &arena, &out, &err));
    assert_false(letter("{linked}", &arena, &out, &err));
    tmp_store_exec(&tmp, "UPDATE entries SET state = 'submitted'"
        " WHERE id = 1");
    assert_false(letter(NULL, &arena, &out, &err));
    assert_non_null(strstr(err.text, "承認済み"));
    arena_release(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            remind__stages_begin_on_their_day_and_are_told_once, make, drop),
        cmocka_unit_test_setup_teardown(remind__one_text_for_each_address,
            make, drop),
        cmocka_unit_test_setup_teardown(
            remind__names_all_that_an_address_answers_for, make, drop),
        cmocka_unit_test_setup_teardown(
            letter__goes_to_linked_partners_alone, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
