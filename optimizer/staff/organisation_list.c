/* organisation_list.c: organisations as staff look them up
 * (organisation_list.h). */
#include "organisation_list.h"

#include <inttypes.h>
#include <string.h>

#include "duplicate.h"

#define ORGANISATION_COLUMNS                                                  \
    "SELECT o.id, (SELECT count(*) FROM entries AS e"                         \
    "   WHERE e.organisation_id = o.id), ifnull(o.merged_into, 0), o.key,"    \
    "  o.name, ifnull(s.label_ja, ''), ifnull(f.label_ja, ''),"               \
    "  ifnull(o.corporate_number, ''), ifnull(r.name_full, ''), o.url,"       \
    "  o.phone, o.email, o.note, ifnull((SELECT group_concat(a.alias, '、')"  \
    "   FROM organisation_aliases AS a WHERE a.organisation_id = o.id), ''),"  \
    "  o.member, o.linked, o.publish, o.name_kana, o.contact_name,"           \
    "  o.activity FROM organisations AS o"                                    \
    "  LEFT JOIN sectors AS s ON s.id = o.sector_id"                          \
    "  LEFT JOIN org_forms AS f ON f.id = o.org_form_id"                      \
    "  LEFT JOIN regions AS r ON r.code = o.region_code "

static void
take_row(struct store_stmt *stmt, struct arena *arena,
    struct organisation_row *row)
{
    const char **texts[] = {&row->key, &row->name, &row->sector, &row->form,
        &row->number, &row->region, &row->url, &row->phone, &row->email,
        &row->note, &row->aliases};
    row->id = store_int(stmt, 0);
    row->entries = store_int(stmt, 1);
    row->merged_into = store_int(stmt, 2);
    for (int i = 0; i < 11; i++) {
        *texts[i] = arena_string(arena, store_text(stmt, 3 + i));
    }
    row->member = store_int(stmt, 14) != 0;
    row->linked = store_int(stmt, 15) != 0;
    row->publish = store_int(stmt, 16) != 0;
    row->kana = arena_string(arena, store_text(stmt, 17));
    row->person = arena_string(arena, store_text(stmt, 18));
    row->activity = arena_string(arena, store_text(stmt, 19));
}

bool
organisation_list(struct store *store, const char *text, int64_t after,
    int32_t most, struct arena *arena, struct organisation_list *list,
    struct err *err)
{
    most = most < 1                    ? 1
           : most > ORGANISATIONS_MOST ? ORGANISATIONS_MOST
                                       : most;
    struct store_stmt *stmt = store_prepare(store,
        ORGANISATION_COLUMNS
        " WHERE o.merged_into IS NULL AND o.id > ?1 AND"
        "       (?2 IS NULL OR instr(o.name, ?2) > 0 OR o.key = ?2"
        "        OR instr(o.name_kana, ?2) > 0"
        "        OR EXISTS (SELECT 1 FROM organisation_aliases AS a"
        "            WHERE a.organisation_id = o.id AND instr(a.alias, ?2) > 0)"
        "        OR (?4 <> '' AND EXISTS (SELECT 1 FROM organisation_keys AS k"
        "            WHERE k.organisation_id = o.id AND k.kind = 'name'"
        "              AND instr(k.key, ?4) > 0)))"
        " ORDER BY o.id LIMIT ?3",
        err);
    if (stmt == NULL) {
        return false;
    }
    memset(list, 0, sizeof(*list));
    list->rows = arena_array(arena, (size_t)most, sizeof(*list->rows));
    store_bind_int(stmt, 1, after);
    store_bind_text_or_null(stmt, 2, text);
    store_bind_int(stmt, 3, most + 1);
    char key[DUPLICATE_KEY_MAX] = "";
    duplicate_name_key(text != NULL ? text : "", key);
    store_bind_text(stmt, 4, key);
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        if (list->n == most) {
            list->more = true;
            break;
        }
        take_row(stmt, arena, &list->rows[list->n++]);
    }
    store_finish(stmt);
    return step >= 0;
}

bool
organisation_load(struct store *store, int64_t id, struct arena *arena,
    struct organisation_row *row, struct err *err)
{
    struct store_stmt *stmt =
        store_prepare(store, ORGANISATION_COLUMNS " WHERE o.id = ?1", err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, id);
    int step = store_step(stmt, err);
    if (step > 0) {
        take_row(stmt, arena, row);
    }
    store_finish(stmt);
    return step > 0 || (step == 0 && fail(err, ERR_INPUT,
                                         "no organisation %" PRId64, id));
}
