/*
 * snapshot_verify.c: reads the whole file and checks what snap_open() leaves
 * to the publisher: CRC, references, texts, and that what is said twice
 * agrees; the lists of a collection are snapshot_verify_lists.c's.
 */
#include "snapshot_verify.h"

#include <string.h>

#include "fold.h"

static int
text_ok(const struct snap *s, struct snap_ref ref)
{
    struct snap_span span = snap_bytes(s, ref);
    if (span.data == NULL || ref.reserved != 0) {
        return 0;
    }
    return fold_utf8_valid((const char *)span.data, span.length) == span.length;
}

/* Runs whole, their numbers known; the text of each is UTF-8. */
static int
fragment_ok(const struct snap *s, struct snap_ref ref)
{
    struct snap_span rest = snap_bytes(s, ref);
    if (rest.data == NULL || ref.reserved != 0) {
        return 0;
    }
    struct snap_run run;
    while (rest.length > 0) {
        if (!snap_run_next(&rest, &run)) {
            return 0;
        }
        uint32_t end = run.kind == SNAP_RUN_LABEL  ? s->labels_n
                       : run.kind == SNAP_RUN_SLOT ? SNAP_SLOTS
                       : run.kind == SNAP_RUN_TEXT ? 1
                                                   : 0;
        if (run.number >= end ||
            (run.kind == SNAP_RUN_SLOT && run.number == 0) ||
            fold_utf8_valid((const char *)run.text.data, run.text.length) !=
                run.text.length) {
            return 0;
        }
    }
    return 1;
}

static const char *
verify_crc(const struct snap *s, uint64_t size)
{
    const unsigned char *base = (const unsigned char *)s->header;
    struct snap_header h;
    memcpy(&h, base, sizeof(h));
    uint32_t stated = h.crc32;
    h.crc32 = 0;
    if (h.file_size != size || h.reserved[0] != 0) {
        return "header is wrong";
    }
    uint64_t rest = size - sizeof(h);
    uint32_t crc = snap_crc32(0, &h, sizeof(h));
    crc = snap_crc32(crc, base + sizeof(h), rest);
    if (crc != stated) {
        return "checksum is wrong";
    }
    crc = snap_crc32(0, base + sizeof(h), rest);
    return (uint32_t)h.generation != crc ? "generation is wrong" : NULL;
}

static const char *
verify_regions(const struct snap *s)
{
    for (uint32_t i = 0; i < s->regions_n; i++) {
        const struct snap_region *r = &s->regions[i];
        if (r->level > SNAP_LEVEL_WARD || r->label >= s->labels_n ||
            (r->parent != SNAP_NONE && r->parent >= i)) {
            return "region has a wrong level, label or parent";
        }
        if (r->neighbours > s->neighbours_n ||
            r->neighbours_n > s->neighbours_n - r->neighbours) {
            return "region has wrong neighbours";
        }
        const struct snap_region_id *id = &s->region_ids[i];
        if (id->region >= s->regions_n || id->code[7] != '\0' ||
            memcmp(id->code, s->regions[id->region].code, 8) != 0) {
            return "region code leads elsewhere";
        }
        if (i > 0 && memcmp(id[-1].code, id->code, 8) >= 0) {
            return "region codes are out of order";
        }
    }
    for (uint32_t i = 0; i < s->neighbours_n; i++) {
        if (s->neighbours[i] >= s->regions_n) {
            return "neighbour is no region";
        }
    }
    return NULL;
}

static const char *
verify_texts(const struct snap *s)
{
    for (uint32_t i = 0; i < s->labels_n; i++) {
        for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
            if (!text_ok(s, s->labels[i].html[lang]) ||
                !text_ok(s, s->labels[i].json[lang])) {
                return "label has a wrong text";
            }
        }
    }
    for (uint32_t i = 0; i < SNAP_LANGS * SNAP_PAGES; i++) {
        if (!fragment_ok(s, s->pages[i])) {
            return "page has a wrong fragment";
        }
    }
    return NULL;
}

static const char *
verify_docs(const struct snap *s, const struct snap_collection *c)
{
    uint64_t values = 0;
    for (uint32_t i = 0; i < c->docs_n; i++) {
        const struct snap_doc *d = &c->docs[i];
        if (!text_ok(s, d->text) || !text_ok(s, snap_title(d)) ||
            !text_ok(s, snap_description(d)) ||
            !fragment_ok(s, d->row) || !fragment_ok(s, d->detail) ||
            !fragment_ok(s, d->item) || !fragment_ok(s, d->item_detail)) {
            return "document has a wrong text";
        }
        for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
            if (!fragment_ok(s, *snap_card(c, i, lang))) {
                return "document has a wrong card";
            }
        }
        if (d->lat_e6 < -90000000 || d->lat_e6 > 90000000 ||
            d->lon_e6 < -180000000 || d->lon_e6 > 180000000) {
            return "document has a wrong place";
        }
        if (d->values != values) {
            return "document's values are out of place";
        }
        values += d->values_n;
        uint32_t n;
        const uint32_t *list = snap_doc_values(c, i, &n);
        if (list == NULL || n != d->values_n) {
            return "document's values are out of bounds";
        }
        for (uint32_t k = 0; k < n; k++) {
            if (list[k] >= c->values_n || (k > 0 && list[k - 1] >= list[k]) ||
                c->values[list[k]].column != SNAP_NONE) {
                return "document's values are out of order";
            }
        }
        const struct snap_doc_id *id = &c->ids[i];
        if (id->doc >= c->docs_n || c->docs[id->doc].id != id->id ||
            (i > 0 && id[-1].id >= id->id)) {
            return "document ids are out of order";
        }
    }
    return values == c->doc_values_n ? NULL : "spare document values";
}

