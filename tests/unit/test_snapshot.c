/*
 * test_snapshot.c: schema/snapshot*.c on a small file, whole and broken.
 * Over 400 lines: one fixture, a flaw of each section.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/unit.h"

#include "optimizer/publish/snapshot_file.h"

/* Three documents, two regions, one tag; needs are empty. */
static unsigned char *whole;
static size_t whole_n;
static struct snap_ref cards[3 * SNAP_LANGS], links[3 * SNAP_LANGS];

static struct snap_ref
text(struct snapshot_file *f, const char *s)
{
    return snapshot_file_text(f, s, strlen(s));
}

static void
put_collection(struct snapshot_file *f, uint32_t c, const struct snap_doc *docs,
    uint32_t docs_n, struct snap_value *values,
    const struct snap_value_text *value_texts)
{
    static const struct snap_doc_id ids[3] = {{7, 1}, {9, 2}, {12, 0}};
    static const struct snap_facet facets[SNAP_FACETS] = {
        {0, 2}, {2, 0}, {2, 0}, {2, 0}, {2, 1}, {3, 0}, {3, 0}, {3, 0}};
    static const uint32_t value_ids[3] = {0, 1, 2};
    static const uint32_t doc_values[1] = {2}; /* the tag has no column */
    static const uint64_t rows[3][4] = {{3}, {1}, {3}};
    static const uint32_t columns[2] = {0, 1};
    static const uint32_t pairs[6] = {3, 2, 1, 2, 2, 1};
    static const uint32_t no_pairs[6] = {0};
    static const uint32_t sorts[6] = {0, 1, 2, 0, 1, 2};
    struct snap_posting postings[4] = {{0, 3, SNAP_FORM_BITSET},
        {8, 2, SNAP_FORM_LIST}, {16, 1, SNAP_FORM_LIST},
        {24, 0, SNAP_FORM_LIST}};
    static const struct snap_gram longer[1] = {
        {(uint64_t)2 << 21 | (uint64_t)'d', 2, SNAP_NONE}};
    static const struct {
        uint64_t all;
        uint32_t list[4];
    } data = {7, {0, 2, 0, 0}};
    static const struct snap_gram grams[3] = {{(uint64_t)'a' << 42, 2, 0},
        {(uint64_t)'a' << 42 | (uint64_t)'b' << 21, 2, SNAP_NONE},
        {(uint64_t)'a' << 42 | (uint64_t)'b' << 21 | 'c', 2, 1}};
    static const uint32_t gram_counts[4] = {1, 1, 1, 1};
    static const struct snap_order orders[2] = {{0, 3, 0}, {3, 2, 0}};
    static const uint32_t order_data[5] = {2, 0, 1, 2, 0};
    static const struct snap_order none[2] = {{0, 0, 0}, {0, 0, 0}};
    if (docs_n == 0) {
        for (int i = 0; i < 3; i++) {
            values[i].posting = 0;
            values[i].count = 0;
        }
        postings[0] = postings[3];
        postings[0].offset = 0;
    }
    snapshot_file_section(f, SNAP_SEC_DOCS, c, docs, docs_n);
    snapshot_file_section(f, SNAP_SEC_DOC_IDS, c, ids, docs_n);
    snapshot_file_section(f, SNAP_SEC_FACETS, c, facets, SNAP_FACETS);
    snapshot_file_section(f, SNAP_SEC_VALUES, c, values, 3);
    snapshot_file_section(f, SNAP_SEC_VALUE_IDS, c, value_ids, 3);
    snapshot_file_section(
        f, SNAP_SEC_DOC_VALUES, c, doc_values, docs_n ? 1 : 0);
    snapshot_file_section(f, SNAP_SEC_ROWS, c, rows, docs_n * 4);
    snapshot_file_section(f, SNAP_SEC_COLUMNS, c, columns, 2);
    snapshot_file_section(f, SNAP_SEC_PAIRS, c, docs_n ? pairs : no_pairs, 6);
    snapshot_file_section(f, SNAP_SEC_SORTS, c, sorts, docs_n * SNAP_SORTS);
    snapshot_file_section(f, SNAP_SEC_VALUE_TEXTS, c, value_texts,
        3 * SNAP_LANGS);
    snapshot_file_section(f, SNAP_SEC_VALUE_LINKS, c, links, 3 * SNAP_LANGS);
    snapshot_file_section(f, SNAP_SEC_CARDS, c, cards, docs_n * SNAP_LANGS);
    snapshot_file_section(f, SNAP_SEC_POSTINGS, c, postings, docs_n ? 4 : 1);
    snapshot_file_section(
        f, SNAP_SEC_POSTING_DATA, c, &data, docs_n ? sizeof(data) : 0);
    snapshot_file_section(f, SNAP_SEC_GRAMS, c, grams, docs_n ? 3 : 0);
    snapshot_file_section(f, SNAP_SEC_LONG_GRAMS, c, longer, docs_n ? 1 : 0);
    snapshot_file_section(
        f, SNAP_SEC_GRAM_COUNTS, c, gram_counts, docs_n ? 4 : 0);
    snapshot_file_section(f, SNAP_SEC_ORDERS, c, docs_n ? orders : none, 2);
    snapshot_file_section(
        f, SNAP_SEC_ORDER_DATA, c, order_data, docs_n ? 5 : 0);
}

