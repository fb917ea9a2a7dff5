/*
 * serve.h: FastCGI on a unix socket, by a few processes.
 *
 * Meaning   the parent opens the socket and keeps `workers` children, each
 *           of which accepts and answers one request at a time; a child
 *           that dies is replaced (not more often than one a second).
 *           SIGTERM and SIGINT: no new request, the running ones end, the
 *           socket goes away, exit 0.  A child ends with its parent, after
 *           the request it is at.  libfcgi ends a process at some records
 *           that no web server sends (lengths of gigabytes): replaced, too.
 * Limits    SERVE_READ_S for each piece that the web server sends or takes,
 *           SERVE_REQUEST_S for a whole request (the child is replaced);
 *           slow visitors are the web server's matter (it buffers).
 * Failure   ERR_SYSTEM for the socket, and what service_open() says.
 * Source    libfcgi; serve.c alone includes its header.
 */
#ifndef TSUNAGARI_SERVE_H
#define TSUNAGARI_SERVE_H

#include "service.h"

enum {
    SERVE_WORKERS = 4,
    SERVE_WORKERS_MAX = 64,
    SERVE_READ_S = 20,
    SERVE_REQUEST_S = 120
};

struct serve_options {
    struct service_settings settings;
    const char *socket_path;
    int socket_mode; /* 0660 */
    int workers;
};

/* Returns after SIGTERM. */
bool serve_run(const struct serve_options *options, struct err *err);

#endif
