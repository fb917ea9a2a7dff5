/* region_order.c: sorts each region's documents. */
#include "region_order.h"
#include "schema/distance.h"

#include <stdlib.h>
#include <string.h>

struct place {
    int64_t points, units; /* of the plan, in the region */
    int64_t points_all;
    int32_t distance_m;
    uint32_t confirmed_on;
    uint32_t doc;
};

/* More first for the plan's terms, less first for the others. */
static int
compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    bool planned_x = x->units > 0, planned_y = y->units > 0;
    if (planned_x != planned_y) {
        return planned_x ? -1 : 1;
    }
    if (x->points != y->points) {
        return x->points > y->points ? -1 : 1;
    }
    if (x->units != y->units) {
        return x->units > y->units ? -1 : 1;
    }
    if (x->distance_m != y->distance_m) {
        return x->distance_m < y->distance_m ? -1 : 1;
    }
    if (x->points_all != y->points_all) {
        return x->points_all > y->points_all ? -1 : 1;
    }
    if (x->confirmed_on != y->confirmed_on) {
        return x->confirmed_on > y->confirmed_on ? -1 : 1;
    }
    return (x->doc > y->doc) - (x->doc < y->doc);
}

static struct place
place_of(const struct collection *c, const struct geo *geo, uint32_t doc,
    int32_t region)
{
    const struct collection_doc *d = &c->docs[doc];
    const struct geo_region *r = &geo->regions[region];
    struct place place = {.points_all = d->points,
        .distance_m = INT32_MAX,
        .confirmed_on = d->confirmed_on,
        .doc = doc};
    for (uint32_t i = 0; i < d->exposures_n; i++) {
        const struct collection_exposure *e = &c->exposures[d->exposures + i];
        if (geo_below(geo, e->region, region)) {
            place.points += e->points;
            place.units += e->units;
        }
    }
    if (d->has_place && r->has_place) {
        place.distance_m =
            distance_m(d->lat_e6, d->lon_e6, r->lat_e6, r->lon_e6);
    }
    return place;
}

void
region_order_write(const struct collection *collection,
    const struct facets *facets, const struct region_table *regions,
    struct snapshot_file *file)
{
    struct snap_order *rows = xcalloc(regions->n, sizeof(*rows));
    struct place *places = xcalloc(collection->n, sizeof(*places));
    uint32_t *docs = xcalloc(collection->n, sizeof(*docs));
    uint64_t first = 0;
    snapshot_file_begin(file, SNAP_SEC_ORDER_DATA, collection->index);
    for (uint32_t r = 0; r < regions->n; r++) {
        uint32_t n = 0;
        for (uint32_t doc = 0; doc < collection->n; doc++) {
            uint32_t values_n;
            const uint32_t *values = facets_of(facets, doc, &values_n);
            if (values_n > 0 && values[0] < regions->n &&
                bsearch(&r, values, values_n, sizeof(r), facets_compare)) {
                places[n++] = place_of(
                    collection, regions->geo, doc, regions->rows[r].geo);
            }
        }
        if (n > 0) {
            qsort(places, n, sizeof(*places), compare_places);
        }
        for (uint32_t i = 0; i < n; i++) {
            docs[i] = places[i].doc;
        }
        snapshot_file_append(file, docs, n * sizeof(*docs));
        rows[r] = (struct snap_order){.first = first, .count = n};
        first += n;
    }
    snapshot_file_section(
        file, SNAP_SEC_ORDERS, collection->index, rows, regions->n);
    free(rows);
    free(places);
    free(docs);
}
