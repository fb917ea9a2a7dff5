/*
 * pages.h: one answer of the module's core, without nginx.
 *
 * Lifetime  the bytes are valid until the next call.
 */
#ifndef TSUNAGARI_PAGES_H
#define TSUNAGARI_PAGES_H

#include "ngx_tsunagari_page.h"

struct answer {
    ngx_uint_t status;
    const char *bytes; /* NUL-terminated */
    size_t len;
};

/* path below the location and arguments; room: bytes of the first run. */
struct answer pages_get(const struct snap *snap, const char *path,
    const char *args, size_t room);
void pages_release(void);

#endif
