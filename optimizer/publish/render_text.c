/* render_text.c: a document as the text that is searched. */
#include "render.h"

#include <string.h>

static void
put_field(const char *text, struct fragment *out)
{
    if (text[0] != '\0') {
        fragment_plain(out, text);
        fragment_put(out, "\n");
    }
}

static void
put_term_fields(
    const struct vocabulary *terms, const char *id, struct fragment *out)
{
    int32_t term = vocabulary_find(terms, id);
    if (term != VOCABULARY_NONE) {
        put_field(terms->terms[term].label_ja, out);
        put_field(terms->terms[term].label_easy, out);
        put_field(terms->terms[term].label_en, out);
    }
}

static void
put_region_fields(
    const struct render *r, const char *code, struct fragment *out)
{
    int32_t at = geo_find(r->regions->geo, code);
    uint32_t number = at == GEO_NONE ? SNAP_NONE : r->regions->number_of[at];
    if (number != SNAP_NONE) {
        const struct geo *geo = r->regions->geo;
        bool ours = geo->home != GEO_NONE &&
                    geo->regions[at].level >= GEO_MUNICIPALITY &&
                    geo_below(geo, at, geo->home);
        uint32_t home = ours ? r->regions->number_of[geo->home] : SNAP_NONE;
        if (home != SNAP_NONE) { /* 神奈川県座間市 */
            fragment_plain(out, r->regions->rows[home].name);
        }
        put_field(r->regions->rows[number].name, out);
        put_field(r->regions->rows[number].kana, out);
        put_field(r->regions->rows[number].name_en, out);
    }
}

static void
put_label_fields(uint32_t label, struct fragment *out)
{
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        put_field(labels_own(label, lang), out);
    }
}

/* What a card says in words of its own: that it is free, where, on which
 * days. */
static void
put_said_fields(const struct listing *l, struct fragment *out)
{
    if (l->cost_max_yen == 0) {
        put_label_fields(LABEL_FREE, out);
    }
    if (strcmp(l->reach, "online") == 0) {
        put_label_fields(LABEL_REACH_ONLINE, out);
    } else if (strcmp(l->reach, "prefecture") == 0) {
        put_label_fields(LABEL_REACH_PREFECTURE, out);
    }
    for (uint32_t day = 0; render_weekly(l) && day < 7; day++) {
        if (l->weekdays >> day & 1) {
            fragment_plain(out, labels_own(LABEL_WHOLE_MONDAY + day, 0));
            put_field("日", out);
            put_label_fields(LABEL_WHOLE_MONDAY + day, out);
        }
    }
}

void
render_text(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    const char *const fields[] = {l->title, l->title_kana, l->summary,
        l->organisation.name, l->organisation.name_kana,
        l->organisation.name_en, l->place, l->address, l->date_text,
        l->time_text, l->target_text, l->people_text, l->cost_text, l->own_text,
        l->wanted_text, l->access_text};
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        put_field(fields[i], out);
    }
    for (int i = 0; i < l->tags.n; i++) {
        put_field(l->tags.ids[i], out);
    }
    for (int i = 0; i < l->related_n; i++) {
        if (l->related[i].what == LISTING_PARTNERS) {
            put_field(l->related[i].title, out);
        }
    }
    for (int i = 0; i < l->lines_n; i++) {
        put_field(l->lines[i].text, out);
        put_term_fields(&r->kinds, l->lines[i].kind_id, out);
    }
    for (int i = 0; i < l->targets.n; i++) {
        put_term_fields(&r->targets, l->targets.ids[i], out);
    }
    for (int i = 0; i < l->themes.n; i++) {
        put_term_fields(&r->themes, l->themes.ids[i], out);
    }
    put_region_fields(r, l->region_code, out);
    for (int i = 0; i < l->regions.n; i++) {
        put_region_fields(r, l->regions.ids[i], out);
    }
    put_said_fields(l, out);
}
