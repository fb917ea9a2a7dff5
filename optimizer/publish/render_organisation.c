/* render_organisation.c: an organisation: 活動, 課題, 資源 and where it is
 * found. */
#include "render.h"

#include <string.h>

static const struct part {
    uint32_t label, collection;
    const char *id, *key; /* of the heading; in JSON */
} parts[LISTING_RELATED] = {
    [LISTING_ACTIVITIES] = {LABEL_ACTIVITIES, SNAP_CASES, "ts-activities",
        "activities"},
    [LISTING_NEEDS] = {LABEL_THEIR_NEEDS, SNAP_NEEDS, "ts-needs", "needs"},
    [LISTING_RESOURCES] = {LABEL_THEIR_RESOURCES, SNAP_RESOURCES,
        "ts-resources", "resources"},
};

/* The next of them that is in the snapshot, from *i on; NULL: no more. */
static const struct listing_related *
next_of(const struct render *r, const struct listing *l, int what, int *i)
{
    const struct collection *c = &r->collections[parts[what].collection];
    while (*i < l->related_n) {
        const struct listing_related *related = &l->related[(*i)++];
        if (related->what == what &&
            collection_find(c, (uint32_t)related->id) != SNAP_NONE) {
            return related;
        }
    }
    return NULL;
}

static uint32_t
sector_label(const struct render *r, const struct listing *l)
{
    int32_t sector = vocabulary_up(&r->sectors, l->organisation.sector_id);
    return sector != VOCABULARY_NONE ? r->sectors.terms[sector].label
                                     : SNAP_NONE;
}

static void
put_badges(const struct render *r, const struct listing *l,
    struct fragment *out)
{
    if (l->organisation.member) {
        render_badge(LABEL_MEMBER, out);
    }
    uint32_t sector = sector_label(r, l);
    uint32_t region = render_region_label(r, l->region_code);
    if (sector != SNAP_NONE) {
        fragment_label(out, sector);
    }
    if (region != SNAP_NONE) {
        fragment_put(out, sector != SNAP_NONE ? " / " : "");
        fragment_label(out, region);
    }
    fragment_put(out, "</p>");
}

static void
put_contact(const struct listing *l, struct fragment *out)
{
    if (l->organisation.phone[0] != '\0' ||
        fragment_link_ok(l->organisation.url)) {
        fragment_put(out, "<dt>");
        fragment_label(out, LABEL_CONTACT);
        fragment_put(out, "</dt><dd>");
        render_contact(l, out);
        fragment_put(out, "</dd>");
    }
}

void
render_organisation_card(const struct render *r, const struct listing *l,
    struct fragment *out)
{
    fragment_put(out, "<p>");
    if (l->example) {
        render_badge(LABEL_EXAMPLE, out);
    }
    put_badges(r, l, out);
    render_kinds(r, l, out);
    if (l->summary[0] != '\0') {
        fragment_put(out, "<p");
        fragment_lang_ja(out);
        fragment_put(out, ">");
        fragment_html_cut(out, l->summary, 140);
        fragment_put(out, "</p>");
    }
    fragment_put(out, "<dl>");
    for (int what = 0; what < LISTING_RELATED; what++) {
        int n = 0, i = 0;
        while (next_of(r, l, what, &i) != NULL) {
            n++;
        }
        if (n > 0) {
            fragment_put(out, "<dt>");
            fragment_label(out, parts[what].label);
            fragment_put(out, "</dt><dd>");
            fragment_int(out, n);
            fragment_label(out, SNAP_LABEL_HITS);
            fragment_put(out, "</dd>");
        }
    }
    put_contact(l, out);
    fragment_put(out, "</dl>");
}

static void
put_part(const struct render *r, const struct listing *l, int what,
    struct fragment *out)
{
    const struct part *part = &parts[what];
    fragment_put(out, "<section aria-labelledby=\"");
    fragment_put(out, part->id);
    fragment_put(out, "\"><h2 id=\"");
    fragment_put(out, part->id);
    fragment_put(out, "\">");
    fragment_label(out, part->label);
    fragment_put(out, "</h2>");
    if (what == LISTING_ACTIVITIES && l->summary[0] != '\0') {
        fragment_put(out, "<p class=\"text\" lang=\"ja\">");
        fragment_html(out, l->summary);
        fragment_put(out, "</p>");
    }
    const struct listing_related *related;
    int n = 0, i = 0;
    while ((related = next_of(r, l, what, &i)) != NULL) {
        fragment_put(out, n++ == 0 ? "<ul class=\"lines\"><li>" : "<li>");
        fragment_put(out, "<a lang=\"ja\" href=\"");
        render_address(part->collection, related->id, out);
        fragment_slot(out, SNAP_SLOT_LANG_FIRST);
        fragment_put(out, "\">");
        fragment_html(out, related->title);
        fragment_put(out, "</a></li>");
    }
    if (n > 0) {
        fragment_put(out, "</ul>");
    } else if (what != LISTING_ACTIVITIES || l->summary[0] == '\0') {
        fragment_put(out, "<p>");
        fragment_label(out, LABEL_NONE_LISTED);
        fragment_put(out, "</p>");
    }
    fragment_put(out, "</section>");
}

void
render_organisation_detail(const struct render *r, const struct listing *l,
    struct fragment *out)
{
    fragment_put(out, "<p class=\"by\">");
    put_badges(r, l, out);
    for (int what = 0; what < LISTING_RELATED; what++) {
        put_part(r, l, what, out);
    }
    fragment_put(out, "<dl>");
    put_contact(l, out);
    if (l->organisation.corporate_number[0] != '\0') {
        fragment_put(out, "<dt>");
        fragment_label(out, LABEL_CORPORATE_NUMBER);
        fragment_put(out, "</dt><dd>");
        fragment_html(out, l->organisation.corporate_number);
        fragment_put(out, "</dd>");
    }
    fragment_put(out, "</dl>");
}

void
render_organisation_item(const struct render *r, const struct listing *l,
    bool full, struct fragment *out)
{
    const struct listing_organisation *o = &l->organisation;
    fragment_json_text(out, "name", o->name);
    fragment_json_text(out, "name_kana", o->name_kana);
    fragment_json_text(out, "name_en", o->name_en);
    fragment_json_key(out, "member");
    fragment_put(out, o->member ? "true" : "false");
    fragment_json_text(out, "activity", l->summary);
    fragment_json_text(out, "phone", o->phone);
    fragment_json_key(out, "site");
    if (fragment_link_ok(o->url)) {
        fragment_put(out, "\"");
        fragment_json(out, o->url);
        fragment_put(out, "\"");
    } else {
        fragment_put(out, "null");
    }
    fragment_json_text(out, "corporate_number", o->corporate_number);
    fragment_json_key(out, "confirmed_on");
    if (l->confirmed_on[0] != '\0') {
        fragment_put(out, "\"");
        fragment_json(out, l->confirmed_on);
        fragment_put(out, "\"");
    } else {
        fragment_put(out, "null");
    }
    for (int what = 0; full && what < LISTING_RELATED; what++) {
        fragment_json_key(out, parts[what].key);
        fragment_put(out, "[");
        const struct listing_related *related;
        int n = 0, i = 0;
        while ((related = next_of(r, l, what, &i)) != NULL) {
            fragment_put(out, n++ == 0 ? "{" : ",{");
            fragment_json_int(out, "id", related->id);
            fragment_json_text(out, "title", related->title);
            fragment_put(out, ",\"url\":\"");
            render_address(parts[what].collection, related->id, out);
            fragment_put(out, "\"}");
        }
        fragment_put(out, "]");
    }
}
