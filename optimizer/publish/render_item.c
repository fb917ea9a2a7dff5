/* render_item.c: a document as JSON. */
#include "render.h"

#include <string.h>

static void
open_value(struct fragment *out, const char *key, const char *bracket)
{
    fragment_json_key(out, key);
    fragment_put(out, bracket);
}

static void
put_text_or_null(struct fragment *out, const char *key, const char *text)
{
    if (text[0] != '\0') {
        fragment_json_text(out, key, text);
    } else {
        fragment_json_key(out, key);
        fragment_put(out, "null");
    }
}

static void
put_number(struct fragment *out, const char *key, int64_t value)
{
    if (value != LISTING_NONE) {
        fragment_json_int(out, key, value);
    } else {
        fragment_json_key(out, key);
        fragment_put(out, "null");
    }
}

static void
put_bool(struct fragment *out, const char *key, bool value)
{
    fragment_json_key(out, key);
    fragment_put(out, value ? "true" : "false");
}

/* Text and a range of numbers below it. */
static void
put_range(struct fragment *out, const char *key, const char *text,
    const char *min_key, int64_t min, const char *max_key, int64_t max)
{
    open_value(out, key, "{");
    fragment_json_text(out, "text", text);
    put_number(out, min_key, min);
    put_number(out, max_key, max);
    fragment_put(out, "}");
}

static void
put_labelled(struct fragment *out, const char *key, const char *id,
    const char *label_key, uint32_t label)
{
    fragment_put(out, out->data[out->len - 1] == '[' ? "{" : ",{");
    fragment_json_text(out, key, id);
    fragment_json_key(out, label_key);
    fragment_put(out, "\"");
    fragment_label(out, label);
    fragment_put(out, "\"}");
}

static void
put_kinds(const struct render *r, const struct listing *l, struct fragment *out)
{
    bool seen[256] = {false};
    open_value(out, "kinds", "[");
    for (int i = 0; i < l->lines_n; i++) {
        int32_t kind = vocabulary_find(&r->kinds, l->lines[i].kind_id);
        if (kind != VOCABULARY_NONE && kind < 256 && !seen[kind]) {
            seen[kind] = true;
            put_labelled(out, "id", l->lines[i].kind_id, "label",
                r->kinds.terms[kind].label);
        }
    }
    fragment_put(out, "]");
}

static void
put_terms(const struct vocabulary *terms, const struct listing_terms *ids,
    const char *key, struct fragment *out)
{
    open_value(out, key, "[");
    for (int i = 0; i < ids->n; i++) {
        int32_t term = vocabulary_find(terms, ids->ids[i]);
        if (term != VOCABULARY_NONE) {
            put_labelled(
                out, "id", ids->ids[i], "label", terms->terms[term].label);
        }
    }
    fragment_put(out, "]");
}

static void
put_region(const struct render *r, const char *code, struct fragment *out)
{
    uint32_t label = render_region_label(r, code);
    open_value(out, "region", label == SNAP_NONE ? "null" : "");
    if (label != SNAP_NONE) {
        fragment_put(out, "{");
        fragment_json_text(out, "code", code);
        fragment_put(out, ",\"name\":\"");
        fragment_label(out, label);
        fragment_put(out, "\"}");
    }
}

static void
put_places(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    put_region(r, l->region_code, out);
    fragment_json_text(out, "reach", l->reach);
    open_value(out, "coverage", "[");
    for (int i = 0; i < l->regions.n; i++) {
        uint32_t label = render_region_label(r, l->regions.ids[i]);
        if (label != SNAP_NONE) {
            put_labelled(out, "code", l->regions.ids[i], "name", label);
        }
    }
    fragment_put(out, "]");
    fragment_json_text(out, "place", l->place);
    fragment_json_text(out, "address", l->address);
    fragment_json_key(out, "lat");
    if (l->has_place) {
        fragment_degrees(out, l->lat_e6);
        fragment_json_key(out, "lon");
        fragment_degrees(out, l->lon_e6);
    } else {
        fragment_put(out, "null,\"lon\":null");
    }
}

