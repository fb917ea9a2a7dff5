/* screening_load.c: the inbox and an entry's checklist, read; the second
 * half of screening.c. */
#include "screening.h"

#include <inttypes.h>
#include <string.h>

#include "optimizer/intake/urgency.h"
#include "optimizer/store/receipt.h"
#include "stated_sql.h"

#define ROW_COLUMNS                                                           \
    "SELECT e.id, e.key, e.side, e.title, o.name, e.state, e.confirmed_on,"   \
    "  e.updated_at, e.organisation_id,"                                      \
    "  (SELECT count(*) FROM screenings AS s JOIN requirements AS r"          \
    "     ON r.id = s.requirement_id WHERE s.entry_id = e.id"                 \
    "    AND r.required = 1 AND s.result = 'pass'),"                          \
    "  (SELECT count(*) FROM requirements WHERE required = 1),"               \
    "  (SELECT count(*) FROM screenings AS s WHERE s.entry_id = e.id"         \
    "    AND s.result = 'fail'),"                                             \
    "  (SELECT count(*) FROM confirmations AS c WHERE c.entry_id = e.id),"    \
    "  (SELECT count(*) FROM phrases WHERE list = 'conditions')"
enum { ROW_COLUMNS_N = 14 };
#define ROW_TABLES                                                            \
    " FROM entries AS e JOIN organisations AS o ON o.id = e.organisation_id"

static void
take_row(struct store_stmt *stmt, struct arena *arena, struct inbox_row *row)
{
    *row = (struct inbox_row){.id = store_int(stmt, 0),
        .key = arena_string(arena, store_text(stmt, 1)),
        .side = arena_string(arena, store_text(stmt, 2)),
        .title = arena_string(arena, store_text(stmt, 3)),
        .organisation = arena_string(arena, store_text(stmt, 4)),
        .state = arena_string(arena, store_text(stmt, 5)),
        .confirmed_on = arena_string(arena, store_text(stmt, 6)),
        .updated_at = arena_string(arena, store_text(stmt, 7)),
        .organisation_id = store_int(stmt, 8),
        .passed = (int32_t)store_int(stmt, 9),
        .required = (int32_t)store_int(stmt, 10),
        .failed = (int32_t)store_int(stmt, 11),
        .confirmed = (int32_t)store_int(stmt, 12),
        .conditions = (int32_t)store_int(stmt, 13)};
}

/* Text: from the index and from each organisation once. */
#define WITH_SIDE_AND_TEXT                                                    \
    " AND (?3 IS NULL OR e.side = ?3)"                                        \
    " AND (?4 IS NULL OR instr(e.title, ?4) > 0"                              \
    "  OR e.organisation_id IN (SELECT id FROM organisations"                 \
    "                            WHERE instr(name, ?4) > 0))"

static const char inbox_sql[] = ROW_COLUMNS ROW_TABLES
    " WHERE e.state = ?1 AND e.id > ?2" WITH_SIDE_AND_TEXT
    " ORDER BY e.id LIMIT ?5";
/* Of one organisation: by its own index, not the state's. */
static const char inbox_of_sql[] = ROW_COLUMNS ROW_TABLES
    " WHERE +e.state = ?1 AND +e.id > ?2" WITH_SIDE_AND_TEXT
    " AND e.organisation_id = ?6 ORDER BY e.id LIMIT ?5";

static bool
count_inbox(struct store *store, const struct inbox_query *query,
    const char *state, struct inbox *inbox, struct err *err)
{
    bool one = query->organisation_id > 0;
    /* each by the index that it has */
    struct store_stmt *stmt = store_prepare(store,
        one ? "SELECT count(*) FROM entries WHERE organisation_id = ?3"
              " AND +state = ?1 AND (?2 IS NULL OR side = ?2)"
        : query->side == NULL
            ? "SELECT count(*) FROM entries WHERE state = ?1"
            : "SELECT count(*) FROM entries WHERE state = ?1 AND side = ?2",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, state);
    if (one || query->side != NULL) {
        store_bind_text(stmt, 2, query->side);
    }
    if (one) {
        store_bind_int(stmt, 3, query->organisation_id);
    }
    bool ok = store_step(stmt, err) > 0;
    inbox->total = ok ? store_int(stmt, 0) : 0;
    store_finish(stmt);
    return ok;
}

