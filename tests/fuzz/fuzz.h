/*
 * fuzz.h: one input of a fuzz target, for libFuzzer and for replay.c.
 *
 * Meaning   each of the targets (tests/fuzz/NAME.c, corpus/NAME/) defines
 *           LLVMFuzzerTestOneInput(): it may refuse any bytes, but not read
 *           wildly, loop, or break a rule of the header it tries.
 * Failure   fuzz_must() ends the process and says which rule was broken.
 */
#ifndef TSUNAGARI_FUZZ_H
#define TSUNAGARI_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((visibility("default"))) int LLVMFuzzerTestOneInput(
    const uint8_t *data, size_t size);

#define fuzz_must(rule)                                                       \
    do {                                                                      \
        if (!(rule)) {                                                        \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__,        \
                #rule);                                                       \
            abort();                                                          \
        }                                                                     \
    } while (0)

/* A copy that ends where the text ends, with a NUL; the caller frees it. */
static inline char *
fuzz_text(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    fuzz_must(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    return text;
}

/* The first byte of what is left, taken off; 0 when nothing is. */
static inline uint8_t
fuzz_byte(const uint8_t **data, size_t *size)
{
    if (*size == 0) {
        return 0;
    }
    (*size)--;
    return *(*data)++;
}

#endif
