/*
 * import_entries.c: entry sheets (エントリーシート) as CSV: needs and offers.
 *
 * Key       sheet: and the cell エントリーキー.
 * Origin    example if the organisation is an example, else what the options
 *           say, else sheet.
 */
#include <string.h>

#include "day_text.h"
#include "import.h"
#include "import_entries.h"
#include "urgency.h"

static void
take_side(struct import *import, struct record *record)
{
    const char *text = import_cell(import, ENTRIES_SIDE);
    const char *side = import_side_word(text);
    if (side != NULL) {
        record_text(record, ENTRY_SIDE, side);
        return;
    }
    import_bad(import, ENTRIES_SIDE, "neither need (ニーズ) nor offer "
                                     "(シーズ): \"%s\"",
        text);
}

/* The row's organisation, or that of --organisation. */
static bool
take_organisation(struct import *import, struct record *record,
    struct err *err)
{
    const char *text = import_cell(import, ENTRIES_ORGANISATION);
    if (text[0] == '\0' && import->options->organisation_key != NULL) {
        text = import->options->organisation_key;
    }
    if (text[0] == '\0') {
        import_bad(import, ENTRIES_ORGANISATION, "is empty");
        return true;
    }
    int64_t id = organisation_find(&import->organisations, text, err);
    if (err->kind != ERR_NONE) {
        return false;
    }
    if (id <= 0) {
        import_bad(import, ENTRIES_ORGANISATION,
            id == 0 ? "no such organisation: \"%s\""
                    : "several organisations of this name: \"%s\"",
            text);
        return true;
    }
    record_int(record, ENTRY_ORGANISATION, id);
    struct store_stmt *stmt = store_prepare(import->store,
        "SELECT origin = 'example' FROM organisations WHERE id = ?1", err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, id);
    bool example = store_step(stmt, err) == 1 && store_int(stmt, 0) == 1;
    store_finish(stmt);
    record_text(record, ENTRY_ORIGIN, example ? "example"
        : import->options->origin != NULL     ? import->options->origin
                                              : "sheet");
    return true;
}

/* 県域, オンライン or the regions it serves; blank: where it stands.  A known
 * entry keeps its own where the sheet has no such column. */
static void
take_reach(struct import *import, struct entry_draft *draft)
{
    const char *text = import_cell(import, ENTRIES_REACH), *item;
    struct entry_list *regions = &draft->lists[ENTRY_REGIONS];
    bool at_home = import_cell(import, ENTRIES_REGION)[0] != '\0';
    const char *reach = at_home ? "regions" : "prefecture";
    regions->set = import_has(import, ENTRIES_REACH);
    if (table_same_name(text, "県域") || table_same_name(text, "prefecture")) {
        reach = "prefecture";
    } else if (table_same_name(text, "オンライン") ||
               table_same_name(text, "online")) {
        reach = "online";
    } else {
        while ((item = import_item(&import->row_arena, &text)) != NULL) {
            const char *code = region_find_name(&import->regions, item);
            if (code == NULL || !entry_list_add(regions, code, 0)) {
                import_bad(import, ENTRIES_REACH,
                    code == NULL ? "no such region: \"%s\""
                                 : "too many regions: \"%s\"",
                    item);
            }
            reach = "regions";
        }
    }
    if (regions->set) {
        record_text(&draft->record, ENTRY_REACH, reach);
    } else {
        record_start_text(&draft->record, ENTRY_REACH, reach);
    }
}

static bool
take_wishes(struct import *import, struct entry_draft *draft,
    struct err *err)
{
    const char *text = import_cell(import, ENTRIES_WISHES), *item;
    draft->lists[ENTRY_WISHES].set = import_has(import, ENTRIES_WISHES);
    while ((item = import_item(&import->row_arena, &text)) != NULL) {
        int64_t id = organisation_find(&import->organisations, item, err);
        if (err->kind != ERR_NONE) {
            return false;
        }
        if (!entry_list_add(&draft->lists[ENTRY_WISHES], item,
                id > 0 ? id : 0)) {
            import_bad(import, ENTRIES_WISHES, "more than %d items",
                ENTRY_LIST_MAX);
        }
    }
    return true;
}

