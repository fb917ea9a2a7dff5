
/*
 * ngx_tsunagari_near.c: documents by distance.
 *
 * Of many hits the page is first looked for roughly: each is counted in the
 * ring, 100 m wide, that it lies in, or in the next one to it.  Only those of
 * the rings around the page are measured and put into order.
 */


#include "ngx_tsunagari_best.h"
#include "distance.h"


/* Hits from which on the rings pay. */
#define NGX_TSUNAGARI_NEAR_MANY   2000

/* How far the true ring may be from the one that was told. */
#define NGX_TSUNAGARI_NEAR_SLACK  1

/* Documents that are fetched before they are measured. */
#define NGX_TSUNAGARI_NEAR_AHEAD  16

/* The last but one has no outer end; in the last is what has no place. */
#define NGX_TSUNAGARI_NEAR_END    (NGX_TSUNAGARI_RINGS - 2)
#define NGX_TSUNAGARI_NEAR_NONE   (NGX_TSUNAGARI_RINGS - 1)


/* Rings that hold the page, and the documents before them. */
typedef struct {
    uint32_t   first;
    uint32_t   last;
    uint32_t   before;
} ngx_tsunagari_near_page_t;


/* Places of the hits of a word. */
typedef struct {
    int32_t    lat[64];
    int32_t    lon[64];
    uint32_t   rings[64];
    uint32_t   nowhere[64];         /* the ring it is in then, or 0 */
    uint32_t   n;
} ngx_tsunagari_near_batch_t;


static ngx_uint_t ngx_tsunagari_near_points(const struct snap *s,
    const ngx_tsunagari_result_t *result, struct distance_from *from);
static void ngx_tsunagari_near_rings(const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, const struct distance_from *from);
static void ngx_tsunagari_near_places(const struct snap_collection *c,
    const ngx_tsunagari_sets_t *sets, size_t word,
    const struct distance_from *from, ngx_tsunagari_near_batch_t *batch);
static void ngx_tsunagari_near_page(const ngx_tsunagari_sets_t *sets,
    uint32_t skip, uint32_t end, ngx_tsunagari_near_page_t *page);
static void ngx_tsunagari_near_measure(const struct snap_collection *c,
    const ngx_tsunagari_sets_t *sets, const struct distance_from *from,
    const ngx_tsunagari_near_page_t *page, ngx_tsunagari_best_t *best);
static void ngx_tsunagari_near_put(const struct snap_collection *c,
    uint32_t doc, const struct distance_from *from,
    ngx_tsunagari_best_t *best);
static ngx_uint_t ngx_tsunagari_near_known(int32_t lat, int32_t lon);


ngx_int_t
ngx_tsunagari_near(const struct snap *s, const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, uint32_t skip,
    ngx_tsunagari_result_t *result)
{
    ngx_tsunagari_best_t        best;
    struct distance_from        from;
    ngx_tsunagari_near_page_t   page;

    if (ngx_tsunagari_near_points(s, result, &from) == 0) {
        return NGX_DECLINED;
    }

    page.first = 0;
    page.last = NGX_TSUNAGARI_NEAR_NONE;
    page.before = 0;

    if (result->total < NGX_TSUNAGARI_NEAR_MANY) {
        ngx_memzero(sets->rings, result->total * sizeof(uint16_t));

    } else {
        ngx_tsunagari_near_rings(c, sets, &from);
        ngx_tsunagari_near_page(sets, skip,
                                ngx_min(skip + (uint32_t) result->size,
                                        result->total),
                                &page);
    }

    skip -= page.before;

    ngx_tsunagari_best_init(&best, sets->heap, skip + result->size);

    ngx_tsunagari_near_measure(c, sets, &from, &page, &best);

    ngx_tsunagari_best_docs(&best, skip, result);

    return NGX_OK;
}


/* Value i of the region facet is region i. */

