/* response.c: status, headers, body (response.h). */
#include "response.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char security[] =
    "Content-Security-Policy: default-src 'none'; script-src 'self';"
    " style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: strict-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

void
response_init(struct response *response, struct arena *arena)
{
    memset(response, 0, sizeof(*response));
    response->arena = arena;
    response->status = 200;
    response->type = "text/html; charset=utf-8";
}

void
response_header(struct response *response, const char *name,
    const char *value)
{
    assert(response->headers_n < RESPONSE_HEADERS_MAX);
    assert(strpbrk(value, "\r\n") == NULL);
    response->headers[response->headers_n++] =
        arena_format(response->arena, "%s: %s", name, value);
}

void
response_redirect(struct response *response, const char *path)
{
    assert(path[0] == '/' && path[1] != '/' && path[1] != '\\');
    response_reset(response, 303);
    response_header(response, "Location", path);
}

void
response_cache(struct response *response)
{
    response->cached = true;
}

void
response_download(struct response *response, const char *type,
    const char *name)
{
    response->type = arena_string(response->arena, type);
    response_header(response, "Content-Disposition",
        arena_format(response->arena, "attachment; filename=\"%s\"", name));
}

/* The bytes of a file, behind what is there. */
static bool
put_file(struct response *response, const char *path, struct err *err)
{
    FILE *file = fopen(path, "rb");
    char block[1 << 14];
    size_t n;
    while (file != NULL && (n = fread(block, 1, sizeof(block), file)) > 0) {
        html_bytes(&response->body, block, n);
    }
    bool ok = file != NULL && !ferror(file);
    if (file != NULL) {
        fclose(file);
    }
    return ok || fail(err, ERR_SYSTEM, "service: cannot read \"%s\"", path);
}

bool
response_workbook(struct response *response, const char *name,
    response_writer *write, void *data, struct err *err)
{
    char path[] = "/tmp/tsunagari-workbook-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0) {
        return fail(err, ERR_SYSTEM, "service: no temporary file");
    }
    close(fd);
    bool ok = write(data, path, err) && put_file(response, path, err);
    unlink(path);
    response_download(response,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        name);
    return ok;
}

void
response_reset(struct response *response, int status)
{
    html_release(&response->body);
    response->status = status;
    response->type = "text/html; charset=utf-8";
    response->cached = false;
}

void
response_head(const struct response *response, struct html *out)
{
    html_raw(out, "Status: ");
    html_format(out, "%d", response->status);
    html_raw(out, "\r\n");
    if (response->body.len > 0) {
        html_raw(out, arena_format(response->arena,
            "Content-Type: %s\r\nContent-Length: %zu\r\n", response->type,
            response->body.len));
    }
    html_raw(out, security);
    html_raw(out, response->cached
        ? "Cache-Control: public, max-age=31536000, immutable\r\n"
        : "Cache-Control: no-store\r\n");
    for (int i = 0; i < response->headers_n; i++) {
        html_raw(out, response->headers[i]);
        html_raw(out, "\r\n");
    }
    html_raw(out, "\r\n");
}

void
response_release(struct response *response)
{
    html_release(&response->body);
}
