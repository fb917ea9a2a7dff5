/*
 * peer_sqlite.c: the same searches by SQLite and FTS5 of bigrams, as a worker
 * would run them that had a database instead of a snapshot.
 *
 *   peer_sqlite SNAPSHOT DATABASE PATHS ROUNDS
 *
 * Makes DATABASE from the snapshot's documents unless it is there.  Each
 * request is answered both ways; totals, documents and all facet counts
 * must be the same (a query that the module widens to other places is left
 * out: that is several queries).  Prints microseconds of CPU of a query for
 * each way, theirs and ours by round.  Ours writes the whole page of HTML;
 * SQLite fetches the cards, and no page is written.  Over 400 lines: one
 * peer, its tables and its search.
 */
#include "asked.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "schema/fold.h"

enum { SQL = 65536, STATEMENTS = 512, FIRST_VALUE = 2, ROUNDS_MAX = 16 };

static sqlite3 *db;
static struct asked asked;
static const struct snap_collection *c;

/* What an answer is, beside its words. */
struct answer_of {
    uint32_t total, docs[NGX_TSUNAGARI_PAGE_SIZE], docs_n;
    uint32_t *counts;
};

static void
run(const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
        asked_fail(sql, why);
    }
}

/* Prepared once for each text: queries of a kind share one. */
static sqlite3_stmt *
prepared(const char *sql)
{
    static struct {
        char *sql;
        sqlite3_stmt *stmt;
    } kept[STATEMENTS];
    size_t i = 0;
    for (; i < STATEMENTS && kept[i].sql != NULL; i++) {
        if (strcmp(kept[i].sql, sql) == 0) {
            sqlite3_reset(kept[i].stmt);
            return kept[i].stmt;
        }
    }
    if (i == STATEMENTS ||
        sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT,
            &kept[i].stmt, NULL) != SQLITE_OK) {
        asked_fail(sql, sqlite3_errmsg(db));
    }
    kept[i].sql = strdup(sql);
    return kept[i].stmt;
}

/* FTS5 tokenizer: each two neighbours of a run, and its last alone. */
static int
token_create(void *context, const char **args, int n, Fts5Tokenizer **out)
{
    (void)context, (void)args, (void)n;
    *out = (Fts5Tokenizer *)&db;
    return SQLITE_OK;
}

static void
token_delete(Fts5Tokenizer *t)
{
    (void)t;
}

static int
token_run(Fts5Tokenizer *t, void *context, int flags, const char *text,
    int len, int (*token)(void *, int, const char *, int, int, int))
{
    (void)t;
    const char *p = text, *end = text + len;
    int rc = SQLITE_OK;
    while (p < end && rc == SQLITE_OK) {
        const char *start = p, *next;
        uint32_t code = fold_next(&p, end);
        if (code == ' ' || code == '\n') {
            continue;
        }
        next = p;
        if (next < end && *next != ' ' && *next != '\n') {
            fold_next(&next, end);
        } else if (flags & FTS5_TOKENIZE_QUERY && start != text) {
            break; /* the last alone is no part of a longer phrase */
        }
        rc = token(context, 0, start, (int)(next - start),
            (int)(start - text), (int)(next - text));
    }
    return rc;
}

static void
add_tokenizer(void)
{
    fts5_api *api = NULL;
    sqlite3_stmt *stmt;
    static fts5_tokenizer bigrams = {token_create, token_delete, token_run};
    sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &stmt, NULL);
    sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(stmt);
    sqlite3_finalize(stmt);
    if (api == NULL ||
        api->xCreateTokenizer(api, "bigrams", NULL, &bigrams, NULL) !=
            SQLITE_OK) {
        asked_fail("fts5", "not there");
    }
}

static void
insert(const char *sql, uint32_t a, uint32_t b, uint32_t d)
{
    sqlite3_stmt *stmt = prepared(sql);
    sqlite3_bind_int64(stmt, 1, a);
    sqlite3_bind_int64(stmt, 2, b);
    sqlite3_bind_int64(stmt, 3, d);
    if (sqlite3_step(stmt) != SQLITE_DONE) {
        asked_fail(sql, sqlite3_errmsg(db));
    }
}

