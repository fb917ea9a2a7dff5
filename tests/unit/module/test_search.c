/* test_search.c: every answer against flags and strings, one by one. */
#include "ngx_tsunagari_search.h"
#include "ngx_tsunagari_set.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "tests/unit/unit.h"

struct wanted { /* by the oracle */
    uint32_t total, wide, docs[4096], counts[SAMPLE_VALUES];
};

struct asked {
    char args[1024];
    uint32_t values[SNAP_FACETS][4], n[SNAP_FACETS];
    char terms[3][32];
    uint32_t terms_n, page, sort;
};

static bool
in_facet(const struct sample_doc *d, const uint32_t *values, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (d->has[values[i]]) {
            return true;
        }
    }
    return n == 0;
}

static bool
matches(const struct asked *a, const struct sample_doc *d, uint32_t but)
{
    for (uint32_t f = 0; f < SNAP_FACETS; f++) {
        if (f != but && !in_facet(d, a->values[f], a->n[f])) {
            return false;
        }
    }
    for (uint32_t i = 0; i < a->terms_n; i++) {
        if (strstr(d->text, a->terms[i]) == NULL) {
            return false;
        }
    }
    return true;
}

static uint32_t
count(const struct sample_side *side, const struct asked *a, uint32_t but)
{
    uint32_t n = 0;
    for (uint32_t d = 0; d < side->docs_n; d++) {
        n += matches(a, &side->docs[d], but);
    }
    return n;
}

/* What the regions of the query become at a step; false: no such place. */
static bool
widen(const struct sample *s, const struct asked *a, uint32_t step,
    struct asked *wide)
{
    *wide = *a;
    wide->n[SNAP_FACET_REGION] = 0;
    uint32_t region = a->values[SNAP_FACET_REGION][0];
    if (step == 1) {
        for (uint32_t i = 0; i < s->near_n[region]; i++) {
            wide->values[0][wide->n[0]++] = s->near[region][i];
        }
        return wide->n[0] > 0;
    }
    uint32_t level = step == 2 ? SNAP_LEVEL_AREA : SNAP_LEVEL_PREFECTURE;
    while (region != SNAP_NONE && s->level[region] != level) {
        region = s->parent[region];
    }
    wide->values[0][0] = region;
    wide->n[0] = 1;
    return region != SNAP_NONE;
}

static const struct sample *compare_sample;
static const struct sample_side *compare_side;
static uint32_t compare_sort, compare_region;

/* Steps between a document and the region asked for. */
static uint32_t
steps(const struct sample_doc *doc)
{
    uint32_t north = sample_north(compare_region);
    return doc->north == SNAP_NONE ? SNAP_NONE
           : doc->north > north    ? doc->north - north
                                   : north - doc->north;
}

static int
compare_docs(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    const struct sample_doc *p = &compare_side->docs[a];
    const struct sample_doc *q = &compare_side->docs[b];
    if (compare_sort == 1 && p->confirmed_on != q->confirmed_on) {
        return p->confirmed_on > q->confirmed_on ? -1 : 1;
    }
    if (compare_sort == 2 && p->cost != q->cost) {
        return p->cost < q->cost ? -1 : 1;
    }
    if (compare_sort == 3 && compare_region != SNAP_NONE &&
        steps(p) != steps(q)) {
        return steps(p) < steps(q) ? -1 : 1;
    }
    return (a > b) - (a < b);
}

