/* range_text.c: numbers with units and what joins them (range_text.h). */
#include "range_text.h"

#include <stddef.h>
#include <string.h>

enum { NUMBERS_MAX = 16, PER_MILLE = 1000, MINUTES_PER_HOUR = 60 };

struct number {
    int64_t milli;      /* 1.5 is 1500 */
    int unit;           /* index into the domain's units, -1 none */
    bool joined;        /* a ～ stands between this and the next */
    bool open;          /* a ～ follows, and no number behind it */
    bool after_tilde;   /* ～ stands before, and no number before it */
    const char *end;    /* behind number and unit */
    const char *begin;
};

/* Full-width ASCII, waves and dashes become plain ASCII, spaces vanish;
 * the result is never longer. */
static bool
plain(const char *text, char out[RANGE_TEXT_MAX + 1])
{
    static const struct {
        const char *from;
        char to;
    } map[] = {{"〜", '~'}, {"～", '~'}, {"−", '-'}, {"‐", '-'}, {"–", '-'},
        {"—", '-'}, {"―", '-'}, {"、", ';'}, {"￥", '\\'}, {"¥", '\\'},
        {"　", ' '}};
    size_t len = strlen(text), n = 0;
    if (len > RANGE_TEXT_MAX) {
        return false;
    }
    for (size_t i = 0; i < len;) {
        const unsigned char *p = (const unsigned char *)text + i;
        char c = 0;
        size_t used = 1;
        for (size_t m = 0; m < sizeof(map) / sizeof(map[0]); m++) {
            size_t size = strlen(map[m].from);
            if (strncmp(text + i, map[m].from, size) == 0) {
                c = map[m].to;
                used = size;
            }
        }
        if (c == 0 && p[0] == 0xEF && (p[1] == 0xBC || p[1] == 0xBD) &&
            p[2] != 0) { /* U+FF01 .. U+FF5E */
            int code = (p[1] & 0x03) * 64 + (p[2] & 0x3F) + 0x20;
            if (code > 0x20 && code < 0x7F) {
                c = (char)code;
                used = 3;
            }
        }
        c = c != 0 ? c : text[i];
        i += used;
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
            out[n++] = c;
        }
    }
    out[n] = '\0';
    return true;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
starts(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

static bool
has(const char *text, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (strstr(text, *words) != NULL) {
            return true;
        }
    }
    return false;
}

/* Digits, groups of three behind commas, three decimals, 万 or 千; NULL if
 * the number is too large or its commas are wrong. */
static const char *
scan_number(const char *p, int64_t *milli)
{
    int64_t value = 0, scale = PER_MILLE;
    while (is_digit(*p) || (*p == ',' && is_digit(p[1]) && is_digit(p[2]) &&
                               is_digit(p[3]) && !is_digit(p[4]))) {
        if (*p != ',') {
            value = value * 10 + (*p - '0');
        }
        if (value > RANGE_MAX) {
            return NULL;
        }
        p++;
    }
    if (*p == ',' && is_digit(p[1])) {
        return NULL; /* 1,00円: a slip, not nothing */
    }
    value *= PER_MILLE;
    if (*p == '.' && is_digit(p[1])) {
        for (p++; is_digit(*p); p++) {
            scale /= 10;
            value += (*p - '0') * scale;
        }
    }
    if (starts(p, "万")) {
        value *= 10000;
        p += strlen("万");
    } else if (starts(p, "千")) {
        value *= 1000;
        p += strlen("千");
    }
    *milli = value;
    return value / PER_MILLE > RANGE_MAX ? NULL : p;
}

static int
scan_unit(const char **p, const char *const *units)
{
    for (int i = 0; units[i] != NULL; i++) {
        if (starts(*p, units[i])) {
            *p += strlen(units[i]);
            return i;
        }
    }
    return -1;
}

/* Behind a number: what may stand before ～ without ending the range. */
static const char *
skip_about(const char *p)
{
    static const char *const about[] = {"程度", "くらい", "ぐらい", "前後",
        "頃", NULL};
    scan_unit(&p, about);
    return p;
}

/* Is [p, q) nothing but a ～, から, a dash (and 約)? */
static bool
joins(const char *p, const char *q)
{
    static const char *const marks[] = {"~", "から", "より", "-", "ー", NULL};
    p = skip_about(p);
    if (p >= q || scan_unit(&p, marks) < 0) {
        return false;
    }
    if (starts(p, "約")) {
        p += strlen("約");
    }
    return p == q;
}

