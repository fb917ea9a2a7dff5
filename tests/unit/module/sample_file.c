/*
 * sample_file.c: sections in memory, put together at the end.  Over 400 lines:
 * one file, one maker, as the format is one.
 */
#include "sample_file.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema/fold.h"

struct block {
    unsigned char *data;
    size_t len, cap;
};

struct maker {
    struct sample *s;
    struct block sections[SNAP_SEC_TYPES][SNAP_COLLECTIONS];
};

static size_t
put(struct block *b, const void *data, size_t len)
{
    if (b->len + len > b->cap) {
        b->cap = (b->len + len) * 2;
        b->data = realloc(b->data, b->cap);
        assert(b->data != NULL);
    }
    size_t at = b->len;
    if (len > 0) {
        memcpy(b->data + at, data, len);
    }
    b->len += len;
    return at;
}

static struct snap_ref
text(struct maker *m, const char *string)
{
    size_t len = strlen(string);
    size_t at = put(&m->sections[SNAP_SEC_BYTES][0], string, len);
    return (struct snap_ref){at, (uint32_t)len, 0};
}

static void
put_run(struct maker *m, const char *text, size_t len, uint32_t kind,
    uint32_t number)
{
    struct block *bytes = &m->sections[SNAP_SEC_BYTES][0];
    uint32_t head = (uint32_t)len | kind << 12 | number << 16;
    put(bytes, &head, sizeof(head));
    put(bytes, text, len);
}

/* In string, byte 2 and a number are a slot, byte 1 and one a label. */
static struct snap_ref
fragment(struct maker *m, const char *string)
{
    size_t from = m->sections[SNAP_SEC_BYTES][0].len;
    while (*string != '\0') {
        size_t len = strcspn(string, "\x01\x02");
        const char *mark = string + len;
        put_run(m, string, len,
            *mark == '\0'  ? SNAP_RUN_TEXT
            : *mark == 1    ? SNAP_RUN_LABEL
                            : SNAP_RUN_SLOT,
            *mark == '\0' ? 0 : (unsigned char)mark[1]);
        string = mark + (*mark == '\0' ? 0 : 2);
    }
    return (struct snap_ref){from,
        (uint32_t)(m->sections[SNAP_SEC_BYTES][0].len - from), 0};
}

static void
make_labels(struct maker *m)
{
    for (uint32_t i = 0; i < SNAP_LABELS + SAMPLE_REGIONS; i++) {
        struct snap_label label = {0};
        for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
            char name[32];
            snprintf(name, sizeof(name), "L%u%c", i, "jeE"[lang]);
            label.html[lang] = text(m, name);
            label.json[lang] = text(m, name);
        }
        put(&m->sections[SNAP_SEC_LABELS][0], &label, sizeof(label));
    }
}

static void
make_regions(struct maker *m)
{
    uint32_t near = 0;
    for (uint32_t r = 0; r < SAMPLE_REGIONS; r++) {
        struct snap_region region = {.lat_e6 = sample_lat_e6(sample_north(r)),
            .lon_e6 = SAMPLE_LON_E6, .parent = m->s->parent[r],
            .level = m->s->level[r], .label = SNAP_LABELS + r,
            .neighbours = near, .neighbours_n = m->s->near_n[r]};
        memcpy(region.code, m->s->code[r], 7);
        put(&m->sections[SNAP_SEC_REGIONS][0], &region, sizeof(region));
        struct snap_region_id id = {.region = r}; /* codes ascend with r */
        memcpy(id.code, region.code, sizeof(id.code));
        put(&m->sections[SNAP_SEC_REGION_IDS][0], &id, sizeof(id));
        put(&m->sections[SNAP_SEC_NEIGHBOURS][0], m->s->near[r],
            m->s->near_n[r] * sizeof(uint32_t));
        near += m->s->near_n[r];
    }
}

