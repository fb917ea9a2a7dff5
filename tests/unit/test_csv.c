/* test_csv.c: optimizer/base/csv.c, text_input.c, table.c. */
#include "tests/unit/tmp_store.h"

#include "optimizer/base/csv.h"
#include "optimizer/base/csv_write.h"
#include "optimizer/base/table.h"
#include "optimizer/base/text_input.h"

static char dir[64], path[96];

static int
make_dir(void **state)
{
    (void)state;
    strcpy(dir, "/tmp/tsunagari-unit-XXXXXX");
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof(path), "%s/t.csv", dir);
    return 0;
}

static int
drop_dir(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(dir);
}

static void
write_file(const void *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    fclose(file);
}

/* Every row as "a|b|c\n", or the error behind "!". */
static const char *
read_all(struct csv *csv, struct err *err)
{
    static char out[4096];
    size_t n = 0;
    int step = 0;
    while (csv != NULL && (step = csv_next(csv, err)) > 0) {
        for (size_t i = 0; i < csv_count(csv); i++) {
            assert_int_equal(csv_length(csv, i), strlen(csv_text(csv, i)));
            n += (size_t)snprintf(out + n, sizeof(out) - n, "%s%s",
                i > 0 ? "|" : "", csv_text(csv, i));
        }
        n += (size_t)snprintf(out + n, sizeof(out) - n, "\n");
    }
    if (csv == NULL || step < 0) {
        n += (size_t)snprintf(out + n, sizeof(out) - n, "!%s", err->text);
    }
    out[n] = '\0';
    csv_close(csv);
    return out;
}

#define MEMORY(text)                                                          \
    read_all(csv_open_memory("t", text, sizeof(text) - 1), &(struct err){0})

static void
csv__reads_quotes_newlines_and_every_line_end(void **state)
{
    (void)state;
    assert_string_equal(MEMORY("a,b\r\n1,2\n3,4\r\n"), "a|b\n1|2\n3|4\n");
    assert_string_equal(MEMORY("a,b\n\n\r\n1,2"), "a|b\n1|2\n");
    assert_string_equal(MEMORY("\"x\r\ny\",\"\"\n\"a\"\"b\",\"c,d\"\n"),
        "x\r\ny|\na\"b|c,d\n");
    assert_string_equal(MEMORY("\xEF\xBB\xBF" "a,,\n"), "a||\n");
    assert_string_equal(MEMORY(",\n"), "|\n");
    assert_string_equal(MEMORY("\"\"\n"), "\n");
    assert_string_equal(MEMORY(""), "");
    assert_string_equal(MEMORY("\xEF\xBB\xBF"), "");
}

static void
csv__names_line_and_column_in_characters(void **state)
{
    (void)state;
    static const char text[] = "あい,\"う\nえ\",お\r\n,か,き\n";
    struct csv *csv = csv_open_memory("t", text, sizeof(text) - 1);
    struct err err = {0};
    assert_int_equal(csv_next(csv, &err), 1);
    assert_int_equal(csv_line(csv, 0), 1);
    assert_int_equal(csv_column(csv, 0), 1);
    assert_int_equal(csv_line(csv, 1), 1);
    assert_int_equal(csv_column(csv, 1), 4);
    assert_int_equal(csv_line(csv, 2), 2);
    assert_int_equal(csv_column(csv, 2), 4);
    assert_int_equal(csv_next(csv, &err), 1);
    assert_int_equal(csv_line(csv, 0), 3);
    assert_int_equal(csv_column(csv, 0), 1);
    assert_int_equal(csv_column(csv, 1), 2);
    assert_int_equal(csv_column(csv, 2), 4);
    csv_close(csv);
}

static void
csv__refuses_broken_structure_with_its_place(void **state)
{
    (void)state;
    assert_string_equal(MEMORY("a\nb\"c\n"),
        "a\n!t:2:2: quote inside an unquoted field");
    assert_string_equal(MEMORY("\"a\"b\n"),
        "!t:1:4: text behind the closing quote");
    assert_string_equal(MEMORY("あ,\"b\nc"),
        "!t:1:3: quote is never closed");
    assert_string_equal(MEMORY("a\rb\n"),
        "!t:1:3: carriage return without line feed");
    assert_string_equal(MEMORY("a\r"),
        "!t:1:3: carriage return without line feed");
    assert_string_equal(MEMORY("a,b\0c\n"), "!t:1:4: NUL byte");
    assert_string_equal(MEMORY("\"b\0\"\n"), "!t:1:3: NUL byte");
    assert_string_equal(MEMORY("x\nあ\xE3\x81\n"),
        "x\n!t:2:2: not valid UTF-8");
    assert_string_equal(MEMORY("a\xED\xA0\x80"), "!t:1:2: not valid UTF-8");
    assert_string_equal(MEMORY("a\xC0\x80"), "!t:1:2: not valid UTF-8");
    assert_string_equal(MEMORY("ab\xE3"), "!t:1:3: not valid UTF-8");
}

