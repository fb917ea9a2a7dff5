/* entry.c: one entry in, by key (entry.h). */
#include "entry.h"

#include <stdio.h>
#include <string.h>

static const struct record_column columns[ENTRY_COLUMNS_N] = {
    [ENTRY_SIDE] = {"side", RECORD_TEXT, 0},
    [ENTRY_ORIGIN] = {"origin", RECORD_TEXT, 0},
    [ENTRY_ORGANISATION] = {"organisation_id", RECORD_INT, 0},
    [ENTRY_TITLE] = {"title", RECORD_TEXT, 0},
    [ENTRY_TITLE_KANA] = {"title_kana", RECORD_TEXT, 0},
    [ENTRY_SUMMARY] = {"summary", RECORD_TEXT, 0},
    [ENTRY_ACTIVITY_KIND] = {"activity_kind_id", RECORD_TEXT_NULL, 0},
    [ENTRY_DATE_TEXT] = {"date_text", RECORD_TEXT, 0},
    [ENTRY_DATE_START] = {"date_start", RECORD_TEXT_NULL, 0},
    [ENTRY_DATE_END] = {"date_end", RECORD_TEXT_NULL, 0},
    [ENTRY_WEEKDAYS] = {"weekdays", RECORD_INT, 0},
    [ENTRY_TIME_TEXT] = {"time_text", RECORD_TEXT, 0},
    [ENTRY_TIME_START] = {"time_start", RECORD_TEXT_NULL, 0},
    [ENTRY_TIME_END] = {"time_end", RECORD_TEXT_NULL, 0},
    [ENTRY_DURATION_TEXT] = {"duration_text", RECORD_TEXT, 0},
    [ENTRY_MINUTES_MIN] = {"minutes_min", RECORD_INT_NULL, RECORD_NULL},
    [ENTRY_MINUTES_MAX] = {"minutes_max", RECORD_INT_NULL, RECORD_NULL},
    [ENTRY_TARGET_TEXT] = {"target_text", RECORD_TEXT, 0},
    [ENTRY_PEOPLE_TEXT] = {"people_text", RECORD_TEXT, 0},
    [ENTRY_PEOPLE_MIN] = {"people_min", RECORD_INT_NULL, RECORD_NULL},
    [ENTRY_PEOPLE_MAX] = {"people_max", RECORD_INT_NULL, RECORD_NULL},
    [ENTRY_COST_TEXT] = {"cost_text", RECORD_TEXT, 0},
    [ENTRY_COST_MIN] = {"cost_min_yen", RECORD_INT_NULL, RECORD_NULL},
    [ENTRY_COST_MAX] = {"cost_max_yen", RECORD_INT_NULL, RECORD_NULL},
    [ENTRY_COST_UNIT] = {"cost_unit", RECORD_TEXT_NULL, 0},
    [ENTRY_COST_NEGOTIABLE] = {"cost_negotiable", RECORD_INT, 0},
    [ENTRY_OWN_TEXT] = {"own_text", RECORD_TEXT, 0},
    [ENTRY_WANTED_TEXT] = {"wanted_text", RECORD_TEXT, 0},
    [ENTRY_PLACE] = {"place", RECORD_TEXT, 0},
    [ENTRY_ADDRESS] = {"address", RECORD_TEXT, 0},
    [ENTRY_REGION] = {"region_code", RECORD_TEXT_NULL, 0},
    [ENTRY_LAT] = {"lat_e6", RECORD_INT_NULL, RECORD_NULL},
    [ENTRY_LON] = {"lon_e6", RECORD_INT_NULL, RECORD_NULL},
    [ENTRY_REACH] = {"reach", RECORD_TEXT, 0},
    [ENTRY_REACH_HARD] = {"reach_hard", RECORD_INT, 0},
    [ENTRY_URGENCY] = {"urgency", RECORD_INT, 1},
    [ENTRY_BUDGET] = {"budget_yen", RECORD_INT_NULL, RECORD_NULL},
    [ENTRY_MAX_PARTNERS] = {"max_partners", RECORD_INT_NULL, RECORD_NULL},
    [ENTRY_MAX_NEEDS] = {"max_needs", RECORD_INT_NULL, RECORD_NULL},
    [ENTRY_CONTACT_NAME] = {"contact_name", RECORD_TEXT, 0},
    [ENTRY_CONTACT_PHONE] = {"contact_phone", RECORD_TEXT, 0},
    [ENTRY_CONTACT_EMAIL] = {"contact_email", RECORD_TEXT, 0},
    [ENTRY_CONTACT_PERSON] = {"contact_person", RECORD_TEXT, 0},
    [ENTRY_URL] = {"url", RECORD_TEXT, 0},
    [ENTRY_ACCESS_TEXT] = {"access_text", RECORD_TEXT, 0},
    [ENTRY_NOTE] = {"note", RECORD_TEXT, 0},
    [ENTRY_EXPIRES_ON] = {"expires_on", RECORD_TEXT_NULL, 0},
    [ENTRY_PUBLISH_CONTACT] = {"publish_contact", RECORD_INT, 1},
    [ENTRY_SOURCE] = {"source", RECORD_TEXT, 0},
    [ENTRY_CONFIRMED_ON] = {"confirmed_on", RECORD_TEXT, 0},
    [ENTRY_STATE] = {"state", RECORD_TEXT, 0},
    [ENTRY_PUBLISH] = {"publish", RECORD_INT, 0},
};
static const struct record_table table = {"entries", columns,
    ENTRY_COLUMNS_N};

