/* suggestion_table.c: renders the plan's proposals to the needs. */
#include "suggestion_table.h"

#include <stdlib.h>
#include <string.h>

#include "fragment_write.h"
#include "optimizer/base/day.h"
#include "optimizer/market/reason.h"
#include "optimizer/store/decision.h"

/* Room kept for other labels; behind it reasons stand in Japanese only. */
enum { REASON_LABELS_MAX = LABELS_MAX - 4096 };

static const char query[] =
    "SELECT need_id, need_line_no, 0 AS runner_up, 0 AS rank, offer_id,"
    "       offer_line_no, sum(units), unit, kind_id, score, cost_yen,"
    "       distance_m, terms," /* the slots of a line are one suggestion */
    "       ifnull(sum(DISTINCT 1 << weekday), 0)"
    "  FROM members_suggestions WHERE run_id = ?1"
    " GROUP BY need_id, need_line_no, offer_id, offer_line_no"
    " UNION ALL "
    "SELECT a.need_id, a.need_line_no, 1, a.rank, a.offer_id,"
    "       a.offer_line_no, l.quantity, l.unit, l.kind_id, a.score,"
    "       a.cost_yen, a.distance_m, a.terms, 0"
    "  FROM members_alternatives AS a"
    "  JOIN public_entry_lines AS l"
    "    ON l.entry_id = a.need_id AND l.line_no = a.need_line_no"
    " WHERE a.run_id = ?1"
    " ORDER BY 1, 2, 3, 4, 10 DESC, 5, 6";

enum {
    NEED,
    NEED_LINE,
    RUNNER_UP,
    RANK,
    OFFER,
    OFFER_LINE,
    UNITS,
    UNIT,
    KIND,
    SCORE,
    COST,
    DISTANCE,
    TERMS,
    WEEKDAYS
};

struct suggestion {
    bool chosen;
    int64_t units, cost_yen, distance_m; /* cost per unit; -1: not known */
    const char *unit, *kind_id;
    int64_t line_no, score;
    unsigned weekdays; /* of its slots, as bits; 0: it has none */
    uint32_t reason; /* label, SNAP_NONE: reason_ja */
    char reason_ja[REASON_SIZE];
};

static bool
take_reason(const char *terms, struct suggestion *s, struct labels *labels,
    struct err *err)
{
    struct score score;
    char easy[REASON_SIZE], en[REASON_SIZE];
    s->reason = SNAP_NONE;
    if (!score_read(terms, &score)) {
        s->reason_ja[0] = '\0';
        return true;
    }
    score.distance_m = (int32_t)s->distance_m;
    reason_line(&score, LANG_JA, s->reason_ja);
    if (labels->n >= REASON_LABELS_MAX) {
        return true;
    }
    reason_line(&score, LANG_EASY, easy);
    reason_line(&score, LANG_EN, en);
    return labels_add(labels, s->reason_ja, easy, en, &s->reason, err);
}

static void
put_fact(uint32_t label, struct fragment *out)
{
    fragment_put(out, "<dt>");
    fragment_label(out, label);
    fragment_put(out, "</dt><dd>");
}

static void
put_head(const struct listing *offer, const struct suggestion *s,
    struct fragment *out)
{
    fragment_put(out, s->chosen ? "<article class=\"card chosen\"><h2><a"
                                : "<article class=\"card runner\"><h2><a");
    fragment_put(out, " href=\"");
    fragment_slot(out, SNAP_SLOT_BASE);
    fragment_put(out, "/resources/");
    fragment_int(out, offer->id);
    fragment_slot(out, SNAP_SLOT_LANG_FIRST);
    fragment_put(out, "\" lang=\"ja\">");
    fragment_html(out, offer->title);
    fragment_put(out, "</a></h2><p><span class=\"badge\">");
    fragment_label(out, s->chosen ? LABEL_CHOSEN : LABEL_RUNNER_UP);
    fragment_put(out, "</span> ");
    if (offer->example) {
        fragment_put(out, "<span class=\"badge\">");
        fragment_label(out, LABEL_EXAMPLE);
        fragment_put(out, "</span> ");
    }
    render_ja(offer->organisation.name, out);
    fragment_put(out, "</p>");
}

