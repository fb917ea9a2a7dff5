/*
 * peer_groonga.c: a snapshot's documents and searches in Groonga's words.
 *
 *   peer_groonga load SNAPSHOT         commands for `groonga DATABASE`
 *   peer_groonga ask SNAPSHOT PATHS    one line for each search:
 *       WANTED URL [FACET URL]...
 *
 * Groonga counts what it finds, by facet; a facet that is chosen from is
 * counted by a search of its own, without its values.  WANTED is what the
 * module finds, as total:documents:counts.  Searches that the module widens
 * to other places are left out.
 */
#include "asked.h"

#include <stdlib.h>
#include <string.h>

static struct asked asked;
static const struct snap_collection *c;

static void
put_json(struct snap_ref ref)
{
    struct snap_span text = snap_bytes(&asked.snap, ref);
    putchar('"');
    for (uint32_t i = 0; i < text.length; i++) {
        if (text.data[i] < 0x20 || text.data[i] == 0x7F) {
            printf("\\u%04x", text.data[i]);
        } else {
            if (text.data[i] == '"' || text.data[i] == '\\') {
                putchar('\\');
            }
            putchar(text.data[i]);
        }
    }
    putchar('"');
}

static void
put_schema(void)
{
    puts("table_create Docs TABLE_HASH_KEY UInt32\n"
         "column_create Docs text COLUMN_SCALAR Text\n"
         "column_create Docs title COLUMN_SCALAR Text\n"
         "table_create Grams TABLE_PAT_KEY ShortText --default_tokenizer"
         " TokenBigramSplitSymbolAlphaDigit\n"
         "column_create Grams docs COLUMN_INDEX|WITH_POSITION Docs text");
    for (int f = 0; f < (int)SNAP_FACETS; f++) {
        printf("table_create V%d TABLE_HASH_KEY UInt32\n"
               "column_create Docs f%d COLUMN_VECTOR V%d\n"
               "column_create V%d docs COLUMN_INDEX Docs f%d\n",
            f, f, f, f, f);
    }
    for (uint32_t r = 0; r < c->orders_n; r++) {
        printf("column_create Docs o%u COLUMN_SCALAR UInt32\n", r);
    }
}

static void
put_values(uint32_t doc)
{
    const uint64_t *row = c->rows + (size_t)doc * c->row_words;
    uint32_t rare_n;
    const uint32_t *rare = snap_doc_values(c, doc, &rare_n);
    for (uint32_t f = 0; f < SNAP_FACETS; f++) {
        uint32_t n, first = ngx_tsunagari_facet(c, f, &n);
        const char *comma = "";
        printf(",\"f%u\":[", f);
        for (uint32_t v = first; v < first + n; v++) {
            uint32_t k = c->values[v].column;
            bool has = k != SNAP_NONE && row[k / 64] >> k % 64 & 1;
            for (uint32_t i = 0; i < rare_n; i++) {
                has = has || rare[i] == v;
            }
            if (has) {
                printf("%s%u", comma, v);
                comma = ",";
            }
        }
        putchar(']');
    }
}

static void
put_docs(void)
{
    uint32_t *places =
        calloc((size_t)c->docs_n * c->orders_n + 1, sizeof(*places));
    if (places == NULL) {
        asked_fail("orders", "no memory");
    }
    for (uint32_t r = 0; r < c->orders_n; r++) {
        uint32_t n;
        const uint32_t *order = snap_order_get(c, r, &n);
        for (uint32_t i = 0; i < n; i++) {
            places[(size_t)order[i] * c->orders_n + r] = i + 1;
        }
    }
    puts("load --table Docs\n[");
    for (uint32_t doc = 0; doc < c->docs_n; doc++) {
        printf("{\"_key\":%u,\"text\":", doc);
        put_json(c->docs[doc].text);
        fputs(",\"title\":", stdout);
        put_json(snap_title(&c->docs[doc]));
        put_values(doc);
        for (uint32_t r = 0; r < c->orders_n; r++) {
            uint32_t place = places[(size_t)doc * c->orders_n + r];
            if (place > 0) {
                printf(",\"o%u\":%u", r, place);
            }
        }
        printf("}%s\n", doc + 1 < c->docs_n ? "," : "");
    }
    puts("]");
    free(places);
}