/* All numbers of a text with their units; -1: too many or too large. */
static int
scan(const char *text, const char *const *units, struct number *numbers)
{
    int n = 0;
    for (const char *p = text; *p != '\0';) {
        if (!is_digit(*p)) {
            p++;
            continue;
        }
        if (n == NUMBERS_MAX) {
            return -1;
        }
        struct number *number = &numbers[n];
        memset(number, 0, sizeof(*number));
        number->begin = p;
        number->after_tilde = p > text && p[-1] == '~';
        p = scan_number(p, &number->milli);
        if (p == NULL) {
            return -1;
        }
        number->unit = scan_unit(&p, units);
        number->end = p;
        number->open = *skip_about(p) == '~' ||
                       starts(skip_about(p), "から") ||
                       starts(skip_about(p), "より");
        if (n > 0 && joins(numbers[n - 1].end, number->begin)) {
            numbers[n - 1].joined = true;
            numbers[n - 1].open = number->after_tilde = false;
        }
        n++;
    }
    for (int i = n - 2; i >= 0; i--) { /* 5～20名: both are 名 */
        if (numbers[i].joined && numbers[i].unit < 0) {
            numbers[i].unit = numbers[i + 1].unit;
        }
    }
    return n;
}

static bool
set_range(struct range_text *range, int64_t min, int64_t max)
{
    if (min != RANGE_NONE && max != RANGE_NONE && min > max) {
        return false;
    }
    range->min = min;
    range->max = max;
    return min != RANGE_NONE || max != RANGE_NONE;
}

/* One number: both ends, or one by the words around it. */
static bool
set_single(struct range_text *range, const char *text,
    const struct number *number, int64_t value)
{
    static const char *const upper[] = {"先着", "定員", "まで", "以内",
        "以下", "最大", "上限", NULL};
    static const char *const lower[] = {"以上", "最低", "最小", NULL};
    if (number->open || has(text, lower)) {
        return set_range(range, value, RANGE_NONE);
    }
    if (number->after_tilde || has(text, upper)) {
        return set_range(range, RANGE_NONE, value);
    }
    return set_range(range, value, value);
}

static bool
begin(const char *text, char buffer[RANGE_TEXT_MAX + 1],
    struct range_text *range)
{
    memset(range, 0, sizeof(*range));
    range->min = range->max = RANGE_NONE;
    if (!plain(text, buffer)) {
        return false;
    }
    range->negotiable = strstr(buffer, "相談") != NULL;
    return buffer[0] != '\0';
}

static bool
is_bare(const char *text, const struct number *number)
{
    return number->unit < 0 && number->begin == text && *number->end == '\0';
}

bool
range_people(const char *text, struct range_text *range)
{
    static const char *const units[] = {"名", "人", "にん", NULL};
    char buffer[RANGE_TEXT_MAX + 1];
    struct number all[NUMBERS_MAX], used[2];
    if (!begin(text, buffer, range)) {
        return false;
    }
    int n = scan(buffer, units, all), count = 0;
    for (int i = 0; i < n; i++) {
        bool bare = n == 1 ? is_bare(buffer, &all[i])
                           : n == 2 && all[0].joined && all[1].unit < 0 &&
                                 *all[1].end == '\0';
        if (all[i].milli % PER_MILLE != 0 || (all[i].unit < 0 && !bare)) {
            continue;
        }
        if (count == 2) {
            return false;
        }
        used[count++] = all[i];
    }
    if (count == 1) {
        return set_single(range, buffer, &used[0],
            used[0].milli / PER_MILLE);
    }
    return count == 2 && used[0].joined &&
           set_range(range, used[0].milli / PER_MILLE,
               used[1].milli / PER_MILLE);
}

/* Hours and the minutes behind them become one number of minutes. */
static int
merge_minutes(struct number *numbers, int n)
{
    int count = 0;
    for (int i = 0; i < n; i++) {
        struct number number = numbers[i];
        if (number.unit < 0) {
            continue;
        }
        if (number.unit == 0) {
            number.milli *= MINUTES_PER_HOUR;
            if (starts(number.end, "半")) {
                number.milli += 30 * PER_MILLE;
                number.end += strlen("半");
                number.open = *skip_about(number.end) == '~';
                number.joined =
                    i + 1 < n && joins(number.end, numbers[i + 1].begin);
            } else if (i + 1 < n && numbers[i + 1].unit == 1 &&
                       numbers[i + 1].begin == number.end) {
                number.milli += numbers[i + 1].milli;
                number.joined = numbers[i + 1].joined;
                number.open = numbers[i + 1].open;
                i++;
            }
        }
        numbers[count++] = number;
    }
    return count;
}

