/* sort_order.c: one number of 64 bits is key and tie in one. */
#include "sort_order.h"

#include <stdlib.h>

static int
compare_keys(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

void
sort_order_write(const struct snap_doc *docs, uint32_t n, uint32_t index,
    struct snapshot_file *file)
{
    uint64_t *keys = xcalloc(n, sizeof(*keys));
    snapshot_file_begin(file, SNAP_SEC_SORTS, index);
    for (uint32_t sort = 0; sort < SNAP_SORTS; sort++) {
        for (uint32_t doc = 0; doc < n; doc++) {
            uint32_t key = sort == SNAP_SORT_NEW ? ~docs[doc].confirmed_on
                                                  : docs[doc].cost_max_yen;
            keys[doc] = (uint64_t)key << 32 | doc;
        }
        if (n > 0) {
            qsort(keys, n, sizeof(*keys), compare_keys);
        }
        for (uint32_t i = 0; i < n; i++) {
            uint32_t doc = (uint32_t)keys[i];
            snapshot_file_append(file, &doc, sizeof(doc));
        }
    }
    free(keys);
}
