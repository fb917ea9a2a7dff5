/* value_text.c: options, links and JSON of facet values. */
#include "value_text.h"

#include <stdlib.h>

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
    fragment_iri(out, value->code);
    fragment_put(out, "\">");
    put_html_label(value, labels, lang, out);
    fragment_put(out, " <b>");
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
    uint32_t lang, struct snapshot_file *file, struct value_text *texts)
{
    struct fragment out = {0};
    uint32_t n = facets->numbers;
    struct snap_value_text *rows = texts->rows + (size_t)lang * n;
    struct snap_ref *links = texts->links + (size_t)lang * n;
    /* those of a kind lie one behind the other: they are read in a row */
    for (uint32_t v = 0; v < n; v++) {
        put_option(&facets->values[facets->by_number[v]], labels, lang,
            &rows[v], &out);
        rows[v].option = put(file, &out);
    }
    for (uint32_t v = 0; v < n; v++) {
        put_link(&facets->values[facets->by_number[v]], labels, lang, &out);
        links[v] = put(file, &out);
    }
    for (uint32_t v = 0; v < n; v++) {
        put_json(&facets->values[facets->by_number[v]], labels, lang, &out);
        rows[v].json = put(file, &out);
    }
    fragment_release(&out);
}

void
value_text_write(struct value_text *texts, const struct facets *facets,
    const struct labels *labels, struct snapshot_file *file)
{
    texts->n = (uint64_t)facets->numbers * SNAP_LANGS;
    texts->rows = xcalloc(texts->n, sizeof(*texts->rows));
    texts->links = xcalloc(texts->n, sizeof(*texts->links));
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        write_language(facets, labels, lang, file, texts);
    }
}

void
value_text_sections(const struct value_text *texts,
    struct snapshot_file *file, uint32_t collection)
{
    snapshot_file_section(
        file, SNAP_SEC_VALUE_TEXTS, collection, texts->rows, texts->n);
    snapshot_file_section(
        file, SNAP_SEC_VALUE_LINKS, collection, texts->links, texts->n);
}

void
value_text_release(struct value_text *texts)
{
    free(texts->rows);
    free(texts->links);
    *texts = (struct value_text){0};
}
