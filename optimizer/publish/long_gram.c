/*
 * long_gram.c: level by level.  A level is the texts as numbers: each place
 * where a frequent gram of n - 1 begins has its number, other places are
 * borders.  Two neighbours make a gram of n.
 */
#include "long_gram.h"

#include <stdlib.h>
#include <string.h>

#include "schema/fold.h"

enum { CODE_BITS = 21, CODE_MASK = (1 << CODE_BITS) - 1 };

struct level {
    const struct long_gram_input *input;
    struct posting_table *postings;
    uint64_t *first;  /* by document, and one behind: into numbers */
    uint32_t *numbers; /* of grams, SNAP_NONE: border; none twice */
    uint64_t numbers_n, numbers_cap;
    struct snap_gram *rows; /* of the long grams so far */
    uint32_t rows_n, rows_cap;
};

/* The grams of n in the making. */
struct round {
    struct gram_table table;
    uint32_t *ends; /* by number in the table: the gram of its last n - 1 */
    uint32_t ends_cap;
    uint32_t *order; /* numbers in the table, by key */
};

static const struct snap_gram *
row_of(const struct level *l, uint32_t gram)
{
    return gram < l->input->grams_n ? &l->input->grams[gram]
                                    : &l->rows[gram - l->input->grams_n];
}

static uint32_t
count_of(const struct level *l, uint32_t gram)
{
    return l->postings->rows[row_of(l, gram)->posting].count;
}

static void
put_number(struct level *l, uint64_t first, uint32_t number)
{
    bool border =
        l->numbers_n == first || l->numbers[l->numbers_n - 1] == SNAP_NONE;
    if (number == SNAP_NONE && border) {
        return;
    }
    if (l->numbers_n == l->numbers_cap) {
        l->numbers_cap = 2 * l->numbers_cap + 65536;
        l->numbers =
            xrealloc(l->numbers, l->numbers_cap, sizeof(*l->numbers));
    }
    l->numbers[l->numbers_n++] = number;
}

/* Frequent grams of three by a hash of their key. */
struct three {
    uint64_t *keys; /* 0: free */
    uint32_t *numbers;
    uint32_t mask;
};

static uint32_t
slot_of(const struct three *t, uint64_t key)
{
    uint32_t at = (uint32_t)((key * 0x9e3779b97f4a7c15u) >> 32) & t->mask;
    while (t->keys[at] != 0 && t->keys[at] != key) {
        at = (at + 1) & t->mask;
    }
    return at;
}

static void
three_init(struct three *t, const struct level *l)
{
    uint32_t slots = 1024;
    while (slots / 2 < l->input->grams_n && slots < 1u << 31) {
        slots *= 2;
    }
    t->mask = slots - 1;
    t->keys = xcalloc(slots, sizeof(*t->keys));
    t->numbers = xcalloc(slots, sizeof(*t->numbers));
    for (uint32_t i = 0; i < l->input->grams_n; i++) {
        uint64_t key = l->input->grams[i].key;
        if ((key & CODE_MASK) != 0 && count_of(l, i) > LONG_GRAM_DOCS) {
            uint32_t at = slot_of(t, key);
            t->keys[at] = key;
            t->numbers[at] = i;
        }
    }
}

static void
number_text(struct level *l, const struct three *t, const char *text,
    size_t len)
{
    const char *end = text + len;
    uint64_t key = 0, first = l->numbers_n;
    int run = 0; /* characters since a border */
    while (text < end) {
        uint64_t c = fold_next(&text, end);
        run = c == ' ' || c == '\n' ? 0 : run + 1;
        key = (key << CODE_BITS | c) & 0x7fffffffffffffffu;
        if (run == 0) {
            put_number(l, first, SNAP_NONE);
        } else if (run >= 3) {
            uint32_t at = slot_of(t, key);
            put_number(l, first, t->keys[at] != 0 ? t->numbers[at]
                                                  : SNAP_NONE);
        }
    }
}

static bool
number_texts(struct level *l)
{
    const struct long_gram_input *in = l->input;
    struct three three;
    three_init(&three, l);
    char *text = NULL;
    size_t cap = 0;
    bool ok = true;
    for (uint32_t doc = 0; ok && doc < in->docs_n; doc++) {
        struct snap_ref ref = in->docs[doc].text;
        l->first[doc] = l->numbers_n;
        if (ref.length > cap) {
            cap = 2 * (size_t)ref.length;
            text = xrealloc(text, cap, 1);
        }
        ok = snapshot_file_read(in->file, ref, text);
        if (ok) {
            number_text(l, &three, text, ref.length);
        }
    }
    l->first[in->docs_n] = l->numbers_n;
    free(text);
    free(three.keys);
    free(three.numbers);
    return ok;
}

