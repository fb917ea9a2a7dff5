
/*
 * ngx_tsunagari_text.c: grams and verified substrings.
 */


#include "ngx_tsunagari_text.h"
#include "fold.h"


static void ngx_tsunagari_text_verify(const struct snap *s,
    const struct snap_collection *c, const ngx_str_t *term, uint64_t *set);
static ngx_uint_t ngx_tsunagari_text_has(const struct snap_span *text,
    const ngx_str_t *term);


void
ngx_tsunagari_text(const struct snap *s, const struct snap_collection *c,
    const ngx_str_t *term, uint64_t *set, uint64_t *scratch)
{
    size_t       words;
    uint32_t     posting;
    uint64_t     key;
    ngx_uint_t   n;
    const char  *p, *end;

    words = ngx_tsunagari_set_words(c->docs_n);

    p = (const char *) term->data;
    end = p + term->len;

    key = 0;

    for (n = 0; p < end; n++) {

        /* the last three code points, the oldest one highest */

        key = (key << 21 | fold_next(&p, end)) & 0x7fffffffffffffffull;

        if (n < 2) {
            continue;
        }

        posting = snap_gram_posting(c, snap_gram_find(c, key));

        if (posting == SNAP_NONE) {
            ngx_memzero(set, words * sizeof(uint64_t));
            return;
        }

        ngx_tsunagari_set_and_posting(set, c, posting, scratch);
    }

    if (n > 3) {
        ngx_tsunagari_text_verify(s, c, term, set);
        return;
    }

    if (n == 1 || n == 2) {
        posting = snap_gram_posting(c,
                                    snap_gram_find(c, key << 21 * (3 - n)));

        if (posting == SNAP_NONE) {
            ngx_memzero(set, words * sizeof(uint64_t));
            return;
        }

        ngx_tsunagari_set_and_posting(set, c, posting, scratch);
    }
}


static void
ngx_tsunagari_text_verify(const struct snap *s,
    const struct snap_collection *c, const ngx_str_t *term, uint64_t *set)
{
    size_t            i, words;
    uint32_t          doc;
    uint64_t          bits;
    struct snap_span  text;

    words = ngx_tsunagari_set_words(c->docs_n);

    for (i = 0; i < words; i++) {

        for (bits = set[i]; bits; bits &= bits - 1) {
            doc = (uint32_t) (i * 64 + (size_t) __builtin_ctzll(bits));

            text = snap_bytes(s, c->docs[doc].text);

            if (!ngx_tsunagari_text_has(&text, term)) {
                set[i] &= ~(bits & -bits);
            }
        }
    }
}


/*
 * memmem() of libc is linear for any input.  A term holds no line end, so
 * that a hit never runs over the border of two fields.
 */

static ngx_uint_t
ngx_tsunagari_text_has(const struct snap_span *text, const ngx_str_t *term)
{
    return text->length >= term->len
           && memmem(text->data, text->length, term->data, term->len) != NULL;
}
