
/*
 * ngx_tsunagari_out.h: a writer that measures while it writes.
 *
 * Meaning   bytes go to start[0..size); past the end they are only counted,
 *           so that one function is both length and writer: when len > size
 *           after a run, the caller runs again with at least len bytes.
 * Units     lengths in bytes.
 * Failure   none; a run past NGX_TSUNAGARI_OUT_MAX sets nothing but len, and
 *           the caller refuses the answer.
 * Lifetime  the caller's memory; no allocation.
 *
 * Escaping lives here and nowhere else.
 */


#ifndef _NGX_TSUNAGARI_OUT_H_INCLUDED_
#define _NGX_TSUNAGARI_OUT_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>

#include "snapshot.h"


#define NGX_TSUNAGARI_OUT_MAX  (16 * 1024 * 1024)


typedef struct {
    u_char  *start;
    size_t   size;
    size_t   len;
} ngx_tsunagari_out_t;


static ngx_inline void
ngx_tsunagari_out(ngx_tsunagari_out_t *out, const void *data, size_t n)
{
    if (out->len <= out->size && n <= out->size - out->len && n) {
        ngx_memcpy(out->start + out->len, data, n);
    }

    out->len += n;
}


/*
 * The n bytes from `from` on once more, or their count when they were not
 * kept; 0 when n is 0.
 */
static ngx_inline ngx_uint_t
ngx_tsunagari_out_again(ngx_tsunagari_out_t *out, size_t from, size_t n)
{
    if (n == 0) {
        return 0;
    }

    if (out->len <= out->size && n <= out->size - out->len) {
        ngx_memcpy(out->start + out->len, out->start + from, n);
    }

    out->len += n;

    return 1;
}


#define ngx_tsunagari_out_lit(out, s)                                         \
    ngx_tsunagari_out(out, s, sizeof(s) - 1)

#define ngx_tsunagari_out_str(out, s)                                         \
    ngx_tsunagari_out(out, (s)->data, (s)->len)


/* Text into HTML, in an element or a quoted attribute. */
void ngx_tsunagari_out_html(ngx_tsunagari_out_t *out, const u_char *data,
    size_t n);

/* Text into a JSON string, without its quotes. */
void ngx_tsunagari_out_json(ngx_tsunagari_out_t *out, const u_char *data,
    size_t n);

/* Text as the value of a URL argument; the result needs no more escaping. */
void ngx_tsunagari_out_uri(ngx_tsunagari_out_t *out, const u_char *data,
    size_t n);

void ngx_tsunagari_out_uint(ngx_tsunagari_out_t *out, uint64_t value);

/* 20261121 as 2026-11-21. */
void ngx_tsunagari_out_date(ngx_tsunagari_out_t *out, uint32_t date);

/* A generation as 12-9f3a01c2: run, CRC. */
void ngx_tsunagari_out_generation(ngx_tsunagari_out_t *out,
    uint64_t generation);


#endif /* _NGX_TSUNAGARI_OUT_H_INCLUDED_ */
