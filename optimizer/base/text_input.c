/* text_input.c: decoding by iconv, block by block (text_input.h). */
#include "text_input.h"

#include <errno.h>
#include <iconv.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "fold.h"

enum { IN_BYTES = 64 * 1024, OUT_BYTES = 4 * IN_BYTES, BOM_BYTES = 3 };

static const char bom[BOM_BYTES] = {'\xEF', '\xBB', '\xBF'};

struct text_input {
    FILE *file; /* NULL: memory */
    const char *memory;
    size_t memory_len;
    const char *encoding;
    iconv_t decoder;
    char in[IN_BYTES];
    size_t in_begin, in_end;
    bool file_end, broken;
    char out[OUT_BYTES];
};

static const char *
encoding_name(const char *text)
{
    static const char *const names[][2] = {{"utf-8", "UTF-8"},
        {"utf8", "UTF-8"}, {"cp932", "CP932"}, {"shift_jis", "CP932"},
        {"sjis", "CP932"}, {"windows-31j", "CP932"}};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcasecmp(text, names[i][0]) == 0) {
            return names[i][1];
        }
    }
    return NULL;
}

static void
start(struct text_input *input, const char *encoding)
{
    if (input->encoding != NULL) {
        iconv_close(input->decoder);
    }
    input->encoding = encoding;
    input->decoder = iconv_open("UTF-8", encoding);
    if (input->decoder == (iconv_t)-1) {
        fprintf(stderr, "tsunagari: libc has no converter for %s\n",
            encoding);
        exit(ERR_SYSTEM);
    }
    input->in_begin = input->in_end = 0;
    input->file_end = input->broken = false;
    if (input->file != NULL) {
        rewind(input->file);
    }
}

/* Fills the rest of `in`; a read error ends the file, ferror() tells. */
static void
refill(struct text_input *input)
{
    size_t rest = input->in_end - input->in_begin;
    memmove(input->in, input->in + input->in_begin, rest);
    input->in_begin = 0;
    size_t n = 0, room = IN_BYTES - rest;
    if (input->file != NULL) {
        n = fread(input->in + rest, 1, room, input->file);
        input->file_end = n < room;
    } else {
        n = input->memory_len < room ? input->memory_len : room;
        if (n > 0) {
            memcpy(input->in + rest, input->memory, n);
        }
        input->memory += n;
        input->memory_len -= n;
        input->file_end = input->memory_len == 0;
    }
    input->in_end = rest + n;
}

/* Decodes what is in `in`; returns iconv's errno, 0 when all is done. */
static int
decode(struct text_input *input, size_t *len)
{
    char *in = input->in + input->in_begin, *out = input->out;
    size_t in_left = input->in_end - input->in_begin, out_left = OUT_BYTES;
    size_t rc = iconv(input->decoder, &in, &in_left, &out, &out_left);
    int code = rc == (size_t)-1 ? errno : 0;
    input->in_begin = (size_t)(in - input->in);
    *len = OUT_BYTES - out_left;
    return code;
}

int
text_input_read(struct text_input *input, const char **block, size_t *len,
    const char **reason)
{
    *block = input->out;
    *len = 0;
    while (*len == 0) {
        if (input->broken) {
            *reason = input->encoding[0] == 'U' ? "not valid UTF-8"
                                                : "not valid CP932";
            return -1;
        }
        if (!input->file_end) {
            refill(input);
        }
        if (input->file != NULL && ferror(input->file)) {
            *reason = "the file cannot be read";
            return -1;
        }
        if (input->in_begin == input->in_end) {
            return 0;
        }
        int code = decode(input, len);
        /* libc's converter lets pass what lies above U+10FFFF. */
        size_t good = fold_utf8_valid(input->out, *len);
        input->broken = code == EILSEQ || good < *len ||
                        (code == EINVAL && input->file_end);
        *len = good;
    }
    return 1;
}

static bool
decodes_as(struct text_input *input, const char *encoding)
{
    const char *block, *reason;
    size_t len;
    int step;
    start(input, encoding);
    while ((step = text_input_read(input, &block, &len, &reason)) > 0) {
    }
    return step == 0;
}

static void
skip_bom(struct text_input *input)
{
    refill(input);
    if (input->encoding[0] == 'U' && input->in_end >= BOM_BYTES &&
        memcmp(input->in, bom, BOM_BYTES) == 0) {
        input->in_begin = BOM_BYTES;
    }
}

