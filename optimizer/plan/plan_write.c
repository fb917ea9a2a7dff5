/* plan_write.c: a checked plan into the store; match calls it. */
#include "plan_write.h"

#include <inttypes.h>
#include <stdio.h>

#include "cover.h"
#include "optimizer/market/score.h"

struct writer {
    struct store *store;
    int64_t run_id;
    const struct plan *plan;
    struct store_stmt *stmt;
};

/* Terms, distance and score of a pair into three columns. */
static void
bind_score(struct writer *w, int32_t line, int32_t pair, int score_column,
    int distance_column, int terms_column)
{
    const struct candidates *c = w->plan->candidates;
    struct score score;
    struct json terms = {0};
    score_pair(w->plan->market, c->line_of[line],
        c->offer_of[c->instance.pair_offer[pair]], &score);
    score_write(&score, &terms);
    store_bind_int(w->stmt, score_column, score.per_unit);
    if (score.distance_m >= 0) {
        store_bind_int(w->stmt, distance_column, score.distance_m);
    }
    store_bind_text(w->stmt, terms_column, terms.text);
    json_release(&terms);
}

static bool
write_line(struct writer *w, int32_t line, int32_t pair, struct err *err)
{
    const struct candidates *c = w->plan->candidates;
    const struct market *market = w->plan->market;
    const struct instance *in = &c->instance;
    const struct market_line *nl = &market->lines[c->line_of[line]];
    const struct market_line *ol =
        &market->lines[c->offer_of[in->pair_offer[pair]]];
    const struct market_entry *need = &market->entries[nl->entry];
    store_bind_int(w->stmt, 1, w->run_id);
    if (need->interest == MARKET_NONE) {
        store_bind_int(w->stmt, 2, need->id);
        store_bind_int(w->stmt, 3, nl->id);
        store_bind_int(w->stmt, 4, nl->line_no);
    } else {
        store_bind_text(w->stmt, 5, market->geo.regions[need->region].code);
        store_bind_text(w->stmt, 6, market->interests[need->interest].id);
    }
    store_bind_int(w->stmt, 7, market->entries[ol->entry].id);
    store_bind_int(w->stmt, 8, ol->id);
    store_bind_int(w->stmt, 9, ol->line_no);
    store_bind_text(w->stmt, 10, market->kinds.terms[ol->kind].id);
    store_bind_int(w->stmt, 11, w->plan->units[pair]);
    store_bind_text(w->stmt, 12, nl->unit);
    store_bind_int(w->stmt, 14, in->pair_cost[pair]);
    bind_score(w, line, pair, 13, 15, 16);
    if (ol->weekday >= 0) {
        store_bind_int(w->stmt, 17, ol->weekday);
    }
    bool ok = store_run(w->stmt, err);
    store_reset(w->stmt);
    return ok;
}

static bool
write_lines(struct writer *w, struct err *err)
{
    const struct instance *in = &w->plan->candidates->instance;
    w->stmt = store_prepare(w->store,
        "INSERT INTO plan_lines (run_id, need_id, need_line_id,"
        " need_line_no, region_code, interest_id, offer_id, offer_line_id,"
        " offer_line_no, kind_id, units, unit, score, cost_yen, distance_m,"
        " terms, weekday)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        err);
    bool ok = w->stmt != NULL;
    for (int32_t l = 0; ok && l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; ok && p < in->pair_begin[l + 1];
             p++) {
            ok = w->plan->units[p] == 0 || write_line(w, l, p, err);
        }
    }
    store_finish(w->stmt);
    return ok;
}