static void
make_file(const char *path)
{
    struct snapshot_file f;
    struct err err = {0};
    assert_true(snapshot_file_open(&f, path, &err));
    struct snap_label labels[SNAP_LABELS + 2];
    memset(labels, 0, sizeof(labels));
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        labels[SNAP_LABELS].html[lang] = text(&f, "神奈川県&amp;");
        labels[SNAP_LABELS].json[lang] = text(&f, "神奈川県&");
        labels[SNAP_LABELS + 1].html[lang] = text(&f, "座間市");
    }
    struct snap_ref pages[SNAP_LANGS * SNAP_PAGES] = {0};
    pages[SNAP_PAGE_FRAME] = snapshot_file_text(&f,
        "\x03\x20\x06\x00<p>"  /* slot 6 */
        "\x00\x10\x30\x00"     /* label 48 */
        "\x04\x00\x00\x00</p>", 19);
    struct snap_doc docs[3];
    memset(docs, 0, sizeof(docs));
    static const uint32_t ids[3] = {12, 7, 9};
    for (int i = 0; i < 3; i++) {
        docs[i].id = ids[i];
        docs[i].values = i == 0 ? 0 : 1;
        docs[i].values_n = i == 0;
        docs[i].text = text(&f, "ab");
        docs[i].confirmed_on = 20261121;
        docs[i].cost_max_yen = SNAP_NONE;
    }
    for (uint32_t i = 0; i < 3 * SNAP_LANGS; i++) {
        cards[i] = snapshot_file_text(
            &f, "\x04\x10\x31\x00<li>\x05\x00\x00\x00</li>", 17);
    }
    struct snap_value values[3] = {
        {text(&f, "140007"), SNAP_LABELS, SNAP_NONE, 0, 3, 0, 0},
        {text(&f, "142166"), SNAP_LABELS + 1, 0, 1, 2, 1, 0},
        {text(&f, "料理"), SNAP_NONE, SNAP_NONE, 2, 1, SNAP_NONE, 0}};
    struct snap_value_text value_texts[3 * SNAP_LANGS];
    memset(value_texts, 0, sizeof(value_texts));
    for (uint32_t i = 0; i < 3 * SNAP_LANGS; i++) {
        value_texts[i].option = text(&f, "<option>x</option>");
        value_texts[i].option_cut = 7;
    }
    for (uint32_t i = 0; i < 3 * SNAP_LANGS; i++) {
        links[i] = text(&f, "kind=x\">x <b>");
    }
    struct snap_region regions[2] = {
        {"140007", SNAP_NONE, SNAP_LEVEL_PREFECTURE, SNAP_LABELS, 0, 0, 0, 0,
            1},
        {"142166", 0, SNAP_LEVEL_MUNICIPALITY, SNAP_LABELS + 1, 35488000,
            139407000, 0, 1, 1}};
    struct snap_region_id region_ids[2] = {{"140007", 0, 0}, {"142166", 1, 0}};
    uint32_t neighbours[1] = {0};
    struct snap_suggestion none;
    snapshot_file_section(&f, SNAP_SEC_LABELS, 0, labels, SNAP_LABELS + 2);
    snapshot_file_section(&f, SNAP_SEC_REGIONS, 0, regions, 2);
    snapshot_file_section(&f, SNAP_SEC_REGION_IDS, 0, region_ids, 2);
    snapshot_file_section(&f, SNAP_SEC_NEIGHBOURS, 0, neighbours, 1);
    snapshot_file_section(
        &f, SNAP_SEC_PAGES, 0, pages, SNAP_LANGS * SNAP_PAGES);
    put_collection(&f, SNAP_RESOURCES, docs, 3, values, value_texts);
    for (uint32_t c = SNAP_NEEDS; c < SNAP_COLLECTIONS; c++) {
        put_collection(&f, c, docs, 0, values, value_texts);
    }
    snapshot_file_section(&f, SNAP_SEC_SUGGESTIONS, 0, &none, 0);
    snapshot_file_section(&f, SNAP_SEC_RECORDS, 0, &none, 0);
    struct snap_header header = {.run_id = 12, .plan_date = 20261121};
    assert_true(snapshot_file_close(&f, &header, &err));
}

