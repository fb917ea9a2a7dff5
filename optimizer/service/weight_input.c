/* weight_input.c: tunables in people's units (weight_input.h). */
#include "weight_input.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/option.h"
#include "schema/fold.h"

static const struct {
    const char *label;
    int decimals;
} units[] = {
    [UNIT_POINTS] = {"点", 3},
    [UNIT_PPM] = {"%", 4},
    [UNIT_PERCENT] = {"%", 0},
    [UNIT_KM] = {"km", 0},
    [UNIT_DAYS] = {"日", 0},
    [UNIT_YEN] = {"円", 0},
    [UNIT_COUNT] = {"", 0},
    [UNIT_SECONDS] = {"秒", 0},
    [UNIT_SWITCH] = {"（1: 使う、0: 使わない）", 0},
};

const char *
weight_input_unit(int option)
{
    return units[option_at(option)->unit].label;
}

const char *
weight_input_text(struct arena *arena, int option, int64_t value)
{
    int decimals = units[option_at(option)->unit].decimals;
    int64_t scale = 1;
    for (int i = 0; i < decimals; i++) {
        scale *= 10;
    }
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char *text = arena_format(arena, "%s%" PRIu64, value < 0 ? "-" : "",
        size / (uint64_t)scale);
    if (size % (uint64_t)scale == 0) {
        return text;
    }
    text = arena_format(arena, "%s.%0*" PRIu64, text, decimals,
        size % (uint64_t)scale);
    size_t len = strlen(text);
    while (text[len - 1] == '0') {
        text[--len] = '\0';
    }
    return text;
}

/* Digits, at most so many behind a point, nothing else; false: not so. */
static bool
read_number(const char *text, int decimals, int64_t *value)
{
    static const char minus[] = "\xE3\x83\xBC"; /* fold.h's one dash */
    bool negative = strncmp(text, minus, 3) == 0, point = false, any = false;
    int64_t number = 0;
    for (const char *c = text + (negative ? 3 : 0); *c != '\0'; c++) {
        if (*c == ',') {
            continue;
        }
        if (*c == '.' && !point && decimals > 0) {
            point = true;
            continue;
        }
        if (*c < '0' || *c > '9' || (point && decimals == 0) ||
            number > INT64_MAX / 10 - 1) {
            return false;
        }
        number = number * 10 + (*c - '0');
        decimals -= point;
        any = true;
    }
    for (; decimals > 0; decimals--) {
        if (number > INT64_MAX / 10) {
            return false;
        }
        number *= 10;
    }
    *value = negative ? -number : number;
    return any;
}

const char *
weight_input_read(struct arena *arena, int option, const char *text,
    int64_t *value)
{
    const struct option_row *row = option_at(option);
    char folded[64 * FOLD_GROWTH + FOLD_SLACK];
    int32_t work[256];
    size_t len = strlen(text), n, bad;
    if (len > 64 || fold_text(text, len, folded, sizeof(folded) - 1, &n,
                        work, sizeof(work) / sizeof(work[0]), &bad) != 0) {
        return "数字で書いてください。";
    }
    folded[n] = '\0';
    if (!read_number(folded, units[row->unit].decimals, value)) {
        return units[row->unit].decimals > 0
                   ? arena_format(arena,
                         "数字で書いてください（小数は%d桁まで）。",
                         units[row->unit].decimals)
                   : "小数のない数字で書いてください。";
    }
    if (*value < row->min || *value > row->max) {
        return arena_format(arena, "%s から %s までの数にしてください。",
            weight_input_text(arena, option, row->min),
            weight_input_text(arena, option, row->max));
    }
    return NULL;
}
