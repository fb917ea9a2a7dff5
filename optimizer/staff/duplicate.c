/* duplicate.c: organisations that may be one (duplicate.h). */
#include "duplicate.h"

#include <stdio.h>
#include <string.h>

struct refresher {
    struct store *store;
    struct store_stmt *texts, *put;
};

static bool
put_key(struct refresher *r, int64_t id, const char *kind, const char *key,
    struct err *err)
{
    if (key[0] == '\0') {
        return true;
    }
    store_bind_text(r->put, 1, kind);
    store_bind_text(r->put, 2, key);
    store_bind_int(r->put, 3, id);
    return store_run(r->put, err);
}

/* Every text of an organisation, by kind. */
static const char texts_sql[] =
    "SELECT 'name', name FROM organisations WHERE id = ?1"
    " UNION ALL SELECT 'name', name_kana FROM organisations WHERE id = ?1"
    " UNION ALL SELECT 'name', alias FROM organisation_aliases"
    "            WHERE organisation_id = ?1"
    " UNION ALL SELECT 'url', url FROM organisations WHERE id = ?1"
    " UNION ALL SELECT 'phone', phone FROM organisations WHERE id = ?1";

static bool
put_keys(struct refresher *r, int64_t id, struct err *err)
{
    int step;
    bool ok = true;
    store_bind_int(r->texts, 1, id);
    while (ok && (step = store_step(r->texts, err)) != 0) {
        char key[DUPLICATE_KEY_MAX], kind[8];
        ok = step > 0;
        if (ok) {
            const char *text = store_text(r->texts, 1);
            snprintf(kind, sizeof(kind), "%s", store_text(r->texts, 0));
            if (kind[0] == 'n') {
                duplicate_name_key(text, key);
            } else if (kind[0] == 'u') {
                duplicate_url_key(text, key);
            } else {
                duplicate_phone_key(text, key);
            }
            ok = put_key(r, id, kind, key, err);
        }
    }
    return ok;
}

static bool
put_all(struct refresher *r, struct err *err)
{
    struct store_stmt *stmt = store_prepare(r->store,
        "SELECT u.organisation_id FROM organisation_unkeyed AS u"
        "  JOIN organisations AS o ON o.id = u.organisation_id"
        " WHERE o.merged_into IS NULL ORDER BY 1",
        err);
    if (stmt == NULL) {
        return false;
    }
    int step;
    bool ok = true;
    while (ok && (step = store_step(stmt, err)) != 0) {
        ok = step > 0 && put_keys(r, store_int(stmt, 0), err);
    }
    store_finish(stmt);
    return ok;
}