void
render_weekdays_json(unsigned weekdays, struct fragment *out)
{
    static const char *const days[] = {
        "mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    const char *before = "[\"";
    for (int day = 0; day < 7; day++) {
        if (weekdays >> day & 1) {
            fragment_put(out, before);
            fragment_put(out, days[day]);
            before = "\",\"";
        }
    }
    fragment_put(out, before[0] == '[' ? "[]" : "\"]");
}

static void
put_times(const struct listing *l, struct fragment *out)
{
    open_value(out, "date", "{");
    fragment_json_text(out, "text", l->date_text);
    put_text_or_null(out, "start", l->date_start);
    put_text_or_null(out, "end", l->date_end);
    fragment_put(out, "}");
    fragment_json_key(out, "weekdays");
    render_weekdays_json(l->weekdays, out);
    open_value(out, "time", "{");
    fragment_json_text(out, "text", l->time_text);
    put_text_or_null(out, "start", l->time_start);
    put_text_or_null(out, "end", l->time_end);
    fragment_put(out, "}");
}

static void
put_contact(const struct listing *l, struct fragment *out)
{
    open_value(out, "contact", "{");
    fragment_json_text(out, "name", l->contact_name);
    fragment_json_text(out, "phone", l->contact_phone);
    fragment_json_text(out, "email", l->contact_email);
    put_text_or_null(out, "url", fragment_link_ok(l->url) ? l->url : "");
    fragment_put(out, "}");
}

static void
put_organisation(const struct render *r, const struct listing *l, bool full,
    struct fragment *out)
{
    const struct listing_organisation *o = &l->organisation;
    open_value(out, "organisation", "{");
    fragment_json_int(out, "id", o->id);
    fragment_json_text(out, "name", o->name);
    put_text_or_null(out, "url", fragment_link_ok(o->url) ? o->url : "");
    if (full) {
        fragment_json_text(out, "name_kana", o->name_kana);
        fragment_json_text(out, "name_en", o->name_en);
        put_text_or_null(out, "corporate_number", o->corporate_number);
        fragment_json_text(out, "phone", o->phone);
        int32_t sector = vocabulary_find(&r->sectors, o->sector_id);
        put_text_or_null(
            out, "sector", sector != VOCABULARY_NONE ? o->sector_id : "");
    }
    fragment_put(out, "}");
}

static void
put_full(const struct render *r, const struct listing *l, struct fragment *out)
{
    fragment_json_text(out, "title_kana", l->title_kana);
    put_range(out, "duration", l->duration_text, "min_minutes", l->minutes_min,
        "max_minutes", l->minutes_max);
    fragment_json_text(out, "target_text", l->target_text);
    fragment_json_text(out, "own_text", l->own_text);
    fragment_json_text(out, "wanted_text", l->wanted_text);
    fragment_json_text(out, "access_text", l->access_text);
    open_value(out, "lines", "[");
    for (int i = 0; i < l->lines_n; i++) {
        const struct listing_line *line = &l->lines[i];
        if (vocabulary_find(&r->kinds, line->kind_id) == VOCABULARY_NONE) {
            continue;
        }
        fragment_put(out, out->data[out->len - 1] == '[' ? "{" : ",{");
        fragment_json_text(out, "kind", line->kind_id);
        fragment_json_text(out, "text", line->text);
        fragment_json_int(out, "quantity", line->quantity);
        fragment_json_text(out, "unit", line->unit);
        put_bool(out, "for_public", line->for_public);
        put_bool(out, "per_day", line->per_day);
        fragment_put(out, "}");
    }
    fragment_put(out, "]");
}

static void
put_partners(const struct listing *l, struct fragment *out)
{
    open_value(out, "partners", "[");
    for (int i = 0; i < l->related_n; i++) {
        fragment_put(out, i > 0 ? ",{" : "{");
        fragment_json_int(out, "id", l->related[i].id);
        fragment_json_text(out, "name", l->related[i].title);
        fragment_put(out, "}");
    }
    fragment_put(out, "]");
}

static void
put_tags(const struct listing *l, struct fragment *out)
{
    open_value(out, "tags", "[");
    for (int i = 0; i < l->tags.n; i++) {
        fragment_put(out, i > 0 ? ",\"" : "\"");
        fragment_json(out, l->tags.ids[i]);
        fragment_put(out, "\"");
    }
    fragment_put(out, "]");
}

void
render_item(const struct render *r, const struct listing *l,
    uint32_t collection, bool full, struct fragment *out)
{
    fragment_put(out, "{");
    fragment_json_int(out, "id", l->id);
    fragment_put(out, ",\"url\":\"");
    render_address(collection, l->id, out);
    fragment_put(out, "\"");
    put_bool(out, "example", l->example);
    if (collection == SNAP_ORGANIZATIONS) {
        render_organisation_item(r, l, full, out);
        put_region(r, l->region_code, out);
        put_kinds(r, l, out);
        put_terms(&r->targets, &l->targets, "targets", out);
        put_terms(&r->themes, &l->themes, "themes", out);
        put_tags(l, out);
        fragment_put(out, "}");
        return;
    }
    if (collection == SNAP_CASES) {
        put_bool(out, "ongoing", l->ongoing);
    }
    fragment_json_text(out, "title", l->title);
    fragment_json_text(out, "summary", l->summary);
    put_organisation(r, l, full, out);
    put_kinds(r, l, out);
    put_terms(&r->targets, &l->targets, "targets", out);
    put_terms(&r->themes, &l->themes, "themes", out);
    put_tags(l, out);
    put_places(r, l, out);
    put_times(l, out);
    put_range(out, "people", l->people_text, "min", l->people_min, "max",
        l->people_max);
    put_range(out, "cost", l->cost_text, "min_yen", l->cost_min_yen, "max_yen",
        l->cost_max_yen);
    out->len--; /* goes on behind the range */
    put_text_or_null(out, "unit", l->cost_unit);
    put_bool(out, "negotiable", l->cost_negotiable);
    fragment_put(out, "}");
    put_contact(l, out);
    if (full) {
        put_full(r, l, out);
    }
    if (full && collection == SNAP_CASES) {
        put_partners(l, out);
    }
    fragment_json_text(out, "confirmed_on", l->confirmed_on);
    put_text_or_null(out, "expires_on", l->expires_on);
    fragment_json_text(out, "source", l->source);
    fragment_put(out, "}");
}
