/* cover.c: adds up by key what SQLite would sort for: lines come in no order
 * of keys or needs. */
#include "cover.h"

#include <stdlib.h>

#include "optimizer/base/json.h"
#include "optimizer/instance/name_table.h"

/* In the order of cover.h; those of a line are behind the first two. */
enum { NEEDS, LINES, OF_LINE, FIGURES = 7 };

/* Columns of the statement; where the keys begin, by enum cover_by. */
enum { LINE_NO = 1, KEYS = 7 };
/* Units given and missing of each line of a need in run ?1: those that were
 * given nothing apart, so that a whole plan is not sorted.  The rows of a line
 * with several themes lie one behind the other. */
static const char lines_sql[] =
    "WITH " COVER_PLACE ", line AS ("
    "SELECT p.need_id, p.need_line_no AS line_no, sum(p.units) AS given,"
    " ifnull((SELECT u.units FROM uncovered_lines AS u WHERE u.run_id = ?1"
    " AND u.need_id = p.need_id AND u.need_line_no = p.need_line_no), 0)"
    " AS missing FROM plan_lines AS p WHERE p.run_id = ?1"
    " AND p.need_id IS NOT NULL GROUP BY p.need_id, p.need_line_no"
    " UNION ALL SELECT u.need_id, u.need_line_no, 0, u.units"
    " FROM uncovered_lines AS u WHERE u.run_id = ?1 AND NOT EXISTS ("
    "SELECT 1 FROM plan_lines AS p WHERE p.run_id = ?1"
    " AND p.need_id = u.need_id AND p.need_line_no = u.need_line_no))"
    " SELECT l.need_id, l.line_no, l.missing = 0,"
    " l.missing > 0 AND l.given > 0, l.given = 0, l.given,"
    " l.given + l.missing, p.code, o.sector_id, t.theme_id, x.kind_id"
    " FROM line AS l CROSS JOIN place AS p ON p.entry_id = l.need_id"
    " CROSS JOIN organisations AS o ON o.id = p.organisation_id"
    " LEFT JOIN entry_lines AS x ON x.entry_id = l.need_id"
    " AND x.line_no = l.line_no"
    " LEFT JOIN entry_themes AS t ON t.entry_id = l.need_id";

struct group {
    int64_t figures[FIGURES];
};

struct share { /* of a need in a group, once for each line */
    int64_t need;
    int32_t group;
};

struct counts {
    struct name_table keys; /* "": null */
    struct group *groups;   /* by index of the key */
    size_t groups_cap;
    struct share *shares;
    size_t shares_n, shares_cap;
};

static void
take_line(struct counts *counts, struct store_stmt *stmt, const char *key)
{
    int32_t known = counts->keys.count;
    int32_t at = name_table_add(&counts->keys, key);
    if ((size_t)at >= counts->groups_cap) {
        counts->groups_cap = 2 * counts->groups_cap + 64;
        counts->groups = xrealloc(counts->groups, counts->groups_cap,
            sizeof(*counts->groups));
    }
    struct group *group = &counts->groups[at];
    if (at == known) {
        *group = (struct group){0};
    }
    group->figures[LINES]++;
    for (int i = OF_LINE; i < FIGURES; i++) {
        group->figures[i] += store_int(stmt, i);
    }
    if (counts->shares_n == counts->shares_cap) {
        counts->shares_cap = 2 * counts->shares_cap + 256;
        counts->shares = xrealloc(counts->shares, counts->shares_cap,
            sizeof(*counts->shares));
    }
    counts->shares[counts->shares_n++] =
        (struct share){.need = store_int(stmt, 0), .group = at};
}

static int
compare(const void *a, const void *b)
{
    const struct share *x = a, *y = b;
    return x->need != y->need ? (x->need > y->need) - (x->need < y->need)
                              : (x->group > y->group) - (x->group < y->group);
}

