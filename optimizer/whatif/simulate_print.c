/* simulate_print.c: two plans side by side, as Japanese text and as JSON. */
#include "simulate.h"

#include <inttypes.h>
#include <string.h>

static void
print_number(FILE *out, const char *label, int64_t before, int64_t after,
    const char *unit)
{
    fprintf(out, "  %s %" PRId64 " → %" PRId64 "%s\n", label, before, after,
        unit);
}

static int
compare_rows(const struct summary_tally *a, const struct summary_tally *b)
{
    return a->sort != b->sort ? (a->sort > b->sort) - (a->sort < b->sort)
                              : strcmp(a->code, b->code);
}

/* The rows whose covered lines differ; both groups are in one order. */
static void
print_group(FILE *out, const char *title, const struct summary_group *before,
    const struct summary_group *after)
{
    static const struct summary_tally none = {0};
    bool any = false;
    int32_t i = 0, k = 0;
    while (i < before->n || k < after->n) {
        int order = i == before->n  ? 1
                    : k == after->n ? -1
                                    : compare_rows(&before->rows[i],
                                          &after->rows[k]);
        const struct summary_tally *a = order <= 0 ? &before->rows[i] : &none;
        const struct summary_tally *b = order >= 0 ? &after->rows[k] : &none;
        if (a->covered != b->covered || a->partly != b->partly) {
            fprintf(out, "%s", any ? "" : title);
            any = true;
            fprintf(out,
                "  %s: 満たす %" PRId32 " → %" PRId32 "、一部 %" PRId32
                " → %" PRId32 "（%" PRId32 "行）\n",
                order <= 0 ? a->name : b->name, a->covered, b->covered,
                a->partly, b->partly, order >= 0 ? b->lines : a->lines);
        }
        i += order <= 0;
        k += order >= 0;
    }
}

static void
print_totals(const struct simulate *s, FILE *out)
{
    const struct simulate_side *a = &s->before, *b = &s->after;
    print_number(out, "満たす行", a->summary.all.covered,
        b->summary.all.covered, "行");
    print_number(out, "一部を満たす行", a->summary.all.partly,
        b->summary.all.partly, "行");
    print_number(out, "提案", a->summary.suggestions,
        b->summary.suggestions, "件");
    print_number(out, "費用", a->plan.spent, b->plan.spent, "円");
    if (a->distance_m >= 0 && b->distance_m >= 0) {
        print_number(out, "平均の距離", a->distance_m, b->distance_m, "m");
    }
    print_number(out, "届かない公平の割合", a->floors_short,
        b->floors_short, "");
    print_number(out, "いちばん低い市町村の割合", a->lowest_ppm / 10000,
        b->lowest_ppm / 10000, "%");
    print_number(out, "案内できる住民（のべ）", a->summary.people_given,
        b->summary.people_given, "人");
}

static void
print_changes(const struct simulate *s, FILE *out)
{
    fprintf(out, "変わる提案 %" PRId32 "件（住民への案内 %" PRId32 "組）\n",
        s->changes_n, s->public_changed);
    for (int32_t i = 0; i < s->changes_n; i++) {
        const struct simulate_change *c = &s->changes[i];
        fprintf(out,
            "  %s 募集 %" PRId64 "-%" PRId32 "「%s」← 資源 %" PRId64
            "-%" PRId32 "「%s」 %" PRId32 " → %" PRId32 "%s  %s\n",
            c->before == 0  ? "新"
            : c->after == 0 ? "消"
                            : "変",
            c->need_id, c->need_line_no, c->need, c->offer_id,
            c->offer_line_no, c->offer, c->before, c->after, c->unit,
            c->reason);
    }
}

void
simulate_print(const struct simulate *s, FILE *out)
{
    static const char *const titles[] = {[SUMMARY_AREA] = "地域\n",
        [SUMMARY_MUNICIPALITY] = "市町村\n", [SUMMARY_KIND] = "種類\n",
        [SUMMARY_SECTOR] = "分野\n"};
    fprintf(out, "計画 %" PRId64 "（%s）の重みを変えたとき%s\n",
        s->replay->run.id, s->replay->run.plan_date,
        s->before_solved ? "（登録内容が変わったので、変える前も計算し直し）"
                         : "");
    for (int id = 0; id < OPTION_COUNT; id++) {
        if (s->value[id] != s->replay->value[id]) {
            fprintf(out, "  %s: %" PRId64 " → %" PRId64 "  %s\n",
                option_at(id)->name, s->replay->value[id], s->value[id],
                option_at(id)->ja);
        }
    }
    if (s->after.head.gap_ppm > 0) {
        fprintf(out, "  最適との差 最大 %" PRId64 " ppm\n",
            s->after.head.gap_ppm);
    }
    print_totals(s, out);
    for (int g = 0; g < SUMMARY_GROUPS; g++) {
        print_group(out, titles[g], &s->before.summary.groups[g],
            &s->after.summary.groups[g]);
    }
    print_group(out, "テーマ\n", &s->before.themes, &s->after.themes);
    print_changes(s, out);
}

static void
write_side(const struct simulate_side *side, const char *key,
    struct json *json)
{
    json_key(json, key);
    json_open(json, '{');
    json_put_int(json, "cost_yen", side->plan.spent);
    json_key(json, "distance_m");
    if (side->distance_m < 0) {
        json_null(json);
    } else {
        json_int(json, side->distance_m);
    }
    json_put_int(json, "floors", side->floors);
    json_put_int(json, "floors_short", side->floors_short);
    json_put_int(json, "lowest_municipality_ppm", side->lowest_ppm);
    json_key(json, "themes");
    json_open(json, '[');
    for (int32_t i = 0; i < side->themes.n; i++) {
        const struct summary_tally *row = &side->themes.rows[i];
        json_open(json, '{');
        json_put_text(json, "code", row->code);
        json_put_text(json, "name", row->name);
        json_put_int(json, "lines", row->lines);
        json_put_int(json, "covered", row->covered);
        json_put_int(json, "partly", row->partly);
        json_put_int(json, "uncovered", row->uncovered);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_key(json, "summary");
    summary_write(&side->summary, &side->head, json);
    json_close(json, '}');
}

static void
write_change(const struct simulate_change *c, struct json *json)
{
    json_open(json, '{');
    json_put_int(json, "need", c->need_id);
    json_put_int(json, "need_line", c->need_line_no);
    json_put_text(json, "need_title", c->need);
    json_put_int(json, "offer", c->offer_id);
    json_put_int(json, "offer_line", c->offer_line_no);
    json_put_text(json, "offer_title", c->offer);
    json_put_int(json, "before", c->before);
    json_put_int(json, "after", c->after);
    json_put_text(json, "unit", c->unit);
    json_put_text(json, "reason", c->reason);
    json_close(json, '}');
}

void
simulate_write(const struct simulate *s, struct json *json)
{
    json_open(json, '{');
    json_put_int(json, "run", s->replay->run.id);
    json_put_bool(json, "before_solved", s->before_solved);
    json_key(json, "set");
    json_open(json, '{');
    for (int id = 0; id < OPTION_COUNT; id++) {
        if (s->value[id] != s->replay->value[id]) {
            json_put_int(json, option_at(id)->name, s->value[id]);
        }
    }
    json_close(json, '}');
    write_side(&s->before, "before", json);
    write_side(&s->after, "after", json);
    json_put_int(json, "public_changed", s->public_changed);
    json_key(json, "changes");
    json_open(json, '[');
    for (int32_t i = 0; i < s->changes_n; i++) {
        write_change(&s->changes[i], json);
    }
    json_close(json, ']');
    json_close(json, '}');
}