/* What staff want to read beside the cause: metres, yen, what is left. */
static void
block_detail(const struct plan *plan, int32_t line,
    const struct plan_block *block, char out[96])
{
    const struct candidates *c = plan->candidates;
    const struct instance *in = &c->instance;
    const struct market_line *nl = &plan->market->lines[c->line_of[line]];
    const struct market_line *ol = &plan->market->lines[block->offer_line];
    int32_t metres;
    out[0] = '\0';
    switch (block->cause) {
    case CAUSE_REGION:
    case CAUSE_REGION_HARD:
        metres = market_distance_m(plan->market, nl->entry, ol->entry);
        if (metres >= 0) {
            snprintf(out, 96, "%d.%dkm", metres / 1000, metres % 1000 / 100);
        }
        break;
    case CAUSE_BUDGET:
    case CAUSE_PROGRAMME_BUDGET:
        snprintf(out, 96, "1%s %" PRId64 "円", nl->unit, ol->unit_cost_yen);
        break;
    case CAUSE_COMPETITION:
    case CAUSE_CAPACITY:
        if (block->pair >= 0) {
            int32_t j = in->pair_offer[block->pair];
            snprintf(out, 96, "残り%" PRId64 "/%" PRId32 "%s",
                in->offers[j].capacity - plan->offer_used[j],
                in->offers[j].capacity, ol->unit);
        }
        break;
    case CAUSE_UNIT:
        snprintf(out, 96, "%.30s / %.30s", nl->unit, ol->unit);
        break;
    default:
        break;
    }
}

static bool
write_blocks(struct writer *w, int32_t line, const struct plan_near *near,
    struct err *err)
{
    const struct market *market = w->plan->market;
    const struct market_line *nl =
        &market->lines[w->plan->candidates->line_of[line]];
    bool ok = true;
    for (int32_t i = 0; ok && i < near->blocks_n; i++) {
        const struct plan_block *block = &near->blocks[i];
        const struct market_line *ol = &market->lines[block->offer_line];
        char detail[96];
        block_detail(w->plan, line, block, detail);
        store_bind_int(w->stmt, 1, w->run_id);
        store_bind_int(w->stmt, 2, market->entries[nl->entry].id);
        store_bind_int(w->stmt, 3, nl->line_no);
        store_bind_int(w->stmt, 4, i + 1);
        store_bind_int(w->stmt, 5, market->entries[ol->entry].id);
        store_bind_int(w->stmt, 6, ol->line_no);
        store_bind_text(w->stmt, 7, cause_name(block->cause));
        store_bind_text(w->stmt, 8, detail);
        ok = store_run(w->stmt, err);
    }
    return ok;
}

static bool
write_missing(struct writer *w, struct store_stmt *uncovered, int32_t line,
    enum cause cause, struct err *err)
{
    const struct market *market = w->plan->market;
    const struct market_line *nl =
        &market->lines[w->plan->candidates->line_of[line]];
    store_bind_int(uncovered, 1, w->run_id);
    store_bind_int(uncovered, 2, market->entries[nl->entry].id);
    store_bind_int(uncovered, 3, nl->line_no);
    store_bind_int(uncovered, 4, plan_missing(w->plan, line));
    store_bind_text(uncovered, 5, cause_name(cause));
    return store_run(uncovered, err);
}

