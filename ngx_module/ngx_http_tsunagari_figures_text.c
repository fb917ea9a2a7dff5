
/*
 * ngx_http_tsunagari_figures_text.c: figures for Prometheus.
 */


#include "ngx_http_tsunagari_figures.h"


typedef struct {
    ngx_str_t               name;       /* of the family of samples */
    ngx_str_t               type;
    ngx_str_t               help;       /* empty: the family goes on */
    ngx_str_t               how;        /* label, or empty */
    size_t                  offset;     /* of the count */
} ngx_http_tsunagari_metric_t;


typedef void (*ngx_http_tsunagari_sample_pt)(ngx_http_tsunagari_sample_t *s,
    const void *data);


static void ngx_http_tsunagari_each(ngx_http_tsunagari_main_conf_t *mcf,
    ngx_tsunagari_out_t *out, ngx_http_tsunagari_sample_pt write,
    const void *data);
static void ngx_http_tsunagari_family(ngx_tsunagari_out_t *out,
    const ngx_str_t *name, const ngx_str_t *type, const ngx_str_t *help);
static void ngx_http_tsunagari_labels(ngx_http_tsunagari_sample_t *s,
    const ngx_str_t *name);
static void ngx_http_tsunagari_quoted(ngx_tsunagari_out_t *out,
    const u_char *data, size_t n);
static void ngx_http_tsunagari_text_count(ngx_http_tsunagari_sample_t *s,
    const void *data);
static void ngx_http_tsunagari_text_info(ngx_http_tsunagari_sample_t *s,
    const void *data);
static void ngx_http_tsunagari_text_state(ngx_http_tsunagari_sample_t *s,
    const void *data);
static void ngx_http_tsunagari_text_refused(ngx_http_tsunagari_sample_t *s,
    const void *data);


#define ngx_http_tsunagari_count(field)                                       \
    offsetof(ngx_tsunagari_figures_t, field)


static const ngx_http_tsunagari_metric_t  ngx_http_tsunagari_metrics[] = {

    { ngx_string("tsunagari_swaps_total"), ngx_string("counter"),
      ngx_string("Snapshots taken over since the worker started."),
      ngx_null_string, ngx_http_tsunagari_count(swaps) },

    { ngx_string("tsunagari_refusals_total"), ngx_string("counter"),
      ngx_string("Files refused since the worker started."),
      ngx_null_string, ngx_http_tsunagari_count(refusals) },

    { ngx_string("tsunagari_answers_total"), ngx_string("counter"),
      ngx_string("Answers by how they were given."),
      ngx_string("memo"), ngx_http_tsunagari_count(hits) },

    { ngx_string("tsunagari_answers_total"), ngx_null_string,
      ngx_null_string,
      ngx_string("made"), ngx_http_tsunagari_count(misses) },

    { ngx_string("tsunagari_answers_total"), ngx_null_string,
      ngx_null_string,
      ngx_string("unchanged"), ngx_http_tsunagari_count(unchanged) },

    { ngx_string("tsunagari_answers_total"), ngx_null_string,
      ngx_null_string,
      ngx_string("bad_request"), ngx_http_tsunagari_count(bad_requests) },

    { ngx_string("tsunagari_answers_total"), ngx_null_string,
      ngx_null_string,
      ngx_string("not_found"), ngx_http_tsunagari_count(not_found) },

    { ngx_string("tsunagari_answers_total"), ngx_null_string,
      ngx_null_string,
      ngx_string("unavailable"), ngx_http_tsunagari_count(unavailable) },

    { ngx_string("tsunagari_memo_entries"), ngx_string("gauge"),
      ngx_string("Answers kept."),
      ngx_null_string, ngx_http_tsunagari_count(entries) },

    { ngx_string("tsunagari_memo_bytes"), ngx_string("gauge"),
      ngx_string("Memory of the answers kept."),
      ngx_null_string, ngx_http_tsunagari_count(bytes) },

    { ngx_string("tsunagari_memo_evicted_total"), ngx_string("counter"),
      ngx_string("Answers that gave way to others."),
      ngx_null_string, ngx_http_tsunagari_count(evicted) },

    { ngx_null_string, ngx_null_string, ngx_null_string, ngx_null_string, 0 }
};