static void
put_distance(int64_t metres, struct fragment *out)
{
    put_fact(LABEL_DISTANCE, out);
    fragment_int(out, metres / 1000);
    fragment_put(out, ".");
    fragment_int(out, metres % 1000 / 100);
    fragment_label(out, LABEL_KM);
    fragment_put(out, "</dd>");
}

static void
put_html(const struct render *r, const struct listing *offer,
    const struct suggestion *s, struct fragment *out)
{
    put_head(offer, s, out);
    if (s->reason != SNAP_NONE || s->reason_ja[0] != '\0') {
        fragment_put(out, "<p class=\"reason\"><strong>");
        fragment_label(out, LABEL_REASONS);
        fragment_put(out, "</strong> ");
        if (s->reason != SNAP_NONE) {
            fragment_label(out, s->reason);
        } else {
            render_ja(s->reason_ja, out);
        }
        fragment_put(out, "</p>");
    }
    fragment_put(out, "<dl>");
    int32_t kind = vocabulary_find(&r->kinds, s->kind_id);
    put_fact(SNAP_LABEL_FACET_KIND, out);
    fragment_label(out, kind != VOCABULARY_NONE ? r->kinds.terms[kind].label
                                                : LABEL_NOT_STATED);
    fragment_put(out, "</dd>");
    put_fact(LABEL_UNITS, out);
    fragment_grouped(out, s->units);
    render_ja(s->unit, out);
    if (s->weekdays != 0) {
        fragment_put(out, " ");
        render_weekdays(offer, s->weekdays, out);
    }
    fragment_put(out, "</dd>");
    put_fact(LABEL_PLAN_COST, out);
    fragment_grouped(out, s->units * s->cost_yen);
    fragment_label(out, LABEL_YEN);
    fragment_put(out, "</dd>");
    if (s->distance_m >= 0) {
        put_distance(s->distance_m, out);
    }
    put_fact(LABEL_CONTACT, out);
    render_contact(offer, out);
    fragment_put(out, "</dd>");
    put_fact(LABEL_CONFIRMED, out);
    render_date(offer->confirmed_on, out);
    fragment_put(out, "</dd></dl></article>\n");
}

static void
put_json(const struct listing *offer, const struct suggestion *s,
    struct fragment *out)
{
    fragment_put(out, "{");
    fragment_json_int(out, "need_line", s->line_no);
    fragment_json_key(out, "chosen");
    fragment_put(out, s->chosen ? "true" : "false");
    fragment_json_key(out, "resource");
    fragment_put(out, "{");
    fragment_json_int(out, "id", offer->id);
    fragment_put(out, ",\"url\":\"");
    fragment_slot(out, SNAP_SLOT_BASE);
    fragment_put(out, "/resources/");
    fragment_int(out, offer->id);
    fragment_put(out, "\"");
    fragment_json_text(out, "title", offer->title);
    fragment_json_text(out, "organisation", offer->organisation.name);
    fragment_put(out, "}");
    fragment_json_text(out, "kind", s->kind_id);
    fragment_json_int(out, "units", s->units);
    fragment_json_text(out, "unit", s->unit);
    fragment_json_key(out, "weekdays");
    render_weekdays_json(s->weekdays, out);
    fragment_json_int(out, "cost_yen", s->units * s->cost_yen);
    fragment_json_key(out, "distance_m");
    if (s->distance_m >= 0) {
        fragment_int(out, s->distance_m);
    } else {
        fragment_put(out, "null");
    }
    fragment_json_int(out, "score_per_unit", s->score);
    fragment_json_key(out, "reason");
    fragment_put(out, "\"");
    if (s->reason != SNAP_NONE) {
        fragment_label(out, s->reason);
    } else {
        fragment_json(out, s->reason_ja);
    }
    fragment_put(out, "\"}");
}

struct maker {
    const struct render *render;
    struct listing_reader *reader;
    struct labels *labels;
    struct snapshot_file *file;
    struct suggestion_table *table;
};

