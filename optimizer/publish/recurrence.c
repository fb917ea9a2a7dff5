/* recurrence.c: which weeks the words of an entry mean (recurrence.h). */
#include "recurrence.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/day.h"
#include "optimizer/base/err.h"
#include "optimizer/base/scan.h"
#include "schema/fold.h"

enum { EVERY_DAY = 127 };

static bool
eat_between(const char **p)
{
    static const char *const words[] = {"・", "、", ",", "ト", "&", "/"};
    return scan_eat_any(p, words, sizeof(words) / sizeof(words[0]));
}

/* 第1・第3, 第1、3 */
static bool
eat_weeks(const char **p, unsigned *weeks)
{
    if (!scan_eat(p, "第")) {
        return false;
    }
    for (;;) {
        if (**p < '1' || **p >= '1' + RECURRENCE_WEEKS) {
            return false;
        }
        *weeks |= 1U << (*(*p)++ - '1');
        if (!eat_between(p)) {
            return true;
        }
        scan_eat(p, "第");
    }
}

/* 木曜日, 土日, (土・日) */
static bool
eat_weekdays(const char **p, unsigned *weekdays)
{
    scan_eat(p, "(");
    for (;;) {
        int day = 0;
        while (day < 7 && !scan_eat(p, day_weekday_ja(day))) {
            day++;
        }
        if (day == 7) {
            return false;
        }
        *weekdays |= 1U << day;
        if (!scan_eat(p, "曜日")) {
            scan_eat(p, "曜");
        }
        if (**p == '\0' || strncmp(*p, "ノ", strlen("ノ")) == 0 ||
            scan_eat(p, ")")) {
            return true;
        }
        eat_between(p);
    }
}

/* Weeks of a month, and nothing else that could change them. */
static bool
read_weeks(const char *p, unsigned wanted, unsigned *weeks)
{
    static const char *const hours[] = {"午前", "午後", "朝", "昼", "夕方",
        "夜"};
    unsigned weekdays = 0;
    *weeks = 0;
    if (scan_eat(&p, "毎月")) {
        scan_eat(&p, "ノ");
    }
    if (!eat_weeks(&p, weeks) || !eat_weekdays(&p, &weekdays) ||
        weekdays != wanted) {
        return false;
    }
    if (scan_eat(&p, "ノ")) {
        scan_eat_any(&p, hours, sizeof(hours) / sizeof(hours[0]));
    }
    return *p == '\0';
}

/* 月1回, 月ニ2回, 年4回 */
static bool
so_many_times(const char *words, const char *unit)
{
    for (const char *p = words; (p = strstr(p, unit)) != NULL;) {
        p += strlen(unit);
        const char *q = p;
        scan_eat(&q, "ニ");
        const char *digits = q;
        q += strspn(q, "0123456789~");
        if (q > digits && scan_eat(&q, "回")) {
            return true;
        }
    }
    return false;
}

static bool
less_than_weekly(const char *words)
{
    static const char *const signs[] = {"第", "隔", "毎月", "偶数", "奇数",
        "不定", "最終", "月末", "ドコカ", "イズレカ", "ノウチ"};
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (strstr(words, signs[i]) != NULL) {
            return true;
        }
    }
    return so_many_times(words, "月") || so_many_times(words, "年");
}

/* A whole number of one or two digits up to max; in 0510:00 the hour's are
 * the last. */
static bool
eat_small(const char **p, int max)
{
    size_t digits = strspn(*p, "0123456789");
    if (digits > 2 && digits < 5 && (*p)[digits] == ':') {
        digits = digits == 4 ? 2 : 1;
    }
    int value = 0;
    for (size_t i = 0; i < digits && i < 2; i++) {
        value = 10 * value + ((*p)[i] - '0');
    }
    if (digits > 2 || value < 1 || value > max) {
        return false;
    }
    *p += digits;
    return true;
}

