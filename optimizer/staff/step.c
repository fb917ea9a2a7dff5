/* step.c: the states of an entry (step.h). */
#include "step.h"

#include <inttypes.h>
#include <string.h>

#include "optimizer/base/day.h"
#include "screening.h"

enum state {
    DRAFT, SUBMITTED, RETURNED, APPROVED, REJECTED, PAUSED, WITHDRAWN,
    ARCHIVED, STATES, STAYS
};

static const struct {
    const char *name, *label;
} states[STATES] = {
    [DRAFT] = {"draft", "下書き"},
    [SUBMITTED] = {"submitted", "審査待ち"},
    [RETURNED] = {"returned", "差し戻し"},
    [APPROVED] = {"approved", "承認済み"},
    [REJECTED] = {"rejected", "不承認"},
    [PAUSED] = {"paused", "休止中"},
    [WITHDRAWN] = {"withdrawn", "取り下げ"},
    [ARCHIVED] = {"archived", "終了"},
};

#define FROM(state) (1u << (state))

static const struct {
    const char *name, *label;
    unsigned from;
    enum state to;
    bool reason;
} steps[STEP_COUNT] = {
    [STEP_SUBMIT] = {"submit", "提出", FROM(DRAFT) | FROM(RETURNED),
        SUBMITTED, false},
    [STEP_APPROVE] = {"approve", "承認", FROM(SUBMITTED), APPROVED, false},
    [STEP_RETURN] = {"return", "差し戻し", FROM(SUBMITTED), RETURNED, true},
    [STEP_REJECT] = {"reject", "不承認", FROM(SUBMITTED) | FROM(RETURNED),
        REJECTED, true},
    [STEP_REOPEN] = {"reopen", "審査のやり直し",
        FROM(RETURNED) | FROM(APPROVED) | FROM(REJECTED) | FROM(PAUSED) |
            FROM(WITHDRAWN) | FROM(ARCHIVED),
        SUBMITTED, true},
    [STEP_PAUSE] = {"pause", "休止", FROM(APPROVED), PAUSED, false},
    [STEP_RESUME] = {"resume", "再開", FROM(PAUSED), APPROVED, false},
    [STEP_WITHDRAW] = {"withdraw", "取り下げ",
        FROM(DRAFT) | FROM(SUBMITTED) | FROM(RETURNED) | FROM(APPROVED) |
            FROM(PAUSED),
        WITHDRAWN, false},
    [STEP_EXPIRE] = {"expire", "終了",
        FROM(SUBMITTED) | FROM(RETURNED) | FROM(APPROVED) | FROM(PAUSED),
        ARCHIVED, true},
    [STEP_RENEW] = {"renew", "確認日の更新", FROM(APPROVED) | FROM(PAUSED),
        STAYS, false},
};

const char *
step_name(enum step step)
{
    return steps[step].name;
}

const char *
step_label_ja(enum step step)
{
    return steps[step].label;
}

enum step
step_find(const char *name)
{
    int step = 0;
    while (step < STEP_COUNT && strcmp(steps[step].name, name) != 0) {
        step++;
    }
    return (enum step)step;
}

static int
state_find(const char *name)
{
    int state = 0;
    while (state < STATES && strcmp(states[state].name, name) != 0) {
        state++;
    }
    return state;
}

bool
step_state_known(const char *state)
{
    return state_find(state) < STATES;
}

const char *
step_state_ja(const char *state)
{
    int found = state_find(state);
    return found < STATES ? states[found].label : state;
}

bool
step_allowed(const char *state, enum step step)
{
    int found = state_find(state);
    return found < STATES && (steps[step].from & FROM(found)) != 0;
}

bool
step_wants_reason(enum step step)
{
    return steps[step].reason;
}

bool
step_leaves_plan(enum step step)
{
    return (steps[step].from & FROM(APPROVED)) != 0 &&
           steps[step].to != STAYS;
}

