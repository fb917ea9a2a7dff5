/* act.c: audit rows and texts of acts; every file of staff/ calls it. */
#include "act.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "fold.h"
#include "optimizer/base/json.h"

bool
act_audit(struct store *store, const char *action, const char *table,
    int64_t id, const struct act_detail *detail, struct err *err)
{
    char subject[64];
    snprintf(subject, sizeof(subject), "%s/%" PRId64, table, id);
    return act_audit_on(store, action, subject, detail, err);
}

bool
act_audit_on(struct store *store, const char *action, const char *subject,
    const struct act_detail *detail, struct err *err)
{
    struct json json = {0};
    json_open(&json, '{');
    for (int i = 0; i < 4; i++) {
        if (detail->text[i] != NULL && detail->text[i][0] != '\0') {
            json_put_text(&json, detail->text_key[i], detail->text[i]);
        }
    }
    for (int i = 0; i < 4; i++) {
        if (detail->number[i] != 0) {
            json_put_int(&json, detail->number_key[i], detail->number[i]);
        }
    }
    json_close(&json, '}');
    bool ok = store_audit(store, action, subject, json.text, err);
    json_release(&json);
    return ok;
}

bool
act_text_check(const char *name, const char *text, bool needed,
    struct err *err)
{
    size_t len = text != NULL ? strlen(text) : 0;
    if (len > ACT_TEXT_MAX) {
        return fail(err, ERR_INPUT, "%s: longer than %d bytes", name,
            ACT_TEXT_MAX);
    }
    if (len > 0 && fold_utf8_valid(text, len) != len) {
        return fail(err, ERR_INPUT, "%s: is no UTF-8", name);
    }
    if (needed && (len == 0 || strspn(text, " \t\r\n") == len)) {
        return fail(err, ERR_INPUT, "%s: is missing", name);
    }
    return true;
}
