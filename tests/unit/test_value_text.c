/* test_value_text.c: facet values ready-made, columns and sorts. */
#include "tests/unit/snapshot_unit.h"

static bool
span_is(const struct snap *s, struct snap_ref ref, const char *text)
{
    struct snap_span span = snap_bytes(s, ref);
    if (span.length != strlen(text) ||
        memcmp(span.data, text, span.length) != 0) {
        print_error("\"%.*s\", not \"%s\"\n", (int)span.length,
            (const char *)span.data, text);
        return false;
    }
    return true;
}

static void
publish(struct snapshot_map *map)
{
    struct store *store = unit_store();
    for (int id = 1; id <= 3; id++) {
        unit_offer(store, id, 1, "venue_shop", 10);
    }
    unit_sql(store,
        "INSERT INTO entry_tags VALUES (1, '<b>\"&'' 茶'), (2, '料理');"
        "UPDATE entries SET cost_max_yen = 300 - id * 100;"
        "UPDATE entries SET confirmed_on = '2026-11-1' || (id * 4 %% 7)");
    unit_publish_all(store);
    unit_run(store, 1, UNIT_DATE, "optimal");
    unit_snapshot(store, 1, SNAP_AUDIENCE_PUBLIC, map);
    store_close(store);
}

static void
value_text__is_escaped_for_where_it_stands(void **state)
{
    (void)state;
    struct snapshot_map map;
    publish(&map);
    const struct snap *s = &map.snap;
    const struct snap_collection *c = &s->collections[SNAP_RESOURCES];
    const char *code = "<b>\"&' 茶";
    uint32_t tag = snap_value_find(s, c, SNAP_FACET_TAG, code, strlen(code));
    assert_true(tag != SNAP_NONE);
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        const struct snap_value_text *t = snap_value_texts(c, lang) + tag;
        assert_true(span_is(s, t->option,
            "<option value=\"&lt;b&gt;&quot;&amp;&#39; 茶\">"
            "&lt;b&gt;&quot;&amp;&#39; 茶</option>"));
        assert_true(span_is(s, snap_value_links(c, lang)[tag],
            "tag=%3Cb%3E%22%26%27%20茶\">"
            "&lt;b&gt;&quot;&amp;&#39; 茶 <b>"));
        assert_true(span_is(s, t->json,
            "{\"code\":\"\\u003cb>\\\"&' 茶\",\"label\":"
            "\"\\u003cb>\\\"&' 茶\",\"count\":"));
        struct snap_span option = snap_bytes(s, t->option);
        assert_int_equal(option.data[t->option_cut], '>');
        assert_int_equal(option.data[t->option_cut - 1], '"');
    }
    snapshot_map_close(&map);
}

static void
value_text__is_in_the_language(void **state)
{
    (void)state;
    struct snapshot_map map;
    publish(&map);
    const struct snap *s = &map.snap;
    const struct snap_collection *c = &s->collections[SNAP_RESOURCES];
    uint32_t region = snap_region_find(s, "142166", 6);
    assert_true(span_is(s, snap_value_texts(c, SNAP_LANG_JA)[region].option,
        "<option value=\"142166\">座間市</option>"));
    char wanted[128];
    struct snap_span name =
        snap_label_html(s, s->regions[region].label, SNAP_LANG_EN);
    snprintf(wanted, sizeof(wanted), "<option value=\"142166\">%.*s</option>",
        (int)name.length, (const char *)name.data);
    assert_true(span_is(s,
        snap_value_texts(c, SNAP_LANG_EN)[region].option, wanted));
    snapshot_map_close(&map);
}

/* Few values: all are columns; pairs and rows are snap_verify()'s matter. */
static void
columns__are_the_values_with_most_documents(void **state)
{
    (void)state;
    struct snapshot_map map;
    publish(&map);
    const struct snap_collection *c =
        &map.snap.collections[SNAP_RESOURCES];
    assert_int_equal(c->columns_n,
        c->values_n < SNAP_COLUMNS_MAX ? c->values_n : SNAP_COLUMNS_MAX);
    assert_int_equal(c->doc_values_n, 0);
    snapshot_map_close(&map);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(value_text__is_escaped_for_where_it_stands),
        cmocka_unit_test(value_text__is_in_the_language),
        cmocka_unit_test(columns__are_the_values_with_most_documents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
