/*
 * page_whatif.c: the plan with the weights of today beside the plan with
 * others: tables, charts, a map, and each suggestion that changes.
 *
 * The store is only read, through a handle of its own: the solver may take
 * seconds, and writers must not wait for it.  Saving is another page's
 * (page_weights_save.c), reached from here, so that nobody publishes what
 * nobody has compared.
 */
#include <inttypes.h>
#include <string.h>

#include "form.h"
#include "optimizer/store/profile.h"
#include "optimizer/whatif/simulate.h"
#include "page.h"
#include "page_weights.h"
#include "paging.h"
#include "route.h"
#include "tile_map.h"
#include "weight_input.h"

enum { WHATIF_SECONDS = 20, WHATIF_GAP_PPM = 5000, CHANGES_SHOWN = 300 };

struct sides {
    const struct simulate *simulate;
    const struct simulate_side *before, *after;
};

static void
put_figure(struct call *call, const char *label, int64_t before,
    int64_t after, const char *unit)
{
    html_format(call->body,
        "<tr><th scope=\"row\">%s</th><td class=\"num\">%ld %s</td>"
        "<td class=\"num\">%ld %s</td><td class=\"num\">",
        label, (long)before, unit, (long)after, unit);
    html_format(call->body, after > before ? "+%ld" : "%ld",
        (long)(after - before));
    html_raw(call->body, "</td></tr>\n");
}

static void
put_figures(struct call *call, const struct sides *s)
{
    static const char *const heads[] = {"数えるもの", "今の重み", "ためす重み", "差",
        NULL};
    const struct simulate_side *a = s->before, *b = s->after;
    table_begin(call, "全体", heads);
    put_figure(call, "充足する行", a->summary.all.covered,
        b->summary.all.covered, "行");
    put_figure(call, "一部を充足する行", a->summary.all.partly,
        b->summary.all.partly, "行");
    put_figure(call, "未充足の行", a->summary.all.uncovered,
        b->summary.all.uncovered, "行");
    put_figure(call, "提案", a->summary.suggestions, b->summary.suggestions,
        "件");
    put_figure(call, "費用", a->plan.spent, b->plan.spent, "円");
    if (a->distance_m >= 0 && b->distance_m >= 0) {
        put_figure(call, "平均の距離", a->distance_m, b->distance_m, "m");
    }
    put_figure(call, "届かない公平の目安", a->floors_short, b->floors_short,
        "");
    put_figure(call, "充足の割合がいちばん低い市町村の割合",
        a->lowest_ppm / 10000, b->lowest_ppm / 10000, "%");
    put_figure(call, "案内できる住民（のべ）", a->summary.people_given,
        b->summary.people_given, "人");
    table_end(call);
}

static const struct summary_tally *
row_of(const struct summary_group *group, const char *code)
{
    static const struct summary_tally none = {0};
    for (int32_t i = 0; i < group->n; i++) {
        if (strcmp(group->rows[i].code, code) == 0) {
            return &group->rows[i];
        }
    }
    return &none;
}

static void
put_group(struct call *call, const char *title, const char *what,
    const struct summary_group *before, const struct summary_group *after)
{
    const char *heads[] = {what, "行", "充足（今）", "充足（ためす）", "差",
        NULL};
    html_format(call->body, "<h2>%s</h2>\n", title);
    html_raw(call->body, "<div class=\"chart\" data-columns=\"2 3\">\n");
    table_begin(call, title, heads);
    for (int32_t i = 0; i < after->n; i++) {
        const struct summary_tally *b = &after->rows[i];
        const struct summary_tally *a = row_of(before, b->code);
        html_format(call->body,
            "<tr><th scope=\"row\">%s</th><td class=\"num\">%d</td>"
            "<td class=\"num\">%d</td><td class=\"num\">%d</td>"
            "<td class=\"num\">",
            b->name, b->lines, a->covered, b->covered);
        html_format(call->body, b->covered > a->covered ? "+%d" : "%d",
            b->covered - a->covered);
        html_raw(call->body, "</td></tr>\n");
    }
    table_end(call);
    html_raw(call->body, "</div>\n");
}

