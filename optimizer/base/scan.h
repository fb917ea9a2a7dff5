/*
 * scan.h: a text read from its beginning, word by word.
 *
 * Failure   none.
 * Lifetime  *p points into the text scanned.
 */
#ifndef TSUNAGARI_SCAN_H
#define TSUNAGARI_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Does *p begin with the word?  Then it is moved behind it. */
static inline bool
scan_eat(const char **p, const char *word)
{
    size_t len = strlen(word);
    if (strncmp(*p, word, len) != 0) {
        return false;
    }
    *p += len;
    return true;
}

/* The same for the first of n words that *p begins with. */
static inline bool
scan_eat_any(const char **p, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (scan_eat(p, words[i])) {
            return true;
        }
    }
    return false;
}

/* Length of the space, also a full-width one, or tab that p begins with. */
static inline size_t
scan_space(const char *p)
{
    const char *end = p;
    return *p == ' ' || *p == '\t' ? 1
        : scan_eat(&end, "　")     ? (size_t)(end - p)
                                   : 0;
}

#endif
