/*
 * html.h: markup that grows, and the only two ways of putting bytes in it.
 *
 * Meaning   html_raw() takes markup of our own source code; whatever comes
 *           from anywhere else goes through html_text() or a %s of
 *           html_format(), which escape & < > " ' and so fit both between
 *           tags and in a quoted attribute.  This is the one template
 *           mechanism of the service: plain C that reads as the markup.
 * Formats   %s escaped text (NULL: ""), %d int, %ld or PRId64, %%; nothing
 *           else, asserted.  The compiler checks the arguments.
 * Words     of our own for the public come in three languages in one text:
 *           the Japanese, and behind a line break やさしい日本語 / English,
 *           which html_words() puts below it and html_plain_words(), where
 *           no markup may stand, behind " / "; html_easy() writes such a
 *           second line alone (NULL: nothing).  What stands behind the last
 *           " / " is marked as English if it is in ASCII.
 * Units     UTF-8; bytes.
 * Failure   none but memory, which exits.
 * Lifetime  `struct html h = {0};` is empty; text (NUL-terminated once
 *           anything was written) lives until html_release().
 */
#ifndef TSUNAGARI_HTML_H
#define TSUNAGARI_HTML_H

#include <stddef.h>

#include "optimizer/base/arena.h"

struct html {
    char *text;
    size_t len, cap;
};

void html_raw(struct html *html, const char *markup);
void html_bytes(struct html *html, const void *bytes, size_t len);
void html_text(struct html *html, const char *text);
void html_format(struct html *html, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void html_words(struct html *html, const char *text);
void html_plain_words(struct html *html, const char *text);
/* <p ATTRIBUTES>words</p>; attributes of our own source code, "" for none. */
void html_paragraph(struct html *html, const char *attributes,
    const char *words);
void html_easy(struct html *html, const char *text);
void html_release(struct html *html);

/* text as a value in a query string or a segment of a path. */
const char *url_encode(struct arena *arena, const char *text);
/* A whole address: what stands in none is written as %XX. */
const char *url_address(struct arena *arena, const char *text);

#endif
