
/*
 * ngx_tsunagari_set.c: bitsets, and their population count in the widest
 * form that the processor has.
 *
 * Source  the AVX2 form counts nibbles by a table, as in W. Mula, N. Kurz,
 *         D. Lemire, "Faster Population Counts Using AVX2 Instructions".
 */


#include "ngx_tsunagari_rows.h"

#if (__x86_64__)
#include <immintrin.h>
#endif


/* Words that are taken at a time, in whatever registers there are. */
#define NGX_TSUNAGARI_SET_STEP  8

typedef uint64_t  ngx_tsunagari_set_step_t
    __attribute__((vector_size(NGX_TSUNAGARI_SET_STEP * 8), aligned(8),
                   may_alias));

#define ngx_tsunagari_set_step(set, i)                                        \
    ((ngx_tsunagari_set_step_t *) (uintptr_t) ((set) + (i)))


static uint32_t ngx_tsunagari_set_count_plain(const uint64_t *a, size_t n);
static uint32_t ngx_tsunagari_set_count_and_plain(const uint64_t *a,
    const uint64_t *b, size_t n);


uint32_t (*ngx_tsunagari_set_count)(const uint64_t *a, size_t n) =
    ngx_tsunagari_set_count_plain;

uint32_t (*ngx_tsunagari_set_count_and)(const uint64_t *a,
    const uint64_t *b, size_t n) = ngx_tsunagari_set_count_and_plain;


static uint32_t
ngx_tsunagari_set_count_plain(const uint64_t *a, size_t n)
{
    size_t    i;
    uint32_t  sum;

    sum = 0;

    for (i = 0; i < n; i++) {
        sum += snap_bits(a[i]);
    }

    return sum;
}


static uint32_t
ngx_tsunagari_set_count_and_plain(const uint64_t *a, const uint64_t *b,
    size_t n)
{
    size_t    i;
    uint32_t  sum;

    sum = 0;

    for (i = 0; i < n; i++) {
        sum += snap_bits(a[i] & b[i]);
    }

    return sum;
}


#if (__x86_64__)

__attribute__((target("popcnt")))
static uint32_t
ngx_tsunagari_set_count_and_popcnt(const uint64_t *a, const uint64_t *b,
    size_t n)
{
    size_t    i;
    uint64_t  s0, s1;

    s0 = 0;
    s1 = 0;

    for (i = 0; i + 2 <= n; i += 2) {
        s0 += (uint64_t) __builtin_popcountll(a[i] & b[i]);
        s1 += (uint64_t) __builtin_popcountll(a[i + 1] & b[i + 1]);
    }

    if (i < n) {
        s0 += (uint64_t) __builtin_popcountll(a[i] & b[i]);
    }

    return (uint32_t) (s0 + s1);
}


static uint32_t
ngx_tsunagari_set_count_popcnt(const uint64_t *a, size_t n)
{
    return ngx_tsunagari_set_count_and_popcnt(a, a, n);
}


__attribute__((target("avx2,popcnt")))
static uint32_t
ngx_tsunagari_set_count_and_avx2(const uint64_t *a, const uint64_t *b,
    size_t n)
{
    size_t    i;
    __m256i   table, low, sum, v, bytes;
    uint64_t  lanes[4], tail;

    table = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
                             0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    low = _mm256_set1_epi8(15);
    sum = _mm256_setzero_si256();

    for (i = 0; i + 4 <= n; i += 4) {
        v = _mm256_and_si256(
                _mm256_loadu_si256((const __m256i *) (const void *) (a + i)),
                _mm256_loadu_si256((const __m256i *) (const void *) (b + i)));

        bytes = _mm256_add_epi8(
                    _mm256_shuffle_epi8(table, _mm256_and_si256(v, low)),
                    _mm256_shuffle_epi8(table,
                        _mm256_and_si256(_mm256_srli_epi16(v, 4), low)));

        sum = _mm256_add_epi64(sum,
                               _mm256_sad_epu8(bytes, _mm256_setzero_si256()));
    }

    _mm256_storeu_si256((__m256i *) (void *) lanes, sum);

    tail = 0;

    for ( /* void */ ; i < n; i++) {
        tail += (uint64_t) __builtin_popcountll(a[i] & b[i]);
    }

    return (uint32_t) (lanes[0] + lanes[1] + lanes[2] + lanes[3] + tail);
}


static uint32_t
ngx_tsunagari_set_count_avx2(const uint64_t *a, size_t n)
{
    return ngx_tsunagari_set_count_and_avx2(a, a, n);
}


