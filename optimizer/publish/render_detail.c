/* render_detail.c: the body of a document's own page. */
#include "render.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/base/scan.h"

static void
open_row(uint32_t label, struct fragment *out)
{
    fragment_put(out, "<dt>");
    fragment_label(out, label);
    fragment_put(out, "</dt><dd>");
}

static void
close_row(struct fragment *out)
{
    fragment_put(out, "</dd>");
}

/* What was written, below what was read from it. */
static void
put_written(const char *text, struct fragment *out)
{
    if (text[0] != '\0') {
        fragment_put(out, "<br><span class=\"written\" lang=\"ja\">");
        fragment_html(out, text);
        fragment_put(out, "</span>");
    }
}

static void
put_text_row(uint32_t label, const char *text, struct fragment *out)
{
    if (text[0] != '\0') {
        fragment_put(out, "<dt>");
        fragment_label(out, label);
        fragment_put(out, "</dt><dd lang=\"ja\" class=\"text\">");
        fragment_html(out, text);
        close_row(out);
    }
}

static void
put_when(const struct listing *l, struct fragment *out)
{
    open_row(LABEL_WHEN, out);
    render_when(l, out);
    if (!render_when_as_written(l)) {
        put_written(l->date_text, out);
    }
    if (l->time_start[0] != '\0') {
        put_written(l->time_text, out);
    }
    close_row(out);
    if (l->duration_text[0] != '\0') {
        put_text_row(LABEL_DURATION, l->duration_text, out);
    } else if (l->minutes_max > 0) {
        open_row(LABEL_DURATION, out);
        fragment_int(out, l->minutes_max);
        fragment_label(out, LABEL_MINUTES);
        close_row(out);
    }
}

/* Whether it says no more than what was read from it says above. */
static bool
is_plain_number(const char *text, int64_t least, int64_t most,
    const char *unit, const char *unit2)
{
    char *end;
    long n = strtol(text, &end, 10);
    return end > text && n == least && n == most &&
           (strcmp(end, unit) == 0 || strcmp(end, unit2) == 0);
}

/* "1回 2,000円" where 1回2,000円 stands above; what it is for may be missing. */
static bool
is_plain_price(const struct listing *l)
{
    const char *p = l->cost_text;
    int64_t yen = 0;
    int digits = 0;
    (void)(strcmp(l->cost_unit, "per_session") == 0
               ? scan_eat(&p, "1回")
               : strcmp(l->cost_unit, "per_person") == 0 &&
                     scan_eat(&p, "1人"));
    for (; *p == ',' || *p == ' ' || (*p >= '0' && *p <= '9' && digits < 9);
         p++) {
        if (*p >= '0') {
            yen = yen * 10 + (*p - '0');
            digits++;
        }
    }
    return digits > 0 && strcmp(p, "円") == 0 && !l->cost_negotiable &&
           l->cost_min_yen == yen && l->cost_max_yen == yen;
}

static void
put_cost_and_people(const struct listing *l, struct fragment *out)
{
    open_row(LABEL_COST, out);
    render_cost(l, out);
    if ((l->cost_min_yen >= 0 || l->cost_max_yen >= 0) &&
        strcmp(l->cost_text, "無料") != 0 && !is_plain_price(l)) {
        put_written(l->cost_text, out);
    }
    close_row(out);
    open_row(LABEL_PEOPLE, out);
    render_people(l, out);
    if ((l->people_min >= 0 || l->people_max >= 0) &&
        !is_plain_number(
            l->people_text, l->people_min, l->people_max, "名", "人")) {
        put_written(l->people_text, out);
    }
    close_row(out);
}