bool
inbox_load(struct store *store, const struct inbox_query *query,
    struct arena *arena, struct inbox *inbox, struct err *err)
{
    const char *state = query->state != NULL ? query->state : "submitted";
    int32_t most = query->most < 1 ? 1
                   : query->most > INBOX_MOST ? INBOX_MOST
                                              : query->most;
    bool one = query->organisation_id > 0;
    memset(inbox, 0, sizeof(*inbox));
    struct store_stmt *stmt = !count_inbox(store, query, state, inbox, err)
        ? NULL
        : store_prepare(store, one ? inbox_of_sql : inbox_sql, err);
    if (stmt == NULL) {
        return false;
    }
    inbox->rows = arena_array(arena, (size_t)most, sizeof(*inbox->rows));
    store_bind_text(stmt, 1, state);
    store_bind_int(stmt, 2, query->after);
    store_bind_text(stmt, 3, query->side);
    store_bind_text_or_null(stmt, 4, query->text);
    store_bind_int(stmt, 5, most + 1);
    if (one) {
        store_bind_int(stmt, 6, query->organisation_id);
    }
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        if (inbox->n < most) {
            take_row(stmt, arena, &inbox->rows[inbox->n++]);
        } else {
            inbox->more = true;
        }
    }
    store_finish(stmt);
    return step == 0;
}

bool
inbox_states(struct store *store, const struct inbox_query *query,
    struct arena *arena, struct inbox_state states[INBOX_STATES], int32_t *n,
    struct err *err)
{
    bool one = query->organisation_id > 0;
#define STATES(which)                                                         \
    "SELECT e.state, count(*) FROM entries AS e WHERE " which                 \
    WITH_SIDE_AND_TEXT " GROUP BY e.state ORDER BY instr('submitted"          \
    " returned approved paused rejected withdrawn archived draft', e.state)"
    struct store_stmt *stmt = store_prepare(store,
        one ? STATES("e.organisation_id = ?6") : STATES("true"), err);
#undef STATES
    *n = 0;
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 3, query->side);
    store_bind_text_or_null(stmt, 4, query->text);
    if (one) {
        store_bind_int(stmt, 6, query->organisation_id);
    }
    int step;
    while ((step = store_step(stmt, err)) > 0 && *n < INBOX_STATES) {
        states[(*n)++] = (struct inbox_state){
            arena_string(arena, store_text(stmt, 0)), store_int(stmt, 1)};
    }
    store_finish(stmt);
    return step >= 0;
}

static bool
load_entry(struct store *store, int64_t id, struct arena *arena,
    struct screening *s, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        ROW_COLUMNS ", e.summary, e.note, ifnull(e.expires_on, ''),"
        " e.publish, o.publish, o.linked, e.contact_email" ROW_TABLES
        " WHERE e.id = ?",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, id);
    int step = store_step(stmt, err);
    if (step > 0) {
        take_row(stmt, arena, &s->row);
        s->summary = arena_string(arena, store_text(stmt, ROW_COLUMNS_N));
        s->note = arena_string(arena, store_text(stmt, ROW_COLUMNS_N + 1));
        s->expires_on =
            arena_string(arena, store_text(stmt, ROW_COLUMNS_N + 2));
        s->publish = store_int(stmt, ROW_COLUMNS_N + 3) != 0;
        s->organisation_publish = store_int(stmt, ROW_COLUMNS_N + 4) != 0;
        s->organisation_linked = store_int(stmt, ROW_COLUMNS_N + 5) != 0;
        s->contact_email =
            arena_string(arena, store_text(stmt, ROW_COLUMNS_N + 6));
    }
    store_finish(stmt);
    return step > 0 ||
           (step == 0 && fail(err, ERR_INPUT, "no entry %" PRId64, id));
}

enum { ROWS_MOST = 50 };

/* Text columns of at most ROWS_MOST rows: cells[row * columns + column]. */
static bool
load_cells(struct store *store, const char *sql, int64_t id, int columns,
    struct arena *arena, const char ***cells, int32_t *n, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    *cells = arena_array(arena, (size_t)(ROWS_MOST * columns),
        sizeof(**cells));
    *n = 0;
    store_bind_int(stmt, 1, id);
    int step = 1;
    while (*n < ROWS_MOST && (step = store_step(stmt, err)) > 0) {
        for (int c = 0; c < columns; c++) {
            (*cells)[*n * columns + c] =
                arena_string(arena, store_text(stmt, c));
        }
        (*n)++;
    }
    store_finish(stmt);
    return step >= 0;
}