static int
setup(void **state)
{
    (void)state;
    char path[] = "/tmp/test_snapshot.XXXXXX";
    int fd = mkstemp(path);
    close(fd);
    unlink(path);
    make_file(path);
    FILE *in = fopen(path, "r");
    whole = malloc(1 << 20);
    whole_n = fread(whole, 1, 1 << 20, in);
    fclose(in);
    unlink(path);
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    free(whole);
    return 0;
}

static uint64_t seen; /* so that no read is optimised away */

static void
see(struct snap_span span)
{
    for (uint32_t i = 0; i < span.length; i++) {
        seen += span.data[i];
    }
}

static void
see_list(const uint32_t *list, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        seen += list[i];
    }
}

static void
read_collection(const struct snap *s, const struct snap_collection *c)
{
    uint32_t n;
    for (uint32_t d = 0; d < c->docs_n; d++) {
        see(snap_bytes(s, c->docs[d].text));
        for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
            see(snap_bytes(s, *snap_card(c, d, lang)));
        }
        const uint32_t *values = snap_doc_values(c, d, &n);
        see_list(values, n);
    }
    for (uint32_t p = 0; p < c->postings_n + 2; p++) {
        const uint32_t *list;
        const uint64_t *words;
        snap_posting_get(c, p, &list, &words, &n);
        for (uint32_t i = 0; i < n; i++) {
            seen += list != NULL ? list[i] : words[i];
        }
    }
    for (uint32_t r = 0; r < c->orders_n + 2; r++) {
        const uint32_t *order = snap_order_get(c, r, &n);
        see_list(order, n);
    }
    see_list(c->columns, c->columns_n);
    see_list(c->pairs, c->columns_n * c->values_n);
    see_list(c->sorts, c->docs_n * SNAP_SORTS);
    for (uint32_t i = 0; i < c->docs_n * c->row_words; i++) {
        seen += c->rows[i];
    }
    for (uint32_t v = 0; v < c->values_n; v++) {
        see(snap_bytes(s, c->value_texts[v].option));
        see(snap_bytes(s, c->value_links[v]));
    }
    uint32_t gram = snap_gram_find(
        c, (uint64_t)'a' << 42 | (uint64_t)'b' << 21 | 'c');
    gram = snap_gram_longer(c, gram, 'd');
    seen += snap_gram_posting(c, gram);
    seen += snap_posting_count(c, snap_gram_posting(c, gram));
    for (uint32_t f = 0; f < SNAP_FACETS + 1; f++) {
        uint32_t v = snap_value_find(s, c, f, "142166", 6);
        assert_true(v == SNAP_NONE || v < c->values_n);
    }
    uint32_t doc = snap_doc_find(c, 9);
    assert_true(doc == SNAP_NONE || doc < c->docs_n);
    seen += snap_gram_find(c, (uint64_t)'a' << 42);
}

/* Everything a reader can ask for; only wild reads matter here. */
static void
read_all(const struct snap *s)
{
    for (uint32_t i = 0; i < s->labels_n + 2; i++) {
        for (uint32_t lang = 0; lang < SNAP_LANGS + 1; lang++) {
            see(snap_label_html(s, i, lang));
            see(snap_label_json(s, i, lang));
        }
    }
    for (uint32_t i = 0; i < SNAP_LANGS * SNAP_PAGES; i++) {
        struct snap_span rest = snap_bytes(s, s->pages[i]);
        struct snap_run run;
        while (snap_run_next(&rest, &run)) {
            see(run.text);
        }
    }
    uint32_t region = snap_region_find(s, "142166", 6);
    assert_true(region == SNAP_NONE || region < s->regions_n);
    for (uint32_t r = 0; r < s->regions_n + 2; r++) {
        uint32_t n;
        const uint32_t *near = snap_region_neighbours(s, r, &n);
        see_list(near, n);
    }
    read_collection(s, &s->collections[0]);
    read_collection(s, &s->collections[1]);
}

