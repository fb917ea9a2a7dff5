/* fragment.c: escapes and collects; render_*.c, template and labels use it. */
#include "fragment.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "optimizer/base/err.h"
#include "schema/fold.h"
#include "schema/snapshot.h"

void
fragment_bytes(struct fragment *f, const void *data, size_t len)
{
    if (f->cap - f->len < len) {
        f->cap = 2 * f->cap + len + 256;
        f->data = xrealloc(f->data, f->cap, 1);
    }
    if (len > 0) {
        memcpy(f->data + f->len, data, len);
    }
    f->len += len;
}

void
fragment_put(struct fragment *f, const char *markup)
{
    fragment_bytes(f, markup, strlen(markup));
}

void
fragment_int(struct fragment *f, int64_t value)
{
    char text[24];
    int n = snprintf(text, sizeof(text), "%" PRId64, value);
    fragment_bytes(f, text, (size_t)n);
}

void
fragment_grouped(struct fragment *f, int64_t value)
{
    char text[24];
    int n = snprintf(text, sizeof(text), "%" PRId64, value);
    for (int i = 0; i < n; i++) {
        fragment_bytes(f, text + i, 1);
        if (text[i] != '-' && i + 1 < n && (n - i - 1) % 3 == 0) {
            fragment_put(f, ",");
        }
    }
}

void
fragment_degrees(struct fragment *f, int64_t e6)
{
    char text[32];
    uint64_t left = e6 < 0 ? 0 - (uint64_t)e6 : (uint64_t)e6;
    int n = snprintf(text, sizeof(text), "%s%" PRIu64 ".%06" PRIu64,
        e6 < 0 ? "-" : "", left / 1000000, left % 1000000);
    fragment_bytes(f, text, (size_t)n);
}

void
fragment_label(struct fragment *f, uint32_t label)
{
    assert(label <= 0xFFFF);
    unsigned char escape[3] = {FRAGMENT_LABEL, (unsigned char)(label & 255),
        (unsigned char)(label >> 8)};
    fragment_bytes(f, escape, sizeof(escape));
}

void
fragment_slot(struct fragment *f, unsigned slot)
{
    assert(slot > 0 && slot < SNAP_SLOTS);
    unsigned char escape[2] = {FRAGMENT_SLOT, (unsigned char)slot};
    fragment_bytes(f, escape, sizeof(escape));
}

void
fragment_lang_ja(struct fragment *f)
{
    fragment_put(f, f->ja ? "" : " lang=\"ja\"");
}

/* The next character that may be shown; false at the end. */
static bool
next_shown(const char **p, const char *end, uint32_t *c)
{
    while (*p < end) {
        const char *start = *p;
        size_t room = (size_t)(end - start);
        size_t look = room < 4 ? room : 4;
        bool good = false; /* a whole character of 1 to 4 bytes */
        for (size_t n = 1; n <= look && !good; n++) {
            good = fold_utf8_valid(start, n) == n;
        }
        if (!good) {
            *p = start + 1;
            *c = 0xFFFD;
            return true;
        }
        *c = fold_next(p, end);
        bool control = (*c < 0x20 && *c != '\n') || (*c >= 0x7F && *c < 0xA0);
        bool turning = (*c >= 0x202A && *c <= 0x202E) ||
                       (*c >= 0x2066 && *c <= 0x2069) || *c == 0x200E ||
                       *c == 0x200F || *c == 0x061C || *c == 0xFEFF;
        if (*c == '\r' && *p < end && **p == '\n') {
            continue;
        }
        if ((*c >= '\t' && *c <= '\r' && *c != '\n') || *c == 0x85) {
            *c = ' '; /* as folding has it */
            return true;
        }
        if (!control && !turning) {
            return true;
        }
    }
    return false;
}

static void
put_character(struct fragment *f, uint32_t c)
{
    unsigned char out[4];
    size_t n;
    if (c < 0x80) {
        out[0] = (unsigned char)c;
        n = 1;
    } else if (c < 0x800) {
        out[0] = (unsigned char)(0xC0 | c >> 6);
        n = 2;
    } else if (c < 0x10000) {
        out[0] = (unsigned char)(0xE0 | c >> 12);
        n = 3;
    } else {
        out[0] = (unsigned char)(0xF0 | c >> 18);
        n = 4;
    }
    for (size_t i = 1; i < n; i++) {
        out[i] = (unsigned char)(0x80 | (c >> (6 * (n - 1 - i)) & 0x3F));
    }
    fragment_bytes(f, out, n);
}

