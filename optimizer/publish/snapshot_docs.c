/* snapshot_docs.c: renders and indexes the documents of a collection. */
#include "snapshot_docs.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "facet_rows.h"
#include "fragment_write.h"
#include "gram_counts.h"
#include "long_gram.h"
#include "optimizer/base/log.h"
#include "schema/fold.h"
#include "search_words.h"
#include "sort_order.h"

/* Scratch that is kept from document to document. */
struct pass {
    struct fragment out;
    char *folded;
    size_t folded_cap;
    int32_t *work;
    size_t work_n;
    uint32_t *values;
    uint32_t values_n, values_cap;
    struct page_feed *feed;
    struct hsds *hsds;
    const struct labels *labels;
    struct search_words *words;
    struct fragment texts; /* of all documents */
};

static void
declare_terms(struct facets *facets, uint32_t facet,
    const struct vocabulary *terms, uint32_t *first)
{
    *first = facets->n;
    for (int32_t i = 0; i < terms->n; i++) {
        int32_t parent = terms->terms[i].parent;
        facets_declare(facets, facet, terms->terms[i].id, terms->terms[i].label,
            parent == VOCABULARY_NONE ? SNAP_NONE : *first + (uint32_t)parent);
    }
}

static void
declare_values(struct snapshot_docs *docs)
{
    const struct render *r = docs->render;
    const struct region_table *regions = r->regions;
    struct facets *facets = &docs->facets;
    for (uint32_t i = 0; i < regions->n; i++) {
        const struct region_row *row = &regions->rows[i];
        facets_declare(facets, SNAP_FACET_REGION,
            regions->geo->regions[row->geo].code, row->label, row->parent);
    }
    declare_terms(facets, SNAP_FACET_KIND, &r->kinds, &docs->first_kind);
    declare_terms(facets, SNAP_FACET_TARGET, &r->targets, &docs->first_target);
    declare_terms(facets, SNAP_FACET_THEME, &r->themes, &docs->first_theme);
    declare_terms(facets, SNAP_FACET_SECTOR, &r->sectors, &docs->first_sector);
    docs->free_value = facets_declare(
        facets, SNAP_FACET_FREE, "1", SNAP_LABEL_FREE_ONLY, SNAP_NONE);
    docs->prefecture_value = facets_declare(facets, SNAP_FACET_REACH,
        "prefecture", LABEL_REACH_PREFECTURE, SNAP_NONE);
    docs->online_value = facets_declare(
        facets, SNAP_FACET_REACH, "online", LABEL_REACH_ONLINE, SNAP_NONE);
}

static void
put_value(struct pass *pass, uint32_t value)
{
    if (pass->values_n == pass->values_cap) {
        pass->values_cap = 2 * pass->values_cap + 256;
        pass->values =
            xrealloc(pass->values, pass->values_cap, sizeof(*pass->values));
    }
    pass->values[pass->values_n++] = value;
}

static void
put_term(struct pass *pass, const struct vocabulary *terms, uint32_t first,
    const char *id)
{
    int32_t term = vocabulary_up(terms, id);
    if (term != VOCABULARY_NONE) {
        put_value(pass, first + (uint32_t)term);
    }
}

/* Its code is what can be asked for: clean, on one line, not empty. */
static void
put_tag(struct snapshot_docs *docs, const char *tag, struct pass *pass)
{
    fragment_clear(&pass->out);
    fragment_plain(&pass->out, tag);
    fragment_bytes(&pass->out, "", 1);
    for (char *p = pass->out.data; *p != '\0'; p++) {
        *p = *p == '\n' ? ' ' : *p;
    }
    if (pass->out.data[strspn(pass->out.data, " ")] != '\0') {
        put_value(pass, facets_tag(&docs->facets, pass->out.data));
    }
}

static void
take_values(struct snapshot_docs *docs, uint32_t doc, const struct listing *l,
    struct pass *pass)
{
    const struct render *r = docs->render;
    pass->values_n = 0;
    for (uint32_t i = 0; i < r->regions->n; i++) {
        if (collection_reaches(docs->collection, r->regions->geo, doc,
                r->regions->rows[i].geo)) {
            put_value(pass, i);
        }
    }
    for (int i = 0; i < l->lines_n; i++) {
        put_term(pass, &r->kinds, docs->first_kind, l->lines[i].kind_id);
    }
    for (int i = 0; i < l->targets.n; i++) {
        put_term(pass, &r->targets, docs->first_target, l->targets.ids[i]);
    }
    for (int i = 0; i < l->themes.n; i++) {
        put_term(pass, &r->themes, docs->first_theme, l->themes.ids[i]);
    }
    for (int i = 0; i < l->tags.n; i++) {
        put_tag(docs, l->tags.ids[i], pass);
    }
    put_term(pass, &r->sectors, docs->first_sector, l->organisation.sector_id);
    if (l->cost_max_yen == 0) {
        put_value(pass, docs->free_value);
    }
    if (strcmp(l->reach, "prefecture") == 0) {
        put_value(pass, docs->prefecture_value);
    } else if (strcmp(l->reach, "online") == 0) {
        put_value(pass, docs->online_value);
    }
    facets_doc(&docs->facets, pass->values, pass->values_n);
}

