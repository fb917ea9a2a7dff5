/* region_code.c: JIS X 0401/0402 codes (region_code.h). */
#include "region_code.h"

#include <string.h>

static int
all_digits(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return 0;
        }
    }
    return 1;
}

char
region_code_check_digit(const char five[5])
{
    int sum = 0;
    for (int i = 0; i < 5; i++) {
        sum += (five[i] - '0') * (6 - i);
    }
    return (char)('0' + (11 - sum % 11) % 10);
}

/* Prefecture 01 to 47 in front: 00 and 48 to 99 are no prefectures. */
static int
is_municipal(const char *text, size_t len)
{
    if ((len != 5 && len != 6) || !all_digits(text, len)) {
        return 0;
    }
    int prefecture = (text[0] - '0') * 10 + (text[1] - '0');
    if (prefecture < 1 || prefecture > 47) {
        return 0;
    }
    return len == 5 || text[5] == region_code_check_digit(text);
}

/* A14-01: the letter A, two digits of the prefecture, a number. */
static int
is_area(const char *text, size_t len)
{
    return len == 6 && text[0] == 'A' && text[3] == '-' &&
           all_digits(text + 1, 2) && all_digits(text + 4, 2);
}

int
region_code_normalise(const char *text, size_t len,
    char out[REGION_CODE_SIZE])
{
    int municipal = is_municipal(text, len);
    if (!municipal && !is_area(text, len)) {
        return 0;
    }
    char code[REGION_CODE_SIZE];
    memcpy(code, text, len);
    if (municipal && len == 5) {
        code[5] = region_code_check_digit(text);
    }
    code[6] = '\0';
    memcpy(out, code, 7);
    return 1;
}
