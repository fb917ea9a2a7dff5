/* cmd_recruit.c: `tsunagari recruit [RUN]`: what to look for, and where. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/base/json.h"
#include "optimizer/instance/name_table.h"
#include "optimizer/whatif/recruit.h"
#include "optimizer/whatif/replay.h"

struct prices {
    struct name_table lines, floors;
    int64_t *demand, *floor;
};

static void
take_price(struct store_stmt *stmt, struct prices *prices)
{
    bool demand = strcmp(store_text(stmt, 0), "demand") == 0;
    int32_t at = name_table_find(
        demand ? &prices->lines : &prices->floors, store_text(stmt, 1));
    if (at >= 0) {
        (demand ? prices->demand : prices->floor)[at] = store_int(stmt, 2);
    }
}

/* The run's prices of lines and floors, by their place in the instance. */
static bool
load_prices(struct store *store, const struct replay *replay,
    struct arena *arena, struct prices *prices, struct err *err)
{
    const struct instance *in = &replay->candidates.instance;
    struct store_stmt *stmt = store_prepare(store,
        "SELECT row_kind, row_key, price FROM shadow_prices WHERE run_id = ?"
        " AND row_kind IN ('demand', 'floor') ORDER BY row_kind, row_key",
        err);
    if (stmt == NULL) {
        return false;
    }
    name_table_init(&prices->lines, arena);
    name_table_init(&prices->floors, arena);
    prices->demand =
        arena_array(arena, (size_t)in->lines_n, sizeof(int64_t));
    prices->floor =
        arena_array(arena, (size_t)in->floors_n, sizeof(int64_t));
    for (int32_t l = 0; l < in->lines_n; l++) {
        name_table_add(&prices->lines, in->lines[l].name);
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        name_table_add(&prices->floors, in->floors[g].name);
    }
    store_bind_int(stmt, 1, replay->run.id);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        take_price(stmt, prices);
    }
    store_finish(stmt);
    name_table_clear(&prices->lines);
    name_table_clear(&prices->floors);
    return step == 0;
}

static void
print_ideas(const struct replay *replay, const struct recruit *recruit,
    struct arena *arena)
{
    printf("計画 %" PRId64 "（%s）: あると良い資源\n", replay->run.id,
        replay->run.plan_date);
    for (int32_t k = 0; k < recruit->n; k++) {
        const struct recruit_idea *idea = &recruit->ideas[k];
        printf("  %s（%" PRId32 "%s分、無料、いつでも、その地域だけのとき）\n",
            recruit_text(&replay->market, idea, arena), idea->capacity,
            idea->unit);
    }
    printf("  影の価格から%" PRId32 "通りを見て、上位%" PRId32
           "通りを計算し直し、効果のある%" PRId32 "通りを示しました\n",
        recruit->looked_at, recruit->tried, recruit->n);
}

static void
write_ideas(const struct replay *replay, const struct recruit *recruit,
    struct arena *arena, struct json *json)
{
    const struct market *market = &replay->market;
    json_open(json, '{');
    json_put_int(json, "run", replay->run.id);
    json_put_int(json, "looked_at", recruit->looked_at);
    json_put_int(json, "tried", recruit->tried);
    json_key(json, "ideas");
    json_open(json, '[');
    for (int32_t k = 0; k < recruit->n; k++) {
        const struct recruit_idea *idea = &recruit->ideas[k];
        json_open(json, '{');
        json_put_text(json, "kind", market->kinds.terms[idea->kind].id);
        json_put_text(json, "region",
            market->geo.regions[idea->region].code);
        json_put_int(json, "capacity", idea->capacity);
        json_put_text(json, "unit", idea->unit);
        json_put_int(json, "lines", idea->lines);
        json_put_int(json, "units", idea->units);
        json_put_int(json, "gain_e6", idea->gain_e6);
        json_put_int(json, "estimate_e6", idea->estimate_e6);
        json_put_text(json, "text", recruit_text(market, idea, arena));
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

static bool
run_recruit(struct store *store, int64_t run_id, bool as_json,
    struct arena *arena, struct err *err)
{
    struct replay *replay = arena_alloc(arena, sizeof(*replay));
    const struct solve_options options = {0};
    struct prices prices;
    struct plan plan;
    struct recruit recruit;
    if (!store_begin(store, err) ||
        !replay_load(store, run_id, arena, replay, err)) {
        return false;
    }
    if (replay->changed || strcmp(replay->run.state, "optimal") != 0) {
        return fail(err, ERR_NO_PLAN, "run %" PRId64 " %s: run `tsunagari"
            " match` first", replay->run.id,
            replay->changed ? "is older than the store's last change"
                            : "is not proven optimal");
    }
    if (!load_prices(store, replay, arena, &prices, err)) {
        return false;
    }
    plan_init(&replay->market, &replay->candidates, replay->units, arena,
        &plan);
    if (!recruit_make(&plan, prices.demand, prices.floor,
            replay->run.bound - replay->run.objective, &options, arena,
            &recruit, err)) {
        return false;
    }
    if (as_json) {
        struct json json = {0};
        write_ideas(replay, &recruit, arena, &json);
        puts(json.text);
        json_release(&json);
    } else {
        print_ideas(replay, &recruit, arena);
    }
    return true;
}

int
cmd_recruit(int argc, char **argv)
{
    return cli_run_command(argc, argv, run_recruit);
}
