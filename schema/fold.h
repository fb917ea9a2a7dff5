/*
 * fold.h: text as search compares it.
 *
 * Meaning   NFKC with Unicode case folding (so width is folded), then
 *           hiragana becomes katakana, kanji take today's form (kanji.h), the
 *           many hyphens, dashes and long vowel marks become one, both wave
 *           dashes become ~, a dakuten that stands alone joins its letter,
 *           runs of white space become one space, control and ignorable
 *           characters vanish; '\n' survives as the border of fields where
 *           the caller keeps it.
 * Units     UTF-8 in and out, lengths in bytes; output never longer than
 *           FOLD_GROWTH times the input plus FOLD_SLACK.
 * Failure   fold_text() returns -1 and writes nothing of use for bad UTF-8
 *           (*bad: offset of the first bad byte), -2 if cap is too small.
 * Lifetime  none: writes into the caller's buffers.
 * Source    Unicode by libutf8proc; no memory is allocated.
 *
 * Both sides call this one function: the publisher for documents, the module
 * for queries; so what is equal to one is equal to the other.
 */
#ifndef TSUNAGARI_FOLD_H
#define TSUNAGARI_FOLD_H

#include <stddef.h>
#include <stdint.h>

#define FOLD_GROWTH 18
#define FOLD_SLACK 64

/* work: scratch of at least work_n code points (len + a little is enough
 * for ordinary text; -2 asks for more). */
int fold_text(const char *text, size_t len, char *out, size_t cap,
    size_t *out_len, int32_t *work, size_t work_n, size_t *bad);

/* Length of the valid UTF-8 at the start of text: len if all is valid. */
size_t fold_utf8_valid(const char *text, size_t len);

/* One code point of valid UTF-8; advances *p. */
uint32_t fold_next(const char **p, const char *end);

#endif
