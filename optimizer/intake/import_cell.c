/* import_cell.c: cells of a certain form (import.h). */
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "day_text.h"
#include "import.h"
#include "optimizer/base/degree.h"
#include "optimizer/base/scan.h"
#include "range_scan.h"

const char *
import_key(struct import *import, int column, const char *known_sql,
    struct err *err)
{
    char narrow[1024];
    const char *key = import_cell(import, column);
    if (!range_scan_narrow(key, narrow, sizeof(narrow))) {
        return key;
    }
    struct store_stmt *stmt = store_prepare(import->store, known_sql, err);
    if (stmt == NULL) {
        return key;
    }
    store_bind_text(stmt, 1, key);
    bool known = store_step(stmt, err) != 0;
    store_finish(stmt);
    return known ? key : arena_string(&import->row_arena, narrow);
}

void
import_text(struct import *import, struct record *record, int field,
    int column)
{
    if (import_has(import, column)) {
        record_text(record, field, import_cell(import, column));
    }
}

void
import_url(struct import *import, struct record *record, int field,
    int column)
{
    const char *text = import_cell(import, column);
    bool web = strncasecmp(text, "https://", 8) == 0 ||
               strncasecmp(text, "http://", 7) == 0;
    if (text[0] != '\0' && (!web || strpbrk(text, " \"<>\\\n\r\t") != NULL)) {
        import_bad(import, column, "not an http or https address: \"%s\"",
            text);
    } else if (import_has(import, column)) {
        record_text(record, field, text);
    }
}

void
import_email(struct import *import, struct record *record, int field,
    int column)
{
    const char *text = import_cell(import, column);
    const char *at = strchr(text, '@');
    if (text[0] != '\0' &&
        (at == NULL || at == text || at[1] == '\0' ||
            strchr(at + 1, '@') != NULL ||
            strpbrk(text, " \"<>\\\n\r\t;,") != NULL)) {
        import_bad(import, column, "not an e-mail address: \"%s\"", text);
    } else if (import_has(import, column)) {
        record_text(record, field, text);
    }
}

const char *
import_side_word(const char *text)
{
    static const struct {
        const char *word, *side;
    } words[] = {{"need", "need"}, {"ニーズ", "need"}, {"課題", "need"},
        {"募集", "need"}, {"offer", "offer"}, {"シーズ", "offer"},
        {"資源", "offer"}};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (table_same_name(text, words[i].word)) {
            return words[i].side;
        }
    }
    return NULL;
}

/* Nine or ten digits that begin with another one than 0. */
static bool
lost_its_zero(const char *text)
{
    char plain[RANGE_TEXT_MAX + 1];
    int digits = 0;
    if (!range_scan_plain(text, plain) || plain[0] < '1' || plain[0] > '9') {
        return false;
    }
    for (const char *p = plain; *p != '\0'; p++) {
        if (strchr("-()", *p) == NULL && (*p < '0' || *p > '9')) {
            return false;
        }
        digits += *p >= '0' && *p <= '9';
    }
    return digits == 9 || digits == 10;
}

void
import_phone(struct import *import, struct record *record, int field,
    int column)
{
    const char *text = import_cell(import, column);
    if (lost_its_zero(text)) {
        import_bad(import, column,
            "a phone number begins with 0 (a spreadsheet drops it): \"%s\"",
            text);
    } else if (import_has(import, column)) {
        record_text(record, field, text);
    }
}

int
import_flag_word(const char *text)
{
    static const char *const yes[] = {"1", "はい", "有", "有り", "あり", "可",
        "yes", "○", "◯", "〇", "true"};
    static const char *const no[] = {"0", "いいえ", "無", "無し", "なし",
        "不可", "no", "×", "false"};
    for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
        if (table_same_name(text, yes[i])) {
            return 1;
        }
    }
    for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++) {
        if (table_same_name(text, no[i])) {
            return 0;
        }
    }
    return -1;
}

void
import_flag(struct import *import, struct record *record, int field,
    int column)
{
    const char *text = import_cell(import, column);
    int word = import_flag_word(text);
    if (text[0] == '\0') {
        return;
    }
    if (word < 0) {
        import_bad(import, column, "neither 1 (はい) nor 0 (いいえ): \"%s\"",
            text);
        return;
    }
    record_int(record, field, word);
}

/* Digits, also full-width ones, commas left out; false if it is something
 * else. */
static bool
whole_number(const char *text, int64_t *value)
{
    char plain[RANGE_TEXT_MAX + 1];
    struct range_text range;
    if (!range_scan_plain(text, plain) ||
        strspn(plain, "0123456789,") != strlen(plain) ||
        !range_people(plain, &range) || range.min != range.max) {
        return false;
    }
    *value = range.min;
    return true;
}

void
import_count_cell(struct import *import, struct record *record, int field,
    int column, int64_t min, int64_t max)
{
    const char *text = import_cell(import, column);
    int64_t value;
    if (text[0] == '\0') {
        return;
    }
    if (!whole_number(text, &value) || value < min || value > max) {
        import_bad(import, column,
            "not a whole number from %" PRId64 " to %" PRId64 ": \"%s\"",
            min, max, text);
        return;
    }
    record_int(record, field, value);
}

void
import_date(struct import *import, struct record *record, int field,
    int column)
{
    const char *text = import_cell(import, column);
    char day[11];
    if (!import_has(import, column)) {
        return;
    }
    if (text[0] == '\0') {
        record_text(record, field, "");
    } else if (day_text_parse(text, day)) {
        record_text(record, field, arena_string(&import->row_arena, day));
    } else {
        import_bad(import, column, "not a day (YYYY-MM-DD): \"%s\"", text);
    }
}