/* A need counts once in each of its groups. */
static void
count_needs(struct counts *counts)
{
    if (counts->shares_n > 0) {
        qsort(counts->shares, counts->shares_n, sizeof(*counts->shares),
            compare);
    }
    for (size_t i = 0; i < counts->shares_n; i++) {
        const struct share *share = &counts->shares[i];
        if (i == 0 || compare(share, share - 1) != 0) {
            counts->groups[share->group].figures[NEEDS]++;
        }
    }
}

static const char *
write_groups(const struct counts *counts, struct arena *arena)
{
    struct json json = {0};
    json_open(&json, '[');
    for (int32_t i = 0; i < counts->keys.count; i++) {
        const char *key = counts->keys.names[i];
        json_open(&json, '[');
        json_text(&json, key[0] != '\0' ? key : NULL);
        for (int k = 0; k < FIGURES; k++) {
            json_int(&json, counts->groups[i].figures[k]);
        }
        json_close(&json, ']');
    }
    json_close(&json, ']');
    const char *text = arena_string(arena, json.text);
    json_release(&json);
    return text;
}

/* A row of a line that came before has another theme of it. */
static void
take_row(struct counts *counts, bool again, struct store_stmt *stmt)
{
    for (int by = 0; by < COVER_BY_COUNT; by++) {
        if (!again || by == COVER_BY_THEME) {
            take_line(&counts[by], stmt, store_text(stmt, KEYS + by));
        }
    }
}

static bool
count_lines(struct store *store, int64_t run_id, struct arena *arena,
    const char *counted[COVER_BY_COUNT], struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, lines_sql, err);
    if (stmt == NULL) {
        return false;
    }
    struct counts counts[COVER_BY_COUNT] = {0};
    for (int by = 0; by < COVER_BY_COUNT; by++) {
        name_table_init(&counts[by].keys, arena);
    }
    store_bind_int(stmt, 1, run_id);
    int64_t need = -1, line = -1;
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        bool again = store_int(stmt, 0) == need &&
            store_int(stmt, LINE_NO) == line;
        need = store_int(stmt, 0);
        line = store_int(stmt, LINE_NO);
        take_row(counts, again, stmt);
    }
    store_finish(stmt);
    for (int by = 0; by < COVER_BY_COUNT; by++) {
        count_needs(&counts[by]);
        counted[by] = step == 0 ? write_groups(&counts[by], arena) : NULL;
        name_table_clear(&counts[by].keys);
        free(counts[by].groups);
        free(counts[by].shares);
    }
    return step == 0;
}

bool
cover_keep(struct store *store, int64_t run_id, struct err *err)
{
    struct arena arena = {0};
    const char *counted[COVER_BY_COUNT];
    struct store_stmt *stmt = NULL;
    bool ok = count_lines(store, run_id, &arena, counted, err) &&
        (stmt = store_prepare(store,
            "UPDATE runs SET coverage = json_array(json(?1), json(?2),"
            " json(?3), json(?4)) WHERE id = ?5", err)) != NULL;
    if (ok) {
        for (int by = 0; by < COVER_BY_COUNT; by++) {
            store_bind_text(stmt, by + 1, counted[by]);
        }
        store_bind_int(stmt, COVER_BY_COUNT + 1, run_id);
        ok = store_run(stmt, err);
    }
    store_finish(stmt);
    arena_release(&arena);
    return ok;
}

bool
cover_load(struct store *store, int64_t run_id, struct arena *arena,
    const char *counted[COVER_BY_COUNT], struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT coverage -> 0, coverage -> 1, coverage -> 2, coverage -> 3"
        " FROM runs WHERE id = ? AND coverage IS NOT NULL", err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, run_id);
    int step = store_step(stmt, err);
    for (int by = 0; step > 0 && by < COVER_BY_COUNT; by++) {
        counted[by] = arena_string(arena, store_text(stmt, by));
    }
    store_finish(stmt);
    return step > 0 ||
        (step == 0 && count_lines(store, run_id, arena, counted, err));
}
