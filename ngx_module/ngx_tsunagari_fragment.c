
/*
 * ngx_tsunagari_fragment.c: copy, with labels and slots.
 */


#include "ngx_tsunagari_fragment.h"


void
ngx_tsunagari_fragment(ngx_tsunagari_fragment_t *f, struct snap_ref ref)
{
    struct snap_run      run;
    struct snap_span     rest, text;
    ngx_tsunagari_out_t *out;

    out = f->out;
    rest = snap_bytes(f->snap, ref);

    while (snap_run_next(&rest, &run)) {

        if (run.text.length <= NGX_TSUNAGARI_OUT_BLOCK
            && rest.length >= NGX_TSUNAGARI_OUT_BLOCK
            && out->len < out->size
            && out->size - out->len >= NGX_TSUNAGARI_OUT_BLOCK)
        {
            /* what is behind it comes along, and is written over */

            ngx_memcpy(out->start + out->len, run.text.data,
                       NGX_TSUNAGARI_OUT_BLOCK);
            out->len += run.text.length;

        } else {
            ngx_tsunagari_out(out, run.text.data, run.text.length);
        }

        if (out->len > NGX_TSUNAGARI_OUT_MAX) {
            return;
        }

        switch (run.kind) {

        case SNAP_RUN_LABEL:
            text = f->json ? snap_label_json(f->snap, run.number, f->lang)
                           : snap_label_html(f->snap, run.number, f->lang);

            ngx_tsunagari_out(out, text.data, text.length);
            break;

        case SNAP_RUN_SLOT:

            if (run.number == SNAP_SLOT_BASE) {
                ngx_tsunagari_out_str(out, &f->base);

            } else if (run.number != SNAP_SLOT_LANG_FIRST
                       || f->lang != SNAP_LANG_JA)
            {
                f->slot(f->data, run.number);
            }

            break;
        }
    }
}


void
ngx_tsunagari_fragment_ahead(const struct snap *s, struct snap_ref ref)
{
    uint32_t          i, n;
    struct snap_span  span;

    span = snap_bytes(s, ref);
    n = ngx_min(span.length, NGX_TSUNAGARI_AHEAD_BYTES);

    for (i = 0; i < n; i += 64) {
        __builtin_prefetch(span.data + i);
    }
}