static const ngx_str_t  ngx_http_tsunagari_gauge = ngx_string("gauge");

static const ngx_str_t  ngx_http_tsunagari_info =
    ngx_string("tsunagari_snapshot_info");
static const ngx_str_t  ngx_http_tsunagari_info_help =
    ngx_string("The snapshot that the worker serves.");
static const ngx_str_t  ngx_http_tsunagari_loaded =
    ngx_string("tsunagari_loaded_timestamp_seconds");
static const ngx_str_t  ngx_http_tsunagari_loaded_help =
    ngx_string("When the worker took it over, 0: nothing to serve.");
static const ngx_str_t  ngx_http_tsunagari_refused =
    ngx_string("tsunagari_refused_timestamp_seconds");
static const ngx_str_t  ngx_http_tsunagari_refused_help =
    ngx_string("When a file was refused, 0: none since the last takeover.");


static void
ngx_http_tsunagari_each(ngx_http_tsunagari_main_conf_t *mcf,
    ngx_tsunagari_out_t *out, ngx_http_tsunagari_sample_pt write,
    const void *data)
{
    ngx_uint_t                     i;
    ngx_tsunagari_source_t       **sources;
    ngx_http_tsunagari_sample_t    s;

    sources = mcf->sources.elts;
    s.out = out;

    for (i = 0; i < mcf->sources.nelts; i++) {
        s.source = sources[i];

        for (s.worker = 0; ngx_http_tsunagari_figures_get(&s); s.worker++) {
            if (s.state.pid) {
                write(&s, data);
            }
        }
    }
}


void
ngx_http_tsunagari_figures_text(ngx_http_tsunagari_main_conf_t *mcf,
    ngx_tsunagari_out_t *out)
{
    const ngx_http_tsunagari_metric_t  *m;

    ngx_http_tsunagari_family(out, &ngx_http_tsunagari_info,
                              &ngx_http_tsunagari_gauge,
                              &ngx_http_tsunagari_info_help);
    ngx_http_tsunagari_each(mcf, out, ngx_http_tsunagari_text_info, NULL);

    ngx_http_tsunagari_family(out, &ngx_http_tsunagari_loaded,
                              &ngx_http_tsunagari_gauge,
                              &ngx_http_tsunagari_loaded_help);
    ngx_http_tsunagari_each(mcf, out, ngx_http_tsunagari_text_state, NULL);

    ngx_http_tsunagari_family(out, &ngx_http_tsunagari_refused,
                              &ngx_http_tsunagari_gauge,
                              &ngx_http_tsunagari_refused_help);
    ngx_http_tsunagari_each(mcf, out, ngx_http_tsunagari_text_refused, NULL);

    for (m = ngx_http_tsunagari_metrics; m->name.len; m++) {

        if (m->help.len) {
            ngx_http_tsunagari_family(out, &m->name, &m->type, &m->help);
        }

        ngx_http_tsunagari_each(mcf, out, ngx_http_tsunagari_text_count, m);
    }
}


static void
ngx_http_tsunagari_family(ngx_tsunagari_out_t *out, const ngx_str_t *name,
    const ngx_str_t *type, const ngx_str_t *help)
{
    ngx_tsunagari_out_lit(out, "# HELP ");
    ngx_tsunagari_out_str(out, name);
    ngx_tsunagari_out_lit(out, " ");
    ngx_tsunagari_out_str(out, help);
    ngx_tsunagari_out_lit(out, "\n# TYPE ");
    ngx_tsunagari_out_str(out, name);
    ngx_tsunagari_out_lit(out, " ");
    ngx_tsunagari_out_str(out, type);
    ngx_tsunagari_out_lit(out, "\n");
}


