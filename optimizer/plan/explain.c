/* explain.c: one need of one run, read from the store; cmd_explain shows
 * it. */
#include "explain.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/store/entry_ref.h"

static bool
find_suggestion(struct store *store, int64_t id, int64_t *need_id,
    int64_t *run_id, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT need_id, run_id FROM plan_lines"
        " WHERE id = ? AND need_id IS NOT NULL",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, id);
    int step = store_step(stmt, err);
    if (step > 0) {
        *need_id = store_int(stmt, 0);
        *run_id = store_int(stmt, 1);
    }
    store_finish(stmt);
    return step > 0 ||
           (step == 0 &&
               fail(err, ERR_INPUT, "no suggestion s%" PRId64, id));
}

bool
explain_find(struct store *store, const char *name, int64_t *need_id,
    int64_t *run_id, struct err *err)
{
    int64_t suggestion = name[0] == 's' ? entry_ref_number(name + 1) : -1;
    return suggestion >= 0
               ? find_suggestion(store, suggestion, need_id, run_id, err)
               : entry_ref_find(store, name, "need", need_id, err);
}

static bool
load_need(struct store *store, int64_t need_id, struct arena *arena,
    struct explanation *e, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT e.key, e.title, o.name, ifnull(r.name_full, '')"
        "  FROM entries AS e JOIN organisations AS o"
        "    ON o.id = e.organisation_id"
        "  LEFT JOIN regions AS r ON r.code = e.region_code"
        " WHERE e.id = ? AND e.side = 'need'",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, need_id);
    int step = store_step(stmt, err);
    if (step > 0) {
        e->need_id = need_id;
        e->key = arena_string(arena, store_text(stmt, 0));
        e->title = arena_string(arena, store_text(stmt, 1));
        e->org = arena_string(arena, store_text(stmt, 2));
        e->region = arena_string(arena, store_text(stmt, 3));
    }
    store_finish(stmt);
    return step > 0 || (step == 0 && fail(err, ERR_INPUT,
                                         "no need %" PRId64, need_id));
}

static bool
load_lines(struct store *store, struct arena *arena, struct explanation *e,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT l.line_no, l.quantity, l.unit, l.text, k.label_ja,"
        "       ifnull(u.units, 0), ifnull(u.cause, '')"
        "  FROM entry_lines AS l JOIN resource_kinds AS k ON k.id = l.kind_id"
        "  LEFT JOIN uncovered_lines AS u ON u.run_id = ?"
        "   AND u.need_id = l.entry_id AND u.need_line_no = l.line_no"
        " WHERE l.entry_id = ? ORDER BY l.line_no",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, e->run.id);
    store_bind_int(stmt, 2, e->need_id);
    struct explain_line *lines = NULL;
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        lines = xrealloc(lines, (size_t)e->lines_n + 1, sizeof(*lines));
        lines[e->lines_n++] = (struct explain_line){
            .line_no = (int32_t)store_int(stmt, 0),
            .quantity = (int32_t)store_int(stmt, 1),
            .missing = (int32_t)store_int(stmt, 5),
            .unit = arena_string(arena, store_text(stmt, 2)),
            .text = arena_string(arena, store_text(stmt, 3)),
            .kind = arena_string(arena, store_text(stmt, 4)),
            .cause = cause_find(store_text(stmt, 6))};
    }
    store_finish(stmt);
    e->lines = arena_array(arena, (size_t)e->lines_n, sizeof(*lines));
    if (e->lines_n > 0) {
        memcpy(e->lines, lines, (size_t)e->lines_n * sizeof(*lines));
    }
    free(lines);
    return step == 0;
}

/* suggestion, offer, line no, units, title, org, kind, score, distance,
 * terms, cost, loss, cause, detail; one SELECT for each of the tables. */
#define PAIR_TABLES                                                           \
    "  JOIN entries AS e ON e.id = t.offer_id"                                \
    "  JOIN organisations AS o ON o.id = e.organisation_id"                   \
    "  LEFT JOIN entry_lines AS l ON l.entry_id = t.offer_id"                 \
    "   AND l.line_no = t.offer_line_no"                                      \
    "  LEFT JOIN resource_kinds AS k ON k.id = l.kind_id"                     \
    " WHERE t.run_id = ? AND t.need_id = ? AND t.need_line_no = ?"
