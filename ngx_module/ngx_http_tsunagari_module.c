
/*
 * ngx_http_tsunagari_module.c: directives, and the sources of a worker.
 *
 *   tsunagari_snapshot path;     http, server, location
 *   tsunagari on | off;          location
 *   tsunagari_audience public | members;  server, location
 *   tsunagari_origin url;        http, server, location
 *   tsunagari_gzip on | off;     http, server, location
 *   tsunagari_memo size;         http
 *   tsunagari_check_interval time;  http
 *   tsunagari_status;            location
 */


#include "ngx_http_tsunagari_module.h"
#include "ngx_tsunagari_set.h"


static char *ngx_http_tsunagari(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_tsunagari_snapshot(ngx_conf_t *cf, ngx_command_t *cmd,
    void *conf);
static char *ngx_http_tsunagari_interval(ngx_conf_t *cf, void *post,
    void *data);
static void *ngx_http_tsunagari_create_main_conf(ngx_conf_t *cf);
static char *ngx_http_tsunagari_init_main_conf(ngx_conf_t *cf, void *conf);
static void *ngx_http_tsunagari_create_loc_conf(ngx_conf_t *cf);
static char *ngx_http_tsunagari_merge_loc_conf(ngx_conf_t *cf, void *parent,
    void *child);
static ngx_tsunagari_source_t *ngx_http_tsunagari_source(ngx_conf_t *cf,
    ngx_str_t *path);
static ngx_int_t ngx_http_tsunagari_init_process(ngx_cycle_t *cycle);
static void ngx_http_tsunagari_exit_process(ngx_cycle_t *cycle);


static ngx_conf_post_t  ngx_http_tsunagari_interval_post = {
    ngx_http_tsunagari_interval
};


static ngx_command_t  ngx_http_tsunagari_commands[] = {

    { ngx_string("tsunagari"),
      NGX_HTTP_LOC_CONF|NGX_CONF_FLAG,
      ngx_http_tsunagari,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_tsunagari_loc_conf_t, enable),
      NULL },

    { ngx_string("tsunagari_snapshot"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_tsunagari_snapshot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_tsunagari_loc_conf_t, snapshot),
      NULL },

    { ngx_string("tsunagari_audience"),
      NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_enum_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_tsunagari_loc_conf_t, audience),
      &ngx_http_tsunagari_audiences },

    { ngx_string("tsunagari_origin"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_TAKE1,
      ngx_http_tsunagari_origin,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_tsunagari_loc_conf_t, origin),
      NULL },

    { ngx_string("tsunagari_gzip"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_SRV_CONF|NGX_HTTP_LOC_CONF|NGX_CONF_FLAG,
      ngx_conf_set_flag_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_tsunagari_loc_conf_t, gzip),
      NULL },

    { ngx_string("tsunagari_memo"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_size_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_http_tsunagari_main_conf_t, memo),
      NULL },

    { ngx_string("tsunagari_check_interval"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_msec_slot,
      NGX_HTTP_MAIN_CONF_OFFSET,
      offsetof(ngx_http_tsunagari_main_conf_t, interval),
      &ngx_http_tsunagari_interval_post },

    { ngx_string("tsunagari_status"),
      NGX_HTTP_LOC_CONF|NGX_CONF_NOARGS,
      ngx_http_tsunagari_status,
      0,
      0,
      NULL },

      ngx_null_command
};


static ngx_http_module_t  ngx_http_tsunagari_module_ctx = {
    ngx_http_tsunagari_add_variables,      /* preconfiguration */
    ngx_http_tsunagari_status_zone,        /* postconfiguration */

    ngx_http_tsunagari_create_main_conf,   /* create main configuration */
    ngx_http_tsunagari_init_main_conf,     /* init main configuration */

    NULL,                                  /* create server configuration */
    NULL,                                  /* merge server configuration */

    ngx_http_tsunagari_create_loc_conf,    /* create location configuration */
    ngx_http_tsunagari_merge_loc_conf      /* merge location configuration */
};


