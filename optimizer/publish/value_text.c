/* value_text.c: options, links and JSON of facet values. */
#include "value_text.h"

/* The names of the arguments, by SNAP_FACET_*. */
static const char *const arguments[SNAP_FACETS] = {
    "region", "kind", "target", "theme", "tag", "sector", "free", "reach"};

static struct snap_ref
put(struct snapshot_file *file, struct fragment *out)
{
    struct snap_ref ref = snapshot_file_text(file, out->data, out->len);
    fragment_clear(out);
    return ref;
}

static void
put_html_label(const struct facet_value *value, const struct labels *labels,
    uint32_t lang, struct fragment *out)
{
    if (value->label == SNAP_NONE) {
        fragment_html(out, value->code);
    } else {
        labels_html(labels, value->label, lang, out);
    }
}

static void
put_option(const struct facet_value *value, const struct labels *labels,
    uint32_t lang, struct snap_value_text *row, struct fragment *out)
{
    fragment_put(out, "<option value=\"");
    fragment_html(out, value->code);
    fragment_put(out, "\"");
    row->option_cut = (uint32_t)out->len;
    fragment_put(out, ">");
    put_html_label(value, labels, lang, out);
    fragment_put(out, "</option>");
}

static void
put_link(const struct facet_value *value, const struct labels *labels,
    uint32_t lang, struct fragment *out)
{
    fragment_put(out, arguments[value->facet]);
    fragment_put(out, "=");
    fragment_url(out, value->code);
    fragment_put(out, "\" rel=\"nofollow\">");
    put_html_label(value, labels, lang, out);
    fragment_put(out, " <span class=\"count\">");
}

static void
put_json(const struct facet_value *value, const struct labels *labels,
    uint32_t lang, struct fragment *out)
{
    fragment_put(out, "{\"code\":\"");
    fragment_json(out, value->code);
    fragment_put(out, "\",\"label\":\"");
    if (value->label == SNAP_NONE) {
        fragment_json(out, value->code);
    } else {
        labels_json(labels, value->label, lang, out);
    }
    fragment_put(out, "\",\"count\":");
}

static void
write_language(const struct facets *facets, const struct labels *labels,
    uint32_t lang, struct snapshot_file *file, struct snap_value_text *rows)
{
    struct fragment out = {0};
    uint32_t n = facets->numbers;
    /* those of a kind lie one behind the other: they are read in a row */
    for (uint32_t v = 0; v < n; v++) {
        put_option(&facets->values[facets->by_number[v]], labels, lang,
            &rows[v], &out);
        rows[v].option = put(file, &out);
    }
    for (uint32_t v = 0; v < n; v++) {
        put_link(&facets->values[facets->by_number[v]], labels, lang, &out);
        rows[v].link = put(file, &out);
    }
    for (uint32_t v = 0; v < n; v++) {
        put_json(&facets->values[facets->by_number[v]], labels, lang, &out);
        rows[v].json = put(file, &out);
    }
    fragment_release(&out);
}

struct snap_value_text *
value_text_write(const struct facets *facets, const struct labels *labels,
    struct snapshot_file *file)
{
    size_t n = facets->numbers;
    struct snap_value_text *rows = xcalloc(n * SNAP_LANGS, sizeof(*rows));
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        write_language(facets, labels, lang, file, rows + lang * n);
    }
    return rows;
}
