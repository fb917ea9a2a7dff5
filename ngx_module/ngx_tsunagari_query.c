
/*
 * ngx_tsunagari_query.c: percent decoding, facets and text, limits.
 */


#include "ngx_tsunagari_arg.h"
#include "fold.h"


static ngx_int_t ngx_tsunagari_query_read(ngx_tsunagari_query_t *q,
    const ngx_str_t *args, u_char *buf, ngx_uint_t hsds);
static ngx_uint_t ngx_tsunagari_query_shown(const ngx_str_t *name,
    ngx_uint_t hsds);
static ngx_int_t ngx_tsunagari_query_arg(ngx_tsunagari_query_t *q,
    const ngx_str_t *name, const ngx_str_t *raw, u_char **buf,
    ngx_uint_t *seen, ngx_uint_t hsds);
static ngx_int_t ngx_tsunagari_query_decode(const ngx_str_t *raw,
    u_char **buf, ngx_str_t *value);
static ngx_int_t ngx_tsunagari_query_hex(u_char ch);
static ngx_int_t ngx_tsunagari_query_facet(ngx_tsunagari_query_t *q,
    ngx_uint_t facet, const ngx_str_t *value);
static ngx_int_t ngx_tsunagari_query_fold(ngx_tsunagari_query_t *q);


ngx_int_t
ngx_tsunagari_query_parse(ngx_tsunagari_query_t *q, const ngx_str_t *args,
    u_char *buf)
{
    return ngx_tsunagari_query_read(q, args, buf, 0);
}


ngx_int_t
ngx_tsunagari_query_parse_hsds(ngx_tsunagari_query_t *q,
    const ngx_str_t *args, u_char *buf)
{
    return ngx_tsunagari_query_read(q, args, buf, 1);
}


static ngx_int_t
ngx_tsunagari_query_read(ngx_tsunagari_query_t *q, const ngx_str_t *args,
    u_char *buf, ngx_uint_t hsds)
{
    u_char      *p, *end, *last, *eq;
    ngx_str_t    name, raw;
    ngx_uint_t   seen, reason;
    const char  *bad;

    ngx_memzero(q, offsetof(ngx_tsunagari_query_t, folded));

    q->page = 1;
    q->lang = SNAP_LANG_JA;
    q->hsds.per_page = NGX_TSUNAGARI_HSDS_PER_PAGE;
    seen = 0;

    end = args->data + args->len;

    for (p = args->data; p < end; p = last + 1) {

        last = memchr(p, '&', end - p);
        if (last == NULL) {
            last = end;
        }

        eq = memchr(p, '=', last - p);
        if (eq == NULL || eq + 1 == last) {
            continue;
        }

        name.data = p;
        name.len = eq - p;
        raw.data = eq + 1;
        raw.len = last - eq - 1;

        reason = q->reason;
        bad = q->bad;

        if (reason != NGX_TSUNAGARI_BAD_NONE
            && !ngx_tsunagari_query_shown(&name, hsds))
        {
            continue;
        }

        (void) ngx_tsunagari_query_arg(q, &name, &raw, &buf, &seen, hsds);

        if (reason != NGX_TSUNAGARI_BAD_NONE) {
            q->reason = reason;
            q->bad = bad;
        }
    }

    return (q->reason == NGX_TSUNAGARI_BAD_NONE) ? NGX_OK : NGX_DECLINED;
}


/* How a refusal is shown may stand behind what is refused: forms do so. */

static ngx_uint_t
ngx_tsunagari_query_shown(const ngx_str_t *name, ngx_uint_t hsds)
{
    const ngx_str_t  *lang, *fragment;

    lang = &ngx_tsunagari_args[NGX_TSUNAGARI_ARG_LANG].name;
    fragment = &ngx_tsunagari_args[NGX_TSUNAGARI_ARG_FRAGMENT].name;

    return !hsds && (ngx_tsunagari_arg_is(lang, name)
                     || ngx_tsunagari_arg_is(fragment, name));
}


static ngx_int_t
ngx_tsunagari_query_arg(ngx_tsunagari_query_t *q, const ngx_str_t *name,
    const ngx_str_t *raw, u_char **buf, ngx_uint_t *seen, ngx_uint_t hsds)
{
    ngx_int_t                   rc;
    ngx_str_t                   value;
    ngx_uint_t                  i, n;
    const ngx_tsunagari_arg_t  *arg;

    for (i = 0; !hsds && i < SNAP_FACETS; i++) {

        if (ngx_tsunagari_arg_is(&ngx_tsunagari_facet_name[i], name)) {
            q->bad = (const char *) ngx_tsunagari_facet_name[i].data;

            rc = ngx_tsunagari_query_decode(raw, buf, &value);

            if (rc == NGX_OK) {
                rc = ngx_tsunagari_query_facet(q, i, &value);
            }

            goto done;
        }
    }

    n = hsds ? NGX_TSUNAGARI_HSDS_ARGS : NGX_TSUNAGARI_ARGS;

    for (i = 0; i < n; i++) {

        arg = hsds ? &ngx_tsunagari_hsds_args[i] : &ngx_tsunagari_args[i];

        if (!ngx_tsunagari_arg_is(&arg->name, name)) {
            continue;
        }

        q->bad = (const char *) arg->name.data;

        rc = ngx_tsunagari_query_decode(raw, buf, &value);

        if (rc == NGX_OK && value.len) {

            if (*seen & (ngx_uint_t) 1 << i) {
                rc = NGX_TSUNAGARI_BAD_MANY;

            } else {
                *seen |= (ngx_uint_t) 1 << i;
                rc = arg->handler(q, &value);
            }
        }

        goto done;
    }

    return NGX_OK;

done:

    if (rc == NGX_OK) {
        q->bad = NULL;
        return NGX_OK;
    }

    q->reason = rc;

    return NGX_DECLINED;
}


