/* degree.c: decimal degrees to integers (degree.h). */
#include "degree.h"

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool
degree_parse(const char *text, int limit, int64_t *e6)
{
    bool negative = *text == '-';
    text += *text == '-' || *text == '+';
    if (!is_digit(*text)) {
        return false;
    }
    int64_t value = 0;
    for (; is_digit(*text); text++) {
        value = value * 10 + (*text - '0');
        if (value > limit) {
            return false;
        }
    }
    bool point = *text == '.';
    text += point;
    if (point && !is_digit(*text)) {
        return false;
    }
    bool up = false;
    for (int i = 0; i < 6; i++) {
        value *= 10;
        if (is_digit(*text)) {
            value += *text++ - '0';
        }
    }
    up = is_digit(*text) && *text >= '5';
    while (is_digit(*text)) {
        text++;
    }
    value += up;
    if (*text != '\0' || value > limit * INT64_C(1000000)) {
        return false;
    }
    *e6 = negative ? -value : value;
    return true;
}