/* Texts of the list, each behind the one before it in its facet. */
static int
value_text_ok(const struct snap *s, const struct snap_collection *c,
    uint32_t value, int first)
{
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        const struct snap_value_text *t = snap_value_texts(c, lang) + value;
        if (!text_ok(s, t->option) || !text_ok(s, t->json) ||
            !text_ok(s, snap_value_links(c, lang)[value]) ||
            t->option_cut >= t->option.length ||
            t->reserved != 0 ||
            (!first && t[-1].option.offset + t[-1].option.length !=
                           t->option.offset)) {
            return 0;
        }
    }
    return 1;
}

static const char *
verify_values(const struct snap *s, const struct snap_collection *c)
{
    uint32_t next = 0;
    for (uint32_t f = 0; f < SNAP_FACETS; f++) {
        uint32_t first = c->facets[f].first;
        if (first != next) {
            return "facets are out of place";
        }
        next += c->facets[f].count;
        for (uint32_t v = first; v < next; v++) {
            const struct snap_value *value = &c->values[v];
            if (!text_ok(s, value->code) ||
                (value->label >= s->labels_n && value->label != SNAP_NONE) ||
                !value_text_ok(s, c, v, v == first)) {
                return "value has a wrong text";
            }
            if (value->parent != SNAP_NONE &&
                (value->parent < first || value->parent >= v)) {
                return "value has a wrong parent";
            }
            if (value->posting >= c->postings_n ||
                c->postings[value->posting].count != value->count) {
                return "value has a wrong count";
            }
            struct snap_span code = snap_bytes(s, value->code);
            if (snap_value_find(
                    s, c, f, (const char *)code.data, code.length) != v) {
                return "value cannot be found by its code";
            }
        }
    }
    return next == c->values_n ? NULL : "spare facet values";
}

static const char *
verify_suggestions(const struct snap *s)
{
    if (s->header->audience == SNAP_AUDIENCE_PUBLIC && s->suggestions_n > 0) {
        return "public snapshot has suggestions";
    }
    for (uint32_t i = 0; i < s->suggestions_n; i++) {
        const struct snap_suggestion *g = &s->suggestions[i];
        if (g->need >= s->collections[SNAP_NEEDS].docs_n ||
            g->resource >= s->collections[SNAP_RESOURCES].docs_n ||
            (i > 0 && g[-1].need > g->need) || !fragment_ok(s, g->html) ||
            !fragment_ok(s, g->json)) {
            return "suggestion is wrong";
        }
    }
    return NULL;
}

static const char *
verify_records(const struct snap *s)
{
    if (s->header->audience == SNAP_AUDIENCE_MEMBERS && s->records_n > 0) {
        return "members snapshot has records for the public";
    }
    const struct snap_collection *c = &s->collections[SNAP_RESOURCES];
    for (uint32_t i = 0; i < s->records_n; i++) {
        const struct snap_record *r = &s->records[i];
        if (r->kind == 0 || r->kind >= SNAP_RECORDS || r->reserved != 0 ||
            (r->doc >= c->docs_n && r->doc != SNAP_NONE) ||
            (r->value >= c->values_n && r->value != SNAP_NONE) ||
            snap_record_find(s, r->kind, r->id) != i ||
            !fragment_ok(s, r->item) || !fragment_ok(s, r->full)) {
            return "record is wrong";
        }
    }
    return NULL;
}

const char *
snap_verify(const struct snap *s, uint64_t size)
{
    const char *reason = verify_crc(s, size);
    reason = reason != NULL ? reason : verify_regions(s);
    reason = reason != NULL ? reason : verify_texts(s);
    for (uint32_t i = 0; i < SNAP_COLLECTIONS; i++) {
        const struct snap_collection *c = &s->collections[i];
        reason = reason != NULL ? reason : verify_docs(s, c);
        reason = reason != NULL ? reason : snap_verify_postings(c);
        reason = reason != NULL ? reason : verify_values(s, c);
        reason = reason != NULL ? reason : snap_verify_lists(c);
    }
    reason = reason != NULL ? reason : verify_suggestions(s);
    return reason != NULL ? reason : verify_records(s);
}
