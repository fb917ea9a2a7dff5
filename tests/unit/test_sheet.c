/* test_sheet.c: optimizer/cmd_template.c: what it prints, the import
 * reads. */
#include "tests/unit/import_file.h"

#include "optimizer/cli.h"

static struct tmp_store tmp;
static const struct import_options plain = {0};

static int
make(void **state)
{
    (void)state;
    tmp_store_make(&tmp);
    return 0;
}

static int
drop(void **state)
{
    (void)state;
    tmp_store_remove(&tmp);
    return 0;
}

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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            sheet__is_one_for_excel_with_two_remarks, make, drop),
        cmocka_unit_test_setup_teardown(sheet__its_examples_are_good_rows,
            make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
