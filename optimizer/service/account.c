/* account.c: accounts in the store (account.h). */
#include "account.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "optimizer/base/json.h"
#include "optimizer/intake/range_scan.h"
#include "secret.h"
#include "session.h"

static bool
audit(struct store *store, const char *action, int64_t id,
    const struct account *account, struct err *err)
{
    char subject[40];
    struct json detail = {0};
    snprintf(subject, sizeof(subject), "accounts/%" PRId64, id);
    json_open(&detail, '{');
    if (account != NULL) {
        json_put_text(&detail, "login", account->login);
        json_put_text(&detail, "role", role_name(account->role));
        json_put_int(&detail, "organisation", account->organisation_id);
    }
    json_close(&detail, '}');
    bool ok = store_audit(store, action, subject, detail.text, err);
    json_release(&detail);
    return ok;
}

static bool
login_valid(const char *login)
{
    static const char set[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t len = strlen(login);
    return len >= 2 && len <= 40 && login[0] >= 'a' && login[0] <= 'z' &&
           strspn(login, set) == len;
}

const char *
account_fault(const struct account *account)
{
    size_t len = strlen(account->name);
    return !login_valid(account->login)     ? "login"
           : len == 0 || len > 100          ? "name"
           : account->role == ROLE_ANYONE   ? "role"
           : account->role == ROLE_MEMBER &&
                   account->organisation_id <= 0
               ? "organisation"
               : NULL;
}

static bool
check(const struct account *account, struct err *err)
{
    const char *fault = account_fault(account);
    if (fault == NULL) {
        return true;
    }
    if (strcmp(fault, "login") == 0) {
        return fail(err, ERR_INPUT,
            "account: a login has 2 to 40 of a-z 0-9 . _ - and begins with"
            " a letter: \"%s\"",
            account->login);
    }
    if (strcmp(fault, "name") == 0) {
        return fail(err, ERR_INPUT, "account: a name of 1 to 100 bytes");
    }
    return strcmp(fault, "role") == 0
               ? fail(err, ERR_INPUT,
                     "account: not member, viewer, screener, tuner or admin")
               : fail(err, ERR_INPUT, "account: a member has an organisation");
}

/* Statements with no row that bind id first and a text second. */
static bool
run(struct store *store, const char *sql, int64_t id, const char *text,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    char now[21];
    store_now(now);
    store_bind_int(stmt, 1, id);
    store_bind_text(stmt, 2, now);
    if (text != NULL) {
        store_bind_text(stmt, 3, text);
    }
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    return ok;
}

static bool
is_free(struct store *store, const char *login, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT count(*) FROM accounts WHERE login = ?1", err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, login);
    bool taken = store_step(stmt, err) == 1 && store_int(stmt, 0) > 0;
    store_finish(stmt);
    if (taken) {
        return fail(err, ERR_INPUT, "account: \"%s\" is there already",
            login);
    }
    return err->kind == ERR_NONE;
}

bool
account_add(struct store *store, const struct account *account,
    const char *password, int64_t *id, struct err *err)
{
    char kept[SECRET_PASSWORD], now[21];
    if (!check(account, err) || !is_free(store, account->login, err) ||
        !secret_password_check(password, account->login, err) ||
        !secret_password_hash(password, kept, err)) {
        return false;
    }
    struct store_stmt *stmt = store_prepare(store,
        "INSERT INTO accounts (login, name, role, organisation_id, password,"
        " created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_now(now);
    store_bind_text(stmt, 1, account->login);
    store_bind_text(stmt, 2, account->name);
    store_bind_text(stmt, 3, role_name(account->role));
    if (account->organisation_id > 0) {
        store_bind_int(stmt, 4, account->organisation_id);
    }
    store_bind_text(stmt, 5, kept);
    store_bind_text(stmt, 6, now);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    *id = store_last_id(store);
    return ok && audit(store, "account.add", *id, account, err);
}

/* Wrong tries were at another password, or are forgiven. */
static bool
forget_failures(struct store *store, int64_t id, struct err *err)
{
    return run(store,
        "DELETE FROM login_failures WHERE account_id = ?1 AND at <= ?2", id,
        NULL, err);
}

bool
account_set_password(struct store *store, int64_t id, const char *password,
    struct err *err)
{
    char kept[SECRET_PASSWORD];
    return secret_password_hash(password, kept, err) &&
           run(store,
               "UPDATE accounts SET updated_at = ?2, password = ?3"
               " WHERE id = ?1",
               id, kept, err) &&
           forget_failures(store, id, err) &&
           session_end_all(store, id, err) &&
           audit(store, "account.passwd", id, NULL, err);
}

bool
account_set_role(struct store *store, int64_t id, enum role role,
    int64_t organisation_id, struct err *err)
{
    struct account account = {.login = "xx", .name = "x", .role = role,
        .organisation_id = organisation_id};
    struct store_stmt *stmt = !check(&account, err) ? NULL : store_prepare(
        store,
        "UPDATE accounts SET role = ?2, updated_at = ?3,"
        " organisation_id = coalesce(?4, organisation_id) WHERE id = ?1",
        err);
    if (stmt == NULL) {
        return false;
    }
    char now[21];
    store_now(now);
    store_bind_int(stmt, 1, id);
    store_bind_text(stmt, 2, role_name(role));
    store_bind_text(stmt, 3, now);
    if (organisation_id > 0) {
        store_bind_int(stmt, 4, organisation_id);
    }
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    account.login = NULL;
    return ok && session_end_all(store, id, err) &&
           audit(store, "account.role", id, &account, err);
}

bool
account_set_locked(struct store *store, int64_t id, bool locked,
    struct err *err)
{
    return run(store,
               locked ? "UPDATE accounts SET locked = 1, updated_at = ?2"
                        " WHERE id = ?1"
                      : "UPDATE accounts SET locked = 0, updated_at = ?2"
                        " WHERE id = ?1",
               id, NULL, err) &&
           forget_failures(store, id, err) &&
           session_end_all(store, id, err) &&
           audit(store, locked ? "account.lock" : "account.unlock", id, NULL,
               err);
}

static void
load(struct store_stmt *stmt, struct account *account, struct arena *arena)
{
    *account = (struct account){.id = store_int(stmt, 0),
        .login = arena_string(arena, store_text(stmt, 1)),
        .name = arena_string(arena, store_text(stmt, 2)),
        .role = role_find(store_text(stmt, 3)),
        .organisation_id = store_int(stmt, 4),
        .locked = store_int(stmt, 5) == 1,
        .organisation = arena_string(arena, store_text(stmt, 6)),
        .organisation_key = arena_string(arena, store_text(stmt, 7))};
}

#define OF_ORGANISATION(column)                                              \
    "(SELECT " column " FROM organisations WHERE id = organisation_id)"
#define COLUMNS                                                              \
    "id, login, name, role, organisation_id, locked, "                       \
    OF_ORGANISATION("name") ", " OF_ORGANISATION("key")

/* account->id 0: none. */
static bool
find(struct store *store, const char *login, struct account *account,
    const char **password, struct arena *arena, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT " COLUMNS ", password FROM accounts WHERE login = ?1", err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, login);
    int step = store_step(stmt, err);
    memset(account, 0, sizeof(*account));
    if (step == 1) {
        load(stmt, account, arena);
        *password = arena_string(arena, store_text(stmt, 8));
    }
    store_finish(stmt);
    return step >= 0;
}

int64_t
account_organisation(struct store *store, const char *key, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT ifnull(merged_into, id) FROM organisations WHERE key = ?1",
        err);
    if (stmt == NULL) {
        return 0;
    }
    store_bind_text(stmt, 1, key);
    int step = store_step(stmt, err);
    int64_t id = step == 1 ? store_int(stmt, 0) : 0;
    store_finish(stmt);
    if (step == 0) {
        fail(err, ERR_INPUT, "account: no such organisation key: \"%s\"",
            key);
    }
    return id;
}

bool
account_by_login(struct store *store, const char *login,
    struct account *account, struct arena *arena, struct err *err)
{
    const char *password;
    return find(store, login, account, &password, arena, err) &&
           (account->id > 0 ||
               fail(err, ERR_INPUT, "account: no such login: \"%s\"",
                   login));
}

bool
account_list(struct store *store, struct account **list, int *n,
    struct arena *arena, struct err *err)
{
    int64_t count = 0;
    struct store_stmt *stmt = store_prepare(store,
        "SELECT " COLUMNS " FROM accounts ORDER BY login", err);
    if (stmt == NULL || !store_query_int(store,
                            "SELECT count(*) FROM accounts", &count, err)) {
        store_finish(stmt);
        return false;
    }
    *list = arena_array(arena, (size_t)count + 1, sizeof(**list));
    *n = 0;
    int step;
    while ((step = store_step(stmt, err)) > 0 && *n < count) {
        load(stmt, &(*list)[(*n)++], arena);
    }
    store_finish(stmt);
    return step >= 0;
}

/* Wrong passwords of the last ACCOUNT_LOCK_MIN minutes; older ones go. */
static bool
count_failures(struct store *store, int64_t id, int64_t *n, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT count(*) FROM login_failures WHERE account_id = ?1 AND at >"
        " strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?2)",
        err);
    if (stmt == NULL) {
        return false;
    }
    char age[32];
    snprintf(age, sizeof(age), "-%d minutes", ACCOUNT_LOCK_MIN);
    store_bind_int(stmt, 1, id);
    store_bind_text(stmt, 2, age);
    bool ok = store_step(stmt, err) == 1;
    *n = ok ? store_int(stmt, 0) : 0;
    store_finish(stmt);
    return ok;
}

