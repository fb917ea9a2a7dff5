
/*
 * ngx_tsunagari_page_slot.c: slots that mean the same in HTML and JSON.
 */


#include "ngx_tsunagari_page.h"


ngx_int_t
ngx_tsunagari_page_slot(ngx_tsunagari_page_t *page, ngx_uint_t slot)
{
    uint32_t              lang;
    const char           *first;
    ngx_tsunagari_out_t  *out;

    out = page->out;
    lang = page->query->lang;

    switch (slot) {

    case SNAP_SLOT_ORIGIN:
        ngx_tsunagari_out_str(out, &page->origin);
        return NGX_OK;

    case SNAP_SLOT_LANG:

        if (lang == SNAP_LANG_EN) {
            ngx_tsunagari_out_lit(out, "en");

        } else {
            ngx_tsunagari_out_lit(out, "ja");
        }

        return NGX_OK;

    case SNAP_SLOT_LANG_FIRST:

        if (lang == SNAP_LANG_JA) {
            return NGX_OK;
        }

        first = snap_lang_first(lang);

        ngx_tsunagari_out(out, first, ngx_strlen(first));
        return NGX_OK;

    case SNAP_SLOT_LANG_NEXT:

        if (lang == SNAP_LANG_JA) {
            return NGX_OK;
        }

        if (page->route.json) {
            ngx_tsunagari_out_lit(out, "&lang=");

        } else {
            ngx_tsunagari_out_lit(out, "&amp;lang=");
        }

        ngx_tsunagari_out_str(out, &ngx_tsunagari_lang_name[lang]);
        return NGX_OK;

    case SNAP_SLOT_GENERATION:
        ngx_tsunagari_out_generation(out, page->snap->header->generation);
        return NGX_OK;

    case SNAP_SLOT_PLAN_DATE:
        ngx_tsunagari_out_date(out, page->snap->header->plan_date);
        return NGX_OK;

    case SNAP_SLOT_RUN:
        ngx_tsunagari_out_uint(out, page->snap->header->run_id);
        return NGX_OK;

    case SNAP_SLOT_PATH:
        ngx_tsunagari_out_str(out,
                     &ngx_tsunagari_collection_name[page->route.collection]);
        return NGX_OK;

    case SNAP_SLOT_TOTAL:
        ngx_tsunagari_out_uint(out,
                    page->snap->collections[page->route.collection].docs_n);
        return NGX_OK;
    }

    return NGX_DECLINED;
}
