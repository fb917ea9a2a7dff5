/* sheet_again.c: unseen words are looked at again (sheet_again.h). */
#include "sheet_again.h"

#include <string.h>

#include "optimizer/intake/entry.h"
#include "optimizer/staff/organisation_act.h"
#include "optimizer/staff/step.h"

static bool
load(struct call *call, int64_t entry_id, struct sheet_again *again,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT e.id, e.organisation_id, e.state, ifnull((SELECT"
        " quote(o.name) || quote(o.name_kana) || quote(o.name_en) ||"
        " quote(o.sector_id) || quote(o.org_form_id) ||"
        " quote(o.corporate_number) || quote(o.region_code) ||"
        " quote(o.activity) || quote(o.url) || quote(o.phone)"
        " FROM public_organisations AS o WHERE o.id = e.organisation_id),"
        " '') FROM entries AS e WHERE e.id = ?1",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, entry_id);
    int step = store_step(stmt, err);
    if (step == 1) {
        *again = (struct sheet_again){.entry_id = store_int(stmt, 0),
            .organisation_id = store_int(stmt, 1),
            .state = arena_string(call->arena, store_text(stmt, 2)),
            .words = arena_string(call->arena, store_text(stmt, 3))};
    }
    store_finish(stmt);
    return step >= 0;
}

bool
sheet_again_note(struct call *call, const struct sheet *sheet,
    struct sheet_again *again, struct err *err)
{
    *again = (struct sheet_again){.state = "", .words = ""};
    return load(call, sheet->entry_id, again, err);
}

bool
sheet_again_ask(struct call *call, const struct sheet_again *before,
    bool entry, struct err *err)
{
    struct sheet_again now = *before;
    if (!load(call, before->entry_id, &now, err)) {
        return false;
    }
    bool renamed = before->words[0] != '\0' &&
                   strcmp(before->words, now.words) != 0;
    if (renamed &&
        !organisation_set(call->store, now.organisation_id, "publish", false,
            "シートの訂正で団体の" ENTRY_CHANGED, err)) {
        return false;
    }
    bool paused = strcmp(now.state, "paused") == 0;
    bool unseen = paused ? renamed || entry
                         : renamed && strcmp(now.state, "approved") == 0;
    struct step_order order = {.entry_id = now.entry_id, .step = STEP_REOPEN,
        .reason = renamed ? "シートの訂正で団体の" ENTRY_CHANGED
                          : "休止のあいだに" ENTRY_CHANGED};
    return !unseen || step_take(call->store, &order, err);
}