static ngx_uint_t
ngx_tsunagari_near_points(const struct snap *s,
    const ngx_tsunagari_result_t *result, struct distance_from *from)
{
    uint32_t                       i, n, region;
    const struct snap_region      *r;
    struct distance_point          points[NGX_TSUNAGARI_VALUES];
    const ngx_tsunagari_chosen_t  *chosen;

    n = 0;
    chosen = &result->chosen[SNAP_FACET_REGION];

    for (i = 0; i < chosen->n; i++) {
        region = chosen->value[i];

        if (region >= s->regions_n) {
            continue;
        }

        r = &s->regions[region];
        points[n].lat_e6 = r->lat_e6;
        points[n].lon_e6 = r->lon_e6;

        n += (uint32_t) ngx_tsunagari_near_known(points[n].lat_e6,
                                                 points[n].lon_e6);
    }

    if (n) {
        distance_from_init(from, points, n);
    }

    return n;
}


/* The ring of each hit, in their order, and how many are in each. */

static void
ngx_tsunagari_near_rings(const struct snap_collection *c,
    ngx_tsunagari_sets_t *sets, const struct distance_from *from)
{
    size_t                       i;
    uint32_t                     k, ring;
    uint16_t                    *p;
    ngx_tsunagari_near_batch_t   batch;

    p = sets->rings;

    ngx_memzero(sets->ring_docs, NGX_TSUNAGARI_RINGS * sizeof(uint32_t));

    for (i = 0; i < sets->words; i++) {

        ngx_tsunagari_near_places(c, sets, i, from, &batch);

        distance_rings(from, batch.lat, batch.lon, batch.n, batch.rings);

        for (k = 0; k < batch.n; k++) {
            ring = ngx_min(batch.rings[k], NGX_TSUNAGARI_NEAR_END);
            ring = ngx_max(batch.nowhere[k], ring);

            sets->ring_docs[ring]++;
            *p++ = (uint16_t) ring;
        }
    }
}


/* Each is a cache miss: those of a word ahead are fetched meanwhile. */

static void
ngx_tsunagari_near_places(const struct snap_collection *c,
    const ngx_tsunagari_sets_t *sets, size_t word,
    const struct distance_from *from, ngx_tsunagari_near_batch_t *batch)
{
    uint32_t                n, first;
    uint64_t                bits;
    const struct snap_doc  *doc;

    n = 0;
    first = (uint32_t) word * 64;

    if (word + 1 < sets->words) {

        for (bits = sets->hits[word + 1]; bits; bits &= bits - 1) {
            __builtin_prefetch(&c->docs[first + 64
                                        + (uint32_t) __builtin_ctzll(bits)]
                                .lat_e6);
        }
    }

    for (bits = sets->hits[word]; bits; bits &= bits - 1) {
        doc = &c->docs[first + (uint32_t) __builtin_ctzll(bits)];

        batch->lat[n] = doc->lat_e6;
        batch->lon[n] = doc->lon_e6;
        batch->nowhere[n] = 0;

        if (!ngx_tsunagari_near_known(batch->lat[n], batch->lon[n])) {
            batch->lat[n] = from->points[0].lat_e6;
            batch->lon[n] = from->points[0].lon_e6;
            batch->nowhere[n] = NGX_TSUNAGARI_NEAR_NONE;
        }

        n++;
    }

    batch->n = n;

    for ( /* void */ ; n % DISTANCE_FOUR; n++) {
        batch->lat[n] = from->points[0].lat_e6;
        batch->lon[n] = from->points[0].lon_e6;
    }
}


/*
 * Where documents number skip to end (not with it) are: what is told to lie
 * two rings nearer than the ring in which they begin is before them, for both
 * may be told wrongly; likewise what is behind.
 */

