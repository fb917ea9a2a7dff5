
/*
 * ngx_http_tsunagari_module.h: configuration and the request's context.
 */


#ifndef _NGX_HTTP_TSUNAGARI_MODULE_H_INCLUDED_
#define _NGX_HTTP_TSUNAGARI_MODULE_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>

#include "ngx_tsunagari_snapshot.h"


/* Part of every ETag: raise it whenever the same snapshot reads otherwise. */
#define NGX_HTTP_TSUNAGARI_OUTPUT  "3"


typedef struct {
    ngx_array_t              sources;   /* of ngx_tsunagari_source_t * */
    size_t                   memo;
    ngx_msec_t               interval;
    ngx_cycle_t             *cycle;     /* of this configuration */
    unsigned                 status:1;  /* there is a tsunagari_status */
} ngx_http_tsunagari_main_conf_t;


typedef struct {
    ngx_flag_t               enable;
    ngx_flag_t               gzip;
    ngx_uint_t               audience;  /* SNAP_AUDIENCE_* */
    ngx_str_t                snapshot;
    ngx_tsunagari_source_t  *source;
    ngx_str_t                origin;    /* https://host, or empty */
    ngx_str_t                base;      /* prefix of links, escaped */
    size_t                   prefix;    /* bytes of r->uri before the path */
} ngx_http_tsunagari_loc_conf_t;


#define NGX_HTTP_TSUNAGARI_MEMO    (8 * 1024 * 1024)

/* tsunagari_check_interval: from 10 ms to an hour */
#define NGX_HTTP_TSUNAGARI_INTERVAL_MIN  10
#define NGX_HTTP_TSUNAGARI_INTERVAL_MAX  (60 * 60 * 1000)


ngx_int_t ngx_http_tsunagari_handler(ngx_http_request_t *r);

/* The words of the directive tsunagari_audience. */
extern ngx_conf_enum_t  ngx_http_tsunagari_audiences[];

/* The directive tsunagari_origin. */
char *ngx_http_tsunagari_origin(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);

/* Fills conf->base and conf->prefix from the location's name; tells the
 * source that everybody may read it, if so. */
char *ngx_http_tsunagari_base(ngx_conf_t *cf, ngx_http_core_loc_conf_t *clcf,
    ngx_http_tsunagari_loc_conf_t *conf);

/* Preconfiguration: $tsunagari_generation and so on. */
ngx_int_t ngx_http_tsunagari_add_variables(ngx_conf_t *cf);

/* The directive tsunagari_status, and its shared memory. */
char *ngx_http_tsunagari_status(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
ngx_int_t ngx_http_tsunagari_status_zone(ngx_conf_t *cf);

/* 2026-11-21T03:04:05Z into buf. */
#define NGX_HTTP_TSUNAGARI_TIME_LEN  sizeof("2026-11-21T03:04:05Z")

void ngx_http_tsunagari_time(ngx_str_t *str, u_char *buf, time_t t);

/* Frees what the worker keeps between requests. */
void ngx_http_tsunagari_handler_exit(void);


extern ngx_module_t  ngx_http_tsunagari_module;


#endif /* _NGX_HTTP_TSUNAGARI_MODULE_H_INCLUDED_ */
