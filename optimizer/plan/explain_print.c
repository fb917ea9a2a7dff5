/* explain_print.c: an explanation as Japanese text and as JSON. */
#include "explain.h"

#include <inttypes.h>
#include <string.h>

#include "optimizer/base/day.h"
#include "optimizer/market/reason.h"

static void
print_points(FILE *out, const char *before, int64_t milli_points)
{
    char points[OPTION_VALUE_SIZE];
    option_points(milli_points, points);
    fprintf(out, "%s%s%s", before, milli_points > 0 ? "+" : "", points);
}

static void
print_offer(const struct explain_pair *pair, FILE *out)
{
    fprintf(out, "資源 %" PRId64 "-%" PRId32 "「%s」（%s）", pair->offer_id,
        pair->offer_line_no, pair->title, pair->org);
    if (pair->weekday >= 0) {
        fprintf(out, " %s曜日", day_weekday_ja(pair->weekday));
    }
    if (pair->score.distance_m >= 0) {
        fprintf(out, " %d.%dkm", pair->score.distance_m / 1000,
            pair->score.distance_m % 1000 / 100);
    }
    if (pair->cost_yen > 0) {
        fprintf(out, " 単価 %" PRId64 "円", pair->cost_yen);
    }
}

static void
print_terms(const struct explain_pair *pair, FILE *out)
{
    char reason[REASON_SIZE];
    reason_line(&pair->score, LANG_JA, reason);
    fprintf(out, "       理由: %s\n       内訳（まるごと満たしたときの点）:",
        reason);
    for (int t = 0; t < TERM_COUNT; t++) {
        if (pair->score.term[t] != 0) {
            fprintf(out, " %s", reason_term_label(t, LANG_JA));
            print_points(out, " ", pair->score.term[t]);
        }
    }
    fprintf(out, "\n");
}

static void
print_chosen(const struct explain_line *line, FILE *out)
{
    for (int32_t i = 0; i < line->chosen.n; i++) {
        const struct explain_pair *pair = &line->chosen.pairs[i];
        fprintf(out, "  ");
        if (pair->suggestion_id > 0) {
            fprintf(out, "s%" PRId64 " ", pair->suggestion_id);
        }
        fprintf(out, "%" PRId32 "%s ← ", pair->units, line->unit);
        print_offer(pair, out);
        fprintf(out, "\n");
        print_terms(pair, out);
    }
    for (int32_t i = 0; i < line->alternatives.n; i++) {
        const struct explain_pair *pair = &line->alternatives.pairs[i];
        fprintf(out, "  次の候補%" PRId32 " ", i + 1);
        print_offer(pair, out);
        if (pair->has_loss) {
            print_points(out, " 替えると計画全体で ",
                -(pair->loss_e6 / 1000000));
            fprintf(out, "点");
        }
        fprintf(out, "\n");
    }
}

static void
print_blocks(const struct explain_line *line, FILE *out)
{
    for (int32_t i = 0; i < line->blocks.n; i++) {
        const struct explain_pair *pair = &line->blocks.pairs[i];
        fprintf(out, "  惜しい候補%" PRId32 " ", i + 1);
        print_offer(pair, out);
        fprintf(out, ": %s%s%s%s\n",
            pair->cause == CAUSE_NONE ? "" : cause_label_ja(pair->cause),
            pair->detail[0] != '\0' ? "（" : "", pair->detail,
            pair->detail[0] != '\0' ? "）" : "");
    }
    for (int cause = 0; line->counted && cause < CAUSE_RULES; cause++) {
        const char *waive = cause_waive_ja((enum cause)cause);
        if (line->sole[cause] > 0 && waive != NULL) {
            fprintf(out,
                "  %s候補が%" PRId32 "→%" PRId32 "\n", waive, line->pairs,
                line->pairs + line->sole[cause]);
        }
    }
}

static void
print_decisions(const struct explanation *e, FILE *out)
{
    for (int32_t i = 0; i < e->decisions_n; i++) {
        const struct explain_decision *d = &e->decisions[i];
        const char *word = strcmp(d->kind, "pin") == 0 ? "固定"
                           : strcmp(d->kind, "defer") == 0 ? "見合わせ"
                                                           : "除外";
        fprintf(out,
            "決定 %" PRId64 " %s: 資源 %" PRId64 "「%s」%s%s（%s、%s）\n",
            d->id, word, d->offer_id, d->title,
            d->until[0] != '\0' ? " 期日 " : "", d->until, d->reason,
            d->actor);
    }
}

