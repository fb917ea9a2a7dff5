/*
 * request_multipart.c: multipart/form-data (RFC 7578) as browsers send it
 * (request.h): a boundary of the content type, parts with a
 * Content-Disposition of name and, for files, filename.
 *
 * Refused  a boundary that is missing, too long or not of RFC 2046's
 *          characters; a part without a name; no closing boundary.
 */
#define _GNU_SOURCE
#include <string.h>
#include <strings.h>

#include "request.h"
#include "schema/fold.h"

enum { BOUNDARY_MAX = 70, HEADER_MAX = 4096 };

struct reader {
    struct request *request;
    struct arena *arena;
    const char *at, *end;
    char mark[BOUNDARY_MAX + 5]; /* CR LF -- boundary */
    size_t mark_len;
};

static int
refuse(struct err *err, int status, const char *why)
{
    fail(err, ERR_INPUT, "request: multipart: %s", why);
    return status;
}

static const char *
find(const char *at, const char *end, const char *what, size_t len)
{
    return (size_t)(end - at) >= len
               ? memmem(at, (size_t)(end - at), what, len)
               : NULL;
}

static bool
take_boundary(struct reader *reader, const char *type)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'()+_,-./:=? ";
    const char *p = strcasestr(type, "boundary=");
    if (p == NULL) {
        return false;
    }
    p += strlen("boundary=");
    bool quoted = *p == '"';
    p += quoted;
    size_t len = quoted ? strcspn(p, "\"") : strcspn(p, "; \t");
    if (len < 1 || len > BOUNDARY_MAX || strspn(p, allowed) < len) {
        return false;
    }
    memcpy(reader->mark, "\r\n--", 4);
    memcpy(reader->mark + 4, p, len);
    reader->mark_len = len + 4;
    return true;
}

/* The value of `key="..."` in a header line; browsers write %22 for a quote.
 * NULL: not there. */
static const char *
header_value(struct reader *reader, const char *line, size_t len,
    const char *key, size_t *value_len)
{
    size_t key_len = strlen(key);
    const char *end = line + len;
    for (const char *p = line; (p = find(p, end, key, key_len)) != NULL;
        p += key_len) {
        if (p == line || (p[-1] != ' ' && p[-1] != ';')) {
            continue; /* the tail of another word: filename= has name= */
        }
        const char *from = p + key_len;
        const char *to = memchr(from, '"', (size_t)(end - from));
        if (to != NULL) {
            *value_len = (size_t)(to - from);
            return arena_bytes(reader->arena, from, *value_len);
        }
    }
    return NULL;
}

static int
take_file(struct reader *reader, const char *name, const char *filename,
    const char *data, size_t len, struct err *err)
{
    struct request *request = reader->request;
    size_t n = strlen(filename);
    if (len == 0 && n == 0) {
        return 0; /* a file input left empty */
    }
    if (request->files_n == REQUEST_FILES_MAX) {
        return refuse(err, 413, "too many files");
    }
    if (n > 1024 || fold_utf8_valid(filename, n) != n ||
        strlen(name) > REQUEST_NAME_MAX) {
        return refuse(err, 400, "a file's name is no text or too long");
    }
    const char *slash = strrchr(filename, '/');
    const char *back = strrchr(filename, '\\');
    slash = back > slash ? back : slash;
    request->files[request->files_n++] = (struct request_file){
        .name = name,
        .filename = slash != NULL ? slash + 1 : filename,
        .data = data,
        .len = len};
    return 0;
}

static int
take_part(struct reader *reader, const char *head, size_t head_len,
    const char *data, size_t len, struct err *err)
{
    static const char wanted[] = "Content-Disposition:";
    const char *line = head, *end = head + head_len;
    while (line < end && strncasecmp(line, wanted, strlen(wanted)) != 0) {
        const char *next = find(line, end, "\r\n", 2);
        line = next != NULL ? next + 2 : end;
    }
    const char *stop = line < end ? find(line, end, "\r\n", 2) : NULL;
    size_t line_len = (size_t)((stop != NULL ? stop : end) - line);
    size_t name_len = 0, file_len = 0;
    const char *name =
        header_value(reader, line, line_len, "name=\"", &name_len);
    const char *filename =
        header_value(reader, line, line_len, "filename=\"", &file_len);
    if (name == NULL || fold_utf8_valid(name, name_len) != name_len) {
        return refuse(err, 400, "a part has no name");
    }
    return filename != NULL
               ? take_file(reader, name, filename, data, len, err)
               : request_add_field(&reader->request->form, reader->arena,
                     name, name_len, data, len, err);
}

/* From behind a boundary to behind the next; *last: it closes. */
static int
next_part(struct reader *reader, bool *last, struct err *err)
{
    const char *head = reader->at;
    const char *limit = reader->end - head > HEADER_MAX ? head + HEADER_MAX
                                                        : reader->end;
    const char *blank = find(head, limit, "\r\n\r\n", 4);
    if (blank == NULL) {
        return refuse(err, 400, "a part has no head");
    }
    const char *data = blank + 4;
    /* an empty part: its boundary begins with the head's own line end */
    const char *stop =
        find(blank + 2, reader->end, reader->mark, reader->mark_len);
    if (stop == NULL) {
        return refuse(err, 400, "a part does not end");
    }
    size_t len = stop > data ? (size_t)(stop - data) : 0;
    reader->at = stop + reader->mark_len;
    if (reader->end - reader->at < 2) {
        return refuse(err, 400, "a boundary is cut off");
    }
    *last = memcmp(reader->at, "--", 2) == 0;
    if (!*last && memcmp(reader->at, "\r\n", 2) != 0) {
        return refuse(err, 400, "a boundary does not end its line");
    }
    reader->at += 2;
    return take_part(reader, head, (size_t)(blank - head), data, len, err);
}

int
request_parse_multipart(struct request *request, struct arena *arena,
    const char *content_type, const char *body, size_t len, struct err *err)
{
    struct reader reader = {.request = request, .arena = arena,
        .end = body + len};
    if (!take_boundary(&reader, content_type)) {
        return refuse(err, 400, "no boundary");
    }
    size_t open = reader.mark_len - 2; /* the first has no line before it */
    if (len < open + 2 || memcmp(body, reader.mark + 2, open) != 0) {
        return refuse(err, 400, "does not begin with its boundary");
    }
    reader.at = body + open;
    bool last = memcmp(reader.at, "--", 2) == 0;
    reader.at += 2;
    int status = 0;
    while (!last && status == 0) {
        status = next_part(&reader, &last, err);
    }
    return status;
}