static void
ngx_http_tsunagari_labels(ngx_http_tsunagari_sample_t *s,
    const ngx_str_t *name)
{
    ngx_tsunagari_out_str(s->out, name);
    ngx_tsunagari_out_lit(s->out, "{snapshot=\"");
    ngx_http_tsunagari_quoted(s->out, s->source->path.data,
                              s->source->path.len);
    ngx_tsunagari_out_lit(s->out, "\",worker=\"");
    ngx_tsunagari_out_uint(s->out, s->worker);
    ngx_tsunagari_out_lit(s->out, "\"");
}


/* The value of a label: backslash, quote and line end are escaped. */

static void
ngx_http_tsunagari_quoted(ngx_tsunagari_out_t *out, const u_char *data,
    size_t n)
{
    size_t  i;

    for (i = 0; i < n; i++) {

        switch (data[i]) {

        case '\\':
            ngx_tsunagari_out_lit(out, "\\\\");
            break;

        case '"':
            ngx_tsunagari_out_lit(out, "\\\"");
            break;

        case '\n':
            ngx_tsunagari_out_lit(out, "\\n");
            break;

        default:
            ngx_tsunagari_out(out, &data[i], 1);
        }
    }
}


static void
ngx_http_tsunagari_text_count(ngx_http_tsunagari_sample_t *s,
    const void *data)
{
    const ngx_http_tsunagari_metric_t *m = data;

    ngx_http_tsunagari_labels(s, &m->name);

    if (m->how.len) {
        ngx_tsunagari_out_lit(s->out, ",how=\"");
        ngx_tsunagari_out_str(s->out, &m->how);
        ngx_tsunagari_out_lit(s->out, "\"");
    }

    ngx_tsunagari_out_lit(s->out, "} ");
    ngx_tsunagari_out_uint(s->out,
                           *(ngx_atomic_t *)
                               ((u_char *) s->figures + m->offset));
    ngx_tsunagari_out_lit(s->out, "\n");
}


static void
ngx_http_tsunagari_text_info(ngx_http_tsunagari_sample_t *s, const void *data)
{
    ngx_str_t  audience;

    if (!s->state.loaded) {
        return;
    }

    audience = ngx_http_tsunagari_audience(s->state.audience);

    ngx_http_tsunagari_labels(s, &ngx_http_tsunagari_info);
    ngx_tsunagari_out_lit(s->out, ",generation=\"");
    ngx_tsunagari_out_generation(s->out, s->state.generation);
    ngx_tsunagari_out_lit(s->out, "\",run=\"");
    ngx_tsunagari_out_uint(s->out, s->state.run);
    ngx_tsunagari_out_lit(s->out, "\",plan_date=\"");
    ngx_tsunagari_out_date(s->out, s->state.plan_date);
    ngx_tsunagari_out_lit(s->out, "\",audience=\"");
    ngx_tsunagari_out_str(s->out, &audience);
    ngx_tsunagari_out_lit(s->out, "\"} 1\n");
}


static void
ngx_http_tsunagari_text_state(ngx_http_tsunagari_sample_t *s,
    const void *data)
{
    ngx_http_tsunagari_labels(s, &ngx_http_tsunagari_loaded);
    ngx_tsunagari_out_lit(s->out, "} ");
    ngx_tsunagari_out_uint(s->out, s->state.loaded ? s->state.loaded_at : 0);
    ngx_tsunagari_out_lit(s->out, "\n");
}


static void
ngx_http_tsunagari_text_refused(ngx_http_tsunagari_sample_t *s,
    const void *data)
{
    ngx_http_tsunagari_labels(s, &ngx_http_tsunagari_refused);
    ngx_tsunagari_out_lit(s->out, ",reason=\"");
    ngx_http_tsunagari_quoted(s->out, s->state.reason, s->state.reason_len);
    ngx_tsunagari_out_lit(s->out, "\"} ");
    ngx_tsunagari_out_uint(s->out, s->state.refused_at);
    ngx_tsunagari_out_lit(s->out, "\n");
}
