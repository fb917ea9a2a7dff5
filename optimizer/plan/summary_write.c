/* summary_write.c: a plan's counts as JSON and as Japanese text. */
#include "summary.h"

#include <inttypes.h>
#include <string.h>

static const char *const group_keys[SUMMARY_GROUPS] = {"by_area",
    "by_municipality", "by_kind", "by_sector"};
static const char *const group_titles[SUMMARY_GROUPS] = {"地域政策圏ごと",
    "市町村ごと", "種類ごと", "分野ごと"};

static void
write_tally(const struct summary_tally *tally, struct json *json)
{
    json_open(json, '{');
    if (tally->code != NULL) {
        json_put_text(json, "code", tally->code);
        json_put_text(json, "name", tally->name);
    }
    json_put_int(json, "lines", tally->lines);
    json_put_int(json, "covered", tally->covered);
    json_put_int(json, "partly", tally->partly);
    json_put_int(json, "uncovered", tally->uncovered);
    json_close(json, '}');
}

static void
write_run(const struct summary_run *run, struct json *json)
{
    json_key(json, "run");
    if (run->run_id > 0) {
        json_int(json, run->run_id);
    } else {
        json_null(json);
    }
    if (run->amends > 0) {
        json_put_int(json, "amends", run->amends);
    }
    json_put_text(json, "plan_date", run->plan_date);
    json_put_text(json, "state", run->state);
    json_put_text(json, "method", run->method);
    json_put_int(json, "value_e6", run->value_e6);
    json_put_int(json, "bound_e6", run->bound_e6);
    json_put_int(json, "gap_ppm", run->gap_ppm);
    json_put_int(json, "weights", run->weight_version);
    json_put_text(json, "input_digest", run->digest);
}

static void
write_counts(const struct summary *s, struct json *json)
{
    const struct market_counts *counts = &s->plan->market->counts;
    const struct instance *in = &s->plan->candidates->instance;
    json_key(json, "entries");
    json_open(json, '{');
    json_put_int(json, "approved", counts->approved);
    json_put_int(json, "unscreened", counts->unscreened);
    json_put_int(json, "expired", counts->expired);
    json_put_int(json, "stale", counts->stale);
    json_put_int(json, "needs", counts->needs);
    json_put_int(json, "need_lines", counts->need_lines);
    json_put_int(json, "offers", counts->offers);
    json_put_int(json, "offer_lines", counts->offer_lines);
    json_put_int(json, "public_offer_lines", counts->public_offer_lines);
    json_put_int(json, "pairs", in->pairs_n);
    json_close(json, '}');
}

static void
write_public(const struct summary *s, struct json *json)
{
    json_key(json, "public");
    json_open(json, '{');
    json_put_int(json, "demands", s->demands);
    json_put_int(json, "covered", s->demands_met);
    json_put_int(json, "uncovered", s->demands_empty);
    json_put_int(json, "people_wanted", s->people_wanted);
    json_put_int(json, "people_given", s->people_given);
    json_put_int(json, "regions", s->regions);
    json_put_int(json, "regions_without_offer", s->regions_empty);
    json_close(json, '}');
}

static void
write_causes(const struct summary *s, struct json *json)
{
    json_key(json, "causes");
    json_open(json, '[');
    for (int cause = 0; cause < CAUSE_COUNT; cause++) {
        if (s->cause_lines[cause] > 0) {
            json_open(json, '{');
            json_put_text(json, "cause", cause_name((enum cause)cause));
            json_put_text(json, "label", cause_label_ja((enum cause)cause));
            json_put_int(json, "lines", s->cause_lines[cause]);
            json_close(json, '}');
        }
    }
    json_close(json, ']');
}

static void
write_dropped(const struct summary *s, struct json *json)
{
    const struct candidates *c = s->plan->candidates;
    json_key(json, "pins_dropped");
    json_open(json, '[');
    for (int32_t i = 0; i < c->dropped_n; i++) {
        const struct candidate_drop *drop = &c->dropped[i];
        json_open(json, '{');
        json_put_int(json, "decision",
            s->plan->market->decisions[drop->decision].id);
        json_put_text(json, "reason", drop->reason);
        json_close(json, '}');
    }
    json_close(json, ']');
}

void
summary_write(const struct summary *s, const struct summary_run *run,
    struct json *json)
{
    const struct instance *in = &s->plan->candidates->instance;
    json_open(json, '{');
    write_run(run, json);
    write_counts(s, json);
    json_key(json, "needs");
    write_tally(&s->all, json);
    if (s->tier.lines > 0) {
        json_key(json, "tier");
        json_open(json, '{');
        json_put_int(json, "urgency",
            s->plan->market->value[OPTION_TIER_URGENCY]);
        json_put_int(json, "lines", s->tier.lines);
        json_put_int(json, "covered", s->tier.covered);
        json_put_int(json, "partly", s->tier.partly);
        json_put_int(json, "covered_ppm", s->tier_ppm);
        json_close(json, '}');
    }
    json_put_int(json, "suggestions", s->suggestions);
    json_put_int(json, "spent_yen", s->plan->spent);
    json_key(json, "programme_budget_yen");
    if (in->programme_budget_yen == INSTANCE_NO_LIMIT) {
        json_null(json);
    } else {
        json_int(json, in->programme_budget_yen);
    }
    write_public(s, json);
    write_causes(s, json);
    for (int group = 0; group < SUMMARY_GROUPS; group++) {
        json_key(json, group_keys[group]);
        json_open(json, '[');
        for (int32_t i = 0; i < s->groups[group].n; i++) {
            write_tally(&s->groups[group].rows[i], json);
        }
        json_close(json, ']');
    }
    write_dropped(s, json);
    json_key(json, "recruit");
    json_open(json, '[');
    for (int32_t i = 0; i < s->wanted_n; i++) {
        json_text(json, s->wanted[i]);
    }
    json_close(json, ']');
    json_close(json, '}');
}

