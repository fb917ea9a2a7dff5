/* render_parts.c: the pieces that card and detail share. */
#include "render.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/scan.h"
#include "schema/fold.h"

const char *const render_path[SNAP_COLLECTIONS] = {
    "resources", "needs", "organizations", "cases"};

void
render_address(uint32_t collection, int64_t id, struct fragment *out)
{
    fragment_slot(out, SNAP_SLOT_BASE);
    fragment_put(out, "/");
    fragment_put(out, render_path[collection]);
    fragment_put(out, "/");
    fragment_int(out, id);
}

void
render_space(size_t start, struct fragment *out)
{
    fragment_put(out, out->len > start ? " " : "");
}

void
render_badge(uint32_t label, struct fragment *out)
{
    fragment_put(out, "<span class=\"badge\">");
    fragment_label(out, label);
    fragment_put(out, "</span> ");
}

void
render_kinds(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    bool seen[256] = {false};
    bool open = false;
    for (int i = 0; i < l->lines_n; i++) {
        int32_t kind = vocabulary_find(&r->kinds, l->lines[i].kind_id);
        if (kind == VOCABULARY_NONE || kind >= 256 || seen[kind]) {
            continue;
        }
        seen[kind] = true;
        fragment_put(out, open ? "</li><li>" : "<ul class=\"kinds\"><li>");
        open = true;
        fragment_label(out, r->kinds.terms[kind].label);
    }
    fragment_put(out, open ? "</li></ul>" : "");
}

void
render_ja(const char *text, struct fragment *out)
{
    if (out->ja) {
        fragment_html(out, text);
        return;
    }
    fragment_put(out, "<span");
    fragment_lang_ja(out);
    fragment_put(out, ">");
    fragment_html(out, text);
    fragment_put(out, "</span>");
}

uint32_t
render_region_label(const struct render *r, const char *code)
{
    int32_t at = geo_find(r->regions->geo, code);
    uint32_t number = at == GEO_NONE ? SNAP_NONE : r->regions->number_of[at];
    return number == SNAP_NONE ? SNAP_NONE : r->regions->rows[number].label;
}

void
render_where(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    size_t start = out->len;
    if (strcmp(l->reach, "online") == 0) {
        fragment_label(out, LABEL_REACH_ONLINE);
    }
    if (l->place[0] != '\0') {
        fragment_put(out, out->len > start ? " " : "");
        render_ja(l->place, out);
    }
    uint32_t label = render_region_label(r, l->region_code);
    if (label != SNAP_NONE) {
        bool more = out->len > start;
        fragment_put(out, more ? " (" : "");
        fragment_label(out, label);
        fragment_put(out, more ? ")" : "");
    }
    if (out->len == start) {
        if (l->address[0] != '\0') {
            render_ja(l->address, out);
        } else if (strcmp(l->reach, "prefecture") == 0) {
            fragment_label(out, LABEL_REACH_PREFECTURE);
        } else {
            fragment_label(out, LABEL_NOT_STATED);
        }
    }
}

static uint32_t
cost_unit_label(const char *unit)
{
    static const struct {
        const char *unit;
        uint32_t label;
    } units[] = {{"per_session", LABEL_PER_SESSION},
        {"per_person", LABEL_PER_PERSON}, {"per_hour", LABEL_PER_HOUR},
        {"per_month", LABEL_PER_MONTH}, {"total", LABEL_TOTAL}};
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (strcmp(units[i].unit, unit) == 0) {
            return units[i].label;
        }
    }
    return SNAP_NONE;
}

void
render_cost(const struct listing *l, struct fragment *out)
{
    int64_t min = l->cost_min_yen, max = l->cost_max_yen;
    if (min == 0 && max == 0) {
        fragment_label(out, LABEL_FREE);
    } else if (min < 0 && max < 0) {
        if (l->cost_text[0] != '\0') {
            render_ja(l->cost_text, out);
        } else {
            fragment_label(out, LABEL_NOT_STATED);
        }
        return;
    } else {
        uint32_t unit = cost_unit_label(l->cost_unit);
        if (unit != SNAP_NONE) {
            fragment_label(out, unit);
        }
        if (min >= 0 && min != max) {
            fragment_grouped(out, min);
        }
        if (max < 0) {
            fragment_label(out, LABEL_FROM_YEN);
        } else {
            if (min != max) {
                fragment_label(out, LABEL_UP_TO);
            }
            fragment_grouped(out, max);
            fragment_label(out, LABEL_YEN);
        }
    }
    if (l->cost_negotiable) {
        fragment_label(out, LABEL_NEGOTIABLE);
    }
}

