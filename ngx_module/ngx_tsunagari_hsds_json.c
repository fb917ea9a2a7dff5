
/*
 * ngx_tsunagari_hsds_json.c: records as they stand in the snapshot, and lists.
 */


#include "ngx_tsunagari_page.h"


static void ngx_tsunagari_hsds_about(ngx_tsunagari_page_t *page);
static void ngx_tsunagari_hsds_list(ngx_tsunagari_page_t *page);
static void ngx_tsunagari_hsds_flag(ngx_tsunagari_out_t *out,
    ngx_uint_t flag);
static void ngx_tsunagari_hsds_minimal(ngx_tsunagari_page_t *page,
    const struct snap_record *record);
static void ngx_tsunagari_hsds_slot(void *data, ngx_uint_t slot);


void
ngx_tsunagari_hsds(ngx_tsunagari_page_t *page)
{
    if (page->route.record == 0) {
        ngx_tsunagari_hsds_about(page);

    } else if (page->route.one) {

        if (page->doc < page->snap->records_n) {
            ngx_tsunagari_page_fragment(page,
                                        page->snap->records[page->doc].full,
                                        ngx_tsunagari_hsds_slot);
        }

    } else {
        ngx_tsunagari_hsds_list(page);
    }
}


static void
ngx_tsunagari_hsds_slot(void *data, ngx_uint_t slot)
{
    (void) ngx_tsunagari_page_slot(data, slot);
}


static void
ngx_tsunagari_hsds_about(ngx_tsunagari_page_t *page)
{
    ngx_tsunagari_out_lit(page->out, "{\"version\":\"3.0\","
        "\"profile\":\"https://docs.openreferral.org/en/3.0.1/hsds/\","
        "\"openapi_url\":\"https://raw.githubusercontent.com/openreferral/"
        "specification/3.0/schema/openapi.json\"}");
}


static void
ngx_tsunagari_hsds_list(ngx_tsunagari_page_t *page)
{
    ngx_uint_t                    i;
    uint32_t                      per_page, pages;
    ngx_tsunagari_out_t          *out;
    ngx_tsunagari_query_t        *q;
    const struct snap_record     *record;
    ngx_tsunagari_hsds_result_t  *result;

    out = page->out;
    q = page->query;
    result = &page->hsds;

    per_page = (uint32_t) q->hsds.per_page;
    pages = (result->total + per_page - 1) / per_page;

    ngx_tsunagari_out_lit(out, "{\"total_items\":");
    ngx_tsunagari_out_uint(out, result->total);
    ngx_tsunagari_out_lit(out, ",\"total_pages\":");
    ngx_tsunagari_out_uint(out, pages);
    ngx_tsunagari_out_lit(out, ",\"page_number\":");
    ngx_tsunagari_out_uint(out, q->page);
    ngx_tsunagari_out_lit(out, ",\"size\":");
    ngx_tsunagari_out_uint(out, result->records_n);
    ngx_tsunagari_out_lit(out, ",\"first_page\":");
    ngx_tsunagari_hsds_flag(out, q->page == 1);
    ngx_tsunagari_out_lit(out, ",\"last_page\":");
    ngx_tsunagari_hsds_flag(out, q->page >= pages);
    ngx_tsunagari_out_lit(out, ",\"empty\":");
    ngx_tsunagari_hsds_flag(out, result->records_n == 0);
    ngx_tsunagari_out_lit(out, ",\"contents\":[");

    for (i = 0; i < result->records_n; i++) {

        if (i) {
            ngx_tsunagari_out_lit(out, ",");
        }

        record = &page->snap->records[result->records[i]];

        if (q->hsds.minimal) {
            ngx_tsunagari_hsds_minimal(page, record);

        } else {
            ngx_tsunagari_page_fragment(page, q->hsds.full ? record->full
                                                           : record->item,
                                        ngx_tsunagari_hsds_slot);
        }
    }

    ngx_tsunagari_out_lit(out, "]}");
}


static void
ngx_tsunagari_hsds_flag(ngx_tsunagari_out_t *out, ngx_uint_t flag)
{
    if (flag) {
        ngx_tsunagari_out_lit(out, "true");

    } else {
        ngx_tsunagari_out_lit(out, "false");
    }
}


static void
ngx_tsunagari_hsds_minimal(ngx_tsunagari_page_t *page,
    const struct snap_record *record)
{
    char              text[SNAP_UUID_LEN];
    struct snap_uuid  uuid;

    uuid.space = snap_space(page->snap);
    uuid.kind = page->route.record;
    uuid.part = 0;
    uuid.id = record->id;

    snap_uuid_write(text, &uuid);

    ngx_tsunagari_out_lit(page->out, "{\"id\":\"");
    ngx_tsunagari_out(page->out, text, sizeof(text));
    ngx_tsunagari_out_lit(page->out, "\"");

    if (record->changed) {
        ngx_tsunagari_out_lit(page->out, ",\"last_modified\":\"");
        ngx_tsunagari_out_date(page->out, record->changed);
        ngx_tsunagari_out_lit(page->out, "T00:00:00+09:00\"");
    }

    ngx_tsunagari_out_lit(page->out, "}");
}
