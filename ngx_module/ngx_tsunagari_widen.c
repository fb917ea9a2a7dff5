
/*
 * ngx_tsunagari_widen.c: where to look when a region has nothing.
 */


#include "ngx_tsunagari_count.h"


static ngx_uint_t ngx_tsunagari_widen_step(const struct snap *s,
    const struct snap_collection *c, ngx_uint_t step,
    ngx_tsunagari_sets_t *sets, ngx_tsunagari_result_t *result);
static void ngx_tsunagari_widen_add(ngx_tsunagari_result_t *result,
    uint32_t region);
static uint32_t ngx_tsunagari_widen_ancestor(const struct snap *s,
    uint32_t region, uint32_t level);


void
ngx_tsunagari_widen(const struct snap *s,
    const struct snap_collection *c, ngx_tsunagari_sets_t *sets,
    ngx_tsunagari_result_t *result)
{
    size_t      size;
    ngx_uint_t  step;

    size = sets->words * sizeof(uint64_t);

    /* what matches but for the place */

    ngx_tsunagari_sets_and(sets, SNAP_FACET_REGION, sets->other);

    if (ngx_tsunagari_set_count(sets->other, sets->words) == 0) {
        return;
    }

    for (step = NGX_TSUNAGARI_WIDE_NEIGHBOURS;
         step <= NGX_TSUNAGARI_WIDE_ONLINE;
         step++)
    {
        ngx_memzero(sets->scratch, size);

        if (!ngx_tsunagari_widen_step(s, c, step, sets, result)) {
            continue;
        }

        ngx_memcpy(sets->hits, sets->other, size);
        ngx_tsunagari_set_and(sets->hits, sets->scratch, sets->words);

        result->total = ngx_tsunagari_set_count(sets->hits, sets->words);

        if (result->total) {
            ngx_memcpy(sets->mask[SNAP_FACET_REGION], sets->scratch, size);
            sets->value[SNAP_FACET_REGION] = SNAP_NONE;
            result->wide = step;
            return;
        }
    }

    result->wide_regions_n = 0;
}


/* The documents of the wider place into scratch; 0 when there is no such. */

static ngx_uint_t
ngx_tsunagari_widen_step(const struct snap *s,
    const struct snap_collection *c, ngx_uint_t step,
    ngx_tsunagari_sets_t *sets, ngx_tsunagari_result_t *result)
{
    uint32_t                       first, n, value, region, near_n, k;
    ngx_uint_t                     i;
    const uint32_t                *near;
    const ngx_tsunagari_chosen_t  *chosen;

    result->wide_regions_n = 0;

    if (step == NGX_TSUNAGARI_WIDE_ONLINE) {
        value = snap_value_find(s, c, SNAP_FACET_REACH, "online", 6);

        if (value >= c->values_n) {
            return 0;
        }

        ngx_tsunagari_set_or_posting(sets->scratch, c,
                                     c->values[value].posting);
        return 1;
    }

    first = ngx_tsunagari_facet(c, SNAP_FACET_REGION, &n);
    chosen = &result->chosen[SNAP_FACET_REGION];

    for (i = 0; i < chosen->n; i++) {

        if (chosen->value[i] == SNAP_NONE) {
            continue;
        }

        region = chosen->value[i] - first;

        switch (step) {

        case NGX_TSUNAGARI_WIDE_NEIGHBOURS:
            near = snap_region_neighbours(s, region, &near_n);

            for (k = 0; k < near_n; k++) {
                ngx_tsunagari_widen_add(result, near[k]);
            }

            break;

        case NGX_TSUNAGARI_WIDE_AREA:
            ngx_tsunagari_widen_add(result,
                ngx_tsunagari_widen_ancestor(s, region, SNAP_LEVEL_AREA));
            break;

        default: /* NGX_TSUNAGARI_WIDE_PREFECTURE */
            ngx_tsunagari_widen_add(result,
                ngx_tsunagari_widen_ancestor(s, region,
                                              SNAP_LEVEL_PREFECTURE));
        }
    }

    for (i = 0; i < result->wide_regions_n; i++) {
        region = result->wide_regions[i];

        if (region < n) {
            ngx_tsunagari_set_or_posting(sets->scratch, c,
                                         c->values[first + region].posting);
        }
    }

    return result->wide_regions_n != 0;
}


static void
ngx_tsunagari_widen_add(ngx_tsunagari_result_t *result,
    uint32_t region)
{
    ngx_uint_t  i;

    if (region == SNAP_NONE
        || result->wide_regions_n == NGX_TSUNAGARI_WIDE_REGIONS)
    {
        return;
    }

    for (i = 0; i < result->wide_regions_n; i++) {
        if (result->wide_regions[i] == region) {
            return;
        }
    }

    result->wide_regions[result->wide_regions_n++] = region;
}


/* Bounded: the parents of a damaged file may run in a circle. */

static uint32_t
ngx_tsunagari_widen_ancestor(const struct snap *s, uint32_t region,
    uint32_t level)
{
    ngx_uint_t  i;

    for (i = 0; i < NGX_TSUNAGARI_REGION_DEPTH; i++) {

        if (region >= s->regions_n) {
            return SNAP_NONE;
        }

        if (s->regions[region].level == level) {
            return region;
        }

        region = s->regions[region].parent;
    }

    return SNAP_NONE;
}
