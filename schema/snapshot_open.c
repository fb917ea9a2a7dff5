/* snapshot_open.c: the checks of the header and the section table. */
#include "snapshot.h"

#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the file is little-endian and read in place"
#endif

/* Bytes of one record of each section type; 0: no such type. */
static const uint32_t strides[SNAP_SEC_TYPES] = {
    [SNAP_SEC_BYTES] = 1,
    [SNAP_SEC_LABELS] = sizeof(struct snap_label),
    [SNAP_SEC_REGIONS] = sizeof(struct snap_region),
    [SNAP_SEC_REGION_IDS] = sizeof(struct snap_region_id),
    [SNAP_SEC_NEIGHBOURS] = 4,
    [SNAP_SEC_PAGES] = sizeof(struct snap_ref),
    [SNAP_SEC_DOCS] = sizeof(struct snap_doc),
    [SNAP_SEC_DOC_IDS] = sizeof(struct snap_doc_id),
    [SNAP_SEC_FACETS] = sizeof(struct snap_facet),
    [SNAP_SEC_VALUES] = sizeof(struct snap_value),
    [SNAP_SEC_VALUE_IDS] = 4,
    [SNAP_SEC_DOC_VALUES] = 4,
    [SNAP_SEC_POSTINGS] = sizeof(struct snap_posting),
    [SNAP_SEC_POSTING_DATA] = 1,
    [SNAP_SEC_GRAMS] = sizeof(struct snap_gram),
    [SNAP_SEC_ORDERS] = sizeof(struct snap_order),
    [SNAP_SEC_ORDER_DATA] = 4,
    [SNAP_SEC_ROWS] = 8,
    [SNAP_SEC_COLUMNS] = 4,
    [SNAP_SEC_PAIRS] = 4,
    [SNAP_SEC_SORTS] = 4,
    [SNAP_SEC_VALUE_TEXTS] = sizeof(struct snap_value_text),
    [SNAP_SEC_LONG_GRAMS] = sizeof(struct snap_gram),
    [SNAP_SEC_CARDS] = sizeof(struct snap_ref),
    [SNAP_SEC_GRAM_COUNTS] = 4,
    [SNAP_SEC_VALUE_LINKS] = sizeof(struct snap_ref),
    [SNAP_SEC_SUGGESTIONS] = sizeof(struct snap_suggestion),
    [SNAP_SEC_RECORDS] = sizeof(struct snap_record),
};

uint32_t
snap_section_stride(uint32_t type)
{
    return type < SNAP_SEC_TYPES ? strides[type] : 0;
}

uint32_t
snap_section_copies(uint32_t type)
{
    return type >= SNAP_SEC_DOCS && type <= SNAP_SEC_VALUE_LINKS
               ? SNAP_COLLECTIONS
               : 1;
}

struct view {
    const void *data;
    uint64_t count;
    int seen;
};

typedef struct view views[SNAP_SEC_TYPES][SNAP_COLLECTIONS];

static const char *
open_header(const struct snap_header *h, uint64_t size)
{
    if (size < sizeof(*h)) {
        return "shorter than a header";
    }
    if (memcmp(h->magic, SNAP_MAGIC, sizeof(h->magic)) != 0) {
        return "not a snapshot: magic is wrong";
    }
    if (h->version != SNAP_VERSION) {
        return "snapshot of another format version";
    }
    if (h->header_size != sizeof(*h)) {
        return "header size is wrong";
    }
    if (h->file_size != size) {
        return "file size differs from the header's";
    }
    if (h->audience > SNAP_AUDIENCE_MEMBERS) {
        return "audience is unknown";
    }
    if (h->generation >> 32 != h->run_id) {
        return "generation is not of the run";
    }
    if (h->sections > SNAP_SECTIONS_MAX ||
        size - sizeof(*h) < h->sections * sizeof(struct snap_section)) {
        return "section table is out of bounds";
    }
    return NULL;
}

/* Sections whose records are counted in 64 bits. */
static int
many_records(uint32_t type)
{
    return type == SNAP_SEC_DOC_VALUES || type == SNAP_SEC_ORDER_DATA ||
           type == SNAP_SEC_ROWS || type == SNAP_SEC_PAIRS ||
           type == SNAP_SEC_SORTS;
}

