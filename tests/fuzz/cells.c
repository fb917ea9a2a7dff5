/*
 * cells.c: what people write in cells: ranges, days, codes, decimals, names.
 *
 * Input     the text, up to its first NUL.
 * Rules     a range that is understood has an end, lies within RANGE_MAX and
 *           is not upside down; a day is a real one; keys are repeatable.
 */
#include "fuzz.h"

#include "optimizer/base/day.h"
#include "optimizer/base/table.h"
#include "optimizer/instance/instance_file.h"
#include "optimizer/intake/day_text.h"
#include "optimizer/intake/range_text.h"
#include "schema/region_code.h"

static void
try_range(bool (*parse)(const char *, struct range_text *), const char *text)
{
    struct range_text r = {RANGE_NONE, RANGE_NONE, NULL, false};
    if (!parse(text, &r)) {
        return;
    }
    fuzz_must(r.min != RANGE_NONE || r.max != RANGE_NONE);
    fuzz_must(r.min >= RANGE_NONE && r.min <= RANGE_MAX);
    fuzz_must(r.max >= RANGE_NONE && r.max <= RANGE_MAX);
    fuzz_must(r.min == RANGE_NONE || r.max == RANGE_NONE || r.min <= r.max);
}

static void
try_days(const char *text)
{
    char day[11] = "", hour[6] = "";
    int bits = 0;
    if (day_text_parse(text, day)) {
        fuzz_must(strlen(day) == 10 && day_valid(day));
    }
    if (day_text_time(text, hour)) {
        int32_t minute = minute_parse(hour, -1);
        fuzz_must(strlen(hour) == 5 && minute >= 0 && minute <= 24 * 60);
    }
    if (day_text_weekdays(text, &bits)) {
        fuzz_must(bits > 0 && bits < 128);
    }
    (void)day_valid(text);
    (void)day_parse(text, 0);
}

static void
try_code(const char *text)
{
    char code[REGION_CODE_SIZE], again[REGION_CODE_SIZE];
    if (region_code_normalise(text, strlen(text), code)) {
        fuzz_must(region_code_normalise(code, strlen(code), again));
        fuzz_must(strcmp(code, again) == 0);
    }
    int64_t value;
    if (instance_decimal(text, 5000000, &value)) {
        fuzz_must(value >= 0 && value <= 5000000);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *whole = fuzz_text(data, size);
    char *text = fuzz_text(data, strlen(whole)); /* ends at its NUL */
    free(whole);
    try_range(range_people, text);
    try_range(range_minutes, text);
    try_range(range_yen, text);
    try_days(text);
    try_code(text);
    struct arena arena = {0};
    char *key = table_name_key(&arena, text);
    fuzz_must(strcmp(key, table_name_key(&arena, text)) == 0);
    fuzz_must(key[0] == '\0' || table_same_name(text, text));
    arena_release(&arena);
    free(text);
    return 0;
}
