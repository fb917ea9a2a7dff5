/* test_long_gram.c: the long grams of made-up texts, against their rule. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/snapshot_unit.h"

#include "optimizer/publish/long_gram.h"
#include "schema/fold.h"

enum { DOCS = 3000, TEXT = 96 };

static char texts[DOCS][TEXT];

static uint32_t
next_random(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % below;
}

/* Many share a phrase of 13 letters; the rest is noise of few letters. */
static void
make_texts(void)
{
    static const char *const letters[] = {"ア", "イ", "ウ", "山", "a", " ",
        "\n"};
    uint32_t state = 7;
    for (uint32_t d = 0; d < DOCS; d++) {
        texts[d][0] = '\0';
        for (int i = 0; i < 8; i++) {
            strcat(texts[d], letters[next_random(&state, 7)]);
        }
        if (d % 4 != 0) {
            strcat(texts[d], "ドナタデモ参加デキマス");
            strcat(texts[d], d % 2 ? "ヨ" : "カ");
        }
        for (int i = 0; i < 4; i++) {
            strcat(texts[d], letters[next_random(&state, 7)]);
        }
    }
}

static uint32_t
docs_with(const char *text, uint32_t *docs)
{
    uint32_t n = 0;
    for (uint32_t d = 0; d < DOCS; d++) {
        if (strstr(texts[d], text) != NULL) {
            docs[n++] = d;
        }
    }
    return n;
}

/* Writes the texts' sections and maps them again; *s lives in bytes. */
static unsigned char *
make_sections(struct snap_collection *c)
{
    static struct snap_doc docs[DOCS];
    struct err err = {0};
    struct snapshot_file file;
    struct posting_table postings;
    struct gram_table table = {0};
    const char *path = unit_path();
    assert_true(snapshot_file_open(&file, path, &err));
    for (uint32_t d = 0; d < DOCS; d++) {
        size_t len = strlen(texts[d]);
        docs[d].text = snapshot_file_text(&file, texts[d], len);
        assert_true(gram_table_add(&table, d, texts[d], len, &err));
    }
    posting_table_init(&postings, &file, 0, DOCS);
    struct snap_gram *grams, *longer;
    *c = (struct snap_collection){.docs_n = DOCS};
    assert_true(gram_table_post(&table, &postings, &grams, &c->grams_n, &err));
    gram_table_release(&table);
    struct long_gram_input input = {&file, docs, DOCS, grams, c->grams_n};
    assert_true(
        long_gram_post(&input, &postings, &longer, &c->long_grams_n, &err));
    c->grams = grams;
    c->long_grams = longer;
    c->postings_n = postings.n;
    c->postings = malloc(postings.n * sizeof(*c->postings));
    memcpy((void *)(uintptr_t)c->postings, postings.rows,
        postings.n * sizeof(*c->postings));
    posting_table_release(&postings);
    fflush(file.stream);
    c->posting_bytes = file.table[1].length;
    unsigned char *data = malloc(c->posting_bytes);
    assert_int_equal(pread(fileno(file.stream), data, c->posting_bytes,
                         (off_t)file.table[1].offset),
        c->posting_bytes);
    c->posting_data = data;
    snapshot_file_abandon(&file);
    return data;
}

static uint32_t
gram_of(const struct snap_collection *c, const char *text, size_t len)
{
    const char *end = text + len;
    uint64_t key = 0;
    for (int i = 0; i < 3; i++) {
        key = key << 21 | fold_next(&text, end);
    }
    uint32_t gram = snap_gram_find(c, key);
    while (text < end && gram != SNAP_NONE) {
        gram = snap_gram_longer(c, gram, fold_next(&text, end));
    }
    return gram;
}

/* A gram of n letters: there if and only if it must be, and its documents. */
static bool
check_gram(const struct snap_collection *c, const char *text, size_t len,
    uint32_t letters)
{
    static uint32_t docs[DOCS];
    char whole[TEXT], begin[TEXT], end[TEXT];
    const char *last = text, *second = text;
    for (uint32_t i = 0; i + 1 < letters; i++) {
        fold_next(&last, text + len);
    }
    fold_next(&second, text + len);
    snprintf(whole, sizeof(whole), "%.*s", (int)len, text);
    snprintf(begin, sizeof(begin), "%.*s", (int)(last - text), text);
    snprintf(end, sizeof(end), "%.*s", (int)(text + len - second), second);
    bool wanted = docs_with(begin, docs) > LONG_GRAM_DOCS &&
                  docs_with(end, docs) > LONG_GRAM_DOCS;
    uint32_t gram = gram_of(c, text, len), n = docs_with(whole, docs), got_n;
    assert_true((gram != SNAP_NONE) == wanted);
    if (wanted) {
        const uint32_t *list;
        const uint64_t *words;
        uint32_t posting = snap_gram_posting(c, gram), got = 0;
        assert_int_equal(snap_posting_count(c, posting), n);
        snap_posting_get(c, posting, &list, &words, &got_n);
        for (uint32_t i = 0; i < n; i++) {
            got += list != NULL
                       ? list[i] == docs[i]
                       : (uint32_t)(words[docs[i] / 64] >> docs[i] % 64 & 1);
        }
        assert_int_equal(got, n);
    }
    return wanted;
}

static void
long_gram__is_there_where_both_its_parts_are_frequent(void **state)
{
    (void)state;
    struct snap_collection c;
    make_texts();
    unsigned char *data = make_sections(&c);
    uint32_t found[SNAP_GRAM_MAX + 1] = {0};
    for (uint32_t d = 0; d < 24; d++) { /* each has its like */
        for (const char *p = texts[d]; *p != '\0';) {
            const char *q = p, *end = p + strcspn(p, " \n");
            for (uint32_t n = 1; n <= SNAP_GRAM_MAX && q < end; n++) {
                fold_next(&q, end);
                if (n > 3) {
                    found[n] += check_gram(&c, p, (size_t)(q - p), n);
                }
            }
            fold_next(&p, p + strlen(p));
        }
    }
    for (uint32_t n = 4; n <= 12; n++) { /* the phrase's last is not shared */
        assert_true(found[n] > 10);
    }
    /* one phrase, one set: it has the posting of its beginning */
    static const char phrase[] = "タデモ参加デキ";
    assert_int_equal(snap_gram_posting(&c, gram_of(&c, phrase, 9)),
        snap_gram_posting(&c, gram_of(&c, phrase, sizeof(phrase) - 1)));
    free((void *)(uintptr_t)c.grams);
    free((void *)(uintptr_t)c.long_grams);
    free((void *)(uintptr_t)c.postings);
    free(data);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_gram__is_there_where_both_its_parts_are_frequent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