static void
snap__whole_file_opens_verifies_and_answers(void **state)
{
    (void)state;
    struct snap s;
    assert_null(snap_open(&s, whole, whole_n));
    const char *reason = snap_verify(&s, whole_n);
    assert_string_equal(reason != NULL ? reason : "", "");
    read_all(&s);
    assert_int_equal(s.header->generation >> 32, 12);
    assert_int_equal(snap_region_find(&s, "142166", 6), 1);
    assert_int_equal(snap_region_find(&s, "14216", 5), 1);
    assert_int_equal(snap_region_find(&s, "142167", 6), SNAP_NONE);
    assert_int_equal(snap_region_find(&s, "1421", 4), SNAP_NONE);
    assert_int_equal(snap_region_find(&s, "A14-0", 5), SNAP_NONE);
    const struct snap_collection *c = &s.collections[SNAP_RESOURCES];
    assert_int_equal(snap_doc_find(c, 9), 2);
    assert_int_equal(snap_doc_find(c, 10), SNAP_NONE);
    assert_int_equal(
        snap_value_find(&s, c, SNAP_FACET_TAG, "料理", strlen("料理")), 2);
    assert_int_equal(
        snap_value_find(&s, c, SNAP_FACET_TAG, "料", 3), SNAP_NONE);
    assert_int_equal(snap_value_find(&s, c, SNAP_FACET_REGION, "142166", 6), 1);
    assert_int_equal(snap_gram_find(c, (uint64_t)'a' << 42), 0);
    uint32_t abc =
        snap_gram_find(c, (uint64_t)'a' << 42 | (uint64_t)'b' << 21 | 'c');
    assert_int_equal(abc, 2);
    assert_int_equal(snap_gram_longer(c, abc, 'd'), 3);
    assert_int_equal(snap_gram_longer(c, abc, 'e'), SNAP_NONE);
    assert_int_equal(snap_gram_longer(c, SNAP_NONE, 'd'), SNAP_NONE);
    assert_int_equal(snap_gram_posting(c, 3), 2);
    assert_int_equal(snap_gram_posting(c, 4), SNAP_NONE);
    assert_int_equal(snap_gram_posting(c, SNAP_NONE), SNAP_NONE);
    assert_ptr_equal(snap_gram_counts(c, 0), c->gram_counts);
    assert_ptr_equal(snap_gram_counts(c, 2), c->gram_counts + 2);
    assert_null(snap_gram_counts(c, 1));
    assert_null(snap_gram_counts(c, 4));
    assert_null(snap_gram_counts(c, SNAP_NONE));
    assert_int_equal(snap_gram_find(c, (uint64_t)'b' << 42), SNAP_NONE);
    struct snap_span label = snap_label_html(&s, SNAP_LABELS, SNAP_LANG_EN);
    assert_memory_equal(label.data, "神奈川県&amp;", label.length);
}

/* Copies of exactly n bytes, so that a read past the end is seen. */
static unsigned char *
copy_of(size_t n)
{
    unsigned char *copy = malloc(n > 0 ? n : 1);
    memcpy(copy, whole, n);
    return copy;
}

/* Lists may lie over each other: who writes a file that is in order but for
 * lengths could have each document, and each region, name all there is. */
static void
snap__lists_longer_than_what_they_name_are_none(void **state)
{
    (void)state;
    static const uint32_t data[100];
    const struct snap_order orders[2] = {{.count = 3}, {.count = 4}};
    const struct snap_doc docs[3] = {{.values_n = 2}, {.values_n = 5}};
    const struct snap_region regions[2] = {
        {.neighbours_n = 2}, {.neighbours_n = 3}};
    const struct snap_collection c = {.docs = docs, .docs_n = 3,
        .values_n = 4, .doc_values = data, .doc_values_n = 100,
        .orders = orders, .orders_n = 2, .order_data = data,
        .order_data_n = 100};
    const struct snap s = {.regions = regions, .regions_n = 2,
        .neighbours = data, .neighbours_n = 100};
    uint32_t n;
    assert_non_null(snap_order_get(&c, 0, &n));
    assert_null(snap_order_get(&c, 1, &n));
    assert_int_equal(n, 0);
    assert_non_null(snap_doc_values(&c, 0, &n));
    assert_null(snap_doc_values(&c, 1, &n));
    assert_int_equal(n, 0);
    assert_non_null(snap_region_neighbours(&s, 0, &n));
    assert_null(snap_region_neighbours(&s, 1, &n));
    assert_int_equal(n, 0);
}

