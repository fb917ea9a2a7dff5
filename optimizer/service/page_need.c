/* page_need.c: /staff/needs/:id: what a need gets and why, what else it
 * could get and what the plan loses by it, what stands in the way, and what
 * would help. */
#include <string.h>

#include "desk.h"
#include "optimizer/market/reason.h"
#include "optimizer/plan/explain.h"
#include "optimizer/whatif/replay.h"
#include "page.h"
#include "paging.h"
#include "route.h"

static void
put_pair(struct call *call, const struct explanation *e,
    const struct explain_line *line, const struct explain_pair *pair,
    const char *what, const char *more)
{
    html_format(call->body,
        "<tr><th scope=\"row\"><a href=\"/staff/pairs/%ld/%ld\">%s</a>"
        "<br>%s</th><td>%s</td><td>%s</td>",
        (long)e->need_id, (long)pair->offer_id, pair->title, pair->org,
        pair->kind, what);
    if (pair->score.distance_m >= 0) {
        html_format(call->body, "<td class=\"num\">%d.%dkm</td>",
            pair->score.distance_m / 1000,
            pair->score.distance_m % 1000 / 100);
    } else {
        html_raw(call->body, "<td class=\"num\">－</td>");
    }
    html_format(call->body,
        "<td class=\"num\">%s</td><td>%s</td></tr>\n",
        desk_cost(call, pair->units, line->unit, pair->cost_yen), more);
}

static const char *
reason_of(struct call *call, const struct explain_pair *pair)
{
    char reason[REASON_SIZE];
    reason_line(&pair->score, LANG_JA, reason);
    return arena_string(call->arena, reason);
}

static const char *
loss_of(struct call *call, const struct explain_pair *pair)
{
    char points[OPTION_VALUE_SIZE];
    const char *reason = reason_of(call, pair);
    if (!pair->has_loss) {
        return reason;
    }
    option_points(pair->loss_e6 / 1000000, points);
    return arena_format(call->arena, "%s。替えると計画全体で −%s点", reason,
        points);
}

static void
put_pairs(struct call *call, const struct explanation *e,
    const struct explain_line *line)
{
    static const char *const chosen[] = {"相手", "種類", "量", "距離",
        "費用", "理由", NULL};
    static const char *const blocked[] = {"惜しい候補", "種類", "さまたげ",
        "距離", "費用", "くわしく", NULL};
    if (line->chosen.n + line->alternatives.n > 0) {
        table_begin(call, arena_format(call->arena, "%d行目の提案と次の候補",
            line->line_no), chosen);
        for (int32_t i = 0; i < line->chosen.n; i++) {
            const struct explain_pair *pair = &line->chosen.pairs[i];
            put_pair(call, e, line, pair, arena_format(call->arena,
                "提案 %d%s%s", pair->units, line->unit,
                desk_weekday(call, pair->weekday)), reason_of(call, pair));
        }
        for (int32_t i = 0; i < line->alternatives.n; i++) {
            const struct explain_pair *pair = &line->alternatives.pairs[i];
            put_pair(call, e, line, pair, arena_format(call->arena,
                "次の候補 %d%s", (int)i + 1,
                desk_weekday(call, pair->weekday)), loss_of(call, pair));
        }
        table_end(call);
    }
    if (line->blocks.n > 0) {
        table_begin(call, arena_format(call->arena, "%d行目の惜しい候補",
            line->line_no), blocked);
        for (int32_t i = 0; i < line->blocks.n; i++) {
            const struct explain_pair *pair = &line->blocks.pairs[i];
            put_pair(call, e, line, pair,
                pair->cause == CAUSE_NONE ? ""
                                          : cause_label_ja(pair->cause),
                pair->detail);
        }
        table_end(call);
    }
}

static void
put_counterfactuals(struct call *call, const struct explain_line *line)
{
    bool any = false;
    html_raw(call->body, "<ul>\n");
    for (int cause = 0; cause < CAUSE_RULES; cause++) {
        const char *waive = cause_waive_ja((enum cause)cause);
        if (line->sole[cause] > 0 && waive != NULL) {
            html_format(call->body, "<li>%s候補が %d → %d</li>\n", waive,
                line->pairs, line->pairs + line->sole[cause]);
            any = true;
        }
    }
    html_raw(call->body, any ? "" : "<li>1つ変えるだけで候補が増える条件は"
                                    "ありません。</li>\n");
    html_raw(call->body, "</ul>\n");
}