void
explain_print(const struct explanation *e, FILE *out)
{
    if (e->need_id > 0) {
        fprintf(out, "募集 %" PRId64, e->need_id);
    }
    fprintf(out, "「%s」（%s%s%s）  計画 %" PRId64 "（%s）\n", e->title,
        e->org, e->region[0] != '\0' ? "、" : "",
        e->region, e->run.id, e->run.plan_date);
    if (!e->took_part) {
        fprintf(out, "この計画には参加していません（承認・要件・期限・確認日"
                     "を見てください）\n");
    }
    if (e->changed) {
        fprintf(out, "登録・決定がこの計画のあとで変わっています。"
                     "候補の数は今のものです\n");
    }
    if (e->tier_urgency > 0) {
        fprintf(out, "急ぎ %" PRId32 " 以上の募集を先に、できるだけ満たした"
                     "計画です（この募集は%s）\n", e->tier_urgency,
            e->tier ? "その1つ" : "そのあと");
    }
    print_decisions(e, out);
    for (int32_t i = 0; i < e->lines_n; i++) {
        const struct explain_line *line = &e->lines[i];
        fprintf(out, "%" PRId32 "行目 %s %" PRId32 "%s%s%s: ", line->line_no,
            line->kind, line->quantity, line->unit,
            line->text[0] != '\0' ? " " : "", line->text);
        if (line->missing > 0) {
            fprintf(out, "%" PRId32 "%s足りない（%s）\n", line->missing,
                line->unit,
                line->cause == CAUSE_NONE ? "理由の記録なし"
                                          : cause_label_ja(line->cause));
        } else {
            fprintf(out, "%s\n", line->chosen.n > 0 ? "満たす" : "－");
        }
        print_chosen(line, out);
        print_blocks(line, out);
    }
}

static void
write_pair(const struct explain_pair *pair, struct json *json)
{
    json_open(json, '{');
    if (pair->suggestion_id > 0) {
        json_put_int(json, "suggestion", pair->suggestion_id);
    }
    if (pair->units > 0) {
        json_put_int(json, "units", pair->units);
    }
    json_put_int(json, "offer", pair->offer_id);
    json_put_int(json, "offer_line", pair->offer_line_no);
    if (pair->weekday >= 0) {
        json_put_int(json, "weekday", pair->weekday);
    }
    json_put_text(json, "title", pair->title);
    json_put_text(json, "organisation", pair->org);
    json_put_text(json, "kind", pair->kind);
    if (pair->cause != CAUSE_NONE) {
        json_put_text(json, "cause", cause_name(pair->cause));
        json_put_text(json, "label", cause_label_ja(pair->cause));
        json_put_text(json, "detail", pair->detail);
        json_close(json, '}');
        return;
    }
    char reason[REASON_SIZE];
    reason_line(&pair->score, LANG_JA, reason);
    json_put_int(json, "score", pair->score.per_unit);
    json_key(json, "terms");
    score_write(&pair->score, json);
    json_put_text(json, "reason", reason);
    json_put_int(json, "cost_yen", pair->cost_yen);
    json_key(json, "distance_m");
    if (pair->score.distance_m >= 0) {
        json_int(json, pair->score.distance_m);
    } else {
        json_null(json);
    }
    if (pair->units == 0) {
        json_key(json, "loss_e6");
        if (pair->has_loss) {
            json_int(json, pair->loss_e6);
        } else {
            json_null(json);
        }
    }
    json_close(json, '}');
}

static void
write_list(const char *key, const struct explain_list *list,
    struct json *json)
{
    json_key(json, key);
    json_open(json, '[');
    for (int32_t i = 0; i < list->n; i++) {
        write_pair(&list->pairs[i], json);
    }
    json_close(json, ']');
}

static void
write_counts(const struct explain_line *line, struct json *json)
{
    json_put_int(json, "candidates", line->pairs);
    json_key(json, "without");
    json_open(json, '{'); /* rule: candidates if it were waived */
    for (int cause = 0; cause < CAUSE_RULES; cause++) {
        if (line->sole[cause] > 0) {
            json_put_int(json, cause_name((enum cause)cause),
                line->pairs + line->sole[cause]);
        }
    }
    json_close(json, '}');
}

void
explain_write(const struct explanation *e, struct json *json)
{
    json_open(json, '{');
    json_put_int(json, "run", e->run.id);
    json_put_text(json, "plan_date", e->run.plan_date);
    json_key(json, "need");
    if (e->need_id > 0) {
        json_int(json, e->need_id);
    } else {
        json_null(json);
    }
    json_put_text(json, "key", e->key);
    json_put_text(json, "title", e->title);
    json_put_text(json, "organisation", e->org);
    json_put_bool(json, "took_part", e->took_part);
    if (e->tier_urgency > 0) {
        json_put_int(json, "tier_urgency", e->tier_urgency);
        json_put_bool(json, "tier", e->tier);
    }
    json_put_bool(json, "changed", e->changed);
    json_key(json, "decisions");
    json_open(json, '[');
    for (int32_t i = 0; i < e->decisions_n; i++) {
        const struct explain_decision *d = &e->decisions[i];
        json_open(json, '{');
        json_put_int(json, "id", d->id);
        json_put_int(json, "offer", d->offer_id);
        json_put_text(json, "decision", d->kind);
        json_put_text(json, "until", d->until[0] != '\0' ? d->until : NULL);
        json_put_text(json, "reason", d->reason);
        json_put_text(json, "actor", d->actor);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_key(json, "lines");
    json_open(json, '[');
    for (int32_t i = 0; i < e->lines_n; i++) {
        const struct explain_line *line = &e->lines[i];
        json_open(json, '{');
        json_put_int(json, "line", line->line_no);
        json_put_text(json, "kind", line->kind);
        json_put_int(json, "quantity", line->quantity);
        json_put_text(json, "unit", line->unit);
        json_put_int(json, "missing", line->missing);
        json_put_text(json, "cause",
            line->cause == CAUSE_NONE ? NULL : cause_name(line->cause));
        write_list("chosen", &line->chosen, json);
        write_list("alternatives", &line->alternatives, json);
        write_list("blocks", &line->blocks, json);
        if (line->counted) {
            write_counts(line, json);
        }
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}