/*
 * Percent escapes and '+'; the outer spaces go.  What is left is UTF-8
 * without control characters, tab and line ends having become spaces.
 */

static ngx_int_t
ngx_tsunagari_query_decode(const ngx_str_t *raw, u_char **buf,
    ngx_str_t *value)
{
    u_char     *p, *end, *dst, ch;
    ngx_int_t   high, low;

    dst = *buf;
    end = raw->data + raw->len;

    for (p = raw->data; p < end; /* void */ ) {
        ch = *p++;

        if (ch == '%') {

            high = (end - p < 2) ? -1 : ngx_tsunagari_query_hex(p[0]);
            low = (end - p < 2) ? -1 : ngx_tsunagari_query_hex(p[1]);

            if (high < 0 || low < 0) {
                return NGX_TSUNAGARI_BAD_ESCAPE;
            }

            ch = (u_char) (high << 4 | low);
            p += 2;

        } else if (ch == '+') {
            ch = ' ';
        }

        if (ch == '\t' || ch == CR || ch == LF) {
            ch = ' ';
        }

        if (ch < 0x20 || ch == 0x7f) {
            return NGX_TSUNAGARI_BAD_CONTROL;
        }

        *dst++ = ch;
    }

    value->data = *buf;
    value->len = dst - *buf;
    *buf = dst;

    if (fold_utf8_valid((char *) value->data, value->len) != value->len) {
        return NGX_TSUNAGARI_BAD_UTF8;
    }

    while (value->len && value->data[0] == ' ') {
        value->data++;
        value->len--;
    }

    while (value->len && value->data[value->len - 1] == ' ') {
        value->len--;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_tsunagari_query_hex(u_char ch)
{
    if (ch >= '0' && ch <= '9') {
        return ch - '0';
    }

    ch |= 0x20;

    if (ch >= 'a' && ch <= 'f') {
        return ch - 'a' + 10;
    }

    return -1;
}


/* Sorted, without doubles. */

static ngx_int_t
ngx_tsunagari_query_facet(ngx_tsunagari_query_t *q, ngx_uint_t facet,
    const ngx_str_t *value)
{
    ngx_int_t                rc;
    ngx_uint_t               i;
    ngx_tsunagari_values_t  *values;

    if (value->len == 0) {
        return NGX_OK;
    }

    if (value->len > NGX_TSUNAGARI_VALUE_LEN) {
        return NGX_TSUNAGARI_BAD_LONG;
    }

    if (facet == SNAP_FACET_FREE
        && (value->len != 1 || value->data[0] != '1'))
    {
        return NGX_TSUNAGARI_BAD_VALUE;
    }

    values = &q->facets[facet];

    for (i = 0; i < values->n; i++) {
        rc = ngx_tsunagari_arg_compare(&values->value[i], value);

        if (rc == 0) {
            return NGX_OK;
        }

        if (rc > 0) {
            break;
        }
    }

    if (values->n == NGX_TSUNAGARI_VALUES) {
        return NGX_TSUNAGARI_BAD_MANY;
    }

    ngx_memmove(&values->value[i + 1], &values->value[i],
                (values->n - i) * sizeof(ngx_str_t));

    values->value[i] = *value;
    values->n++;

    return NGX_OK;
}


ngx_int_t
ngx_tsunagari_query_q(ngx_tsunagari_query_t *q, const ngx_str_t *value)
{
    size_t  i, n;

    n = 0;

    for (i = 0; i < value->len; i++) {
        n += (value->data[i] & 0xc0) != 0x80;
    }

    if (n > NGX_TSUNAGARI_Q_CHARS) {
        return NGX_TSUNAGARI_BAD_LONG;
    }

    q->q = *value;

    return ngx_tsunagari_query_fold(q);
}


static ngx_int_t
ngx_tsunagari_query_fold(ngx_tsunagari_query_t *q)
{
    size_t      n, bad;
    u_char     *p, *end, *last;
    int32_t     work[NGX_TSUNAGARI_Q_CHARS * 18 + 64];
    ngx_str_t  *term;

    /* the buffers have room for the longest text, so that only one is left */

    if (fold_text((char *) q->q.data, q->q.len, q->folded, sizeof(q->folded),
                  &n, work, sizeof(work) / sizeof(work[0]), &bad)
        != 0)
    {
        return NGX_TSUNAGARI_BAD_UTF8;
    }

    p = (u_char *) q->folded;
    end = p + n;

    for ( /* void */ ; p < end; p = last + 1) {

        last = memchr(p, ' ', end - p);
        if (last == NULL) {
            last = end;
        }

        if (last == p) {
            continue;
        }

        if (q->terms == NGX_TSUNAGARI_TERMS) {
            return NGX_TSUNAGARI_BAD_TERMS;
        }

        term = &q->term[q->terms++];
        term->data = p;
        term->len = last - p;
    }

    return NGX_OK;
}