/* 10時～11時30分 tells when, not how long. */
static bool
has_clock(const char *text)
{
    for (const char *p = text; (p = strstr(p, "時")) != NULL; p++) {
        if (!starts(p, "時間")) {
            return true;
        }
    }
    return false;
}

bool
range_minutes(const char *text, struct range_text *range)
{
    static const char *const units[] = {"時間", "分", NULL};
    char buffer[RANGE_TEXT_MAX + 1];
    struct number numbers[NUMBERS_MAX];
    if (!begin(text, buffer, range) || has_clock(buffer)) {
        return false;
    }
    int n = scan(buffer, units, numbers);
    if (n == 1 && is_bare(buffer, &numbers[0])) {
        numbers[0].unit = 1; /* a bare number is minutes */
    }
    n = merge_minutes(numbers, n);
    for (int i = 0; i < n; i++) {
        if (numbers[i].milli / PER_MILLE > RANGE_MAX) {
            return false;
        }
    }
    if (n == 1) {
        return set_single(range, buffer, &numbers[0],
            numbers[0].milli / PER_MILLE);
    }
    return n == 2 && numbers[0].joined &&
           set_range(range, numbers[0].milli / PER_MILLE,
               numbers[1].milli / PER_MILLE);
}

static const char *
yen_unit(const char *text)
{
    static const char *const hour[] = {"/h", "/H", "/時", "1時間", "一時間",
        "時間あたり", "時間当たり", "時給", "毎時", NULL};
    static const char *const month[] = {"月額", "月会費", "/月", "1か月",
        "1ヶ月", "1カ月", "1ヵ月", "毎月", "月謝", NULL};
    static const char *const person[] = {"1人", "一人", "ひとり", "1名",
        "一名", "/人", "/名", "人あたり", "人につき", "名につき", "大人",
        "小人", NULL};
    static const char *const session[] = {"1回", "一回", "毎回", "/回",
        "回につき", "回あたり", NULL};
    static const char *const total[] = {"総額", "合計", "一式", NULL};
    if (has(text, hour)) {
        return "per_hour";
    }
    if (has(text, month)) {
        return "per_month";
    }
    if (has(text, person)) {
        return "per_person";
    }
    if (has(text, session)) {
        return "per_session";
    }
    return has(text, total) ? "total" : NULL;
}

static bool
is_free(const char *text)
{
    static const char *const free_words[] = {"無料", "無償", NULL};
    static const char *const whole[] = {"なし", "無し", "無", "不要",
        "ありません", "かかりません"};
    for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++) {
        if (strcmp(text, whole[i]) == 0) {
            return true;
        }
    }
    return has(text, free_words) && strstr(text, "無料では") == NULL;
}

bool
range_yen(const char *text, struct range_text *range)
{
    static const char *const units[] = {"円", "yen", "YEN", NULL};
    char buffer[RANGE_TEXT_MAX + 1];
    struct number numbers[NUMBERS_MAX];
    if (!begin(text, buffer, range)) {
        return false;
    }
    int n = scan(buffer, units, numbers);
    if (n < 0) {
        return false;
    }
    int64_t min = is_free(buffer) ? 0 : RANGE_NONE, max = min;
    bool open = false;
    for (int i = 0; i < n; i++) {
        bool sign = numbers[i].begin > buffer && numbers[i].begin[-1] == '\\';
        if (numbers[i].unit < 0 && !sign &&
            !(n == 1 && is_bare(buffer, &numbers[i]))) {
            continue;
        }
        int64_t yen = numbers[i].milli / PER_MILLE;
        bool upper = numbers[i].after_tilde;
        min = upper || (min != RANGE_NONE && min <= yen) ? min : yen;
        max = max == RANGE_NONE || max < yen ? yen : max;
        open = open || numbers[i].open;
    }
    range->unit = max > 0 ? yen_unit(buffer) : NULL;
    return set_range(range, min, open ? RANGE_NONE : max);
}
