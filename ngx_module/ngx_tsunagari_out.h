
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


/*
 * The place of the next n bytes, which the caller fills; NULL: there is none,
 * they are only counted.
 */
static ngx_inline u_char *
ngx_tsunagari_out_take(ngx_tsunagari_out_t *out, size_t n)
{
    size_t  len;

    len = out->len;
    out->len = len + n;

    /* signed: there is less than no room behind the end */

    return ((ssize_t) n <= (ssize_t) (out->size - len)) ? out->start + len
                                                        : NULL;
}


static ngx_inline void
ngx_tsunagari_out(ngx_tsunagari_out_t *out, const void *data, size_t n)
{
    u_char  *p;

    if (n == 0) {                          /* an empty text may be NULL */
        return;
    }

    p = ngx_tsunagari_out_take(out, n);

    if (p) {
        ngx_memcpy(p, data, n);
    }
}


/*
 * The n bytes from `from` on once more, or their count when they were not
 * kept; 0 when n is 0.
 */
static ngx_inline ngx_uint_t
ngx_tsunagari_out_again(ngx_tsunagari_out_t *out, size_t from, size_t n)
{
    u_char  *p;

    if (n == 0) {
        return 0;
    }

    p = ngx_tsunagari_out_take(out, n);

    if (p) {
        ngx_memcpy(p, out->start + from, n);
    }

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


#define NGX_TSUNAGARI_DIGITS  20

/* 00 to 99, the first digit in the low byte. */
extern const uint16_t  ngx_tsunagari_out_pair[100];

/*
 * Decimal digits of value at the beginning of buf; returns their count.  Up
 * to four, as counts mostly have, without a branch that could be foretold
 * wrongly.
 */
static ngx_inline size_t
ngx_tsunagari_out_digits(u_char buf[NGX_TSUNAGARI_DIGITS], uint64_t value)
{
    size_t    i, n;
    uint32_t  four, high, skip;
    uint64_t  rest;

    if (value < 10000) {
        high = (uint32_t) value / 100;
        four = ngx_tsunagari_out_pair[high]
               | (uint32_t) ngx_tsunagari_out_pair[value - high * 100] << 16;

        /* zeros in front, but not the last digit, are shifted out */

        skip = (uint32_t) __builtin_ctz(four | 1 << 24) & ~7u;
        four = (four + 0x30303030) >> skip;

        buf[0] = (u_char) four;
        buf[1] = (u_char) (four >> 8);
        buf[2] = (u_char) (four >> 16);
        buf[3] = (u_char) (four >> 24);

        return 4 - skip / 8;
    }

    for (n = 0, rest = value; rest; rest /= 10) {
        n++;
    }

    for (i = n; i-- > 0; value /= 10) {
        buf[i] = (u_char) ('0' + value % 10);
    }

    return n;
}


/*
 * As ngx_cpymem(), where n is small and differs from call to call: pieces of
 * 32 and 16, the last over the one before it.
 */
static ngx_inline u_char *
ngx_tsunagari_out_copy(u_char *p, const u_char *data, size_t n)
{
    size_t  i;

    if (n < 16) {

        for (i = 0; i < n; i++) {
            p[i] = data[i];
        }

        return p + n;
    }

    for (i = 0; i + 32 < n; i += 32) {
        ngx_memcpy(p + i, data + i, 32);
    }

    if (i + 16 < n) {
        ngx_memcpy(p + i, data + i, 16);
    }

    ngx_memcpy(p + n - 16, data + n - 16, 16);

    return p + n;
}


/* 20261121 as 2026-11-21. */
void ngx_tsunagari_out_date(ngx_tsunagari_out_t *out, uint32_t date);

/* A generation as 12-9f3a01c2: run, CRC. */
void ngx_tsunagari_out_generation(ngx_tsunagari_out_t *out,
    uint64_t generation);


#endif /* _NGX_TSUNAGARI_OUT_H_INCLUDED_ */
