/* render_card.c: one hit in an HTML list. */
#include "render.h"

static void
put_fact_name(uint32_t label, struct fragment *out)
{
    fragment_put(out, "<dt>");
    fragment_label(out, label);
    fragment_put(out, "</dt><dd>");
}

static void
put_facts(const struct render *r, const struct listing *l, struct fragment *out)
{
    fragment_put(out, "<dl>");
    put_fact_name(LABEL_WHEN, out);
    render_when(l, out);
    fragment_put(out, "</dd>");
    put_fact_name(LABEL_WHERE, out);
    render_where(r, l, out);
    fragment_put(out, "</dd>");
    put_fact_name(LABEL_COST, out);
    render_cost(l, out);
    fragment_put(out, "</dd>");
    put_fact_name(LABEL_PEOPLE, out);
    render_people(l, out);
    fragment_put(out, "</dd>");
    put_fact_name(LABEL_CONTACT, out);
    render_contact(l, out);
    fragment_put(out, "</dd>");
    put_fact_name(LABEL_CONFIRMED, out);
    render_date(l->confirmed_on, out);
    fragment_put(out, "</dd></dl>");
}

void
render_card(const struct render *r, const struct listing *l,
    uint32_t collection, struct fragment *out)
{
    fragment_put(out, "<article class=\"card\"><h2><a href=\"");
    render_address(collection, l->id, out);
    fragment_slot(out, SNAP_SLOT_LANG_FIRST);
    fragment_put(out, "\"");
    fragment_lang_ja(out);
    fragment_put(out, ">");
    fragment_html(out, l->title);
    fragment_put(out, "</a></h2>");
    if (collection == SNAP_ORGANIZATIONS) {
        render_organisation_card(r, l, out);
        fragment_put(out, "</article>\n");
        return;
    }
    fragment_put(out, "<p>");
    if (l->example) {
        render_badge(LABEL_EXAMPLE, out);
    }
    if (collection == SNAP_CASES && l->ongoing) {
        render_badge(LABEL_ONGOING, out);
    }
    render_ja(l->organisation.name, out);
    fragment_put(out, "</p>");
    render_kinds(r, l, out);
    if (l->summary[0] != '\0') {
        fragment_put(out, "<p");
        fragment_lang_ja(out);
        fragment_put(out, ">");
        fragment_html_cut(out, l->summary, 140);
        fragment_put(out, "</p>");
    }
    put_facts(r, l, out);
    if (l->source[0] != '\0') {
        fragment_put(out, "<p>");
        fragment_label(out, LABEL_SOURCE);
        fragment_put(out, ": ");
        render_ja(l->source, out);
        fragment_put(out, "</p>");
    }
    fragment_put(out, "</article>\n");
}
