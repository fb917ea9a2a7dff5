/*
 * render_ld.c: a document as linked data of schema.org, in a data block.
 *
 * A resource on a day is an Event, a place that can be used a Place, all else
 * a Service; a need is a Demand that its organisation seeks.  The block holds
 * texts of the store and no labels: a label's escapes are HTML's, which mean
 * nothing inside a script element.  fragment_json() writes '<' as an escape,
 * so no text ends the element.
 */
#include "render.h"

#include <string.h>

#include "optimizer/base/day.h"

static void
put_type(struct fragment *out, const char *type)
{
    fragment_json_key(out, "@type");
    fragment_put(out, "\"");
    fragment_put(out, type);
    fragment_put(out, "\"");
}

static void
open_node(struct fragment *out, const char *key, const char *type)
{
    fragment_json_key(out, key);
    fragment_put(out, "{");
    put_type(out, type);
}

static void
put_text(struct fragment *out, const char *key, const char *text)
{
    if (text[0] != '\0') {
        fragment_json_text(out, key, text);
    }
}

static void
put_url(struct fragment *out, const char *key, const char *url)
{
    if (fragment_link_ok(url)) {
        fragment_json_text(out, key, url);
    }
}

static void
put_bool(struct fragment *out, const char *key, bool value)
{
    fragment_json_key(out, key);
    fragment_put(out, value ? "true" : "false");
}

/* The document's own page. */
static void
put_page(struct fragment *out, const char *key, int64_t id,
    uint32_t collection)
{
    fragment_json_key(out, key);
    fragment_put(out, "\"");
    fragment_slot(out, SNAP_SLOT_ORIGIN);
    render_address(collection, id, out);
    fragment_put(out, "\"");
}

static const char *
region_name(const struct render *r, const char *code)
{
    int32_t at = geo_find(r->regions->geo, code);
    uint32_t number = at == GEO_NONE ? SNAP_NONE : r->regions->number_of[at];
    return number == SNAP_NONE ? "" : r->regions->rows[number].name;
}

static void
put_address(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    open_node(out, "address", "PostalAddress");
    fragment_json_text(out, "addressCountry", "JP");
    const struct geo *geo = r->regions->geo;
    int32_t at = geo_find(geo, l->region_code);
    if (at != GEO_NONE && geo_below(geo, at, geo->home)) {
        fragment_json_text(out, "addressRegion",
            region_name(r, geo->regions[geo->home].code));
    }
    put_text(out, "addressLocality", region_name(r, l->region_code));
    put_text(out, "streetAddress", l->address);
    fragment_put(out, "}");
    if (l->has_place) {
        open_node(out, "geo", "GeoCoordinates");
        fragment_json_key(out, "latitude");
        fragment_degrees(out, l->lat_e6);
        fragment_json_key(out, "longitude");
        fragment_degrees(out, l->lon_e6);
        fragment_put(out, "}");
    }
}

static void
put_organisation(
    const struct listing *l, const char *key, struct fragment *out)
{
    open_node(out, key, "Organization");
    fragment_json_text(out, "name", l->organisation.name);
    put_url(out, "url", l->organisation.url);
    put_text(out, "telephone", l->organisation.phone);
    fragment_put(out, "}");
}

/* 2026-12-05T10:00:00+09:00, or the day alone. */
static void
put_moment(struct fragment *out, const char *key, const char *date,
    const char *time)
{
    if (date[0] == '\0') {
        return;
    }
    fragment_json_key(out, key);
    fragment_put(out, "\"");
    fragment_json(out, date);
    if (strlen(time) == 5) {
        fragment_put(out, "T");
        fragment_json(out, strcmp(time, "24:00") == 0 ? "23:59" : time);
        fragment_put(out, ":00+09:00");
    }
    fragment_put(out, "\"");
}

/* What runs past midnight ends on the day after its last. */
static void
put_end(const struct listing *l, struct fragment *out)
{
    char day[11] = "";
    bool past = l->date_end[0] != '\0' && l->time_start[0] != '\0' &&
                l->time_end[0] != '\0' &&
                strcmp(l->time_end, l->time_start) < 0;
    if (past) {
        day_write(day_parse(l->date_end, 0) + 1, day);
    }
    put_moment(out, "endDate", past ? day : l->date_end, l->time_end);
}

static void
put_cost(const struct listing *l, struct fragment *out)
{
    if (l->cost_max_yen != LISTING_NONE || l->cost_min_yen != LISTING_NONE) {
        open_node(out, "offers", "Offer");
        fragment_json_int(out, "price",
            l->cost_min_yen != LISTING_NONE ? l->cost_min_yen
                                            : l->cost_max_yen);
        fragment_json_text(out, "priceCurrency", "JPY");
        put_text(out, "description", l->cost_text);
        fragment_put(out, "}");
    }
}

static void
put_free(const struct listing *l, struct fragment *out)
{
    if (l->cost_max_yen != LISTING_NONE) {
        put_bool(out, "isAccessibleForFree", l->cost_max_yen == 0);
    }
}

static void
put_areas(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    if (strcmp(l->reach, "online") == 0) {
        return;
    }
    fragment_json_key(out, "areaServed");
    fragment_put(out, "[");
    size_t start = out->len;
    const char *home = r->regions->geo->regions[r->regions->geo->home].code;
    bool whole = strcmp(l->reach, "prefecture") == 0;
    bool own = whole || l->regions.n == 0;
    for (int i = 0; i < (own ? 1 : l->regions.n); i++) {
        const char *name = region_name(r,
            whole ? home : own ? l->region_code : l->regions.ids[i]);
        if (name[0] != '\0') {
            fragment_put(out, out->len > start ? ",\"" : "\"");
            fragment_json(out, name);
            fragment_put(out, "\"");
        }
    }
    fragment_put(out, "]");
}

