/* pages.c: what the HTTP handler does, but for HTTP. */
#include "pages.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static struct {
    ngx_tsunagari_query_t query;
    ngx_tsunagari_page_t page;
    ngx_tsunagari_out_t out;
    unsigned char *search;
    u_char *args;
} kept;

static void
room(size_t size)
{
    free(kept.out.start);
    kept.out = (ngx_tsunagari_out_t){.start = malloc(size + 1), .size = size};
    assert(kept.out.start != NULL);
}

static size_t
search_size(const struct snap *snap)
{
    size_t most = 0;
    for (size_t c = 0; c < SNAP_COLLECTIONS; c++) {
        size_t size = ngx_tsunagari_search_size(&snap->collections[c]);
        most = size > most ? size : most;
    }
    return most;
}

struct answer
pages_get(const struct snap *snap, const char *path, const char *args,
    size_t first)
{
    ngx_str_t p = {strlen(path), (u_char *)(uintptr_t)path};
    ngx_str_t a = {strlen(args), (u_char *)(uintptr_t)args};
    free(kept.args);
    free(kept.search);
    kept.args = malloc(a.len + 1);
    kept.search = malloc(search_size(snap) + 1);
    assert(kept.args != NULL && kept.search != NULL);
    kept.page = (ngx_tsunagari_page_t){.snap = snap, .base = ngx_string("/t"),
        .loaded_at = ngx_string("2026-11-21T00:00:00Z"),
        .query = &kept.query, .work = kept.search, .out = &kept.out};
    ngx_tsunagari_route(&p, &kept.page.route);
    (void)(kept.page.route.route == NGX_TSUNAGARI_ROUTE_HSDS
               ? ngx_tsunagari_query_parse_hsds
               : ngx_tsunagari_query_parse)(&kept.query, &a, kept.args);
    room(first);
    ngx_tsunagari_page(&kept.page);
    if (kept.out.len > kept.out.size &&
        kept.page.status != NGX_TSUNAGARI_ERROR) {
        size_t measured = kept.out.len;
        room(measured);
        ngx_tsunagari_page(&kept.page);
        assert(kept.out.len == measured);
    }
    if (kept.page.status == NGX_TSUNAGARI_ERROR) {
        return (struct answer){kept.page.status, "", 0};
    }
    kept.out.start[kept.out.len] = '\0';
    return (struct answer){kept.page.status, (const char *)kept.out.start,
        kept.out.len};
}

void
pages_release(void)
{
    free(kept.out.start);
    free(kept.search);
    free(kept.args);
    memset(&kept, 0, sizeof(kept));
}
