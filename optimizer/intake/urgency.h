/*
 * urgency.h: how urgent a need is, in words and as a number.
 *
 * Meaning   0 .. 3, as entries.urgency has it; people write the word or the
 *           number, in any width.
 */
#ifndef TSUNAGARI_URGENCY_H
#define TSUNAGARI_URGENCY_H

#include <string.h>

#define URGENCY_0 "急がない"
#define URGENCY_1 "ふつう"
#define URGENCY_2 "急ぐ"
#define URGENCY_3 "とても急ぐ"

/* -1: it is none. */
static inline int
urgency_find(const char *text)
{
    static const char *const known[4][3] = {{URGENCY_0, "0", "０"},
        {URGENCY_1, "1", "１"}, {URGENCY_2, "2", "２"},
        {URGENCY_3, "3", "３"}};
    for (int i = 0; i < 4; i++) {
        for (int k = 0; k < 3; k++) {
            if (strcmp(text, known[i][k]) == 0) {
                return i;
            }
        }
    }
    return -1;
}

#endif