/* A login is of a-z alone: as telephones and IMEs write it, it is the same. */
static const char *
login_typed(struct arena *arena, const char *text)
{
    char plain[RANGE_TEXT_MAX + 1];
    if (!range_scan_plain(text, plain)) {
        return text;
    }
    for (char *p = plain; *p != '\0'; p++) {
        *p = *p >= 'A' && *p <= 'Z' ? (char)(*p - 'A' + 'a') : *p;
    }
    return arena_string(arena, plain);
}

bool
account_check_password(struct store *store, const char *typed,
    const char *password, struct account *account, bool *good,
    struct arena *arena, struct err *err)
{
    const char *kept = NULL;
    int64_t failures = 0;
    *good = false;
    if (!find(store, login_typed(arena, typed), account, &kept, arena,
            err) ||
        (account->id > 0 &&
            !count_failures(store, account->id, &failures, err))) {
        return false;
    }
    bool same = strlen(password) <= SECRET_PASSWORD_MAX &&
                secret_password_same(kept, password);
    *good = same && !account->locked && failures < ACCOUNT_TRIES;
    if (*good) {
        return run(store,
                   "DELETE FROM login_failures WHERE account_id = ?1"
                   " AND at <= ?2",
                   account->id, NULL, err) &&
               audit(store, "login.done", account->id, NULL, err);
    }
    /* A name nobody has may be a password typed one field too early: it is
     * not written down. */
    return (account->id == 0 || failures >= ACCOUNT_TRIES ||
               run(store,
                   "INSERT INTO login_failures (account_id, at)"
                   " VALUES (?1, ?2)",
                   account->id, NULL, err)) &&
           audit(store, "login.fail", account->id, NULL, err);
}