static const char *
open_section(views v, const unsigned char *base, uint64_t size,
    const struct snap_section *entry, uint64_t data_start)
{
    struct snap_section s = *entry;
    uint32_t stride = snap_section_stride(s.type);
    if (stride == 0 || s.index >= snap_section_copies(s.type)) {
        return "section of unknown type";
    }
    if (s.stride != stride || s.length % stride != 0) {
        return "section of another record size";
    }
    if (s.offset % 8 != 0 || s.offset < data_start || s.offset > size ||
        s.length > size - s.offset) {
        return "section is out of bounds";
    }
    struct view *view = &v[s.type][s.index];
    if (view->seen) {
        return "section stands twice";
    }
    view->data = base + s.offset;
    view->count = s.length / stride;
    view->seen = 1;
    if (stride > 1 && !many_records(s.type) && view->count >= SNAP_NONE) {
        return "section has too many records";
    }
    return NULL;
}

static const char *
open_collection(views v, uint32_t i, uint64_t regions)
{
    uint64_t docs = v[SNAP_SEC_DOCS][i].count;
    uint64_t values = v[SNAP_SEC_VALUES][i].count;
    uint64_t columns = v[SNAP_SEC_COLUMNS][i].count;
    uint64_t grams = v[SNAP_SEC_GRAMS][i].count;
    if (docs > SNAP_DOCS_MAX || columns > SNAP_COLUMNS_MAX ||
        grams + v[SNAP_SEC_LONG_GRAMS][i].count >= SNAP_NONE) {
        return "too many documents, columns or grams";
    }
    if (v[SNAP_SEC_DOC_IDS][i].count != docs ||
        v[SNAP_SEC_FACETS][i].count != SNAP_FACETS ||
        v[SNAP_SEC_VALUE_IDS][i].count != values ||
        v[SNAP_SEC_VALUE_TEXTS][i].count != values * SNAP_LANGS ||
        v[SNAP_SEC_VALUE_LINKS][i].count != values * SNAP_LANGS ||
        v[SNAP_SEC_ROWS][i].count !=
            docs * snap_row_words((uint32_t)columns) ||
        v[SNAP_SEC_PAIRS][i].count != columns * values ||
        v[SNAP_SEC_SORTS][i].count != docs * SNAP_SORTS ||
        v[SNAP_SEC_CARDS][i].count != docs * SNAP_LANGS ||
        v[SNAP_SEC_GRAM_COUNTS][i].count % (columns > 0 ? columns : 1) != 0 ||
        v[SNAP_SEC_ORDERS][i].count != regions) {
        return "sections of a collection differ in count";
    }
    const struct snap_facet *facets = v[SNAP_SEC_FACETS][i].data;
    for (uint32_t f = 0; f < SNAP_FACETS; f++) {
        if (facets[f].first > values ||
            facets[f].count > values - facets[f].first) {
            return "facet is out of bounds";
        }
    }
    return facets[SNAP_FACET_REGION].first != 0 ||
                   facets[SNAP_FACET_REGION].count != regions
               ? "region facet is not the regions"
               : NULL;
}

static const char *
open_counts(views v, const struct snap_header *h)
{
    for (uint32_t type = 1; type < SNAP_SEC_TYPES; type++) {
        for (uint32_t i = 0; i < snap_section_copies(type); i++) {
            if (!v[type][i].seen) {
                return "section is missing";
            }
        }
    }
    uint64_t regions = v[SNAP_SEC_REGIONS][0].count;
    if (v[SNAP_SEC_LABELS][0].count < SNAP_LABELS ||
        v[SNAP_SEC_PAGES][0].count != SNAP_LANGS * SNAP_PAGES ||
        v[SNAP_SEC_REGION_IDS][0].count != regions || h->home >= regions) {
        return "labels, pages or regions are of the wrong count";
    }
    const char *reason = NULL;
    for (uint32_t i = 0; i < SNAP_COLLECTIONS && reason == NULL; i++) {
        reason = open_collection(v, i, regions);
    }
    return reason;
}