static bool
add_suggestion(struct maker *maker, struct store_stmt *stmt, uint32_t need,
    uint32_t resource, struct err *err)
{
    struct arena arena = {0};
    struct fragment html = {0}, json = {0};
    struct listing offer;
    struct suggestion s = {.chosen = store_int(stmt, RUNNER_UP) == 0,
        .units = store_int(stmt, UNITS),
        .cost_yen = store_int(stmt, COST),
        .distance_m =
            store_is_null(stmt, DISTANCE) ? -1 : store_int(stmt, DISTANCE),
        .unit = arena_string(&arena, store_text(stmt, UNIT)),
        .kind_id = arena_string(&arena, store_text(stmt, KIND)),
        .line_no = store_int(stmt, NEED_LINE),
        .score = store_int(stmt, SCORE),
        .weekdays = (unsigned)store_int(stmt, WEEKDAYS)};
    bool ok = listing_load(
                  maker->reader, store_int(stmt, OFFER), &arena, &offer, err) &&
              take_reason(store_text(stmt, TERMS), &s, maker->labels, err);
    if (ok) {
        struct suggestion_table *table = maker->table;
        if (table->n == table->cap) {
            table->cap = 2 * table->cap + 256;
            table->rows =
                xrealloc(table->rows, table->cap, sizeof(*table->rows));
        }
        put_html(maker->render, &offer, &s, &html);
        put_json(&offer, &s, &json);
        table->rows[table->n++] = (struct snap_suggestion){.need = need,
            .resource = resource,
            .units = (uint32_t)s.units,
            .chosen = s.chosen,
            .html = fragment_write(&html, maker->file),
            .json = fragment_write(&json, maker->file)};
    }
    fragment_release(&html);
    fragment_release(&json);
    arena_release(&arena);
    return ok;
}

/* Rows come by need id; the file wants them by document number.  Stable. */
static int
compare_rows(const void *a, const void *b)
{
    const struct snap_suggestion *x = a, *y = b;
    if (x->need != y->need) {
        return x->need < y->need ? -1 : 1;
    }
    uint64_t left = x->html.offset, right = y->html.offset;
    return (left > right) - (left < right); /* the order they were made in */
}

bool
suggestion_table_load(struct store *store, const struct collection_plan *plan,
    const struct collection *resources, const struct collection *needs,
    const struct render *render, struct labels *labels,
    struct snapshot_file *file, struct suggestion_table *table, struct err *err)
{
    *table = (struct suggestion_table){0};
    struct maker maker = {render,
        listing_open(store, SNAP_RESOURCES, plan, err), labels, file, table};
    struct arena arena = {0};
    struct decision_standing *standing;
    int32_t standing_n;
    struct store_stmt *stmt =
        maker.reader != NULL &&
                decision_standing(store, day_parse(plan->date, 0), &arena,
                    &standing, &standing_n, err)
            ? store_prepare(store, query, err)
            : NULL;
    bool ok = stmt != NULL;
    int step = 0;
    if (ok) {
        store_bind_int(stmt, 1, plan->run_id);
    }
    while (ok && (step = store_step(stmt, err)) > 0) {
        uint32_t need = collection_find(needs, (uint32_t)store_int(stmt, NEED));
        uint32_t resource =
            collection_find(resources, (uint32_t)store_int(stmt, OFFER));
        if (need != SNAP_NONE && resource != SNAP_NONE &&
            !decision_barred(standing, standing_n, store_int(stmt, NEED),
                store_int(stmt, OFFER))) {
            ok = add_suggestion(&maker, stmt, need, resource, err);
        }
    }
    store_finish(stmt);
    listing_close(maker.reader);
    arena_release(&arena);
    if (table->n > 0) {
        qsort(table->rows, table->n, sizeof(*table->rows), compare_rows);
    }
    return ok && step == 0;
}

void
suggestion_table_write(
    struct suggestion_table *table, struct snapshot_file *file)
{
    snapshot_file_section(file, SNAP_SEC_SUGGESTIONS, 0, table->rows, table->n);
    free(table->rows);
    *table = (struct suggestion_table){0};
}
