
/*
 * ngx_tsunagari_route.h: what a path below the location stands for.
 *
 *   /                   search page      /regions.json
 *   /resources[.json]   list             /about-order
 *   /resources/ID[.json]  detail         /status.json
 *   /needs..., /organizations..., /cases..., likewise   /tsunagari.css
 *   /suggestions[.json]  of ?need=ID, members snapshot only
 *   /tsunagari-search.js the element
 *   /sitemap.xml, /open-data/events.csv, /open-data/facilities.csv
 *                        public snapshot only, the first with an origin
 *   /hsds/, /hsds/services, /hsds/services/UUID, ...organizations,
 *   ...service_at_locations, ...taxonomies, ...taxonomy_terms
 *                        public snapshot only
 */


#ifndef _NGX_TSUNAGARI_ROUTE_H_INCLUDED_
#define _NGX_TSUNAGARI_ROUTE_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>

#include "snapshot.h"


#define NGX_TSUNAGARI_ROUTE_NONE         0
#define NGX_TSUNAGARI_ROUTE_SEARCH       1
#define NGX_TSUNAGARI_ROUTE_LIST         2
#define NGX_TSUNAGARI_ROUTE_DETAIL       3
#define NGX_TSUNAGARI_ROUTE_SUGGESTIONS  4
#define NGX_TSUNAGARI_ROUTE_ABOUT_ORDER  5
#define NGX_TSUNAGARI_ROUTE_REGIONS      6
#define NGX_TSUNAGARI_ROUTE_STATUS       7
#define NGX_TSUNAGARI_ROUTE_HSDS         8

/* Files: a page of the snapshot as it stands, 404 when it has none. */
#define NGX_TSUNAGARI_ROUTE_CSS          9
#define NGX_TSUNAGARI_ROUTE_SITEMAP      10
#define NGX_TSUNAGARI_ROUTE_EVENTS       11
#define NGX_TSUNAGARI_ROUTE_FACILITIES   12
#define NGX_TSUNAGARI_ROUTE_ELEMENT      13
#define NGX_TSUNAGARI_ROUTES             14

#define ngx_tsunagari_route_file(r)  ((r) >= NGX_TSUNAGARI_ROUTE_CSS)


typedef struct {
    ngx_uint_t    route;         /* NGX_TSUNAGARI_ROUTE_* */
    ngx_uint_t    collection;    /* of LIST and DETAIL */
    uint32_t      id;            /* of DETAIL */
    uint32_t      record;        /* of HSDS: SNAP_RECORD_*, 0: the service */
    struct snap_uuid  uuid;      /* ... and of one of them */
    unsigned      one:1;
    unsigned      json:1;        /* also of NONE: how to word the error */
} ngx_tsunagari_route_t;


/* path: behind the location's prefix, with its slash. */
void ngx_tsunagari_route(const ngx_str_t *path, ngx_tsunagari_route_t *route);

/* "services" ..., by SNAP_RECORD_* */
extern const ngx_str_t  ngx_tsunagari_record_name[SNAP_RECORDS];

/* "resources", "needs" ... */
extern const ngx_str_t  ngx_tsunagari_collection_name[SNAP_COLLECTIONS];


#endif /* _NGX_TSUNAGARI_ROUTE_H_INCLUDED_ */