static void
take_when(struct import *import, struct record *record)
{
    int bits = 0;
    const char *days = import_cell(import, ENTRIES_WEEKDAYS);
    import_text(import, record, ENTRY_DATE_TEXT, ENTRIES_WHEN);
    import_date(import, record, ENTRY_DATE_START, ENTRIES_DATE_START);
    import_date(import, record, ENTRY_DATE_END, ENTRIES_DATE_END);
    import_text(import, record, ENTRY_TIME_TEXT, ENTRIES_TIME_TEXT);
    import_time(import, record, ENTRY_TIME_START, ENTRIES_TIME_START);
    import_time(import, record, ENTRY_TIME_END, ENTRIES_TIME_END);
    if (days[0] != '\0' && !day_text_weekdays(days, &bits)) {
        import_bad(import, ENTRIES_WEEKDAYS, "no weekdays: \"%s\"", days);
    } else if (import_has(import, ENTRIES_WEEKDAYS)) {
        record_int(record, ENTRY_WEEKDAYS, bits);
    }
}

static void
take_texts(struct import *import, struct record *record)
{
    static const struct {
        int field, column;
    } texts[] = {{ENTRY_TITLE, ENTRIES_TITLE},
        {ENTRY_TITLE_KANA, ENTRIES_TITLE_KANA},
        {ENTRY_SUMMARY, ENTRIES_SUMMARY},
        {ENTRY_TARGET_TEXT, ENTRIES_TARGET_TEXT},
        {ENTRY_OWN_TEXT, ENTRIES_OWN}, {ENTRY_WANTED_TEXT, ENTRIES_WANTED},
        {ENTRY_PLACE, ENTRIES_PLACE}, {ENTRY_ADDRESS, ENTRIES_ADDRESS},
        {ENTRY_CONTACT_NAME, ENTRIES_CONTACT},
        {ENTRY_CONTACT_PERSON, ENTRIES_PERSON},
        {ENTRY_ACCESS_TEXT, ENTRIES_ACCESS}, {ENTRY_NOTE, ENTRIES_NOTE}};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        import_text(import, record, texts[i].field, texts[i].column);
    }
    import_ranges(record,
        import_has(import, ENTRIES_PEOPLE)
            ? import_cell(import, ENTRIES_PEOPLE)
            : NULL,
        import_has(import, ENTRIES_DURATION)
            ? import_cell(import, ENTRIES_DURATION)
            : NULL,
        import_has(import, ENTRIES_COST) ? import_cell(import, ENTRIES_COST)
                                         : NULL);
}

/* Blank means what a new entry has, also where there was more before. */
static void
take_default(struct import *import, struct record *record, int field,
    int column)
{
    if (import_has(import, column)) {
        record_int(record, field, entry_default(field));
    }
}

static void
take_count(struct import *import, struct record *record, int field,
    int column, int64_t min, int64_t max)
{
    take_default(import, record, field, column);
    import_count_cell(import, record, field, column, min, max);
}

static void
take_urgency(struct import *import, struct record *record)
{
    int urgency = urgency_find(import_cell(import, ENTRIES_URGENCY));
    if (urgency >= 0) {
        record_int(record, ENTRY_URGENCY, urgency);
    } else {
        take_count(import, record, ENTRY_URGENCY, ENTRIES_URGENCY, 0, 3);
    }
}

static void
take_rest(struct import *import, struct entry_draft *draft)
{
    struct record *record = &draft->record;
    import_term(import, record, ENTRY_ACTIVITY_KIND, ENTRIES_ACTIVITY,
        &import->activities);
    import_region(import, record, ENTRY_REGION, ENTRIES_REGION);
    import_degrees(import, record, ENTRY_LAT, ENTRY_LON, ENTRIES_LAT,
        ENTRIES_LON);
    take_default(import, record, ENTRY_REACH_HARD, ENTRIES_REACH_HARD);
    import_flag(import, record, ENTRY_REACH_HARD, ENTRIES_REACH_HARD);
    take_urgency(import, record);
    take_count(import, record, ENTRY_BUDGET, ENTRIES_BUDGET, 0, 1000000000);
    take_count(import, record, ENTRY_MAX_PARTNERS, ENTRIES_MAX_PARTNERS, 1,
        1000);
    take_count(import, record, ENTRY_MAX_NEEDS, ENTRIES_MAX_NEEDS, 1, 1000);
    import_phone(import, record, ENTRY_CONTACT_PHONE, ENTRIES_PHONE);
    import_email(import, record, ENTRY_CONTACT_EMAIL, ENTRIES_EMAIL);
    import_url(import, record, ENTRY_URL, ENTRIES_URL);
    import_date(import, record, ENTRY_EXPIRES_ON, ENTRIES_EXPIRES);
    /* Blank shows no contact that was hidden before. */
    import_flag(import, record, ENTRY_PUBLISH_CONTACT,
        ENTRIES_PUBLISH_CONTACT);
    import_list(import, &draft->lists[ENTRY_TAGS], ENTRIES_TAGS, NULL);
    import_list(import, &draft->lists[ENTRY_TARGETS], ENTRIES_TARGETS,
        &import->targets);
    import_list(import, &draft->lists[ENTRY_THEMES], ENTRIES_THEMES,
        &import->themes);
    import_list(import, &draft->lists[ENTRY_PILLARS], ENTRIES_PILLARS,
        &import->pillars);
    import_lines(import, draft, ENTRIES_LINES);
    if (import_cell(import, ENTRIES_CONFIRMED)[0] != '\0') {
        import_date(import, record, ENTRY_CONFIRMED_ON, ENTRIES_CONFIRMED);
    }
    if (import_cell(import, ENTRIES_SOURCE)[0] != '\0') {
        import_text(import, record, ENTRY_SOURCE, ENTRIES_SOURCE);
    }
}