#define FACT(label, value) "json_array('" label "', " value ")"
#define LABELS_OF(terms, table, id)                                           \
    "(SELECT group_concat(t.label_ja, '、') FROM " terms " AS x"              \
    "   JOIN " table " AS t ON t.id = x." id " WHERE x.entry_id = e.id)"

/* Beside the conditions: what an approval lets onto the pages, what the plan
 * goes by, and whom to ask. */
static const char facts_sql[] =
    "SELECT f.value ->> 0, f.value ->> 1 FROM entries AS e, json_each("
    "json_array("
    FACT("エントリー番号", "e.id") ","
    FACT("受付番号", "(SELECT " RECEIPT_SQL("s") " FROM sheets AS s"
                     "  WHERE s.entry_id = e.id)") ","
    FACT("題名のふりがな", "e.title_kana") ","
    FACT("活動の種類", "(SELECT label_ja FROM activity_kinds"
                       "  WHERE id = e.activity_kind_id)") ","
    FACT("明細", "(SELECT group_concat(k.label_ja || ' ' || l.quantity ||"
        " l.unit || iif(l.unit_cost_yen > 0, ' ' || l.unit_cost_yen || '円',"
        " '') || iif(l.min_lot > 0, ' 最小' || l.min_lot, '') ||"
        " iif(l.indivisible, ' 一括', '') || iif(l.per_day, ' 曜日ごと', '')"
        " || iif(l.for_public, ' 住民向け', '') || iif(l.text <> '', ' ' ||"
        " l.text, ''), '、') FROM entry_lines AS l JOIN resource_kinds AS k"
        " ON k.id = l.kind_id WHERE l.entry_id = e.id)") ","
    FACT("ページと計画での日時", "trim(" STATED_DAYS " || ' ' || "
        STATED_HOURS ")") ","
    FACT("所在地", "(SELECT name_full FROM regions"
                   "  WHERE code = e.region_code)") ","
    FACT("対応範囲", "CASE e.reach WHEN 'prefecture' THEN '県内全域'"
        " WHEN 'online' THEN 'オンライン' ELSE '地域' END ||"
        " iif(e.reach_hard, '（範囲の外とは結ばない）', '')") ","
    FACT("対象の区分",
        LABELS_OF("entry_targets", "target_groups", "target_id")) ","
    FACT("テーマ", LABELS_OF("entry_themes", "themes", "theme_id")) ","
    FACT("柱", LABELS_OF("entry_pillars", "pillars", "pillar_id")) ","
    FACT("タグ", "(SELECT group_concat(tag, '、') FROM entry_tags"
                 "  WHERE entry_id = e.id)") ","
    FACT("急ぎの度合い", "iif(e.side = 'need', e.urgency || CASE e.urgency"
        " WHEN 0 THEN '（" URGENCY_0 "）' WHEN 1 THEN '（" URGENCY_1 "）'"
        " WHEN 2 THEN '（" URGENCY_2 "）' ELSE '（" URGENCY_3 "）' END,"
        " '')") ","
    FACT("予算", "e.budget_yen || '円'") ","
    FACT("連携する団体の数の上限", "e.max_partners") ","
    FACT("対応できる件数の上限", "e.max_needs") ","
    FACT("行き方・バリアフリー", "e.access_text") ","
    FACT("URL", "e.url") ","
    FACT("窓口", "trim(e.contact_name || ' ' || e.contact_phone || ' ' ||"
        " e.contact_email) || iif(e.publish_contact, '',"
        " '（ページに載せない）')") ","
    FACT("担当の方（非公開）", "e.contact_person") ","
    FACT("出典", "e.source")
    ")) AS f WHERE e.id = ?1 AND ifnull(f.value ->> 1, '') <> ''"
    " ORDER BY f.key";

static bool
load_facts(struct store *store, struct arena *arena, struct screening *s,
    struct err *err)
{
    const char **c;
    if (!load_cells(store, facts_sql, s->row.id, 2, arena, &c, &s->facts_n,
            err)) {
        return false;
    }
    s->facts =
        arena_array(arena, (size_t)s->facts_n, sizeof(*s->facts));
    for (int32_t i = 0; i < s->facts_n; i++, c += 2) {
        s->facts[i] = (struct screening_fact){c[0], c[1]};
    }
    return true;
}