void
import_time(struct import *import, struct record *record, int field,
    int column)
{
    const char *text = import_cell(import, column);
    char time[6];
    if (!import_has(import, column)) {
        return;
    }
    if (text[0] == '\0') {
        record_text(record, field, "");
    } else if (day_text_time(text, time)) {
        record_text(record, field, arena_string(&import->row_arena, time));
    } else {
        import_bad(import, column, "not a time of day (HH:MM): \"%s\"",
            text);
    }
}

void
import_degrees(struct import *import, struct record *record, int lat,
    int lon, int lat_column, int lon_column)
{
    const char *lat_text = import_cell(import, lat_column);
    const char *lon_text = import_cell(import, lon_column);
    int64_t lat_e6 = RECORD_NULL, lon_e6 = RECORD_NULL;
    if (!import_has(import, lat_column) || !import_has(import, lon_column)) {
        return;
    }
    if (lat_text[0] != '\0' &&
        !degree_parse(lat_text, DEGREE_LAT_MAX, &lat_e6)) {
        import_bad(import, lat_column, "not decimal degrees: \"%s\"",
            lat_text);
    }
    if (lon_text[0] != '\0' &&
        !degree_parse(lon_text, DEGREE_LON_MAX, &lon_e6)) {
        import_bad(import, lon_column, "not decimal degrees: \"%s\"",
            lon_text);
    }
    if ((lat_text[0] == '\0') != (lon_text[0] == '\0')) {
        import_bad(import, lat_text[0] == '\0' ? lat_column : lon_column,
            "is empty, but the other degree is not");
    }
    record_int(record, lat, lat_e6);
    record_int(record, lon, lon_e6);
}

void
import_term(struct import *import, struct record *record, int field,
    int column, const struct vocab *vocab)
{
    const char *text = import_cell(import, column);
    if (!import_has(import, column)) {
        return;
    }
    const char *id = text[0] != '\0' ? vocab_find(vocab, text) : "";
    if (id == NULL) {
        import_bad(import, column, "no such term: \"%s\"", text);
        return;
    }
    record_text(record, field, id);
}

void
import_region(struct import *import, struct record *record, int field,
    int column)
{
    const char *text = import_cell(import, column);
    if (!import_has(import, column)) {
        return;
    }
    const char *code =
        text[0] != '\0' ? region_find_name(&import->regions, text) : "";
    if (code == NULL) {
        import_bad(import, column, "no such region: \"%s\"", text);
        return;
    }
    record_text(record, field, code);
}

static int64_t
or_null(int64_t end)
{
    return end == RANGE_NONE ? RECORD_NULL : end;
}

void
import_ranges(struct record *record, const char *people,
    const char *duration, const char *cost)
{
    struct range_text range;
    if (people != NULL) {
        range_people(people, &range);
        record_text(record, ENTRY_PEOPLE_TEXT, people);
        record_int(record, ENTRY_PEOPLE_MIN, or_null(range.min));
        record_int(record, ENTRY_PEOPLE_MAX, or_null(range.max));
    }
    if (duration != NULL) {
        range_minutes(duration, &range);
        record_text(record, ENTRY_DURATION_TEXT, duration);
        record_int(record, ENTRY_MINUTES_MIN, or_null(range.min));
        record_int(record, ENTRY_MINUTES_MAX, or_null(range.max));
    }
    if (cost != NULL) {
        range_yen(cost, &range);
        record_text(record, ENTRY_COST_TEXT, cost);
        record_int(record, ENTRY_COST_MIN, or_null(range.min));
        record_int(record, ENTRY_COST_MAX, or_null(range.max));
        record_text(record, ENTRY_COST_UNIT, range.unit);
        record_int(record, ENTRY_COST_NEGOTIABLE, range.negotiable);
    }
}

static size_t
separator(const char *p)
{
    static const char *const marks[] = {";", "；", "、", "\n", "\r"};
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        size_t len = strlen(marks[i]);
        if (strncmp(p, marks[i], len) == 0) {
            return len;
        }
    }
    return 0;
}

const char *
import_item(struct arena *arena, const char **list)
{
    const char *p = *list;
    while (*p != '\0') {
        size_t skip = separator(p);
        skip = skip > 0 ? skip : scan_space(p);
        if (skip == 0) {
            break;
        }
        p += skip;
    }
    if (*p == '\0') {
        return NULL;
    }
    size_t len = 0, end = 0, skip;
    while (p[len] != '\0' && separator(p + len) == 0) {
        skip = scan_space(p + len);
        len += skip > 0 ? skip : 1;
        end = skip > 0 ? end : len;
    }
    *list = p + len;
    return arena_bytes(arena, p, end);
}

void
import_list(struct import *import, struct entry_list *list, int column,
    const struct vocab *vocab)
{
    if (!import_has(import, column)) {
        return;
    }
    const char *text = import_cell(import, column), *item;
    list->set = true;
    while ((item = import_item(&import->row_arena, &text)) != NULL) {
        const char *id = vocab != NULL ? vocab_find(vocab, item) : item;
        if (id == NULL) {
            import_bad(import, column, "no such term: \"%s\"", item);
        } else if (!entry_list_add(list, id, 0)) {
            import_bad(import, column, "more than %d items", ENTRY_LIST_MAX);
            return;
        }
    }
}
