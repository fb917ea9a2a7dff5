/* sample_file.c: sections in memory, put together at the end. */
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
        struct snap_region region = {.parent = m->s->parent[r],
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
                            "\x02\x07<a href=\"\x02\x08\">\x02\x06</html>",
        [SNAP_PAGE_SEARCH] = "<form>\x02\x0a\x02\x0b</form>",
        [SNAP_PAGE_LIST] = "<input value=\"\x02\x09\">\x02\x0c\x02\x0d"
                           "\x02\x0e\x02\x0f\x02\x10\x02\x11\x02\x12",
        [SNAP_PAGE_DETAIL] = "<main>\x02\x13</main>",
        [SNAP_PAGE_SUGGESTIONS] = "\x02\x19<ol>\x02\x10</ol>",
        [SNAP_PAGE_ABOUT_ORDER] = "<h1>order \x02\x16 \x02\x17</h1>",
        [SNAP_PAGE_REGIONS_JSON] = "{\"regions\":[]}",
        [SNAP_PAGE_ERROR] = "<p>\x02\x14</p>",
        [SNAP_PAGE_CSS] = "body{}",
        [SNAP_PAGE_EMPTY] = "<p>none</p>",
    };
    for (uint32_t p = 0; p < SNAP_PAGES; p++) {
        struct snap_ref ref = text(m, pages[p] ? pages[p] : "");
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
            .parent = SNAP_NONE};
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
}

static int
compare_ids(const void *a, const void *b)
{
    const struct snap_doc_id *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static void
make_docs(struct maker *m, uint32_t c)
{
    const struct sample_side *side = &m->s->sides[c];
    struct block *values = &m->sections[SNAP_SEC_DOC_VALUES][c];
    struct block *ids = &m->sections[SNAP_SEC_DOC_IDS][c];
    for (uint32_t d = 0; d < side->docs_n; d++) {
        const struct sample_doc *doc = &side->docs[d];
        struct snap_doc out = {.id = doc->id, .values = values->len / 4,
            .confirmed_on = doc->confirmed_on, .cost_max_yen = doc->cost};
        for (uint32_t v = 0; v < m->s->values_n; v++) {
            if (doc->has[v]) {
                put(values, &v, sizeof(v));
                out.values_n++;
            }
        }
        char line[64];
        out.text = text(m, doc->text);
        snprintf(line, sizeof(line), "<li>%u \x02\x01\x02\x03</li>", doc->id);
        out.card = text(m, line);
        snprintf(line, sizeof(line), "<h1>%u</h1>", doc->id);
        out.detail = text(m, line);
        snprintf(line, sizeof(line), "{\"id\":%u}", doc->id);
        out.item = out.item_detail = text(m, line);
        out.title = text(m, "title");
        put(&m->sections[SNAP_SEC_DOCS][c], &out, sizeof(out));
        struct snap_doc_id id = {doc->id, d};
        put(ids, &id, sizeof(id));
    }
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

static void
make_grams(struct maker *m, uint32_t c)
{
    const struct sample_side *side = &m->s->sides[c];
    struct block hits = {0};
    for (uint32_t d = 0; d < side->docs_n; d++) {
        uint32_t letters[SAMPLE_TEXT], n = 0;
        const char *p = side->docs[d].text, *end = p + strlen(p);
        while (p < end) {
            letters[n++] = fold_next(&p, end);
        }
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
    size_t n = hits.len / sizeof(struct hit);
    struct hit *h = (struct hit *)(void *)hits.data;
    uint32_t *docs = calloc(side->docs_n + 1, sizeof(*docs));
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
        put(&m->sections[SNAP_SEC_GRAMS][c], &gram, sizeof(gram));
    }
    free(docs);
    free(hits.data);
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
                .chosen = i == 0, .html = text(m, "<li>s</li>"),
                .json = text(m, "{\"s\":1}")};
            put(&m->sections[SNAP_SEC_SUGGESTIONS][0], &g, sizeof(g));
            m->s->suggestions_n++;
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
        make_grams(&m, c);
    }
    if (options.audience == SNAP_AUDIENCE_MEMBERS) {
        make_suggestions(&m);
    }
    put_together(&m, options);
}
