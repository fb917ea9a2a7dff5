/* html.c: escaping and growing (html.h). */
#include "html.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/err.h"

void
html_bytes(struct html *html, const void *bytes, size_t len)
{
    if (html->cap - html->len <= len) {
        size_t cap = html->cap > 0 ? html->cap : 4096;
        while (cap - html->len <= len) {
            cap *= 2;
        }
        html->text = xrealloc(html->text, cap, 1);
        html->cap = cap;
    }
    if (len > 0) {
        memcpy(html->text + html->len, bytes, len);
    }
    html->len += len;
    html->text[html->len] = '\0';
}

void
html_raw(struct html *html, const char *markup)
{
    html_bytes(html, markup, strlen(markup));
}

static const char *
entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static void
put_text(struct html *html, const char *text, const char *end)
{
    const char *from = text;
    for (; text < end; text++) {
        const char *name = entity(*text);
        if (name != NULL) {
            html_bytes(html, from, (size_t)(text - from));
            html_raw(html, name);
            from = text + 1;
        }
    }
    html_bytes(html, from, (size_t)(text - from));
}

void
html_text(struct html *html, const char *text)
{
    if (text != NULL) {
        put_text(html, text, text + strlen(text));
    }
}

static void
put_int(struct html *html, int64_t value)
{
    char digits[24];
    snprintf(digits, sizeof(digits), "%" PRId64, value);
    html_raw(html, digits);
}

void
html_format(struct html *html, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *from = format, *p;
    while ((p = strchr(from, '%')) != NULL) {
        html_bytes(html, from, (size_t)(p - from));
        from = p + 2;
        if (p[1] == 's') {
            html_text(html, va_arg(args, const char *));
        } else if (p[1] == 'd') {
            put_int(html, va_arg(args, int));
        } else if (p[1] == 'l' && p[2] == 'd') {
            put_int(html, va_arg(args, long));
            from = p + 3;
        } else {
            assert(p[1] == '%');
            html_raw(html, "%");
        }
    }
    html_raw(html, from);
    va_end(args);
}

/* The last " / " of text with nothing but ASCII behind it, or NULL. */
static const char *
english_of(const char *text)
{
    const char *at = NULL;
    for (const char *p = text; (p = strstr(p, " / ")) != NULL; p += 3) {
        at = p;
    }
    for (const char *p = at; p != NULL && *p != '\0'; p++) {
        if ((unsigned char)*p >= 0x80) {
            return NULL;
        }
    }
    return at;
}

void
html_easy(struct html *html, const char *text)
{
    if (text == NULL) {
        return;
    }
    const char *english = english_of(text);
    html_raw(html, "<span class=\"easy\">");
    if (english == NULL) {
        html_text(html, text);
    } else {
        put_text(html, text, english);
        html_format(html, " / <span lang=\"en\">%s</span>", english + 3);
    }
    html_raw(html, "</span>");
}

void
html_words(struct html *html, const char *text)
{
    const char *second = strchr(text, '\n');
    if (second == NULL) {
        html_text(html, text);
        return;
    }
    put_text(html, text, second);
    html_easy(html, second + 1);
}

void
html_paragraph(struct html *html, const char *attributes, const char *words)
{
    html_raw(html, "<p");
    html_raw(html, attributes);
    html_raw(html, ">");
    html_words(html, words);
    html_raw(html, "</p>\n");
}

void
html_plain_words(struct html *html, const char *text)
{
    const char *second = strchr(text, '\n');
    if (second == NULL) {
        html_text(html, text);
        return;
    }
    put_text(html, text, second);
    html_format(html, " / %s", second + 1);
}

void
html_release(struct html *html)
{
    free(html->text);
    memset(html, 0, sizeof(*html));
}

static bool
unreserved(unsigned char byte)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    return strchr(plain, byte) != NULL;
}

static bool
visible(unsigned char byte)
{
    return byte > ' ' && byte < 0x7f;
}

static const char *
encode(struct arena *arena, const char *text, bool (*stays)(unsigned char))
{
    char *out = arena_alloc(arena, strlen(text) * 3 + 1), *to = out;
    for (; *text != '\0'; text++) {
        if (stays((unsigned char)*text)) {
            *to++ = *text;
        } else {
            to += sprintf(to, "%%%02X", (unsigned)(unsigned char)*text);
        }
    }
    *to = '\0';
    return out;
}

const char *
url_encode(struct arena *arena, const char *text)
{
    return encode(arena, text, unreserved);
}

const char *
url_address(struct arena *arena, const char *text)
{
    return encode(arena, text, visible);
}