/* 2026ー12ー05, 2026年12月5日, 12月5日, 12/5; 土 in brackets behind it. */
static bool
eat_day(const char **p)
{
    const char *q = *p;
    bool year = strspn(q, "0123456789") == 4;
    q += year ? 4 : 0;
    if (year && !scan_eat(&q, "年") && !scan_eat(&q, "/") &&
        !scan_eat(&q, "ー")) {
        return false;
    }
    if (!eat_small(&q, 12) ||
        !(scan_eat(&q, "月") || scan_eat(&q, "/") ||
            (year && scan_eat(&q, "ー"))) ||
        !eat_small(&q, 31)) {
        return false;
    }
    scan_eat(&q, "日");
    *p = q;
    return true;
}

/* ・13日, 、19(土): a further day of the same month. */
static bool
eat_further(const char **p)
{
    const char *q = *p;
    if (!eat_between(&q) || !eat_small(&q, 31) ||
        !(scan_eat(&q, "日") || *q == '(' || *q == '\0' ||
            strncmp(q, "、", strlen("、")) == 0 ||
            strncmp(q, "・", strlen("・")) == 0)) {
        return false;
    }
    *p = q;
    return true;
}

static void
eat_bracket(const char **p)
{
    const char *close = **p == '(' ? strchr(*p, ')') : NULL;
    *p = close != NULL ? close + 1 : *p;
}

/* 12月5日~19日, 12/5カラ12/19: behind the first of them. */
static bool
eat_span(const char **p)
{
    static const char *const marks[] = {"~", "カラ", "ヨリ", "ー"};
    const char *q = *p;
    if (!scan_eat_any(&q, marks, sizeof(marks) / sizeof(marks[0])) ||
        !(eat_day(&q) || (eat_small(&q, 31) && scan_eat(&q, "日")))) {
        return false;
    }
    *p = q;
    return true;
}

/* Two days and more that are not the ends of a span. */
static bool
named_one_by_one(const char *words)
{
    int days = 0;
    for (const char *p = words; *p != '\0';) {
        if (!eat_day(&p)) {
            size_t digits = strspn(p, "0123456789");
            p += digits > 0 ? digits : 1;
            continue;
        }
        eat_bracket(&p);
        days += !eat_span(&p);
        while (eat_further(&p)) {
            eat_bracket(&p);
            days++;
        }
    }
    return days >= 2 && strstr(words, "毎週") == NULL;
}

/* Folded, without spaces; NULL when it does not fold.  The caller frees. */
static char *
plain(const char *words)
{
    size_t len = strlen(words), cap = len * 3 + FOLD_SLACK, n, bad;
    char *text = xmalloc(cap + 1);
    int32_t *work = xmalloc(cap * sizeof(*work));
    int rc = fold_text(words, len, text, cap, &n, work, cap, &bad);
    free(work);
    if (rc != 0) {
        free(text);
        return NULL;
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] != ' ') {
            text[kept++] = text[i];
        }
    }
    text[kept] = '\0';
    return text;
}

/* The weekdays from first to last; 0: a week and more, or not both stated. */
static unsigned
weekdays_between(const char *first, const char *last)
{
    int32_t from = day_parse(first, -1), to = day_parse(last, -1);
    unsigned weekdays = 0;
    if (from < 0 || to < from || to - from >= 7) {
        return 0;
    }
    for (int32_t day = from; day <= to; day++) {
        weekdays |= 1U << day_weekday(day);
    }
    return weekdays;
}

struct recurrence
recurrence_read(const char *words, unsigned weekdays, const char *first,
    const char *last)
{
    struct recurrence r = {RECURRENCE_WEEK, 0};
    if (weekdays == 0 || weekdays == EVERY_DAY) {
        return r; /* a day off does not make every day less often */
    }
    r.every = RECURRENCE_UNSTATED;
    unsigned weeks, between = weekdays_between(first, last);
    if (between != 0) {
        r.every = (between & ~weekdays) == 0 ? RECURRENCE_ONCE : r.every;
        return r;
    }
    char *text = plain(words);
    if (text != NULL && !less_than_weekly(text) && !named_one_by_one(text)) {
        r.every = RECURRENCE_WEEK;
    } else if (text != NULL && read_weeks(text, weekdays, &weeks)) {
        r = (struct recurrence){RECURRENCE_MONTH, weeks};
    }
    free(text);
    return r;
}
