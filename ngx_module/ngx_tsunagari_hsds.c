
/*
 * ngx_tsunagari_hsds.c: which records are asked for.
 */


#include "ngx_tsunagari_page.h"
#include "ngx_tsunagari_set.h"
#include "ngx_tsunagari_text.h"


/* Sets in page->work, which has room for more. */
typedef struct {
    size_t       words;
    uint64_t    *docs;       /* resources that match */
    uint64_t    *scratch;
    uint64_t    *other;
    ngx_uint_t   all;        /* they all do */
    ngx_uint_t   none;       /* an identifier that nothing has */
} ngx_tsunagari_hsds_sets_t;


static void ngx_tsunagari_hsds_docs(ngx_tsunagari_page_t *page,
    ngx_tsunagari_hsds_sets_t *sets);
static ngx_uint_t ngx_tsunagari_hsds_given(ngx_tsunagari_page_t *page,
    ngx_uint_t i, uint32_t *id, ngx_tsunagari_hsds_sets_t *sets);
static void ngx_tsunagari_hsds_owners(ngx_tsunagari_page_t *page,
    ngx_tsunagari_hsds_sets_t *sets);
static ngx_uint_t ngx_tsunagari_hsds_match(ngx_tsunagari_page_t *page,
    ngx_tsunagari_hsds_sets_t *sets, uint32_t i, uint32_t first);


ngx_uint_t
ngx_tsunagari_hsds_find(ngx_tsunagari_page_t *page)
{
    uint32_t                      i, n, first, skip;
    struct snap_uuid             *uuid;
    ngx_tsunagari_query_t        *q;
    ngx_tsunagari_hsds_sets_t     sets;
    ngx_tsunagari_hsds_result_t  *result;

    q = page->query;

    if (page->snap->header->audience != SNAP_AUDIENCE_PUBLIC) {
        return NGX_TSUNAGARI_NOT_FOUND;
    }

    if (page->route.record == 0) {
        return NGX_TSUNAGARI_OK;
    }

    if (page->route.one) {
        uuid = &page->route.uuid;

        if (uuid->kind != page->route.record || uuid->part
            || uuid->space != snap_space(page->snap))
        {
            return NGX_TSUNAGARI_NOT_FOUND;
        }

        page->doc = snap_record_find(page->snap, uuid->kind, uuid->id);

        return (page->doc == SNAP_NONE) ? NGX_TSUNAGARI_NOT_FOUND
                                        : NGX_TSUNAGARI_OK;
    }

    if (page->route.record >= SNAP_RECORD_TAXONOMY && q->q.len) {
        q->bad = "search";
        q->reason = NGX_TSUNAGARI_BAD_VALUE;
        return NGX_TSUNAGARI_BAD_REQUEST;
    }

    ngx_tsunagari_hsds_docs(page, &sets);

    if (page->route.record == SNAP_RECORD_ORGANIZATION && !sets.all) {
        ngx_tsunagari_hsds_owners(page, &sets);
    }

    result = &page->hsds;
    result->total = 0;
    result->records_n = 0;

    skip = (uint32_t) ((q->page - 1) * q->hsds.per_page);
    first = snap_records(page->snap, page->route.record, &n);

    for (i = first; i < first + n; i++) {

        if (!ngx_tsunagari_hsds_match(page, &sets, i, first)) {
            continue;
        }

        if (result->total++ >= skip && result->records_n < q->hsds.per_page) {
            result->records[result->records_n++] = i;
        }
    }

    return NGX_TSUNAGARI_OK;
}


