/*
 * fragment.h: output in the making: markup, escaped text, labels, slots.
 *
 * Meaning   output with its labels and slots as escapes: 0x01 lo hi is label
 *           lo + 256 hi, 0x02 s is slot s; neither byte stands for itself.
 *           fragment_write() makes runs of schema/snapshot.h of it.  Markup
 *           is written as it stands and must come from the program;
 *           everything from the store goes through an escaping writer.
 * Units     UTF-8.  Escaped text never holds control characters (a line end
 *           survives), C1 controls, marks that turn the writing direction,
 *           or broken UTF-8 (U+FFFD stands in).
 * Failure   none but memory, which exits.
 * Lifetime  until fragment_release(); `struct fragment f = {0};` is empty.
 */
#ifndef TSUNAGARI_FRAGMENT_H
#define TSUNAGARI_FRAGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRAGMENT_LABEL 0x01
#define FRAGMENT_SLOT 0x02

struct fragment {
    char *data; /* not NUL-terminated */
    size_t len, cap;
    bool ja; /* stands on a page in Japanese: fragment_lang_ja() is silent */
};

void fragment_bytes(struct fragment *f, const void *data, size_t len);
void fragment_put(struct fragment *f, const char *markup);
void fragment_int(struct fragment *f, int64_t value);
void fragment_grouped(struct fragment *f, int64_t value); /* 18,000 */
void fragment_degrees(struct fragment *f, int64_t e6);    /* 35.488300 */
void fragment_label(struct fragment *f, uint32_t label);
void fragment_slot(struct fragment *f, unsigned slot);
/* The attribute of an element whose text is Japanese in all languages. */
void fragment_lang_ja(struct fragment *f);

void fragment_plain(struct fragment *f, const char *text); /* cleaned only */
void fragment_html(struct fragment *f, const char *text);
/* At most max characters, then an ellipsis. */
void fragment_html_cut(struct fragment *f, const char *text, size_t max);
void fragment_json(struct fragment *f, const char *text); /* no quotes */
/* "key":"text" with a comma before it unless it is the first in its object */
void fragment_json_key(struct fragment *f, const char *key);
void fragment_json_text(struct fragment *f, const char *key,
    const char *text);
void fragment_json_int(struct fragment *f, const char *key, int64_t value);
/*
 * Percent-encoded for a query's value; _iri: but for what is not ASCII, for
 * links of pages in UTF-8.
 */
void fragment_url(struct fragment *f, const char *text);
void fragment_iri(struct fragment *f, const char *text);

/*
 * Is text a link that may stand on a page: http or https with a host, no
 * white space, control characters, quotes or backslashes?
 */
bool fragment_link_ok(const char *text);

void fragment_clear(struct fragment *f);
void fragment_release(struct fragment *f);

#endif
