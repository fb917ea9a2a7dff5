
/*
 * ngx_tsunagari_near.c: documents by distance.
 */


#include "ngx_tsunagari_best.h"
#include "distance.h"


typedef struct {
    int32_t   lat;
    int32_t   lon;
} ngx_tsunagari_point_t;


static ngx_uint_t ngx_tsunagari_near_points(const struct snap *s,
    const ngx_tsunagari_result_t *result, ngx_tsunagari_point_t *points);
static ngx_uint_t ngx_tsunagari_near_known(int32_t lat, int32_t lon);


ngx_int_t
ngx_tsunagari_near(const struct snap *s, const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, uint32_t skip,
    ngx_tsunagari_result_t *result)
{
    size_t                  i;
    int32_t                 lat, lon;
    uint32_t                doc, metres, least, limit;
    uint64_t                bits;
    ngx_uint_t              k, n;
    ngx_tsunagari_best_t    best;
    ngx_tsunagari_point_t   points[NGX_TSUNAGARI_VALUES];

    n = ngx_tsunagari_near_points(s, result, points);

    if (n == 0) {
        return NGX_DECLINED;
    }

    ngx_tsunagari_best_init(&best, sets->heap,
                            skip + result->size);

    for (i = 0; i < sets->words; i++) {

        for (bits = sets->hits[i]; bits; bits &= bits - 1) {
            doc = (uint32_t) (i * 64 + (size_t) __builtin_ctzll(bits));

            lat = c->docs[doc].lat_e6;
            lon = c->docs[doc].lon_e6;
            least = SNAP_NONE;

            if (ngx_tsunagari_near_known(lat, lon)) {

                /* as far as the last of those kept is too far: ties by rank */

                limit = ngx_tsunagari_best_limit(&best);
                least = limit;

                for (k = 0; k < n; k++) {

                    if (least != SNAP_NONE
                        && distance_beyond(points[k].lat, points[k].lon, lat,
                                           lon, least))
                    {
                        continue;
                    }

                    metres = (uint32_t) distance_m(points[k].lat,
                                                   points[k].lon, lat, lon);
                    least = ngx_min(least, metres);
                }

                if (least == limit && limit != SNAP_NONE) {
                    continue;
                }
            }

            ngx_tsunagari_best_put(&best, (uint64_t) least << 32 | doc);
        }
    }

    ngx_tsunagari_best_docs(&best, skip, result);

    return NGX_OK;
}


/* Value i of the region facet is region i. */

static ngx_uint_t
ngx_tsunagari_near_points(const struct snap *s,
    const ngx_tsunagari_result_t *result, ngx_tsunagari_point_t *points)
{
    uint32_t                       region;
    ngx_uint_t                     i, n;
    const struct snap_region      *r;
    const ngx_tsunagari_chosen_t  *chosen;

    n = 0;
    chosen = &result->chosen[SNAP_FACET_REGION];

    for (i = 0; i < chosen->n; i++) {
        region = chosen->value[i];

        if (region >= s->regions_n) {
            continue;
        }

        r = &s->regions[region];
        points[n].lat = r->lat_e6;
        points[n].lon = r->lon_e6;

        n += ngx_tsunagari_near_known(points[n].lat, points[n].lon);
    }

    return n;
}


/* A damaged file may say anything. */

static ngx_uint_t
ngx_tsunagari_near_known(int32_t lat, int32_t lon)
{
    return (lat != 0 || lon != 0)
           && lat >= -90000000 && lat <= 90000000
           && lon >= -180000000 && lon <= 180000000;
}
