/* day_text.c: dates and times as text (day_text.h). */
#include "day_text.h"

#include <stdio.h>
#include <string.h>

#include "optimizer/base/day.h"
#include "optimizer/base/scan.h"

enum { PLAIN_MAX = 64, ERA_SHOWA = 1925, ERA_HEISEI = 1988,
    ERA_REIWA = 2018 };

/* Full-width digits and marks become ASCII, spaces vanish. */
static bool
plain(const char *text, char out[PLAIN_MAX])
{
    size_t n = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p != 0;) {
        char c = (char)*p;
        size_t used = 1;
        if (p[0] == 0xEF && p[1] == 0xBC && p[2] >= 0x81 && p[2] <= 0xBF) {
            c = (char)(p[2] - 0x80 + 0x20);
            used = 3;
        } else if (p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80) {
            c = ' ';
            used = 3;
        }
        p += used;
        if (c == ' ') {
            continue;
        }
        if (n + 1 >= PLAIN_MAX) {
            return false;
        }
        out[n++] = c;
    }
    out[n] = '\0';
    return n > 0;
}

static bool
eat_number(const char **p, int digits_max, int *value)
{
    int digits = 0;
    *value = 0;
    while (**p >= '0' && **p <= '9' && digits < digits_max) {
        *value = *value * 10 + (*(*p)++ - '0');
        digits++;
    }
    return digits > 0 && !(**p >= '0' && **p <= '9');
}

static bool
eat_year(const char **p, int *year)
{
    static const struct {
        const char *name;
        int before;
    } eras[] = {{"令和", ERA_REIWA}, {"R", ERA_REIWA}, {"平成", ERA_HEISEI},
        {"H", ERA_HEISEI}, {"昭和", ERA_SHOWA}, {"S", ERA_SHOWA}};
    for (size_t i = 0; i < sizeof(eras) / sizeof(eras[0]); i++) {
        if (scan_eat(p, eras[i].name)) {
            if (scan_eat(p, "元")) {
                *year = 1;
            } else if (!eat_number(p, 2, year)) {
                return false;
            }
            *year += eras[i].before;
            return true;
        }
    }
    return eat_number(p, 4, year) && *year >= 1000;
}

static bool
eat_separator(const char **p, const char *kanji)
{
    return scan_eat(p, kanji) || scan_eat(p, "-") || scan_eat(p, "/") ||
        scan_eat(p, ".");
}

/* Nothing, or a weekday in brackets. */
static bool
only_weekday(const char *p)
{
    static const char *const days[] = {"月", "火", "水", "木", "金", "土",
        "日", "祝"};
    if (!scan_eat(&p, "(")) {
        return *p == '\0';
    }
    while (*p != '\0' && *p != ')') {
        size_t i = 0;
        while (i < 8 && !scan_eat(&p, days[i])) {
            i++;
        }
        if (i == 8 && !scan_eat(&p, "曜日") && !scan_eat(&p, "曜") &&
            !scan_eat(&p, "・")) {
            return false;
        }
        scan_eat(&p, "曜日");
    }
    return strcmp(p, ")") == 0;
}

bool
day_text_parse(const char *text, char out[11])
{
    char buffer[PLAIN_MAX], day[48];
    int year, month, date;
    if (!plain(text, buffer)) {
        return false;
    }
    const char *p = buffer;
    if (!eat_year(&p, &year) || !eat_separator(&p, "年") ||
        !eat_number(&p, 2, &month) || !eat_separator(&p, "月") ||
        !eat_number(&p, 2, &date)) {
        return false;
    }
    scan_eat(&p, "日");
    snprintf(day, sizeof(day), "%04d-%02d-%02d", year, month, date);
    if (!only_weekday(p) || !day_valid(day)) {
        return false;
    }
    memcpy(out, day, 11);
    return true;
}

bool
day_text_time(const char *text, char out[6])
{
    char buffer[PLAIN_MAX];
    int hour, minute = 0, second = 0;
    if (!plain(text, buffer)) {
        return false;
    }
    const char *p = buffer;
    bool afternoon = scan_eat(&p, "午後") || scan_eat(&p, "PM");
    bool noon = !afternoon && (scan_eat(&p, "午前") || scan_eat(&p, "AM") ||
                                  scan_eat(&p, "正午"));
    if (noon && *p == '\0' && strcmp(buffer, "正午") == 0) {
        memcpy(out, "12:00", 6);
        return true;
    }
    if (!eat_number(&p, 2, &hour)) {
        return false;
    }
    if (scan_eat(&p, "時")) {
        if (scan_eat(&p, "半")) {
            minute = 30;
        } else if (*p != '\0' &&
                   !(eat_number(&p, 2, &minute) && scan_eat(&p, "分"))) {
            return false;
        }
    } else if (!scan_eat(&p, ":") || !eat_number(&p, 2, &minute) ||
               (scan_eat(&p, ":") && !eat_number(&p, 2, &second))) {
        return false;
    }
    if (*p != '\0' || ((afternoon || noon) && hour > 12)) {
        return false;
    }
    hour += afternoon && hour < 12 ? 12 : 0;
    if (minute > 59 || second > 59 || hour > 24 ||
        (hour == 24 && minute > 0)) {
        return false;
    }
    char time[16];
    snprintf(time, sizeof(time), "%02d:%02d", hour, minute);
    memcpy(out, time, 6);
    return true;
}

bool
day_text_weekdays(const char *text, int *bits)
{
    static const char *const names[] = {"月", "火", "水", "木", "金", "土",
        "日"};
    static const struct {
        const char *word;
        int bits;
    } words[] = {{"平日", 0x1F}, {"土日", 0x60}, {"週末", 0x60},
        {"毎日", 0x7F}};
    static const char *const spans[] = {"~", "〜", "～", "-", "から"};
    static const char *const marks[] = {"・", "･", ",", "、", "､", ";", "/",
        "曜日", "曜"};
    char buffer[PLAIN_MAX];
    int all = 0, last = -1;
    bool span = false;
    if (!plain(text, buffer)) {
        return false;
    }
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(buffer, words[i].word) == 0) {
            *bits = words[i].bits;
            return true;
        }
    }
    for (const char *p = buffer; *p != '\0';) {
        int day = 0;
        if (scan_eat(&p, "祝日") || scan_eat(&p, "祝")) {
            continue; /* no day of the week */
        }
        while (day < 7 && !scan_eat(&p, names[day])) {
            day++;
        }
        if (day == 7) {
            if (scan_eat_any(&p, spans, sizeof(spans) / sizeof(spans[0]))) {
                span = last >= 0;
            } else if (!scan_eat_any(&p, marks,
                           sizeof(marks) / sizeof(marks[0]))) {
                return false;
            }
            continue;
        }
        for (int d = span ? last : day; d != day; d = (d + 1) % 7) {
            all |= 1 << d; /* 金～月 goes by way of Sunday */
        }
        all |= 1 << day;
        scan_eat(&p, "曜日");
        last = day;
        span = false;
    }
    *bits = all;
    return all != 0;
}