/* The values of a document as one row's array of numbers. */
static void
insert_list(uint32_t doc)
{
    static const char sql[] = "INSERT INTO lists VALUES (?1, ?2)";
    uint32_t list[4096], n = 0, rare_n;
    const uint64_t *row = c->rows + (size_t)doc * c->row_words;
    for (uint32_t k = 0; k < c->columns_n; k++) {
        if (row[k / 64] >> k % 64 & 1) {
            list[n++] = c->columns[k];
        }
    }
    const uint32_t *rare = snap_doc_values(c, doc, &rare_n);
    for (uint32_t i = 0; i < rare_n && n < 4096; i++) {
        list[n++] = rare[i];
    }
    sqlite3_stmt *stmt = prepared(sql);
    sqlite3_bind_int64(stmt, 1, doc);
    sqlite3_bind_blob(
        stmt, 2, list, (int)(n * sizeof(*list)), SQLITE_STATIC);
    if (sqlite3_step(stmt) != SQLITE_DONE) {
        asked_fail(sql, sqlite3_errmsg(db));
    }
}

static void
insert_text(const char *sql, uint32_t doc, struct snap_ref ref)
{
    struct snap_span text = snap_bytes(&asked.snap, ref);
    sqlite3_stmt *stmt = prepared(sql);
    sqlite3_bind_int64(stmt, 1, doc);
    sqlite3_bind_text(stmt, 2, (const char *)text.data, (int)text.length,
        SQLITE_STATIC);
    if (sqlite3_step(stmt) != SQLITE_DONE) {
        asked_fail(sql, sqlite3_errmsg(db));
    }
}

static void
fill_values(uint32_t value)
{
    const uint32_t *list;
    const uint64_t *words;
    uint32_t n;
    snap_posting_get(c, c->values[value].posting, &list, &words, &n);
    for (uint32_t i = 0; i < n; i++) {
        for (uint64_t w = words != NULL ? words[i] : 1; w != 0; w &= w - 1) {
            uint32_t doc = words != NULL
                               ? 64 * i + (uint32_t)__builtin_ctzll(w)
                               : list[i];
            insert("INSERT INTO value_docs VALUES (?1, ?2)", value, doc, 0);
        }
    }
    insert("INSERT INTO value_counts VALUES (?1, ?2)", value,
        c->values[value].count, 0);
}

static void
fill(void)
{
    run("BEGIN;"
        "CREATE TABLE docs (doc INTEGER PRIMARY KEY, card TEXT);"
        "CREATE VIRTUAL TABLE texts USING fts5 (text, content = '',"
        " tokenize = 'bigrams');"
        "CREATE TABLE value_docs (value INT, doc INT, PRIMARY KEY (value, doc))"
        " WITHOUT ROWID;"
        "CREATE TABLE lists (doc INTEGER PRIMARY KEY, list BLOB);"
        "CREATE TABLE value_counts (value INTEGER PRIMARY KEY, n INT);"
        "CREATE TABLE orders (region INT, doc INT, place INT, PRIMARY KEY (region, doc))"
        " WITHOUT ROWID");
    for (uint32_t doc = 0; doc < c->docs_n; doc++) {
        insert_text("INSERT INTO docs VALUES (?1, ?2)", doc,
            *snap_card(c, doc, SNAP_LANG_JA));
        insert_text("INSERT INTO texts (rowid, text) VALUES (?1, ?2)", doc,
            c->docs[doc].text);
        insert_list(doc);
    }
    for (uint32_t value = 0; value < c->values_n; value++) {
        fill_values(value);
    }
    for (uint32_t region = 0; region < c->orders_n; region++) {
        uint32_t n;
        const uint32_t *order = snap_order_get(c, region, &n);
        for (uint32_t i = 0; i < n; i++) {
            insert("INSERT INTO orders VALUES (?1, ?2, ?3)", region,
                order[i], i);
        }
    }
    run("INSERT INTO texts (texts) VALUES ('optimize'); COMMIT; ANALYZE");
}

/* A phrase of bigrams stands as its text does; one letter begins one. */
static void
put_match(char *match, size_t size)
{
    size_t n = 0;
    match[0] = '\0';
    for (ngx_uint_t i = 0; i < asked.query.terms; i++) {
        const ngx_str_t *term = &asked.query.term[i];
        const char *p = (const char *)term->data;
        fold_next(&p, p + term->len);
        bool single = p == (const char *)term->data + term->len;
        n += (size_t)snprintf(match + n, size - n, "%s\"", i > 0 ? " " : "");
        for (size_t k = 0; k < term->len && n + 4 < size; k++) {
            match[n++] = (char)term->data[k];
            if (term->data[k] == '"') {
                match[n++] = '"';
            }
        }
        n += (size_t)snprintf(match + n, size - n, "\"%s", single ? "*" : "");
    }
}

