/*
 * request.h: what a visitor asks, decoded and judged once.
 *
 * Meaning   method, path, query, form fields (urlencoded or multipart),
 *           files and cookies of one HTTP request, as the gateway (FastCGI)
 *           hands them over.  Nothing behind this header sees raw bytes.
 * Units     all text is valid UTF-8 without NUL and control characters but
 *           tab and '\n' (CR LF becomes LF); lengths are bytes.  Names are
 *           as sent, a repeated name is there several times, in order.
 * Limits    below; what passes one is refused as a whole, never cut.
 * Failure   request_parse() gives the HTTP status of the refusal (400, 405,
 *           413, 414, 415) and err says why, or 0.
 * Lifetime  everything belongs to the arena, but the bytes of files, which
 *           are those of the body.
 */
#ifndef TSUNAGARI_REQUEST_H
#define TSUNAGARI_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "optimizer/base/arena.h"
#include "optimizer/base/err.h"

enum {
    REQUEST_BODY_MAX = 4 * 1024 * 1024,
    REQUEST_PATH_MAX = 1024,
    REQUEST_QUERY_MAX = 8 * 1024,  /* the query string as sent */
    REQUEST_COOKIE_MAX = 8 * 1024, /* the header as sent */
    REQUEST_FIELDS_MAX = 2000,     /* of a form; of a query; of cookies */
    REQUEST_FILES_MAX = 4,
    REQUEST_NAME_MAX = 64,
    REQUEST_VALUE_MAX = 64 * 1024
};

enum request_method { REQUEST_GET, REQUEST_POST };

struct request_field {
    const char *name, *value;
};

struct request_fields {
    struct request_field *at;
    size_t n, cap;
};

struct request_file {
    const char *name;     /* of the form's field */
    const char *filename; /* last component, as sent: show it, never open */
    const char *data;     /* not NUL-terminated, any bytes */
    size_t len;
};

struct request {
    enum request_method method;
    bool head; /* a GET whose body is not sent */
    const char *path; /* decoded, begins with '/' */
    struct request_fields query, form, cookies;
    struct request_file files[REQUEST_FILES_MAX];
    size_t files_n;
    const char *origin, *fetch_site; /* "" when not sent */
};

/* What the gateway knows; param gives NULL for a name it does not have. */
struct request_input {
    const char *(*param)(void *data, const char *name);
    void *data;
    const char *body;
    size_t body_len;
};

int request_parse(struct request *request, struct arena *arena,
    const struct request_input *input, struct err *err);

/* The first value of a name, "" when there is none. */
const char *request_query(const struct request *request, const char *name);
const char *request_form(const struct request *request, const char *name);
const char *request_cookie(const struct request *request, const char *name);
bool request_has(const struct request *request, const char *name); /* form */
/* The n-th (0-based) value of a form's name, NULL behind the last one. */
const char *request_form_nth(const struct request *request, const char *name,
    size_t n);
/* The first file of a name that has bytes, or NULL. */
const struct request_file *request_file(const struct request *request,
    const char *name);
/* A whole number of a query or form value; fallback for none or another. */
int64_t request_int(const char *text, int64_t min, int64_t max,
    int64_t fallback);

/* request_fields.c, request_multipart.c: the parts of request_parse(). */
int request_add_field(struct request_fields *fields, struct arena *arena,
    const char *name, size_t name_len, const char *value, size_t value_len,
    struct err *err);
int request_parse_urlencoded(struct request_fields *fields,
    struct arena *arena, const char *text, size_t len, struct err *err);
int request_parse_cookies(struct request_fields *fields, struct arena *arena,
    const char *text, struct err *err);
int request_parse_multipart(struct request *request, struct arena *arena,
    const char *content_type, const char *body, size_t len,
    struct err *err);

#endif
