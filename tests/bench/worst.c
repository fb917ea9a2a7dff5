/*
 * worst.c: the dearest query that a search over shapes of queries finds.
 *
 *   worst SNAPSHOT TRIES
 *
 * Parts: values of every facet (the broadest, and those nearest half of the
 * documents, which is the farthest from all that is counted beforehand; up
 * to as many as may be asked for), letters and grams of the texts likewise,
 * long phrases that many share (so that texts must be read), every sort, the
 * first, a middle and the last page, cards, rows, languages.  TRIES
 * random combinations of them (seeded), HTML and JSON, are answered once;
 * the dearest few again, the least of nine counts.  Prints microseconds of
 * CPU in the module, without nginx, the least, the median and the most of
 * nine, and the query.
 */
#include "asked.h"

#include <stdlib.h>
#include <string.h>

#include "schema/fold.h"

enum {
    PARTS = 96,
    ARGS = 16384,
    KEPT = 40,
    LONGEST = 48,
    TAKEN = 12,
    TIMES = 9
};

static struct asked asked;
static const struct snap_collection *c;
static char facets[SNAP_FACETS][PARTS][64], words[PARTS][512];
static uint32_t facets_n[SNAP_FACETS], words_n, letters[PARTS];

static uint32_t
next_random(uint32_t below)
{
    static uint32_t state = 20261121;
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % below;
}

static void
put_escaped(char *out, const char *text, size_t len)
{
    out += strlen(out);
    for (size_t i = 0; i < len; i++) {
        out += sprintf(out, "%%%02X", (unsigned char)text[i]);
    }
}

static uint32_t
far_from(uint32_t count, uint32_t goal)
{
    return count > goal ? count - goal : goal - count;
}

/* Of each facet: the broadest values, and those nearest half. */
static void
take_facet(uint32_t f)
{
    uint32_t n, first = ngx_tsunagari_facet(c, f, &n);
    for (int pass = 0; pass < 2; pass++) {
        uint32_t goal = pass == 0 ? c->docs_n : c->docs_n / 2;
        uint32_t taken[TAKEN], taken_n = 0;
        while (taken_n < TAKEN && taken_n < n) {
            uint32_t best = SNAP_NONE;
            for (uint32_t v = first; v < first + n; v++) {
                bool known = false;
                for (uint32_t i = 0; i < taken_n; i++) {
                    known = known || taken[i] == v;
                }
                if (!known && (best == SNAP_NONE ||
                                  far_from(c->values[v].count, goal) <
                                      far_from(c->values[best].count, goal))) {
                    best = v;
                }
            }
            taken[taken_n++] = best;
            char *out = facets[f][facets_n[f]++];
            struct snap_span code =
                snap_bytes(&asked.snap, c->values[best].code);
            snprintf(out, 64, "&%s=",
                (const char *)ngx_tsunagari_facet_name[f].data);
            if (code.length * 3 + strlen(out) < 64) {
                put_escaped(out, (const char *)code.data, code.length);
            } else {
                facets_n[f]--;
            }
        }
    }
}

static size_t
put_code(char *out, uint32_t c32)
{
    size_t n = c32 < 0x80 ? 1 : c32 < 0x800 ? 2 : c32 < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n; i-- > 1; c32 >>= 6) {
        out[i] = (char)(0x80 | (c32 & 0x3F));
    }
    out[0] = (char)(lead[n] | c32);
    return n;
}

/* The grams of that length that are broadest, and nearest half. */
static void
take_grams(uint32_t length)
{
    for (uint32_t goal = c->docs_n; goal > 0;
         goal = goal == c->docs_n ? c->docs_n / 2 : 0) {
        uint32_t last = SNAP_NONE;
        for (int i = 0; i < 3; i++) {
            uint32_t best = SNAP_NONE, best_far = SNAP_NONE;
            for (uint32_t g = 0; g < c->grams_n; g++) {
                uint64_t key = c->grams[g].key, mask = (1u << 21) - 1;
                uint32_t n = (key & mask) ? 3 : (key >> 21 & mask) ? 2 : 1;
                uint32_t away = far_from(
                    snap_posting_count(c, c->grams[g].posting), goal);
                if (n == length && away < best_far &&
                    (last == SNAP_NONE ||
                        away > far_from(snap_posting_count(c,
                                            c->grams[last].posting),
                                   goal))) {
                    best = g;
                    best_far = away;
                }
            }
            if (best == SNAP_NONE || words_n == PARTS) {
                return;
            }
            last = best;
            char text[16];
            size_t len = 0;
            for (uint32_t k = 0; k < length; k++) {
                len += put_code(text + len,
                    (uint32_t)(c->grams[best].key >> 21 * (2 - k)) & 0x1FFFFF);
            }
            letters[words_n] = length;
            put_escaped(words[words_n++], text, len);
        }
    }
}

