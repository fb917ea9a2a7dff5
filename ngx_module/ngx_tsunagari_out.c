
/*
 * ngx_tsunagari_out.c: the writer and its escapes.
 */


#include "ngx_tsunagari_out.h"


#define NGX_TSUNAGARI_DIGITS  20
#define NGX_TSUNAGARI_URI     64        /* characters escaped at a time */


static void ngx_tsunagari_out_escaped(ngx_tsunagari_out_t *out,
    const u_char *data, size_t n, const uint32_t *plain);
static u_char *ngx_tsunagari_out_escape(u_char *p, const u_char *data,
    size_t n, const uint32_t *plain);


/* Bit ch % 32 of word ch / 32: letters, digits and "-._~". */

static const uint32_t  ngx_tsunagari_out_ascii[8] = {
    0, 0x03ff6000, 0x87fffffe, 0x47fffffe, 0, 0, 0, 0
};

static const uint32_t  ngx_tsunagari_out_utf8[8] = {
    0, 0x03ff6000, 0x87fffffe, 0x47fffffe,
    0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff
};


static const u_char  ngx_tsunagari_hex[] = "0123456789ABCDEF";


const uint16_t  ngx_tsunagari_out_pair[100] = {
    0x0000, 0x0100, 0x0200, 0x0300, 0x0400, 0x0500, 0x0600, 0x0700, 0x0800, 0x0900,
    0x0001, 0x0101, 0x0201, 0x0301, 0x0401, 0x0501, 0x0601, 0x0701, 0x0801, 0x0901,
    0x0002, 0x0102, 0x0202, 0x0302, 0x0402, 0x0502, 0x0602, 0x0702, 0x0802, 0x0902,
    0x0003, 0x0103, 0x0203, 0x0303, 0x0403, 0x0503, 0x0603, 0x0703, 0x0803, 0x0903,
    0x0004, 0x0104, 0x0204, 0x0304, 0x0404, 0x0504, 0x0604, 0x0704, 0x0804, 0x0904,
    0x0005, 0x0105, 0x0205, 0x0305, 0x0405, 0x0505, 0x0605, 0x0705, 0x0805, 0x0905,
    0x0006, 0x0106, 0x0206, 0x0306, 0x0406, 0x0506, 0x0606, 0x0706, 0x0806, 0x0906,
    0x0007, 0x0107, 0x0207, 0x0307, 0x0407, 0x0507, 0x0607, 0x0707, 0x0807, 0x0907,
    0x0008, 0x0108, 0x0208, 0x0308, 0x0408, 0x0508, 0x0608, 0x0708, 0x0808, 0x0908,
    0x0009, 0x0109, 0x0209, 0x0309, 0x0409, 0x0509, 0x0609, 0x0709, 0x0809, 0x0909
};


void
ngx_tsunagari_out_html(ngx_tsunagari_out_t *out, const u_char *data, size_t n)
{
    size_t  i, from;

    from = 0;

    for (i = 0; i < n; i++) {

        switch (data[i]) {

        case '&':
            ngx_tsunagari_out(out, data + from, i - from);
            ngx_tsunagari_out_lit(out, "&amp;");
            break;

        case '<':
            ngx_tsunagari_out(out, data + from, i - from);
            ngx_tsunagari_out_lit(out, "&lt;");
            break;

        case '>':
            ngx_tsunagari_out(out, data + from, i - from);
            ngx_tsunagari_out_lit(out, "&gt;");
            break;

        case '"':
            ngx_tsunagari_out(out, data + from, i - from);
            ngx_tsunagari_out_lit(out, "&quot;");
            break;

        case '\'':
            ngx_tsunagari_out(out, data + from, i - from);
            ngx_tsunagari_out_lit(out, "&#39;");
            break;

        default:
            continue;
        }

        from = i + 1;
    }

    if (from < n) {                        /* an empty text may be NULL */
        ngx_tsunagari_out(out, data + from, n - from);
    }
}


