/* sheet_address.c: asked before it is believed (sheet_address.h). */
#include "sheet_address.h"

#include <string.h>

bool
sheet_address_confirmed(struct call *call, const struct sheet *sheet,
    bool *confirmed, struct err *err)
{
    const char *address = sheet_value(sheet, "email");
    *confirmed = strcmp(sheet->address, address) == 0 ||
                 (sheet->entry_id == 0 && sheet->address[0] == '\0');
    if (*confirmed) {
        return true;
    }
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT 1 FROM organisations WHERE key = ?1 AND email = ?2", err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, sheet_key(call, sheet));
    store_bind_text(stmt, 2, address);
    int step = store_step(stmt, err);
    store_finish(stmt);
    *confirmed = step == 1;
    return step >= 0;
}

bool
sheet_address_mailed(struct call *call, const struct sheet *sheet,
    const char *token, struct err *err)
{
    char hash[SECRET_HASH];
    struct store_stmt *stmt = store_prepare(call->store,
        "UPDATE sheet_links SET address = ?2 WHERE token_hash = ?1", err);
    if (stmt == NULL) {
        return false;
    }
    secret_hash("sheet", token, hash);
    store_bind_text(stmt, 1, hash);
    store_bind_text(stmt, 2, sheet_value(sheet, "email"));
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    return ok;
}

bool
sheet_address_of(struct call *call, int64_t entry_id, const char **address,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT o.email FROM entries AS e JOIN organisations AS o"
        " ON o.key = substr(e.key, 7) WHERE e.id = ?1 AND e.key LIKE 'sheet:%'",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, entry_id);
    int step = store_step(stmt, err);
    *address = step == 1 ? arena_string(call->arena, store_text(stmt, 0)) : "";
    store_finish(stmt);
    return step >= 0;
}

/* Those of before the last 10,000 are older than a day. */
static bool
of_a_day(struct call *call, const char *address, int64_t *n, struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT count(*) FROM mails WHERE lower(recipient) = lower(?1)"
        " AND id > (SELECT ifnull(max(id), 0) FROM mails) - 10000"
        " AND created_at > strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 day')",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, address);
    bool ok = store_step(stmt, err) == 1;
    *n = ok ? store_int(stmt, 0) : 0;
    store_finish(stmt);
    return ok;
}

bool
sheet_address_count(struct call *call, struct sheet *sheet, bool *left,
    struct err *err)
{
    int64_t n = 0;
    if (!of_a_day(call, sheet_value(sheet, "email"), &n, err)) {
        return false;
    }
    *left = sheet->mails_n < SHEET_MAILS_MAX && n < SHEET_MAILS_DAY;
    struct store_stmt *stmt = !*left ? NULL : store_prepare(call->store,
        "UPDATE sheets SET mails_n = mails_n + 1 WHERE id = ?1", err);
    if (stmt == NULL) {
        return !*left;
    }
    sheet->mails_n++;
    store_bind_int(stmt, 1, sheet->id);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    return ok;
}
