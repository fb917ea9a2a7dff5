/* outcome.c: what becomes of a suggestion (outcome.h). */
#include "outcome.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "optimizer/store/decision.h"
#include "optimizer/store/run.h"
#include "step.h"

#define TO(stage) (1u << (stage))

static const struct {
    const char *name, *label;
    unsigned next;
} stages[OUTCOME_NONE + 1] = {
    [OUTCOME_PROPOSED] = {"proposed", "提案",
        TO(OUTCOME_INTRODUCED) | TO(OUTCOME_AGREED) | TO(OUTCOME_DECLINED)},
    [OUTCOME_INTRODUCED] = {"introduced", "打診",
        TO(OUTCOME_AGREED) | TO(OUTCOME_DECLINED) | TO(OUTCOME_PROPOSED)},
    [OUTCOME_AGREED] = {"agreed", "合意",
        TO(OUTCOME_HELD) | TO(OUTCOME_DECLINED)},
    [OUTCOME_HELD] = {"held", "実施", 0},
    [OUTCOME_DECLINED] = {"declined", "辞退", TO(OUTCOME_PROPOSED)},
    [OUTCOME_NONE] = {"", "", TO(OUTCOME_PROPOSED)},
};

const char *
outcome_name(enum outcome_stage stage)
{
    return stages[stage].name;
}

const char *
outcome_label_ja(enum outcome_stage stage)
{
    return stages[stage].label;
}

enum outcome_stage
outcome_find(const char *name)
{
    int stage = 0;
    while (stage < OUTCOME_NONE && strcmp(stages[stage].name, name) != 0) {
        stage++;
    }
    return (enum outcome_stage)stage;
}

bool
outcome_may(enum outcome_stage from, enum outcome_stage to)
{
    /* what nobody has touched yet is proposed on the way */
    return to != OUTCOME_NONE &&
           ((stages[from].next & TO(to)) != 0 ||
               (from == OUTCOME_NONE &&
                   (stages[OUTCOME_PROPOSED].next & TO(to)) != 0));
}

bool
outcome_stage_of(struct store *store, int64_t need_id, int64_t offer_id,
    enum outcome_stage *stage, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT stage FROM outcomes WHERE need_id = ? AND offer_id = ?"
        " ORDER BY id DESC LIMIT 1",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, need_id);
    store_bind_int(stmt, 2, offer_id);
    int step = store_step(stmt, err);
    *stage = step > 0 ? outcome_find(store_text(stmt, 0)) : OUTCOME_NONE;
    store_finish(stmt);
    return step >= 0;
}

static bool
check_side(struct store *store, int64_t id, const char *side,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT 1 FROM entries WHERE id = ? AND side = ?", err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, id);
    store_bind_text(stmt, 2, side);
    int step = store_step(stmt, err);
    store_finish(stmt);
    return step > 0 || (step == 0 && fail(err, ERR_INPUT, "no %s %" PRId64,
                                         side, id));
}

/* The label of the code, or a failure. */
static bool
check_decline(struct store *store, const struct outcome_order *o,
    struct arena *arena, const char **label, struct err *err)
{
    const char *code = o->reason_code != NULL ? o->reason_code : "";
    if (o->side == NULL || (strcmp(o->side, "need") != 0 &&
                               strcmp(o->side, "offer") != 0)) {
        return fail(err, ERR_INPUT, "decline: by need or by offer?");
    }
    struct store_stmt *stmt = store_prepare(store,
        "SELECT label_ja FROM phrases WHERE list = 'decline_reasons'"
        " AND id = ?",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, code);
    int step = store_step(stmt, err);
    if (step > 0) {
        *label = arena_string(arena, store_text(stmt, 0));
    }
    store_finish(stmt);
    if (step == 0) {
        fail(err, ERR_INPUT, "decline: no such reason code: \"%s\"", code);
    }
    return step > 0 && act_text_check("note", o->note,
                           strcmp(code, OUTCOME_DECLINE_OTHER) == 0, err);
}

