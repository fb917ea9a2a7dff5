/* run_lines.c: suggestions of runs; `tsunagari runs` and `diff` show them. */
#include "run_lines.h"

#include <inttypes.h>

#include "optimizer/market/cause.h"
#include "optimizer/market/reason.h"

static const char suggestions_sql[] =
    "SELECT p.id, p.need_id, p.need_line_no, n.title, p.offer_id,"
    "       p.offer_line_no, o.title, g.name, p.units, p.unit, p.cost_yen,"
    "       p.distance_m, p.terms"
    "  FROM plan_lines AS p JOIN entries AS n ON n.id = p.need_id"
    "  JOIN entries AS o ON o.id = p.offer_id"
    "  JOIN organisations AS g ON g.id = o.organisation_id"
    " WHERE p.run_id = ? ORDER BY p.id";
static const char uncovered_sql[] =
    "SELECT u.need_id, u.need_line_no, n.title, k.label_ja, u.units,"
    "       ifnull(l.unit, ''), u.cause"
    "  FROM uncovered_lines AS u JOIN entries AS n ON n.id = u.need_id"
    "  LEFT JOIN entry_lines AS l ON l.entry_id = u.need_id"
    "   AND l.line_no = u.need_line_no"
    "  LEFT JOIN resource_kinds AS k ON k.id = l.kind_id"
    " WHERE u.run_id = ? ORDER BY u.need_id, u.need_line_no";

static bool
reason_of(struct store_stmt *stmt, char reason[REASON_SIZE], struct err *err)
{
    struct score score = {0};
    if (!score_read(store_text(stmt, 12), &score)) {
        return fail(err, ERR_INPUT, "terms that cannot be read: \"%s\"",
            store_text(stmt, 12));
    }
    score.distance_m =
        store_is_null(stmt, 11) ? -1 : (int32_t)store_int(stmt, 11);
    reason_line(&score, LANG_JA, reason);
    return true;
}

static void
print_suggestion(struct store_stmt *stmt, const char *reason, FILE *out)
{
    fprintf(out,
        "s%" PRId64 " 募集 %" PRId64 "-%" PRId64 "「%s」← 資源 %" PRId64
        "-%" PRId64 "「%s」（%s） %" PRId64 "%s",
        store_int(stmt, 0), store_int(stmt, 1), store_int(stmt, 2),
        store_text(stmt, 3), store_int(stmt, 4), store_int(stmt, 5),
        store_text(stmt, 6), store_text(stmt, 7), store_int(stmt, 8),
        store_text(stmt, 9));
    if (store_int(stmt, 10) > 0) {
        fprintf(out, " %" PRId64 "円", store_int(stmt, 10) *
                                           store_int(stmt, 8));
    }
    fprintf(out, "  %s\n", reason);
}

static void
write_suggestion(struct store_stmt *stmt, const char *reason,
    struct json *json)
{
    json_open(json, '{');
    json_put_int(json, "suggestion", store_int(stmt, 0));
    json_put_int(json, "need", store_int(stmt, 1));
    json_put_int(json, "need_line", store_int(stmt, 2));
    json_put_text(json, "need_title", store_text(stmt, 3));
    json_put_int(json, "offer", store_int(stmt, 4));
    json_put_int(json, "offer_line", store_int(stmt, 5));
    json_put_text(json, "offer_title", store_text(stmt, 6));
    json_put_text(json, "organisation", store_text(stmt, 7));
    json_put_int(json, "units", store_int(stmt, 8));
    json_put_text(json, "unit", store_text(stmt, 9));
    json_put_int(json, "cost_yen", store_int(stmt, 10));
    json_put_text(json, "reason", reason);
    json_close(json, '}');
}

static bool
each_suggestion(struct store *store, int64_t run_id, FILE *out,
    struct json *json, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, suggestions_sql, err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, run_id);
    int step;
    bool ok = true;
    while (ok && (step = store_step(stmt, err)) != 0) {
        char reason[REASON_SIZE];
        ok = step > 0 && reason_of(stmt, reason, err);
        if (ok && out != NULL) {
            print_suggestion(stmt, reason, out);
        } else if (ok) {
            write_suggestion(stmt, reason, json);
        }
    }
    store_finish(stmt);
    return ok;
}

