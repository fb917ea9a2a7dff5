/* test_search_words.c: what a document is found by beside its own texts. */
#include "tests/unit/render_unit.h"

#include "optimizer/base/embed.h"
#include "optimizer/publish/search_words.h"
#include "schema/fold.h"

/* Is the document found by what a visitor types? */
static void
found(const char *changes, const char *typed, bool wanted)
{
    struct shown shown;
    char query[256], text[65536];
    int32_t work[1024];
    size_t len, bad;
    show(&shown, changes);
    assert_int_equal(fold_text(typed, strlen(typed), query,
        sizeof(query) - 1, &len, work, 1024, &bad), 0);
    query[len] = '\0';
    struct snap_span span = snap_bytes(&shown.map.snap, shown.doc->text);
    assert_true(span.length < sizeof(text));
    memcpy(text, span.data, span.length);
    text[span.length] = '\0';
    text_holds(text, query, wanted);
    hide(&shown);
}

static void
search__finds_a_word_however_it_is_spelt(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"子ども食堂", "子供"},
        {"子供の日", "こども"}, {"車いすで", "車椅子"}, {"車椅子", "くるまいす"},
        {"障がいのある方", "障害"}, {"料理教室", "りょうり"},
        {"料理教室", "Cooking"}, {"お茶の会", "tea"}, {"ご飯", "ごはん"},
        {"一人暮らしの方", "ひとり暮らし"}, {"健康マージャン", "麻雀"},
        {"認知症カフェ", "dementia"}, {"ダンスの会", "おどり"},
        /* the examples that the search page gives */
        {"料理", "りょうり"}, {"歌の会", "うた"}, {"居場所", "居場所"}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char changes[200];
        snprintf(changes, sizeof(changes), "title = '%s'", rows[i][0]);
        found(changes, rows[i][1], true);
    }
    /* ただ alone says nothing, nor does one word say another. */
    found("title = 'ただしい姿勢', cost_max_yen = NULL", "無料", false);
    found("title = '音楽'", "cooking", false);
}

static void
search__finds_what_the_card_says(void **state)
{
    (void)state;
    static const char free_of_charge[] =
        "cost_text = '', cost_min_yen = 0, cost_max_yen = 0";
    static const char *const words[] = {"無料", "むりょう", "ただ", "free",
        "タダ"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        found(free_of_charge, words[i], true);
        found("cost_text = '500円', cost_min_yen = 500, cost_max_yen = 500",
            words[i], false);
    }
    card_has(free_of_charge, SNAP_LANG_JA, "<dd>無料</dd>");
    found("weekdays = 96", "土曜日", true);
    found("weekdays = 96", "にちようび", true);
    found("weekdays = 96", "Sunday", true);
    found("weekdays = 96", "月曜", false);
    found("weekdays = 127", "土曜日", false);
    found("reach = 'online'", "オンライン", true);
    found("reach = 'prefecture'", "県内全域", true);
}

static void
search__finds_a_region_with_its_prefecture(void **state)
{
    (void)state;
    static const char zama[] = "reach = 'regions', region_code = '142166'";
    found(zama, "神奈川県座間市", true);
    found(zama, "座間", true);
    found(zama, "神奈川県大和市", false);
}

static void
search_words__fit_into_the_room_that_is_asked_for(void **state)
{
    (void)state;
    struct err err = {0};
    struct search_words *words = search_words_open(&err);
    assert_non_null(words);
    size_t room = search_words_room(words);
    char *none = calloc(1, 1);
    assert_int_equal(search_words_add(words, none, 0), 0);
    /* Each word there is: every row is added, once. */
    const struct embed *file = embed_find("schema/data/search_words.csv");
    size_t size = (size_t)(file->end - file->data), len, bad;
    char *text = calloc(1, FOLD_GROWTH * size + FOLD_SLACK + room);
    int32_t *work = calloc(FOLD_GROWTH * size + FOLD_SLACK, sizeof(*work));
    assert_int_equal(fold_text((const char *)file->data, size, text,
        FOLD_GROWTH * size + FOLD_SLACK, &len, work,
        FOLD_GROWTH * size + FOLD_SLACK, &bad), 0);
    assert_int_equal(search_words_add(words, text, len), len + room);
    free(work);
    free(text);
    free(none);
    search_words_close(words);
    search_words_close(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search__finds_a_word_however_it_is_spelt),
        cmocka_unit_test(search__finds_what_the_card_says),
        cmocka_unit_test(search__finds_a_region_with_its_prefecture),
        cmocka_unit_test(search_words__fit_into_the_room_that_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