ngx_module_t  ngx_http_tsunagari_module = {
    NGX_MODULE_V1,
    &ngx_http_tsunagari_module_ctx,        /* module context */
    ngx_http_tsunagari_commands,           /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL,                                  /* init master */
    NULL,                                  /* init module */
    ngx_http_tsunagari_init_process,       /* init process */
    NULL,                                  /* init thread */
    NULL,                                  /* exit thread */
    ngx_http_tsunagari_exit_process,       /* exit process */
    NULL,                                  /* exit master */
    NGX_MODULE_V1_PADDING
};


static char *
ngx_http_tsunagari(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_tsunagari_loc_conf_t *lcf = conf;

    char                      *rv;
    ngx_http_core_loc_conf_t  *clcf;

    rv = ngx_conf_set_flag_slot(cf, cmd, conf);

    if (rv != NGX_CONF_OK || !lcf->enable) {
        return rv;
    }

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    clcf->handler = ngx_http_tsunagari_handler;

    if (clcf->name.len && clcf->name.data[clcf->name.len - 1] == '/') {
        clcf->auto_redirect = 1;
    }

    return NGX_CONF_OK;
}


static char *
ngx_http_tsunagari_snapshot(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_tsunagari_loc_conf_t *lcf = conf;

    char  *rv;

    rv = ngx_conf_set_str_slot(cf, cmd, conf);

    if (rv != NGX_CONF_OK) {
        return rv;
    }

    if (lcf->snapshot.len == 0) {
        return "is an empty path";
    }

    if (ngx_conf_full_name(cf->cycle, &lcf->snapshot, 0) != NGX_OK) {
        return NGX_CONF_ERROR;
    }

    return NGX_CONF_OK;
}


static char *
ngx_http_tsunagari_interval(ngx_conf_t *cf, void *post, void *data)
{
    ngx_msec_t *interval = data;

    if (*interval < NGX_HTTP_TSUNAGARI_INTERVAL_MIN
        || *interval > NGX_HTTP_TSUNAGARI_INTERVAL_MAX)
    {
        return "is not between 10ms and 1h";
    }

    return NGX_CONF_OK;
}


static void *
ngx_http_tsunagari_create_main_conf(ngx_conf_t *cf)
{
    ngx_http_tsunagari_main_conf_t  *mcf;

    mcf = ngx_pcalloc(cf->pool, sizeof(ngx_http_tsunagari_main_conf_t));
    if (mcf == NULL) {
        return NULL;
    }

    if (ngx_array_init(&mcf->sources, cf->pool, 2,
                       sizeof(ngx_tsunagari_source_t *))
        != NGX_OK)
    {
        return NULL;
    }

    mcf->memo = NGX_CONF_UNSET_SIZE;
    mcf->interval = NGX_CONF_UNSET_MSEC;
    mcf->cycle = cf->cycle;

    return mcf;
}


static char *
ngx_http_tsunagari_init_main_conf(ngx_conf_t *cf, void *conf)
{
    ngx_http_tsunagari_main_conf_t *mcf = conf;

    ngx_conf_init_size_value(mcf->memo, NGX_HTTP_TSUNAGARI_MEMO);
    ngx_conf_init_msec_value(mcf->interval, NGX_TSUNAGARI_INTERVAL_MS);

    return NGX_CONF_OK;
}


static void *
ngx_http_tsunagari_create_loc_conf(ngx_conf_t *cf)
{
    ngx_http_tsunagari_loc_conf_t  *conf;

    conf = ngx_pcalloc(cf->pool, sizeof(ngx_http_tsunagari_loc_conf_t));
    if (conf == NULL) {
        return NULL;
    }

    /*
     * set by ngx_pcalloc():
     *
     *     conf->snapshot = { 0, NULL };
     *     conf->origin = { 0, NULL };
     *     conf->source = NULL;
     *     conf->base = { 0, NULL };
     *     conf->prefix = 0;
     */

    conf->enable = NGX_CONF_UNSET;
    conf->audience = NGX_CONF_UNSET_UINT;
    conf->gzip = NGX_CONF_UNSET;

    return conf;
}


