/* explain_public.c: what the residents of a region look for, and which
 * places the plan sends them to; a part of explain.c. */
#include "explain.h"

#include <inttypes.h>

bool
explain_is_public(struct store *store, const char *name, bool *is_public,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT 1 FROM regions AS r, interests AS i"
        " WHERE r.code || ':' || i.id = ?",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, name);
    int step = store_step(stmt, err);
    store_finish(stmt);
    *is_public = step > 0;
    return step >= 0;
}

static void
take_offer(const struct plan *plan, int32_t need_line, int32_t offer_line,
    struct explain_pair *pair)
{
    const struct market *market = plan->market;
    const struct market_line *line = &market->lines[offer_line];
    const struct market_entry *entry = &market->entries[line->entry];
    *pair = (struct explain_pair){.offer_id = entry->id,
        .offer_line_no = line->line_no, .weekday = line->weekday, .title = entry->title,
        .org = market->orgs[entry->org].name,
        .kind = market->kinds.terms[line->kind].label_ja,
        .cause = CAUSE_NONE, .detail = ""};
    score_pair(market, need_line, offer_line, &pair->score);
}

static void
take_chosen(const struct plan *plan, int32_t line, struct arena *arena,
    struct explain_list *list)
{
    const struct candidates *c = plan->candidates;
    const struct instance *in = &c->instance;
    int32_t begin = in->pair_begin[line], end = in->pair_begin[line + 1];
    list->pairs =
        arena_array(arena, (size_t)(end - begin), sizeof(*list->pairs));
    for (int32_t p = begin; p < end; p++) {
        if (plan->units[p] > 0) {
            struct explain_pair *pair = &list->pairs[list->n++];
            take_offer(plan, c->line_of[line],
                c->offer_of[in->pair_offer[p]], pair);
            pair->units = plan->units[p];
        }
    }
}

static void
take_blocks(const struct plan *plan, int32_t line,
    const struct plan_near *near, struct arena *arena,
    struct explain_list *list)
{
    list->n = near->blocks_n;
    list->pairs =
        arena_array(arena, (size_t)list->n, sizeof(*list->pairs));
    for (int32_t i = 0; i < list->n; i++) {
        take_offer(plan, plan->candidates->line_of[line],
            near->blocks[i].offer_line, &list->pairs[i]);
        list->pairs[i].cause = near->blocks[i].cause;
    }
}

bool
explain_public(struct explanation *e, const struct plan *plan,
    const char *name, struct arena *arena, struct err *err)
{
    const struct market *market = plan->market;
    int32_t at = market_public_find(market, name);
    if (at < 0) {
        return fail(err, ERR_INPUT,
            "nobody is counted on looking for this there: \"%s\"", name);
    }
    const struct market_line *ml = &market->lines[at];
    const struct market_entry *entry = &market->entries[ml->entry];
    int32_t line = plan->candidates->line_at[at];
    struct explain_line *out = arena_alloc(arena, sizeof(*out));
    struct plan_near near;
    plan_near(plan, line, arena, &near);
    e->key = entry->key;
    e->title = entry->title;
    e->org = "住民";
    e->region = "";
    e->took_part = true;
    e->lines = out;
    e->lines_n = 1;
    *out = (struct explain_line){.line_no = 1, .quantity = ml->quantity,
        .missing = plan_missing(plan, line),
        .kind = market->kinds.terms[ml->kind].label_ja, .unit = ml->unit,
        .text = "", .cause = CAUSE_NONE, .counted = true,
        .pairs = near.pairs};
    if (out->missing > 0) {
        out->cause = plan_cause(plan, line, &near);
        take_blocks(plan, line, &near, arena, &out->blocks);
    }
    for (int cause = 0; cause < CAUSE_RULES; cause++) {
        out->sole[cause] = near.sole[cause];
    }
    take_chosen(plan, line, arena, &out->chosen);
    return true;
}