/* The encoding of a file that says nothing about it; NULL: neither. */
static const char *
detect(struct text_input *input)
{
    start(input, "UTF-8");
    refill(input);
    bool has_bom = input->in_end >= BOM_BYTES &&
                   memcmp(input->in, bom, BOM_BYTES) == 0;
    if (has_bom || decodes_as(input, "UTF-8")) {
        return "UTF-8";
    }
    return decodes_as(input, "CP932") ? "CP932" : NULL;
}

static bool
is_utf16(FILE *file)
{
    int a = getc(file), b = getc(file);
    rewind(file);
    return (a == 0xFF && b == 0xFE) || (a == 0xFE && b == 0xFF);
}

static void
fail_size(const char *path, int64_t most, struct err *err)
{
    fail(err, ERR_INPUT, "file: larger than %" PRId64 " bytes: \"%s\"",
        most, path);
}

/* What cannot be read twice goes to a temporary file first. */
static FILE *
spool(FILE *from, const char *path, int64_t most, struct err *err)
{
    FILE *to = tmpfile();
    char block[IN_BYTES];
    int64_t total = 0;
    size_t n;
    while (to != NULL && (n = fread(block, 1, sizeof(block), from)) > 0) {
        total += (int64_t)n;
        if (total > most) {
            fail_size(path, most, err);
            break;
        }
        if (fwrite(block, 1, n, to) != n) {
            fail(err, ERR_SYSTEM, "temporary file: %s", strerror(errno));
            break;
        }
    }
    if (to == NULL || ferror(from)) {
        fail(err, ERR_SYSTEM, "file: %s: \"%s\"", strerror(errno), path);
    }
    if (err->kind != ERR_NONE && to != NULL) {
        fclose(to);
        to = NULL;
    }
    if (to != NULL) {
        rewind(to);
    }
    return to;
}

static FILE *
open_file(const char *path, int64_t most, struct err *err)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    struct stat st;
    if (file == NULL || fstat(fileno(file), &st) != 0 ||
        (S_ISDIR(st.st_mode) && (errno = EISDIR) != 0)) {
        fail(err, ERR_SYSTEM, "file: %s: \"%s\"", strerror(errno), path);
    } else if (S_ISREG(st.st_mode) && file != stdin) {
        if (st.st_size <= (off_t)most) {
            return file;
        }
        fail_size(path, most, err);
    } else {
        FILE *spooled = spool(file, path, most, err);
        if (file != stdin) {
            fclose(file);
        }
        return spooled;
    }
    if (file != NULL && file != stdin) {
        fclose(file);
    }
    return NULL;
}

struct text_input *
text_input_open(const char *path, const char *encoding, int64_t most,
    struct err *err)
{
    const char *name = NULL;
    if (encoding != NULL && (name = encoding_name(encoding)) == NULL) {
        fail(err, ERR_USAGE, "--encoding: neither utf-8 nor cp932: \"%s\"",
            encoding);
        return NULL;
    }
    FILE *file = open_file(path, most, err);
    if (file == NULL) {
        return NULL;
    }
    struct text_input *input = xcalloc(1, sizeof(*input));
    input->file = file;
    if (is_utf16(file)) {
        fail(err, ERR_INPUT,
            "%s: is UTF-16; save it as CSV in UTF-8 or CP932", path);
    } else if (name == NULL && (name = detect(input)) == NULL) {
        fail(err, ERR_INPUT, "%s: neither valid UTF-8 nor valid CP932",
            path);
    }
    if (err->kind != ERR_NONE) {
        text_input_close(input);
        return NULL;
    }
    start(input, name);
    skip_bom(input);
    return input;
}

struct text_input *
text_input_open_memory(const void *data, size_t len)
{
    struct text_input *input = xcalloc(1, sizeof(*input));
    input->memory = data;
    input->memory_len = len;
    start(input, "UTF-8");
    skip_bom(input);
    return input;
}

void
text_input_close(struct text_input *input)
{
    if (input == NULL) {
        return;
    }
    if (input->encoding != NULL) {
        iconv_close(input->decoder);
    }
    if (input->file != NULL) {
        fclose(input->file);
    }
    free(input);
}

const char *
text_input_encoding(const struct text_input *input)
{
    return input->encoding;
}
