/* sheet.c: sheets in the store (sheet.h). */
#include "sheet.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "optimizer/store/receipt.h"

/* A statement of an id and up to three texts behind it. */
static bool
run(struct store *store, const char *sql, int64_t id, const char *a,
    const char *b, const char *c, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    const char *texts[] = {a, b, c};
    store_bind_int(stmt, 1, id);
    for (int i = 0; i < 3 && texts[i] != NULL; i++) {
        store_bind_text(stmt, i + 2, texts[i]);
    }
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    return ok;
}

static bool
audit(struct call *call, const char *action, int64_t id, struct err *err)
{
    return store_audit(call->store, action,
        arena_format(call->arena, "sheets/%" PRId64, id), NULL, err);
}

/* Those sheets go; the audit tells how many. */
static bool
expire(struct call *call, const char *which, struct err *err)
{
    if (!store_exec(call->store,
            arena_format(call->arena, "DELETE FROM sheets WHERE %s", which),
            err)) {
        return false;
    }
    int gone = store_changes(call->store);
    return gone == 0 ||
           store_audit(call->store, "sheet.expire", "sheets",
               arena_format(call->arena, "{\"n\":%d}", gone), err);
}

static bool
count_open(struct call *call, int64_t *n, struct err *err)
{
    return store_query_int(call->store,
        "SELECT count(*) FROM sheets WHERE state IN ('draft', 'mailed')", n,
        err);
}

/* Old drafts go, before there are too many of them.  When there are, those
 * go that nobody saved again after a minute, an hour later: it takes minutes
 * to make as many as there may be. */
static bool
make_room(struct call *call, struct err *err)
{
    int64_t n = 0;
    const char *old = arena_format(call->arena,
        "state IN ('draft', 'mailed') AND updated_at <"
        " strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', 'now', '-%d days')",
        SHEET_KEEP_DAYS);
    if (!expire(call, old, err) || !count_open(call, &n, err)) {
        return false;
    }
    if (n >= SHEET_OPEN_MAX &&
        (!expire(call,
             "state = 'draft' AND updated_at <="
             " strftime('%Y-%m-%dT%H:%M:%SZ', created_at, '+1 minute')"
             " AND updated_at <"
             " strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 hours')",
             err) ||
            !count_open(call, &n, err))) {
        return false;
    }
    return n < SHEET_OPEN_MAX ||
           fail(err, ERR_INPUT, "書きかけのシートが多すぎます。しばらくして"
                                "から、もう一度お試しください。");
}

bool
sheet_add_link(struct call *call, int64_t sheet_id, const char *kind,
    char token[SECRET_TOKEN], struct err *err)
{
    char hash[SECRET_HASH], now[21];
    secret_token(token);
    secret_hash("sheet", token, hash);
    store_now(now);
    return run(call->store,
               "INSERT INTO sheet_links (sheet_id, token_hash, kind,"
               " created_at) VALUES (?1, ?2, ?3, ?4)",
               sheet_id, hash, kind, now, err) &&
           audit(call, "sheet.link", sheet_id, err);
}

bool
sheet_new(struct call *call, bool need, struct sheet *sheet,
    struct err *err)
{
    char now[21], token[SECRET_TOKEN];
    store_now(now);
    memset(sheet, 0, sizeof(*sheet));
    if (!make_room(call, err) ||
        !run(call->store,
            "INSERT INTO sheets (id, side, state, created_at, updated_at)"
            " VALUES (nullif(?1, 0), ?2, 'draft', ?3, ?3)",
            0, need ? "need" : "offer", now, NULL, err)) {
        return false;
    }
    sheet->id = store_last_id(call->store);
    sheet->need = need;
    sheet->state = "draft";
    sheet->entry_state = "";
    if (!audit(call, "sheet.new", sheet->id, err) ||
        !sheet_add_link(call, sheet->id, "draft", token, err)) {
        return false;
    }
    sheet->token = arena_string(call->arena, token);
    return true;
}

const char *
sheet_entry_url(struct call *call, int64_t entry_id, struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT max(id) FROM sheets WHERE entry_id = ?1"
        " AND state IN ('received', 'withdrawn')",
        err);
    if (stmt == NULL) {
        return NULL;
    }
    store_bind_int(stmt, 1, entry_id);
    int64_t id = store_step(stmt, err) == 1 ? store_int(stmt, 0) : 0;
    store_finish(stmt);
    char token[SECRET_TOKEN];
    return id > 0 && sheet_add_link(call, id, "mail", token, err)
               ? arena_format(call->arena, "%s/entry/sheet/%s/status",
                     call->settings->origin, token)
               : NULL;
}

static bool
load_fields(struct call *call, struct sheet *sheet, struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT name, value FROM sheet_fields WHERE sheet_id = ?1"
        " ORDER BY seq",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, sheet->id);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        const char *name = store_text(stmt, 0), *value = store_text(stmt, 1);
        if (request_add_field(&sheet->fields, call->arena, name,
                strlen(name), value, strlen(value), err) != 0) {
            step = -1;
            break;
        }
    }
    store_finish(stmt);
    return step == 0;
}