/* A row; its day and run tell when and by which plan it was proposed. */
static bool
insert(struct store *store, const struct outcome_order *o,
    enum outcome_stage stage, int64_t *id, struct err *err)
{
    bool declined = stage == OUTCOME_DECLINED;
    struct store_stmt *stmt = store_prepare(store,
        "INSERT INTO outcomes (run_id, need_id, offer_id, stage,"
        " reason_code, note, actor, at, side) VALUES ("
        " (SELECT max(p.run_id) FROM plan_lines AS p"
        "   WHERE p.need_id = ?1 AND p.offer_id = ?2),"
        " ?1, ?2, ?3, ifnull(?4, ''), ifnull(?5, ''), ?6, ?7, ?8)",
        err);
    if (stmt == NULL) {
        return false;
    }
    char now[21];
    store_now(now);
    store_bind_int(stmt, 1, o->need_id);
    store_bind_int(stmt, 2, o->offer_id);
    store_bind_text(stmt, 3, stages[stage].name);
    store_bind_text(stmt, 4, declined ? o->reason_code : NULL);
    store_bind_text(stmt, 5, stage == o->stage ? o->note : NULL);
    store_bind_text(stmt, 6, store_actor(store));
    store_bind_text(stmt, 7, now);
    store_bind_text(stmt, 8, declined ? o->side : NULL);
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    *id = store_last_id(store);
    struct act_detail detail = {
        .text_key = {"stage", "by", "reason_code", "note"},
        .text = {stages[stage].name, declined ? o->side : NULL,
            declined ? o->reason_code : NULL,
            stage == o->stage ? o->note : NULL},
        .number_key = {"need", "offer"},
        .number = {o->need_id, o->offer_id}};
    return ok && act_audit(store, "outcome.add", "outcomes", *id, &detail,
                     err);
}

/* Ends the decisions that follow from earlier outcomes of the pair. */
static bool
end_decisions(struct store *store, const struct outcome_order *o,
    struct err *err)
{
    int64_t id = 0;
    int step = 1;
    while (step > 0) {
        struct store_stmt *stmt = store_prepare(store,
            "SELECT id FROM decisions WHERE need_id = ? AND offer_id = ?"
            " AND revoked_at IS NULL AND outcome_id IS NOT NULL"
            " ORDER BY id LIMIT 1",
            err);
        if (stmt == NULL) {
            return false;
        }
        store_bind_int(stmt, 1, o->need_id);
        store_bind_int(stmt, 2, o->offer_id);
        step = store_step(stmt, err);
        id = step > 0 ? store_int(stmt, 0) : 0;
        store_finish(stmt);
        if (step > 0 &&
            !decision_revoke(store, id, outcome_label_ja(o->stage), err)) {
            return false;
        }
    }
    return step == 0;
}

/* Units that the newest plan gives the pair, at least 1. */
static bool
planned_units(struct store *store, const struct outcome_order *o,
    int64_t *units, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT max(1, ifnull(max(units), 1)) FROM plan_lines"
        " WHERE need_id = ?1 AND offer_id = ?2"
        "   AND run_id = " RUN_NEWEST_PLAN,
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, o->need_id);
    store_bind_int(stmt, 2, o->offer_id);
    bool ok = store_step(stmt, err) > 0;
    *units = ok ? store_int(stmt, 0) : 1;
    store_finish(stmt);
    return ok;
}

static bool
decide(struct store *store, const struct outcome_order *o,
    int64_t outcome_id, const char *label, struct arena *arena,
    struct err *err)
{
    struct decision d = {.need_id = o->need_id, .offer_id = o->offer_id,
        .outcome_id = outcome_id};
    int64_t id;
    if (o->stage == OUTCOME_DECLINED) {
        bool note = o->note != NULL && o->note[0] != '\0';
        d.kind = "forbid";
        d.reason = arena_format(arena, "辞退: %s%s%s", label,
            note ? "。" : "", note ? o->note : "");
        return decision_add(store, &d, &id, err);
    }
    if (o->stage == OUTCOME_AGREED) {
        d.kind = "pin";
        d.reason = "合意";
        return planned_units(store, o, &d.units, err) &&
               decision_add(store, &d, &id, err);
    }
    return true;
}