static bool
load_requirements(struct store *store, struct arena *arena,
    struct screening *s, struct err *err)
{
    const char **c;
    if (!load_cells(store,
            "SELECT r.id, r.label_ja, ifnull(s.result, ''),"
            "       ifnull(s.note, ''), ifnull(s.actor, ''),"
            "       ifnull(s.at, ''), r.required"
            "  FROM requirements AS r LEFT JOIN screenings AS s"
            "    ON s.requirement_id = r.id AND s.entry_id = ?"
            " ORDER BY r.sort, r.id",
            s->row.id, 7, arena, &c, &s->requirements_n, err)) {
        return false;
    }
    s->requirements = arena_array(arena, (size_t)s->requirements_n,
        sizeof(*s->requirements));
    for (int32_t i = 0; i < s->requirements_n; i++, c += 7) {
        s->requirements[i] = (struct screening_requirement){c[0], c[1], c[2],
            c[3], c[4], c[5], c[6][0] == '1'};
    }
    return true;
}

/* What the entry states of each condition, in its own words. */
static const char conditions_sql[] =
    "SELECT p.id, p.label_ja, CASE p.id"
    "  WHEN 'cond_own' THEN trim(e.own_text || ' ' ||"
    "    iif(e.side = 'offer', " STATED_LINES ", ''))"
    "  WHEN 'cond_wanted' THEN trim(e.wanted_text || ' ' ||"
    "    iif(e.side = 'need', " STATED_LINES ", ''))"
    "  WHEN 'cond_when' THEN " STATED_WHEN
    "  WHEN 'cond_where' THEN trim(e.place || ' ' || e.address || ' ' ||"
    "    ifnull((SELECT group_concat(iif(g.level = 'area', g.name,"
    "         g.name_full), '、')"
    "       FROM entry_regions AS r JOIN regions AS g"
    "         ON g.code = r.region_code WHERE r.entry_id = e.id), ''))"
    "  WHEN 'cond_target' THEN e.target_text"
    "  WHEN 'cond_number' THEN e.people_text"
    "  WHEN 'cond_cost' THEN e.cost_text"
    "  WHEN 'cond_partner' THEN ifnull((SELECT group_concat(w.name, '、')"
    "       FROM entry_wishes AS w WHERE w.entry_id = e.id), '')"
    "  WHEN 'cond_other' THEN e.note ELSE '' END,"
    " ifnull(c.note, ''), ifnull(c.actor, ''), ifnull(c.at, '')"
    "  FROM phrases AS p JOIN entries AS e ON e.id = ?1"
    "  LEFT JOIN confirmations AS c"
    "    ON c.condition_id = p.id AND c.entry_id = e.id"
    " WHERE p.list = 'conditions' ORDER BY p.sort, p.id";

static bool
load_conditions(struct store *store, struct arena *arena,
    struct screening *s, struct err *err)
{
    const char **c;
    if (!load_cells(store, conditions_sql, s->row.id, 6, arena, &c,
            &s->conditions_n, err)) {
        return false;
    }
    s->conditions = arena_array(arena, (size_t)s->conditions_n,
        sizeof(*s->conditions));
    for (int32_t i = 0; i < s->conditions_n; i++, c += 6) {
        s->conditions[i] = (struct screening_condition){c[0], c[1], c[2],
            c[3], c[4], c[5]};
    }
    return true;
}

static bool
load_steps(struct store *store, struct arena *arena, struct screening *s,
    struct err *err)
{
    const char **c;
    if (!load_cells(store,
            "SELECT step, from_state, to_state, reason, actor, at"
            "  FROM entry_steps WHERE entry_id = ? ORDER BY id DESC",
            s->row.id, 6, arena, &c, &s->steps_n, err)) {
        return false;
    }
    s->steps = arena_array(arena, (size_t)s->steps_n, sizeof(*s->steps));
    for (int32_t i = 0; i < s->steps_n; i++, c += 6) {
        s->steps[i] = (struct screening_step){c[0], c[1], c[2], c[3], c[4],
            c[5]};
    }
    return true;
}

bool
screening_load(struct store *store, int64_t entry_id, struct arena *arena,
    struct screening *s, struct err *err)
{
    memset(s, 0, sizeof(*s));
    return load_entry(store, entry_id, arena, s, err) &&
           load_facts(store, arena, s, err) &&
           load_requirements(store, arena, s, err) &&
           load_conditions(store, arena, s, err) &&
           load_steps(store, arena, s, err);
}
