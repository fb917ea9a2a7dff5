
/*
 * ngx_tsunagari_out.c: the writer and its escapes.
 */


#include "ngx_tsunagari_out.h"


static const u_char  ngx_tsunagari_hex[] = "0123456789ABCDEF";


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
    u_char  ch, esc[96], *p;
    size_t  i;

    /* bit ch % 32 of word ch / 32: letters, digits and "-._~" */

    static const uint32_t  plain[8] = {
        0, 0x03ff6000, 0x87fffffe, 0x47fffffe, 0, 0, 0, 0
    };

    p = esc;

    for (i = 0; i < n; i++) {
        ch = data[i];

        if (p > esc + sizeof(esc) - 3) {
            ngx_tsunagari_out(out, esc, p - esc);
            p = esc;
        }

        if (plain[ch / 32] >> ch % 32 & 1) {
            *p++ = ch;
            continue;
        }

        *p++ = '%';
        *p++ = ngx_tsunagari_hex[ch >> 4];
        *p++ = ngx_tsunagari_hex[ch & 15];
    }

    ngx_tsunagari_out(out, esc, p - esc);
}


void
ngx_tsunagari_out_uint(ngx_tsunagari_out_t *out, uint64_t value)
{
    u_char  buf[NGX_TSUNAGARI_DIGITS];

    ngx_tsunagari_out(out, buf, ngx_tsunagari_out_digits(buf, value));
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
