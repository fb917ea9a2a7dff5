
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

        /*
         * the library's: where a compiler knows a bound of n it puts "rep
         * movs" in place of memcpy(), which takes long to start
         */

        if (__builtin_constant_p(n)) {
            ngx_memcpy(p, data, n);

        } else {
            ngx_memmove(p, data, n);
        }
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

/*
 * The same of valid UTF-8 for a link on a page that is in UTF-8 as well: what
 * is not ASCII stays as it is, a third as long, and the browser escapes it.
 */
void ngx_tsunagari_out_iri(ngx_tsunagari_out_t *out, const u_char *data,
    size_t n);

void ngx_tsunagari_out_uint(ngx_tsunagari_out_t *out, uint64_t value);


/* 00 to 99, the first digit in the low byte. */
extern const uint16_t  ngx_tsunagari_out_pair[100];

/*
 * A value below 10000 as text, the first digit in the low byte; *n: how many
 * digits.  Without a branch that could be foretold wrongly.
 */
static ngx_inline uint32_t
ngx_tsunagari_out_four(uint32_t value, size_t *n)
{
    uint32_t  four, high, skip;

    high = value / 100;
    four = ngx_tsunagari_out_pair[high]
           | (uint32_t) ngx_tsunagari_out_pair[value - high * 100] << 16;

    /* zeros in front, but not the last digit, are shifted out */

    skip = (uint32_t) __builtin_ctz(four | 1 << 24) & ~7u;
    *n = 4 - skip / 8;

    return (four + 0x30303030) >> skip;
}


#define NGX_TSUNAGARI_OUT_BLOCK  64

/* A block that stays in registers: any processor has those of 16 bytes. */

typedef u_char  ngx_tsunagari_out_piece_t
    __attribute__((vector_size(16), aligned(1), may_alias));

typedef struct {
    ngx_tsunagari_out_piece_t  a, b, c, d;
} __attribute__((may_alias)) ngx_tsunagari_out_block_t;


/*
 * As ngx_cpymem(), for n of a hundred or so that differ from call to call and
 * data that begins with that block: by whole blocks, so that up to a block
 * behind data and p is read and written.
 */
static ngx_inline u_char *
ngx_tsunagari_out_blocks(u_char *p, ngx_tsunagari_out_block_t first,
    const u_char *data, size_t n)
{
    size_t  i;

    *(ngx_tsunagari_out_block_t *) p = first;

    for (i = NGX_TSUNAGARI_OUT_BLOCK; i < n; i += NGX_TSUNAGARI_OUT_BLOCK) {
        *(ngx_tsunagari_out_block_t *) (p + i) =
                              *(const ngx_tsunagari_out_block_t *) (data + i);
    }

    return p + n;
}


/* 20261121 as 2026-11-21. */
void ngx_tsunagari_out_date(ngx_tsunagari_out_t *out, uint32_t date);

/* A generation as 12-9f3a01c2: run, CRC. */
void ngx_tsunagari_out_generation(ngx_tsunagari_out_t *out,
    uint64_t generation);


#endif /* _NGX_TSUNAGARI_OUT_H_INCLUDED_ */