static void
ngx_tsunagari_hsds_docs(ngx_tsunagari_page_t *page,
    ngx_tsunagari_hsds_sets_t *sets)
{
    uint32_t                       i, id, first, n, record;
    ngx_tsunagari_query_t         *q;
    const struct snap_collection  *c;

    q = page->query;
    c = &page->snap->collections[SNAP_RESOURCES];

    sets->words = ngx_tsunagari_set_words(c->docs_n);
    sets->docs = page->work;
    sets->scratch = sets->docs + sets->words;
    sets->other = sets->scratch + sets->words;
    sets->all = 1;
    sets->none = 0;

    if (q->terms) {
        sets->all = 0;
        ngx_tsunagari_text(page->snap, c, q->term, q->terms, sets->docs,
                           sets->scratch);

    } else {
        ngx_tsunagari_set_all(sets->docs, c->docs_n);
    }

    if (page->route.record >= SNAP_RECORD_TAXONOMY) {
        return;
    }

    if (ngx_tsunagari_hsds_given(page, NGX_TSUNAGARI_HSDS_TERM, &id, sets)) {
        sets->all = 0;
        record = snap_record_find(page->snap, SNAP_RECORD_TERM, id);
        first = (record == SNAP_NONE) ? SNAP_NONE
                                      : page->snap->records[record].value;

        ngx_memzero(sets->other, sets->words * sizeof(uint64_t));

        if (first < c->values_n) {
            ngx_tsunagari_set_or_posting(sets->other, c,
                                         c->values[first].posting);
        }

        ngx_tsunagari_set_and(sets->docs, sets->other, sets->words);
    }

    if (ngx_tsunagari_hsds_given(page, NGX_TSUNAGARI_HSDS_TAXONOMY, &id,
                                 sets))
    {
        sets->all = 0;

        ngx_memzero(sets->other, sets->words * sizeof(uint64_t));

        if (id < SNAP_FACETS
            && snap_record_find(page->snap, SNAP_RECORD_TAXONOMY, id)
               != SNAP_NONE)
        {
            first = ngx_tsunagari_facet(c, id, &n);

            for (i = first; i < first + n; i++) {
                ngx_tsunagari_set_or_posting(sets->other, c,
                                             c->values[i].posting);
            }
        }

        ngx_tsunagari_set_and(sets->docs, sets->other, sets->words);
    }
}


/* Whether that identifier is given; one of another network has none set. */

static ngx_uint_t
ngx_tsunagari_hsds_given(ngx_tsunagari_page_t *page, ngx_uint_t i,
    uint32_t *id, ngx_tsunagari_hsds_sets_t *sets)
{
    struct snap_uuid  *uuid;

    uuid = &page->query->hsds.ids[i];

    if (uuid->kind == 0) {
        return 0;
    }

    if (uuid->kind == SNAP_NONE || uuid->space != snap_space(page->snap)) {
        sets->none = 1;
    }

    *id = uuid->id;

    return 1;
}


/* From resources that match to their organisations, by record. */

static void
ngx_tsunagari_hsds_owners(ngx_tsunagari_page_t *page,
    ngx_tsunagari_hsds_sets_t *sets)
{
    uint32_t            i, n, first, own, doc, at;
    const struct snap  *s;

    s = page->snap;

    own = snap_records(s, SNAP_RECORD_ORGANIZATION, &n);

    ngx_memzero(sets->other, sets->words * sizeof(uint64_t));

    first = snap_records(s, SNAP_RECORD_SERVICE, &n);

    for (i = first; i < first + n; i++) {
        doc = s->records[i].doc;

        if (doc >= sets->words * 64
            || !ngx_tsunagari_set_has(sets->docs, doc))
        {
            continue;
        }

        at = snap_record_find(s, SNAP_RECORD_ORGANIZATION,
                              s->records[i].owner);

        if (at != SNAP_NONE && at - own < sets->words * 64) {
            at -= own;
            sets->other[at / 64] |= (uint64_t) 1 << at % 64;
        }
    }
}


static ngx_uint_t
ngx_tsunagari_hsds_match(ngx_tsunagari_page_t *page,
    ngx_tsunagari_hsds_sets_t *sets, uint32_t i, uint32_t first)
{
    uint32_t                     id, doc;
    ngx_tsunagari_hsds_query_t  *q;
    const struct snap_record    *r;

    q = &page->query->hsds;
    r = &page->snap->records[i];

    switch (page->route.record) {

    case SNAP_RECORD_SERVICE:
    case SNAP_RECORD_LOCATED:
        doc = r->doc;

        if (doc >= sets->words * 64
            || !ngx_tsunagari_set_has(sets->docs, doc)
            || r->changed < q->after)
        {
            return 0;
        }

        if (ngx_tsunagari_hsds_given(page, NGX_TSUNAGARI_HSDS_ORGANIZATION,
                                     &id, sets)
            && r->owner != id)
        {
            return 0;
        }

        break;

    case SNAP_RECORD_ORGANIZATION:

        if (!sets->all
            && (i - first >= sets->words * 64
                || !ngx_tsunagari_set_has(sets->other, i - first)))
        {
            return 0;
        }

        break;

    case SNAP_RECORD_TERM:

        if (ngx_tsunagari_hsds_given(page, NGX_TSUNAGARI_HSDS_TAXONOMY, &id,
                                     sets)
            && r->owner != id)
        {
            return 0;
        }

        if (ngx_tsunagari_hsds_given(page, NGX_TSUNAGARI_HSDS_PARENT, &id,
                                     sets)
            && r->parent != id)
        {
            return 0;
        }

        if (q->top && r->parent) {
            return 0;
        }
    }

    return !sets->none;
}