static void
make_pages(struct maker *m)
{
    static const char *const pages[SNAP_PAGES] = {
        [SNAP_PAGE_FRAME] = "<html lang=\"\x02\x02\"><title>\x02\x05</title>"
                            "\x02\x1b\x02\x07<a href=\"\x02\x08\">\x02\x06</html>",
        [SNAP_PAGE_SEARCH] = "<form>\x02\x0a\x02\x0b</form>",
        [SNAP_PAGE_LIST] = "\x02\x20\x02\x0d"
                           "\x02\x0e\x02\x0f\x02\x10\x02\x11\x02\x12"
                           "\x02\x1e\x02\x1f",
        [SNAP_PAGE_DETAIL] = "<main>\x02\x13</main>",
        [SNAP_PAGE_SUGGESTIONS] = "\x02\x19<ol>\x02\x10</ol>",
        [SNAP_PAGE_ABOUT_ORDER] = "<h1>order \x02\x16 \x02\x17</h1>",
        [SNAP_PAGE_REGIONS_JSON] = "{\"regions\":[]}",
        [SNAP_PAGE_ERROR] = "<p>\x02\x14</p>",
        [SNAP_PAGE_CSS] = "body{}",
        [SNAP_PAGE_EMPTY] = "<p>none</p>",
        [SNAP_PAGE_FORM] = "<select>\x02\x0a\x02\x0b</select>"
                           "<input value=\"\x02\x09\">\x02\x0c",
        [SNAP_PAGE_FORM_WORDS] = "<input value=\"\x02\x09\">\x02\x0c",
    };
    for (uint32_t i = 0; i < SNAP_LANGS * SNAP_PAGES; i++) {
        const char *page = pages[i % SNAP_PAGES];
        struct snap_ref ref = fragment(m, page ? page : "");
        put(&m->sections[SNAP_SEC_PAGES][0], &ref, sizeof(ref));
    }
}

/* The smaller form of a set of documents; returns its posting number. */
static uint32_t
make_posting(struct maker *m, uint32_t c, const uint32_t *docs, uint32_t n)
{
    static const uint64_t zero = 0;
    struct block *data = &m->sections[SNAP_SEC_POSTING_DATA][c];
    struct block *postings = &m->sections[SNAP_SEC_POSTINGS][c];
    put(data, &zero, (8 - data->len % 8) % 8);
    struct snap_posting p = {data->len, n, SNAP_FORM_LIST};
    size_t words = (m->s->sides[c].docs_n + 63) / 64;
    if (n * 4 <= words * 8) {
        put(data, docs, n * sizeof(*docs));
    } else {
        p.form = SNAP_FORM_BITSET;
        uint64_t *bits = calloc(words + 1, 8);
        assert(bits != NULL);
        for (uint32_t i = 0; i < n; i++) {
            bits[docs[i] / 64] |= (uint64_t)1 << docs[i] % 64;
        }
        put(data, bits, words * 8);
        free(bits);
    }
    return (uint32_t)(put(postings, &p, sizeof(p)) / sizeof(p));
}

/* Every seventh value is a rare one: one of no column. */
static uint32_t
column_of(uint32_t value)
{
    return value % 7 == 6 ? SNAP_NONE : value - (value + 1) / 7;
}

static void
make_columns(struct maker *m, uint32_t c)
{
    const struct sample *s = m->s;
    const struct sample_side *side = &s->sides[c];
    uint32_t columns = 0;
    for (uint32_t v = 0; v < s->values_n; v++) {
        if (column_of(v) == SNAP_NONE) {
            continue;
        }
        put(&m->sections[SNAP_SEC_COLUMNS][c], &v, sizeof(v));
        columns++;
        for (uint32_t w = 0; w < s->values_n; w++) {
            uint32_t n = 0;
            for (uint32_t d = 0; d < side->docs_n; d++) {
                n += side->docs[d].has[v] && side->docs[d].has[w];
            }
            put(&m->sections[SNAP_SEC_PAIRS][c], &n, sizeof(n));
        }
    }
    for (uint32_t d = 0; d < side->docs_n; d++) {
        uint64_t row[SNAP_COLUMNS_MAX / 64] = {0};
        for (uint32_t v = 0; v < s->values_n; v++) {
            if (column_of(v) != SNAP_NONE && side->docs[d].has[v]) {
                row[column_of(v) / 64] |= (uint64_t)1 << column_of(v) % 64;
            }
        }
        put(&m->sections[SNAP_SEC_ROWS][c], row,
            snap_row_words(columns) * sizeof(row[0]));
    }
}

static uint32_t
facet_of(const struct sample *s, uint32_t value)
{
    uint32_t f = 0;
    while (value >= s->first[f] + s->count[f]) {
        f++;
    }
    return f;
}

