
/*
 * ngx_tsunagari_html_tags.c: which tags a list shows.
 */


#include "ngx_tsunagari_best.h"
#include "ngx_tsunagari_html.h"


void
ngx_tsunagari_html_tags(ngx_tsunagari_page_t *page, uint32_t value,
    uint32_t end, uint32_t *least, uint32_t *last)
{
    uint32_t              few;
    uint64_t              keys[NGX_TSUNAGARI_FACET_TAGS];
    const uint32_t       *counts;
    ngx_tsunagari_best_t  best;

    counts = page->result.counts;

    ngx_tsunagari_best_init(&best, keys, NGX_TSUNAGARI_FACET_TAGS);

    few = 0;

    for ( /* void */ ; value < end; value++) {

        /* of as many documents, the ones before go first */

        if (counts[value] <= few) {
            continue;
        }

        ngx_tsunagari_best_put(&best,
                               (uint64_t) (SNAP_NONE - counts[value]) << 32
                               | value);

        few = SNAP_NONE - ngx_tsunagari_best_limit(&best);
    }

    if (best.n == best.max) {
        *least = few;
        *last = (uint32_t) best.keys[0];
    }
}