static char *
ngx_http_tsunagari_merge_loc_conf(ngx_conf_t *cf, void *parent, void *child)
{
    ngx_http_tsunagari_loc_conf_t *prev = parent;
    ngx_http_tsunagari_loc_conf_t *conf = child;

    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);

    ngx_conf_merge_str_value(conf->snapshot, prev->snapshot, "");
    ngx_conf_merge_str_value(conf->origin, prev->origin, "");
    ngx_conf_merge_value(conf->gzip, prev->gzip, 1);
    ngx_conf_merge_uint_value(conf->audience, prev->audience,
                              SNAP_AUDIENCE_PUBLIC);

    if (conf->enable == NGX_CONF_UNSET && clcf->noname && prev->enable == 1
        && clcf->handler == NULL)
    {
        /* "if" and "limit_except" inside the location */

        conf->enable = 1;
        clcf->handler = ngx_http_tsunagari_handler;
    }

    /* as a handler, it is not inherited */

    ngx_conf_init_value(conf->enable, 0);

    if (!conf->enable) {
        return NGX_CONF_OK;
    }

    if (conf->snapshot.len == 0) {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "no \"tsunagari_snapshot\" is defined for "
                           "\"tsunagari\" in location \"%V\"", &clcf->name);
        return NGX_CONF_ERROR;
    }

    conf->source = ngx_http_tsunagari_source(cf, &conf->snapshot);
    if (conf->source == NULL) {
        return NGX_CONF_ERROR;
    }

    return ngx_http_tsunagari_base(cf, clcf, conf);
}


/* One source for each path, however many locations serve it. */

static ngx_tsunagari_source_t *
ngx_http_tsunagari_source(ngx_conf_t *cf, ngx_str_t *path)
{
    ngx_uint_t                        i;
    ngx_tsunagari_source_t           *source, **sources;
    ngx_http_tsunagari_main_conf_t   *mcf;

    mcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_tsunagari_module);

    sources = mcf->sources.elts;

    for (i = 0; i < mcf->sources.nelts; i++) {

        if (sources[i]->path.len == path->len
            && ngx_strncmp(sources[i]->path.data, path->data, path->len) == 0)
        {
            return sources[i];
        }
    }

    sources = ngx_array_push(&mcf->sources);
    if (sources == NULL) {
        return NULL;
    }

    source = ngx_pcalloc(cf->pool, sizeof(ngx_tsunagari_source_t));
    if (source == NULL) {
        return NULL;
    }

    source->path = *path;
    source->interval = mcf->interval;
    source->memo_max = mcf->memo;
    *sources = source;

    return source;
}


static ngx_int_t
ngx_http_tsunagari_init_process(ngx_cycle_t *cycle)
{
    ngx_uint_t                        i;
    ngx_tsunagari_source_t          **sources;
    ngx_http_tsunagari_main_conf_t   *mcf;

    /* not in the cache manager, the cache loader */

    if (ngx_process != NGX_PROCESS_WORKER && ngx_process != NGX_PROCESS_SINGLE)
    {
        return NGX_OK;
    }

    mcf = ngx_http_cycle_get_module_main_conf(cycle,
                                              ngx_http_tsunagari_module);

    if (mcf == NULL) {
        return NGX_OK;
    }

    ngx_tsunagari_set_init();

    sources = mcf->sources.elts;

    for (i = 0; i < mcf->sources.nelts; i++) {
        if (ngx_tsunagari_source_start(sources[i], cycle) != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static void
ngx_http_tsunagari_exit_process(ngx_cycle_t *cycle)
{
    ngx_http_tsunagari_handler_exit();
    ngx_tsunagari_memo_exit();
}