static void
make_value_texts(struct maker *m, uint32_t c)
{
    static const char *const names[] = {"region", "kind", "target", "theme",
        "tag", "sector", "free", "reach"};
    for (uint32_t i = 0; i < SNAP_LANGS * m->s->values_n; i++) {
        uint32_t v = i % m->s->values_n;
        const char *code = m->s->code[v];
        struct snap_value_text out = {0};
        char line[96];
        snprintf(line, sizeof(line), "%s=%s\">%s <b>",
            names[facet_of(m->s, v)], code, code);
        struct snap_ref link = text(m, line);
        put(&m->sections[SNAP_SEC_VALUE_LINKS][c], &link, sizeof(link));
        snprintf(line, sizeof(line),
            "{\"code\":\"%s\",\"label\":\"%s\",\"count\":", code, code);
        out.json = text(m, line);
        out.option_cut = (uint32_t)strlen("<option value=\"\"") +
                         (uint32_t)strlen(code);
        put(&m->sections[SNAP_SEC_VALUE_TEXTS][c], &out, sizeof(out));
    }
}

static void
make_options(struct maker *m, uint32_t c)
{
    struct snap_value_text *texts =
        (void *)m->sections[SNAP_SEC_VALUE_TEXTS][c].data;
    char line[64];
    for (uint32_t i = 0; i < SNAP_LANGS * m->s->values_n; i++) {
        const char *code = m->s->code[i % m->s->values_n];
        snprintf(line, sizeof(line),
            "<option value=\"%s\">%s</option>", code, code);
        texts[i].option = text(m, line);
    }
}

static void
make_values(struct maker *m, uint32_t c)
{
    const struct sample *s = m->s;
    const struct sample_side *side = &s->sides[c];
    uint32_t *docs = calloc(side->docs_n + 1, sizeof(*docs));
    assert(docs != NULL);
    for (uint32_t v = 0; v < s->values_n; v++) {
        struct snap_value value = {.code = text(m, s->code[v]),
            .label = v < SAMPLE_REGIONS ? SNAP_LABELS + v : SNAP_NONE,
            .parent = SNAP_NONE,
            .column = column_of(v)};
        for (uint32_t d = 0; d < side->docs_n; d++) {
            if (side->docs[d].has[v]) {
                docs[value.count++] = d;
            }
        }
        value.posting = make_posting(m, c, docs, value.count);
        put(&m->sections[SNAP_SEC_VALUES][c], &value, sizeof(value));
        /* the codes of a facet ascend, but for those of reach */
        uint32_t reach = s->first[SNAP_FACET_REACH];
        uint32_t id = v >= reach ? 2 * reach + 1 - v : v;
        put(&m->sections[SNAP_SEC_VALUE_IDS][c], &id, sizeof(id));
    }
    free(docs);
    for (uint32_t f = 0; f < SNAP_FACETS; f++) {
        struct snap_facet facet = {s->first[f], s->count[f]};
        put(&m->sections[SNAP_SEC_FACETS][c], &facet, sizeof(facet));
    }
    make_value_texts(m, c);
    make_options(m, c);
    make_columns(m, c);
}