/* What does not go together. */
static void
check(struct import *import, const struct entry_draft *draft)
{
    const struct record_value *side = &draft->record.values[ENTRY_SIDE];
    bool need = side->set && strcmp(side->text, "need") == 0;
    for (int i = 0; need && i < draft->lines_n; i++) {
        if (draft->lines[i].for_public || draft->lines[i].per_day) {
            import_bad(import, ENTRIES_LINES,
                "%s is for offers, this is a need",
                draft->lines[i].for_public ? "住民向け" : "曜日ごと");
        }
    }
    if (draft->lines_n == 0) {
        import_bad(import, ENTRIES_LINES, "has no line");
    }
    if (import_cell(import, ENTRIES_TITLE)[0] == '\0') {
        import_bad(import, ENTRIES_TITLE, "is empty");
    }
}

/* Two organisations that number their sheets 1, 2, 3 do not write over each
 * other, nor does a need over the offer that plans have. */
static bool
check_known(struct import *import, const struct entry_draft *draft,
    struct err *err)
{
    const struct record_writer *row = &import->entries.record;
    const struct record_value *now = draft->record.values,
                              *old = row->old.values;
    if (import->row_bad || !entry_load(&import->entries, draft->key, err)) {
        return err->kind == ERR_NONE;
    }
    if (row->exists &&
        old[ENTRY_ORGANISATION].number != now[ENTRY_ORGANISATION].number) {
        import_bad(import, ENTRIES_KEY,
            "is the key of another organisation's entry: \"%s\"",
            old[ENTRY_TITLE].text);
    } else if (row->exists &&
               strcmp(old[ENTRY_SIDE].text, now[ENTRY_SIDE].text) != 0) {
        import_bad(import, ENTRIES_KEY, "is the key of %s: \"%s\"",
            strcmp(old[ENTRY_SIDE].text, "need") == 0 ? "a need" : "an offer",
            old[ENTRY_TITLE].text);
    }
    return true;
}

static bool
row(struct import *import, struct err *err)
{
    struct entry_draft *draft =
        arena_alloc(&import->row_arena, sizeof(*draft));
    const char *key = import_key(import, ENTRIES_KEY,
        "SELECT 1 FROM entries WHERE key = 'sheet:' || ?1", err);
    if (err->kind != ERR_NONE) {
        return false;
    }
    if (key[0] == '\0') {
        import_bad(import, ENTRIES_KEY, "is empty");
    }
    draft->key = arena_format(&import->row_arena, "sheet:%s", key);
    import_begin_entry(import, draft);
    take_side(import, &draft->record);
    take_texts(import, &draft->record);
    take_when(import, &draft->record);
    take_rest(import, draft);
    take_reach(import, draft);
    check(import, draft);
    if (!take_organisation(import, &draft->record, err) ||
        !take_wishes(import, draft, err) ||
        !check_known(import, draft, err)) {
        return false;
    }
    if (import->row_bad || !import_key_new(import, draft->key, ENTRIES_KEY,
                               err)) {
        return err->kind == ERR_NONE;
    }
    return import_put_entry(import, draft, err);
}

const struct import_kind import_entries = {
    .name = "entries",
    .columns = import_entries_columns,
    .columns_n = ENTRIES_COLUMNS_N,
    .row = row,
    .remarks = true,
};
