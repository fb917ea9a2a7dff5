/* err.c: failures and the allocations that cannot go on. */
#include "err.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGE_BYTES = 1 << 20 };

size_t
err_utf8_cut(const char *s, size_t len, size_t max)
{
    if (len <= max) {
        return len;
    }
    while (max > 0 && ((unsigned char)s[max] & 0xC0) == 0x80) {
        max--;
    }
    return max;
}

bool
fail(struct err *err, enum err_kind kind, const char *format, ...)
{
    if (err == NULL || err->kind != ERR_NONE) {
        return false;
    }
    err->kind = kind;
    char text[2 * sizeof(err->text)];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    size_t len = n < 0 ? 0 : (size_t)n;
    if (len >= sizeof(text)) {
        len = sizeof(text) - 1;
    }
    text[len] = '\0';
    len = err_utf8_cut(text, len, sizeof(err->text) - 1);
    memcpy(err->text, text, len);
    err->text[len] = '\0';
    return false;
}

static void
out_of_memory(void)
{
    fputs("tsunagari: out of memory\n", stderr);
    exit(ERR_SYSTEM);
}

void *
xmalloc(size_t size)
{
    void *p = malloc(size > 0 ? size : 1);
    if (p == NULL) {
        out_of_memory();
    }
    return p;
}

void *
xcalloc(size_t count, size_t size)
{
    void *p = calloc(count > 0 ? count : 1, size > 0 ? size : 1);
    if (p == NULL) {
        out_of_memory();
    }
    return p;
}

void *
xrealloc(void *old, size_t count, size_t size)
{
    if (size > 0 && count > SIZE_MAX / size) {
        out_of_memory();
    }
    size_t bytes = count * size;
    void *p = realloc(old, bytes > 0 ? bytes : 1);
    if (p == NULL) {
        out_of_memory();
    }
    return p;
}

void
xmalloc_large_apart(void)
{
    mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
}
