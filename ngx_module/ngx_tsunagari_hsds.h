
/*
 * ngx_tsunagari_hsds.h: the directory as the API of the Human Services Data
 * Specification 3.0.
 *
 * Meaning   search page per_page format organization_id taxonomy_term_id
 *           taxonomy_id parent_id top_only modified_after minimal full, each
 *           once; what is not for a list is ignored there, but for search,
 *           which taxonomies refuse.  All conditions hold together.
 *           An organization matches by what its services say.
 *           Lists are in the order of identifiers:
 *           {"total_items","total_pages","page_number","size","first_page",
 *           "last_page","empty","contents":[...]}
 * Failure   as of ngx_tsunagari_query.h; an identifier of another network
 *           matches nothing.
 * Source    https://docs.openreferral.org/en/3.0.1/hsds/api_reference.html
 */


#ifndef _NGX_TSUNAGARI_HSDS_H_INCLUDED_
#define _NGX_TSUNAGARI_HSDS_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>

#include "snapshot.h"


#define NGX_TSUNAGARI_HSDS_PER_PAGE      50
#define NGX_TSUNAGARI_HSDS_PER_PAGE_MAX  100

#define NGX_TSUNAGARI_HSDS_ORGANIZATION  0
#define NGX_TSUNAGARI_HSDS_TERM          1
#define NGX_TSUNAGARI_HSDS_TAXONOMY      2
#define NGX_TSUNAGARI_HSDS_PARENT        3
#define NGX_TSUNAGARI_HSDS_IDS           4


typedef struct {
    ngx_uint_t         per_page;
    struct snap_uuid   ids[NGX_TSUNAGARI_HSDS_IDS];  /* kind 0: not given */
    uint32_t           after;                        /* 20261121, 0 */
    unsigned           top:1;
    unsigned           minimal:1;
    unsigned           full:1;
} ngx_tsunagari_hsds_query_t;


typedef struct {
    uint32_t           total;
    uint32_t           records[NGX_TSUNAGARI_HSDS_PER_PAGE_MAX];
    ngx_uint_t         records_n;
} ngx_tsunagari_hsds_result_t;


#endif /* _NGX_TSUNAGARI_HSDS_H_INCLUDED_ */
