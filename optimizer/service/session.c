/* session.c: sessions in the store (session.h). */
#include "session.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool
audit(struct store *store, const char *action, int64_t account_id,
    struct err *err)
{
    char subject[40];
    snprintf(subject, sizeof(subject), "accounts/%" PRId64, account_id);
    return store_audit(store, action, subject, NULL, err);
}

bool
session_start(struct store *store, int64_t account_id,
    char token[SECRET_TOKEN], struct err *err)
{
    char hash[SECRET_HASH], now[21], hours[32];
    secret_token(token);
    secret_hash("session", token, hash);
    store_now(now);
    snprintf(hours, sizeof(hours), "+%d hours", SESSION_HOURS);
    if (!store_exec(store,
            "DELETE FROM sessions WHERE expires_at <="
            " strftime('%Y-%m-%dT%H:%M:%SZ', 'now')",
            err)) {
        return false;
    }
    struct store_stmt *stmt = store_prepare(store,
        "INSERT INTO sessions (token_hash, account_id, created_at,"
        " expires_at) VALUES (?1, ?2, ?3,"
        " strftime('%Y-%m-%dT%H:%M:%SZ', ?3, ?4))",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, hash);
    store_bind_int(stmt, 2, account_id);
    store_bind_text(stmt, 3, now);
    store_bind_text(stmt, 4, hours);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    return ok && audit(store, "session.start", account_id, err);
}

bool
session_find(struct store *store, const char *token, struct account *account,
    struct arena *arena, struct err *err)
{
    memset(account, 0, sizeof(*account));
    if (!secret_token_valid(token)) {
        return true;
    }
    char hash[SECRET_HASH];
    secret_hash("session", token, hash);
    struct store_stmt *stmt = store_prepare(store,
        "SELECT a.id, a.login, a.name, a.role, a.organisation_id, o.name,"
        " o.key FROM sessions AS s JOIN accounts AS a ON a.id = s.account_id"
        " LEFT JOIN organisations AS o ON o.id = a.organisation_id"
        " WHERE s.token_hash = ?1 AND a.locked = 0 AND s.expires_at >"
        " strftime('%Y-%m-%dT%H:%M:%SZ', 'now')",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, hash);
    int step = store_step(stmt, err);
    if (step == 1) {
        *account = (struct account){.id = store_int(stmt, 0),
            .login = arena_string(arena, store_text(stmt, 1)),
            .name = arena_string(arena, store_text(stmt, 2)),
            .role = role_find(store_text(stmt, 3)),
            .organisation_id = store_int(stmt, 4),
            .organisation = arena_string(arena, store_text(stmt, 5)),
            .organisation_key = arena_string(arena, store_text(stmt, 6))};
    }
    store_finish(stmt);
    return step >= 0;
}

static bool
cut(struct store *store, const char *sql, int64_t account_id,
    const char *hash, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    if (hash != NULL) {
        store_bind_text(stmt, 1, hash);
    } else {
        store_bind_int(stmt, 1, account_id);
    }
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    return ok;
}

bool
session_end(struct store *store, const char *token, struct err *err)
{
    char hash[SECRET_HASH];
    struct account account;
    struct arena arena = {0};
    bool ok = session_find(store, token, &account, &arena, err);
    secret_hash("session", token, hash);
    ok = ok && cut(store, "DELETE FROM sessions WHERE token_hash = ?1", 0,
                   hash, err) &&
         (account.id == 0 || audit(store, "session.end", account.id, err));
    arena_release(&arena);
    return ok;
}

bool
session_end_all(struct store *store, int64_t account_id, struct err *err)
{
    return cut(store, "DELETE FROM sessions WHERE account_id = ?1",
        account_id, NULL, err);
}
