/* search_words.c: words beside those of a text (search_words.h). */
#include "search_words.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/arena.h"
#include "optimizer/base/csv.h"
#include "optimizer/base/embed.h"
#include "schema/fold.h"

enum { ROWS_MAX = 256, WORDS_MAX = 1024, CHAINS = 256, WORD_BYTES = 100,
    FOLDED_BYTES = FOLD_GROWTH * WORD_BYTES + FOLD_SLACK };

struct word {
    const char *text;
    size_t len;
    int row, next; /* of its chain; -1: the last */
};

struct search_words {
    struct arena arena;
    struct word words[WORDS_MAX]; /* those that lead to their row */
    int words_n, rows_n;
    int chains[CHAINS]; /* by the first character; -1: none */
    const char *added[ROWS_MAX];
    size_t added_len[ROWS_MAX], room;
};

static int
chain_of(const char *p, const char *end)
{
    return (int)(fold_next(&p, end) % CHAINS);
}

static const char *
folded(struct search_words *words, const char *text, size_t len)
{
    char out[FOLDED_BYTES];
    int32_t work[FOLDED_BYTES];
    size_t n = 0, bad;
    int rc = len > WORD_BYTES ? -1
                              : fold_text(text, len, out, sizeof(out), &n,
                                    work, FOLDED_BYTES, &bad);
    return rc == 0 && n > 0 ? arena_bytes(&words->arena, out, n) : NULL;
}

/* The words of a cell, each behind a border of fields. */
static bool
take_cell(struct search_words *words, const char *cell, bool leads)
{
    int row = words->rows_n;
    for (size_t len; *cell != '\0'; cell += len + (cell[len] == ';')) {
        len = strcspn(cell, ";");
        const char *text = folded(words, cell, len);
        if (text == NULL || words->words_n == WORDS_MAX) {
            return false;
        }
        words->added[row] = arena_format(&words->arena, "%s\n%s",
            words->added[row], text);
        if (leads) {
            struct word *word = &words->words[words->words_n];
            *word = (struct word){.text = text, .len = strlen(text),
                .row = row};
            int chain = chain_of(text, text + word->len);
            word->next = words->chains[chain];
            words->chains[chain] = words->words_n++;
        }
    }
    return true;
}

static bool
take_row(struct search_words *words, struct csv *csv, struct err *err)
{
    int row = words->rows_n;
    if (row == ROWS_MAX || csv_count(csv) != 2) {
        return fail(err, ERR_INPUT, "%s:%ld: too many rows, or not two cells",
            csv_path(csv), csv_line(csv, 0));
    }
    words->added[row] = "";
    if (!take_cell(words, csv_text(csv, 0), true) ||
        !take_cell(words, csv_text(csv, 1), false)) {
        return fail(err, ERR_INPUT, "%s:%ld: a word cannot be taken",
            csv_path(csv), csv_line(csv, 0));
    }
    words->added_len[row] = strlen(words->added[row]);
    words->room += words->added_len[row];
    words->rows_n++;
    return true;
}

struct search_words *
search_words_open(struct err *err)
{
    const struct embed *file = embed_find("schema/data/search_words.csv");
    assert(file != NULL);
    struct search_words *words = xcalloc(1, sizeof(*words));
    for (int i = 0; i < CHAINS; i++) {
        words->chains[i] = -1;
    }
    struct csv *csv = csv_open_memory("search_words.csv", file->data,
        (size_t)(file->end - file->data));
    int got = csv_next(csv, err); /* the header */
    while (got == 1 && (got = csv_next(csv, err)) == 1) {
        got = take_row(words, csv, err) ? 1 : -1;
    }
    csv_close(csv);
    if (got != 0) {
        search_words_close(words);
        return NULL;
    }
    return words;
}

void
search_words_close(struct search_words *words)
{
    if (words != NULL) {
        arena_release(&words->arena);
        free(words);
    }
}

size_t
search_words_room(const struct search_words *words)
{
    return words->room;
}

size_t
search_words_add(const struct search_words *words, char *text, size_t len)
{
    bool found[ROWS_MAX] = {false};
    const char *end = text + len;
    for (const char *p = text; p < end; fold_next(&p, end)) {
        int at = words->chains[chain_of(p, end)];
        for (; at >= 0; at = words->words[at].next) {
            const struct word *word = &words->words[at];
            found[word->row] =
                found[word->row] || ((size_t)(end - p) >= word->len &&
                    memcmp(p, word->text, word->len) == 0);
        }
    }
    for (int row = 0; row < words->rows_n; row++) {
        if (found[row]) {
            memcpy(text + len, words->added[row], words->added_len[row]);
            len += words->added_len[row];
        }
    }
    return len;
}
