/*
 * arguments.c: a request's path and arguments (ngx_tsunagari_query.h).
 *
 * Input     path, '?', arguments; NUL bytes may stand in either.
 * Rules     limits hold; the normal form is read again as the same query.
 */
#include "fuzz.h"

#include "ngx_tsunagari_query.h"
#include "ngx_tsunagari_route.h"
#include "schema/fold.h"

enum { WRITTEN_MAX = 256 * 1024 };

static void
check(const ngx_tsunagari_query_t *q)
{
    fuzz_must(q->terms <= NGX_TSUNAGARI_TERMS);
    fuzz_must(q->page >= 1 && q->page <= NGX_TSUNAGARI_PAGE_MAX);
    fuzz_must(q->lang < SNAP_LANGS);
    for (size_t i = 0; i < q->terms; i++) {
        const char *term = (const char *)q->term[i].data;
        fuzz_must(q->term[i].len > 0);
        fuzz_must(fold_utf8_valid(term, q->term[i].len) == q->term[i].len);
    }
    for (size_t f = 0; f < SNAP_FACETS; f++) {
        const ngx_tsunagari_values_t *v = &q->facets[f];
        fuzz_must(v->n <= NGX_TSUNAGARI_VALUES);
        for (size_t i = 0; i < v->n; i++) {
            fuzz_must(v->value[i].len > 0);
            fuzz_must(v->value[i].len <= NGX_TSUNAGARI_VALUE_LEN);
        }
    }
}

static size_t
write_query(const ngx_tsunagari_query_t *q, u_char *bytes)
{
    ngx_tsunagari_out_t out = {bytes, WRITTEN_MAX, 0};
    ngx_tsunagari_query_write(
        q, &out, NGX_TSUNAGARI_SKIP_NONE, q->page, q->lang, 0);
    fuzz_must(out.len <= WRITTEN_MAX);
    return out.len;
}

/* Bytes are copied to where their end is the end of memory. */
static ngx_int_t
parse(ngx_tsunagari_query_t *q, const u_char *bytes, size_t n, u_char **buf)
{
    u_char *args = malloc(n > 0 ? n : 1);
    *buf = malloc(n > 0 ? n : 1);
    fuzz_must(args != NULL && *buf != NULL);
    memcpy(args, bytes, n);
    ngx_str_t a = {n, args};
    ngx_int_t rc = ngx_tsunagari_query_parse(q, &a, *buf);
    free(args); /* values point into buf alone */
    return rc;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ngx_tsunagari_query_t query, again;
    static u_char first[WRITTEN_MAX], second[WRITTEN_MAX];
    const uint8_t *mark = size > 0 ? memchr(data, '?', size) : NULL;
    size_t path_len = mark != NULL ? (size_t)(mark - data) : size;
    u_char *path = (u_char *)fuzz_text(data, path_len);
    ngx_str_t p = {path_len, path};
    ngx_tsunagari_route_t route;
    ngx_tsunagari_route(&p, &route);
    fuzz_must(route.route < NGX_TSUNAGARI_ROUTES);
    free(path);
    u_char *buf, *buf_again;
    size_t n = mark != NULL ? size - path_len - 1 : 0;
    ngx_int_t rc = parse(&query, n > 0 ? mark + 1 : data, n, &buf);
    fuzz_must(rc == NGX_OK || rc == NGX_DECLINED);
    if (rc == NGX_DECLINED) {
        fuzz_must(query.bad != NULL);
        fuzz_must(query.reason > 0 &&
            query.reason < NGX_TSUNAGARI_BAD_REASONS);
    } else {
        check(&query);
        size_t len = write_query(&query, first);
        size_t skip = len > 0; /* its '?' */
        rc = parse(&again, first + skip, len - skip, &buf_again);
        fuzz_must(rc == NGX_OK);
        fuzz_must(write_query(&again, second) == len);
        fuzz_must(memcmp(first, second, len) == 0);
        free(buf_again);
    }
    free(buf);
    return 0;
}
