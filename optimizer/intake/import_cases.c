/*
 * import_cases.c: the collected cases (demo/cases.csv): what members have
 * done and are doing, as offers.
 *
 * Key       case: and case_id.
 * State     ongoing: an offer like any other; done, planned, reference,
 *           not_held: archived (kept for the staff, never matched).
 * Lines     one for each offered resource.  What residents can use (a place,
 *           a lecture, an experience, a consultation, food to take) is open
 *           to them unless the case is for supporters or companies; the
 *           capacity is the case's, else CASE_VISITORS a month, a modest
 *           guess that staff correct with an entry sheet.
 * Organisation  the first of member_ids, else of organisations by name; an
 *           unknown name becomes an organisation of the partner list.  The
 *           others in the same way, each by its place in both lists: with
 *           whom it was done (連携).
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "day_text.h"
#include "import.h"

enum { CASE_VISITORS = 20 };

enum column {
    ID,
    TITLE,
    KIND,
    STATUS,
    ORGANISATIONS,
    MEMBERS,
    REGION,
    PLACE,
    TARGETS,
    TARGET_TEXT,
    CAPACITY_MAX,
    CAPACITY_TEXT,
    DURATION_MIN,
    DURATION_MAX,
    TIME_TEXT,
    DATE_START,
    DATE_END,
    DATE_TEXT,
    COST_TEXT,
    NEEDS_TEXT,
    OFFERS,
    THEMES,
    PILLARS,
    TAGS,
    SUMMARY,
    NOTE,
    COLUMNS_N
};

static const struct import_column columns[COLUMNS_N] = {
    [ID] = {"case_id", true, NULL, NULL},
    [TITLE] = {"title", true, NULL, NULL},
    [KIND] = {"kind_id", true, NULL, NULL},
    [STATUS] = {"status", true, NULL, NULL},
    [ORGANISATIONS] = {"organisations", true, NULL, NULL},
    [MEMBERS] = {"member_ids", false, NULL, NULL},
    [REGION] = {"region_code", true, NULL, NULL},
    [PLACE] = {"place", false, NULL, NULL},
    [TARGETS] = {"target_ids", false, NULL, NULL},
    [TARGET_TEXT] = {"target_text", false, NULL, NULL},
    [CAPACITY_MAX] = {"capacity_max", false, NULL, NULL},
    [CAPACITY_TEXT] = {"capacity_text", false, NULL, NULL},
    [DURATION_MIN] = {"minutes_min", false, NULL, NULL},
    [DURATION_MAX] = {"minutes_max", false, NULL, NULL},
    [TIME_TEXT] = {"time_text", false, NULL, NULL},
    [DATE_START] = {"date_start", false, NULL, NULL},
    [DATE_END] = {"date_end", false, NULL, NULL},
    [DATE_TEXT] = {"date_text", false, NULL, NULL},
    [COST_TEXT] = {"cost_text", false, NULL, NULL},
    [NEEDS_TEXT] = {"needs_text", false, NULL, NULL},
    [OFFERS] = {"offers_resource_ids", true, NULL, NULL},
    [THEMES] = {"theme_ids", false, NULL, NULL},
    [PILLARS] = {"pillar_ids", false, NULL, NULL},
    [TAGS] = {"tags", false, NULL, NULL},
    [SUMMARY] = {"summary", false, NULL, NULL},
    [NOTE] = {"note", false, NULL, NULL},
};

static void
take_status(struct import *import, struct entry_draft *draft)
{
    static const char *const closed[] = {"done", "planned", "reference",
        "not_held"};
    const char *status = import_cell(import, STATUS);
    if (strcmp(status, "ongoing") == 0) {
        return;
    }
    for (size_t i = 0; i < sizeof(closed) / sizeof(closed[0]); i++) {
        if (strcmp(status, closed[i]) == 0) {
            draft->forced = "archived";
            return;
        }
    }
    import_bad(import, STATUS, "no such status: \"%s\"", status);
}

/* The organisation of a name that nobody has, made. */
static int64_t
make_organisation(struct import *import, const char *name, struct err *err)
{
    struct organisation_draft draft = {
        .key = arena_format(&import->row_arena, "name:%s", name)};
    record_text(&draft.record, ORG_ORIGIN, "partner");
    record_text(&draft.record, ORG_NAME, name);
    record_int(&draft.record, ORG_LINKED, 1);
    record_int(&draft.record, ORG_PUBLISH, 1);
    int64_t id;
    enum put_outcome outcome;
    if (!organisation_put(&import->organisations, &draft, &id, &outcome,
            err)) {
        return -1;
    }
    import->counts.organisations += outcome == PUT_INSERTED;
    return id;
}

