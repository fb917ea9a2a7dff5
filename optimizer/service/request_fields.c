/* request_fields.c: names and values: urlencoded forms and queries, cookies
 * (request.h). */
#include <string.h>

#include "request.h"
#include "schema/fold.h"

static int
refuse(struct err *err, int status, const char *why)
{
    fail(err, ERR_INPUT, "request: %s", why);
    return status;
}

/* CR LF and CR become LF, in place; false for a control character. */
static bool
make_lines(char *text)
{
    char *to = text;
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\r') {
            if (p[1] != '\n') {
                *to++ = '\n';
            }
        } else if (((unsigned char)*p < 0x20 && *p != '\t' && *p != '\n') ||
                   *p == 0x7F) {
            return false;
        } else {
            *to++ = *p;
        }
    }
    *to = '\0';
    return true;
}

static void
grow(struct request_fields *fields, struct arena *arena)
{
    if (fields->n < fields->cap) {
        return;
    }
    size_t cap = fields->cap > 0 ? fields->cap * 2 : 16;
    struct request_field *at = arena_array(arena, cap, sizeof(*at));
    if (fields->n > 0) {
        memcpy(at, fields->at, fields->n * sizeof(*at));
    }
    fields->at = at;
    fields->cap = cap;
}

int
request_add_field(struct request_fields *fields, struct arena *arena,
    const char *name, size_t name_len, const char *value, size_t value_len,
    struct err *err)
{
    if (fields->n == REQUEST_FIELDS_MAX) {
        return refuse(err, 413, "too many fields");
    }
    if (name_len > REQUEST_NAME_MAX || value_len > REQUEST_VALUE_MAX) {
        return refuse(err, 413, "a field is too long");
    }
    if (fold_utf8_valid(name, name_len) != name_len ||
        fold_utf8_valid(value, value_len) != value_len ||
        memchr(name, '\0', name_len) != NULL ||
        memchr(value, '\0', value_len) != NULL) {
        return refuse(err, 400, "a field is no UTF-8 text");
    }
    char *own_name = arena_bytes(arena, name, name_len);
    char *own_value = arena_bytes(arena, value, value_len);
    if (!make_lines(own_name) || !make_lines(own_value)) {
        return refuse(err, 400, "a control character in a field");
    }
    grow(fields, arena);
    fields->at[fields->n++] =
        (struct request_field){.name = own_name, .value = own_value};
    return 0;
}

static int
hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* %XX and '+' decoded; the length, or -1 for a broken escape. */
static long
decode(const char *text, size_t len, char *out)
{
    char *to = out;
    for (size_t i = 0; i < len; i++) {
        if (text[i] != '%') {
            *to++ = text[i] == '+' ? ' ' : text[i];
            continue;
        }
        int high = i + 2 < len ? hex(text[i + 1]) : -1;
        int low = i + 2 < len ? hex(text[i + 2]) : -1;
        if (high < 0 || low < 0) {
            return -1;
        }
        *to++ = (char)(high * 16 + low);
        i += 2;
    }
    return to - out;
}

static int
add_pair(struct request_fields *fields, struct arena *arena,
    const char *pair, size_t len, struct err *err)
{
    const char *equals = memchr(pair, '=', len);
    size_t name_len = equals != NULL ? (size_t)(equals - pair) : len;
    size_t value_len = equals != NULL ? len - name_len - 1 : 0;
    if (name_len > 3 * REQUEST_NAME_MAX || value_len > 3 * REQUEST_VALUE_MAX) {
        return refuse(err, 413, "a field is too long");
    }
    char *name = arena_alloc(arena, name_len + 1);
    char *value = arena_alloc(arena, value_len + 1);
    long name_n = decode(pair, name_len, name);
    long value_n =
        value_len > 0 ? decode(equals + 1, value_len, value) : 0;
    if (name_n < 0 || value_n < 0) {
        return refuse(err, 400, "a broken % escape");
    }
    return request_add_field(fields, arena, name, (size_t)name_n, value,
        (size_t)value_n, err);
}

int
request_parse_urlencoded(struct request_fields *fields, struct arena *arena,
    const char *text, size_t len, struct err *err)
{
    int status = 0;
    for (size_t at = 0; at < len && status == 0;) {
        const char *end = memchr(text + at, '&', len - at);
        size_t n = end != NULL ? (size_t)(end - text) - at : len - at;
        if (n > 0) {
            status = add_pair(fields, arena, text + at, n, err);
        }
        at += n + 1;
    }
    return status;
}

int
request_parse_cookies(struct request_fields *fields, struct arena *arena,
    const char *text, struct err *err)
{
    int status = 0;
    while (*text != '\0' && status == 0) {
        text += strspn(text, " ;");
        size_t len = strcspn(text, ";");
        const char *equals = memchr(text, '=', len);
        if (equals != NULL) {
            size_t name_len = (size_t)(equals - text);
            struct err other = {0};
            /* Cookies of others on the same host: not ours to judge. */
            int bad = request_add_field(fields, arena, text, name_len,
                equals + 1, len - name_len - 1, &other);
            status = bad == 413 && fields->n == REQUEST_FIELDS_MAX
                         ? refuse(err, 400, "too many cookies")
                         : 0;
        }
        text += len;
    }
    return status;
}