/* Runs of 4 to LONGEST letters of texts that many others have, too. */
static void
take_phrases(void)
{
    for (int i = 0; i < 4000 && words_n < PARTS; i++) {
        struct snap_span text =
            snap_bytes(&asked.snap, c->docs[next_random(c->docs_n)].text);
        const char *p = (const char *)text.data, *end = p + text.length;
        for (uint32_t skip = next_random(200); skip > 0 && p < end; skip--) {
            fold_next(&p, end);
        }
        const char *start = p;
        uint32_t n = 0, wanted = 4 + next_random(LONGEST - 3);
        while (n < wanted && p < end && *p != ' ' && *p != '\n') {
            fold_next(&p, end);
            n++;
        }
        ngx_str_t term = {(size_t)(p - start), (u_char *)(uintptr_t)start};
        ngx_tsunagari_query_t *q = &asked.query;
        memset(q, 0, sizeof(*q));
        q->page = 1;
        q->terms = 1;
        q->term[0] = term;
        ngx_tsunagari_result_t r = {.region = SNAP_NONE};
        if (n == wanted) {
            ngx_tsunagari_search(
                &asked.snap, SNAP_RESOURCES, q, asked.work, &r);
        }
        if (r.total > c->docs_n / 50) {
            letters[words_n] = wanted;
            put_escaped(words[words_n++], start, term.len);
        }
    }
}

static void
make_query(char *args)
{
    static const char *const sorts[] = {
        "", "", "&sort=new", "&sort=cost", "&sort=near"};
    static const char *const pages[] = {"", "&page=100", "&page=500"};
    static const char *const views[] = {"", "", "", "", "", "&lang=easy",
        "&lang=en", "&view=table"};
    args[0] = '\0';
    uint32_t terms = next_random(4) ? next_random(3) : next_random(9);
    for (uint32_t i = 0, room = NGX_TSUNAGARI_Q_CHARS; i < terms; i++) {
        uint32_t word = next_random(words_n);
        if (letters[word] + 1 <= room) {
            room -= letters[word] + 1;
            strcat(args, args[0] != '\0' ? "+" : "q=");
            strcat(args, words[word]);
        }
    }
    for (uint32_t f = 0; f < SNAP_FACETS; f++) {
        uint32_t n = next_random(4) ? 0 : 1 + next_random(3);
        n = n == 3 && next_random(2) ? NGX_TSUNAGARI_VALUES : n;
        uint32_t at = facets_n[f] > 0 ? next_random(facets_n[f]) : 0;
        for (uint32_t i = 0; i < n && facets_n[f] > 0; i++) {
            strcat(args, facets[f][at]);
            at = n == NGX_TSUNAGARI_VALUES ? (at + 1) % facets_n[f]
                                           : next_random(facets_n[f]);
        }
    }
    strcat(args, sorts[next_random(5)]);
    strcat(args, pages[next_random(3)]);
    strcat(args, views[next_random(8)]);
}

static double
cost_of(const char *path, const char *args)
{
    double start = asked_cpu_us();
    struct answer a = pages_get(&asked.snap, path, args, 512 * 1024);
    double us = asked_cpu_us() - start;
    if (a.status != 200) {
        asked_fail(args, "refused");
    }
    return us;
}

static int
compare_us(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int
main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: worst SNAPSHOT TRIES\n", stderr);
        return 2;
    }
    static struct {
        double us[TIMES]; /* one at first, then all, ascending */
        const char *path;
        char args[ARGS];
    } kept[KEPT];
    asked_open(&asked, argv[1], "/dev/null");
    c = &asked.snap.collections[SNAP_RESOURCES];
    for (uint32_t f = 0; f < SNAP_FACETS; f++) {
        take_facet(f);
    }
    for (uint32_t length = 1; length <= 3; length++) {
        take_grams(length);
    }
    take_phrases();
    if (words_n == 0) {
        asked_fail(argv[1], "no texts");
    }
    for (int i = 0; i < atoi(argv[2]); i++) {
        char args[ARGS];
        make_query(args);
        const char *path = i % 4 ? "/resources" : "/resources.json";
        double us = cost_of(path, args);
        int least = 0;
        for (int k = 1; k < KEPT; k++) {
            least = kept[k].us[0] < kept[least].us[0] ? k : least;
        }
        if (us > kept[least].us[0]) {
            kept[least].us[0] = us;
            kept[least].path = path;
            strcpy(kept[least].args, args);
        }
    }
    int worst = 0;
    for (int k = 0; k < KEPT; k++) {
        for (int i = 0; i < TIMES && kept[k].path != NULL; i++) {
            kept[k].us[i] = cost_of(kept[k].path, kept[k].args);
        }
        qsort(kept[k].us, TIMES, sizeof(kept[k].us[0]), compare_us);
        worst = kept[k].us[0] > kept[worst].us[0] ? k : worst;
    }
    printf("RESULT %.0f %.0f %.0f %s?%s\n", kept[worst].us[0],
        kept[worst].us[TIMES / 2], kept[worst].us[TIMES - 1], kept[worst].path,
        kept[worst].args);
    return 0;
}