static bool
check(struct store *store, const struct outcome_order *o,
    struct arena *arena, enum outcome_stage *from, const char **label,
    struct err *err)
{
    if (!check_side(store, o->need_id, "need", err) ||
        !check_side(store, o->offer_id, "offer", err) ||
        !act_text_check("note", o->note, false, err) ||
        !outcome_stage_of(store, o->need_id, o->offer_id, from, err)) {
        return false;
    }
    if (!outcome_may(*from, o->stage)) {
        return fail(err, ERR_INPUT,
            "need %" PRId64 " and offer %" PRId64 ": %s does not follow %s",
            o->need_id, o->offer_id, stages[o->stage].name,
            *from == OUTCOME_NONE ? "nothing" : stages[*from].name);
    }
    return o->stage != OUTCOME_DECLINED ||
           check_decline(store, o, arena, label, err);
}

bool
outcome_take(struct store *store, const struct outcome_order *o,
    struct arena *arena, struct amendment *amendment, struct err *err)
{
    enum outcome_stage from;
    const char *label = "";
    int64_t id;
    memset(amendment, 0, sizeof(*amendment));
    if (!check(store, o, arena, &from, &label, err) ||
        (from == OUTCOME_NONE && o->stage != OUTCOME_PROPOSED &&
            !insert(store, o, OUTCOME_PROPOSED, &id, err)) ||
        !insert(store, o, o->stage, &id, err)) {
        return false;
    }
    bool ends = o->stage == OUTCOME_DECLINED || o->stage == OUTCOME_PROPOSED;
    if ((ends && !end_decisions(store, o, err)) ||
        !decide(store, o, id, label, arena, err)) {
        return false;
    }
    return o->stage != OUTCOME_DECLINED ||
           amend_plan(store, o->need_id, o->offer_id, arena, amendment, err);
}

enum outcome_stage
outcome_before(enum outcome_stage stage)
{
    return stage == OUTCOME_HELD ? OUTCOME_AGREED
           : stage == OUTCOME_AGREED || stage == OUTCOME_DECLINED
               ? OUTCOME_PROPOSED
               : OUTCOME_NONE;
}

bool
outcome_take_back(struct store *store, int64_t need_id, int64_t offer_id,
    enum outcome_stage shown, struct err *err)
{
    enum outcome_stage from;
    int64_t id;
    struct outcome_order order = {.need_id = need_id, .offer_id = offer_id,
        .stage = outcome_before(shown),
        .note = shown == OUTCOME_HELD     ? "実施の取り消し"
                : shown == OUTCOME_AGREED ? "合意の取り消し"
                                          : "辞退の取り消し"};
    if (!outcome_stage_of(store, need_id, offer_id, &from, err)) {
        return false;
    }
    if (from != shown || order.stage == OUTCOME_NONE) {
        return fail(err, ERR_INPUT,
            "need %" PRId64 " and offer %" PRId64 ": nothing to take back",
            need_id, offer_id);
    }
    return insert(store, &order, order.stage, &id, err) &&
           (order.stage != OUTCOME_PROPOSED ||
               end_decisions(store, &order, err));
}

bool
outcome_unanswered(struct store *store, int64_t need_id, int64_t offer_id,
    const char *side, struct arena *arena, struct amendment *amendment,
    struct err *err)
{
    enum outcome_stage from;
    struct outcome_order order = {.need_id = need_id, .offer_id = offer_id,
        .stage = OUTCOME_PROPOSED, .note = "返事がないため休止"};
    bool need = side != NULL && strcmp(side, "need") == 0;
    if (!need && (side == NULL || strcmp(side, "offer") != 0)) {
        return fail(err, ERR_INPUT, "unanswered: by need or by offer?");
    }
    if (!outcome_stage_of(store, need_id, offer_id, &from, err)) {
        return false;
    }
    if (from != OUTCOME_INTRODUCED) {
        return fail(err, ERR_INPUT,
            "need %" PRId64 " and offer %" PRId64 ": not introduced",
            need_id, offer_id);
    }
    int64_t entry_id = need ? need_id : offer_id;
    struct step_order pause = {.entry_id = entry_id, .step = STEP_PAUSE,
        .reason = order.note};
    return outcome_take(store, &order, arena, amendment, err) &&
           amend_step(store, &pause, arena, amendment, err);
}