static void
put_html(struct fragment *f, uint32_t c)
{
    switch (c) {
    case '&':
        fragment_put(f, "&amp;");
        break;
    case '<':
        fragment_put(f, "&lt;");
        break;
    case '>':
        fragment_put(f, "&gt;");
        break;
    case '"':
        fragment_put(f, "&quot;");
        break;
    case '\'':
        fragment_put(f, "&#39;");
        break;
    default:
        put_character(f, c);
    }
}

void
fragment_plain(struct fragment *f, const char *text)
{
    const char *end = text + strlen(text);
    uint32_t c;
    while (next_shown(&text, end, &c)) {
        put_character(f, c);
    }
}

void
fragment_html(struct fragment *f, const char *text)
{
    const char *end = text + strlen(text);
    uint32_t c;
    while (next_shown(&text, end, &c)) {
        put_html(f, c);
    }
}

void
fragment_html_cut(struct fragment *f, const char *text, size_t max)
{
    const char *end = text + strlen(text);
    uint32_t c;
    for (size_t n = 0; next_shown(&text, end, &c); n++) {
        if (n == max) {
            fragment_put(f, "…");
            return;
        }
        put_html(f, c == '\n' ? ' ' : c);
    }
}

/* '<' too, so that the text may stand inside a script element. */
void
fragment_json(struct fragment *f, const char *text)
{
    const char *end = text + strlen(text);
    uint32_t c;
    while (next_shown(&text, end, &c)) {
        if (c == '"' || c == '\\') {
            fragment_put(f, "\\");
            put_character(f, c);
        } else if (c == '\n') {
            fragment_put(f, "\\n");
        } else if (c == '<' || c == 0x2028 || c == 0x2029) {
            char escape[8];
            snprintf(escape, sizeof(escape), "\\u%04x", (unsigned)c);
            fragment_put(f, escape);
        } else {
            put_character(f, c);
        }
    }
}

void
fragment_json_key(struct fragment *f, const char *key)
{
    if (f->len > 0 && f->data[f->len - 1] != '{') {
        fragment_put(f, ",");
    }
    fragment_put(f, "\"");
    fragment_json(f, key);
    fragment_put(f, "\":");
}

void
fragment_json_text(struct fragment *f, const char *key, const char *text)
{
    fragment_json_key(f, key);
    fragment_put(f, "\"");
    fragment_json(f, text);
    fragment_put(f, "\"");
}

void
fragment_json_int(struct fragment *f, const char *key, int64_t value)
{
    fragment_json_key(f, key);
    fragment_int(f, value);
}

static void
put_escaped(struct fragment *f, const char *text, bool keep_letters)
{
    struct fragment clean = {0};
    fragment_plain(&clean, text);
    for (size_t i = 0; i < clean.len; i++) {
        unsigned char c = (unsigned char)clean.data[i];
        bool keep = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                    (c >= '0' && c <= '9') || strchr("-._~", c) != NULL ||
                    (c >= 0x80 && keep_letters);
        char escape[4];
        snprintf(escape, sizeof(escape), keep ? "%c" : "%%%02X", c);
        fragment_put(f, escape);
    }
    fragment_release(&clean);
}

void
fragment_url(struct fragment *f, const char *text)
{
    put_escaped(f, text, false);
}

void
fragment_iri(struct fragment *f, const char *text)
{
    put_escaped(f, text, true);
}

bool
fragment_link_ok(const char *text)
{
    size_t scheme = strncasecmp(text, "https://", 8) == 0  ? 8
                    : strncasecmp(text, "http://", 7) == 0 ? 7
                                                           : 0;
    size_t len = strlen(text);
    if (scheme == 0 || len > 2000 || fold_utf8_valid(text, len) != len) {
        return false;
    }
    unsigned char host = (unsigned char)text[scheme];
    if (host == '\0' || strchr("/?#:@.", host) != NULL) {
        return false;
    }
    for (const char *p = text; *p != '\0'; p++) {
        unsigned char c = (unsigned char)*p;
        if (c <= ' ' || c == 0x7F || strchr("\"'<>\\`{}|^", c) != NULL) {
            return false;
        }
    }
    return true;
}

void
fragment_clear(struct fragment *f)
{
    f->len = 0;
}

void
fragment_release(struct fragment *f)
{
    free(f->data);
    *f = (struct fragment){0};
}