static bool
write_uncovered(struct writer *w, enum cause *causes, struct err *err)
{
    const struct candidates *c = w->plan->candidates;
    const struct market *market = w->plan->market;
    struct store_stmt *uncovered = store_prepare(w->store,
        "INSERT INTO uncovered_lines (run_id, need_id, need_line_no, units,"
        " cause) VALUES (?, ?, ?, ?, ?)",
        err);
    w->stmt = store_prepare(w->store,
        "INSERT INTO blocks (run_id, need_id, need_line_no, rank, offer_id,"
        " offer_line_no, cause, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        err);
    bool ok = uncovered != NULL && w->stmt != NULL;
    for (int32_t l = 0; ok && l < c->instance.lines_n; l++) {
        const struct market_line *nl = &market->lines[c->line_of[l]];
        causes[l] = CAUSE_NONE;
        if (plan_missing(w->plan, l) > 0 &&
            market->entries[nl->entry].interest == MARKET_NONE) {
            struct arena arena = {0};
            struct plan_near near;
            plan_near(w->plan, l, &arena, &near);
            causes[l] = plan_cause(w->plan, l, &near);
            ok = write_missing(w, uncovered, l, causes[l], err) &&
                 write_blocks(w, l, &near, err);
            arena_release(&arena);
        }
    }
    store_finish(uncovered);
    store_finish(w->stmt);
    return ok;
}

static bool
write_alternative(struct writer *w, const struct plan_alternative *a,
    struct err *err)
{
    const struct candidates *c = w->plan->candidates;
    const struct market *market = w->plan->market;
    const struct market_line *nl = &market->lines[c->line_of[a->line]];
    const struct market_line *ol =
        &market->lines[c->offer_of[c->instance.pair_offer[a->pair]]];
    store_bind_int(w->stmt, 1, w->run_id);
    store_bind_int(w->stmt, 2, market->entries[nl->entry].id);
    store_bind_int(w->stmt, 3, nl->line_no);
    store_bind_int(w->stmt, 4, a->rank);
    store_bind_int(w->stmt, 5, market->entries[ol->entry].id);
    store_bind_int(w->stmt, 6, ol->line_no);
    if (a->has_loss) {
        store_bind_int(w->stmt, 8, a->loss_e6);
    }
    store_bind_int(w->stmt, 9, c->instance.pair_cost[a->pair]);
    bind_score(w, a->line, a->pair, 7, 10, 11);
    if (ol->weekday >= 0) {
        store_bind_int(w->stmt, 12, ol->weekday);
    }
    bool ok = store_run(w->stmt, err);
    store_reset(w->stmt);
    return ok;
}

static bool
write_potentials(struct writer *w, const struct plan_extras *extras,
    struct err *err)
{
    w->stmt = store_prepare(w->store,
        "INSERT INTO potentials (run_id, line_key, offer_key, prices)"
        " VALUES (?, ?, ?, ?)",
        err);
    bool ok = w->stmt != NULL;
    for (int32_t i = 0; ok && i < extras->potentials_n; i++) {
        store_bind_int(w->stmt, 1, w->run_id);
        store_bind_text(w->stmt, 2, extras->potentials[i].line_key);
        store_bind_text(w->stmt, 3, extras->potentials[i].offer_key);
        store_bind_text(w->stmt, 4, extras->potentials[i].prices);
        ok = store_run(w->stmt, err);
    }
    store_finish(w->stmt);
    return ok;
}

static bool
write_extras(struct writer *w, const struct plan_extras *extras,
    struct err *err)
{
    w->stmt = store_prepare(w->store,
        "INSERT INTO alternatives (run_id, need_id, need_line_no, rank,"
        " offer_id, offer_line_no, score, loss, cost_yen, distance_m, terms,"
        " weekday) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        err);
    bool ok = w->stmt != NULL;
    for (int32_t i = 0; ok && i < extras->alternatives_n; i++) {
        ok = write_alternative(w, &extras->alternatives[i], err);
    }
    store_finish(w->stmt);
    w->stmt = !ok ? NULL : store_prepare(w->store,
        "INSERT INTO shadow_prices (run_id, row_kind, row_key, price)"
        " VALUES (?, ?, ?, ?)",
        err);
    ok = w->stmt != NULL;
    for (int32_t i = 0; ok && i < extras->prices_n; i++) {
        store_bind_int(w->stmt, 1, w->run_id);
        store_bind_text(w->stmt, 2, extras->prices[i].row_kind);
        store_bind_text(w->stmt, 3, extras->prices[i].row_key);
        store_bind_int(w->stmt, 4, extras->prices[i].price_e6);
        ok = store_run(w->stmt, err);
    }
    store_finish(w->stmt);
    return ok && write_potentials(w, extras, err);
}

bool
plan_write(struct store *store, int64_t run_id, const struct plan *plan,
    const struct plan_extras *extras, enum cause *causes, struct err *err)
{
    struct writer w = {.store = store, .run_id = run_id, .plan = plan};
    return write_lines(&w, err) && write_uncovered(&w, causes, err) &&
           write_extras(&w, extras, err) && cover_keep(store, run_id, err);
}