static void
put_line(struct call *call, const struct explanation *e,
    const struct explain_line *line)
{
    html_format(call->body, "<h2>%d行目 %s %d%s %s</h2>\n", line->line_no,
        line->kind, line->quantity, line->unit, line->text);
    if (line->missing > 0) {
        html_format(call->body, "<p>%d%s 足りません: %s</p>\n",
            line->missing, line->unit,
            line->cause == CAUSE_NONE ? "理由の記録なし"
                                      : cause_label_ja(line->cause));
    } else if (line->chosen.n > 0) {
        html_raw(call->body, "<p>満たされています。</p>\n");
    }
    put_pairs(call, e, line);
    if (line->counted) {
        put_counterfactuals(call, line);
    }
}

static void
put_decisions(struct call *call, const struct explanation *e)
{
    static const char *const heads[] = {"資源", "決定", "期日", "理由",
        "だれ", NULL};
    if (e->decisions_n == 0) {
        return;
    }
    table_begin(call, "決めたこと", heads);
    for (int32_t i = 0; i < e->decisions_n; i++) {
        const struct explain_decision *d = &e->decisions[i];
        html_format(call->body,
            "<tr><th scope=\"row\"><a href=\"/staff/pairs/%ld/%ld\">%s</a>"
            "</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n",
            (long)e->need_id, (long)d->offer_id, d->title,
            strcmp(d->kind, "pin") == 0     ? "固定"
            : strcmp(d->kind, "defer") == 0 ? "見合わせ"
                                            : "除外",
            d->until, d->reason, d->actor);
    }
    table_end(call);
}

/* Counted on the market as it is now: it takes as long as a match needs to
 * find its candidates, so only when it is asked for. */
static bool
count(struct call *call, struct explanation *e, struct err *err)
{
    struct replay *replay = arena_alloc(call->arena, sizeof(*replay));
    struct plan plan;
    if (!replay_load(call->store, e->run.id, call->arena, replay, err)) {
        return false;
    }
    plan_init(&replay->market, &replay->candidates, replay->units,
        call->arena, &plan);
    e->changed = replay->changed;
    explain_count(e, &plan, call->arena);
    return true;
}

static void
put_head(struct call *call, const struct explanation *e, bool counted)
{
    html_format(call->body,
        "<dl>\n<dt>団体</dt><dd>%s</dd>\n"
        "<dt>地域</dt><dd>%s</dd>\n<dt>計画</dt><dd>%ld（%s）%s</dd>\n"
        "</dl>\n<p><a href=\"/staff/entries/%ld\">エントリーを見る</a></p>\n",
        e->org, e->region, (long)e->run.id, e->run.plan_date,
        e->run.amends > 0 ? "、辞退や休止のあとに改めたもの。次の候補の損失は"
                            "改める前の計画での値です" : "",
        (long)e->need_id);
    if (!e->took_part) {
        page_note(call, "この計画には参加していません。承認・要件・期限・"
                        "確認日を見てください。");
    }
    if (!counted) {
        html_format(call->body,
            "<p><a href=\"/staff/needs/%ld?count=1\">どの条件を変えると候補が"
            "増えるか数える</a></p>\n", (long)e->need_id);
    } else if (e->changed) {
        page_note(call, "登録や決定が、この計画のあとで変わっています。候補の数は"
                        "今のものです。");
    }
}

static bool
get_need(struct call *call, struct err *err)
{
    struct explanation e;
    int64_t id = call_param_id(call, 0), run_id;
    bool counts = strcmp(request_query(call->request, "count"), "1") == 0;
    struct err why = {0};
    if (!desk_run(call, &run_id, err)) {
        return false;
    }
    if (run_id == 0) {
        return call_refuse(call, 404, "まだ計画がありません。");
    }
    if (!explain_load(call->store, run_id, id, call->arena, &e, &why)) {
        if (why.kind == ERR_INPUT) {
            return call_not_found(call);
        }
        *err = why;
        return false;
    }
    if (counts && !count(call, &e, err)) {
        return false;
    }
    page_begin(call, PAGE_STAFF, desk_title(call, "募集", NULL, e.title));
    put_head(call, &e, counts);
    put_decisions(call, &e);
    for (int32_t i = 0; i < e.lines_n; i++) {
        put_line(call, &e, &e.lines[i]);
    }
    page_end(call);
    return true;
}

const struct route need_routes[] = {
    {REQUEST_GET, "/staff/needs/:id", ROLE_VIEWER, get_need, NULL, 0},
    {0},
};