static void
oracle(const struct sample *s, uint32_t c, const struct asked *given,
    struct wanted *w)
{
    const struct sample_side *side = &s->sides[c];
    struct asked a = *given;
    uint32_t order = given->n[0] == 1 ? given->values[0][0] : SNAP_NONE;
    *w = (struct wanted){.total = count(side, &a, SNAP_FACETS)};
    for (uint32_t step = 1; step <= 4 && w->total == 0 && a.n[0] == 1;
         step++) {
        struct asked wide;
        if (step == 4) { /* online takes the place of the region */
            wide = a;
            for (uint32_t d = 0; d < side->docs_n; d++) {
                w->total += matches(&wide, &side->docs[d], 0) &&
                            side->docs[d].has[s->values_n - 1];
            }
        } else if (widen(s, &a, step, &wide)) {
            w->total = count(side, &wide, SNAP_FACETS);
        }
        if (w->total > 0) {
            w->wide = step;
            order = step == 2 || step == 3 ? wide.values[0][0] : SNAP_NONE;
            if (step == 4) {
                wide.n[0] = 1;
                wide.values[0][0] = s->values_n - 1;
            }
            a = wide;
        }
    }
    uint32_t n = 0;
    for (uint32_t d = 0; d < side->docs_n; d++) {
        uint32_t at = order != SNAP_NONE && a.sort == 0
                          ? (d < side->order_n[order] ? side->order[order][d]
                                                      : SNAP_NONE)
                          : d;
        if (at != SNAP_NONE &&
            matches(&a, &side->docs[at], SNAP_FACETS)) {
            w->docs[n++] = at;
        }
        for (uint32_t f = 0; f < SNAP_FACETS; f++) {
            bool hit = matches(&a, &side->docs[d], f);
            for (uint32_t i = 0; i < s->count[f]; i++) {
                uint32_t v = s->first[f] + i;
                w->counts[v] += hit && side->docs[d].has[v];
            }
        }
    }
    assert_int_equal(n, w->total);
    compare_sample = s;
    compare_side = side;
    compare_sort = a.sort;
    compare_region = given->n[0] == 1 ? given->values[0][0] : SNAP_NONE;
    if (a.sort != 0) {
        qsort(w->docs, n, sizeof(w->docs[0]), compare_docs);
    }
}

static void
ask(const struct sample *s, struct asked *a, uint32_t *state)
{
    static const char *const letters[] = {"ア", "カ", "サ", "山", "川", "a",
        "1"};
    static const char *const names[] = {"region", "kind", "target", "theme",
        "tag", "sector", "free", "reach"};
    static const char *const sorts[] = {"plan", "new", "cost", "near"};
    *a = (struct asked){.page = 1 + sample_random(state, 3),
        .sort = sample_random(state, 6)};
    a->sort = a->sort > 3 ? 0 : a->sort;
    size_t len = (size_t)snprintf(a->args, sizeof(a->args),
        "page=%u&sort=%s&utm_source=x", a->page, sorts[a->sort]);
    for (uint32_t f = 0; f < SNAP_FACETS; f++) {
        uint32_t n = sample_random(state, 3) ? 0 : 1 + sample_random(state, 2);
        /* one region only: the oracle widens one */
        n = f == SNAP_FACET_REGION && n > 1 ? 1 : n;
        for (uint32_t i = 0; i < n && i < s->count[f]; i++) {
            uint32_t v = s->first[f] + sample_random(state, s->count[f]);
            a->values[f][a->n[f]++] = v;
            len += (size_t)snprintf(a->args + len, sizeof(a->args) - len,
                "&%s=%s", names[f], s->code[v]);
        }
    }
    a->terms_n = sample_random(state, 3);
    len += (size_t)snprintf(a->args + len, sizeof(a->args) - len, "&q=");
    for (uint32_t i = 0; i < a->terms_n; i++) {
        uint32_t n = 1 + sample_random(state, i == 0 ? 5 : 2);
        for (uint32_t k = 0; k < n; k++) {
            strcat(a->terms[i], letters[sample_random(state, 7)]);
        }
        for (const char *p = a->terms[i]; *p; p++) {
            len += (size_t)snprintf(a->args + len, sizeof(a->args) - len,
                "%%%02X", (unsigned char)*p);
        }
        a->args[len++] = '+';
    }
    a->args[len] = '\0';
}

