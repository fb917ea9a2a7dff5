
/*
 * ngx_tsunagari_rows.c: positional population count: each bit of a row has
 * a counter of its own, of eight bits, emptied into the sums before it can
 * overflow.
 */


#include "ngx_tsunagari_rows.h"

#if (__x86_64__)
#include <immintrin.h>
#endif


#define NGX_TSUNAGARI_ROWS_UNIT  (64 * SNAP_ROW_UNIT)    /* columns */
#define NGX_TSUNAGARI_ROWS_MAX   255                     /* in eight bits */
#define NGX_TSUNAGARI_ROWS_LIST  1020                    /* documents */
#define NGX_TSUNAGARI_ROWS_WORDS 256                     /* of a set */


/*
 * Adds the bits of n rows (row docs[i] begins at rows + docs[i] * stride),
 * SNAP_ROW_UNIT words of each, to the sums.
 */
typedef void (*ngx_tsunagari_rows_pt)(const uint64_t *rows, size_t stride,
    const uint32_t *docs, ngx_uint_t n, uint32_t *sums);


/* The numbers of a word's bits, from first on, into docs; their count. */
typedef ngx_uint_t (*ngx_tsunagari_rows_docs_pt)(uint64_t bits,
    uint32_t first, uint32_t *docs);


static void ngx_tsunagari_rows_fours(const struct snap_collection *c,
    const uint64_t *set, uint32_t *sums);
static void ngx_tsunagari_rows_list(const struct snap_collection *c,
    const uint32_t *docs, ngx_uint_t n, uint32_t *sums);
static void ngx_tsunagari_rows_plain(const uint64_t *rows, size_t stride,
    const uint32_t *docs, ngx_uint_t n, uint32_t *sums);


static ngx_tsunagari_rows_pt  ngx_tsunagari_rows_add =
    ngx_tsunagari_rows_plain;
static void (*ngx_tsunagari_rows_set)(const struct snap_collection *c,
    const uint64_t *set, uint32_t *sums) = ngx_tsunagari_rows_fours;


void
ngx_tsunagari_rows(const struct snap_collection *c, const uint64_t *set,
    uint32_t *sums)
{
    ngx_tsunagari_rows_set(c, set, sums);
}


/* Inlined, so that number is: it is called at each word. */

__attribute__((always_inline))
static ngx_inline void
ngx_tsunagari_rows_walk(const struct snap_collection *c, const uint64_t *set,
    uint32_t *sums, ngx_tsunagari_rows_docs_pt number)
{
    size_t      i, k, end, words;
    uint32_t    docs[NGX_TSUNAGARI_ROWS_LIST];
    uint32_t    some[NGX_TSUNAGARI_ROWS_WORDS];
    ngx_uint_t  n, some_n;

    ngx_memzero(sums, SNAP_COLUMNS_MAX * sizeof(uint32_t));

    words = ngx_tsunagari_set_words(c->docs_n);
    n = 0;

    for (i = 0; i < words; i = end) {

        /* words that are not empty, found without a branch */

        end = ngx_min(words, i + NGX_TSUNAGARI_ROWS_WORDS);
        some_n = 0;

        for (k = i; k < end; k++) {
            some[some_n] = (uint32_t) k;
            some_n += (set[k] != 0);
        }

        for (k = 0; k < some_n; k++) {

            if (n > NGX_TSUNAGARI_ROWS_LIST - 64) {
                ngx_tsunagari_rows_list(c, docs, n, sums);
                n = 0;
            }

            n += number(set[some[k]], some[k] * 64, docs + n);
        }
    }

    ngx_tsunagari_rows_list(c, docs, n, sums);
}


/*
 * By fours, whether there are four or not: a loop that ended with the last bit
 * would be foretold wrongly at almost every word.
 */

static ngx_inline ngx_uint_t
ngx_tsunagari_rows_docs(uint64_t bits, uint32_t first, uint32_t *docs)
{
    ngx_uint_t  k, n;

    n = 0;

    while (bits) {

        for (k = 0; k < 4; k++) {
            docs[n] = first + (uint32_t) __builtin_ctzll(bits
                                                  | (uint64_t) 1 << 63);
            n += (bits != 0);
            bits &= bits - 1;
        }
    }

    return n;
}


static void
ngx_tsunagari_rows_fours(const struct snap_collection *c, const uint64_t *set,
    uint32_t *sums)
{
    ngx_tsunagari_rows_walk(c, set, sums, ngx_tsunagari_rows_docs);
}


static void
ngx_tsunagari_rows_list(const struct snap_collection *c,
    const uint32_t *docs, ngx_uint_t n, uint32_t *sums)
{
    size_t      word;
    ngx_uint_t  i, part;

    for (i = 0; i < n; i += part) {

        part = ngx_min(n - i, NGX_TSUNAGARI_ROWS_MAX);

        for (word = 0; word < c->row_words; word += SNAP_ROW_UNIT) {
            ngx_tsunagari_rows_add(c->rows + word, c->row_words, docs + i,
                                   part, sums + word * 64);
        }
    }
}


/* Eight bits to eight bytes of 0 or 1, without a table or a branch. */

static ngx_inline uint64_t
ngx_tsunagari_rows_spread(uint64_t byte)
{
    byte = byte * 0x0101010101010101ull & 0x8040201008040201ull;
    byte = (byte | (byte + 0x7f7f7f7f7f7f7f7full)) & 0x8080808080808080ull;

    return byte >> 7;
}