static void
put_terms(const struct vocabulary *terms, const struct listing_terms *ids,
    const char *key, uint32_t label, struct fragment *out)
{
    bool open = false;
    for (int i = 0; i < ids->n; i++) {
        int32_t term = vocabulary_find(terms, ids->ids[i]);
        if (term == VOCABULARY_NONE) {
            continue;
        }
        if (!open) {
            open_row(label, out);
            fragment_put(out, "<ul class=\"terms\">");
            open = true;
        }
        fragment_put(out, "<li><a href=\"");
        fragment_slot(out, SNAP_SLOT_BASE);
        fragment_put(out, "/");
        fragment_slot(out, SNAP_SLOT_PATH);
        fragment_put(out, "?");
        fragment_put(out, key);
        fragment_put(out, "=");
        fragment_url(out, terms->terms[term].id);
        fragment_slot(out, SNAP_SLOT_LANG_NEXT);
        fragment_put(out, "\">");
        fragment_label(out, terms->terms[term].label);
        fragment_put(out, "</a></li>");
    }
    if (open) {
        fragment_put(out, "</ul>");
        close_row(out);
    }
}

static void
put_tags(const struct listing *l, struct fragment *out)
{
    if (l->tags.n == 0) {
        return;
    }
    open_row(LABEL_TAGS, out);
    fragment_put(out, "<ul class=\"terms\">");
    for (int i = 0; i < l->tags.n; i++) {
        fragment_put(out, "<li><a href=\"");
        fragment_slot(out, SNAP_SLOT_BASE);
        fragment_put(out, "/");
        fragment_slot(out, SNAP_SLOT_PATH);
        fragment_put(out, "?tag=");
        fragment_url(out, l->tags.ids[i]);
        fragment_slot(out, SNAP_SLOT_LANG_NEXT);
        fragment_put(out, "\" lang=\"ja\">");
        fragment_html(out, l->tags.ids[i]);
        fragment_put(out, "</a></li>");
    }
    fragment_put(out, "</ul>");
    close_row(out);
}

static void
put_lines(const struct render *r, const struct listing *l, uint32_t collection,
    struct fragment *out)
{
    bool open = false;
    for (int i = 0; i < l->lines_n; i++) {
        const struct listing_line *line = &l->lines[i];
        int32_t kind = vocabulary_find(&r->kinds, line->kind_id);
        if (kind == VOCABULARY_NONE) {
            continue;
        }
        if (!open) {
            open_row(
                collection == SNAP_NEEDS ? LABEL_WANTED : LABEL_OFFERS, out);
            fragment_put(out, "<ul class=\"lines\">");
            open = true;
        }
        fragment_put(out, "<li>");
        fragment_label(out, r->kinds.terms[kind].label);
        fragment_put(out, " <span lang=\"ja\">");
        fragment_html(out, line->text);
        fragment_put(out, line->text[0] != '\0' ? " " : "");
        fragment_grouped(out, line->quantity);
        fragment_html(out, line->unit);
        fragment_put(out, "</span>");
        if (line->per_day) {
            fragment_label(out, LABEL_PER_DAY);
        }
        fragment_put(out, "</li>");
    }
    if (open) {
        fragment_put(out, "</ul>");
        close_row(out);
    }
}

static void
put_organisation(
    const struct render *r, int64_t id, const char *name, struct fragment *out)
{
    if (collection_find(&r->collections[SNAP_ORGANIZATIONS], (uint32_t)id) !=
        SNAP_NONE) {
        fragment_put(out, "<a lang=\"ja\" href=\"");
        render_address(SNAP_ORGANIZATIONS, id, out);
        fragment_slot(out, SNAP_SLOT_LANG_FIRST);
        fragment_put(out, "\">");
        fragment_html(out, name);
        fragment_put(out, "</a>");
    } else {
        render_ja(name, out);
    }
}

static void
put_organisations(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    open_row(LABEL_ORGANISATION, out);
    put_organisation(r, l->organisation.id, l->organisation.name, out);
    close_row(out);
    for (int i = 0; i < l->related_n; i++) {
        const struct listing_related *partner = &l->related[i];
        if (i == 0) {
            open_row(LABEL_PARTNERS, out);
        } else {
            fragment_label(out, LABEL_LIST_COMMA);
        }
        put_organisation(r, partner->id, partner->title, out);
    }
    if (l->related_n > 0) {
        close_row(out);
    }
}

