/* certify.c: a stored run against its store; cmd_certify shows it. */
#include "certify.h"

#include <inttypes.h>
#include <string.h>

#include "optimizer/check/check.h"
#include "optimizer/check/proof.h"
#include "optimizer/plan/prices.h"

/* Feasible, and worth what the run says? */
static void
judge_plan(const struct replay *replay, struct arena *arena,
    struct certify *certify)
{
    const struct run *run = &replay->run;
    struct err broken = {0};
    if (replay->changed) {
        certify->verdict = CERTIFY_CHANGED;
        certify->reason = arena_format(arena,
            "the store has changed since: input %s, now %s",
            run->input_digest, replay->digest);
    } else if (!check_plan(&replay->candidates.instance, replay->units,
                   &certify->value_e6, &broken)) {
        certify->verdict = CERTIFY_PLAN;
        certify->reason = arena_string(arena, broken.text);
    } else if (certify->value_e6 != run->objective) {
        certify->verdict = CERTIFY_VALUE;
        certify->reason = arena_format(arena,
            "the plan is worth %" PRId64 ", the run says %" PRId64,
            certify->value_e6, run->objective);
    } else if (run->bound < run->objective) {
        certify->verdict = CERTIFY_BOUND;
        certify->reason = arena_format(arena,
            "the run's bound %" PRId64 " is below its value %" PRId64,
            run->bound, run->objective);
    }
}

bool
certify_run(struct store *store, const struct replay *replay,
    struct arena *arena, struct certify *certify, struct err *err)
{
    const struct instance *in = &replay->candidates.instance;
    struct proof_prices prices;
    *certify = (struct certify){.run = &replay->run, .reason = ""};
    judge_plan(replay, arena, certify);
    if (certify->verdict != CERTIFY_HOLDS) {
        return true;
    }
    if (!prices_load(store, replay->run.id, in, arena, &prices,
            &certify->prices_n, err)) {
        return false;
    }
    certify->bound_e6 = proof_bound(in, &prices);
    if (!prices_load_agreed(
            store, replay->run.id, in, arena, &prices, err)) {
        return false;
    }
    if (prices.potentials_n > 0) {
        int64_t agreed = proof_bound(in, &prices);
        certify->bound_e6 =
            agreed < certify->bound_e6 ? agreed : certify->bound_e6;
    }
    certify->tier = in->floors_n > 0 && in->floors[0].tier;
    certify->gap_ppm = proof_gap_ppm(certify->value_e6, certify->bound_e6);
    return true;
}

static const char *const verdicts[] = {[CERTIFY_HOLDS] = "holds",
    [CERTIFY_CHANGED] = "changed", [CERTIFY_PLAN] = "broken_plan",
    [CERTIFY_VALUE] = "wrong_value", [CERTIFY_BOUND] = "wrong_bound"};

static void
print_points(FILE *out, const char *label, int64_t e6)
{
    char points[OPTION_VALUE_SIZE];
    option_points(e6 / 1000000, points);
    fprintf(out, "  %s %s点（%" PRId64 "）\n", label, points, e6);
}

void
certify_print(const struct certify *c, FILE *out)
{
    static const char *const titles[] = {[CERTIFY_HOLDS] = "確かめました",
        [CERTIFY_CHANGED] = "確かめられません: 登録内容がその後変わりました",
        [CERTIFY_PLAN] = "誤り: 計画が条件を破っています",
        [CERTIFY_VALUE] = "誤り: 計画の値が記録と違います",
        [CERTIFY_BOUND] = "誤り: 記録の上限が計画の値より低いです"};
    fprintf(out, "計画 %" PRId64 "（%s）: %s\n", c->run->id,
        c->run->plan_date, titles[c->verdict]);
    if (c->verdict != CERTIFY_HOLDS) {
        fprintf(out, "  %s\n", c->reason);
        return;
    }
    int64_t own = proof_gap_ppm(c->value_e6, c->run->bound);
    print_points(out, "計画の値", c->value_e6);
    print_points(out, "影の価格から証明した上限", c->bound_e6);
    fprintf(out,
        "  証明した差 %" PRId64 ".%04" PRId64 "%%（価格のある条件 %" PRId64
        "）\n",
        c->gap_ppm / 10000, c->gap_ppm % 10000, c->prices_n);
    if (c->tier) {
        fprintf(out, "  先に満たす募集を同じだけ満たす計画の中での上限"
                     "（それより満たせないことは計算時の証明による）\n");
    }
    if (c->bound_e6 > c->run->bound) {
        print_points(out, "計算時の上限", c->run->bound);
        fprintf(out,
            "  計算時の差 %" PRId64 ".%04" PRId64
            "%%（整数の探索による。価格だけでは証明できない分）\n",
            own / 10000, own % 10000);
    }
}

void
certify_write(const struct certify *c, struct json *json)
{
    json_open(json, '{');
    json_put_int(json, "run", c->run->id);
    json_put_text(json, "verdict", verdicts[c->verdict]);
    json_put_text(json, "reason", c->reason);
    if (c->verdict == CERTIFY_HOLDS) {
        json_put_int(json, "value_e6", c->value_e6);
        json_put_int(json, "bound_e6", c->bound_e6);
        json_put_int(json, "gap_ppm", c->gap_ppm);
        json_put_int(json, "prices", c->prices_n);
        json_put_bool(json, "tier", c->tier);
        json_put_bool(json, "proves_run", c->bound_e6 <= c->run->bound);
    }
    json_put_int(json, "run_value_e6", c->run->objective);
    json_put_int(json, "run_bound_e6", c->run->bound);
    json_put_int(json, "run_gap_ppm", c->run->gap_ppm);
    json_close(json, '}');
}
