/* organisation_act.c: merging organisations, and their flags
 * (organisation_act.h). */
#include "organisation_act.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Exists, and is not merged. */
static bool
check_org(struct store *store, int64_t id, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT ifnull(merged_into, 0) FROM organisations WHERE id = ?",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, id);
    int step = store_step(stmt, err);
    int64_t merged = step > 0 ? store_int(stmt, 0) : 0;
    store_finish(stmt);
    if (step == 0) {
        return fail(err, ERR_INPUT, "no organisation %" PRId64, id);
    }
    return step > 0 && (merged == 0 || fail(err, ERR_INPUT,
                                           "organisation %" PRId64
                                           " was merged into %" PRId64,
                                           id, merged));
}

static bool
check_two(struct store *store, int64_t a, int64_t b, const char *reason,
    struct err *err)
{
    return check_org(store, a, err) && check_org(store, b, err) &&
           act_text_check("reason", reason, true, err) &&
           (a != b || fail(err, ERR_INPUT,
                          "organisation %" PRId64 " twice", a));
}

/* One statement of the two ids. */
static bool
run2(struct store *store, const char *sql, int64_t from, int64_t into,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, from);
    store_bind_int(stmt, 2, into);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    return ok;
}

static bool
check_numbers(struct store *store, int64_t from, int64_t into,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT 1 FROM organisations AS a JOIN organisations AS b"
        "    ON b.id = ?2 WHERE a.id = ?1"
        "   AND a.corporate_number <> b.corporate_number",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, from);
    store_bind_int(stmt, 2, into);
    int step = store_step(stmt, err);
    store_finish(stmt);
    return step == 0 ||
           (step > 0 && fail(err, ERR_INPUT,
                            "organisations %" PRId64 " and %" PRId64
                            " have different 法人番号",
                            from, into));
}

enum { COLUMNS_MOST = 64 };

/* Every column of any table that refers to an organisation and is no part
 * of what duplicate.c keeps. */
static bool
find_columns(struct store *store, char names[][2][64], int *n,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT m.name, f.\"from\" FROM sqlite_schema AS m"
        "  JOIN pragma_foreign_key_list(m.name) AS f"
        " WHERE m.type = 'table' AND f.\"table\" = 'organisations'"
        "   AND m.name NOT IN ('organisation_aliases', 'organisation_keys',"
        "       'organisation_unkeyed', 'organisation_distinct')"
        " ORDER BY 1, 2",
        err);
    if (stmt == NULL) {
        return false;
    }
    int step;
    *n = 0;
    while ((step = store_step(stmt, err)) > 0 && *n < COLUMNS_MOST) {
        snprintf(names[*n][0], 64, "%s", store_text(stmt, 0));
        snprintf(names[(*n)++][1], 64, "%s", store_text(stmt, 1));
    }
    store_finish(stmt);
    return step == 0;
}

static bool
move_references(struct store *store, int64_t from, int64_t into,
    int64_t *entries, struct err *err)
{
    char names[COLUMNS_MOST][2][64], sql[256];
    int n;
    bool ok = find_columns(store, names, &n, err);
    for (int i = 0; ok && i < n; i++) {
        snprintf(sql, sizeof(sql),
            "UPDATE \"%.63s\" SET \"%.63s\" = ?2 WHERE \"%.63s\" = ?1", names[i][0],
            names[i][1], names[i][1]);
        ok = run2(store, sql, from, into, err);
        if (ok && strcmp(names[i][0], "entries") == 0) {
            *entries = store_changes(store);
        }
    }
    return ok;
}

static const char *const alias_sql[] = {
    "INSERT INTO organisation_aliases (organisation_id, alias)"
    " SELECT ?2, a.name FROM organisations AS a JOIN organisations AS b"
    "     ON b.id = ?2 WHERE a.id = ?1 AND a.name <> b.name"
    " ON CONFLICT DO NOTHING",
    "INSERT INTO organisation_aliases (organisation_id, alias)"
    " SELECT ?2, alias FROM organisation_aliases WHERE organisation_id = ?1"
    "    AND ?2 > 0 ON CONFLICT DO NOTHING",
    "DELETE FROM organisation_aliases WHERE organisation_id = ?1 AND ?2 > 0"};

/* What the one knows and the other does not; ?3 the number, which is unique
 * and has left its row before it comes to the other. */
static const char learn_sql[] =
    "UPDATE organisations AS o SET"
    " corporate_number = ifnull(o.corporate_number, ?3),"
    " sector_id = ifnull(o.sector_id, m.sector_id),"
    " org_form_id = ifnull(o.org_form_id, m.org_form_id),"
    " region_code = ifnull(o.region_code, m.region_code),"
    " name_kana = coalesce(nullif(o.name_kana, ''), m.name_kana),"
    " name_en = coalesce(nullif(o.name_en, ''), m.name_en),"
    " url = coalesce(nullif(o.url, ''), m.url),"
    " phone = coalesce(nullif(o.phone, ''), m.phone),"
    " email = coalesce(nullif(o.email, ''), m.email),"
    " contact_name = coalesce(nullif(o.contact_name, ''), m.contact_name),"
    " activity = coalesce(nullif(o.activity, ''), m.activity),"
    " note = trim(o.note || char(10) || m.note, char(10)),"
    " member = max(o.member, m.member), linked = max(o.linked, m.linked),"
    " updated_at = ?4"
    " FROM organisations AS m WHERE o.id = ?2 AND m.id = ?1";

