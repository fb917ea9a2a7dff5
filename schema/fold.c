/* fold.c: folds text for comparison, by libutf8proc. */
#include "fold.h"

#include <utf8proc.h>

#include "kanji.h"

enum { LONG_MARK = 0x30FC, DAKUTEN = 0x3099, HANDAKUTEN = 0x309A };

/* Bytes of the character at p, 0 if it is not one (RFC 3629, 4). */
static size_t
utf8_length(const unsigned char *p, size_t len)
{
    if (p[0] < 0x80) {
        return 1;
    }
    size_t n = p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (n == 0 || p[0] > 0xF4 || len < n) {
        return 0;
    }
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    int bad = (p[0] == 0xE0 && p[1] < 0xA0) ||  /* overlong */
              (p[0] == 0xED && p[1] >= 0xA0) || /* surrogate */
              (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] >= 0x90);
    return bad ? 0 : n;
}

size_t
fold_utf8_valid(const char *text, size_t len)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t at = 0;
    while (at < len) {
        size_t n = utf8_length(p + at, len - at);
        if (n == 0) {
            break;
        }
        at += n;
    }
    return at;
}

uint32_t
fold_next(const char **p, const char *end)
{
    static const unsigned char masks[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    const unsigned char *s = (const unsigned char *)*p;
    size_t n = s[0] < 0x80 ? 1 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
    if (n > (size_t)(end - *p)) {
        *p = end; /* not valid UTF-8 after all */
        return 0xFFFD;
    }
    uint32_t c = s[0] & masks[n];
    for (size_t i = 1; i < n; i++) {
        c = c << 6 | (s[i] & 0x3Fu);
    }
    *p += n;
    return c;
}

static int
is_space(int32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 ||
           c == 0x2029 || utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

/* What stands alone but is meant for the character before it. */
static int32_t
before_decomposition(int32_t c)
{
    return c == 0x309B ? DAKUTEN : c == 0x309C ? HANDAKUTEN : c;
}

/* One code point of the decomposed text to the one that stands for it. */
static int32_t
unify(int32_t c)
{
    if ((c >= 0x3041 && c <= 0x3096) || c == 0x309D || c == 0x309E) {
        return c + 0x60; /* hiragana to katakana */
    }
    switch (c) {
    case 0x002D: /* hyphen-minus; full-width and small ones are this now */
    case 0x02D7:
    case 0x058A:
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2043:
    case 0x2212:
    case 0x2500:
    case 0x2501:
    case 0x2796:
    case 0x30A0:
        return LONG_MARK;
    case 0x301C:
    case 0x3030:
        return '~'; /* wave dash; full-width tilde is this now */
    default:
        return c < 0x3400 ? c : (int32_t)kanji_today((uint32_t)c);
    }
}

/* Canonical order of marks: unify() may have let something vanish. */
static void
order_marks(int32_t *c, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        int32_t moved = c[i];
        utf8proc_propval_t class =
            utf8proc_get_property(moved)->combining_class;
        size_t k = i;
        while (class > 0 && k > 0 &&
               utf8proc_get_property(c[k - 1])->combining_class > class) {
            c[k] = c[k - 1];
            k--;
        }
        c[k] = moved;
    }
}

/* The code points of text, decomposed and unified; -2: no room. */
static int
decompose(
    const char *text, size_t len, int32_t *work, size_t work_n, size_t *out_n)
{
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPAT |
                                      UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD |
                                      UTF8PROC_IGNORE;
    const char *p = text, *end = text + len;
    size_t n = 0;
    int boundary = 0;
    while (p < end) {
        int32_t c = before_decomposition((int32_t)fold_next(&p, end));
        if (is_space(c)) {
            c = c == '\n' ? c : ' ';
        } else if (utf8proc_category(c) == UTF8PROC_CATEGORY_CC) {
            continue;
        }
        size_t room = work_n - n;
        utf8proc_ssize_t got = utf8proc_decompose_char(c, work + n,
            room > 0x7FFFFFFF ? 0x7FFFFFFF : (utf8proc_ssize_t)room, options,
            &boundary);
        if (got < 0 || (size_t)got > room) {
            return -2;
        }
        for (size_t i = n; i < n + (size_t)got; i++) {
            work[i] = unify(work[i]);
        }
        n += (size_t)got;
    }
    order_marks(work, n);
    *out_n = n;
    return 0;
}

/* Spaces at the borders of fields vanish, other runs become one. */
static size_t
trim(int32_t *c, size_t n)
{
    size_t out = 0;
    for (size_t i = 0; i < n; i++) {
        int border = out == 0 || c[out - 1] == ' ' || c[out - 1] == '\n';
        if (c[i] == '\n') {
            if (out > 0 && c[out - 1] == ' ') {
                out--;
            }
            if (out > 0 && c[out - 1] != '\n') {
                c[out++] = '\n';
            }
        } else if (!is_space(c[i])) {
            c[out++] = c[i];
        } else if (!border) {
            c[out++] = ' ';
        }
    }
    while (out > 0 && (c[out - 1] == ' ' || c[out - 1] == '\n')) {
        out--;
    }
    return out;
}

int
fold_text(const char *text, size_t len, char *out, size_t cap, size_t *out_len,
    int32_t *work, size_t work_n, size_t *bad)
{
    size_t valid = fold_utf8_valid(text, len);
    if (valid != len) {
        *bad = valid;
        return -1;
    }
    size_t n;
    if (decompose(text, len, work, work_n, &n) != 0) {
        return -2;
    }
    utf8proc_ssize_t composed = utf8proc_normalize_utf32(
        work, (utf8proc_ssize_t)n, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    n = trim(work, (size_t)composed);
    size_t written = 0;
    for (size_t i = 0; i < n; i++) {
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t got = utf8proc_encode_char(work[i], bytes);
        if ((size_t)got > cap - written) {
            return -2;
        }
        for (utf8proc_ssize_t k = 0; k < got; k++) {
            out[written++] = (char)bytes[k];
        }
    }
    *out_len = written;
    return 0;
}