/*
 * The documents that match all facets but one: a query and its values.  The
 * + keeps the planner from asking FTS5 for one document at a time.
 */
struct where {
    char sql[SQL / 2];
    uint32_t values[SNAP_FACETS * NGX_TSUNAGARI_VALUES];
    int values_n;
};

/* False: no condition, so that all documents match. */
static bool
put_where(struct where *w, ngx_uint_t but)
{
    bool text = asked.query.terms > 0, any = text;
    char *sql = w->sql;
    size_t size = sizeof(w->sql);
    w->values_n = 0;
    size_t n = (size_t)snprintf(sql, size, "%s",
        text ? "SELECT rowid FROM texts WHERE texts MATCH ?1"
             : "SELECT doc FROM docs WHERE 1");
    for (ngx_uint_t f = 0; f < SNAP_FACETS; f++) {
        const ngx_tsunagari_chosen_t *chosen = &asked.result.chosen[f];
        if (chosen->n == 0 || f == but) {
            continue;
        }
        n += (size_t)snprintf(sql + n, size - n,
            " AND %s IN (SELECT doc FROM value_docs WHERE value IN (",
            text ? "+rowid" : "doc");
        for (ngx_uint_t i = 0; i < chosen->n; i++) {
            w->values[w->values_n++] = chosen->value[i];
            n += (size_t)snprintf(sql + n, size - n, "%s?%d",
                i > 0 ? "," : "", FIRST_VALUE + w->values_n - 1);
        }
        n += (size_t)snprintf(sql + n, size - n, "))");
        any = true;
    }
    return any;
}

static void
bind_where(sqlite3_stmt *stmt, const char *match, const struct where *w)
{
    if (asked.query.terms > 0) {
        sqlite3_bind_text(stmt, 1, match, -1, SQLITE_STATIC);
    }
    for (int i = 0; i < w->values_n; i++) {
        sqlite3_bind_int64(stmt, FIRST_VALUE + i, w->values[i]);
    }
}

/* Counts the values in [first, first + n) of the lists of a query. */
static void
take_lists(sqlite3_stmt *stmt, uint32_t first, uint32_t n, uint32_t *counts)
{
    memset(counts + first, 0, n * sizeof(*counts));
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        const uint32_t *list = sqlite3_column_blob(stmt, 0);
        int list_n = sqlite3_column_bytes(stmt, 0) / (int)sizeof(*list);
        for (int i = 0; i < list_n; i++) {
            if (list[i] - first < n) {
                counts[list[i]]++;
            }
        }
    }
    sqlite3_reset(stmt);
}

/* What is known of all documents. */
static void
take_all(uint32_t first, uint32_t n, uint32_t *counts)
{
    sqlite3_stmt *stmt = prepared(
        "SELECT value, n FROM value_counts WHERE value BETWEEN ?1 AND ?2");
    sqlite3_bind_int64(stmt, 1, first);
    sqlite3_bind_int64(stmt, 2, first + n - 1);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        counts[sqlite3_column_int(stmt, 0)] =
            (uint32_t)sqlite3_column_int(stmt, 1);
    }
    sqlite3_reset(stmt);
}

static void
search_counts(const char *match, uint32_t *counts)
{
    char sql[SQL];
    struct where where;
    if (put_where(&where, SNAP_FACETS)) {
        take_lists(
            prepared("SELECT list FROM hits CROSS JOIN lists USING (doc)"), 0,
            c->values_n, counts);
    } else {
        take_all(0, c->values_n, counts);
    }
    for (ngx_uint_t f = 0; f < SNAP_FACETS; f++) {
        uint32_t n, first = ngx_tsunagari_facet(c, f, &n);
        if (asked.result.chosen[f].n == 0) {
            continue;
        }
        if (!put_where(&where, f)) {
            take_all(first, n, counts);
            continue;
        }
        snprintf(sql, sizeof(sql),
            "SELECT list FROM (%s) AS h CROSS JOIN lists AS l"
            " ON l.doc = h.%s",
            where.sql, asked.query.terms > 0 ? "rowid" : "doc");
        sqlite3_stmt *stmt = prepared(sql);
        bind_where(stmt, match, &where);
        take_lists(stmt, first, n, counts);
    }
}

