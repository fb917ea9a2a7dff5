
/*
 * ngx_tsunagari_text.c: the rarest gram first; what is left is read.
 */


#include "ngx_tsunagari_text.h"
#include "fold.h"


/* Parts of terms that are looked at; more would not help. */
#define NGX_TSUNAGARI_GRAMS  64

/* So few documents are read sooner than one more posting. */
#define NGX_TSUNAGARI_FEW    64

/* Documents whose texts are fetched before the first of them is read. */
#define NGX_TSUNAGARI_BATCH  16

#define NGX_TSUNAGARI_TEXTS  8         /* terms of a query */


typedef struct {
    uint32_t          number;
    uint32_t          posting;
    uint32_t          count;
    unsigned          whole:1;         /* the term itself: cannot be left */
} ngx_tsunagari_gram_t;


typedef struct {
    ngx_tsunagari_gram_t   gram[NGX_TSUNAGARI_GRAMS + NGX_TSUNAGARI_TEXTS];
    ngx_uint_t             n;
    const ngx_str_t       *terms[NGX_TSUNAGARI_TEXTS]; /* each once */
    ngx_uint_t             terms_n;
    const ngx_str_t       *read[NGX_TSUNAGARI_TEXTS];  /* to be looked for */
    ngx_uint_t             read_n;
} ngx_tsunagari_text_t;


static ngx_int_t ngx_tsunagari_text_term(const struct snap_collection *c,
    const ngx_str_t *term, ngx_tsunagari_text_t *text);
static ngx_int_t ngx_tsunagari_text_gram(const struct snap_collection *c,
    const char **p, const char *end, uint32_t *gram);
static void ngx_tsunagari_text_add(const struct snap_collection *c,
    uint32_t gram, unsigned whole, ngx_tsunagari_text_t *text);
static void ngx_tsunagari_text_read(const struct snap *s,
    const struct snap_collection *c, const ngx_tsunagari_text_t *text,
    uint64_t *set);
static void ngx_tsunagari_text_read_docs(const struct snap *s,
    const struct snap_collection *c, const ngx_tsunagari_text_t *text,
    const uint32_t *docs, ngx_uint_t n, uint64_t *set);
static ngx_uint_t ngx_tsunagari_text_has(const struct snap_span *text,
    const ngx_str_t *term);


uint32_t
ngx_tsunagari_text(const struct snap *s, const struct snap_collection *c,
    const ngx_str_t *terms, ngx_uint_t n, uint64_t *set, uint64_t *scratch)
{
    ngx_uint_t             i;
    ngx_tsunagari_text_t   text;

    ngx_memzero(set, ngx_tsunagari_set_words(c->docs_n) * sizeof(uint64_t));

    text.n = 0;
    text.terms_n = 0;
    text.read_n = 0;

    for (i = 0; i < n && i < NGX_TSUNAGARI_TEXTS; i++) {
        if (ngx_tsunagari_text_term(c, &terms[i], &text) != NGX_OK) {
            return SNAP_NONE;
        }
    }

    if (text.n == 0) {
        return SNAP_NONE;
    }

    ngx_tsunagari_set_or_posting(set, c, text.gram[0].posting);

    for (i = 1; i < text.n; i++) {

        if (text.gram[i].whole || text.gram[0].count > NGX_TSUNAGARI_FEW) {
            ngx_tsunagari_set_and_posting(set, c, text.gram[i].posting,
                                          scratch);
        }
    }

    if (text.read_n) {
        ngx_tsunagari_text_read(s, c, &text, set);
        return SNAP_NONE;
    }

    return (text.n == 1) ? text.gram[0].number : SNAP_NONE;
}


/* NGX_DECLINED: no document has that term. */

static ngx_int_t
ngx_tsunagari_text_term(const struct snap_collection *c,
    const ngx_str_t *term, ngx_tsunagari_text_t *text)
{
    uint32_t     gram;
    ngx_uint_t   i;
    const char  *start, *p, *end, *reached;

    for (i = 0; i < text->terms_n; i++) {

        if (text->terms[i]->len == term->len
            && ngx_memcmp(text->terms[i]->data, term->data, term->len) == 0)
        {
            return NGX_OK;                  /* as it was asked before */
        }
    }

    text->terms[text->terms_n++] = term;

    start = (const char *) term->data;
    end = start + term->len;
    reached = start;

    for ( /* void */ ; start < end; (void) fold_next(&start, end)) {

        p = start;

        if (ngx_tsunagari_text_gram(c, &p, end, &gram) != NGX_OK) {
            return NGX_DECLINED;
        }

        if (start == (const char *) term->data && p == end) {
            ngx_tsunagari_text_add(c, gram, 1, text);
            return NGX_OK;
        }

        /* a part of a part tells nothing new */

        if (p > reached) {
            reached = p;
            ngx_tsunagari_text_add(c, gram, 0, text);
        }

        if (p == end) {
            break;
        }
    }

    text->read[text->read_n++] = term;

    return NGX_OK;
}


