/* entry_ref.c: an entry by id or key; explain and decide look it up. */
#include "entry_ref.h"

#include <stdlib.h>
#include <string.h>

#include "receipt.h"

int64_t
entry_ref_number(const char *text)
{
    size_t len = strlen(text);
    if (len == 0 || len > 18 || strspn(text, "0123456789") != len) {
        return -1;
    }
    return strtoll(text, NULL, 10);
}

/* side NULL: either. */
static bool
find(struct store *store, const char *name, const char *side, int64_t *id,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT id FROM entries WHERE (id = ?2"
        " OR key IN (?3, 'sheet:' || ?3)"
        " OR id = (SELECT entry_id FROM sheets WHERE id = ?4))"
        " AND (?1 IS NULL OR side = ?1)"
        " ORDER BY id = ?2 DESC, key = ?3 DESC LIMIT 1",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, side);
    store_bind_int(stmt, 2, entry_ref_number(name));
    store_bind_text(stmt, 3, name);
    store_bind_int(stmt, 4, receipt_sheet(name));
    int step = store_step(stmt, err);
    if (step > 0) {
        *id = store_int(stmt, 0);
    }
    store_finish(stmt);
    return step > 0 ||
           (step == 0 && fail(err, ERR_INPUT, "no %s \"%s\" (an id or a key)",
                             side != NULL ? side : "entry", name));
}

bool
entry_ref_find(struct store *store, const char *name, const char *side,
    int64_t *id, struct err *err)
{
    return find(store, name, side, id, err);
}

bool
entry_ref_any(struct store *store, const char *name, int64_t *id,
    struct err *err)
{
    return find(store, name, NULL, id, err);
}