static void
ngx_tsunagari_near_page(const ngx_tsunagari_sets_t *sets, uint32_t skip,
    uint32_t end, ngx_tsunagari_near_page_t *page)
{
    uint32_t  i, sum, ring;

    sum = 0;

    for (ring = 0; ring < NGX_TSUNAGARI_NEAR_NONE; ring++) {

        if (sum + sets->ring_docs[ring] > skip) {
            break;
        }

        sum += sets->ring_docs[ring];
    }

    page->first = (ring > 2 * NGX_TSUNAGARI_NEAR_SLACK)
                  ? ring - 2 * NGX_TSUNAGARI_NEAR_SLACK : 0;
    page->before = sum;

    for (i = page->first; i < ring; i++) {
        page->before -= sets->ring_docs[i];
    }

    for ( /* void */ ; ring < NGX_TSUNAGARI_NEAR_NONE; ring++) {
        sum += sets->ring_docs[ring];

        if (sum >= end) {
            break;
        }
    }

    page->last = ring + 2 * NGX_TSUNAGARI_NEAR_SLACK;
}


/* Those of the page's rings, fetched some of them ahead. */

static void
ngx_tsunagari_near_measure(const struct snap_collection *c,
    const ngx_tsunagari_sets_t *sets, const struct distance_from *from,
    const ngx_tsunagari_near_page_t *page, ngx_tsunagari_best_t *best)
{
    size_t           i;
    uint32_t         k, n, doc, docs[NGX_TSUNAGARI_NEAR_AHEAD];
    uint64_t         bits;
    const uint16_t  *ring;

    n = 0;
    ring = sets->rings;

    for (i = 0; i < sets->words; i++) {

        for (bits = sets->hits[i]; bits; bits &= bits - 1, ring++) {

            if (*ring < page->first || *ring > page->last) {
                continue;
            }

            k = n++ % NGX_TSUNAGARI_NEAR_AHEAD;

            if (n > NGX_TSUNAGARI_NEAR_AHEAD) {
                ngx_tsunagari_near_put(c, docs[k], from, best);
            }

            doc = (uint32_t) (i * 64 + (size_t) __builtin_ctzll(bits));

            __builtin_prefetch(&c->docs[doc].lat_e6);
            docs[k] = doc;
        }
    }

    k = (n > NGX_TSUNAGARI_NEAR_AHEAD) ? n - NGX_TSUNAGARI_NEAR_AHEAD : 0;

    for ( /* void */ ; k < n; k++) {
        ngx_tsunagari_near_put(c, docs[k % NGX_TSUNAGARI_NEAR_AHEAD], from,
                               best);
    }
}


/* As far as the last of those kept is too far: ties by rank. */

static void
ngx_tsunagari_near_put(const struct snap_collection *c, uint32_t doc,
    const struct distance_from *from, ngx_tsunagari_best_t *best)
{
    int32_t                       lat, lon;
    uint32_t                      i, metres, least, limit;
    const struct distance_point  *point;

    lat = c->docs[doc].lat_e6;
    lon = c->docs[doc].lon_e6;
    least = SNAP_NONE;

    if (ngx_tsunagari_near_known(lat, lon)) {

        limit = ngx_tsunagari_best_limit(best);
        least = limit;

        for (i = 0; i < from->n; i++) {
            point = &from->points[i];

            if (least != SNAP_NONE
                && distance_beyond(point->lat_e6, point->lon_e6, lat, lon,
                                   least))
            {
                continue;
            }

            metres = (uint32_t) distance_m(point->lat_e6, point->lon_e6, lat,
                                           lon);
            least = ngx_min(least, metres);
        }

        if (least == limit && limit != SNAP_NONE) {
            return;
        }
    }

    ngx_tsunagari_best_put(best, (uint64_t) least << 32 | doc);
}


/* A damaged file may say anything. */

static ngx_uint_t
ngx_tsunagari_near_known(int32_t lat, int32_t lon)
{
    return (lat != 0 || lon != 0)
           && lat >= -90000000 && lat <= 90000000
           && lon >= -180000000 && lon <= 180000000;
}