static void
search_page(struct answer_of *answer)
{
    static volatile size_t read; /* the cards are fetched, if not written */
    sqlite3_stmt *stmt = prepared(asked.result.region == SNAP_NONE
            ? "SELECT doc, (SELECT card FROM docs WHERE doc = hits.doc)"
              " FROM hits ORDER BY doc LIMIT 20 OFFSET ?1"
            : "SELECT doc, (SELECT card FROM docs WHERE doc = hits.doc)"
              " FROM hits JOIN orders USING (doc)"
              " WHERE region = ?2 ORDER BY place LIMIT 20 OFFSET ?1");
    sqlite3_bind_int64(stmt, 1, (sqlite3_int64)(asked.query.page - 1) * 20);
    sqlite3_bind_int64(stmt, 2, asked.result.region);
    answer->docs_n = 0;
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        answer->docs[answer->docs_n++] = (uint32_t)sqlite3_column_int(stmt, 0);
        read += (size_t)sqlite3_column_bytes(stmt, 1);
    }
    sqlite3_reset(stmt);
}

static void
search(struct answer_of *answer)
{
    char match[4096], sql[SQL];
    struct where where;
    put_match(match, sizeof(match));
    put_where(&where, SNAP_FACETS);
    sqlite3_stmt *stmt = prepared("DELETE FROM hits");
    sqlite3_step(stmt);
    sqlite3_reset(stmt);
    snprintf(sql, sizeof(sql), "INSERT INTO hits %s", where.sql);
    stmt = prepared(sql);
    bind_where(stmt, match, &where);
    if (sqlite3_step(stmt) != SQLITE_DONE) {
        asked_fail(sql, sqlite3_errmsg(db));
    }
    answer->total = (uint32_t)sqlite3_changes(db);
    sqlite3_reset(stmt);
    search_page(answer);
    search_counts(match, answer->counts);
}

static void
compare(const struct answer_of *answer, const ngx_tsunagari_result_t *r)
{
    if (answer->total != r->total || answer->docs_n != r->docs_n ||
        memcmp(answer->docs, r->docs, r->docs_n * sizeof(r->docs[0])) != 0) {
        asked_fail(asked.args, "SQLite finds other documents");
    }
    if (memcmp(answer->counts, r->counts,
            c->values_n * sizeof(*r->counts)) != 0) {
        asked_fail(asked.args, "SQLite counts otherwise");
    }
}

static double
least(double a, double b)
{
    return a < b ? a : b;
}

static double
page_us(void)
{
    double start = asked_cpu_us();
    pages_get(&asked.snap, asked.path, asked.args, 256 * 1024);
    return asked_cpu_us() - start;
}

int
main(int argc, char **argv)
{
    int rounds = argc == 5 ? atoi(argv[4]) : 0;
    if (rounds < 1 || rounds > ROUNDS_MAX) {
        fputs("usage: peer_sqlite SNAPSHOT DATABASE PATHS ROUNDS\n", stderr);
        return 2;
    }
    asked_open(&asked, argv[1], argv[3]);
    c = &asked.snap.collections[SNAP_RESOURCES];
    if (sqlite3_open(argv[2], &db) != SQLITE_OK) {
        asked_fail(argv[2], sqlite3_errmsg(db));
    }
    add_tokenizer();
    sqlite3_stmt *there;
    if (sqlite3_prepare_v2(db, "SELECT 1 FROM value_counts", -1, &there,
            NULL) != SQLITE_OK) {
        fill();
    }
    sqlite3_finalize(there);
    run("PRAGMA mmap_size = 8000000000; PRAGMA cache_size = -262144;"
        "PRAGMA temp_store = memory;"
        "CREATE TEMP TABLE hits (doc INTEGER PRIMARY KEY)");
    struct answer_of answer = {
        .counts = calloc(c->values_n + 1, sizeof(uint32_t))};
    double theirs[ROUNDS_MAX] = {0}, ours[ROUNDS_MAX] = {0};
    unsigned n = 0, widened = 0;
    while (asked_next(&asked)) {
        ngx_tsunagari_result_t r = asked.result;
        ngx_tsunagari_search(
            &asked.snap, asked.collection, &asked.query, asked.work, &r);
        if (r.wide != NGX_TSUNAGARI_WIDE_NO) {
            widened++;
            continue;
        }
        for (int i = 0; i < rounds; i++) {
            double start = asked_cpu_us();
            search(&answer);
            theirs[i] += asked_cpu_us() - start;
            ours[i] += least(page_us(), page_us()); /* theirs took the cache */
        }
        compare(&answer, &r);
        n++;
    }
    printf("RESULT %u %u", n, widened);
    for (int i = 0; i < rounds; i++) {
        printf(" %.1f %.1f", theirs[i] / n, ours[i] / n);
    }
    printf("\n");
    return 0;
}