static const char *
read_big(size_t fields, size_t field_len)
{
    size_t len = fields * (field_len + 1);
    char *text = xmalloc(len);
    memset(text, 'x', len);
    for (size_t i = 1; i <= fields; i++) {
        text[i * (field_len + 1) - 1] = i < fields ? ',' : '\n';
    }
    struct csv *csv = csv_open_memory("t", text, len);
    static struct err err;
    memset(&err, 0, sizeof(err));
    int step = csv_next(csv, &err);
    if (step == 1) {
        assert_int_equal(csv_count(csv), fields);
        assert_int_equal(csv_length(csv, fields - 1), field_len);
    }
    csv_close(csv);
    free(text);
    return step == 1 ? "ok" : err.text;
}

static void
csv__limits_hold_to_the_byte(void **state)
{
    (void)state;
    assert_string_equal(read_big(1, CSV_FIELD_MAX), "ok");
    assert_string_equal(read_big(1, CSV_FIELD_MAX + 1),
        "t:1:65537: field longer than 65536 bytes");
    assert_string_equal(read_big(16, CSV_FIELD_MAX), "ok");
    assert_string_equal(read_big(17, CSV_FIELD_MAX),
        "t:1:1048593: row longer than 1048576 bytes");
    assert_string_equal(read_big(CSV_COLUMNS_MAX, 1), "ok");
    assert_string_equal(read_big(CSV_COLUMNS_MAX + 1, 1),
        "t:1:1024: more than 512 columns");
}

static const char *
from_file(const void *bytes, size_t len, const char *encoding)
{
    write_file(bytes, len);
    struct err err = {0};
    struct csv *csv = csv_open(path, encoding, &err);
    const char *text = read_all(csv, &err);
    const char *at = strstr(text, dir); /* the path is another each time */
    return at != NULL ? at + strlen(dir) : text;
}

#define AS_FILE(text, encoding) from_file(text, sizeof(text) - 1, encoding)

static void
csv__finds_the_encoding_or_takes_the_given_one(void **state)
{
    (void)state;
    /* ファ,① in CP932, and the same in UTF-8 */
    static const char cp932[] = "\x83\x74\x83\x40,\x87\x40\n";
    assert_string_equal(AS_FILE(cp932, NULL), "ファ|①\n");
    assert_string_equal(AS_FILE(cp932, "cp932"), "ファ|①\n");
    assert_string_equal(AS_FILE(cp932, "Shift_JIS"), "ファ|①\n");
    assert_string_equal(AS_FILE(cp932, "utf-8"),
        "/t.csv:1:1: not valid UTF-8");
    assert_string_equal(AS_FILE("ファ,①\n", NULL), "ファ|①\n");
    assert_string_equal(AS_FILE("\xEF\xBB\xBFファ\n", NULL), "ファ\n");
    assert_string_equal(AS_FILE("\xEF\xBB\xBF" "a,\x83\x74\n", NULL),
        "/t.csv:1:3: not valid UTF-8");
    assert_string_equal(AS_FILE("a\nb,\x83\n", NULL),
        "/t.csv: neither valid UTF-8 nor valid CP932");
    assert_string_equal(AS_FILE("\xFF\xFE" "a\0", NULL),
        "/t.csv: is UTF-16; save it as CSV in UTF-8 or CP932");
    struct err err = {0};
    assert_null(csv_open(path, "latin1", &err));
    assert_int_equal(err.kind, ERR_USAGE);
}

static void
csv__a_character_across_two_blocks_stays_whole(void **state)
{
    (void)state;
    enum { N = 30000 }; /* 3 bytes each; blocks are 64 KiB */
    for (size_t shift = 0; shift < 3; shift++) {
        char *text = xmalloc(4 * N + 8);
        size_t n = 0;
        for (size_t i = 0; i < shift; i++) {
            text[n++] = 'x';
        }
        for (size_t i = 0; i < N; i++) {
            memcpy(text + n, i % 100 == 99 ? "\n" : "あ",
                i % 100 == 99 ? 1 : 3);
            n += i % 100 == 99 ? 1 : 3;
        }
        write_file(text, n);
        free(text);
        struct err err = {0};
        struct csv *csv = csv_open(path, NULL, &err);
        int rows = 0, step;
        while ((step = csv_next(csv, &err)) > 0) {
            assert_int_equal(csv_length(csv, 0),
                99 * 3 + (rows == 0 ? shift : 0));
            rows++;
        }
        assert_int_equal(step, 0);
        assert_int_equal(rows, N / 100);
        csv_close(csv);
    }
}