static void
check(const struct sample *s, const struct snap *snap, uint32_t c,
    const struct asked *a, void *work)
{
    static ngx_tsunagari_query_t q;
    static struct wanted w;
    ngx_tsunagari_result_t r;
    u_char buf[sizeof(a->args)];
    ngx_str_t args = {strlen(a->args), (u_char *)(uintptr_t)a->args};
    assert_int_equal(ngx_tsunagari_query_parse(&q, &args, buf), NGX_OK);
    assert_int_equal(ngx_tsunagari_search_resolve(snap, c, &q, &r), NGX_OK);
    ngx_tsunagari_search(snap, c, &q, work, &r);
    oracle(s, c, a, &w);
    if (r.total != w.total || r.wide != w.wide) {
        print_message("%s\n", a->args);
    }
    assert_int_equal(r.total, w.total);
    assert_int_equal(r.wide, w.wide);
    uint32_t from = (a->page - 1) * 20;
    uint32_t n = w.total > from ? w.total - from : 0;
    n = n > 20 ? 20 : n;
    assert_int_equal(r.docs_n, n);
    for (uint32_t i = 0; i < n; i++) {
        assert_int_equal(r.docs[i], w.docs[from + i]);
    }
    for (uint32_t v = 0; v < s->values_n; v++) {
        assert_int_equal(r.counts[v], w.counts[v]);
    }
}

static void
search__equals_the_oracle(void **state)
{
    static const uint32_t sizes[] = {0, 1, 2, 3, 20, 63, 64, 65, 128, 300,
        1000, 3000};
    (void)state;
    ngx_tsunagari_set_init();
    uint32_t widened[5] = {0}, random = 77;
    for (uint32_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct sample s;
        struct snap snap;
        sample_make(&s, (struct sample_options){i + 1, sizes[i], 1,
            SNAP_AUDIENCE_PUBLIC});
        assert_null(snap_open(&snap, s.data, s.size));
        for (uint32_t c = 0; c < SNAP_COLLECTIONS; c++) {
            void *work =
                malloc(ngx_tsunagari_search_size(&snap.collections[c]));
            for (uint32_t k = 0; k < (sizes[i] < 1000 ? 300 : 60); k++) {
                static struct wanted w;
                struct asked a;
                ask(&s, &a, &random);
                check(&s, &snap, c, &a, work);
                oracle(&s, c, &a, &w);
                widened[w.wide]++;
            }
            free(work);
        }
        sample_release(&s);
    }
    for (uint32_t i = 0; i < 5; i++) { /* no step went untested */
        assert_true(widened[i] > 5);
    }
}

static void
search__refuses_an_unknown_region(void **state)
{
    static ngx_tsunagari_query_t q;
    ngx_tsunagari_result_t r;
    struct sample s;
    struct snap snap;
    u_char buf[32];
    ngx_str_t args = ngx_string("region=999999");
    (void)state;
    sample_make(&s, (struct sample_options){1, 10, 1, 0});
    assert_null(snap_open(&snap, s.data, s.size));
    assert_int_equal(ngx_tsunagari_query_parse(&q, &args, buf), NGX_OK);
    assert_int_equal(ngx_tsunagari_search_resolve(&snap, 0, &q, &r),
        NGX_DECLINED);
    assert_string_equal(q.bad, "region");
    assert_int_equal(q.reason, NGX_TSUNAGARI_BAD_REGION);
    sample_release(&s);
}

static void
search__finds_nothing_for_an_unknown_value(void **state)
{
    static ngx_tsunagari_query_t q;
    ngx_tsunagari_result_t r;
    struct sample s;
    struct snap snap;
    u_char buf[32];
    ngx_str_t args = ngx_string("tag=gone");
    (void)state;
    sample_make(&s, (struct sample_options){1, 100, 1, 0});
    assert_null(snap_open(&snap, s.data, s.size));
    void *work = malloc(ngx_tsunagari_search_size(&snap.collections[0]));
    assert_int_equal(ngx_tsunagari_query_parse(&q, &args, buf), NGX_OK);
    assert_int_equal(ngx_tsunagari_search_resolve(&snap, 0, &q, &r), NGX_OK);
    ngx_tsunagari_search(&snap, 0, &q, work, &r);
    assert_int_equal(r.total, 0);
    assert_int_equal(r.docs_n, 0);
    /* other tags are still offered, with what choosing them would give */
    uint32_t v = s.first[SNAP_FACET_TAG], n = 0;
    for (uint32_t d = 0; d < s.sides[0].docs_n; d++) {
        n += s.sides[0].docs[d].has[v];
    }
    assert_int_equal(r.counts[v], n);
    free(work);
    sample_release(&s);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search__equals_the_oracle),
        cmocka_unit_test(search__refuses_an_unknown_region),
        cmocka_unit_test(search__finds_nothing_for_an_unknown_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