/* The entry's state; its row is ours until the transaction ends. */
static int
load_state(struct store *store, int64_t id, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT state FROM entries WHERE id = ?", err);
    if (stmt == NULL) {
        return STATES;
    }
    store_bind_int(stmt, 1, id);
    int step = store_step(stmt, err);
    int state = step > 0 ? state_find(store_text(stmt, 0)) : STATES;
    store_finish(stmt);
    if (step == 0) {
        fail(err, ERR_INPUT, "no entry %" PRId64, id);
    }
    return state;
}

static bool
check(struct store *store, const struct step_order *order, int state,
    struct err *err)
{
    if ((steps[order->step].from & FROM(state)) == 0) {
        return fail(err, ERR_INPUT,
            "entry %" PRId64 " is %s: cannot %s it", order->entry_id,
            states[state].name, steps[order->step].name);
    }
    if (!act_text_check("reason", order->reason, steps[order->step].reason,
            err)) {
        return false;
    }
    if (order->step == STEP_RENEW &&
        (order->date == NULL || !day_valid(order->date))) {
        return fail(err, ERR_INPUT, "renew: not a day: \"%s\"",
            order->date != NULL ? order->date : "");
    }
    return order->step == STEP_APPROVE
               ? screening_require(store, order->entry_id, true, err)
               : order->step != STEP_RESUME ||
                     screening_require(store, order->entry_id, false, err);
}

/* ?1 state, ?2 whether it is published, NULL: as it was, ?3 確認日 (never goes
 * back), ?4 now, ?5 entry */
static const char update_sql[] =
    "UPDATE entries SET state = ?1,"
    " publish = ifnull(?2, publish),"
    " confirmed_on = max(confirmed_on, ifnull(?3, confirmed_on)),"
    " updated_at = ?4 WHERE id = ?5";

static bool
write(struct store *store, const struct step_order *order, int from, int to,
    struct err *err)
{
    char now[21];
    store_now(now);
    struct store_stmt *entry = store_prepare(store, update_sql, err);
    struct store_stmt *row = store_prepare(store,
        "INSERT INTO entry_steps (entry_id, step, from_state, to_state,"
        " reason, actor, at) VALUES (?, ?, ?, ?, ifnull(?, ''), ?, ?)",
        err);
    bool ok = entry != NULL && row != NULL;
    if (ok) {
        store_bind_text(entry, 1, states[to].name);
        if (order->step == STEP_APPROVE) {
            store_bind_int(entry, 2, !order->hold_back);
        }
        store_bind_text(entry, 3,
            order->step == STEP_RENEW ? order->date : NULL);
        store_bind_text(entry, 4, now);
        store_bind_int(entry, 5, order->entry_id);
        store_bind_int(row, 1, order->entry_id);
        store_bind_text(row, 2, steps[order->step].name);
        store_bind_text(row, 3, states[from].name);
        store_bind_text(row, 4, states[to].name);
        store_bind_text(row, 5, order->reason);
        store_bind_text(row, 6, store_actor(store));
        store_bind_text(row, 7, now);
        ok = store_run(entry, err) && store_run(row, err);
    }
    store_finish(entry);
    store_finish(row);
    return ok;
}

bool
step_take(struct store *store, const struct step_order *order,
    struct err *err)
{
    int from = load_state(store, order->entry_id, err);
    if (from == STATES || !check(store, order, from, err)) {
        return false;
    }
    int to = steps[order->step].to == STAYS ? from
                                            : (int)steps[order->step].to;
    char action[32] = "entry.";
    strcat(action, steps[order->step].name);
    struct act_detail detail = {.text_key = {"from", "reason", "date"},
        .text = {states[from].name, order->reason,
            order->step == STEP_RENEW ? order->date : NULL}};
    return write(store, order, from, to, err) &&
           act_audit(store, action, "entries", order->entry_id, &detail,
               err);
}
