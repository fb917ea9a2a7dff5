/* member.c: an organisation and its own entries (member.h). */
#include "member.h"

#include <inttypes.h>
#include <string.h>

#include "answer_sql.h"
#include "optimizer/store/run.h"

/* The organisation of an entry; 0: no such entry, -1: failed. */
static int64_t
owner_of(struct store *store, int64_t entry_id, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT organisation_id FROM entries WHERE id = ?", err);
    if (stmt == NULL) {
        return -1;
    }
    store_bind_int(stmt, 1, entry_id);
    int step = store_step(stmt, err);
    int64_t owner = step > 0 ? store_int(stmt, 0) : step;
    store_finish(stmt);
    return owner;
}

/* An entry of somebody else is told like one that is none. */
bool
member_owns(struct store *store, int64_t organisation_id, int64_t entry_id,
    struct err *err)
{
    int64_t owner = owner_of(store, entry_id, err);
    return owner >= 0 &&
           ((owner > 0 && owner == organisation_id) ||
               fail(err, ERR_INPUT,
                   "organisation %" PRId64 " has no entry %" PRId64,
                   organisation_id, entry_id));
}

static bool
check_suggested(struct store *store, int64_t need_id, int64_t offer_id,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT EXISTS (SELECT 1 FROM outcomes WHERE need_id = ?1"
        "               AND offer_id = ?2)"
        "    OR EXISTS (SELECT 1 FROM plan_lines WHERE need_id = ?1"
        "               AND offer_id = ?2"
        "               AND run_id = " RUN_NEWEST_PLAN ")",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, need_id);
    store_bind_int(stmt, 2, offer_id);
    bool ok = store_step(stmt, err) > 0;
    bool known = ok && store_int(stmt, 0) != 0;
    store_finish(stmt);
    return ok && (known || fail(err, ERR_INPUT,
                               "need %" PRId64 " and offer %" PRId64
                               ": nobody suggests this pair",
                               need_id, offer_id));
}

bool
member_side(struct store *store, int64_t organisation_id, int64_t need_id,
    int64_t offer_id, const char **side, struct err *err)
{
    int64_t of_need = owner_of(store, need_id, err);
    int64_t of_offer = owner_of(store, offer_id, err);
    if (of_need < 0 || of_offer < 0) {
        return false;
    }
    *side = organisation_id < 1            ? NULL
            : of_need == organisation_id  ? "need"
            : of_offer == organisation_id ? "offer"
                                          : NULL;
    if (*side == NULL) {
        return fail(err, ERR_INPUT,
            "organisation %" PRId64 " has no part in need %" PRId64
            " and offer %" PRId64,
            organisation_id, need_id, offer_id);
    }
    return check_suggested(store, need_id, offer_id, err);
}

static bool
put_answer(struct store *store, int64_t need_id, int64_t offer_id,
    const char *side, const char *answer, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "INSERT INTO answers (need_id, offer_id, side, answer, actor, at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        err);
    if (stmt == NULL) {
        return false;
    }
    char now[21];
    store_now(now);
    store_bind_int(stmt, 1, need_id);
    store_bind_int(stmt, 2, offer_id);
    store_bind_text(stmt, 3, side);
    store_bind_text(stmt, 4, answer);
    store_bind_text(stmt, 5, store_actor(store));
    store_bind_text(stmt, 6, now);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    struct act_detail detail = {.text_key = {"side", "answer"},
        .text = {side, answer}, .number_key = {"need", "offer"},
        .number = {need_id, offer_id}};
    return ok && act_audit(store, "answer.add", "answers",
                     store_last_id(store), &detail, err);
}

/* Do both sides accept, as it stands (answer_sql.h)? */
static bool
both_accept(struct store *store, int64_t need_id, int64_t offer_id,
    bool *both, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT " ANSWER_OF("?1", "?2", "need") " AND "
        ANSWER_OF("?1", "?2", "offer"),
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, need_id);
    store_bind_int(stmt, 2, offer_id);
    bool ok = store_step(stmt, err) > 0;
    *both = ok && store_int(stmt, 0) != 0;
    store_finish(stmt);
    return ok;
}

bool
member_accept(struct store *store, int64_t organisation_id, int64_t need_id,
    int64_t offer_id, struct arena *arena, bool *agreed, struct err *err)
{
    const char *side;
    enum outcome_stage stage;
    struct amendment amendment;
    *agreed = false;
    if (!member_side(store, organisation_id, need_id, offer_id, &side,
            err) ||
        !outcome_stage_of(store, need_id, offer_id, &stage, err)) {
        return false;
    }
    if (!outcome_may(stage, OUTCOME_AGREED)) {
        return fail(err, ERR_INPUT,
            "need %" PRId64 " and offer %" PRId64 ": %s already", need_id,
            offer_id, outcome_name(stage));
    }
    bool both;
    if (!put_answer(store, need_id, offer_id, side, "accept", err) ||
        !both_accept(store, need_id, offer_id, &both, err)) {
        return false;
    }
    struct outcome_order order = {.need_id = need_id, .offer_id = offer_id,
        .stage = both ? OUTCOME_AGREED : OUTCOME_PROPOSED};
    *agreed = both;
    return (!both && stage != OUTCOME_NONE) ||
           outcome_take(store, &order, arena, &amendment, err);
}

bool
member_decline(struct store *store, int64_t organisation_id,
    int64_t need_id, int64_t offer_id, const char *reason_code,
    const char *note, struct arena *arena, struct amendment *amendment,
    struct err *err)
{
    struct outcome_order order = {.need_id = need_id, .offer_id = offer_id,
        .stage = OUTCOME_DECLINED, .reason_code = reason_code,
        .note = note};
    return member_side(store, organisation_id, need_id, offer_id,
               &order.side, err) &&
           put_answer(store, need_id, offer_id, order.side, "decline",
               err) &&
           outcome_take(store, &order, arena, amendment, err);
}

bool
member_step(struct store *store, int64_t organisation_id, int64_t entry_id,
    enum step step, const char *date, struct arena *arena,
    struct amendment *amendment, struct err *err)
{
    memset(amendment, 0, sizeof(*amendment));
    if (step != STEP_PAUSE && step != STEP_RESUME && step != STEP_RENEW &&
        step != STEP_WITHDRAW) {
        return fail(err, ERR_INPUT, "not an organisation's own step");
    }
    struct step_order order = {.entry_id = entry_id, .step = step,
        .date = date};
    return member_owns(store, organisation_id, entry_id, err) &&
           amend_step(store, &order, arena, amendment, err);
}