static void
csv__a_file_beyond_the_limit_and_a_missing_one_are_refused(void **state)
{
    (void)state;
    write_file("a\n", 2);
    assert_int_equal(truncate(path, (off_t)TEXT_INPUT_MAX + 1), 0);
    struct err err = {0};
    assert_null(csv_open(path, NULL, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.text, "larger than 268435456 bytes"));
    memset(&err, 0, sizeof(err));
    struct csv *large = csv_open_large(path, "utf-8", 1LL << 40, &err);
    assert_non_null(large);
    csv_close(large);
    assert_null(csv_open_large(path, "utf-8", 1000, &err));
    assert_non_null(strstr(err.text, "larger than 1000 bytes"));
    memset(&err, 0, sizeof(err));
    assert_null(csv_open("/nonexistent/x.csv", NULL, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
    memset(&err, 0, sizeof(err));
    assert_null(csv_open(dir, NULL, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
}

/* Any prefix of a file is read or refused, never looped on. */
static void
csv__every_truncation_ends(void **state)
{
    (void)state;
    static const char text[] = "見出し,\"a\"\"b\"\r\n\"改\n行\",x\r\n";
    int whole = 0;
    for (size_t len = 0; len < sizeof(text); len++) {
        struct csv *csv = csv_open_memory("t", text, len);
        struct err err = {0};
        int step, rows = 0;
        while ((step = csv_next(csv, &err)) > 0) {
            rows++;
        }
        assert_true(rows <= 2 && (step == 0) == (err.kind == ERR_NONE));
        whole += step == 0;
        csv_close(csv);
    }
    assert_true(whole > 5 && whole < (int)sizeof(text));
}

static void
table__a_row_of_another_width_is_told_apart(void **state)
{
    (void)state;
    static const char text[] = "a,b\n1,2\n3\n4,5,6\n7,8\n";
    struct err err = {0};
    struct table *table =
        table_open(csv_open_memory("t", text, sizeof(text) - 1), &err);
    int b = table_column(table, "b");
    assert_int_equal(b, 1);
    assert_int_equal(table_column(table, "c"), -1);
    assert_int_equal(table_next(table, &err), 1);
    assert_string_equal(table_cell(table, b), "2");
    assert_string_equal(table_cell(table, -1), "");
    assert_int_equal(table_next(table, &err), 2);
    assert_int_equal(table_next(table, &err), 2);
    assert_int_equal(table_next(table, &err), 1);
    assert_string_equal(table_cell(table, b), "8");
    assert_int_equal(table_next(table, &err), 0);
    table_close(table);
    assert_null(table_open(csv_open_memory("t", "\n\n", 2), &err));
    assert_string_equal(err.text, "t:1:1: no header row");
}

/* Excel in Japanese takes the wide signs for the narrow ones. */
static void
csv__no_cell_for_people_begins_a_formula(void **state)
{
    (void)state;
    static const char *const cells[][2] = {{"=1+1", "\" =1+1\""},
        {"+1", "\" +1\""}, {"-1", "\" -1\""}, {"@a", "\" @a\""},
        {"\t=1", "\" \t=1\""}, {"\r=1", "\" \r=1\""},
        {"\n=1", "\" \n=1\""}, {"＝1", "\" ＝1\""},
        {"＋1", "\" ＋1\""}, {"－1", "\" －1\""},
        {"＠a", "\" ＠a\""}, {"", ""}, {"a=1", "a=1"}, {"（1）",
        "\"（1）\""}, {"茶", "茶"}};
    for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
        char text[64] = "";
        FILE *out = fmemopen(text, sizeof(text), "w");
        assert_non_null(out);
        csv_write_safe(out, cells[i][0]);
        fclose(out);
        assert_string_equal(text, cells[i][1]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv__no_cell_for_people_begins_a_formula),
        cmocka_unit_test(csv__reads_quotes_newlines_and_every_line_end),
        cmocka_unit_test(csv__names_line_and_column_in_characters),
        cmocka_unit_test(csv__refuses_broken_structure_with_its_place),
        cmocka_unit_test(csv__limits_hold_to_the_byte),
        cmocka_unit_test(csv__finds_the_encoding_or_takes_the_given_one),
        cmocka_unit_test(csv__a_character_across_two_blocks_stays_whole),
        cmocka_unit_test(
            csv__a_file_beyond_the_limit_and_a_missing_one_are_refused),
        cmocka_unit_test(csv__every_truncation_ends),
        cmocka_unit_test(table__a_row_of_another_width_is_told_apart),
    };
    return cmocka_run_group_tests(tests, make_dir, drop_dir);
}
