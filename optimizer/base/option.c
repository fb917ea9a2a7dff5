/* option.c: the table of tunables; weights, score, match and the page
 * 「並び順の決め方」 read it. */
#include "option.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define OPTION(id, name, def, min, max, unit, ja, en, easy)                   \
    {name, def, min, max, unit, ja, en, easy},
static const struct option_row rows[] = {
#include "option_list.h"
};
#undef OPTION

_Static_assert(sizeof(rows) / sizeof(rows[0]) == OPTION_COUNT, "one row each");

int
option_count(void)
{
    return OPTION_COUNT;
}

const struct option_row *
option_at(int id)
{
    assert(id >= 0 && id < OPTION_COUNT);
    return &rows[id];
}

int
option_find(const char *name)
{
    int id = 0;
    while (id < OPTION_COUNT && strcmp(rows[id].name, name) != 0) {
        id++;
    }
    return id;
}

bool
option_check(int id, int64_t value, struct err *err)
{
    const struct option_row *row = option_at(id);
    if (value < row->min || value > row->max) {
        return fail(err, ERR_INPUT,
            "weight: not from %" PRId64 " to %" PRId64 ": \"%s=%" PRId64 "\"",
            row->min, row->max, row->name, value);
    }
    return true;
}

/* value / scale in decimals, without zeros at the end; scale: 10^digits. */
static void
format_decimal(int64_t value, int digits, char out[OPTION_VALUE_SIZE])
{
    char text[OPTION_VALUE_SIZE];
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    int at = (int)sizeof(text) - 1;
    text[at] = '\0';
    for (int i = 0; i < digits; i++, left /= 10) {
        char digit = (char)('0' + (int)(left % 10));
        if (digit != '0' || text[at] != '\0') {
            text[--at] = digit;
        }
    }
    if (text[at] != '\0') {
        text[--at] = '.';
    }
    do {
        text[--at] = (char)('0' + (int)(left % 10));
        left /= 10;
    } while (left > 0);
    if (value < 0) {
        text[--at] = '-';
    }
    memcpy(out, text + at, sizeof(text) - (size_t)at);
}

void
option_points(int64_t milli_points, char out[OPTION_VALUE_SIZE])
{
    format_decimal(milli_points, 3, out);
}

void
option_format(int id, int64_t value, enum option_lang lang,
    char out[OPTION_VALUE_SIZE])
{
    static const struct {
        int digits;
        const char *label[LANG_COUNT];
    } units[] = {
        [UNIT_POINTS] = {3, {"点", "点", "points"}},
        [UNIT_PPM] = {4, {"%", "%", "%"}},
        [UNIT_PERCENT] = {0, {"%", "%", "%"}},
        [UNIT_KM] = {0, {"km", "km", "km"}},
        [UNIT_DAYS] = {0, {"日", "日", "days"}},
        [UNIT_YEN] = {0, {"円", "円", "yen"}},
        [UNIT_COUNT] = {0, {"", "", ""}},
        [UNIT_SECONDS] = {0, {"秒", "秒", "s"}},
    };
    static const char *const no_limit[] = {"上限なし", "きまりは ない",
        "no limit"};
    static const char *const switches[2][LANG_COUNT] = {
        {"使わない", "つかわない", "off"}, {"使う", "つかう", "on"}};
    enum option_unit unit = option_at(id)->unit;
    if (unit == UNIT_SWITCH) {
        snprintf(out, OPTION_VALUE_SIZE, "%s", switches[value != 0][lang]);
        return;
    }
    if (unit == UNIT_YEN && value < 0) {
        snprintf(out, OPTION_VALUE_SIZE, "%s", no_limit[lang]);
        return;
    }
    char number[OPTION_VALUE_SIZE];
    format_decimal(value, units[unit].digits, number);
    const char *label = units[unit].label[lang];
    snprintf(out, OPTION_VALUE_SIZE, "%.24s%s%s", number,
        label[0] != '\0' ? " " : "", label);
}