static void
snap__truncation_at_every_byte_is_refused(void **state)
{
    (void)state;
    for (size_t n = 0; n < whole_n; n++) {
        unsigned char *copy = copy_of(n);
        struct snap s;
        assert_non_null(snap_open(&s, copy, n));
        if (n >= sizeof(struct snap_header)) { /* a header that agrees */
            ((struct snap_header *)copy)->file_size = n;
            if (snap_open(&s, copy, n) == NULL) {
                read_all(&s);
                assert_non_null(snap_verify(&s, n));
            }
        }
        free(copy);
    }
}

static void
snap__every_wrong_byte_is_refused_or_harmless(void **state)
{
    (void)state;
    static const unsigned char flips[] = {0x01, 0x80, 0xFF, 0x7F, 0x10};
    const size_t stride = (size_t)unit_stride();
    size_t opened = 0;
    for (size_t at = 0; at < whole_n; at += stride) {
        for (size_t i = 0; i < sizeof(flips); i++) {
            unsigned char *copy = copy_of(whole_n);
            copy[at] ^= flips[i];
            struct snap s;
            if (snap_open(&s, copy, whole_n) == NULL) {
                read_all(&s);
                assert_non_null(snap_verify(&s, whole_n));
                opened++;
            }
            free(copy);
        }
    }
    assert_true(opened > whole_n / stride); /* most of it is data: the CRC's part */
}

/* With a CRC that is made to fit, the other checks stand alone. */
static const char *
verify_forged(size_t at, const void *bytes, size_t n)
{
    unsigned char *copy = copy_of(whole_n);
    memcpy(copy + at, bytes, n);
    struct snap_header *h = (void *)copy;
    size_t rest = whole_n - sizeof(*h);
    uint32_t crc = snap_crc32(0, copy + sizeof(*h), rest);
    h->generation = (uint64_t)h->run_id << 32 | crc;
    h->crc32 = 0;
    h->crc32 = snap_crc32(0, copy, whole_n);
    struct snap s;
    const char *reason = snap_open(&s, copy, whole_n);
    reason = reason != NULL ? reason : snap_verify(&s, whole_n);
    free(copy);
    return reason;
}

static size_t
offset_of(const struct snap *s, const void *p)
{
    return (
        size_t)((const unsigned char *)p - (const unsigned char *)s->header);
}

