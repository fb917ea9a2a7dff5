/* outcome_list.c: pairs at their stages, read; a part of outcome.c. */
#include "outcome.h"

#include <string.h>

#define LEFT                                                                  \
    "(t.stage IN ('introduced', 'agreed')"                                    \
    " AND (n.state <> 'approved' OR o.state <> 'approved'))"
#define ROWS                                                                  \
    "SELECT t.id, t.need_id, t.offer_id, ifnull(t.run_id, 0), t.stage,"       \
    "       n.title, a.name, o.title, b.name, ifnull(t.side, ''),"            \
    "       t.reason_code, ifnull(p.label_ja, ''), t.note, t.actor, t.at,"    \
    "       n.state, o.state, " LEFT                                          \
    "  FROM outcomes AS t"                                                    \
    "  JOIN entries AS n ON n.id = t.need_id"                                 \
    "  JOIN organisations AS a ON a.id = n.organisation_id"                   \
    "  JOIN entries AS o ON o.id = t.offer_id"                                \
    "  JOIN organisations AS b ON b.id = o.organisation_id"                   \
    "  LEFT JOIN phrases AS p"                                                \
    "    ON p.list = 'decline_reasons' AND p.id = t.reason_code"
#define WHICH                                                                 \
    "   AND (?1 = '' OR t.stage = ?1)"                                        \
    "   AND (?2 = 0 OR n.organisation_id = ?2 OR o.organisation_id = ?2)"     \
    "   AND (?3 = 0 OR t.need_id = ?3) AND (?4 = '' OR t.at < ?4)"            \
    "   AND (?5 = 0 OR t.id < ?5)"                                            \
    "   AND (?8 = 0 OR " LEFT ")"                                             \
    " ORDER BY t.id DESC LIMIT ?6"

static const char list_sql[] = ROWS
    " WHERE NOT EXISTS (SELECT 1 FROM outcomes AS z"
    "        WHERE z.need_id = t.need_id AND z.offer_id = t.offer_id"
    "          AND z.id > t.id)" WHICH;
static const char pair_sql[] = ROWS " WHERE t.offer_id = ?7" WHICH;

static void
take_row(struct store_stmt *stmt, struct arena *arena,
    struct outcome_row *row)
{
    *row = (struct outcome_row){.id = store_int(stmt, 0),
        .need_id = store_int(stmt, 1),
        .offer_id = store_int(stmt, 2),
        .run_id = store_int(stmt, 3),
        .stage = outcome_find(store_text(stmt, 4)),
        .need_title = arena_string(arena, store_text(stmt, 5)),
        .need_org = arena_string(arena, store_text(stmt, 6)),
        .offer_title = arena_string(arena, store_text(stmt, 7)),
        .offer_org = arena_string(arena, store_text(stmt, 8)),
        .side = arena_string(arena, store_text(stmt, 9)),
        .reason_code = arena_string(arena, store_text(stmt, 10)),
        .reason = arena_string(arena, store_text(stmt, 11)),
        .note = arena_string(arena, store_text(stmt, 12)),
        .actor = arena_string(arena, store_text(stmt, 13)),
        .at = arena_string(arena, store_text(stmt, 14)),
        .need_state = arena_string(arena, store_text(stmt, 15)),
        .offer_state = arena_string(arena, store_text(stmt, 16)),
        .left = store_int(stmt, 17) != 0};
}

bool
outcome_load(struct store *store, const struct outcome_query *query,
    struct arena *arena, struct outcome_list *list, struct err *err)
{
    int32_t most = query->most < 1 ? 1
                   : query->most > OUTCOME_MOST ? OUTCOME_MOST
                                                : query->most;
    bool pair = query->offer_id > 0;
    struct store_stmt *stmt =
        store_prepare(store, pair ? pair_sql : list_sql, err);
    if (stmt == NULL) {
        return false;
    }
    memset(list, 0, sizeof(*list));
    list->rows = arena_array(arena, (size_t)most, sizeof(*list->rows));
    store_bind_text(stmt, 1, outcome_name(query->stage));
    store_bind_int(stmt, 2, query->organisation_id);
    store_bind_int(stmt, 3, query->need_id);
    store_bind_text(stmt, 4, query->before != NULL ? query->before : "");
    store_bind_int(stmt, 5, query->below);
    store_bind_int(stmt, 6, most + 1);
    if (pair) {
        store_bind_int(stmt, 7, query->offer_id);
    }
    store_bind_int(stmt, 8, query->left);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        if (list->n < most) {
            take_row(stmt, arena, &list->rows[list->n++]);
        } else {
            list->more = true;
        }
    }
    store_finish(stmt);
    return step == 0;
}
