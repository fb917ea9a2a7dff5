/* hsds_service.c: services and where they are, as JSON (hsds.h). */
#include "hsds.h"

#include <stdio.h>
#include <string.h>

/* iCalendar: TH; of the first and third week of a month 1TH,3TH. */
static void
put_recurrence(struct hsds *h, const struct listing *l)
{
    static const char *const days[] = {
        "MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    struct recurrence r = l->recurrence;
    char text[256] = "";
    if (l->weekdays == 0 || r.every == RECURRENCE_UNSTATED ||
        r.every == RECURRENCE_ONCE) {
        return;
    }
    bool monthly = r.every == RECURRENCE_MONTH;
    for (int week = 0; week < (monthly ? RECURRENCE_WEEKS : 1); week++) {
        for (int day = 0; day < 7; day++) {
            if ((l->weekdays >> day & 1) &&
                (!monthly || (r.weeks >> week & 1))) {
                size_t len = strlen(text);
                snprintf(text + len, sizeof(text) - len, "%s%.*s%s",
                    len > 0 ? "," : "", monthly, &"12345"[week], days[day]);
            }
        }
    }
    hsds_put_text(h, "freq", monthly ? "MONTHLY" : "WEEKLY");
    hsds_put_text(h, "byday", text);
}

static void
put_schedule(struct hsds *h, const struct listing *l)
{
    char text[64];
    hsds_open_array(h, "schedules");
    hsds_open_object(h);
    hsds_put_uuid(h, "id", SNAP_PART_SCHEDULE, l->id, 0);
    hsds_put_uuid(h, "service_id", SNAP_RECORD_SERVICE, l->id, 0);
    hsds_put_text(h, "valid_from", l->date_start);
    hsds_put_text(h, "valid_to", l->date_end);
    put_recurrence(h, l);
    fragment_json_int(&h->out, "timezone", 9);
    const char *times[] = {l->time_start, l->time_end};
    for (int i = 0; i < 2; i++) {
        snprintf(text, sizeof(text), "%.8s+09:00", times[i]);
        hsds_put_text(h, i == 0 ? "opens_at" : "closes_at",
            times[i][0] == '\0' ? "" : text);
    }
    hsds_put_text(h, "description", l->date_text);
    hsds_put_text(h, "notes", l->time_text);
    fragment_put(&h->out, "}]");
}

static void
put_areas(struct hsds *h, const struct listing *l)
{
    hsds_open_array(h, "service_areas");
    for (int i = 0; i < l->regions.n && i < 4096; i++) {
        uint32_t label = render_region_label(h->render, l->regions.ids[i]);
        if (label == SNAP_NONE) {
            continue;
        }
        hsds_open_object(h);
        hsds_put_uuid(h, "id", SNAP_PART_AREA, l->id, i);
        hsds_put_uuid(h, "service_id", SNAP_RECORD_SERVICE, l->id, 0);
        hsds_put_label(h, "name", label);
        fragment_json_text(&h->out, "extent", l->regions.ids[i]);
        fragment_json_text(&h->out, "extent_type", "text");
        fragment_put(&h->out, "}");
    }
    fragment_put(&h->out, "]");
}

static void
put_cost(struct hsds *h, const struct listing *l)
{
    if (l->cost_max_yen == LISTING_NONE && l->cost_text[0] == '\0') {
        return;
    }
    hsds_open_array(h, "cost_options");
    hsds_open_object(h);
    hsds_put_uuid(h, "id", SNAP_PART_COST, l->id, 0);
    hsds_put_uuid(h, "service_id", SNAP_RECORD_SERVICE, l->id, 0);
    hsds_put_text(h, "option", l->cost_text);
    if (l->cost_max_yen != LISTING_NONE) {
        fragment_json_text(&h->out, "currency", "jpy");
        fragment_json_int(&h->out, "amount", l->cost_max_yen);
    }
    fragment_put(&h->out, "}]");
}

static const char *
mail_of(const struct listing *l)
{
    return render_mail_ok(l->contact_email) ? l->contact_email : "";
}

static void
put_contacts(struct hsds *h, const struct listing *l)
{
    if (l->contact_name[0] == '\0' && mail_of(l)[0] == '\0') {
        return;
    }
    hsds_open_array(h, "contacts");
    hsds_open_object(h);
    hsds_put_uuid(h, "id", SNAP_PART_CONTACT, l->id, 0);
    hsds_put_uuid(h, "service_id", SNAP_RECORD_SERVICE, l->id, 0);
    hsds_put_text(h, "name", l->contact_name);
    hsds_put_text(h, "email", mail_of(l));
    fragment_put(&h->out, "}]");
}

static void
put_attribute(
    struct hsds *h, const struct listing *l, int taxonomy, int32_t term, int i)
{
    const char *code =
        hsds_vocabulary(h->render, taxonomy)->terms[term].id;
    hsds_open_object(h);
    hsds_put_uuid(h, "id", SNAP_PART_ATTRIBUTE, l->id, i);
    hsds_put_uuid(h, "link_id", SNAP_RECORD_SERVICE, l->id, 0);
    hsds_put_uuid(h, "taxonomy_term_id", SNAP_RECORD_TERM,
        snap_term_id(hsds_taxonomy[taxonomy].facet, code, strlen(code)), 0);
    fragment_json_text(&h->out, "link_entity", "service");
    fragment_json_key(&h->out, "taxonomy_term");
    hsds_put_term(h, taxonomy, term);
    fragment_put(&h->out, "}");
}

static void
put_attributes(struct hsds *h, const struct listing *l)
{
    const struct render *r = h->render;
    int n = 0;
    hsds_open_array(h, "attributes");
    for (int i = 0; i < l->lines_n; i++) {
        int32_t term = vocabulary_up(&r->kinds, l->lines[i].kind_id);
        bool seen = term == VOCABULARY_NONE;
        for (int k = 0; k < i && !seen; k++) {
            seen = vocabulary_up(&r->kinds, l->lines[k].kind_id) == term;
        }
        if (!seen) {
            put_attribute(h, l, 0, term, n++);
        }
    }
    const struct listing_terms *more[] = {&l->targets, &l->themes};
    for (int t = 0; t < 2; t++) {
        const struct vocabulary *terms = hsds_vocabulary(r, t + 1);
        for (int i = 0; i < more[t]->n; i++) {
            int32_t term = vocabulary_find(terms, more[t]->ids[i]);
            if (term != VOCABULARY_NONE) {
                put_attribute(h, l, t + 1, term, n++);
            }
        }
    }
    fragment_put(&h->out, "]");
}

static void
put_modified(struct hsds *h, const struct listing *l)
{
    char text[64];
    if (l->confirmed_on[0] != '\0') {
        fragment_json_text(&h->out, "assured_date", l->confirmed_on);
        snprintf(text, sizeof(text), "%.10sT00:00:00+09:00", l->confirmed_on);
        fragment_json_text(&h->out, "last_modified", text);
    }
}

void
hsds_put_service(struct hsds *h, const struct listing *l, bool full)
{
    hsds_open_object(h);
    hsds_put_uuid(h, "id", SNAP_RECORD_SERVICE, l->id, 0);
    hsds_put_uuid(h, "organization_id", SNAP_RECORD_ORGANIZATION,
        l->organisation.id, 0);
    fragment_json_text(&h->out, "name", l->title);
    hsds_put_text(h, "alternate_name", l->title_kana);
    hsds_put_text(h, "description", l->summary);
    hsds_put_text(h, "url", fragment_link_ok(l->url) ? l->url : "");
    hsds_put_text(h, "email", mail_of(l));
    fragment_json_text(&h->out, "status", "active");
    hsds_put_text(h, "fees_description", l->cost_text);
    hsds_put_text(h, "eligibility_description", l->target_text);
    hsds_put_text(h, "licenses", l->source);
    hsds_put_text(h, "alert", l->example ? "例: made-up example" : "");
    put_modified(h, l);
    fragment_json_key(&h->out, "organization");
    fragment_put(&h->out, "{");
    hsds_put_uuid(h, "id", SNAP_RECORD_ORGANIZATION, l->organisation.id, 0);
    fragment_json_text(&h->out, "name", l->organisation.name);
    fragment_json_text(&h->out, "description", l->organisation.name);
    fragment_put(&h->out, "}");
    if (full) {
        hsds_put_phones(h, "service_id", SNAP_RECORD_SERVICE, l->id,
            l->contact_phone);
        put_contacts(h, l);
        put_schedule(h, l);
        put_areas(h, l);
        put_cost(h, l);
        put_attributes(h, l);
        hsds_open_array(h, "service_at_locations");
        if (hsds_has_location(l)) {
            hsds_put_located(h, l, true);
        }
        fragment_put(&h->out, "]");
    }
    fragment_put(&h->out, "}");
}

static bool
has_place(const struct listing *l)
{
    return l->has_place || l->place[0] != '\0' || l->address[0] != '\0';
}

bool
hsds_has_location(const struct listing *l)
{
    return has_place(l) || strcmp(l->reach, "online") == 0;
}

/* What the entry does not say stays empty: the specification wants the keys. */
static void
put_address(struct hsds *h, const struct listing *l)
{
    const struct region_table *regions = h->render->regions;
    uint32_t town = render_region_label(h->render, l->region_code);
    uint32_t home = regions->number_of[regions->geo->home];
    hsds_open_array(h, "addresses");
    hsds_open_object(h);
    hsds_put_uuid(h, "id", SNAP_PART_ADDRESS, l->id, 0);
    hsds_put_uuid(h, "location_id", SNAP_PART_LOCATION, l->id, 0);
    fragment_json_text(&h->out, "address_1", l->address);
    if (town != SNAP_NONE) {
        hsds_put_label(h, "city", town);
    } else {
        fragment_json_text(&h->out, "city", "");
    }
    if (home != SNAP_NONE) {
        hsds_put_label(h, "state_province", regions->rows[home].label);
    } else {
        fragment_json_text(&h->out, "state_province", "");
    }
    fragment_json_text(&h->out, "postal_code", "");
    fragment_json_text(&h->out, "country", "JP");
    fragment_json_text(&h->out, "address_type", "physical");
    fragment_put(&h->out, "}]");
}

static void
put_location(struct hsds *h, const struct listing *l)
{
    fragment_json_key(&h->out, "location");
    fragment_put(&h->out, "{");
    hsds_put_uuid(h, "id", SNAP_PART_LOCATION, l->id, 0);
    fragment_json_text(
        &h->out, "location_type", has_place(l) ? "physical" : "virtual");
    hsds_put_text(h, "name", l->place);
    hsds_put_text(h, "transportation", l->access_text);
    if (l->has_place) {
        fragment_json_key(&h->out, "latitude");
        fragment_degrees(&h->out, l->lat_e6);
        fragment_json_key(&h->out, "longitude");
        fragment_degrees(&h->out, l->lon_e6);
    }
    if (l->address[0] != '\0') {
        put_address(h, l);
    }
    fragment_put(&h->out, "}");
}

void
hsds_put_located(struct hsds *h, const struct listing *l, bool full)
{
    hsds_open_object(h);
    hsds_put_uuid(h, "id", SNAP_RECORD_LOCATED, l->id, 0);
    hsds_put_uuid(h, "service_id", SNAP_RECORD_SERVICE, l->id, 0);
    hsds_put_uuid(h, "location_id", SNAP_PART_LOCATION, l->id, 0);
    if (full) {
        put_location(h, l);
    }
    fragment_put(&h->out, "}");
}
