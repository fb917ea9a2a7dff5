/* test_sheet.c: optimizer/command/cmd_template.c: what it prints, the import
 * reads. */
#include "tests/unit/import_file.h"
#include "tests/unit/store_fixture.h"

#include "optimizer/command/cli.h"

static const struct import_options plain = {0};

/* What `tsunagari template KIND` prints; lives until the next call. */
static const char *
print(const char *kind)
{
    static char text[32768];
    char name[32];
    snprintf(name, sizeof(name), "%s", kind);
    char *argv[] = {(char[]){"template"}, name, NULL};
    FILE *file = tmpfile();
    assert_non_null(file);
    fflush(stdout);
    int saved = dup(STDOUT_FILENO);
    dup2(fileno(file), STDOUT_FILENO);
    int code = cmd_template(2, argv);
    fflush(stdout);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    assert_int_equal(code, 0);
    rewind(file);
    size_t len = fread(text, 1, sizeof(text) - 1, file);
    fclose(file);
    text[len] = '\0';
    return text;
}

static int
lines(const char *text)
{
    int n = 0;
    for (; *text != '\0'; text++) {
        assert_true(*text != '\n' || text[-1] == '\r');
        n += *text == '\n';
    }
    return n;
}

/* The template with its example as a row of data. */
static const char *
with_example(const char *text)
{
    static char out[32768];
    char *last = strrchr(strcpy(out, text), '#');
    assert_non_null(last);
    memmove(last, last + 1, strlen(last));
    return out;
}

static void
sheet__is_one_for_excel_with_two_remarks(void **state)
{
    (void)state;
    static const char *const kinds[] = {"entries", "organisations"};
    for (int i = 0; i < 2; i++) {
        const char *text = print(kinds[i]);
        assert_memory_equal(text, "\xEF\xBB\xBF", 3);
        assert_int_equal(lines(text), 3);
        struct import_result r =
            import_text_file(&tmp, kinds[i], text, &plain);
        assert_string_equal(r.err.text, "");
        COUNTS(r, 0, 0, 0, 0);
        assert_int_equal(r.counts.rows, 0);
    }
    char *argv[] = {(char[]){"template"}, (char[]){"events"}, NULL};
    assert_int_equal(cmd_template(2, argv), ERR_USAGE);
}

static void
sheet__its_examples_are_good_rows(void **state)
{
    (void)state;
    struct import_result r = import_text_file(&tmp, "organisations",
        with_example(print("organisations")), &plain);
    assert_string_equal(r.said, "");
    COUNTS(r, 1, 0, 0, 0);
    r = import_text_file(&tmp, "entries", with_example(print("entries")),
        &plain);
    assert_string_equal(r.said, "");
    COUNTS(r, 1, 0, 0, 0);
    assert_int_equal(
        tmp_store_int(&tmp, "SELECT count(*) FROM entry_lines"), 2);
    assert_int_equal(tmp_store_int(&tmp, "SELECT count(*) FROM entries"
                                         " WHERE origin = 'example'"
                                         " AND minutes_min = 90"
                                         " AND people_max = 20"),
        1);
}

/* Any bytes in the sheet: read or refused with a place, never a fault of the
 * store, and a dry run writes nothing. */
static void
sheet__any_change_of_bytes_is_read_or_refused(void **state)
{
    (void)state;
    static const struct import_options dry = {.dry_run = true,
        .approve = true};
    static char text[32768], broken[32768];
    uint32_t random = 1;
    import_text_file(&tmp, "organisations",
        with_example(print("organisations")), &plain);
    strcpy(text, with_example(print("entries")));
    size_t len = strlen(text);
    char *row = strstr(text, "\r\n2026");
    assert_non_null(row);
    size_t from = (size_t)(row - text);
    int refused = 0, read = 0;
    for (int round = 0; round < unit_rounds(200); round++) {
        memcpy(broken, text, len);
        for (int i = 0; i <= round % 3; i++) {
            random = random * 1664525u + 1013904223u;
            size_t at = from + (random >> 8) % (len - from);
            random = random * 1664525u + 1013904223u;
            if (round % 4 == 0) {
                broken[at] = (char)(random >> 16);
                continue;
            }
            while (at < len && (broken[at] & 0x80) != 0) {
                at++; /* characters stay whole: the text is still UTF-8 */
            }
            broken[at] = " ,;@\"\n0159-~x/:"[(random >> 16) % 16]; /* or NUL */
        }
        struct import_result r = import_file(&tmp, "entries",
            tmp_store_file(&tmp, "t.csv", broken, len), &dry);
        assert_true(r.ok || r.err.kind == ERR_INPUT);
        refused += !r.ok;
        read += r.ok;
        assert_true(r.ok || r.counts.bad > 0 || r.counts.rows == 0 ||
                    strstr(r.err.text, "t.csv:") != NULL);
    }
    assert_true((refused > 20 && read >= 10) || !unit_all_rounds());
    assert_int_equal(
        tmp_store_int(&tmp, "SELECT count(*) FROM entries"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            sheet__is_one_for_excel_with_two_remarks, make, drop),
        cmocka_unit_test_setup_teardown(
            sheet__any_change_of_bytes_is_read_or_refused, make, drop),
        cmocka_unit_test_setup_teardown(sheet__its_examples_are_good_rows,
            make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
