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

struct recurrence
recurrence_read(const char *words, unsigned weekdays)
{
    struct recurrence r = {RECURRENCE_WEEK, 0};
    if (weekdays == 0 || weekdays == EVERY_DAY) {
        return r; /* a day off does not make every day less often */
    }
    r.every = RECURRENCE_UNSTATED;
    unsigned weeks;
    char *text = plain(words);
    if (text != NULL && !less_than_weekly(text)) {
        r.every = RECURRENCE_WEEK;
    } else if (text != NULL && read_weeks(text, weekdays, &weeks)) {
        r = (struct recurrence){RECURRENCE_MONTH, weeks};
    }
    free(text);
    return r;
}
