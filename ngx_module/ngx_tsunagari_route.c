
/*
 * ngx_tsunagari_route.c: exact paths, then /resources/ID.
 */


#include "ngx_tsunagari_route.h"


typedef struct {
    ngx_str_t   path;
    ngx_uint_t  route;
    ngx_uint_t  collection;
    ngx_uint_t  json;
} ngx_tsunagari_path_t;


static void ngx_tsunagari_route_hsds(const ngx_str_t *path,
    ngx_tsunagari_route_t *route);
static void ngx_tsunagari_route_detail(const ngx_str_t *path,
    ngx_uint_t collection, ngx_tsunagari_route_t *route);


const ngx_str_t  ngx_tsunagari_collection_name[SNAP_COLLECTIONS] = {
    ngx_string("resources"),
    ngx_string("needs"),
    ngx_string("organizations"),
    ngx_string("cases")
};


const ngx_str_t  ngx_tsunagari_record_name[SNAP_RECORDS] = {
    ngx_string(""),
    ngx_string("services"),
    ngx_string("organizations"),
    ngx_string("service_at_locations"),
    ngx_string("taxonomies"),
    ngx_string("taxonomy_terms")
};


static const ngx_tsunagari_path_t  ngx_tsunagari_paths[] = {
    { ngx_string("/"), NGX_TSUNAGARI_ROUTE_SEARCH, 0, 0 },
    { ngx_string("/resources"), NGX_TSUNAGARI_ROUTE_LIST,
      SNAP_RESOURCES, 0 },
    { ngx_string("/resources.json"), NGX_TSUNAGARI_ROUTE_LIST,
      SNAP_RESOURCES, 1 },
    { ngx_string("/needs"), NGX_TSUNAGARI_ROUTE_LIST, SNAP_NEEDS, 0 },
    { ngx_string("/needs.json"), NGX_TSUNAGARI_ROUTE_LIST, SNAP_NEEDS, 1 },
    { ngx_string("/organizations"), NGX_TSUNAGARI_ROUTE_LIST,
      SNAP_ORGANIZATIONS, 0 },
    { ngx_string("/organizations.json"), NGX_TSUNAGARI_ROUTE_LIST,
      SNAP_ORGANIZATIONS, 1 },
    { ngx_string("/cases"), NGX_TSUNAGARI_ROUTE_LIST, SNAP_CASES, 0 },
    { ngx_string("/cases.json"), NGX_TSUNAGARI_ROUTE_LIST, SNAP_CASES, 1 },
    { ngx_string("/suggestions"), NGX_TSUNAGARI_ROUTE_SUGGESTIONS,
      SNAP_NEEDS, 0 },
    { ngx_string("/suggestions.json"), NGX_TSUNAGARI_ROUTE_SUGGESTIONS,
      SNAP_NEEDS, 1 },
    { ngx_string("/about-order"), NGX_TSUNAGARI_ROUTE_ABOUT_ORDER, 0, 0 },
    { ngx_string("/regions.json"), NGX_TSUNAGARI_ROUTE_REGIONS, 0, 1 },
    { ngx_string("/status.json"), NGX_TSUNAGARI_ROUTE_STATUS, 0, 1 },
    { ngx_string("/hsds"), NGX_TSUNAGARI_ROUTE_HSDS, 0, 1 },
    { ngx_string("/tsunagari.css"), NGX_TSUNAGARI_ROUTE_CSS, 0, 0 },
    { ngx_string("/tsunagari-search.js"), NGX_TSUNAGARI_ROUTE_ELEMENT, 0, 0 },
    { ngx_string("/sitemap.xml"), NGX_TSUNAGARI_ROUTE_SITEMAP, 0, 0 },
    { ngx_string("/open-data/events.csv"), NGX_TSUNAGARI_ROUTE_EVENTS, 0, 0 },
    { ngx_string("/open-data/facilities.csv"),
      NGX_TSUNAGARI_ROUTE_FACILITIES, 0, 0 },
    { ngx_null_string, NGX_TSUNAGARI_ROUTE_NONE, 0, 0 }
};


void
ngx_tsunagari_route(const ngx_str_t *path, ngx_tsunagari_route_t *route)
{
    ngx_uint_t                   i;
    const ngx_str_t             *name;
    const ngx_tsunagari_path_t  *p;

    ngx_memzero(route, sizeof(ngx_tsunagari_route_t));

    for (p = ngx_tsunagari_paths; p->path.len; p++) {

        if (p->path.len == path->len
            && ngx_memcmp(p->path.data, path->data, path->len) == 0)
        {
            route->route = p->route;
            route->collection = p->collection;
            route->json = (p->json != 0);
            return;
        }
    }

    if (path->len >= 6 && ngx_memcmp(path->data, "/hsds/", 6) == 0) {
        ngx_tsunagari_route_hsds(path, route);
        return;
    }

    route->json = (path->len > 5
                   && ngx_memcmp(path->data + path->len - 5, ".json", 5) == 0);

    for (i = 0; i < SNAP_COLLECTIONS; i++) {

        name = &ngx_tsunagari_collection_name[i];

        if (path->len > name->len + 2
            && path->data[0] == '/'
            && ngx_memcmp(path->data + 1, name->data, name->len) == 0
            && path->data[name->len + 1] == '/')
        {
            ngx_tsunagari_route_detail(path, i, route);
            return;
        }
    }
}


/* /hsds/, /hsds/NAME, /hsds/NAME/UUID */

static void
ngx_tsunagari_route_hsds(const ngx_str_t *path, ngx_tsunagari_route_t *route)
{
    u_char           *p, *end, *last;
    uint32_t          i;
    const ngx_str_t  *name;

    route->json = 1;

    p = path->data + 6;
    end = path->data + path->len;

    for (last = p; last < end && *last != '/'; last++) {
        /* void */
    }

    for (i = 0; i < SNAP_RECORDS; i++) {
        name = &ngx_tsunagari_record_name[i];

        if ((size_t) (last - p) == name->len
            && ngx_memcmp(p, name->data, name->len) == 0)
        {
            break;
        }
    }

    if (i == SNAP_RECORDS || (i == 0 && last < end)) {
        return;
    }

    route->record = i;

    if (last < end) {
        last++;

        if (!snap_uuid_read(&route->uuid, (char *) last, end - last)) {
            return;
        }

        route->one = 1;
    }

    route->route = NGX_TSUNAGARI_ROUTE_HSDS;
}


/* The id as the links write it: digits, no zero in front. */

static void
ngx_tsunagari_route_detail(const ngx_str_t *path, ngx_uint_t collection,
    ngx_tsunagari_route_t *route)
{
    u_char    *p, *end;
    uint64_t   id;

    p = path->data + ngx_tsunagari_collection_name[collection].len + 2;
    end = path->data + path->len - (route->json ? 5 : 0);

    if (p >= end || end - p > 10 || *p == '0') {
        return;
    }

    id = 0;

    for ( /* void */ ; p < end; p++) {

        if (*p < '0' || *p > '9') {
            return;
        }

        id = id * 10 + (*p - '0');
    }

    if (id >= SNAP_NONE) {
        return;
    }

    route->route = NGX_TSUNAGARI_ROUTE_DETAIL;
    route->collection = collection;
    route->id = (uint32_t) id;
}