/* The organisation of a key or, where that is none, of a name; 0: none. */
static bool
find_organisation(struct import *import, const char *key, const char *name,
    int64_t *found, struct err *err)
{
    int64_t id = 0;
    if (key != NULL) {
        id = organisation_find(&import->organisations, key, err);
    }
    if (id == 0 && name != NULL && err->kind == ERR_NONE) {
        id = organisation_find(&import->organisations, name, err);
    }
    if (err->kind != ERR_NONE) {
        return false;
    }
    if (id == 0 && name != NULL && !import->row_bad) {
        id = make_organisation(import, name, err);
    }
    if (id <= 0 && err->kind == ERR_NONE && !import->row_bad) {
        import_bad(import, ORGANISATIONS,
            name == NULL ? "names no organisation"
                         : "several organisations of this name");
    }
    *found = id;
    return err->kind == ERR_NONE;
}

static bool
take_organisations(struct import *import, struct entry_draft *draft,
    struct err *err)
{
    const char *keys = import_cell(import, MEMBERS);
    const char *names = import_cell(import, ORGANISATIONS);
    const char *key = import_item(&import->row_arena, &keys);
    const char *name = import_item(&import->row_arena, &names);
    struct entry_list *partners = &draft->lists[ENTRY_PARTNERS];
    int64_t id;
    if (!find_organisation(import, key, name, &id, err)) {
        return false;
    }
    record_int(&draft->record, ENTRY_ORGANISATION, id);
    partners->set = true;
    while ((key = import_item(&import->row_arena, &keys)),
        (name = import_item(&import->row_arena, &names)),
        key != NULL || name != NULL) {
        if (!find_organisation(import, key, name, &id, err)) {
            return false;
        }
        if (!entry_list_add(partners, name != NULL ? name : key, id)) {
            import_bad(import, ORGANISATIONS, "more than %d organisations",
                ENTRY_LIST_MAX);
            return true;
        }
    }
    return true;
}

/* Where it is: a region, the whole prefecture, or on line. */
static void
take_place(struct import *import, struct record *record)
{
    const char *place = import_cell(import, PLACE);
    import_region(import, record, ENTRY_REGION, REGION);
    import_text(import, record, ENTRY_PLACE, PLACE);
    const struct record_value *region = &record->values[ENTRY_REGION];
    const struct region_place *at =
        region->set ? region_find_place(&import->regions, region->text)
                    : NULL;
    bool wide = at == NULL || strcmp(at->level, "prefecture") == 0;
    record_text(record, ENTRY_REACH,
        strstr(place, "オンライン") != NULL ? "online"
        : wide                              ? "prefecture"
                                            : "regions");
}

/* Days as precise as a day; 2020-06 and 2024 stay in the text alone. */
static void
take_when(struct import *import, struct record *record)
{
    static const int fields[2] = {ENTRY_DATE_START, ENTRY_DATE_END};
    static const int cells[2] = {DATE_START, DATE_END};
    for (int i = 0; i < 2; i++) {
        char day[11] = "";
        const char *text = import_cell(import, cells[i]);
        if (!day_text_parse(text, day) &&
            strspn(text, "0123456789-") != strlen(text)) {
            import_bad(import, cells[i], "not a day, month or year: \"%s\"",
                text);
        }
        record_text(record, fields[i],
            arena_string(&import->row_arena, day));
    }
    import_text(import, record, ENTRY_DATE_TEXT, DATE_TEXT);
    import_text(import, record, ENTRY_TIME_TEXT, TIME_TEXT);
}