__attribute__((target("avx512f,avx512vpopcntdq")))
static uint32_t
ngx_tsunagari_set_count_and_avx512(const uint64_t *a, const uint64_t *b,
    size_t n)
{
    size_t    i;
    __m512i   sum;
    __mmask8  last;

    sum = _mm512_setzero_si512();

    for (i = 0; i + 8 <= n; i += 8) {
        sum = _mm512_add_epi64(sum, _mm512_popcnt_epi64(
                  _mm512_and_si512(_mm512_loadu_si512(a + i),
                                   _mm512_loadu_si512(b + i))));
    }

    if (i < n) {
        last = (__mmask8) ((1u << (n - i)) - 1);

        sum = _mm512_add_epi64(sum, _mm512_popcnt_epi64(
                  _mm512_and_si512(_mm512_maskz_loadu_epi64(last, a + i),
                                   _mm512_maskz_loadu_epi64(last, b + i))));
    }

    return (uint32_t) _mm512_reduce_add_epi64(sum);
}


static uint32_t
ngx_tsunagari_set_count_avx512(const uint64_t *a, size_t n)
{
    return ngx_tsunagari_set_count_and_avx512(a, a, n);
}

#endif


ngx_int_t
ngx_tsunagari_set_use(ngx_uint_t form)
{
    ngx_tsunagari_rows_use(form);

    switch (form) {

    case NGX_TSUNAGARI_SET_PLAIN:
        ngx_tsunagari_set_count = ngx_tsunagari_set_count_plain;
        ngx_tsunagari_set_count_and = ngx_tsunagari_set_count_and_plain;
        return NGX_OK;

#if (__x86_64__)

    case NGX_TSUNAGARI_SET_POPCNT:

        if (!__builtin_cpu_supports("popcnt")) {
            return NGX_DECLINED;
        }

        ngx_tsunagari_set_count = ngx_tsunagari_set_count_popcnt;
        ngx_tsunagari_set_count_and = ngx_tsunagari_set_count_and_popcnt;
        return NGX_OK;

    case NGX_TSUNAGARI_SET_AVX2:

        if (!__builtin_cpu_supports("avx2")
            || !__builtin_cpu_supports("popcnt"))
        {
            return NGX_DECLINED;
        }

        ngx_tsunagari_set_count = ngx_tsunagari_set_count_avx2;
        ngx_tsunagari_set_count_and = ngx_tsunagari_set_count_and_avx2;
        return NGX_OK;

    case NGX_TSUNAGARI_SET_AVX512:

        if (!__builtin_cpu_supports("avx512f")
            || !__builtin_cpu_supports("avx512vpopcntdq"))
        {
            return NGX_DECLINED;
        }

        ngx_tsunagari_set_count = ngx_tsunagari_set_count_avx512;
        ngx_tsunagari_set_count_and = ngx_tsunagari_set_count_and_avx512;
        return NGX_OK;

#endif

    }

    return NGX_DECLINED;
}


void
ngx_tsunagari_set_init(void)
{
    ngx_uint_t  form;

#if (__x86_64__)
    __builtin_cpu_init();
#endif

    form = NGX_TSUNAGARI_SET_FORMS;

    while (form-- > 0 && ngx_tsunagari_set_use(form) != NGX_OK) {
        /* void */
    }
}


void
ngx_tsunagari_set_all(uint64_t *set, uint32_t docs)
{
    size_t  n;

    n = ngx_tsunagari_set_words(docs);

    if (n == 0) {
        return;
    }

    ngx_memset(set, 0xff, n * sizeof(uint64_t));

    if (docs % 64) {
        set[n - 1] = ((uint64_t) 1 << docs % 64) - 1;
    }
}


void
ngx_tsunagari_set_and(uint64_t *set, const uint64_t *other, size_t n)
{
    ngx_tsunagari_set_both(set, set, other, n);
}


void
ngx_tsunagari_set_both(uint64_t *set, const uint64_t *a, const uint64_t *b,
    size_t n)
{
    size_t  i;

    for (i = 0; i + NGX_TSUNAGARI_SET_STEP <= n; i += NGX_TSUNAGARI_SET_STEP) {
        *ngx_tsunagari_set_step(set, i) = *ngx_tsunagari_set_step(a, i)
                                          & *ngx_tsunagari_set_step(b, i);
    }

    for ( /* void */ ; i < n; i++) {
        set[i] = a[i] & b[i];
    }
}


void
ngx_tsunagari_set_less(uint64_t *set, const uint64_t *a, const uint64_t *b,
    size_t n)
{
    size_t  i;

    for (i = 0; i + NGX_TSUNAGARI_SET_STEP <= n; i += NGX_TSUNAGARI_SET_STEP) {
        *ngx_tsunagari_set_step(set, i) = *ngx_tsunagari_set_step(a, i)
                                          & ~*ngx_tsunagari_set_step(b, i);
    }

    for ( /* void */ ; i < n; i++) {
        set[i] = a[i] & ~b[i];
    }
}