/* Two neighbours become a gram: its number in the table takes its place. */
static void
pair_up(struct level *l, struct round *r)
{
    for (uint32_t doc = 0; doc < l->input->docs_n; doc++) {
        uint64_t end = l->first[doc + 1];
        for (uint64_t i = l->first[doc]; i < end; i++) {
            uint32_t next = i + 1 < end ? l->numbers[i + 1] : SNAP_NONE;
            if (l->numbers[i] == SNAP_NONE || next == SNAP_NONE) {
                l->numbers[i] = SNAP_NONE;
                continue;
            }
            uint64_t key = (uint64_t)l->numbers[i] << CODE_BITS |
                           (row_of(l, next)->key & CODE_MASK);
            uint32_t gram = gram_table_put(&r->table, key, doc);
            if (gram >= r->ends_cap) {
                r->ends_cap = 2 * gram + 4096;
                r->ends = xrealloc(r->ends, r->ends_cap, sizeof(*r->ends));
            }
            r->ends[gram] = next;
            l->numbers[i] = gram;
        }
    }
}

static const struct gram_table *sorting; /* qsort has no argument of its own */

static int
compare_keys(const void *a, const void *b)
{
    uint64_t x = gram_table_key(sorting, *(const uint32_t *)a);
    uint64_t y = gram_table_key(sorting, *(const uint32_t *)b);
    return (x > y) - (x < y);
}

static bool
post_gram(struct level *l, const struct round *r, uint32_t gram,
    uint32_t *docs, struct err *err)
{
    if (l->rows_n == l->rows_cap) {
        l->rows_cap = 2 * l->rows_cap + 4096;
        l->rows = xrealloc(l->rows, l->rows_cap, sizeof(*l->rows));
    }
    uint64_t key = gram_table_key(&r->table, gram);
    uint32_t n = gram_table_count(&r->table, gram);
    uint32_t begin = (uint32_t)(key >> CODE_BITS), end = r->ends[gram];
    struct snap_gram *row = &l->rows[l->rows_n];
    *row = (struct snap_gram){.key = key, .counts = SNAP_NONE};
    if (n == count_of(l, begin)) {
        row->posting = row_of(l, begin)->posting;
    } else if (n == count_of(l, end)) {
        row->posting = row_of(l, end)->posting;
    } else {
        gram_table_docs(&r->table, gram, docs);
        uint32_t form = posting_table_form(l->postings->docs_n, n);
        if (!posting_table_add(
                l->postings, docs, n, form, &row->posting, err)) {
            return false;
        }
    }
    l->rows_n++;
    return l->rows_n < SNAP_NONE / 2 - l->input->grams_n ||
           fail(err, ERR_INPUT, "snapshot: too many grams of text");
}

/* Places get the number of their row, the rare ones become borders. */
static void
renumber(struct level *l, const struct round *r, const uint32_t *number_of)
{
    uint64_t read = 0;
    l->numbers_n = 0;
    for (uint32_t doc = 0; doc < l->input->docs_n; doc++) {
        uint64_t first = l->numbers_n, end = l->first[doc + 1];
        l->first[doc] = first;
        for (; read < end; read++) {
            uint32_t gram = l->numbers[read];
            bool frequent =
                gram != SNAP_NONE &&
                gram_table_count(&r->table, gram) > LONG_GRAM_DOCS;
            put_number(l, first, frequent ? number_of[gram] : SNAP_NONE);
        }
    }
    l->first[l->input->docs_n] = l->numbers_n;
}

static bool
post_round(struct level *l, struct round *r, uint32_t *docs, struct err *err)
{
    uint32_t n = r->table.n;
    uint32_t *number_of = xcalloc(n + 1ull, sizeof(*number_of));
    r->order = xcalloc(n + 1ull, sizeof(*r->order));
    for (uint32_t i = 0; i < n; i++) {
        r->order[i] = i;
    }
    sorting = &r->table;
    qsort(r->order, n, sizeof(*r->order), compare_keys);
    bool ok = true;
    for (uint32_t i = 0; ok && i < n; i++) {
        number_of[r->order[i]] = l->input->grams_n + l->rows_n;
        ok = post_gram(l, r, r->order[i], docs, err);
    }
    if (ok) {
        renumber(l, r, number_of);
    }
    free(number_of);
    return ok;
}

bool
long_gram_post(const struct long_gram_input *input,
    struct posting_table *postings, struct snap_gram **rows, uint32_t *n,
    struct err *err)
{
    struct level l = {.input = input, .postings = postings};
    bool ok = true;
    if (input->docs_n > LONG_GRAM_DOCS) {
        l.first = xcalloc(input->docs_n + 1ull, sizeof(*l.first));
        uint32_t *docs = xcalloc(input->docs_n, sizeof(*docs));
        ok = number_texts(&l) ||
             fail(err, ERR_SYSTEM, "snapshot: cannot read a text again");
        for (uint32_t k = 4; ok && k <= SNAP_GRAM_MAX; k++) {
            struct round r = {0};
            pair_up(&l, &r);
            ok = post_round(&l, &r, docs, err);
            gram_table_release(&r.table);
            free(r.ends);
            free(r.order);
        }
        free(docs);
        free(l.first);
        free(l.numbers);
    }
    *rows = l.rows;
    *n = l.rows_n;
    return ok;
}