bool
sheet_open(struct call *call, const char *token, struct sheet *sheet,
    struct err *err)
{
    char hash[SECRET_HASH];
    memset(sheet, 0, sizeof(*sheet));
    if (!secret_token_valid(token)) {
        return true;
    }
    secret_hash("sheet", token, hash);
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT s.id, s.side, s.state, s.entry_id, s.mails_n, l.kind,"
        " ifnull(l.address, ''), ifnull(e.state, '')"
        " FROM sheet_links AS l JOIN sheets AS s ON s.id = l.sheet_id"
        " LEFT JOIN entries AS e ON e.id = s.entry_id"
        " WHERE l.token_hash = ?1",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, hash);
    int step = store_step(stmt, err);
    if (step == 1) {
        sheet->id = store_int(stmt, 0);
        sheet->need = strcmp(store_text(stmt, 1), "need") == 0;
        sheet->state = arena_string(call->arena, store_text(stmt, 2));
        sheet->entry_id = store_int(stmt, 3);
        sheet->mails_n = store_int(stmt, 4);
        sheet->by_mail = strcmp(store_text(stmt, 5), "mail") == 0;
        sheet->address = arena_string(call->arena, store_text(stmt, 6));
        sheet->entry_state = arena_string(call->arena, store_text(stmt, 7));
        sheet->token = arena_string(call->arena, token);
    }
    store_finish(stmt);
    return step >= 0 && (step == 0 || load_fields(call, sheet, err));
}

bool
sheet_closed(const struct sheet *sheet)
{
    return strcmp(sheet->entry_state, "withdrawn") == 0 ||
           strcmp(sheet->entry_state, "archived") == 0;
}

bool
sheet_rejected(const struct sheet *sheet)
{
    return strcmp(sheet->entry_state, "rejected") == 0;
}

const char *
sheet_value_nth(const struct sheet *sheet, const char *name, size_t n)
{
    for (size_t i = 0; i < sheet->fields.n; i++) {
        if (strcmp(sheet->fields.at[i].name, name) == 0 && n-- == 0) {
            return sheet->fields.at[i].value;
        }
    }
    return NULL;
}

const char *
sheet_key(struct call *call, const struct sheet *sheet)
{
    return arena_format(call->arena, "form-%" PRId64, sheet->id);
}

const char *
sheet_value(const struct sheet *sheet, const char *name)
{
    const char *value = sheet_value_nth(sheet, name, 0);
    return value != NULL ? value : "";
}

const char *
sheet_row_name(struct call *call, const char *prefix, int n,
    const char *part)
{
    return arena_format(call->arena, "%s%d_%s", prefix, n, part);
}

const char *
sheet_row_value(struct call *call, const struct sheet *sheet,
    const char *prefix, int n, const char *part)
{
    return sheet_value(sheet, sheet_row_name(call, prefix, n, part));
}

int
sheet_rows(struct call *call, const struct sheet *sheet, const char *prefix,
    int max)
{
    for (int n = max; n > 0; n--) {
        const char *start = arena_format(call->arena, "%s%d_", prefix, n);
        for (size_t i = 0; i < sheet->fields.n; i++) {
            if (strncmp(sheet->fields.at[i].name, start, strlen(start)) ==
                0) {
                return n;
            }
        }
    }
    return 0;
}

static int
characters(const char *text)
{
    int n = 0;
    for (; *text != '\0'; text++) {
        n += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return n;
}

void
sheet_take(struct call *call, struct sheet *sheet,
    struct form_errors *errors)
{
    const struct request_fields *form = &call->request->form;
    struct err none = {0};
    memset(&sheet->fields, 0, sizeof(sheet->fields));
    for (size_t i = 0; i < form->n; i++) {
        const char *name = form->at[i].name, *value = form->at[i].value;
        int max;
        if (value[0] == '\0' || !sheet_name_valid(name, &max)) {
            continue;
        }
        if (characters(value) > max) {
            form_error(call, errors, name,
                arena_format(call->arena,
                    "長すぎます。%d字までにしてください。\n"
                    "ながすぎます。%dじまで / Too long, at most %d letters",
                    max, max, max));
        }
        (void)request_add_field(&sheet->fields, call->arena, name,
            strlen(name), value, strlen(value), &none);
    }
}

static bool
touch(struct call *call, const struct sheet *sheet, const char *state,
    struct err *err)
{
    char now[21];
    store_now(now);
    return run(call->store,
        "UPDATE sheets SET state = ?2, updated_at = ?3 WHERE id = ?1",
        sheet->id, state, now, NULL, err);
}

bool
sheet_save(struct call *call, const struct sheet *sheet, struct err *err)
{
    struct store_stmt *stmt = NULL;
    bool ok = run(call->store, "DELETE FROM sheet_fields WHERE sheet_id = ?1",
                  sheet->id, NULL, NULL, NULL, err) &&
              (stmt = store_prepare(call->store,
                   "INSERT INTO sheet_fields (sheet_id, seq, name, value)"
                   " VALUES (?1, ?2, ?3, ?4)",
                   err)) != NULL;
    for (size_t i = 0; ok && i < sheet->fields.n; i++) {
        store_bind_int(stmt, 1, sheet->id);
        store_bind_int(stmt, 2, (int64_t)i + 1);
        store_bind_text(stmt, 3, sheet->fields.at[i].name);
        store_bind_text(stmt, 4, sheet->fields.at[i].value);
        ok = store_run(stmt, err);
    }
    store_finish(stmt);
    return ok && touch(call, sheet, sheet->state, err) &&
           audit(call, "sheet.save", sheet->id, err);
}

bool
sheet_set_state(struct call *call, struct sheet *sheet, const char *state,
    struct err *err)
{
    sheet->state = state;
    return touch(call, sheet, state, err) &&
           audit(call, arena_format(call->arena, "sheet.%s", state),
               sheet->id, err);
}

const char *
sheet_receipt(struct call *call, const struct sheet *sheet, struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT " RECEIPT_SQL("s") " FROM sheets AS s WHERE id = ?1", err);
    if (stmt == NULL) {
        return NULL;
    }
    store_bind_int(stmt, 1, sheet->id);
    const char *receipt =
        store_step(stmt, err) == 1
            ? arena_string(call->arena, store_text(stmt, 0))
            : NULL;
    store_finish(stmt);
    return receipt;
}
