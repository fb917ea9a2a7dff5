/* request.c: one request from what the gateway says (request.h). */
#include "request.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "schema/fold.h"

static int
refuse(struct err *err, int status, const char *why)
{
    fail(err, ERR_INPUT, "request: %s", why);
    return status;
}

static const char *
param(const struct request_input *input, const char *name)
{
    const char *value = input->param(input->data, name);
    return value != NULL ? value : "";
}

static int
take_method(struct request *request, const char *method, struct err *err)
{
    request->head = strcmp(method, "HEAD") == 0;
    if (request->head || strcmp(method, "GET") == 0) {
        request->method = REQUEST_GET;
        return 0;
    }
    if (strcmp(method, "POST") == 0) {
        request->method = REQUEST_POST;
        return 0;
    }
    return refuse(err, 405, "not GET, HEAD or POST");
}

static int
take_path(struct request *request, struct arena *arena, const char *path,
    struct err *err)
{
    size_t len = strlen(path);
    if (len > REQUEST_PATH_MAX) {
        return refuse(err, 414, "the path is too long");
    }
    if (path[0] != '/' || fold_utf8_valid(path, len) != len) {
        return refuse(err, 400, "the path is no UTF-8 or has no slash");
    }
    for (const char *p = path; *p != '\0'; p++) {
        if ((unsigned char)*p < 0x20 || *p == 0x7F) {
            return refuse(err, 400, "a control character in the path");
        }
    }
    request->path = arena_string(arena, path);
    return 0;
}

static int
take_body(struct request *request, struct arena *arena,
    const struct request_input *input, struct err *err)
{
    const char *type = param(input, "CONTENT_TYPE");
    size_t word = strcspn(type, "; \t");
    if (input->body_len > REQUEST_BODY_MAX) {
        return refuse(err, 413, "the body is too large");
    }
    if (input->body_len == 0 && word == 0) {
        return 0;
    }
    if (word == 33 &&
        strncasecmp(type, "application/x-www-form-urlencoded", word) == 0) {
        return request_parse_urlencoded(&request->form, arena, input->body,
            input->body_len, err);
    }
    if (word == 19 && strncasecmp(type, "multipart/form-data", word) == 0) {
        return request_parse_multipart(request, arena, type, input->body,
            input->body_len, err);
    }
    return refuse(err, 415, "not a form");
}

int
request_parse(struct request *request, struct arena *arena,
    const struct request_input *input, struct err *err)
{
    memset(request, 0, sizeof(*request));
    const char *query = param(input, "QUERY_STRING");
    const char *cookies = param(input, "HTTP_COOKIE");
    /* who asks comes first: what is refused is told to them, too */
    int status = take_path(request, arena, param(input, "SCRIPT_NAME"), err);
    if (status == 0 && strlen(cookies) > REQUEST_COOKIE_MAX) {
        status = refuse(err, 400, "too much in cookies");
    }
    if (status == 0) {
        status = request_parse_cookies(&request->cookies, arena, cookies,
            err);
    }
    if (status == 0) {
        status = take_method(request, param(input, "REQUEST_METHOD"), err);
    }
    if (status == 0 && strlen(query) > REQUEST_QUERY_MAX) {
        status = refuse(err, 414, "the query is too long");
    }
    if (status == 0) {
        status = request_parse_urlencoded(&request->query, arena, query,
            strlen(query), err);
    }
    if (status == 0 && request->method == REQUEST_POST) {
        status = take_body(request, arena, input, err);
    }
    request->origin = arena_string(arena, param(input, "HTTP_ORIGIN"));
    request->fetch_site =
        arena_string(arena, param(input, "HTTP_SEC_FETCH_SITE"));
    return status;
}

static const char *
nth(const struct request_fields *fields, const char *name, size_t n)
{
    for (size_t i = 0; i < fields->n; i++) {
        if (strcmp(fields->at[i].name, name) == 0 && n-- == 0) {
            return fields->at[i].value;
        }
    }
    return NULL;
}

static const char *
first(const struct request_fields *fields, const char *name)
{
    const char *value = nth(fields, name, 0);
    return value != NULL ? value : "";
}

const char *
request_query(const struct request *request, const char *name)
{
    return first(&request->query, name);
}

const char *
request_form(const struct request *request, const char *name)
{
    return first(&request->form, name);
}

const char *
request_cookie(const struct request *request, const char *name)
{
    return first(&request->cookies, name);
}

bool
request_has(const struct request *request, const char *name)
{
    return nth(&request->form, name, 0) != NULL;
}

const char *
request_form_nth(const struct request *request, const char *name, size_t n)
{
    return nth(&request->form, name, n);
}

const struct request_file *
request_file(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->files_n; i++) {
        const struct request_file *file = &request->files[i];
        if (file->len > 0 && strcmp(file->name, name) == 0) {
            return file;
        }
    }
    return NULL;
}

int64_t
request_int(const char *text, int64_t min, int64_t max, int64_t fallback)
{
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    bool good = text[0] != '\0' && strchr(" \t\n+", text[0]) == NULL &&
                *end == '\0' && errno == 0 && value >= min && value <= max;
    return good ? value : fallback;
}