#define PAIR_NAMES " e.title, o.name, ifnull(k.label_ja, ''),"

static const char chosen_sql[] =
    "SELECT t.id, t.offer_id, t.offer_line_no, t.units," PAIR_NAMES
    " t.score, t.distance_m, t.terms, t.cost_yen, NULL, '', '',"
    " ifnull(t.weekday, -1)"
    " FROM plan_lines AS t" PAIR_TABLES " ORDER BY t.id";
static const char alternatives_sql[] =
    "SELECT 0, t.offer_id, t.offer_line_no, 0," PAIR_NAMES
    " t.score, t.distance_m, t.terms, t.cost_yen, t.loss, '', '',"
    " ifnull(t.weekday, -1)"
    " FROM alternatives AS t" PAIR_TABLES " ORDER BY t.rank";
static const char blocks_sql[] =
    "SELECT 0, t.offer_id, t.offer_line_no, 0," PAIR_NAMES
    " 0, NULL, '{}', 0, NULL, t.cause, t.detail, -1"
    " FROM blocks AS t" PAIR_TABLES " ORDER BY t.rank";

static bool
take_pair(struct store_stmt *stmt, struct arena *arena,
    struct explain_pair *pair, struct err *err)
{
    *pair = (struct explain_pair){.suggestion_id = store_int(stmt, 0),
        .offer_id = store_int(stmt, 1),
        .offer_line_no = (int32_t)store_int(stmt, 2),
        .units = (int32_t)store_int(stmt, 3),
        .title = arena_string(arena, store_text(stmt, 4)),
        .org = arena_string(arena, store_text(stmt, 5)),
        .kind = arena_string(arena, store_text(stmt, 6)),
        .cost_yen = store_int(stmt, 10),
        .has_loss = !store_is_null(stmt, 11),
        .loss_e6 = store_int(stmt, 11),
        .cause = cause_find(store_text(stmt, 12)),
        .detail = arena_string(arena, store_text(stmt, 13)),
        .weekday = (int32_t)store_int(stmt, 14)};
    pair->score.per_unit = (int32_t)store_int(stmt, 7);
    pair->score.distance_m =
        store_is_null(stmt, 8) ? -1 : (int32_t)store_int(stmt, 8);
    return score_read(store_text(stmt, 9), &pair->score) ||
           fail(err, ERR_INPUT, "terms that cannot be read: \"%s\"",
               store_text(stmt, 9));
}

static bool
load_pairs(struct store *store, const char *sql, struct arena *arena,
    const struct explanation *e, int32_t line_no, struct explain_list *list,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, e->run.id);
    store_bind_int(stmt, 2, e->need_id);
    store_bind_int(stmt, 3, line_no);
    struct explain_pair *pairs = NULL;
    int step;
    bool ok = true;
    while (ok && (step = store_step(stmt, err)) != 0) {
        pairs = xrealloc(pairs, (size_t)list->n + 1, sizeof(*pairs));
        ok = step > 0 && take_pair(stmt, arena, &pairs[list->n++], err);
    }
    store_finish(stmt);
    list->pairs = arena_array(arena, (size_t)list->n, sizeof(*pairs));
    if (list->n > 0) {
        memcpy(list->pairs, pairs, (size_t)list->n * sizeof(*pairs));
    }
    free(pairs);
    return ok;
}

static bool
load_decisions(struct store *store, struct arena *arena,
    struct explanation *e, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT d.id, d.offer_id, d.decision, o.title, ifnull(d.until, ''),"
        "       d.reason, d.actor"
        "  FROM decisions AS d JOIN entries AS o ON o.id = d.offer_id"
        " WHERE d.need_id = ? AND d.revoked_at IS NULL ORDER BY d.id",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, e->need_id);
    struct explain_decision *list = NULL;
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        list = xrealloc(list, (size_t)e->decisions_n + 1, sizeof(*list));
        list[e->decisions_n++] =
            (struct explain_decision){.id = store_int(stmt, 0),
                .offer_id = store_int(stmt, 1),
                .kind = arena_string(arena, store_text(stmt, 2)),
                .title = arena_string(arena, store_text(stmt, 3)),
                .until = arena_string(arena, store_text(stmt, 4)),
                .reason = arena_string(arena, store_text(stmt, 5)),
                .actor = arena_string(arena, store_text(stmt, 6))};
    }
    store_finish(stmt);
    size_t n = (size_t)e->decisions_n;
    e->decisions = arena_array(arena, n, sizeof(*list));
    if (n > 0) {
        memcpy(e->decisions, list, n * sizeof(*list));
    }
    free(list);
    return step == 0;
}