static void
ngx_tsunagari_rows_plain(const uint64_t *rows, size_t stride,
    const uint32_t *docs, ngx_uint_t n, uint32_t *sums)
{
    uint64_t     bits, counters[NGX_TSUNAGARI_ROWS_UNIT / 8];
    ngx_uint_t   i, k, word;

    ngx_memzero(counters, sizeof(counters));

    for (i = 0; i < n; i++) {
        for (word = 0; word < SNAP_ROW_UNIT; word++) {

            bits = rows[docs[i] * stride + word];

            for (k = word * 8; bits; k++, bits >>= 8) {
                counters[k] += ngx_tsunagari_rows_spread(bits & 0xff);
            }
        }
    }

    for (i = 0; i < NGX_TSUNAGARI_ROWS_UNIT; i++) {
        sums[i] += (uint32_t) (counters[i / 8] >> i % 8 * 8) & 0xff;
    }
}


#if (__x86_64__)

/*
 * A row as eight pieces of 32 bits: each is copied to all bytes of a vector
 * so that byte i holds the piece's byte i / 8, whose bit i % 8 is compared.
 */

__attribute__((target("avx2")))
static void
ngx_tsunagari_rows_avx2(const uint64_t *rows, size_t stride,
    const uint32_t *docs, ngx_uint_t n, uint32_t *sums)
{
    u_char         counters[NGX_TSUNAGARI_ROWS_UNIT];
    __m256i        place, bit, v, sum[8];
    ngx_uint_t     i, k;
    const int32_t *row;

    place = _mm256_setr_epi64x(0x0000000000000000, 0x0101010101010101,
                               0x0202020202020202, 0x0303030303030303);
    bit = _mm256_set1_epi64x((long long) 0x8040201008040201ull);

    for (k = 0; k < 8; k++) {
        sum[k] = _mm256_setzero_si256();
    }

    for (i = 0; i < n; i++) {
        row = (const int32_t *) (const void *) (rows + docs[i] * stride);

        for (k = 0; k < 8; k++) {
            v = _mm256_shuffle_epi8(_mm256_set1_epi32(row[k]), place);
            v = _mm256_cmpeq_epi8(_mm256_and_si256(v, bit), bit);
            sum[k] = _mm256_sub_epi8(sum[k], v);
        }
    }

    for (k = 0; k < 8; k++) {
        _mm256_storeu_si256((__m256i *) (void *) (counters + k * 32), sum[k]);
    }

    for (i = 0; i < NGX_TSUNAGARI_ROWS_UNIT; i++) {
        sums[i] += counters[i];
    }
}


__attribute__((target("avx512f,avx512bw")))
static void
ngx_tsunagari_rows_avx512(const uint64_t *rows, size_t stride,
    const uint32_t *docs, ngx_uint_t n, uint32_t *sums)
{
    u_char           counters[NGX_TSUNAGARI_ROWS_UNIT];
    __m512i          one, sum[4];
    ngx_uint_t       i, k;
    const uint64_t  *row;

    one = _mm512_set1_epi8(1);

    for (k = 0; k < 4; k++) {
        sum[k] = _mm512_setzero_si512();
    }

    for (i = 0; i < n; i++) {
        row = rows + docs[i] * stride;

        sum[0] = _mm512_mask_add_epi8(sum[0], row[0], sum[0], one);
        sum[1] = _mm512_mask_add_epi8(sum[1], row[1], sum[1], one);
        sum[2] = _mm512_mask_add_epi8(sum[2], row[2], sum[2], one);
        sum[3] = _mm512_mask_add_epi8(sum[3], row[3], sum[3], one);
    }

    for (k = 0; k < 4; k++) {
        _mm512_storeu_si512(counters + k * 64, sum[k]);
    }

    for (i = 0; i < NGX_TSUNAGARI_ROWS_UNIT; i++) {
        sums[i] += counters[i];
    }
}


/* By sixteens: most words have fewer bits. */

__attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt")))
static ngx_inline ngx_uint_t
ngx_tsunagari_rows_docs_vbmi2(uint64_t bits, uint32_t first, uint32_t *docs)
{
    __m512i     place;
    ngx_uint_t  i, n;

    place = _mm512_set_epi8(63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52,
                            51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40,
                            39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28,
                            27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16,
                            15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2,
                            1, 0);
    place = _mm512_maskz_compress_epi8(bits, place);
    n = (ngx_uint_t) __builtin_popcountll(bits);

    for (i = 0; i < n; i += 16) {
        _mm512_storeu_si512(docs + i,
                _mm512_add_epi32(_mm512_set1_epi32((int) first),
                    _mm512_cvtepu8_epi32(_mm512_castsi512_si128(place))));
        place = _mm512_shuffle_i64x2(place, place, 0x39);
    }

    return n;
}


__attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt")))
static void
ngx_tsunagari_rows_vbmi2(const struct snap_collection *c, const uint64_t *set,
    uint32_t *sums)
{
    ngx_tsunagari_rows_walk(c, set, sums, ngx_tsunagari_rows_docs_vbmi2);
}

#endif


void
ngx_tsunagari_rows_use(ngx_uint_t form)
{
    ngx_tsunagari_rows_add = ngx_tsunagari_rows_plain;
    ngx_tsunagari_rows_set = ngx_tsunagari_rows_fours;

#if (__x86_64__)

    if (form >= NGX_TSUNAGARI_SET_AVX512
        && __builtin_cpu_supports("avx512f")
        && __builtin_cpu_supports("avx512bw"))
    {
        ngx_tsunagari_rows_add = ngx_tsunagari_rows_avx512;

        if (__builtin_cpu_supports("avx512vbmi2")) {
            ngx_tsunagari_rows_set = ngx_tsunagari_rows_vbmi2;
        }

    } else if (form >= NGX_TSUNAGARI_SET_AVX2
               && __builtin_cpu_supports("avx2"))
    {
        ngx_tsunagari_rows_add = ngx_tsunagari_rows_avx2;
    }

#endif
}
