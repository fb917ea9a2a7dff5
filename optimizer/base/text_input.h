/*
 * text_input.h: a file as a stream of valid UTF-8, whatever it was saved as.
 *
 * Meaning   UTF-8 with or without BOM, or CP932 (what Excel in Japan calls
 *           CSV), turned into UTF-8 by the iconv of libc.  Encoding NULL:
 *           a BOM says UTF-8; else valid UTF-8 is UTF-8; else valid CP932
 *           is CP932; else the file is refused.  Or "utf-8" or "cp932".
 * Units     bytes of UTF-8; at most so many bytes of file as the caller
 *           says, TEXT_INPUT_MAX as a rule.
 * Failure   ERR_SYSTEM when the file cannot be read, ERR_INPUT for a file
 *           that is too large, UTF-16, or no text.  text_input_read() first
 *           hands out all that stands before a bad byte, so that a reader
 *           knows its place.
 * Lifetime  blocks live until the next read.  A pipe is spooled first.
 */
#ifndef TSUNAGARI_TEXT_INPUT_H
#define TSUNAGARI_TEXT_INPUT_H

#include <stddef.h>
#include <stdint.h>

#include "err.h"

#define TEXT_INPUT_MAX (256LL * 1024 * 1024)

struct text_input;

struct text_input *text_input_open(const char *path, const char *encoding,
    int64_t most, struct err *err);
/* Bytes that outlive the input; UTF-8. */
struct text_input *text_input_open_memory(const void *data, size_t len);
void text_input_close(struct text_input *input); /* NULL is fine */

/* 1: *block, *len (> 0) are filled; 0: the end; -1: *reason says what is
 * wrong with the bytes that follow, static text. */
int text_input_read(struct text_input *input, const char **block,
    size_t *len, const char **reason);

const char *text_input_encoding(const struct text_input *input);

#endif
