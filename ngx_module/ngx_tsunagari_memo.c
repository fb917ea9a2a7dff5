
/*
 * ngx_tsunagari_memo.c: a tree by key, a queue by age.
 */


#include "ngx_tsunagari_memo.h"

#include <libdeflate.h>


#define NGX_TSUNAGARI_GZIP_LEVEL  6
#define NGX_TSUNAGARI_GZIP_MIN    256


static void ngx_tsunagari_memo_forget(ngx_tsunagari_memo_t *memo,
    ngx_tsunagari_entry_t *entry);
static void ngx_tsunagari_memo_shrink(ngx_tsunagari_memo_t *memo,
    ngx_tsunagari_entry_t *keep);


static struct libdeflate_compressor  *ngx_tsunagari_compressor;


void
ngx_tsunagari_memo_init(ngx_tsunagari_memo_t *memo, size_t max,
    ngx_tsunagari_figures_t *figures)
{
    ngx_memzero(memo, sizeof(ngx_tsunagari_memo_t));

    memo->max = max;
    memo->figures = figures;

    ngx_rbtree_init(&memo->rbtree, &memo->sentinel,
                    ngx_str_rbtree_insert_value);
    ngx_queue_init(&memo->queue);
}


void
ngx_tsunagari_memo_clear(ngx_tsunagari_memo_t *memo)
{
    ngx_queue_t  *q;

    while (!ngx_queue_empty(&memo->queue)) {
        q = ngx_queue_last(&memo->queue);
        ngx_tsunagari_memo_forget(memo,
                           ngx_queue_data(q, ngx_tsunagari_entry_t, queue));
    }
}


ngx_tsunagari_entry_t *
ngx_tsunagari_memo_get(ngx_tsunagari_memo_t *memo, ngx_str_t *key)
{
    ngx_str_node_t         *sn;
    ngx_tsunagari_entry_t  *entry;

    sn = ngx_str_rbtree_lookup(&memo->rbtree, key,
                               ngx_murmur_hash2(key->data, key->len));
    if (sn == NULL) {
        return NULL;
    }

    entry = (ngx_tsunagari_entry_t *) sn;

    ngx_queue_remove(&entry->queue);
    ngx_queue_insert_head(&memo->queue, &entry->queue);

    return entry;
}


ngx_tsunagari_entry_t *
ngx_tsunagari_memo_put(ngx_tsunagari_memo_t *memo, ngx_str_t *key,
    ngx_str_t *body, const ngx_tsunagari_facts_t *facts, ngx_log_t *log)
{
    u_char                 *p;
    size_t                  size;
    ngx_tsunagari_entry_t  *entry;

    size = sizeof(ngx_tsunagari_entry_t) + key->len + body->len;

    if (key->len > NGX_TSUNAGARI_MEMO_KEY
        || size > memo->max / NGX_TSUNAGARI_MEMO_PART)
    {
        return NULL;
    }

    entry = ngx_alloc(size, log);
    if (entry == NULL) {
        return NULL;
    }

    ngx_memzero(entry, sizeof(ngx_tsunagari_entry_t));

    p = (u_char *) entry + sizeof(ngx_tsunagari_entry_t);

    entry->sn.str.data = p;
    entry->sn.str.len = key->len;
    p = ngx_cpymem(p, key->data, key->len);

    entry->body.data = p;
    entry->body.len = body->len;
    ngx_memcpy(p, body->data, body->len);

    entry->sn.node.key = ngx_murmur_hash2(key->data, key->len);
    entry->refs = 1;
    entry->size = size;
    entry->facts = *facts;

    ngx_rbtree_insert(&memo->rbtree, &entry->sn.node);
    ngx_queue_insert_head(&memo->queue, &entry->queue);
    memo->size += size;
    memo->figures->entries++;

    ngx_tsunagari_memo_shrink(memo, entry);

    return entry;
}


void
ngx_tsunagari_memo_gzip(ngx_tsunagari_memo_t *memo,
    ngx_tsunagari_entry_t *entry, ngx_log_t *log)
{
    size_t   n;
    u_char  *p;

    if (entry->tried || entry->body.len < NGX_TSUNAGARI_GZIP_MIN) {
        return;
    }

    entry->tried = 1;

    if (ngx_tsunagari_compressor == NULL) {
        ngx_tsunagari_compressor =
                        libdeflate_alloc_compressor(NGX_TSUNAGARI_GZIP_LEVEL);

        if (ngx_tsunagari_compressor == NULL) {
            return;
        }
    }

    /* as much room as the body takes: what does not fit is not worth it */

    p = ngx_alloc(entry->body.len, log);
    if (p == NULL) {
        return;
    }

    n = libdeflate_gzip_compress(ngx_tsunagari_compressor, entry->body.data,
                                 entry->body.len, p, entry->body.len);

    if (n) {
        entry->gzip.data = ngx_alloc(n, log);

        if (entry->gzip.data) {
            ngx_memcpy(entry->gzip.data, p, n);
            entry->gzip.len = n;
            entry->size += n;
            memo->size += n;
        }
    }

    ngx_free(p);

    ngx_tsunagari_memo_shrink(memo, entry);
}


void
ngx_tsunagari_memo_release(void *data)
{
    ngx_tsunagari_entry_t *entry = data;

    if (--entry->refs) {
        return;
    }

    if (entry->gzip.data) {
        ngx_free(entry->gzip.data);
    }

    ngx_free(entry);
}


void
ngx_tsunagari_memo_exit(void)
{
    if (ngx_tsunagari_compressor) {
        libdeflate_free_compressor(ngx_tsunagari_compressor);
        ngx_tsunagari_compressor = NULL;
    }
}


static void
ngx_tsunagari_memo_forget(ngx_tsunagari_memo_t *memo,
    ngx_tsunagari_entry_t *entry)
{
    ngx_queue_remove(&entry->queue);
    ngx_rbtree_delete(&memo->rbtree, &entry->sn.node);
    memo->size -= entry->size;

    memo->figures->entries--;
    memo->figures->bytes = memo->size;

    ngx_tsunagari_memo_release(entry);
}


static void
ngx_tsunagari_memo_shrink(ngx_tsunagari_memo_t *memo,
    ngx_tsunagari_entry_t *keep)
{
    ngx_queue_t            *q;
    ngx_tsunagari_entry_t  *entry;

    while (memo->size > memo->max) {
        q = ngx_queue_last(&memo->queue);
        entry = ngx_queue_data(q, ngx_tsunagari_entry_t, queue);

        if (entry == keep) {
            break;
        }

        ngx_tsunagari_memo_forget(memo, entry);
        memo->figures->evicted++;
    }

    memo->figures->bytes = memo->size;
}
