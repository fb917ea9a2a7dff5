/* render_row.c: an entry as a row of the list in the columns of
 * 福岡市NPO出前講座一覧. */
#include "render.h"

#include <string.h>

/* The column's name stands in each cell, for when rows are shown stacked. */
static void
open_cell(uint32_t label, const char *attributes, struct fragment *out)
{
    fragment_put(out, "<td");
    fragment_put(out, attributes);
    fragment_put(out, "><span class=\"key\">");
    fragment_label(out, label);
    fragment_put(out, "</span><div>");
}

static void
close_cell(struct fragment *out)
{
    fragment_put(out, "</div></td>");
}

static void
put_ja(const char *text, struct fragment *out)
{
    if (text[0] != '\0') {
        render_ja(text, out);
    } else {
        fragment_label(out, LABEL_NOT_STATED);
    }
}

/* 対象: as written, else the groups. */
static void
put_target(const struct render *r, const struct listing *l,
    struct fragment *out)
{
    size_t start = out->len;
    for (int i = 0; l->target_text[0] == '\0' && i < l->targets.n; i++) {
        int32_t term = vocabulary_find(&r->targets, l->targets.ids[i]);
        if (term != VOCABULARY_NONE) {
            if (out->len > start) {
                fragment_label(out, LABEL_LIST_COMMA);
            }
            fragment_label(out, r->targets.terms[term].label);
        }
    }
    if (out->len == start) {
        put_ja(l->target_text, out);
    }
}

/* 時間: how long, else when. */
static void
put_duration(const struct listing *l, struct fragment *out)
{
    if (l->duration_text[0] != '\0') {
        render_ja(l->duration_text, out);
    } else if (l->minutes_max > 0) {
        fragment_int(out, l->minutes_max);
        fragment_label(out, LABEL_MINUTES);
    } else {
        render_when(l, out);
    }
}

/* 準備が必要なもの: what a need asks for; what an offer hopes to find. */
static void
put_wanted(const struct render *r, const struct listing *l,
    uint32_t collection, struct fragment *out)
{
    bool open = false;
    for (int i = 0; collection == SNAP_NEEDS && i < l->lines_n; i++) {
        const struct listing_line *line = &l->lines[i];
        int32_t kind = vocabulary_find(&r->kinds, line->kind_id);
        if (kind == VOCABULARY_NONE) {
            continue;
        }
        fragment_put(out, open ? "<li>" : "<ul class=\"lines\"><li>");
        open = true;
        fragment_label(out, r->kinds.terms[kind].label);
        fragment_put(out, " <span lang=\"ja\">");
        fragment_grouped(out, line->quantity);
        fragment_html(out, line->unit);
        fragment_put(out, "</span></li>");
    }
    fragment_put(out, open ? "</ul>" : "");
    if (!open || l->wanted_text[0] != '\0') {
        put_ja(l->wanted_text, out);
    }
}

static void
put_title(const struct listing *l, uint32_t collection, struct fragment *out)
{
    fragment_put(out, "<th scope=\"row\"><a href=\"");
    render_address(collection, l->id, out);
    fragment_slot(out, SNAP_SLOT_LANG_FIRST);
    fragment_put(out, "\" lang=\"ja\">");
    fragment_html(out, l->title);
    fragment_put(out, "</a></th>");
}

void
render_row(const struct render *r, const struct listing *l,
    uint32_t collection, struct fragment *out)
{
    fragment_put(out, "<tr>");
    open_cell(LABEL_COL_NUMBER, " class=\"number\"", out);
    fragment_int(out, l->id);
    close_cell(out);
    open_cell(LABEL_COL_FIELD, "", out);
    render_kinds(r, l, out);
    close_cell(out);
    put_title(l, collection, out);
    open_cell(LABEL_COL_SUMMARY, " class=\"wide\"", out);
    put_ja(l->summary, out);
    close_cell(out);
    open_cell(LABEL_COL_TARGET, "", out);
    put_target(r, l, out);
    close_cell(out);
    open_cell(LABEL_COL_PEOPLE, "", out);
    render_people(l, out);
    close_cell(out);
    open_cell(LABEL_COL_TIME, "", out);
    put_duration(l, out);
    close_cell(out);
    open_cell(LABEL_COL_WANTED, "", out);
    put_wanted(r, l, collection, out);
    close_cell(out);
    open_cell(LABEL_COL_COST, "", out);
    render_cost(l, out);
    close_cell(out);
    open_cell(LABEL_ORGANISATION, "", out);
    render_ja(l->organisation.name, out);
    close_cell(out);
    fragment_put(out, "</tr>\n");
}