/* Covered lines of the needs that stand in each tile, of one side. */
static void
count_tiles(const struct simulate_side *side, struct tile_map *map, int sign)
{
    const struct candidates *c = side->plan.candidates;
    const struct market *market = side->market;
    static const enum geo_level levels[] = {GEO_MUNICIPALITY, GEO_WARD};
    for (int32_t l = 0; l < c->instance.lines_n; l++) {
        const struct market_entry *need =
            &market->entries[market->lines[c->line_of[l]].entry];
        if (need->interest != MARKET_NONE) {
            continue;
        }
        bool covered = plan_missing(&side->plan, l) == 0;
        for (int i = 0; i < 2; i++) {
            int32_t region = summary_region(market, need, levels[i]);
            struct tile *tile = region == GEO_NONE
                ? NULL
                : tile_map_find(map, market->geo.regions[region].code);
            if (tile != NULL) {
                tile->known = true;
                tile->value += covered ? sign : 0;
            }
        }
    }
}

static bool
put_map(struct call *call, const struct sides *s, struct err *err)
{
    struct tile_map map;
    if (!tile_map_load(call->store, call->arena, &map, err)) {
        return false;
    }
    count_tiles(s->before, &map, -1);
    count_tiles(s->after, &map, 1);
    for (int32_t i = 0; i < map.n; i++) {
        if (map.tiles[i].known) {
            map.tiles[i].text = arena_format(call->arena,
                map.tiles[i].value > 0 ? "+%d" : "%d",
                (int)map.tiles[i].value);
        }
    }
    html_raw(call->body, "<h2>地図で見る差</h2>\n<p>充足する行がいくつ増え（+）、"
                         "減る（-）か。募集のない所は白。市の数には区の数を"
                         "含みます。</p>\n");
    tile_map_write(&map, TILE_CHANGE,
        "市区町村ごとの充足する行の差。市町村の数は上の表にあります。",
        call->body);
    return true;
}

static void
put_changes(struct call *call, const struct simulate *s)
{
    static const char *const heads[] = {"募集", "資源", "今", "ためす",
        "理由", NULL};
    html_format(call->body, "<h2>変わる提案（%d 件）</h2>\n", s->changes_n);
    if (s->public_changed > 0) {
        html_format(call->body,
            "<p>ほかに、住民への案内が %d 組変わります。</p>\n",
            s->public_changed);
    }
    if (s->changes_n == 0) {
        html_raw(call->body, "<p>団体への提案は変わりません。</p>\n");
        return;
    }
    table_begin(call, "変わる提案", heads);
    for (int32_t i = 0; i < s->changes_n && i < CHANGES_SHOWN; i++) {
        const struct simulate_change *c = &s->changes[i];
        html_format(call->body,
            "<tr><th scope=\"row\">%s</th><td>%s</td><td class=\"num\">%d %s"
            "</td><td class=\"num\">%d %s</td><td>%s</td></tr>\n",
            c->need, c->offer, c->before, c->unit, c->after, c->unit,
            c->reason);
    }
    table_end(call);
    if (s->changes_n > CHANGES_SHOWN) {
        html_format(call->body, "<p>ほか %d 件。</p>\n",
            s->changes_n - CHANGES_SHOWN);
    }
}

static void
put_settings(struct call *call, const struct simulate *s)
{
    static const char *const heads[] = {"重み", "この計画の値", "ためす値",
        NULL};
    bool any = false;
    for (int id = 0; id < OPTION_COUNT; id++) {
        if (s->value[id] == s->replay->value[id]) {
            continue;
        }
        if (!any) {
            table_begin(call, "ちがう重み", heads);
            any = true;
        }
        const char *unit = weight_input_unit(id);
        html_format(call->body,
            "<tr><th scope=\"row\">%s</th><td class=\"num\">%s %s</td>"
            "<td class=\"num\">%s %s</td></tr>\n",
            option_at(id)->ja,
            weight_input_text(call->arena, id, s->replay->value[id]), unit,
            weight_input_text(call->arena, id, s->value[id]), unit);
    }
    if (any) {
        table_end(call);
    } else {
        page_alert(call, "ためす値は、この計画の値と同じです。");
    }
}

/* The values as they were compared, to save or to publish. */
static void
put_save(struct call *call, const int64_t values[OPTION_COUNT])
{
    if (call->account->role < ROLE_TUNER) {
        return;
    }
    html_raw(call->body, "<h2>この重みを残す</h2>\n");
    form_begin(call, "/staff/weights/save", "form");
    for (int id = 0; id < OPTION_COUNT; id++) {
        form_hidden(call, page_weights_field(call, id),
            weight_input_text(call->arena, id, values[id]));
    }
    form_input(call, NULL,
        &(struct form_field){.name = "reason", .label = "理由",
            .hint = "あとで見る人が分かるように", .max = 400,
            .required = true});
    form_input(call, NULL,
        &(struct form_field){.name = "name", .label = "名前（なくてもよい）",
            .hint = "名前をつけると、くり返し使えます。同じ名前があれば移ります",
            .max = PROFILE_NAME_MAX});
    html_raw(call->body, "<div class=\"buttons\">");
    form_button(call, "act", "draft", "下書きとして残す", NULL);
    form_button(call, "act", "publish", "公開する（次の計画から使う）",
        "main");
    html_raw(call->body, "</div>\n");
    form_end(call);
}

