/*
 * asked.h: a mapped snapshot and a file of requests, for the programs of
 * `make bench-serve` that need no nginx.
 *
 * Meaning   one path and query a line, below /t, as serve_urls.mjs writes
 *           them; asked_next() reads one and finds its values, as the module
 *           does.
 * Units     microseconds of this process's CPU.
 * Failure   ends the program with a message: this is a bench.
 * Lifetime  path, args and query until the next call.
 */
#ifndef TSUNAGARI_ASKED_H
#define TSUNAGARI_ASKED_H

#include <stdbool.h>
#include <stdio.h>

#include "tests/unit/module/pages.h"

struct asked {
    struct snap snap;
    FILE *paths;
    char line[4096];
    const char *path, *args; /* "/resources", "kind=venue" */
    ngx_uint_t collection;
    ngx_tsunagari_query_t query;
    ngx_tsunagari_result_t result; /* resolved, not searched */
    unsigned char *work;
};

void asked_open(struct asked *a, const char *snapshot, const char *paths);
bool asked_next(struct asked *a);
double asked_cpu_us(void);
_Noreturn void asked_fail(const char *what, const char *why);

#endif
