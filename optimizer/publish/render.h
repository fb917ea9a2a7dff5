/*
 * render.h: a document as it is shown: card, detail, JSON, search text.
 *
 * Meaning   fragments of schema/snapshot.h, one for all languages: the
 *           store's text stands as it is written (marked lang="ja"), words
 *           of the interface and the vocabularies are labels, links go
 *           through SNAP_SLOT_BASE and SNAP_SLOT_LANG_FIRST.
 *           Every row says いつ どこ 費用 定員 連絡先 確認日.
 * Failure   none: what cannot be shown safely (a link with another scheme
 *           than http, https, mailto, tel) is shown as text or left out.
 * Lifetime  fragments are the caller's.
 */
#ifndef TSUNAGARI_RENDER_H
#define TSUNAGARI_RENDER_H

#include "collection.h"
#include "fragment.h"
#include "listing.h"
#include "region_table.h"
#include "vocabulary.h"

struct render {
    const struct region_table *regions;
    const struct collection *collections; /* what there is to link to */
    bool members; /* the members' snapshot: needs link to suggestions */
    struct vocabulary kinds, targets, themes, sectors;
};

extern const char *const render_path[SNAP_COLLECTIONS]; /* "resources" ... */
/* Where a document is found: BASE/resources/12, no language. */
void render_address(uint32_t collection, int64_t id, struct fragment *out);

void render_card(const struct render *r, const struct listing *l,
    uint32_t collection, struct fragment *out);
/* A row of the table of needs or resources (ngx_module/html/table.html). */
void render_row(const struct render *r, const struct listing *l,
    uint32_t collection, struct fragment *out);
void render_detail(const struct render *r, const struct listing *l,
    uint32_t collection, struct fragment *out);
/* Its summary on one line, escaped, for the head of its page: 120 characters
 * at most, cut behind a sentence where one ends. */
void render_description(const struct listing *l, struct fragment *out);
/* An organisation instead: what stands below its name, and in its JSON behind
 * id, url and example (render_organisation.c). */
void render_organisation_card(const struct render *r, const struct listing *l,
    struct fragment *out);
void render_organisation_detail(const struct render *r,
    const struct listing *l, struct fragment *out);
void render_organisation_item(const struct render *r, const struct listing *l,
    bool full, struct fragment *out);

/*
 * What a resource is to the world's schemes: an event (open to residents on
 * a day, not on some days of each week), a place (its first line is a
 * venue), else a service.
 */
enum render_sort { RENDER_EVENT, RENDER_PLACE, RENDER_SERVICE };
enum render_sort render_sort(const struct listing *l);

/*
 * The document as schema.org JSON-LD in a script element, for the end of the
 * public detail page.
 */
void render_ld(const struct render *r, const struct listing *l,
    uint32_t collection, struct fragment *out);
/* full: as in the detail's JSON. */
void render_item(const struct render *r, const struct listing *l,
    uint32_t collection, bool full, struct fragment *out);
void render_weekdays_json(unsigned weekdays, struct fragment *out);
/*
 * What a search looks into, unfolded, one field a line: title and its kana,
 * summary, organisation (name, kana, English), tags, the labels of kinds,
 * targets and themes in all languages, regions, place, address, and the
 * texts of date, audience, people, cost, lines, own, wanted, access.
 */
void render_text(const struct render *r, const struct listing *l,
    struct fragment *out);

/* Days and hours (render_when.c). */
void render_date(const char *date, struct fragment *out); /* <time> */
/* What was read from the texts where it was, else the texts. */
void render_when(const struct listing *l, struct fragment *out);
/* Are the words of its days in what render_when() puts? */
bool render_when_as_written(const struct listing *l);
/* Those of the entry's days, in the weeks that it means: 毎週 月・水. */
void render_weekdays(const struct listing *l, unsigned weekdays,
    struct fragment *out);
bool render_weekly(const struct listing *l); /* on some days of the week */

/* Pieces (render_parts.c). */
/* A space if something stands there since start. */
void render_space(size_t start, struct fragment *out);
void render_where(const struct render *r, const struct listing *l,
    struct fragment *out);
void render_cost(const struct listing *l, struct fragment *out);
void render_people(const struct listing *l, struct fragment *out);
void render_contact(const struct listing *l, struct fragment *out);
void render_coverage(const struct render *r, const struct listing *l,
    struct fragment *out);
void render_badge(uint32_t label, struct fragment *out);
/* Kinds in the order of the lines, each once. */
void render_kinds(const struct render *r, const struct listing *l,
    struct fragment *out);
/* <span lang="ja">, or only the text where all is Japanese. */
void render_ja(const char *text, struct fragment *out);

/* Label of a region by code, SNAP_NONE when the snapshot has none. */
uint32_t render_region_label(const struct render *r, const char *code);
/* Digits for tel:, false when text is no one telephone number. */
bool render_phone(const char *text, char out[24]);
bool render_mail_ok(const char *text);

#endif
