
/*
 * ngx_tsunagari_mapping.c: faults and munmap(), a piece at a time.
 */


#include "ngx_tsunagari_mapping.h"
#include "ngx_tsunagari_guard.h"

#include <sys/mman.h>


#define NGX_TSUNAGARI_PIECE  (64 * 1024)


static void ngx_tsunagari_mapping_touch(void *data);
static ngx_int_t ngx_tsunagari_mapping_first(
    ngx_tsunagari_leaving_t *leaving);


ngx_int_t
ngx_tsunagari_mapping_warm(const ngx_tsunagari_mapping_t *mapping, size_t *at,
    size_t end)
{
    u_char  *p;

    p = mapping->start + *at;

    /* pieces lie as the kernel aligns them */

    *at = ngx_min(end, *at - *at % NGX_TSUNAGARI_PIECE
                       + NGX_TSUNAGARI_PIECE);

    return ngx_tsunagari_guard(mapping->start, mapping->size,
                               ngx_tsunagari_mapping_touch, p);
}


static void
ngx_tsunagari_mapping_touch(void *data)
{
    (void) *(const volatile u_char *) data;
}


ngx_int_t
ngx_tsunagari_mapping_unmap(ngx_tsunagari_mapping_t *mapping)
{
    u_char  *start;

    start = mapping->start;
    mapping->start = NULL;

    if (start && munmap(start, mapping->size) == -1) {
        return NGX_ERROR;
    }

    return NGX_OK;
}


ngx_int_t
ngx_tsunagari_mapping_leave(ngx_tsunagari_leaving_t *leaving,
    ngx_tsunagari_mapping_t *mapping)
{
    ngx_int_t  rc;

    rc = NGX_OK;

    if (leaving->n == NGX_TSUNAGARI_LEAVING) {
        rc = ngx_tsunagari_mapping_first(leaving);
    }

    leaving->mapping[leaving->n++] = *mapping;
    mapping->start = NULL;

    return rc;
}


ngx_int_t
ngx_tsunagari_mapping_shrink(ngx_tsunagari_leaving_t *leaving)
{
    ngx_tsunagari_mapping_t  *mapping;

    mapping = &leaving->mapping[0];

    if (mapping->size <= NGX_TSUNAGARI_PIECE
        || munmap(mapping->start, NGX_TSUNAGARI_PIECE) == -1)
    {
        return ngx_tsunagari_mapping_first(leaving);
    }

    mapping->start += NGX_TSUNAGARI_PIECE;
    mapping->size -= NGX_TSUNAGARI_PIECE;

    return NGX_OK;
}


/* All that is left of the first one. */

static ngx_int_t
ngx_tsunagari_mapping_first(ngx_tsunagari_leaving_t *leaving)
{
    ngx_int_t  rc;

    rc = ngx_tsunagari_mapping_unmap(&leaving->mapping[0]);

    leaving->n--;

    ngx_memmove(&leaving->mapping[0], &leaving->mapping[1],
                leaving->n * sizeof(ngx_tsunagari_mapping_t));

    return rc;
}
