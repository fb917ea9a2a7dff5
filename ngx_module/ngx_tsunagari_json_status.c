
/*
 * ngx_tsunagari_json_status.c: /status.json and errors.
 */


#include "ngx_tsunagari_json.h"


void
ngx_tsunagari_json_status(ngx_tsunagari_page_t *page)
{
    const struct snap    *s;
    ngx_tsunagari_out_t  *out;

    s = page->snap;
    out = page->out;

    ngx_tsunagari_out_lit(out, "{");
    ngx_tsunagari_json_run(page);

    if (s->header->audience == SNAP_AUDIENCE_MEMBERS) {
        ngx_tsunagari_out_lit(out, ",\"audience\":\"members\"");

    } else {
        ngx_tsunagari_out_lit(out, ",\"audience\":\"public\"");
    }

    ngx_tsunagari_out_lit(out, ",\"documents\":{\"resources\":");
    ngx_tsunagari_out_uint(out, s->collections[SNAP_RESOURCES].docs_n);
    ngx_tsunagari_out_lit(out, ",\"needs\":");
    ngx_tsunagari_out_uint(out, s->collections[SNAP_NEEDS].docs_n);
    ngx_tsunagari_out_lit(out, "},\"loaded_at\":\"");
    ngx_tsunagari_out_str(out, &page->loaded_at);
    ngx_tsunagari_out_lit(out, "\"}");
}


void
ngx_tsunagari_json_error(ngx_tsunagari_page_t *page)
{
    ngx_str_t             bad;
    ngx_tsunagari_out_t  *out;

    out = page->out;

    if (page->status != NGX_TSUNAGARI_BAD_REQUEST) {
        ngx_tsunagari_out_lit(out,
                              "{\"error\":\"not found\",\"parameter\":null}");
        return;
    }

    bad.data = (u_char *) page->query->bad;
    bad.len = ngx_strlen(bad.data);

    ngx_tsunagari_out_lit(out, "{\"error\":\"");
    ngx_tsunagari_out_str(out, &ngx_tsunagari_reason[page->query->reason]);
    ngx_tsunagari_out_lit(out, "\",\"parameter\":\"");
    ngx_tsunagari_out_json(out, bad.data, bad.len);
    ngx_tsunagari_out_lit(out, "\"}");
}
