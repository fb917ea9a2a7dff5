
/*
 * ngx_tsunagari_links.c: what is the same for all links is looked at once.
 */


#include "ngx_tsunagari_links.h"


#define NGX_TSUNAGARI_LINKS_END_LEN  (sizeof(NGX_TSUNAGARI_LINKS_END) - 1)

/* What the snapshot has of a value; longer ones are written one by one. */
#define NGX_TSUNAGARI_LINKS_LONG     (4 * NGX_TSUNAGARI_OUT_BLOCK)

/* For that, a count of four digits, the end, and what is written past it. */
#define NGX_TSUNAGARI_LINKS_ROOM     (6 * NGX_TSUNAGARI_OUT_BLOCK)


uint32_t
ngx_tsunagari_links(ngx_tsunagari_links_t *l, ngx_tsunagari_out_t *out,
    uint32_t value, uint32_t end)
{
    size_t                      n, len;
    u_char                     *p, *full;
    uint32_t                    four, least, last, count;
    uint64_t                    safe;
    ngx_uint_t                  left;
    const u_char               *begin, *bytes, *text;
    const uint32_t             *counts;
    struct snap_ref             link;
    const struct snap          *s;
    const struct snap_ref      *links;
    ngx_tsunagari_out_block_t   first;

    len = l->begin->len;
    left = l->left;
    p = out->start + ngx_min(out->len, out->size);

    if (len == 0 || len > NGX_TSUNAGARI_LINKS_BEGIN || out->len > out->size
        || out->size - out->len < len + NGX_TSUNAGARI_LINKS_ROOM)
    {
        left = 0;
        full = p;

    } else {
        full = out->start + out->size - len - NGX_TSUNAGARI_LINKS_ROOM;
    }

    l->left -= left;

    /* held here: for all a compiler knows, what is written may be any of it */

    s = l->snap;
    begin = l->begin->text;
    first = *(const ngx_tsunagari_out_block_t *) begin;
    bytes = s->bytes;
    links = l->links;
    counts = l->counts;
    least = l->least;
    last = l->last;

    /* up to where the longest can be read by whole blocks */

    safe = s->bytes_n - ngx_min(s->bytes_n, NGX_TSUNAGARI_LINKS_LONG);

    for ( /* void */ ; value < end; value++) {

        count = counts[value];

        if (count <= least && (count < least || value > last)) {
            continue;
        }

        link = links[value];

        if (left == 0 || p > full || count >= 10000 || link.offset >= safe
            || link.length > NGX_TSUNAGARI_LINKS_LONG)
        {
            break;
        }

        p = ngx_tsunagari_out_blocks(p, first, begin, len);

        text = bytes + link.offset;
        p = ngx_tsunagari_out_blocks(p,
                                    *(const ngx_tsunagari_out_block_t *) text,
                                    text, link.length);

        four = ngx_tsunagari_out_four(count, &n);

        ngx_memcpy(p, &four, sizeof(uint32_t));
        p += n;

        ngx_memcpy(p, NGX_TSUNAGARI_LINKS_END, NGX_TSUNAGARI_LINKS_END_LEN);
        p += NGX_TSUNAGARI_LINKS_END_LEN;

        left--;
    }

    if (out->len <= out->size) {
        out->len = p - out->start;
    }

    l->left += left;

    return value;
}