static void
fill_collection(struct snap_collection *c, views v, uint32_t i)
{
    c->docs = v[SNAP_SEC_DOCS][i].data;
    c->docs_n = (uint32_t)v[SNAP_SEC_DOCS][i].count;
    c->ids = v[SNAP_SEC_DOC_IDS][i].data;
    c->facets = v[SNAP_SEC_FACETS][i].data;
    c->values = v[SNAP_SEC_VALUES][i].data;
    c->values_n = (uint32_t)v[SNAP_SEC_VALUES][i].count;
    c->value_ids = v[SNAP_SEC_VALUE_IDS][i].data;
    c->doc_values = v[SNAP_SEC_DOC_VALUES][i].data;
    c->doc_values_n = v[SNAP_SEC_DOC_VALUES][i].count;
    c->postings = v[SNAP_SEC_POSTINGS][i].data;
    c->postings_n = (uint32_t)v[SNAP_SEC_POSTINGS][i].count;
    c->posting_data = v[SNAP_SEC_POSTING_DATA][i].data;
    c->posting_bytes = v[SNAP_SEC_POSTING_DATA][i].count;
    c->grams = v[SNAP_SEC_GRAMS][i].data;
    c->grams_n = (uint32_t)v[SNAP_SEC_GRAMS][i].count;
    c->orders = v[SNAP_SEC_ORDERS][i].data;
    c->orders_n = (uint32_t)v[SNAP_SEC_ORDERS][i].count;
    c->order_data = v[SNAP_SEC_ORDER_DATA][i].data;
    c->order_data_n = v[SNAP_SEC_ORDER_DATA][i].count;
    c->rows = v[SNAP_SEC_ROWS][i].data;
    c->columns = v[SNAP_SEC_COLUMNS][i].data;
    c->columns_n = (uint32_t)v[SNAP_SEC_COLUMNS][i].count;
    c->row_words = snap_row_words(c->columns_n);
    c->pairs = v[SNAP_SEC_PAIRS][i].data;
    c->sorts = v[SNAP_SEC_SORTS][i].data;
    c->value_texts = v[SNAP_SEC_VALUE_TEXTS][i].data;
    c->value_links = v[SNAP_SEC_VALUE_LINKS][i].data;
    c->long_grams = v[SNAP_SEC_LONG_GRAMS][i].data;
    c->cards = v[SNAP_SEC_CARDS][i].data;
    c->gram_counts = v[SNAP_SEC_GRAM_COUNTS][i].data;
    c->counted_n = c->columns_n > 0
                       ? (uint32_t)(v[SNAP_SEC_GRAM_COUNTS][i].count /
                                    c->columns_n)
                       : 0;
    c->long_grams_n = (uint32_t)v[SNAP_SEC_LONG_GRAMS][i].count;
}

const char *
snap_open(struct snap *s, const void *base, uint64_t size)
{
    const struct snap_header *h = base;
    const char *reason = open_header(h, size);
    if (reason != NULL) {
        return reason;
    }
    views v;
    memset(v, 0, sizeof(v));
    const struct snap_section *table = (const void *)(h + 1);
    uint32_t sections = h->sections;
    for (uint32_t i = 0; i < sections && reason == NULL; i++) {
        reason = open_section(
            v, base, size, &table[i], sizeof(*h) + sections * sizeof(*table));
    }
    if (reason == NULL) {
        reason = open_counts(v, h);
    }
    if (reason != NULL) {
        return reason;
    }
    memset(s, 0, sizeof(*s));
    s->header = h;
    s->bytes = v[SNAP_SEC_BYTES][0].data;
    s->bytes_n = v[SNAP_SEC_BYTES][0].count;
    s->labels = v[SNAP_SEC_LABELS][0].data;
    s->labels_n = (uint32_t)v[SNAP_SEC_LABELS][0].count;
    s->regions = v[SNAP_SEC_REGIONS][0].data;
    s->regions_n = (uint32_t)v[SNAP_SEC_REGIONS][0].count;
    s->region_ids = v[SNAP_SEC_REGION_IDS][0].data;
    s->neighbours = v[SNAP_SEC_NEIGHBOURS][0].data;
    s->neighbours_n = (uint32_t)v[SNAP_SEC_NEIGHBOURS][0].count;
    s->pages = v[SNAP_SEC_PAGES][0].data;
    s->suggestions = v[SNAP_SEC_SUGGESTIONS][0].data;
    s->suggestions_n = (uint32_t)v[SNAP_SEC_SUGGESTIONS][0].count;
    s->records = v[SNAP_SEC_RECORDS][0].data;
    s->records_n = (uint32_t)v[SNAP_SEC_RECORDS][0].count;
    for (uint32_t i = 0; i < SNAP_COLLECTIONS; i++) {
        fill_collection(&s->collections[i], v, i);
    }
    return NULL;
}
