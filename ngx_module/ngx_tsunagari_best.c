
/*
 * ngx_tsunagari_best.c: a heap, bounded by the end of the page.
 */


#include "ngx_tsunagari_best.h"


static void ngx_tsunagari_best_sift(uint64_t *keys, size_t i, size_t n);


void
ngx_tsunagari_best_init(ngx_tsunagari_best_t *best, uint64_t *keys,
    size_t max)
{
    best->keys = keys;
    best->n = 0;
    best->max = max;
}


void
ngx_tsunagari_best_put(ngx_tsunagari_best_t *best, uint64_t key)
{
    size_t  i;

    if (best->n < best->max) {
        best->keys[best->n++] = key;

        if (best->n == best->max) {
            for (i = best->n / 2; i-- > 0; /* void */ ) {
                ngx_tsunagari_best_sift(best->keys, i, best->n);
            }
        }

        return;
    }

    if (key < best->keys[0]) {
        best->keys[0] = key;
        ngx_tsunagari_best_sift(best->keys, 0, best->n);
    }
}


void
ngx_tsunagari_best_docs(ngx_tsunagari_best_t *best, size_t skip,
    ngx_tsunagari_result_t *result)
{
    size_t     i, n;
    uint64_t   key, *keys;

    n = best->n;
    keys = best->keys;

    if (n < best->max) {
        for (i = n / 2; i-- > 0; /* void */ ) {
            ngx_tsunagari_best_sift(keys, i, n);
        }
    }

    /* the largest go to the end; those before the page need no order */

    for (i = n; i > 1 && i > skip; /* void */ ) {
        i--;
        key = keys[i];
        keys[i] = keys[0];
        keys[0] = key;
        ngx_tsunagari_best_sift(keys, 0, i);
    }

    for (i = skip; i < n; i++) {
        result->docs[result->docs_n++] = (uint32_t) keys[i];
    }
}


static void
ngx_tsunagari_best_sift(uint64_t *keys, size_t i, size_t n)
{
    size_t    child;
    uint64_t  key;

    key = keys[i];

    for ( ;; ) {
        child = 2 * i + 1;

        if (child >= n) {
            break;
        }

        if (child + 1 < n && keys[child + 1] > keys[child]) {
            child++;
        }

        if (keys[child] <= key) {
            break;
        }

        keys[i] = keys[child];
        i = child;
    }

    keys[i] = key;
}