static void
put_escaped(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        printf("%%%02X", (unsigned char)text[i]);
    }
}

static void
put_filter(uint32_t but)
{
    const char *and = "";
    char part[64];
    fputs("&filter=", stdout);
    for (ngx_uint_t i = 0; i < asked.query.terms; i++) {
        const ngx_str_t *term = &asked.query.term[i];
        put_escaped(and, strlen(and));
        put_escaped("text @ \"", 8);
        for (size_t k = 0; k < term->len; k++) {
            if (term->data[k] == '"' || term->data[k] == '\\') {
                put_escaped("\\", 1);
            }
            put_escaped((const char *)term->data + k, 1);
        }
        put_escaped("\"", 1);
        and = " && ";
    }
    for (uint32_t f = 0; f < SNAP_FACETS; f++) {
        const ngx_tsunagari_chosen_t *chosen = &asked.result.chosen[f];
        for (ngx_uint_t i = 0; i < chosen->n && f != but; i++) {
            int len = snprintf(part, sizeof(part), "%s%sf%u @ %u%s",
                i == 0 ? and : " || ", i == 0 ? "(" : "", f,
                chosen->value[i], i + 1 == chosen->n ? ")" : "");
            put_escaped(part, (size_t)len);
            and = " && ";
        }
    }
}

static void
put_drilldown(uint32_t facet)
{
    printf("&drilldowns%%5Bf%u%%5D.keys=f%u&drilldowns%%5Bf%u%%5D.limit=-1"
           "&drilldowns%%5Bf%u%%5D.output_columns=_key,_nsubrecs",
        facet, facet, facet, facet);
}

static void
put_wanted(const ngx_tsunagari_result_t *r)
{
    printf("%u:", r->total);
    for (ngx_uint_t i = 0; i < r->docs_n; i++) {
        printf("%s%u", i > 0 ? "," : "", r->docs[i]);
    }
    putchar(':');
    for (uint32_t v = 0; v < c->values_n; v++) {
        printf("%s%u", v > 0 ? "," : "", r->counts[v]);
    }
}

static void
put_search(const ngx_tsunagari_result_t *r)
{
    put_wanted(r);
    fputs(" /d/select?table=Docs", stdout);
    put_filter(SNAP_FACETS);
    printf("&limit=20&offset=%u&output_columns=_key,title&sort_keys=",
        (unsigned)(asked.query.page - 1) * 20);
    if (r->region == SNAP_NONE) {
        fputs("_key", stdout);
    } else {
        printf("o%u", r->region);
    }
    for (uint32_t f = 0; f < SNAP_FACETS; f++) {
        if (r->chosen[f].n == 0) {
            put_drilldown(f);
        }
    }
    for (uint32_t f = 0; f < SNAP_FACETS; f++) {
        if (r->chosen[f].n > 0) {
            printf(" %u /d/select?table=Docs", f);
            put_filter(f);
            fputs("&limit=0", stdout);
            put_drilldown(f);
        }
    }
    putchar('\n');
}

int
main(int argc, char **argv)
{
    bool load = argc == 3 && strcmp(argv[1], "load") == 0;
    if (!load && (argc != 4 || strcmp(argv[1], "ask") != 0)) {
        fputs("usage: peer_groonga load SNAPSHOT | ask SNAPSHOT PATHS\n",
            stderr);
        return 2;
    }
    asked_open(&asked, argv[2], load ? "/dev/null" : argv[3]);
    c = &asked.snap.collections[SNAP_RESOURCES];
    if (load) {
        put_schema();
        put_docs();
        return 0;
    }
    while (asked_next(&asked)) {
        ngx_tsunagari_result_t r = asked.result;
        ngx_tsunagari_search(
            &asked.snap, asked.collection, &asked.query, asked.work, &r);
        if (r.wide == NGX_TSUNAGARI_WIDE_NO) {
            put_search(&r);
        }
    }
    return 0;
}