static int
compare_ids(const void *a, const void *b)
{
    const struct snap_doc_id *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static const struct sample_side *sorted_side; /* qsort has no argument */
static uint32_t sorted_by;

static int
compare_docs(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    const struct sample_doc *p = &sorted_side->docs[x];
    const struct sample_doc *q = &sorted_side->docs[y];
    if (sorted_by == SNAP_SORT_NEW && p->confirmed_on != q->confirmed_on) {
        return p->confirmed_on > q->confirmed_on ? -1 : 1;
    }
    if (sorted_by == SNAP_SORT_COST && p->cost != q->cost) {
        return p->cost < q->cost ? -1 : 1;
    }
    return (x > y) - (x < y);
}

static void
make_sorts(struct maker *m, uint32_t c)
{
    sorted_side = &m->s->sides[c];
    uint32_t n = sorted_side->docs_n;
    uint32_t *docs = calloc(n + 1, sizeof(*docs));
    assert(docs != NULL);
    for (uint32_t i = 0; i < n; i++) {
        docs[i] = i;
    }
    for (sorted_by = 0; sorted_by < SNAP_SORTS; sorted_by++) {
        qsort(docs, n, sizeof(*docs), compare_docs);
        put(&m->sections[SNAP_SEC_SORTS][c], docs, n * sizeof(*docs));
    }
    free(docs);
}

static void
make_docs(struct maker *m, uint32_t c)
{
    const struct sample_side *side = &m->s->sides[c];
    struct block *values = &m->sections[SNAP_SEC_DOC_VALUES][c];
    struct block *ids = &m->sections[SNAP_SEC_DOC_IDS][c];
    struct snap_ref *card = calloc(side->docs_n + 1, sizeof(*card));
    assert(card != NULL);
    for (uint32_t d = 0; d < side->docs_n; d++) {
        const struct sample_doc *doc = &side->docs[d];
        struct snap_doc out = {.id = doc->id, .values = values->len / 4,
            .confirmed_on = doc->confirmed_on, .cost_max_yen = doc->cost};
        if (doc->north != SNAP_NONE) {
            out.lat_e6 = sample_lat_e6(doc->north);
            out.lon_e6 = SAMPLE_LON_E6;
        }
        for (uint32_t v = 0; v < m->s->values_n; v++) {
            if (doc->has[v] && column_of(v) == SNAP_NONE) {
                put(values, &v, sizeof(v));
                out.values_n++;
            }
        }
        char line[64];
        out.text = text(m, doc->text);
        snprintf(line, sizeof(line), "<li>\x01\x03%u \x02\x01\x02\x03</li>",
            doc->id);
        card[d] = fragment(m, line);
        snprintf(line, sizeof(line), "<h1>%u</h1>", doc->id);
        out.detail = fragment(m, line);
        snprintf(line, sizeof(line), "{\"id\":%u}", doc->id);
        out.item = out.item_detail = fragment(m, line);
        struct snap_ref title = text(m, "titledescription");
        out.title = (struct snap_title){title.offset, 5, 11};
        put(&m->sections[SNAP_SEC_DOCS][c], &out, sizeof(out));
        struct snap_doc_id id = {doc->id, d};
        put(ids, &id, sizeof(id));
    }
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        put(&m->sections[SNAP_SEC_CARDS][c], card,
            side->docs_n * sizeof(*card));
    }
    free(card);
    if (side->docs_n > 0) {
        qsort(ids->data, side->docs_n, sizeof(struct snap_doc_id),
            compare_ids);
    }
    uint64_t at = 0;
    for (uint32_t r = 0; r < SAMPLE_REGIONS; r++) {
        struct snap_order order = {at, side->order_n[r], 0};
        put(&m->sections[SNAP_SEC_ORDERS][c], &order, sizeof(order));
        put(&m->sections[SNAP_SEC_ORDER_DATA][c], side->order[r],
            side->order_n[r] * sizeof(uint32_t));
        at += side->order_n[r];
    }
}

struct hit {
    uint64_t key;
    uint32_t doc;
};

static int
compare_hits(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;
    return x->key != y->key ? (x->key > y->key) - (x->key < y->key)
                            : (x->doc > y->doc) - (x->doc < y->doc);
}

/* The next row of counts: of those documents. */
static uint32_t
make_gram_counts(struct maker *m, uint32_t c, const uint32_t *docs, uint32_t n)
{
    struct block *rows = &m->sections[SNAP_SEC_GRAM_COUNTS][c];
    uint32_t columns = 0, row = (uint32_t)(rows->len / sizeof(uint32_t));
    for (uint32_t v = 0; v < m->s->values_n; v++) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < n; i++) {
            count += m->s->sides[c].docs[docs[i]].has[v];
        }
        if (column_of(v) != SNAP_NONE) {
            put(rows, &count, sizeof(count));
            columns++;
        }
    }
    return row / columns;
}