static void
take_texts(struct import *import, struct record *record)
{
    static const struct {
        int field, column;
    } texts[] = {{ENTRY_TITLE, TITLE}, {ENTRY_SUMMARY, SUMMARY},
        {ENTRY_TARGET_TEXT, TARGET_TEXT}, {ENTRY_WANTED_TEXT, NEEDS_TEXT},
        {ENTRY_NOTE, NOTE}};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        import_text(import, record, texts[i].field, texts[i].column);
    }
    const char *cost = import_cell(import, COST_TEXT);
    bool unsaid = strstr(cost, "記載なし") != NULL;
    import_ranges(record, import_cell(import, CAPACITY_TEXT), NULL,
        unsaid ? "" : cost);
    import_count_cell(import, record, ENTRY_MINUTES_MIN, DURATION_MIN, 0,
        100000);
    import_count_cell(import, record, ENTRY_MINUTES_MAX, DURATION_MAX, 0,
        100000);
}

/* For residents: no target, or one that is neither supporter nor firm. */
static bool
for_residents(struct import *import, const struct entry_list *targets)
{
    for (int i = 0; i < targets->n; i++) {
        if (!vocab_below(&import->targets, targets->items[i],
                "supporters") &&
            !vocab_below(&import->targets, targets->items[i],
                "companies")) {
            return true;
        }
    }
    return targets->n == 0;
}

static bool
residents_use(struct import *import, const char *kind)
{
    static const char *const roots[] = {"ibasho", "lecture", "knowhow",
        "consultation", "digital_service", "venue_shop", "goods_food",
        "goods_daily"};
    for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
        if (vocab_below(&import->kinds, kind, roots[i])) {
            return true;
        }
    }
    return false;
}

/* What a quantity of a kind counts, as on the entry sheets. */
static const char *
unit_of(struct import *import, const char *kind)
{
    static const struct {
        const char *root, *unit;
    } units[] = {{"goods_food", "食"}, {"goods", "個"},
        {"people_lecturer", "回"}, {"people", "人"}, {"connections", "件"},
        {"consultation", "件"}, {"survey", "件"}};
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (vocab_below(&import->kinds, kind, units[i].root)) {
            return units[i].unit;
        }
    }
    return "回";
}

static void
take_lines(struct import *import, struct entry_draft *draft)
{
    struct entry_list kinds = {0};
    const struct record_value *people =
        &draft->record.values[ENTRY_PEOPLE_MAX];
    bool residents =
        for_residents(import, &draft->lists[ENTRY_TARGETS]);
    import_list(import, &kinds, OFFERS, &import->kinds);
    draft->lines_set = true;
    for (int i = 0; i < kinds.n; i++) {
        const char *kind = kinds.items[i];
        bool open = residents && residents_use(import, kind);
        int64_t room = people->set && people->number > 0 ? people->number
                                                         : CASE_VISITORS;
        struct entry_line line = {
            .kind_id = kind,
            .text = "",
            .quantity = open ? room : 1,
            .unit = open ? "人" : unit_of(import, kind),
            .for_public = open,
        };
        import_line_add(import, draft, OFFERS, &line);
    }
}

static bool
row(struct import *import, struct err *err)
{
    struct entry_draft *draft =
        arena_alloc(&import->row_arena, sizeof(*draft));
    const char *id = import_cell(import, ID);
    if (id[0] == '\0') {
        import_bad(import, ID, "is empty");
    }
    draft->key = arena_format(&import->row_arena, "case:%s", id);
    import_begin_entry(import, draft);
    record_text(&draft->record, ENTRY_SIDE, "offer");
    record_text(&draft->record, ENTRY_ORIGIN, "case");
    take_status(import, draft);
    import_term(import, &draft->record, ENTRY_ACTIVITY_KIND, KIND,
        &import->activities);
    take_texts(import, &draft->record);
    take_place(import, &draft->record);
    take_when(import, &draft->record);
    import_list(import, &draft->lists[ENTRY_TARGETS], TARGETS,
        &import->targets);
    import_list(import, &draft->lists[ENTRY_THEMES], THEMES,
        &import->themes);
    import_list(import, &draft->lists[ENTRY_PILLARS], PILLARS,
        &import->pillars);
    import_list(import, &draft->lists[ENTRY_TAGS], TAGS, NULL);
    take_lines(import, draft);
    if (!take_organisations(import, draft, err)) {
        return false;
    }
    if (import->row_bad || !import_key_new(import, draft->key, ID, err)) {
        return err->kind == ERR_NONE;
    }
    return import_put_entry(import, draft, err);
}

const struct import_kind import_cases = {
    .name = "cases",
    .columns = columns,
    .columns_n = COLUMNS_N,
    .row = row,
};
