
/*
 * ngx_tsunagari_json.h: answers as JSON.
 *
 * List      {"items":[...],"total":n,"page":p,"pages":m,
 *            "facets":{"kind":[{"code","label","count","selected"},...],...},
 *            "region":{"code","name","ancestors":[{"code","name"},...],
 *            "neighbours":[...]}|null,
 *            "widened":{"to":"neighbours"|"area"|"prefecture"|"online",
 *            "regions":[{"code","name"},...]}|null,
 *            "run":12,"plan_date":"2026-11-21","generation":"12-9f3a01c2"}
 *           A facet lists the values with a document, and those chosen, in
 *           the snapshot's order, at most NGX_TSUNAGARI_JSON_VALUES.
 *           region is null unless exactly one is asked for.
 * Detail    {"item":{...},"run",...}
 * Suggestions  {"need":{...},"suggestions":[...],"run",...}
 * Status    {"generation","run","plan_date","audience","documents":
 *            {"resources","needs"},"loaded_at"}; the rest is for operators
 * Error     {"error":"...","parameter":"..."|null}
 */


#ifndef _NGX_TSUNAGARI_JSON_H_INCLUDED_
#define _NGX_TSUNAGARI_JSON_H_INCLUDED_


#include "ngx_tsunagari_page.h"


#define NGX_TSUNAGARI_JSON_VALUES  1000


void ngx_tsunagari_json(ngx_tsunagari_page_t *page);

/* Parts of it: whole answers, and "run" to "generation". */
void ngx_tsunagari_json_status(ngx_tsunagari_page_t *page);
void ngx_tsunagari_json_error(ngx_tsunagari_page_t *page);
void ngx_tsunagari_json_run(ngx_tsunagari_page_t *page);


#endif /* _NGX_TSUNAGARI_JSON_H_INCLUDED_ */