static bool
each_uncovered(struct store *store, int64_t run_id, FILE *out,
    struct json *json, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, uncovered_sql, err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, run_id);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        enum cause cause = cause_find(store_text(stmt, 6));
        const char *label = cause == CAUSE_NONE ? "" : cause_label_ja(cause);
        if (out != NULL) {
            fprintf(out,
                "   募集 %" PRId64 "-%" PRId64 "「%s」 %s %" PRId64
                "%s足りない: %s\n",
                store_int(stmt, 0), store_int(stmt, 1), store_text(stmt, 2),
                store_text(stmt, 3), store_int(stmt, 4), store_text(stmt, 5),
                label);
            continue;
        }
        json_open(json, '{');
        json_put_int(json, "need", store_int(stmt, 0));
        json_put_int(json, "need_line", store_int(stmt, 1));
        json_put_text(json, "need_title", store_text(stmt, 2));
        json_put_int(json, "units", store_int(stmt, 4));
        json_put_text(json, "cause", store_text(stmt, 6));
        json_put_text(json, "label", label);
        json_close(json, '}');
    }
    store_finish(stmt);
    return step == 0;
}

bool
run_lines_print(struct store *store, int64_t run_id, FILE *out,
    struct err *err)
{
    return each_suggestion(store, run_id, out, NULL, err) &&
           each_uncovered(store, run_id, out, NULL, err);
}

bool
run_lines_write(struct store *store, int64_t run_id, struct json *json,
    struct err *err)
{
    json_key(json, "suggestions");
    json_open(json, '[');
    bool ok = each_suggestion(store, run_id, NULL, json, err);
    json_close(json, ']');
    json_key(json, "uncovered");
    json_open(json, '[');
    ok = ok && each_uncovered(store, run_id, NULL, json, err);
    json_close(json, ']');
    return ok;
}

/* A pair's name, its units in both plans; pairs that are alike are left
 * out.  Needs first, then regions. */
static const char diff_sql[] =
    "WITH pair AS ("
    " SELECT ifnull(need_id, 0) AS need, ifnull(need_line_no, 0) AS line,"
    "        ifnull(region_code, '') AS region,"
    "        ifnull(interest_id, '') AS interest, offer_id, offer_line_no,"
    "        sum(CASE WHEN run_id = ?1 THEN units ELSE 0 END) AS a,"
    "        sum(CASE WHEN run_id = ?2 THEN units ELSE 0 END) AS b"
    "   FROM plan_lines WHERE run_id IN (?1, ?2)"
    "  GROUP BY 1, 2, 3, 4, 5, 6)"
    " SELECT p.need, p.line, p.region, p.interest, p.offer_id,"
    "        p.offer_line_no, p.a, p.b,"
    "        coalesce(n.title, r.name_full || '：' || i.label_ja), o.title"
    "   FROM pair AS p JOIN entries AS o ON o.id = p.offer_id"
    "   LEFT JOIN entries AS n ON n.id = p.need"
    "   LEFT JOIN regions AS r ON r.code = p.region"
    "   LEFT JOIN interests AS i ON i.id = p.interest"
    "  WHERE p.a <> p.b"
    "  ORDER BY p.need = 0, 1, 2, 3, 4, 5, 6";

static void
write_change(struct store_stmt *stmt, struct json *json)
{
    bool open = store_int(stmt, 0) == 0;
    json_open(json, '{');
    if (open) {
        json_put_text(json, "region", store_text(stmt, 2));
        json_put_text(json, "interest", store_text(stmt, 3));
    } else {
        json_put_int(json, "need", store_int(stmt, 0));
        json_put_int(json, "need_line", store_int(stmt, 1));
    }
    json_put_int(json, "offer", store_int(stmt, 4));
    json_put_int(json, "offer_line", store_int(stmt, 5));
    json_put_int(json, "before", store_int(stmt, 6));
    json_put_int(json, "after", store_int(stmt, 7));
    json_close(json, '}');
}

bool
run_lines_diff(struct store *store, int64_t from, int64_t to, FILE *out,
    struct json *json, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, diff_sql, err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, from);
    store_bind_int(stmt, 2, to);
    if (out == NULL) {
        json_open(json, '[');
    }
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        if (out != NULL) {
            int64_t before = store_int(stmt, 6), after = store_int(stmt, 7);
            fprintf(out,
                "%s %s ← 資源 %" PRId64 "-%" PRId64 "「%s」 %" PRId64
                " → %" PRId64 "\n",
                before == 0 ? "新" : (after == 0 ? "消" : "変"),
                store_text(stmt, 8), store_int(stmt, 4), store_int(stmt, 5),
                store_text(stmt, 9), before, after);
        } else {
            write_change(stmt, json);
        }
    }
    if (out == NULL) {
        json_close(json, ']');
    }
    store_finish(stmt);
    return step == 0;
}