static void
snap_verify__names_what_disagrees_under_a_right_checksum(void **state)
{
    (void)state;
    struct snap s;
    assert_null(snap_open(&s, whole, whole_n));
    const struct snap_collection *c = &s.collections[SNAP_RESOURCES];
    uint32_t bad = 0x01000000, zero = 0, one = 1, three = 3;
    assert_null(verify_forged(0, whole, 8)); /* nothing changed */
    assert_string_equal(
        verify_forged(offset_of(&s, &s.regions[1].parent), &one, 4),
        "region has a wrong level, label or parent");
    assert_string_equal(verify_forged(offset_of(&s, &s.neighbours[0]), &bad, 4),
        "neighbour is no region");
    assert_string_equal(
        verify_forged(offset_of(&s, &s.labels[0].json[2].length), &bad, 4),
        "label has a wrong text");
    struct snap_span page = snap_bytes(&s, s.pages[SNAP_PAGE_FRAME]);
    const struct {
        size_t at;
        const char *byte;
    } wrong[] = {{2, "\x77"}, /* a slot that is none */
        {2, "\x00"},          /* nor is that */
        {9, "\x77"},          /* a label that is none */
        {13, "\x01"},         /* text has no number */
        {1, "\x30"},          /* a kind that is none */
        {11, "\x05"},         /* a run past the end */
        {11, "\x03"},         /* a head cut short */
        {4, "\xE3"}};         /* not UTF-8 */
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        assert_string_equal(verify_forged(offset_of(&s, page.data + wrong[i].at),
                                wrong[i].byte, 1),
            "page has a wrong fragment");
    }
    uint32_t beyond = 90000001;
    assert_string_equal(
        verify_forged(offset_of(&s, &c->docs[1].lat_e6), &beyond, 4),
        "document has a wrong place");
    uint32_t two = 2;
    assert_string_equal(
        verify_forged(
            offset_of(&s, &snap_card(c, 2, SNAP_LANG_EN)->offset), &one, 4),
        "document has a wrong card"); /* begins within a head */
    assert_string_equal(
        verify_forged(
            offset_of(&s, &snap_card(c, 0, SNAP_LANG_JA)->length), &bad, 4),
        "document has a wrong card");
    assert_string_equal(verify_forged(offset_of(&s, &c->doc_values[0]), &one, 4),
        "document's values are out of order"); /* it has a column */
    assert_string_equal(verify_forged(offset_of(&s, &c->columns[1]), &zero, 4),
        "columns are out of order");
    assert_string_equal(
        verify_forged(offset_of(&s, &c->values[1].column), &two, 4),
        "columns are out of order");
    assert_string_equal(verify_forged(offset_of(&s, &c->rows[4]), "\x03", 1),
        "values and documents disagree");
    assert_string_equal(verify_forged(offset_of(&s, &c->rows[8]), "\x01", 1),
        "values and documents disagree in number");
    assert_string_equal(verify_forged(offset_of(&s, &c->rows[0]), "\x07", 1),
        "values and documents disagree"); /* a column that is none */
    assert_string_equal(verify_forged(offset_of(&s, &c->pairs[1]), &one, 4),
        "pair has a wrong count");
    assert_string_equal(verify_forged(offset_of(&s, &c->sorts[1]), &zero, 4),
        "sort is out of order");
    assert_string_equal(verify_forged(offset_of(&s, &c->sorts[5]), &bad, 4),
        "sort has a document that is none");
    uint64_t from = (uint64_t)3 << 21 | 'd', short_gram = 1 << 21 | 'c';
    assert_string_equal(
        verify_forged(offset_of(&s, &c->long_grams[0].key), &from, 8),
        "long grams are out of order"); /* goes on from itself */
    assert_string_equal(
        verify_forged(offset_of(&s, &c->long_grams[0].key), &short_gram, 8),
        "long grams are out of order"); /* from a gram of two */
    assert_string_equal(
        verify_forged(offset_of(&s, &c->long_grams[0].posting), &bad, 4),
        "long grams are out of order");
    assert_string_equal(
        verify_forged(
            offset_of(&s, &snap_value_texts(c, 2)[1].option.offset), &one, 4),
        "value has a wrong text"); /* not behind the one before it */
    assert_string_equal(
        verify_forged(offset_of(&s, &c->value_texts[1].option_cut), &bad, 4),
        "value has a wrong text");
    assert_string_equal(
        verify_forged(offset_of(&s, &c->value_links[4].offset), &bad, 4),
        "value has a wrong text");
    assert_string_equal(verify_forged(offset_of(&s, &c->ids[0].doc), &bad, 4),
        "document ids are out of order");
    assert_string_equal(
        verify_forged(offset_of(&s, &c->postings[1].count), &three, 4),
        "posting is out of order");
    assert_string_equal(
        verify_forged(offset_of(&s, c->posting_data), "\x0F", 1),
        "posting has documents that are none");
    assert_string_equal(
        verify_forged(offset_of(&s, &c->values[1].parent), &one, 4),
        "value has a wrong parent");
    assert_string_equal(
        verify_forged(offset_of(&s, c->posting_data + 12), "\x01", 1),
        "values and documents disagree");
    assert_string_equal(
        verify_forged(offset_of(&s, &c->order_data[1]), &one, 4),
        "order of a region has a document twice");
    assert_string_equal(
        verify_forged(offset_of(&s, &c->order_data[3]), &one, 4),
        "order of a region has a foreign document");
    assert_string_equal(
        verify_forged(offset_of(&s, &c->gram_counts[3]), &two, 4),
        "gram has a wrong count");
    assert_string_equal(
        verify_forged(offset_of(&s, &c->grams[2].counts), &zero, 4),
        "counts of grams are out of order"); /* a row of two grams */
    assert_string_equal(
        verify_forged(offset_of(&s, &c->grams[2].counts), &two, 4),
        "counts of grams are out of order"); /* of no row */
    uint32_t none = SNAP_NONE;
    assert_string_equal(
        verify_forged(offset_of(&s, &c->grams[2].counts), &none, 4),
        "spare counts of grams");
    uint64_t key = 1;
    assert_string_equal(verify_forged(offset_of(&s, &c->grams[0].key), &key, 8),
        "grams are out of order");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(snap__whole_file_opens_verifies_and_answers),
        cmocka_unit_test(snap__lists_longer_than_what_they_name_are_none),
        cmocka_unit_test(snap__truncation_at_every_byte_is_refused),
        cmocka_unit_test(snap__every_wrong_byte_is_refused_or_harmless),
        cmocka_unit_test(
            snap_verify__names_what_disagrees_under_a_right_checksum),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