static bool
put_result(struct call *call, const struct simulate *simulate,
    const int64_t values[OPTION_COUNT], struct err *err)
{
    struct sides s = {simulate, &simulate->before, &simulate->after};
    static const struct {
        const char *title, *what;
        int group;
    } groups[] = {{"地域圏ごと", "地域圏", SUMMARY_AREA},
        {"市町村ごと", "市町村", SUMMARY_MUNICIPALITY},
        {"分野ごと", "分野", SUMMARY_SECTOR},
        {"資源の種類ごと", "種類", SUMMARY_KIND}};
    page_begin(call, PAGE_STAFF, "重みをくらべる");
    html_format(call->body,
        "<p>計画 %ld（%s）を、ほかの重みで計算しなおした結果です。何も変わっていません。"
        "</p>\n<p><a href=\"/staff/weights\">重みの一覧へ戻る</a></p>\n",
        (long)simulate->replay->run.id, simulate->replay->run.plan_date);
    if (simulate->before_solved) {
        page_note(call, "計画のあとで登録内容が変わったので、今の重みの側も"
                        "計算しなおしました。");
    }
    put_settings(call, simulate);
    put_figures(call, &s);
    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
        put_group(call, groups[i].title, groups[i].what,
            &s.before->summary.groups[groups[i].group],
            &s.after->summary.groups[groups[i].group]);
    }
    put_group(call, "テーマごと", "テーマ", &s.before->themes,
        &s.after->themes);
    if (!put_map(call, &s, err)) {
        return false;
    }
    put_changes(call, simulate);
    html_format(call->body,
        "<p>証明された差は、今の側 %ld ppm、ためす側 %ld ppm です（0 なら最適）。"
        "</p>\n",
        (long)s.before->head.gap_ppm, (long)s.after->head.gap_ppm);
    put_save(call, values);
    page_script(call, "/staff/charts.js");
    page_end(call);
    return true;
}

/* The published values, or those of a version, with what was typed. */
static bool
take_values(struct call *call, int64_t values[OPTION_COUNT],
    struct form_errors *errors, struct err *err)
{
    const char *asked = request_query(call->request, "version");
    int64_t version;
    return (asked[0] != '\0'
                   ? profile_version(call->store, asked, &version, err)
                   : weights_published(call->store, &version, err)) &&
        weights_load(call->store, version, values, err) &&
        (page_weights_read(call, &call->request->query, values, errors) ||
            true);
}

static bool
show_whatif(struct call *call, struct err *err)
{
    int64_t values[OPTION_COUNT];
    struct form_errors errors = {0};
    if (!take_values(call, values, &errors, err)) {
        return false;
    }
    if (errors.n > 0) {
        call->response->status = 422;
        return page_weights_show(call, &errors, err);
    }
    struct simulate_set *set =
        arena_array(call->arena, OPTION_COUNT, sizeof(*set));
    for (int id = 0; id < OPTION_COUNT; id++) {
        set[id] = (struct simulate_set){(enum option_id)id, values[id]};
    }
    struct solve_options options = {.time_limit_ms = WHATIF_SECONDS * 1000,
        .gap_ppm = WHATIF_GAP_PPM};
    struct store *store =
        store_open(call->settings->store_path, STORE_READ, "whatif", err);
    struct err why = {0};
    struct simulate *simulate = store == NULL
        ? NULL
        : simulate_weights(store, 0, set, OPTION_COUNT, &options,
              call->arena, &why);
    bool ok = simulate != NULL
        ? put_result(call, simulate, values, err)
        : store != NULL && (why.kind == ERR_SYSTEM
                  ? fail(err, why.kind, "%s", why.text)
                  : call_refuse(call, 409,
                        "くらべられる計画がまだありません。先に計画を作ってください。"));
    store_close(store);
    return ok;
}

const struct route whatif_routes[] = {
    {REQUEST_GET, "/staff/weights/try", ROLE_VIEWER, show_whatif, NULL, 0},
    {0},
};
