/*
 * option.h: every tunable of the matching, in one table.
 *
 * Meaning   name, default, range, unit and what it means in plain Japanese,
 *           English and やさしい日本語; option_list.h is the table itself.
 *           A tunable with an easy text stands on the public page
 *           「並び順の決め方」; one without is for staff only.
 * Units     all values are integers; scores are milli-points (1 点 = 1000)
 *           of a fully covered demand line unless the text says otherwise.
 * Failure   option_find() returns OPTION_COUNT for a name that is none;
 *           option_check() fails with the name and the range.
 * Lifetime  static.
 */
#ifndef TSUNAGARI_OPTION_H
#define TSUNAGARI_OPTION_H

#include <stdint.h>

#include "err.h"

#define OPTION(id, name, def, min, max, unit, ja, en, easy) OPTION_##id,
enum option_id {
#include "option_list.h"
    OPTION_COUNT
};
#undef OPTION

enum option_unit {
    UNIT_POINTS,  /* milli-points */
    UNIT_PPM,     /* millionths of the whole; shown in percent */
    UNIT_PERCENT,
    UNIT_KM,
    UNIT_DAYS,
    UNIT_YEN,     /* -1: no limit */
    UNIT_COUNT,
    UNIT_SECONDS,
    UNIT_SWITCH   /* 1: on, 0: off */
};

enum option_lang { LANG_JA, LANG_EASY, LANG_EN, LANG_COUNT };

struct option_row {
    const char *name;
    int64_t def, min, max;
    enum option_unit unit;
    const char *ja, *en;
    const char *easy; /* NULL: staff only */
};

int option_count(void);
const struct option_row *option_at(int id); /* 0 .. option_count() - 1 */
int option_find(const char *name);
bool option_check(int id, int64_t value, struct err *err);

enum { OPTION_VALUE_SIZE = 48 };
/* The value with its unit as one reads it: "150 点", "30 km", "30 %". */
void option_format(int id, int64_t value, enum option_lang lang,
    char out[OPTION_VALUE_SIZE]);
/* Milli-points as points: "-2.5", "150". */
void option_points(int64_t milli_points, char out[OPTION_VALUE_SIZE]);

#endif