/* The longest gram there is at *p, which moves behind it. */

static ngx_int_t
ngx_tsunagari_text_gram(const struct snap_collection *c, const char **p,
    const char *end, uint32_t *gram)
{
    uint32_t     longer;
    uint64_t     key;
    ngx_uint_t   n;
    const char  *next;

    key = 0;

    for (n = 0; n < 3; n++) {
        key = key << 21 | (*p < end ? fold_next(p, end) : 0);
    }

    *gram = snap_gram_find(c, key);

    if (*gram == SNAP_NONE) {
        return NGX_DECLINED;
    }

    while (*p < end) {
        next = *p;
        longer = snap_gram_longer(c, *gram, fold_next(&next, end));

        if (longer == SNAP_NONE) {
            break;
        }

        *gram = longer;
        *p = next;
    }

    return NGX_OK;
}


/* Kept by count, the least first. */

static void
ngx_tsunagari_text_add(const struct snap_collection *c, uint32_t gram,
    unsigned whole, ngx_tsunagari_text_t *text)
{
    ngx_uint_t             i;
    ngx_tsunagari_gram_t   new;

    new.number = gram;
    new.posting = snap_gram_posting(c, gram);
    new.count = snap_posting_count(c, new.posting);
    new.whole = whole;

    if (!whole && text->n >= NGX_TSUNAGARI_GRAMS) {
        return;
    }

    for (i = text->n++; i > 0 && text->gram[i - 1].count > new.count; i--) {
        text->gram[i] = text->gram[i - 1];
    }

    text->gram[i] = new;
}


static void
ngx_tsunagari_text_read(const struct snap *s,
    const struct snap_collection *c, const ngx_tsunagari_text_t *text,
    uint64_t *set)
{
    size_t      i, words;
    uint32_t    docs[NGX_TSUNAGARI_BATCH];
    uint64_t    bits;
    ngx_uint_t  n;

    n = 0;
    words = ngx_tsunagari_set_words(c->docs_n);

    for (i = 0; i < words; i++) {

        for (bits = set[i]; bits; bits &= bits - 1) {
            docs[n++] = (uint32_t) (i * 64 + (size_t) __builtin_ctzll(bits));

            if (n == NGX_TSUNAGARI_BATCH) {
                ngx_tsunagari_text_read_docs(s, c, text, docs, n, set);
                n = 0;
            }
        }
    }

    ngx_tsunagari_text_read_docs(s, c, text, docs, n, set);
}


/* Takes the documents out of set that lack a term. */

static void
ngx_tsunagari_text_read_docs(const struct snap *s,
    const struct snap_collection *c, const ngx_tsunagari_text_t *text,
    const uint32_t *docs, ngx_uint_t n, uint64_t *set)
{
    ngx_uint_t        i, k;
    struct snap_span  span[NGX_TSUNAGARI_BATCH];

    for (i = 0; i < n; i++) {
        __builtin_prefetch(&c->docs[docs[i]].text);
    }

    for (i = 0; i < n; i++) {
        span[i] = snap_bytes(s, c->docs[docs[i]].text);
        __builtin_prefetch(span[i].data);
    }

    for (i = 0; i < n; i++) {

        for (k = 0; k < text->read_n; k++) {

            if (!ngx_tsunagari_text_has(&span[i], text->read[k])) {
                set[docs[i] / 64] &= ~((uint64_t) 1 << docs[i] % 64);
                break;
            }
        }
    }
}


/*
 * Looks for the last byte, which in kana and kanji tells most; where it is
 * found too often, memmem() goes on: it is linear for any input.  A term
 * holds no line end, so that a hit never runs over the border of two fields.
 */

static ngx_uint_t
ngx_tsunagari_text_has(const struct snap_span *text, const ngx_str_t *term)
{
    size_t         behind;
    ngx_uint_t     misses;
    const u_char  *p, *end;

    if (text->length < term->len) {
        return 0;
    }

    behind = term->len - 1;
    end = text->data + text->length;
    p = text->data + behind;

    for (misses = 0; misses < text->length / 16; misses++) {

        p = memchr(p, term->data[behind], end - p);

        if (p == NULL) {
            return 0;
        }

        if (ngx_memcmp(p - behind, term->data, behind) == 0) {
            return 1;
        }

        p++;
    }

    return memmem(p - behind, end - p + behind, term->data, term->len)
           != NULL;
}