void
ngx_tsunagari_out_json(ngx_tsunagari_out_t *out, const u_char *data, size_t n)
{
    u_char  ch, esc[6];
    size_t  i, from;

    from = 0;

    for (i = 0; i < n; i++) {
        ch = data[i];

        /* '<' too: a JSON text may end up inside a <script> element */

        if (ch >= 0x20 && ch != '"' && ch != '\\' && ch != '<') {
            continue;
        }

        ngx_tsunagari_out(out, data + from, i - from);
        from = i + 1;

        if (ch == '"' || ch == '\\') {
            esc[0] = '\\';
            esc[1] = ch;
            ngx_tsunagari_out(out, esc, 2);
            continue;
        }

        esc[0] = '\\';
        esc[1] = 'u';
        esc[2] = '0';
        esc[3] = '0';
        esc[4] = ngx_tsunagari_hex[ch >> 4];
        esc[5] = ngx_tsunagari_hex[ch & 15];
        ngx_tsunagari_out(out, esc, 6);
    }

    if (from < n) {                        /* an empty text may be NULL */
        ngx_tsunagari_out(out, data + from, n - from);
    }
}


void
ngx_tsunagari_out_uri(ngx_tsunagari_out_t *out, const u_char *data, size_t n)
{
    ngx_tsunagari_out_escaped(out, data, n, ngx_tsunagari_out_ascii);
}


void
ngx_tsunagari_out_iri(ngx_tsunagari_out_t *out, const u_char *data, size_t n)
{
    ngx_tsunagari_out_escaped(out, data, n, ngx_tsunagari_out_utf8);
}


static void
ngx_tsunagari_out_escaped(ngx_tsunagari_out_t *out, const u_char *data,
    size_t n, const uint32_t *plain)
{
    u_char   esc[NGX_TSUNAGARI_URI * 3], *p;
    size_t   part;

    for ( /* void */ ; n; n -= part, data += part) {
        part = ngx_min(n, NGX_TSUNAGARI_URI);

        if (out->len < out->size && out->size - out->len >= sizeof(esc)) {
            p = out->start + out->len;
            out->len += ngx_tsunagari_out_escape(p, data, part, plain) - p;
            continue;
        }

        p = ngx_tsunagari_out_escape(esc, data, part, plain);
        ngx_tsunagari_out(out, esc, p - esc);
    }
}


/* Returns the end of at most 3 * n bytes. */

static u_char *
ngx_tsunagari_out_escape(u_char *p, const u_char *data, size_t n,
    const uint32_t *plain)
{
    u_char  ch;
    size_t  i;

    for (i = 0; i < n; i++) {
        ch = data[i];

        if (plain[ch / 32] >> ch % 32 & 1) {
            *p++ = ch;
            continue;
        }

        p[0] = '%';
        p[1] = ngx_tsunagari_hex[ch >> 4];
        p[2] = ngx_tsunagari_hex[ch & 15];
        p += 3;
    }

    return p;
}


void
ngx_tsunagari_out_uint(ngx_tsunagari_out_t *out, uint64_t value)
{
    size_t    i, n;
    u_char    buf[NGX_TSUNAGARI_DIGITS];
    uint32_t  four;

    if (value < 10000) {
        four = ngx_tsunagari_out_four((uint32_t) value, &n);

        if (out->len < out->size && out->size - out->len >= sizeof(four)) {

            /* what is behind the digits is written over */

            ngx_memcpy(out->start + out->len, &four, sizeof(four));
            out->len += n;

        } else {
            ngx_tsunagari_out(out, &four, n);
        }

        return;
    }

    i = NGX_TSUNAGARI_DIGITS;

    for ( /* void */ ; value; value /= 10) {
        buf[--i] = (u_char) ('0' + value % 10);
    }

    ngx_tsunagari_out(out, buf + i, NGX_TSUNAGARI_DIGITS - i);
}


void
ngx_tsunagari_out_date(ngx_tsunagari_out_t *out, uint32_t date)
{
    u_char      buf[10];
    ngx_uint_t  i;

    for (i = 10; i-- > 0; /* void */ ) {

        if (i == 4 || i == 7) {
            buf[i] = '-';
            continue;
        }

        buf[i] = (u_char) ('0' + date % 10);
        date /= 10;
    }

    ngx_tsunagari_out(out, buf, sizeof(buf));
}


void
ngx_tsunagari_out_generation(ngx_tsunagari_out_t *out, uint64_t generation)
{
    u_char    buf[9];
    uint32_t  i, crc;

    crc = (uint32_t) generation;
    buf[0] = '-';

    for (i = 8; i > 0; i--) {
        buf[i] = ngx_tsunagari_hex[crc & 15] | 0x20;
        crc >>= 4;
    }

    ngx_tsunagari_out_uint(out, generation >> 32);
    ngx_tsunagari_out(out, buf, sizeof(buf));
}