static void
put_place(const struct render *r, const struct listing *l, struct fragment *out)
{
    open_row(LABEL_WHERE, out);
    render_where(r, l, out);
    close_row(out);
    put_text_row(LABEL_ADDRESS, l->address, out);
    open_row(LABEL_COVERAGE, out);
    render_coverage(r, l, out);
    close_row(out);
    put_text_row(LABEL_ACCESS, l->access_text, out);
}

static void
put_dates(const struct listing *l, struct fragment *out)
{
    open_row(LABEL_CONFIRMED, out);
    render_date(l->confirmed_on, out);
    close_row(out);
    if (l->expires_on[0] != '\0') {
        open_row(LABEL_EXPIRES, out);
        render_date(l->expires_on, out);
        close_row(out);
    }
    put_text_row(LABEL_SOURCE, l->source, out);
}

/* To learn from; what goes on can be used, too. */
static void
put_case_note(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    fragment_put(out, "<p class=\"note\">");
    if (!l->ongoing) {
        fragment_label(out, LABEL_CASE_NOTE);
    } else {
        render_badge(LABEL_ONGOING, out);
        if (collection_find(&r->collections[SNAP_RESOURCES],
                (uint32_t)l->id) != SNAP_NONE) {
            fragment_put(out, "<a href=\"");
            fragment_slot(out, SNAP_SLOT_BASE);
            fragment_put(out, "/resources/");
            fragment_int(out, l->id);
            fragment_slot(out, SNAP_SLOT_LANG_FIRST);
            fragment_put(out, "\">");
            fragment_label(out, LABEL_CASE_RESOURCE);
            fragment_put(out, "</a>");
        }
    }
    fragment_put(out, "</p>");
}

void
render_detail(const struct render *r, const struct listing *l,
    uint32_t collection, struct fragment *out)
{
    fragment_put(out, "<article class=\"detail\"><h1 lang=\"ja\">");
    fragment_html(out, l->title);
    fragment_put(out, "</h1>");
    if (l->example) {
        fragment_put(out, "<p class=\"note\">");
        render_badge(LABEL_EXAMPLE, out);
        fragment_label(out, LABEL_EXAMPLE_NOTE);
        fragment_put(out, "</p>");
    }
    if (collection == SNAP_ORGANIZATIONS) {
        render_organisation_detail(r, l, out);
        fragment_put(out, "</article>\n");
        return;
    }
    if (collection == SNAP_CASES) {
        put_case_note(r, l, out);
    }
    if (l->summary[0] != '\0') {
        fragment_put(out, "<p class=\"lead text\" lang=\"ja\">");
        fragment_html(out, l->summary);
        fragment_put(out, "</p>");
    }
    fragment_put(out, "<dl>");
    put_when(l, out);
    put_place(r, l, out);
    put_cost_and_people(l, out);
    open_row(LABEL_CONTACT, out);
    render_contact(l, out);
    close_row(out);
    put_organisations(r, l, out);
    put_text_row(LABEL_TARGET_TEXT, l->target_text, out);
    put_lines(r, l, collection, out);
    put_text_row(LABEL_OWN_TEXT, l->own_text, out);
    put_text_row(LABEL_WANTED_TEXT, l->wanted_text, out);
    put_terms(&r->targets, &l->targets, "target", SNAP_LABEL_FACET_TARGET, out);
    put_terms(&r->themes, &l->themes, "theme", SNAP_LABEL_FACET_THEME, out);
    put_tags(l, out);
    put_dates(l, out);
    fragment_put(out, "</dl>");
    if (r->members && collection == SNAP_NEEDS) {
        fragment_put(out, "<p><a class=\"act\" href=\"");
        fragment_slot(out, SNAP_SLOT_BASE);
        fragment_put(out, "/suggestions?need=");
        fragment_int(out, l->id);
        fragment_slot(out, SNAP_SLOT_LANG_NEXT);
        fragment_put(out, "\">");
        fragment_label(out, SNAP_LABEL_SUGGESTIONS);
        fragment_put(out, "</a></p>");
    }
    fragment_put(out, "</article>\n");
    if (!r->members && collection != SNAP_CASES) {
        render_ld(r, l, collection, out);
    }
}