static bool
fold_doc(struct snapshot_docs *docs, uint32_t doc, const struct listing *l,
    struct pass *pass, struct err *err)
{
    fragment_clear(&pass->out);
    render_text(docs->render, l, &pass->out);
    size_t cap = FOLD_GROWTH * pass->out.len + FOLD_SLACK +
                 search_words_room(pass->words);
    if (pass->folded_cap < cap) {
        pass->folded_cap = cap;
        pass->folded = xrealloc(pass->folded, cap, 1);
        pass->work_n = cap;
        pass->work = xrealloc(pass->work, cap, sizeof(*pass->work));
    }
    size_t len = 0, bad = 0;
    int rc = fold_text(pass->out.len > 0 ? pass->out.data : "", pass->out.len,
        pass->folded, pass->folded_cap, &len, pass->work, pass->work_n, &bad);
    if (rc != 0) {
        return fail(
            err, ERR_INPUT, "entry %" PRId64 ": text cannot be folded", l->id);
    }
    len = search_words_add(pass->words, pass->folded, len);
    docs->rows[doc].text = (struct snap_ref){
        .offset = pass->texts.len, .length = (uint32_t)len};
    fragment_bytes(&pass->texts, pass->folded, len);
    return gram_table_add(&docs->grams, doc, pass->folded, len, err);
}

static void
render_doc(struct snapshot_docs *docs, uint32_t doc, const struct listing *l,
    struct snapshot_file *file, struct pass *pass)
{
    const struct render *r = docs->render;
    uint32_t index = docs->collection->index;
    struct snap_doc *row = &docs->rows[doc];
    row->id = docs->collection->docs[doc].id;
    row->confirmed_on = docs->collection->docs[doc].confirmed_on;
    if (docs->collection->docs[doc].has_place) {
        row->lat_e6 = docs->collection->docs[doc].lat_e6;
        row->lon_e6 = docs->collection->docs[doc].lon_e6;
    }
    row->cost_max_yen =
        l->cost_max_yen < 0 || l->cost_max_yen >= (int64_t)SNAP_NONE
            ? SNAP_NONE
            : (uint32_t)l->cost_max_yen;
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        fragment_clear(&pass->out);
        pass->out.ja = lang != SNAP_LANG_EN;
        render_card(r, l, index, &pass->out);
        card_table_add(&docs->cards, doc, lang, pass->labels, &pass->out);
    }
    pass->out.ja = false;
    fragment_clear(&pass->out);
    if (index == SNAP_RESOURCES || index == SNAP_NEEDS) {
        render_row(r, l, index, &pass->out);
    }
    row->row = fragment_write(&pass->out, file);
    fragment_clear(&pass->out);
    render_detail(r, l, index, &pass->out);
    row->detail = fragment_write(&pass->out, file);
    fragment_clear(&pass->out);
    render_item(r, l, index, false, &pass->out);
    row->item = fragment_write(&pass->out, file);
    fragment_clear(&pass->out);
    render_item(r, l, index, true, &pass->out);
    row->item_detail = fragment_write(&pass->out, file);
    fragment_clear(&pass->out);
    fragment_html(&pass->out, l->title);
    uint32_t length = (uint32_t)pass->out.len;
    render_description(l, &pass->out);
    struct snap_ref both =
        snapshot_file_text(file, pass->out.data, pass->out.len);
    row->title = (struct snap_title){.offset = both.offset,
        .length = length, .description = both.length - length};
}

static bool
pass_doc(struct snapshot_docs *docs, uint32_t doc,
    struct listing_reader *reader, struct snapshot_file *file,
    struct pass *pass, struct err *err)
{
    struct arena arena = {0};
    struct listing listing;
    bool ok = listing_load(
        reader, docs->collection->docs[doc].id, &arena, &listing, err);
    if (ok) {
        render_doc(docs, doc, &listing, file, pass);
        take_values(docs, doc, &listing, pass);
        if (pass->feed != NULL) {
            page_feed_doc(pass->feed, docs->render, &listing,
                docs->collection->index);
        }
        if (pass->hsds != NULL && docs->collection->index == SNAP_RESOURCES) {
            hsds_resource(pass->hsds, docs->render, &listing, doc, file);
        }
        ok = fold_doc(docs, doc, &listing, pass, err);
    }
    arena_release(&arena);
    return ok;
}