static void
put_hours(const struct listing *l, const char *key, struct fragment *out)
{
    static const char *const days[] = {"Monday", "Tuesday", "Wednesday",
        "Thursday", "Friday", "Saturday", "Sunday"};
    if ((l->weekdays == 0 && l->time_start[0] == '\0') ||
        l->recurrence.every != RECURRENCE_WEEK) {
        return; /* schema.org's opening hours are those of every week */
    }
    open_node(out, key, "OpeningHoursSpecification");
    if (l->weekdays != 0) {
        fragment_json_key(out, "dayOfWeek");
        fragment_put(out, "[");
        for (unsigned day = 0; day < 7; day++) {
            if (l->weekdays >> day & 1) {
                fragment_put(
                    out, out->data[out->len - 1] == '[' ? "\"" : ",\"");
                fragment_put(out, days[day]);
                fragment_put(out, "\"");
            }
        }
        fragment_put(out, "]");
    }
    put_text(out, "opens", l->time_start);
    put_text(out, "closes",
        strcmp(l->time_end, "24:00") == 0 ? "23:59" : l->time_end);
    fragment_put(out, "}");
}

static void
put_event(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    put_moment(out, "startDate", l->date_start, l->time_start);
    put_end(l, out);
    bool online = strcmp(l->reach, "online") == 0;
    fragment_json_text(out, "eventAttendanceMode",
        online ? "https://schema.org/OnlineEventAttendanceMode"
               : "https://schema.org/OfflineEventAttendanceMode");
    if (online) {
        open_node(out, "location", "VirtualLocation");
        if (fragment_link_ok(l->url)) {
            fragment_json_text(out, "url", l->url);
        } else {
            put_page(out, "url", l->id, SNAP_RESOURCES);
        }
    } else {
        open_node(out, "location", "Place");
        put_text(out, "name",
            l->place[0] != '\0' ? l->place : region_name(r, l->region_code));
        put_address(r, l, out);
    }
    fragment_put(out, "}");
    put_organisation(l, "organizer", out);
    put_free(l, out);
    put_cost(l, out);
    if (l->people_max != LISTING_NONE) {
        fragment_json_int(out, "maximumAttendeeCapacity", l->people_max);
    }
}

static void
put_place(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    put_address(r, l, out);
    put_text(out, "telephone", l->contact_phone);
    put_hours(l, "openingHoursSpecification", out);
    put_free(l, out);
    if (l->people_max != LISTING_NONE) {
        fragment_json_int(out, "maximumAttendeeCapacity", l->people_max);
    }
}

static void
put_service(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    int32_t kind = l->lines_n > 0
                       ? vocabulary_find(&r->kinds, l->lines[0].kind_id)
                       : VOCABULARY_NONE;
    if (kind != VOCABULARY_NONE) {
        fragment_json_text(out, "serviceType", r->kinds.terms[kind].label_ja);
    }
    put_organisation(l, "provider", out);
    put_areas(r, l, out);
    put_hours(l, "hoursAvailable", out);
    put_cost(l, out);
}

/* A lecturer or a hall to be had from a day on is none. */
static bool
is_event(const struct listing *l)
{
    bool open = false;
    for (int i = 0; i < l->lines_n; i++) {
        open = open || l->lines[i].for_public;
    }
    return open && l->date_start[0] != '\0' && !render_weekly(l);
}

enum render_sort
render_sort(const struct listing *l)
{
    if (is_event(l)) {
        return RENDER_EVENT;
    }
    return l->lines_n > 0 && strncmp(l->lines[0].kind_id, "venue", 5) == 0 &&
                   strcmp(l->reach, "online") != 0
               ? RENDER_PLACE
               : RENDER_SERVICE;
}

static void
put_names(
    const struct listing *l, uint32_t collection, struct fragment *out)
{
    fragment_json_text(out, "name", l->title);
    put_text(out, "description", l->summary);
    put_page(out, "url", l->id, collection);
}

static void
put_need(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    put_type(out, "Organization");
    fragment_json_text(out, "name", l->organisation.name);
    put_url(out, "url", l->organisation.url);
    open_node(out, "seeks", "Demand");
    put_names(l, SNAP_NEEDS, out);
    put_areas(r, l, out);
    put_text(out, "validThrough", l->expires_on);
    fragment_put(out, "}");
}

void
render_ld(const struct render *r, const struct listing *l,
    uint32_t collection, struct fragment *out)
{
    fragment_put(out, "<script type=\"application/ld+json\">{");
    fragment_json_text(out, "@context", "https://schema.org");
    if (collection == SNAP_NEEDS) {
        put_need(r, l, out);
    } else {
        static const struct {
            const char *type;
            void (*put)(const struct render *r, const struct listing *l,
                struct fragment *out);
        } sorts[] = {[RENDER_EVENT] = {"Event", put_event},
            [RENDER_PLACE] = {"Place", put_place},
            [RENDER_SERVICE] = {"Service", put_service}};
        enum render_sort sort = render_sort(l);
        put_type(out, sorts[sort].type);
        put_names(l, collection, out);
        put_url(out, "sameAs", l->url);
        sorts[sort].put(r, l, out);
    }
    fragment_put(out, "}</script>\n");
}