static void
print_head(const struct summary *s, const struct summary_run *run, FILE *out)
{
    const struct market_counts *counts = &s->plan->market->counts;
    bool optimal = strcmp(run->state, "optimal") == 0;
    char value[OPTION_VALUE_SIZE];
    option_points(run->value_e6 / 1000000, value);
    if (run->run_id > 0) {
        fprintf(out, "計画 %" PRId64 "  ", run->run_id);
    }
    fprintf(out, "計画日 %s  重みの版 %" PRId64 "  ", run->plan_date,
        run->weight_version);
    fprintf(out, "%s", optimal ? "最適（証明済み）" : "途中まで");
    if (!optimal) {
        fprintf(out, "（最適との差 最大 %" PRId64 ".%04" PRId64 "%%）",
            run->gap_ppm / 10000, run->gap_ppm % 10000);
    }
    fprintf(out, "  合計 %s点\n", value);
    fprintf(out,
        "参加: 募集 %" PRId64 "件（%" PRId64 "行） 資源 %" PRId64
        "件（%" PRId64 "行、うち公開 %" PRId64 "行） 候補 %" PRId32 "組\n",
        counts->needs, counts->need_lines, counts->offers,
        counts->offer_lines + counts->public_offer_lines,
        counts->public_offer_lines, s->plan->candidates->instance.pairs_n);
    fprintf(out,
        "不参加: 期限切れ %" PRId64 "件 確認日が古い %" PRId64
        "件 要件の確認前 %" PRId64 "件\n",
        counts->expired, counts->stale, counts->unscreened);
}

static void
print_tally(const struct summary_tally *tally, const char *name, FILE *out)
{
    fprintf(out,
        "  %s: %" PRId32 "行のうち 満たす %" PRId32 " 一部 %" PRId32
        " 満たさない %" PRId32 "\n",
        name, tally->lines, tally->covered, tally->partly, tally->uncovered);
}

void
summary_print(const struct summary *s, const struct summary_run *run,
    FILE *out)
{
    const struct candidates *c = s->plan->candidates;
    int64_t budget = c->instance.programme_budget_yen;
    print_head(s, run, out);
    fprintf(out, "募集\n");
    print_tally(&s->all, "全体", out);
    if (s->tier.lines > 0) {
        print_tally(&s->tier, "先に満たす募集（急ぎの順位で）", out);
        fprintf(out, "    量では %" PRId64 "%%。合計と差は、これを減らさない"
            "計画の中でのもの\n", s->tier_ppm / 10000);
    }
    fprintf(out, "  提案 %" PRId64 "件 費用 %" PRId64 "円", s->suggestions,
        s->plan->spent);
    if (budget != INSTANCE_NO_LIMIT) {
        fprintf(out, "（事業の予算 %" PRId64 "円）", budget);
    }
    fprintf(out, "\n");
    for (int group = 0; group < SUMMARY_GROUPS; group++) {
        fprintf(out, "%s\n", group_titles[group]);
        for (int32_t i = 0; i < s->groups[group].n; i++) {
            const struct summary_tally *row = &s->groups[group].rows[i];
            print_tally(row, row->name, out);
        }
    }
    fprintf(out, "満たさない理由\n");
    for (int cause = 0; cause < CAUSE_COUNT; cause++) {
        if (s->cause_lines[cause] > 0) {
            fprintf(out, "  %s: %" PRId32 "行\n",
                cause_label_ja((enum cause)cause), s->cause_lines[cause]);
        }
    }
    fprintf(out,
        "住民の関心（地域×関心）\n  %" PRId32 "のうち 満たす %" PRId32
        " 案内先なし %" PRId32 "、のべ %" PRId64 "人のうち %" PRId64
        "人を案内、案内先のない市区町村 %" PRId32 "/%" PRId32 "\n",
        s->demands, s->demands_met, s->demands_empty, s->people_wanted,
        s->people_given, s->regions_empty, s->regions);
    if (s->wanted_n > 0) {
        fprintf(out, "あると良い資源（`tsunagari recruit` に前提）\n");
    }
    for (int32_t i = 0; i < s->wanted_n; i++) {
        fprintf(out, "  %s\n", s->wanted[i]);
    }
    for (int32_t i = 0; i < c->dropped_n; i++) {
        fprintf(out, "固定の決定 %" PRId64 " は守れません: %s\n",
            s->plan->market->decisions[c->dropped[i].decision].id,
            c->dropped[i].reason);
    }
}
