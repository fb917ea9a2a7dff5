/* cmd_recruit.c: `tsunagari recruit [RUN]`: what to look for, and where. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/base/json.h"
#include "optimizer/plan/prices.h"
#include "optimizer/whatif/recruit.h"
#include "optimizer/whatif/replay.h"

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
    struct proof_prices prices;
    int64_t known;
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
    if (!prices_load(store, replay->run.id, &replay->candidates.instance,
            arena, &prices, &known, err)) {
        return false;
    }
    plan_init(&replay->market, &replay->candidates, replay->units, arena,
        &plan);
    const struct solve_start start = prices_start(&prices, replay->units);
    if (!recruit_make(&plan, &start,
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