bool
explain_load(struct store *store, int64_t run_id, int64_t need_id,
    struct arena *arena, struct explanation *e, struct err *err)
{
    memset(e, 0, sizeof(*e));
    bool ok = run_load(store, run_id, arena, &e->run, err) &&
              load_need(store, need_id, arena, e, err) &&
              load_decisions(store, arena, e, err) &&
              load_lines(store, arena, e, err);
    for (int32_t i = 0; ok && i < e->lines_n; i++) {
        struct explain_line *line = &e->lines[i];
        ok = load_pairs(store, chosen_sql, arena, e, line->line_no,
                 &line->chosen, err) &&
             load_pairs(store, alternatives_sql, arena, e, line->line_no,
                 &line->alternatives, err) &&
             load_pairs(store, blocks_sql, arena, e, line->line_no,
                 &line->blocks, err);
        e->took_part |= line->chosen.n > 0 || line->missing > 0;
    }
    return ok;
}

int32_t
explain_pair(const struct candidates *c, int32_t need_line,
    int32_t offer_line)
{
    return need_line < 0 || offer_line < 0 || c->line_at[need_line] < 0 ||
                   c->offer_at[offer_line] < 0
               ? -1
               : instance_pair_find(&c->instance, c->line_at[need_line],
                     c->offer_at[offer_line]);
}

bool
explain_units(struct store *store, int64_t run_id,
    const struct market *market, const struct candidates *c, int32_t *units,
    bool *all, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT ifnull(need_id, 0), ifnull(need_line_no, 1), offer_id,"
        "       offer_line_no, units,"
        "       ifnull(region_code || ':' || interest_id, ''),"
        "       ifnull(weekday, -1)"
        "  FROM plan_lines WHERE run_id = ? ORDER BY id",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, run_id);
    *all = true;
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        int32_t need = store_int(stmt, 0) == 0
            ? market_public_find(market, store_text(stmt, 5))
            : market_line_find(market, store_int(stmt, 0),
                  (int32_t)store_int(stmt, 1));
        int32_t offer = market_slot_find(market, store_int(stmt, 2),
            (int32_t)store_int(stmt, 3), (int32_t)store_int(stmt, 6));
        int32_t pair = explain_pair(c, need, offer);
        *all &= pair >= 0;
        if (pair >= 0) { /* rows of one pair add up, also absurd ones */
            int64_t left = INT32_MAX - units[pair];
            int64_t more = store_int(stmt, 4);
            units[pair] += (int32_t)(more < left ? more : left);
        }
    }
    store_finish(stmt);
    return step == 0;
}

void
explain_count(struct explanation *e, const struct plan *plan,
    struct arena *arena)
{
    int32_t entry = market_find(plan->market, e->need_id);
    e->tier_urgency = (int32_t)plan->market->value[OPTION_TIER_URGENCY];
    e->tier = e->tier_urgency > 0 && entry >= 0 &&
              plan->market->entries[entry].urgency >= e->tier_urgency;
    for (int32_t i = 0; i < e->lines_n; i++) {
        struct explain_line *line = &e->lines[i];
        int32_t at =
            market_line_find(plan->market, e->need_id, line->line_no);
        if (at < 0 || plan->candidates->line_at[at] < 0) {
            continue;
        }
        struct plan_near near;
        plan_near(plan, plan->candidates->line_at[at], arena, &near);
        line->counted = true;
        line->pairs = near.pairs;
        memcpy(line->sole, near.sole, sizeof(line->sole));
    }
}