void
render_people(const struct listing *l, struct fragment *out)
{
    int64_t min = l->people_min, max = l->people_max;
    if (min < 0 && max < 0) {
        if (l->people_text[0] != '\0') {
            render_ja(l->people_text, out);
        } else {
            fragment_label(out, LABEL_NOT_STATED);
        }
        return;
    }
    if (min >= 0 && min != max) {
        fragment_grouped(out, min);
    }
    if (max < 0) {
        fragment_label(out, LABEL_FROM_PERSONS);
        return;
    }
    if (min != max) {
        fragment_label(out, LABEL_UP_TO);
    }
    fragment_grouped(out, max);
    fragment_label(out, LABEL_PERSONS);
}

bool
render_phone(const char *text, char out[24])
{
    enum { MOST = 64 };
    char plain[FOLD_GROWTH * MOST + FOLD_SLACK];
    int32_t work[FOLD_GROWTH * MOST + FOLD_SLACK];
    size_t n = 0, len = 0, bad;
    if (strlen(text) > MOST ||
        fold_text(text, strlen(text), plain, sizeof(plain) - 1, &len, work,
            sizeof(work) / sizeof(work[0]), &bad) != 0) {
        return false;
    }
    plain[len] = '\0';
    for (const char *p = plain; *p != '\0';) {
        if (isdigit((unsigned char)*p) || (*p == '+' && n == 0)) {
            if (n == 16) {
                return false;
            }
            out[n++] = *p++;
        } else if (strchr("() ", *p) != NULL) {
            p++;
        } else if (!scan_eat(&p, "ー")) { /* hyphens, folded */
            return false;
        }
    }
    out[n] = '\0';
    return n >= 9 && (out[0] == '0' || out[0] == '+');
}

bool
render_mail_ok(const char *text)
{
    size_t at = strspn(text, "abcdefghijklmnopqrstuvwxyz"
                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-");
    if (at == 0 || text[at] != '@') {
        return false;
    }
    const char *host = text + at + 1;
    size_t len = strspn(host, "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
    return len > 2 && host[len] == '\0' && strchr(host, '.') != NULL &&
           strlen(text) < 255;
}

static void
put_link(const char *scheme, const char *target, const char *text,
    struct fragment *out)
{
    fragment_put(out, "<a href=\"");
    fragment_put(out, scheme);
    fragment_html(out, target);
    fragment_put(out, "\">");
    fragment_html(out, text);
    fragment_put(out, "</a>");
}

void
render_contact(const struct listing *l, struct fragment *out)
{
    size_t start = out->len;
    char digits[24];
    const char *phone = l->contact_phone;
    const char *url = l->url[0] != '\0' ? l->url : l->organisation.url;
    if (l->contact_name[0] != '\0') {
        render_ja(l->contact_name, out);
    }
    if (phone[0] != '\0') {
        render_space(start, out);
        if (render_phone(phone, digits)) {
            put_link("tel:", digits, phone, out);
        } else {
            fragment_html(out, phone);
        }
    }
    if (l->contact_email[0] != '\0') {
        render_space(start, out);
        if (render_mail_ok(l->contact_email)) {
            put_link("mailto:", l->contact_email, l->contact_email, out);
        } else {
            fragment_html(out, l->contact_email);
        }
    }
    if (fragment_link_ok(url)) {
        render_space(start, out);
        fragment_put(out, "<a rel=\"external\" href=\"");
        fragment_html(out, url);
        fragment_put(out, "\">");
        fragment_label(out, LABEL_WEB);
        fragment_put(out, "</a>");
    }
    if (out->len == start) {
        render_ja(l->organisation.name, out);
    }
}

void
render_coverage(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    if (strcmp(l->reach, "regions") != 0) {
        fragment_label(out, strcmp(l->reach, "online") == 0
                                ? LABEL_REACH_ONLINE
                                : LABEL_REACH_PREFECTURE);
        return;
    }
    size_t start = out->len;
    for (int i = 0; i < l->regions.n; i++) {
        uint32_t label = render_region_label(r, l->regions.ids[i]);
        if (label != SNAP_NONE) {
            if (out->len > start) {
                fragment_label(out, LABEL_LIST_COMMA);
            }
            fragment_label(out, label);
        }
    }
    uint32_t own = render_region_label(r, l->region_code);
    if (out->len == start) {
        fragment_label(out, own != SNAP_NONE ? own : LABEL_NOT_STATED);
    }
}
