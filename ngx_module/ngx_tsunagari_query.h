
/*
 * ngx_tsunagari_query.h: the arguments of a request.
 *
 * Meaning   region kind target theme tag sector free reach: facet values; a
 *           repeated key is OR within the facet, facets are ANDed.
 *           q: text; its words (parted by white space) are ANDed.
 *           page: from 1.  sort: plan (default), new (確認日, latest first),
 *           cost (cheapest first, unknown last), near (to the regions asked
 *           for; the plan's without one).  lang: ja, easy, en.
 *           fragment=1: without the frame.  view: cards (default) or table.  need: an id.
 *           An empty value is no value (forms send them); keys that are not
 *           listed are ignored (campaign marks such as utm_source).
 * Units     lengths in bytes, q's limit in code points.
 * Failure   NGX_DECLINED, bad and reason say what; the rest is not for use.
 * Lifetime  values point into the caller's buffer.
 *
 * Values are sorted and free of doubles, so that queries that mean the same
 * are written the same (links, canonical URL, memo key).
 */


#ifndef _NGX_TSUNAGARI_QUERY_H_INCLUDED_
#define _NGX_TSUNAGARI_QUERY_H_INCLUDED_


#include "ngx_tsunagari_hsds.h"
#include "ngx_tsunagari_out.h"


#define NGX_TSUNAGARI_Q_CHARS    64
#define NGX_TSUNAGARI_TERMS      8
#define NGX_TSUNAGARI_VALUES     16
#define NGX_TSUNAGARI_VALUE_LEN  160    /* bytes of a facet value */
#define NGX_TSUNAGARI_PAGE_MAX   500
#define NGX_TSUNAGARI_FOLDED     (NGX_TSUNAGARI_Q_CHARS * 4 * 18 + 64)

#define NGX_TSUNAGARI_SORT_PLAN  0
#define NGX_TSUNAGARI_SORT_NEW   1
#define NGX_TSUNAGARI_SORT_COST  2
#define NGX_TSUNAGARI_SORT_NEAR  3
#define NGX_TSUNAGARI_SORTS      4

/* Reasons of a refusal. */
#define NGX_TSUNAGARI_BAD_NONE      0
#define NGX_TSUNAGARI_BAD_UTF8      1
#define NGX_TSUNAGARI_BAD_CONTROL   2
#define NGX_TSUNAGARI_BAD_ESCAPE    3
#define NGX_TSUNAGARI_BAD_LONG      4
#define NGX_TSUNAGARI_BAD_TERMS     5
#define NGX_TSUNAGARI_BAD_MANY      6
#define NGX_TSUNAGARI_BAD_PAGE      7
#define NGX_TSUNAGARI_BAD_VALUE     8
#define NGX_TSUNAGARI_BAD_REGION    9
#define NGX_TSUNAGARI_BAD_REASONS   10


typedef struct {
    ngx_str_t    value[NGX_TSUNAGARI_VALUES];
    ngx_uint_t   n;
} ngx_tsunagari_values_t;


typedef struct {
    ngx_tsunagari_values_t  facets[SNAP_FACETS];

    ngx_str_t    q;             /* as typed, without outer spaces */
    ngx_str_t    term[NGX_TSUNAGARI_TERMS];     /* folded, into folded[] */
    ngx_uint_t   terms;

    ngx_uint_t   page;          /* 1 .. NGX_TSUNAGARI_PAGE_MAX */
    ngx_uint_t   sort;
    uint32_t     lang;          /* SNAP_LANG_* */
    uint32_t     need;          /* 0: not given */
    unsigned     fragment:1;
    unsigned     table:1;       /* view=table */

    ngx_tsunagari_hsds_query_t  hsds;

    ngx_uint_t   reason;        /* NGX_TSUNAGARI_BAD_* */
    const char  *bad;           /* the parameter */

    char         folded[NGX_TSUNAGARI_FOLDED];
} ngx_tsunagari_query_t;


/* buf: at least args->len bytes, kept as long as q is. */
ngx_int_t ngx_tsunagari_query_parse(ngx_tsunagari_query_t *q,
    const ngx_str_t *args, u_char *buf);

/* The same for the arguments of ngx_tsunagari_hsds.h, and no others. */
ngx_int_t ngx_tsunagari_query_parse_hsds(ngx_tsunagari_query_t *q,
    const ngx_str_t *args, u_char *buf);

/* Names of the facets as arguments, by SNAP_FACET_*. */
extern const ngx_str_t  ngx_tsunagari_facet_name[SNAP_FACETS];

/* Why, in English: lower case, no full stop. */
extern const ngx_str_t  ngx_tsunagari_reason[NGX_TSUNAGARI_BAD_REASONS];

extern const ngx_str_t  ngx_tsunagari_lang_name[SNAP_LANGS];
extern const ngx_str_t  ngx_tsunagari_sort_name[NGX_TSUNAGARI_SORTS];


/*
 * The normal form: ?key=value&key=value, or nothing.  skip: arguments to leave
 * out, a SNAP_FACET_* or NGX_TSUNAGARI_SKIP_*; page is left out when it is 1,
 * the language when it is ja.  Returns the number of arguments written.
 */
#define NGX_TSUNAGARI_SKIP_NONE  SNAP_FACETS
#define NGX_TSUNAGARI_SKIP_Q     (SNAP_FACETS + 1)
#define NGX_TSUNAGARI_SKIPS      (SNAP_FACETS + 2)

ngx_uint_t ngx_tsunagari_query_write(const ngx_tsunagari_query_t *q,
    ngx_tsunagari_out_t *out, ngx_uint_t skip, ngx_uint_t page,
    uint32_t lang, ngx_uint_t form);

/* form: outside of HTML; in an attribute; in one of a page in UTF-8. */
#define NGX_TSUNAGARI_QUERY_TEXT  0
#define NGX_TSUNAGARI_QUERY_HTML  1
#define NGX_TSUNAGARI_QUERY_PAGE  2
#define NGX_TSUNAGARI_QUERY_FORMS 3

/*
 * The same in two parts, the first of which many links of a page share: the
 * facets and the text; what comes behind n arguments.
 */
ngx_uint_t ngx_tsunagari_query_filters(const ngx_tsunagari_query_t *q,
    ngx_tsunagari_out_t *out, ngx_uint_t skip, ngx_uint_t form);
ngx_uint_t ngx_tsunagari_query_rest(const ngx_tsunagari_query_t *q,
    ngx_tsunagari_out_t *out, ngx_uint_t n, ngx_uint_t page, uint32_t lang,
    ngx_uint_t form);


#endif /* _NGX_TSUNAGARI_QUERY_H_INCLUDED_ */