/* Side by side, in rank order: a search reads those of many documents. */
static void
write_texts(struct snapshot_docs *docs, struct snapshot_file *file,
    const struct pass *pass)
{
    uint64_t at =
        snapshot_file_append(file, pass->texts.data, pass->texts.len);
    for (uint32_t doc = 0; doc < docs->collection->n; doc++) {
        docs->rows[doc].text.offset += at;
    }
}

bool
snapshot_docs_pass(struct store *store, const struct render *render,
    const struct collection *collection, struct page_feed *feed,
    struct hsds *hsds, const struct labels *labels,
    struct snapshot_file *file, struct snapshot_docs *docs, struct err *err)
{
    *docs = (struct snapshot_docs){.collection = collection,
        .render = render,
        .rows = xcalloc(collection->n, sizeof(*docs->rows))};
    card_table_init(&docs->cards, collection->n);
    struct pass pass = {.feed = feed, .hsds = hsds, .labels = labels,
        .words = search_words_open(err)};
    struct listing_reader *reader =
        listing_open(store, collection->index, collection->plan, err);
    bool ok = pass.words != NULL && reader != NULL;
    declare_values(docs);
    for (uint32_t doc = 0; ok && doc < collection->n; doc++) {
        ok = pass_doc(docs, doc, reader, file, &pass, err);
        log_progress("%s %" PRIu32 "/%" PRIu32, render_path[collection->index],
            doc + 1, collection->n);
    }
    log_progress_end();
    listing_close(reader);
    search_words_close(pass.words);
    fragment_release(&pass.out);
    free(pass.folded);
    free(pass.work);
    free(pass.values);
    ok = ok && facets_number(&docs->facets, file, err);
    if (ok) {
        write_texts(docs, file, &pass);
        card_table_texts(&docs->cards, file);
        facet_rows_choose(&docs->facets);
        value_text_write(&docs->value_texts, &docs->facets, labels, file);
    }
    fragment_release(&pass.texts);
    return ok;
}

bool
snapshot_docs_sections(
    struct snapshot_docs *docs, struct snapshot_file *file, struct err *err)
{
    const struct collection *c = docs->collection;
    struct posting_table postings;
    struct snap_gram *grams = NULL, *longer = NULL;
    uint32_t grams_n = 0, longer_n = 0;
    posting_table_init(&postings, file, c->index, c->n);
    bool ok =
        facets_post(&docs->facets, &postings, err) &&
        gram_table_post(&docs->grams, &postings, &grams, &grams_n, err);
    struct gram_counts counts = {0};
    if (ok) {
        gram_counts_make(&counts, &docs->facets, &docs->grams, grams);
    }
    gram_table_release(&docs->grams);
    struct long_gram_input input = {
        file, docs->rows, c->n, grams, grams_n};
    ok = ok && long_gram_post(&input, &postings, &longer, &longer_n, err);
    if (ok) {
        posting_table_finish(&postings);
        snapshot_file_section(
            file, SNAP_SEC_GRAMS, c->index, grams, grams_n);
        snapshot_file_section(
            file, SNAP_SEC_LONG_GRAMS, c->index, longer, longer_n);
        gram_counts_section(&counts, file, c->index);
    }
    gram_counts_release(&counts);
    posting_table_release(&postings);
    free(grams);
    free(longer);
    if (!ok) {
        return false;
    }
    facets_write(&docs->facets, file, c->index);
    region_order_write(c, &docs->facets, docs->render->regions, file);
    facet_rows_write(&docs->facets, file, c->index, docs->rows);
    value_text_sections(&docs->value_texts, file, c->index);
    sort_order_write(docs->rows, c->n, c->index, file);
    card_table_section(&docs->cards, file, c->index);
    snapshot_file_section(file, SNAP_SEC_DOCS, c->index, docs->rows, c->n);
    snapshot_file_section(file, SNAP_SEC_DOC_IDS, c->index, c->ids, c->n);
    return true;
}

void
snapshot_docs_release(struct snapshot_docs *docs)
{
    facets_release(&docs->facets);
    gram_table_release(&docs->grams);
    card_table_release(&docs->cards);
    value_text_release(&docs->value_texts);
    free(docs->rows);
    docs->rows = NULL;
}