bool
duplicate_refresh(struct store *store, struct err *err)
{
    int64_t stale = 0;
    if (!store_query_int(store,
            "SELECT EXISTS (SELECT 1 FROM organisation_unkeyed)", &stale,
            err)) {
        return false;
    }
    if (stale == 0) {
        return true;
    }
    struct refresher r = {.store = store};
    bool ok = store_exec(store,
        "DELETE FROM organisation_keys WHERE organisation_id IN"
        " (SELECT organisation_id FROM organisation_unkeyed)",
        err);
    r.texts = store_prepare(store, texts_sql, err);
    r.put = store_prepare(store,
        "INSERT INTO organisation_keys (kind, key, organisation_id)"
        " VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        err);
    ok = ok && r.texts != NULL && r.put != NULL && put_all(&r, err) &&
         store_exec(store, "DELETE FROM organisation_unkeyed", err);
    store_finish(r.texts);
    store_finish(r.put);
    return ok;
}

/* ?1 organisation or 0, ?2 most */
static const char pairs_sql[] =
    "WITH shared AS ("
    " SELECT k.kind, k.key FROM organisation_keys AS k"
    "  WHERE ?1 = 0 OR EXISTS (SELECT 1 FROM organisation_keys AS m"
    "        WHERE m.organisation_id = ?1 AND m.kind = k.kind"
    "          AND m.key = k.key)"
    "  GROUP BY k.kind, k.key HAVING count(*) BETWEEN 2 AND 20),"
    " pair AS ("
    " SELECT x.organisation_id AS low, y.organisation_id AS high,"
    "        max(x.kind = 'name') AS by_name, max(x.kind = 'url') AS by_url,"
    "        max(x.kind = 'phone') AS by_phone"
    "   FROM shared AS s"
    "   JOIN organisation_keys AS x ON x.kind = s.kind AND x.key = s.key"
    "   JOIN organisation_keys AS y ON y.kind = s.kind AND y.key = s.key"
    "    AND y.organisation_id > x.organisation_id"
    "  WHERE ?1 IN (0, x.organisation_id, y.organisation_id)"
    "  GROUP BY 1, 2)"
    " SELECT p.low, p.high, p.by_name, p.by_url, p.by_phone,"
    "   ifnull(a.corporate_number <> b.corporate_number, 0) AS other,"
    "   a.name, ifnull(a.corporate_number, ''), a.url, a.phone,"
    "   ifnull(a.region_code, ''), b.name, ifnull(b.corporate_number, ''),"
    "   b.url, b.phone, ifnull(b.region_code, ''),"
    "   (SELECT count(*) FROM entries WHERE organisation_id = p.low),"
    "   (SELECT count(*) FROM entries WHERE organisation_id = p.high)"
    "  FROM pair AS p JOIN organisations AS a ON a.id = p.low"
    "  JOIN organisations AS b ON b.id = p.high"
    " WHERE a.merged_into IS NULL AND b.merged_into IS NULL"
    "   AND (p.by_name OR NOT other)"
    "   AND NOT EXISTS (SELECT 1 FROM organisation_distinct AS d"
    "                    WHERE d.low = p.low AND d.high = p.high)"
    " ORDER BY by_name + by_url + by_phone - other DESC, by_name DESC,"
    "          p.low, p.high LIMIT ?2";

static void
take_pair(struct store_stmt *stmt, struct arena *arena,
    struct duplicate *pair)
{
    struct duplicate_org *orgs[] = {&pair->a, &pair->b};
    for (int i = 0; i < 2; i++) {
        *orgs[i] = (struct duplicate_org){.id = store_int(stmt, i),
            .entries = store_int(stmt, 16 + i),
            .name = arena_string(arena, store_text(stmt, 6 + 5 * i)),
            .number = arena_string(arena, store_text(stmt, 7 + 5 * i)),
            .url = arena_string(arena, store_text(stmt, 8 + 5 * i)),
            .phone = arena_string(arena, store_text(stmt, 9 + 5 * i)),
            .region = arena_string(arena, store_text(stmt, 10 + 5 * i))};
    }
    pair->name = store_int(stmt, 2) != 0;
    pair->url = store_int(stmt, 3) != 0;
    pair->phone = store_int(stmt, 4) != 0;
    pair->other_number = store_int(stmt, 5) != 0;
}

bool
duplicate_load(struct store *store, int64_t organisation_id, int32_t most,
    struct arena *arena, struct duplicate_list *list, struct err *err)
{
    most = most < 1 ? 1 : most > DUPLICATE_MOST ? DUPLICATE_MOST : most;
    struct store_stmt *stmt = store_prepare(store, pairs_sql, err);
    if (stmt == NULL) {
        return false;
    }
    memset(list, 0, sizeof(*list));
    list->pairs = arena_array(arena, (size_t)most, sizeof(*list->pairs));
    store_bind_int(stmt, 1, organisation_id);
    store_bind_int(stmt, 2, most + 1);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        if (list->n < most) {
            take_pair(stmt, arena, &list->pairs[list->n++]);
        } else {
            list->more = true;
        }
    }
    store_finish(stmt);
    return step == 0;
}