/* Leaves the merged row with its words, but without number and flags. */
static const char leave_sql[] =
    "UPDATE organisations SET publish = 0, member = 0, linked = 0,"
    " merged_into = ?2 WHERE id = ?1";

static bool
move_words(struct store *store, int64_t from, int64_t into,
    const char *number, struct err *err)
{
    struct store_stmt *learn = store_prepare(store, learn_sql, err);
    if (learn == NULL) {
        return false;
    }
    char now[21];
    store_now(now);
    store_bind_int(learn, 1, from);
    store_bind_int(learn, 2, into);
    store_bind_text_or_null(learn, 3, number);
    store_bind_text(learn, 4, now);
    bool ok = run2(store,
                  "UPDATE organisations SET corporate_number = NULL"
                  " WHERE id = ?1 AND ?2 > 0",
                  from, into, err) &&
              store_run(learn, err) && run2(store, leave_sql, from, into, err);
    store_finish(learn);
    return ok;
}

/* Audits the row as it was, then moves its words. */
static bool
move_row(struct store *store, int64_t from, int64_t into, const char *reason,
    int64_t entries, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT name, ifnull(corporate_number, ''),"
        " linked + 2 * member + 4 * publish FROM organisations WHERE id = ?",
        err);
    if (stmt == NULL) {
        return false;
    }
    char number[16];
    store_bind_int(stmt, 1, from);
    bool ok = store_step(stmt, err) > 0;
    snprintf(number, sizeof(number), "%s", store_text(stmt, 1));
    struct act_detail detail = {
        .text_key = {"reason", "name", "corporate_number"},
        .text = {reason, store_text(stmt, 0), number},
        .number_key = {"into", "entries", "flags"},
        .number = {into, entries, store_int(stmt, 2)}};
    ok = ok && act_audit(store, "organisation.merge", "organisations", from,
                   &detail, err);
    store_finish(stmt);
    return ok && move_words(store, from, into, number, err);
}

bool
organisation_merge(struct store *store, int64_t from, int64_t into,
    const char *reason, int64_t *moved_entries, struct err *err)
{
    *moved_entries = 0;
    bool ok = check_two(store, from, into, reason, err) &&
              check_numbers(store, from, into, err) &&
              move_references(store, from, into, moved_entries, err);
    for (size_t i = 0; ok && i < sizeof(alias_sql) / sizeof(alias_sql[0]);
         i++) {
        ok = run2(store, alias_sql[i], from, into, err);
    }
    return ok && move_row(store, from, into, reason, *moved_entries, err);
}

bool
organisation_distinct(struct store *store, int64_t a, int64_t b,
    const char *reason, struct err *err)
{
    if (!check_two(store, a, b, reason, err)) {
        return false;
    }
    struct store_stmt *stmt = store_prepare(store,
        "INSERT INTO organisation_distinct (low, high, reason, actor, at)"
        " VALUES (min(?1, ?2), max(?1, ?2), ?3, ?4, ?5)"
        " ON CONFLICT DO UPDATE SET reason = ?3, actor = ?4, at = ?5",
        err);
    if (stmt == NULL) {
        return false;
    }
    char now[21];
    store_now(now);
    store_bind_int(stmt, 1, a);
    store_bind_int(stmt, 2, b);
    store_bind_text(stmt, 3, reason);
    store_bind_text(stmt, 4, store_actor(store));
    store_bind_text(stmt, 5, now);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    struct act_detail detail = {.text_key = {"reason"}, .text = {reason},
        .number_key = {"other"}, .number = {b}};
    return ok && act_audit(store, "organisation.distinct", "organisations",
                     a, &detail, err);
}

bool
organisation_set(struct store *store, int64_t id, const char *flag, bool on,
    const char *reason, struct err *err)
{
    char sql[96];
    if (strcmp(flag, "linked") != 0 && strcmp(flag, "publish") != 0 &&
        strcmp(flag, "member") != 0) {
        return fail(err, ERR_INPUT,
            "organisation: not linked, publish or member: \"%s\"", flag);
    }
    if (!check_org(store, id, err) ||
        !act_text_check("reason", reason, true, err)) {
        return false;
    }
    snprintf(sql, sizeof(sql),
        "UPDATE organisations SET %s = ?2 WHERE id = ?1", flag);
    struct act_detail detail = {.text_key = {"reason", "flag", "value"},
        .text = {reason, flag, on ? "on" : "off"}};
    return run2(store, sql, id, on, err) &&
           act_audit(store, "organisation.set", "organisations", id, &detail,
               err);
}
