/* range_scan.c: reads numbers, units and what joins them (range_scan.h). */
#include "range_scan.h"

#include <stddef.h>
#include <string.h>

/* Length of the full-width character U+FF01 .. U+FF5E at p, *c what it is in
 * ASCII; 0, *c untouched: something else. */
static size_t
wide_ascii(const char *p, char *c)
{
    const unsigned char *u = (const unsigned char *)p;
    if (u[0] != 0xEF || (u[1] != 0xBC && u[1] != 0xBD) || u[2] == 0) {
        return 0;
    }
    int code = (u[1] & 0x03) * 64 + (u[2] & 0x3F) + 0x20;
    if (code <= 0x20 || code >= 0x7F) {
        return 0;
    }
    *c = (char)code;
    return 3;
}

bool
range_scan_narrow(const char *text, char *out, size_t size)
{
    size_t len = strlen(text), n = 0;
    if (len >= size) {
        return false;
    }
    for (size_t i = 0; i < len; n++) {
        char c = text[i];
        size_t wide = wide_ascii(text + i, &c);
        out[n] = c;
        i += wide > 0 ? wide : 1;
    }
    out[n] = '\0';
    return n < len;
}

bool
range_scan_plain(const char *text, char out[RANGE_TEXT_MAX + 1])
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
        char c = 0;
        size_t used = 1;
        for (size_t m = 0; m < sizeof(map) / sizeof(map[0]); m++) {
            size_t size = strlen(map[m].from);
            if (strncmp(text + i, map[m].from, size) == 0) {
                c = map[m].to;
                used = size;
            }
        }
        size_t wide = c == 0 ? wide_ascii(text + i, &c) : 0;
        used = wide > 0 ? wide : used;
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

bool
range_scan_starts(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

bool
range_scan_has(const char *text, const char *const *words)
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
    int64_t value = 0, scale = RANGE_PER_MILLE;
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
    value *= RANGE_PER_MILLE;
    if (*p == '.' && is_digit(p[1])) {
        for (p++; is_digit(*p); p++) {
            scale /= 10;
            value += (*p - '0') * scale;
        }
    }
    if (range_scan_starts(p, "万")) {
        value *= 10000;
        p += strlen("万");
    } else if (range_scan_starts(p, "千")) {
        value *= 1000;
        p += strlen("千");
    }
    *milli = value;
    return value / RANGE_PER_MILLE > RANGE_MAX ? NULL : p;
}

int
range_scan_unit(const char **p, const char *const *units)
{
    for (int i = 0; units[i] != NULL; i++) {
        if (range_scan_starts(*p, units[i])) {
            *p += strlen(units[i]);
            return i;
        }
    }
    return -1;
}

const char *
range_scan_about(const char *p)
{
    static const char *const about[] = {"程度", "くらい", "ぐらい", "前後",
        "頃", NULL};
    range_scan_unit(&p, about);
    return p;
}

bool
range_scan_joins(const char *p, const char *q)
{
    static const char *const marks[] = {"~", "から", "より", "-", "ー", NULL};
    p = range_scan_about(p);
    if (p >= q || range_scan_unit(&p, marks) < 0) {
        return false;
    }
    if (range_scan_starts(p, "約")) {
        p += strlen("約");
    }
    return p == q;
}

int
range_scan(const char *text, const char *const *units,
    struct range_number *numbers)
{
    int n = 0;
    for (const char *p = text; *p != '\0';) {
        if (!is_digit(*p)) {
            p++;
            continue;
        }
        if (n == RANGE_NUMBERS_MAX) {
            return -1;
        }
        struct range_number *number = &numbers[n];
        memset(number, 0, sizeof(*number));
        number->begin = p;
        number->after_tilde = p > text && p[-1] == '~';
        p = scan_number(p, &number->milli);
        if (p == NULL) {
            return -1;
        }
        number->unit = range_scan_unit(&p, units);
        number->end = p;
        number->open = *range_scan_about(p) == '~' ||
                       range_scan_starts(range_scan_about(p), "から") ||
                       range_scan_starts(range_scan_about(p), "より");
        if (n > 0 && range_scan_joins(numbers[n - 1].end, number->begin)) {
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
