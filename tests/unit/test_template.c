/* test_template.c: optimizer/publish/template.c and the shipped templates. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/unit.h"

#include "optimizer/base/embed.h"
#include "optimizer/publish/labels.h"
#include "optimizer/publish/template.h"

static bool
compile(const char *text, struct fragment *out, struct err *err)
{
    static const struct fragment part = {.data = "<li>", .len = 4};
    static const struct template_part parts[] = {{"LINKS", &part}, {0}};
    return template_compile("t.html", text, strlen(text), parts, out, err);
}

static void
template__names_become_escapes(void **state)
{
    (void)state;
    struct fragment out = {0};
    struct err err = {0};
    assert_true(compile("a{{# note }}{{slot:BODY}}{{label:SITE}}{b}}"
                        "{{part:LINKS}}\n",
        &out, &err));
    assert_int_equal(out.len, 1 + 2 + 3 + 4 + 4);
    assert_memory_equal(out.data, "a\x02\x06\x01\x00\x00{b}}<li>", out.len);
    fragment_release(&out);
}

static void
template__another_template_stands_where_it_is_included(void **state)
{
    (void)state;
    struct fragment file = {0}, out = {0};
    struct err err = {0};
    assert_true(template_compile_file(
        "ngx_module/html/find.html", NULL, &file, &err));
    assert_true(file.len > 100 && file.data[file.len - 1] == '>');
    assert_true(compile("a{{include:find.html}}b", &out, &err));
    assert_int_equal(out.len, file.len + 2);
    assert_memory_equal(out.data + 1, file.data, file.len);
    fragment_release(&file);
    fragment_release(&out);
}

static void
template__what_is_wrong_is_named_with_its_line(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"x\n{{slot:NO}}", "t.html:2: nothing is named \"slot:NO\""},
        {"{{label:NO}}", "t.html:1: nothing is named \"label:NO\""},
        {"{{part:NO}}", "t.html:1: nothing is named \"part:NO\""},
        {"{{include:no.html}}",
            "t.html:1: nothing is named \"include:no.html\""},
        {"{{include:search.html}}", "ngx_module/html/search.html: is"
                                    " included and includes \"find.html\""},
        {"{{SITE}}", "t.html:1: nothing is named \"SITE\""},
        {"{{slot:BODY", "t.html:1: \"{{\" is not closed"},
        {"a\nb\n\x02\x06", "t.html:3: a byte that may not stand in a template"},
        {"\xFF", "t.html:1: a byte that may not stand in a template"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fragment out = {0};
        struct err err = {0};
        assert_false(compile(cases[i][0], &out, &err));
        assert_string_equal(err.text, cases[i][1]);
        fragment_release(&out);
    }
}

/* Each has a number, and a text in every language. */
static void
labels__texts_are_complete_in_three_languages(void **state)
{
    (void)state;
    static const char *const texts[][4] = {
#define FIXED(name, ja, easy, en) {#name, ja, easy, en},
#define OWN(name, ja, easy, en) {#name, ja, easy, en},
#include "optimizer/publish/label_text.h"
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        uint32_t number = labels_find(texts[i][0], strlen(texts[i][0]));
        assert_true(number != SNAP_NONE && number < LABEL_OWN_END);
        if (strcmp(texts[i][0], "PAD") == 0 ||
            strcmp(texts[i][0], "DAY") == 0) {
            continue; /* empty on purpose in some language */
        }
        for (int lang = 1; lang <= 3; lang++) {
            assert_true(texts[i][lang][0] != '\0');
        }
    }
    assert_int_equal(labels_find("NO", 2), SNAP_NONE);
}

static void
labels__stand_once_and_have_a_limit(void **state)
{
    (void)state;
    char path[] = "/tmp/tsunagari-labels-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    unlink(path);
    struct err err = {0};
    struct snapshot_file file;
    struct labels labels;
    assert_true(snapshot_file_open(&file, path, &err));
    labels_init(&labels, &file);
    uint32_t first, again, other;
    assert_true(labels_add(&labels, "座間市", "", "Zama", &first, &err));
    assert_true(labels_add(&labels, "座間市", "座間市", "Zama", &again, &err));
    assert_true(labels_add(&labels, "座間市", "", "", &other, &err));
    assert_int_equal(first, LABEL_OWN_END);
    assert_int_equal(again, first);
    assert_int_equal(other, first + 1);
    bool ok = true;
    char text[16];
    for (int i = 0; ok; i++) {
        snprintf(text, sizeof(text), "%d", i);
        ok = labels_add(&labels, text, "", "", &other, &err);
    }
    assert_int_equal(labels.n, LABELS_MAX);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.text, "more than 65536 labels"));
    labels_release(&labels);
    snapshot_file_abandon(&file);
    assert_int_not_equal(access(path, F_OK), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(template__names_become_escapes),
        cmocka_unit_test(
            template__another_template_stands_where_it_is_included),
        cmocka_unit_test(template__what_is_wrong_is_named_with_its_line),
        cmocka_unit_test(labels__stand_once_and_have_a_limit),
        cmocka_unit_test(labels__texts_are_complete_in_three_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
