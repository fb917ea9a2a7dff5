
/*
 * ngx_tsunagari_fragment.c: copy, with labels and slots.
 */


#include "ngx_tsunagari_fragment.h"


void
ngx_tsunagari_fragment(ngx_tsunagari_fragment_t *f, struct snap_ref ref)
{
    uint32_t           label;
    const u_char      *p, *from, *end;
    struct snap_span   span, text;

    span = snap_bytes(f->snap, ref);

    if (span.length == 0) {
        return;                             /* out of bounds: NULL */
    }

    from = span.data;
    end = span.data + span.length;

    for (p = from; p < end; p++) {

        if (*p > SNAP_ESC_SLOT || *p < SNAP_ESC_LABEL) {
            continue;
        }

        ngx_tsunagari_out(f->out, from, p - from);

        if (f->out->len > NGX_TSUNAGARI_OUT_MAX) {
            return;
        }

        if (*p == SNAP_ESC_SLOT) {

            if (end - p < 2) {
                return;
            }

            f->slot(f->data, p[1]);

            p++;
            from = p + 1;
            continue;
        }

        if (end - p < 3) {
            return;
        }

        label = p[1] | (uint32_t) p[2] << 8;

        text = f->json ? snap_label_json(f->snap, label, f->lang)
                       : snap_label_html(f->snap, label, f->lang);

        ngx_tsunagari_out(f->out, text.data, text.length);

        p += 2;
        from = p + 1;
    }

    ngx_tsunagari_out(f->out, from, end - from);
}