/* Rows of the hits' keys, behind those of that type; two of three counted. */
static void
post_hits(struct maker *m, uint32_t c, uint32_t type, struct block *hits)
{
    size_t n = hits->len / sizeof(struct hit);
    struct hit *h = (struct hit *)(void *)hits->data;
    uint32_t *docs = calloc(m->s->sides[c].docs_n + 1, sizeof(*docs));
    assert(docs != NULL);
    if (n > 0) {
        qsort(h, n, sizeof(*h), compare_hits);
    }
    for (size_t i = 0; i < n;) {
        struct snap_gram gram = {.key = h[i].key};
        uint32_t docs_n = 0;
        for (; i < n && h[i].key == gram.key; i++) {
            if (docs_n == 0 || docs[docs_n - 1] != h[i].doc) {
                docs[docs_n++] = h[i].doc;
            }
        }
        gram.posting = make_posting(m, c, docs, docs_n);
        gram.counts = h[i - 1].key % 3 != 0
                          ? make_gram_counts(m, c, docs, docs_n)
                          : SNAP_NONE;
        put(&m->sections[type][c], &gram, sizeof(gram));
    }
    free(docs);
    free(hits->data);
    *hits = (struct block){0};
}

static uint32_t
letters_of(const char *text, uint32_t *letters)
{
    const char *end = text + strlen(text);
    uint32_t n = 0;
    while (text < end) {
        letters[n++] = fold_next(&text, end);
    }
    return n;
}

