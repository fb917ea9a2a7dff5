
/*
 * ngx_http_tsunagari_figures_json.c: figures as JSON, and where they are from.
 */


#include "ngx_http_tsunagari_figures.h"


typedef struct {
    ngx_str_t   name;       /* with what goes before the count */
    size_t      offset;
} ngx_http_tsunagari_count_t;


static void ngx_http_tsunagari_json_worker(ngx_http_tsunagari_sample_t *s);
static void ngx_http_tsunagari_json_loaded(ngx_http_tsunagari_sample_t *s);
static void ngx_http_tsunagari_json_time(ngx_tsunagari_out_t *out, time_t t);


#define ngx_http_tsunagari_count(text, field)                                 \
    { ngx_string(text), offsetof(ngx_tsunagari_figures_t, field) }

static const ngx_http_tsunagari_count_t  ngx_http_tsunagari_counts[] = {
    ngx_http_tsunagari_count(",\"swaps\":", swaps),
    ngx_http_tsunagari_count(",\"refusals\":", refusals),
    ngx_http_tsunagari_count(",\"answers\":{\"memo\":", hits),
    ngx_http_tsunagari_count(",\"made\":", misses),
    ngx_http_tsunagari_count(",\"unchanged\":", unchanged),
    ngx_http_tsunagari_count(",\"bad_request\":", bad_requests),
    ngx_http_tsunagari_count(",\"not_found\":", not_found),
    ngx_http_tsunagari_count(",\"unavailable\":", unavailable),
    ngx_http_tsunagari_count("},\"memo\":{\"entries\":", entries),
    ngx_http_tsunagari_count(",\"bytes\":", bytes),
    ngx_http_tsunagari_count(",\"evicted\":", evicted),
    { ngx_null_string, 0 }
};


ngx_uint_t
ngx_http_tsunagari_figures_get(ngx_http_tsunagari_sample_t *s)
{
    s->figures = ngx_tsunagari_figures_get(s->source, s->worker);

    if (s->figures == NULL) {
        return 0;
    }

    if (s->figures == &s->source->own) {
        s->state = s->figures->state;
        return 1;
    }

    ngx_shmtx_lock(s->source->mutex);
    s->state = s->figures->state;
    ngx_shmtx_unlock(s->source->mutex);

    return 1;
}


ngx_str_t
ngx_http_tsunagari_audience(uint32_t audience)
{
    static ngx_str_t  members = ngx_string("members");
    static ngx_str_t  everyone = ngx_string("public");

    return (audience == SNAP_AUDIENCE_MEMBERS) ? members : everyone;
}


void
ngx_http_tsunagari_figures_json(ngx_http_tsunagari_main_conf_t *mcf,
    ngx_tsunagari_out_t *out)
{
    ngx_uint_t                     i, first;
    ngx_tsunagari_source_t       **sources;
    ngx_http_tsunagari_sample_t    s;

    sources = mcf->sources.elts;
    s.out = out;

    ngx_tsunagari_out_lit(out, "{\"snapshots\":[");

    for (i = 0; i < mcf->sources.nelts; i++) {
        s.source = sources[i];

        if (i > 0) {
            ngx_tsunagari_out_lit(out, ",");
        }

        ngx_tsunagari_out_lit(out, "{\"path\":\"");
        ngx_tsunagari_out_json(out, s.source->path.data, s.source->path.len);
        ngx_tsunagari_out_lit(out, "\",\"workers\":[");

        first = 1;

        for (s.worker = 0; ngx_http_tsunagari_figures_get(&s); s.worker++) {

            if (s.state.pid == 0) {
                continue;
            }

            if (!first) {
                ngx_tsunagari_out_lit(out, ",");
            }

            first = 0;
            ngx_http_tsunagari_json_worker(&s);
        }

        ngx_tsunagari_out_lit(out, "]}");
    }

    ngx_tsunagari_out_lit(out, "]}\n");
}


static void
ngx_http_tsunagari_json_worker(ngx_http_tsunagari_sample_t *s)
{
    ngx_tsunagari_out_t               *out;
    const ngx_http_tsunagari_count_t  *c;

    out = s->out;

    ngx_tsunagari_out_lit(out, "{\"worker\":");
    ngx_tsunagari_out_uint(out, s->worker);
    ngx_tsunagari_out_lit(out, ",\"pid\":");
    ngx_tsunagari_out_uint(out, s->state.pid);

    ngx_http_tsunagari_json_loaded(s);

    ngx_tsunagari_out_lit(out, ",\"refused\":");

    if (s->state.reason_len) {
        ngx_tsunagari_out_lit(out, "{\"reason\":\"");
        ngx_tsunagari_out_json(out, s->state.reason, s->state.reason_len);
        ngx_tsunagari_out_lit(out, "\",\"at\":");
        ngx_http_tsunagari_json_time(out, s->state.refused_at);
        ngx_tsunagari_out_lit(out, "}");

    } else {
        ngx_tsunagari_out_lit(out, "null");
    }

    for (c = ngx_http_tsunagari_counts; c->name.len; c++) {
        ngx_tsunagari_out_str(out, &c->name);
        ngx_tsunagari_out_uint(out, *(ngx_atomic_t *)
                                     ((u_char *) s->figures + c->offset));
    }

    ngx_tsunagari_out_lit(out, ",\"limit\":");
    ngx_tsunagari_out_uint(out, s->source->memo_max);
    ngx_tsunagari_out_lit(out, "}}");
}


static void
ngx_http_tsunagari_json_loaded(ngx_http_tsunagari_sample_t *s)
{
    ngx_str_t             audience;
    ngx_tsunagari_out_t  *out;

    out = s->out;

    if (!s->state.loaded) {
        ngx_tsunagari_out_lit(out, ",\"generation\":null,\"run\":null,"
                              "\"plan_date\":null,\"audience\":null,"
                              "\"loaded_at\":null");
        return;
    }

    audience = ngx_http_tsunagari_audience(s->state.audience);

    ngx_tsunagari_out_lit(out, ",\"generation\":\"");
    ngx_tsunagari_out_generation(out, s->state.generation);
    ngx_tsunagari_out_lit(out, "\",\"run\":");
    ngx_tsunagari_out_uint(out, s->state.run);
    ngx_tsunagari_out_lit(out, ",\"plan_date\":\"");
    ngx_tsunagari_out_date(out, s->state.plan_date);
    ngx_tsunagari_out_lit(out, "\",\"audience\":\"");
    ngx_tsunagari_out_str(out, &audience);
    ngx_tsunagari_out_lit(out, "\",\"loaded_at\":");
    ngx_http_tsunagari_json_time(out, s->state.loaded_at);
}


static void
ngx_http_tsunagari_json_time(ngx_tsunagari_out_t *out, time_t t)
{
    u_char     buf[NGX_HTTP_TSUNAGARI_TIME_LEN];
    ngx_str_t  time;

    ngx_http_tsunagari_time(&time, buf, t);

    ngx_tsunagari_out_lit(out, "\"");
    ngx_tsunagari_out_str(out, &time);
    ngx_tsunagari_out_lit(out, "\"");
}


void
ngx_http_tsunagari_time(ngx_str_t *str, u_char *buf, time_t t)
{
    ngx_tm_t  tm;

    ngx_gmtime(t, &tm);

    str->data = buf;
    str->len = ngx_sprintf(buf, "%4d-%02d-%02dT%02d:%02d:%02dZ",
                           tm.ngx_tm_year, tm.ngx_tm_mon, tm.ngx_tm_mday,
                           tm.ngx_tm_hour, tm.ngx_tm_min, tm.ngx_tm_sec)
               - buf;
}
