/*
 * hsds.h: the public directory as Human Services Data Specification 3.0.
 *
 * Meaning   a resource is a service; where it has a place, or is online, a
 *           service_at_location with its location; its organisation an
 *           organization; kinds, target groups and themes are taxonomies.
 *           Records of schema/snapshot.h for the JSON below /hsds/.
 * Units     last_modified and assured_date are the 確認日; amounts are yen.
 * Failure   two terms of one number: ERR_SYSTEM.
 * Lifetime  `struct hsds h = {0};` is empty; until hsds_release().
 * Source    https://docs.openreferral.org/en/3.0.1/hsds/schema_reference.html
 */
#ifndef TSUNAGARI_HSDS_H
#define TSUNAGARI_HSDS_H

#include "facets.h"
#include "render.h"

struct hsds {
    const struct render *render;
    uint32_t space; /* of identifiers */
    struct snap_record *records;
    uint32_t n, cap;
    bool *organizations; /* by id: there is a record */
    int64_t organizations_n;
    struct fragment out;
};

/* One resource more: its records, and its organisation's. */
void hsds_resource(struct hsds *h, const struct render *r,
    const struct listing *l, uint32_t doc, struct snapshot_file *file);
/* The taxonomies; facets of the resources, numbered. */
void hsds_terms(struct hsds *h, const struct render *r,
    const struct facets *facets, struct snapshot_file *file);
bool hsds_write(struct hsds *h, struct snapshot_file *file, struct err *err);
void hsds_release(struct hsds *h);

/* Pieces (hsds_render.c, hsds_service.c). */
#define HSDS_TAXONOMIES 3
struct hsds_taxonomy {
    uint32_t facet;
    const char *name, *description;
};
extern const struct hsds_taxonomy hsds_taxonomy[HSDS_TAXONOMIES];
const struct vocabulary *hsds_vocabulary(const struct render *r, int taxonomy);

/* Into h->out; a comma goes before what is not the first. */
void hsds_open_object(struct hsds *h);
void hsds_open_array(struct hsds *h, const char *key);
void hsds_put_text(struct hsds *h, const char *key, const char *text);
void hsds_put_label(struct hsds *h, const char *key, uint32_t label);
void hsds_put_uuid(struct hsds *h, const char *key, uint32_t kind, int64_t id,
    int part);
void hsds_put_phones(struct hsds *h, const char *owner_key, uint32_t owner,
    int64_t id, const char *number);

void hsds_put_service(struct hsds *h, const struct listing *l, bool full);
bool hsds_has_location(const struct listing *l);
void hsds_put_located(struct hsds *h, const struct listing *l, bool full);
void hsds_put_organization(
    struct hsds *h, const struct listing *l, bool full);
void hsds_put_taxonomy(struct hsds *h, int taxonomy);
void hsds_put_term(struct hsds *h, int taxonomy, int32_t term);

#endif