int64_t
entry_default(int column)
{
    return columns[column].number;
}

enum { TITLE_MAX = 200, SUMMARY_MAX = 4000, TAG_MAX = 40 };

static size_t
characters(const char *text)
{
    size_t n = 0;
    for (; *text != '\0'; text++) {
        n += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return n;
}

/* What the row will have: the draft's, else what it has. */
static const char *
value_text(const struct entry_writer *writer,
    const struct entry_draft *draft, int column)
{
    const struct record_value *value = &draft->record.values[column];
    return value->set ? value->text : writer->record.old.values[column].text;
}

const char *
entry_draft_check(const struct entry_writer *writer,
    const struct entry_draft *draft, const char **reason)
{
    size_t title = characters(value_text(writer, draft, ENTRY_TITLE));
    if (title < 1 || title > TITLE_MAX) {
        *reason = title < 1 ? "is empty" : "longer than 200 characters";
        return "title";
    }
    if (characters(value_text(writer, draft, ENTRY_SUMMARY)) > SUMMARY_MAX) {
        *reason = "longer than 4000 characters";
        return "summary";
    }
    const char *start = value_text(writer, draft, ENTRY_DATE_START);
    const char *end = value_text(writer, draft, ENTRY_DATE_END);
    if (start[0] != '\0' && end[0] != '\0' && strcmp(end, start) < 0) {
        *reason = "ends before it starts";
        return "date_end";
    }
    for (int i = 0; i < draft->lists[ENTRY_TAGS].n; i++) {
        if (characters(draft->lists[ENTRY_TAGS].items[i]) > TAG_MAX) {
            *reason = "a tag longer than 40 characters";
            return "tags";
        }
    }
    return NULL;
}

bool
entry_list_add(struct entry_list *list, const char *item, int64_t id)
{
    list->set = true;
    int at = 0;
    while (at < list->n && strcmp(list->items[at], item) < 0) {
        at++;
    }
    if (at < list->n && strcmp(list->items[at], item) == 0) {
        return true;
    }
    if (list->n == ENTRY_LIST_MAX) {
        return false;
    }
    for (int i = list->n++; i > at; i--) {
        list->items[i] = list->items[i - 1];
        list->ids[i] = list->ids[i - 1];
    }
    list->items[at] = item;
    list->ids[at] = id;
    return true;
}

static const struct {
    const char *table, *item;
} lists[ENTRY_LISTS_N] = {
    [ENTRY_TAGS] = {"entry_tags", "tag"},
    [ENTRY_TARGETS] = {"entry_targets", "target_id"},
    [ENTRY_THEMES] = {"entry_themes", "theme_id"},
    [ENTRY_PILLARS] = {"entry_pillars", "pillar_id"},
    [ENTRY_REGIONS] = {"entry_regions", "region_code"},
    [ENTRY_WISHES] = {"entry_wishes", "name"},
    [ENTRY_PARTNERS] = {"entry_partners", "name"},
};

bool
entry_list_names(enum entry_list_kind kind)
{
    return kind == ENTRY_WISHES || kind == ENTRY_PARTNERS;
}

static void
prepare_list(struct entry_writer *writer, enum entry_list_kind kind,
    struct err *err)
{
    char sql[256];
    const char *name = lists[kind].table, *item = lists[kind].item;
    bool names = entry_list_names(kind);
    snprintf(sql, sizeof(sql),
        "SELECT %s, %s FROM %s WHERE entry_id = ?1 ORDER BY 1", item,
        names ? "coalesce(organisation_id, 0)" : "0", name);
    writer->list_select[kind] = store_prepare(writer->store, sql, err);
    snprintf(sql, sizeof(sql), "DELETE FROM %s WHERE entry_id = ?1", name);
    writer->list_delete[kind] = store_prepare(writer->store, sql, err);
    snprintf(sql, sizeof(sql), "INSERT INTO %s (entry_id, %s%s) VALUES"
        " (?1, ?2%s)", name, item, names ? ", organisation_id" : "",
        names ? ", ?3" : "");
    writer->list_insert[kind] = store_prepare(writer->store, sql, err);
}

bool
entry_writer_open(struct entry_writer *writer, struct store *store,
    struct err *err)
{
    writer->store = store;
    record_writer_open(&writer->record, store, &table, err);
    for (enum entry_list_kind kind = 0; kind < ENTRY_LISTS_N; kind++) {
        prepare_list(writer, kind, err);
    }
    writer->line_select = store_prepare(store,
        "SELECT kind_id, text, quantity, unit, unit_cost_yen, min_lot,"
        " indivisible, for_public, line_no, per_day FROM entry_lines"
        " WHERE entry_id = ?1 ORDER BY line_no",
        err);
    writer->line_put = store_prepare(store,
        "INSERT INTO entry_lines (entry_id, line_no, kind_id, text,"
        " quantity, unit, unit_cost_yen, min_lot, indivisible, for_public,"
        " per_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        " ON CONFLICT (entry_id, line_no) DO UPDATE SET"
        " kind_id = excluded.kind_id, text = excluded.text,"
        " quantity = excluded.quantity, unit = excluded.unit,"
        " unit_cost_yen = excluded.unit_cost_yen,"
        " min_lot = excluded.min_lot, indivisible = excluded.indivisible,"
        " for_public = excluded.for_public, per_day = excluded.per_day",
        err);
    writer->line_cut = store_prepare(store,
        "DELETE FROM entry_lines WHERE entry_id = ?1 AND line_no > ?2",
        err);
    writer->screening = store_prepare(store,
        "INSERT INTO screenings (entry_id, requirement_id, result, note,"
        " actor, at) SELECT ?1, id, 'pass', 'import --approve', ?2, ?3"
        " FROM requirements WHERE true ON CONFLICT DO NOTHING",
        err);
    writer->step = store_prepare(store,
        "INSERT INTO entry_steps (entry_id, step, from_state, to_state,"
        " reason, actor, at) VALUES (?1, CASE ?3 WHEN 'approved' THEN"
        " 'approve' WHEN 'withdrawn' THEN 'withdraw' WHEN 'archived' THEN"
        " 'expire' WHEN 'draft' THEN 'reopen' ELSE 'submit' END, ?2, ?3,"
        " iif(?3 = 'submitted', '" ENTRY_CHANGED "', ''), ?4, ?5)",
        err);
    return err->kind == ERR_NONE;
}

void
entry_writer_close(struct entry_writer *writer)
{
    record_writer_close(&writer->record);
    for (int kind = 0; kind < ENTRY_LISTS_N; kind++) {
        store_finish(writer->list_select[kind]);
        store_finish(writer->list_delete[kind]);
        store_finish(writer->list_insert[kind]);
    }
    store_finish(writer->line_select);
    store_finish(writer->line_put);
    store_finish(writer->line_cut);
    store_finish(writer->screening);
    store_finish(writer->step);
}

/* The rules of entry.h; the result is in *row. */
static void
set_state(struct record *row, const struct entry_draft *draft,
    const struct record_writer *writer, bool content)
{
    const char *old = writer->old.values[ENTRY_STATE].text;
    bool open = !writer->exists || strcmp(old, "draft") == 0 ||
                strcmp(old, "submitted") == 0 ||
                strcmp(old, "returned") == 0;
    bool approved = strcmp(old, "approved") == 0;
    if (draft->forced != NULL) {
        record_text(row, ENTRY_STATE, draft->forced);
        if (draft->approve && !writer->exists &&
            strcmp(draft->forced, "archived") == 0) {
            record_int(row, ENTRY_PUBLISH, 1); /* a case to learn from */
        }
    } else if (draft->approve && open) {
        record_text(row, ENTRY_STATE, "approved");
        record_int(row, ENTRY_PUBLISH, 1);
    } else if (draft->approve && approved) {
        record_text(row, ENTRY_STATE, "approved"); /* publish: as it is */
    } else if (!writer->exists ||
               (content && (approved || strcmp(old, "returned") == 0))) {
        record_text(row, ENTRY_STATE, "submitted");
    }
    const char *confirmed = writer->old.values[ENTRY_CONFIRMED_ON].text;
    if (strcmp(row->values[ENTRY_CONFIRMED_ON].text, confirmed) < 0) {
        record_text(row, ENTRY_CONFIRMED_ON, confirmed);
    }
}

static bool
pass_screenings(struct entry_writer *writer, int64_t id, bool *changed,
    struct err *err)
{
    char now[21];
    store_now(now);
    store_bind_int(writer->screening, 1, id);
    store_bind_text(writer->screening, 2, store_actor(writer->store));
    store_bind_text(writer->screening, 3, now);
    bool ok = store_run(writer->screening, err);
    *changed = *changed || (ok && store_changes(writer->store) > 0);
    return ok;
}

/* A known entry's new state is in its way as what staff did is. */
static bool
note_step(struct entry_writer *writer, const struct record *record,
    struct err *err)
{
    const struct record_writer *row = &writer->record;
    if (!row->exists || !record_differs(row, record, ENTRY_STATE)) {
        return true;
    }
    char now[21];
    store_now(now);
    store_bind_int(writer->step, 1, row->id);
    store_bind_text(writer->step, 2, row->old.values[ENTRY_STATE].text);
    store_bind_text(writer->step, 3, record->values[ENTRY_STATE].text);
    store_bind_text(writer->step, 4, store_actor(writer->store));
    store_bind_text(writer->step, 5, now);
    return store_run(writer->step, err);
}

bool
entry_load(struct entry_writer *writer, const char *key, struct err *err)
{
    return record_load(&writer->record, key, err);
}

bool
entry_put(struct entry_writer *writer, const struct entry_draft *draft,
    int64_t *id, enum put_outcome *outcome, struct err *err)
{
    struct record_writer *row = &writer->record;
    bool existed = row->exists, content = !existed, changed = !existed;
    for (int i = 0; existed && i < ENTRY_CONTENT_N; i++) {
        content = content || record_differs(row, &draft->record, i);
    }
    if (existed && !content &&
        !entry_children_differ(writer, draft, row->id, &content, err)) {
        return false;
    }
    struct record record = draft->record;
    set_state(&record, draft, row, content);
    for (int i = 0; i < ENTRY_COLUMNS_N; i++) {
        changed = changed || record_differs(row, &record, i);
    }
    if ((changed || content) &&
        (!record_write(row, draft->key, &record, err) ||
            !note_step(writer, &record, err))) {
        return false;
    }
    *id = row->id;
    if (content && !entry_children_write(writer, draft, *id, err)) {
        return false;
    }
    changed = changed || content;
    if (draft->approve && draft->forced == NULL &&
        !pass_screenings(writer, *id, &changed, err)) {
        return false;
    }
    *outcome = !existed  ? PUT_INSERTED
               : changed ? PUT_UPDATED
                         : PUT_UNCHANGED;
    return true;
}
