/*
 * collection.h: the documents of one list in rank order, and what orders
 * and facets need of each.
 *
 * Meaning   entries of public_entries that are valid on the plan's date (not
 *           expired, not over, confirmed within stale_days), by the units
 *           that the plan assigns to residents, then its points, then
 *           確認日, then id.  Organisations: the members of the network and
 *           who else has something published, members first, by reading.
 *           Cases: what goes on, then the latest.  The document number is
 *           the index.
 *           Coverage: the regions of the entry (entry_regions, else its
 *           own region; the home prefecture for reach `prefecture`; none
 *           for `online`).  Exposures: the plan's public lines of a
 *           document, by document and region.
 * Units     micro-degrees; days as 20261121; milli-points times units.
 * Failure   the store's; ERR_INPUT past SNAP_DOCS_MAX or for an id past 32
 *           bits.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_COLLECTION_H
#define TSUNAGARI_COLLECTION_H

#include "optimizer/base/arena.h"
#include "optimizer/store/geo.h"
#include "schema/snapshot.h"

struct collection_doc {
    uint32_t id;
    uint32_t confirmed_on;
    int64_t units, points; /* of the plan, over all regions */
    int32_t region; /* of geo, where it stands; GEO_NONE */
    bool has_place;
    int32_t lat_e6, lon_e6; /* of the place, else its region's office */
    uint32_t coverage, coverage_n;   /* in coverage[] */
    uint32_t exposures, exposures_n; /* in exposures[] */
};

struct collection_exposure {
    int32_t region; /* of geo */
    int64_t units, points;
};

struct collection {
    uint32_t index; /* SNAP_RESOURCES ... */
    const struct collection_plan *plan; /* as given to collection_load() */
    struct collection_doc *docs;
    uint32_t n;
    struct snap_doc_id *ids; /* by id; n of them */
    int32_t *coverage; /* regions of geo */
    uint32_t coverage_n;
    struct collection_exposure *exposures;
    uint32_t exposures_n;
};

/* What the snapshot is made of. */
struct collection_plan {
    int64_t run_id;
    char date[11]; /* of the plan */
    int64_t stale_days;
};

bool collection_load(struct store *store, const struct geo *geo,
    const struct collection_plan *plan, uint32_t index, struct arena *arena,
    struct collection *collection, struct err *err);

/* Marks (true, by geo index) the regions that documents name. */
void collection_want(const struct collection *collection, bool *wanted);

/*
 * The rule of reach: is the document in region, that is, does a region of
 * its coverage lie in the subtree of region or contain it, or does the plan
 * lead residents of that subtree to it (to a place across the border, or on
 * line: what the plan counts as their way out must be on their page)?
 */
bool collection_reaches(const struct collection *collection,
    const struct geo *geo, uint32_t doc, int32_t region);

/* Number of the document with that id, SNAP_NONE. */
uint32_t collection_find(const struct collection *collection, uint32_t id);

#endif
