/*
 * response.h: what goes back: a status, headers, a body.
 *
 * Meaning   every answer carries the security headers of response_head():
 *           a Content-Security-Policy without inline script or style (so no
 *           style="" and no onclick=""), nosniff, referrers without a path (a
 *           sheet's address is its key, and logs keep referrers), and
 *           no-store unless response_cache() was called.
 * Units     body: bytes; a text type is UTF-8.
 * Failure   none but memory; header values with a line break assert.
 * Lifetime  until response_release(); strings are copied to the arena.
 */
#ifndef TSUNAGARI_RESPONSE_H
#define TSUNAGARI_RESPONSE_H

#include <stdbool.h>

#include "html.h"
#include "optimizer/base/err.h"

enum { RESPONSE_HEADERS_MAX = 16 };

struct response {
    struct arena *arena;
    int status; /* 200 until it is said otherwise */
    const char *type;
    const char *headers[RESPONSE_HEADERS_MAX]; /* "Name: value" */
    int headers_n;
    bool cached;
    struct html body;
};

void response_init(struct response *response, struct arena *arena);
void response_header(struct response *response, const char *name,
    const char *value);
/* 303: the answer to a POST is another page (PRG).  path: of this site. */
void response_redirect(struct response *response, const char *path);
/* For what never changes under its address. */
void response_cache(struct response *response);
/* Offered as a file to keep; name: ASCII. */
void response_download(struct response *response, const char *type,
    const char *name);
/*
 * A workbook to keep: write makes the file `path` (libxlsxwriter writes to
 * files only), which is gone when this returns.
 */
typedef bool response_writer(void *data, const char *path, struct err *err);
bool response_workbook(struct response *response, const char *name,
    response_writer *write, void *data, struct err *err);
/* Starts anew: an error page instead of half a page; headers stay. */
void response_reset(struct response *response, int status);
/* The head as CGI has it: "Status: ...", headers, an empty line. */
void response_head(const struct response *response, struct html *out);
void response_release(struct response *response);

#endif