static uint32_t
find_gram(const struct block *rows, uint64_t key)
{
    const struct snap_gram *row = (const void *)rows->data;
    size_t n = rows->len / sizeof(*row);
    for (uint32_t low = 0, high = (uint32_t)n; low < high;) {
        uint32_t middle = (low + high) / 2;
        if (row[middle].key == key) {
            return middle;
        }
        if (row[middle].key < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return SNAP_NONE;
}

/* The gram of n that begins there; SNAP_NONE: not made. */
static uint32_t
gram_at(struct maker *m, uint32_t c, const uint32_t *letters, uint32_t n)
{
    const struct block *grams = &m->sections[SNAP_SEC_GRAMS][c];
    uint32_t gram = find_gram(grams,
        (uint64_t)letters[0] << 42 | (uint64_t)letters[1] << 21 | letters[2]);
    for (uint32_t i = 3; i < n && gram != SNAP_NONE; i++) {
        gram = find_gram(&m->sections[SNAP_SEC_LONG_GRAMS][c],
            (uint64_t)gram << 21 | letters[i]);
        gram += gram != SNAP_NONE
                    ? (uint32_t)(grams->len / sizeof(struct snap_gram))
                    : 0;
    }
    return gram;
}

/* Two of three of the grams of four, and of those of five behind them. */
static void
make_long_grams(struct maker *m, uint32_t c)
{
    const struct sample_side *side = &m->s->sides[c];
    struct block hits = {0};
    for (uint32_t level = 4; level <= 5; level++) {
        for (uint32_t d = 0; d < side->docs_n; d++) {
            uint32_t letters[SAMPLE_TEXT];
            uint32_t n = letters_of(side->docs[d].text, letters);
            for (uint32_t i = 0; i + level <= n; i++) {
                uint32_t last = letters[i + level - 1];
                uint32_t gram = gram_at(m, c, letters + i, level - 1);
                if (gram == SNAP_NONE || last == ' ' || last == '\n' ||
                    (gram + last) % 3 == 0) {
                    continue;
                }
                struct hit hit = {(uint64_t)gram << 21 | last, d};
                put(&hits, &hit, sizeof(hit));
            }
        }
        post_hits(m, c, SNAP_SEC_LONG_GRAMS, &hits);
    }
}

static void
make_grams(struct maker *m, uint32_t c)
{
    const struct sample_side *side = &m->s->sides[c];
    struct block hits = {0};
    for (uint32_t d = 0; d < side->docs_n; d++) {
        uint32_t letters[SAMPLE_TEXT];
        uint32_t n = letters_of(side->docs[d].text, letters);
        for (uint32_t i = 0; i < n; i++) {
            uint64_t key = 0;
            for (uint32_t k = 0; k < 3 && i + k < n; k++) {
                if (letters[i + k] == ' ' || letters[i + k] == '\n') {
                    break;
                }
                key |= (uint64_t)letters[i + k] << 21 * (2 - k);
                struct hit hit = {key, d};
                put(&hits, &hit, sizeof(hit));
            }
        }
    }
    post_hits(m, c, SNAP_SEC_GRAMS, &hits);
    make_long_grams(m, c);
}

static void
make_suggestions(struct maker *m)
{
    const struct sample_side *needs = &m->s->sides[SNAP_NEEDS];
    uint32_t resources = m->s->sides[SNAP_RESOURCES].docs_n;
    for (uint32_t d = 0; d < needs->docs_n && resources > 0; d += 2) {
        for (uint32_t i = 0; i <= d % 3; i++) {
            struct snap_suggestion g = {.need = d,
                .resource = (d + i) % resources, .units = 1 + i,
                .chosen = i == 0, .html = fragment(m, "<li>s</li>"),
                .json = fragment(m, "{\"s\":1}")};
            put(&m->sections[SNAP_SEC_SUGGESTIONS][0], &g, sizeof(g));
            m->s->suggestions_n++;
        }
    }
}

/* A service for each resource, an organisation for three, terms of values. */
static void
make_records(struct maker *m)
{
    struct block *out = &m->sections[SNAP_SEC_RECORDS][0];
    const struct sample_side *side = &m->s->sides[SNAP_RESOURCES];
    const struct block *ids = &m->sections[SNAP_SEC_DOC_IDS][SNAP_RESOURCES];
    const struct snap_doc_id *by_id = (const void *)ids->data;
    for (uint32_t kind = SNAP_RECORD_SERVICE; kind < SNAP_RECORDS; kind++) {
        uint32_t n = kind <= SNAP_RECORD_LOCATED ? side->docs_n
                                                 : m->s->values_n;
        uint32_t step = kind == SNAP_RECORD_ORGANIZATION ? 3 : 1;
        for (uint32_t i = 0; i < n; i += step) {
            struct snap_record r = {.kind = kind, .id = i, .owner = i,
                .doc = SNAP_NONE, .value = SNAP_NONE,
                .item = fragment(m, "{\"r\":1}"),
                .full = fragment(m, "{\"r\":2}")};
            if (kind == SNAP_RECORD_SERVICE || kind == SNAP_RECORD_LOCATED) {
                r.id = by_id[i].id;
                r.doc = by_id[i].doc;
                r.owner = i / 3 * 3;
                r.changed = side->docs[r.doc].confirmed_on;
            } else if (kind == SNAP_RECORD_TERM) {
                r.owner = SNAP_FACET_KIND;
                r.value = i;
                r.parent = i / 4;
            }
            put(out, &r, sizeof(r));
        }
    }
}

static void
put_together(struct maker *m, struct sample_options options)
{
    struct snap_section table[SNAP_SECTIONS_MAX];
    struct snap_header h = {.version = SNAP_VERSION,
        .header_size = sizeof(h), .run_id = options.run,
        .generation = (uint64_t)options.run << 32 | options.seed,
        .plan_date = 20261121, .audience = options.audience};
    memcpy(h.magic, SNAP_MAGIC, sizeof(h.magic));
    struct block out = {0};
    for (uint32_t type = 1; type < SNAP_SEC_TYPES; type++) {
        h.sections += snap_section_copies(type);
    }
    uint64_t at = sizeof(h) + h.sections * sizeof(table[0]);
    uint32_t n = 0;
    for (uint32_t type = 1; type < SNAP_SEC_TYPES; type++) {
        for (uint32_t i = 0; i < snap_section_copies(type); i++) {
            table[n++] = (struct snap_section){type, i, at,
                m->sections[type][i].len, snap_section_stride(type), 0};
            at += (m->sections[type][i].len + 7) / 8 * 8;
        }
    }
    h.file_size = at;
    put(&out, &h, sizeof(h));
    put(&out, table, n * sizeof(table[0]));
    for (uint32_t i = 0; i < n; i++) {
        struct block *b = &m->sections[table[i].type][table[i].index];
        static const char zeros[8];
        put(&out, b->data, b->len);
        put(&out, zeros, (8 - b->len % 8) % 8);
        free(b->data);
    }
    m->s->data = out.data;
    m->s->size = out.len;
}

void
sample_file_make(struct sample *s, struct sample_options options)
{
    struct maker m = {.s = s};
    make_labels(&m);
    make_regions(&m);
    make_pages(&m);
    for (uint32_t c = 0; c < SNAP_COLLECTIONS; c++) {
        make_values(&m, c);
        make_docs(&m, c);
        make_sorts(&m, c);
        make_grams(&m, c);
    }
    if (options.audience == SNAP_AUDIENCE_MEMBERS) {
        make_suggestions(&m);
    } else {
        make_records(&m);
    }
    put_together(&m, options);
}
