/* range_text.c: people, minutes and yen from a text's numbers
 * (range_text.h). */
#include "range_text.h"

#include <stddef.h>
#include <string.h>

#include "range_scan.h"

enum { MINUTES_PER_HOUR = 60 };

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
    const struct range_number *number, int64_t value)
{
    static const char *const upper[] = {"先着", "定員", "まで", "以内",
        "以下", "最大", "上限", NULL};
    static const char *const lower[] = {"以上", "最低", "最小", NULL};
    if (number->open || range_scan_has(text, lower)) {
        return set_range(range, value, RANGE_NONE);
    }
    if (number->after_tilde || range_scan_has(text, upper)) {
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
    if (!range_scan_plain(text, buffer)) {
        return false;
    }
    range->negotiable = strstr(buffer, "相談") != NULL;
    return buffer[0] != '\0';
}

static bool
is_bare(const char *text, const struct range_number *number)
{
    return number->unit < 0 && number->begin == text && *number->end == '\0';
}

bool
range_people(const char *text, struct range_text *range)
{
    static const char *const units[] = {"名", "人", "にん", NULL};
    char buffer[RANGE_TEXT_MAX + 1];
    struct range_number all[RANGE_NUMBERS_MAX], used[2];
    if (!begin(text, buffer, range)) {
        return false;
    }
    int n = range_scan(buffer, units, all), count = 0;
    for (int i = 0; i < n; i++) {
        bool bare = n == 1 ? is_bare(buffer, &all[i])
                           : n == 2 && all[0].joined && all[1].unit < 0 &&
                                 *all[1].end == '\0';
        if (all[i].milli % RANGE_PER_MILLE != 0 || (all[i].unit < 0 && !bare)) {
            continue;
        }
        if (count == 2) {
            return false;
        }
        used[count++] = all[i];
    }
    if (count == 1) {
        return set_single(range, buffer, &used[0],
            used[0].milli / RANGE_PER_MILLE);
    }
    return count == 2 && used[0].joined &&
           set_range(range, used[0].milli / RANGE_PER_MILLE,
               used[1].milli / RANGE_PER_MILLE);
}

/* Hours and the minutes behind them become one number of minutes. */
static int
merge_minutes(struct range_number *numbers, int n)
{
    int count = 0;
    for (int i = 0; i < n; i++) {
        struct range_number number = numbers[i];
        if (number.unit < 0) {
            continue;
        }
        if (number.unit == 0) {
            number.milli *= MINUTES_PER_HOUR;
            if (range_scan_starts(number.end, "半")) {
                number.milli += 30 * RANGE_PER_MILLE;
                number.end += strlen("半");
                number.open = *range_scan_about(number.end) == '~';
                number.joined =
                    i + 1 < n &&
                    range_scan_joins(number.end, numbers[i + 1].begin);
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
        if (!range_scan_starts(p, "時間")) {
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
    struct range_number numbers[RANGE_NUMBERS_MAX];
    if (!begin(text, buffer, range) || has_clock(buffer)) {
        return false;
    }
    int n = range_scan(buffer, units, numbers);
    if (n == 1 && is_bare(buffer, &numbers[0])) {
        numbers[0].unit = 1; /* a bare number is minutes */
    }
    n = merge_minutes(numbers, n);
    for (int i = 0; i < n; i++) {
        if (numbers[i].milli / RANGE_PER_MILLE > RANGE_MAX) {
            return false;
        }
    }
    if (n == 1) {
        return set_single(range, buffer, &numbers[0],
            numbers[0].milli / RANGE_PER_MILLE);
    }
    return n == 2 && numbers[0].joined &&
           set_range(range, numbers[0].milli / RANGE_PER_MILLE,
               numbers[1].milli / RANGE_PER_MILLE);
}

/* Does the text count one of what the word says?  全11回 is not 1回, 10名につき
 * not 名につき, 大人数 no 大人. */
static bool
says_unit(const char *text, const char *const *words)
{
    for (; *words != NULL; words++) {
        size_t len = strlen(*words);
        for (const char *p = text; (p = strstr(p, *words)) != NULL; p++) {
            bool counted = **words != '/' && p > text && p[-1] >= '0' &&
                           p[-1] <= '9';
            if (!counted && !range_scan_starts(p + len, "数")) {
                return true;
            }
        }
    }
    return false;
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
    if (says_unit(text, hour)) {
        return "per_hour";
    }
    if (says_unit(text, month)) {
        return "per_month";
    }
    if (says_unit(text, person)) {
        return "per_person";
    }
    if (says_unit(text, session)) {
        return "per_session";
    }
    return says_unit(text, total) ? "total" : NULL;
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
    return range_scan_has(text, free_words) && strstr(text, "無料では") == NULL;
}

bool
range_yen(const char *text, struct range_text *range)
{
    static const char *const units[] = {"円", "yen", "YEN", NULL};
    char buffer[RANGE_TEXT_MAX + 1];
    struct range_number numbers[RANGE_NUMBERS_MAX];
    if (!begin(text, buffer, range)) {
        return false;
    }
    int n = range_scan(buffer, units, numbers);
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
        int64_t yen = numbers[i].milli / RANGE_PER_MILLE;
        bool upper = numbers[i].after_tilde;
        min = upper || (min != RANGE_NONE && min <= yen) ? min : yen;
        max = max == RANGE_NONE || max < yen ? yen : max;
        open = open || numbers[i].open;
    }
    range->unit = max > 0 ? yen_unit(buffer) : NULL;
    return set_range(range, min, open ? RANGE_NONE : max);
}
