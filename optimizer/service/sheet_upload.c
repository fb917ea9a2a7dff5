/* sheet_upload.c: rows of a template into sheets (sheet_upload.h). */
#include "sheet_upload.h"

#include <string.h>

#include "optimizer/base/day.h"
#include "optimizer/intake/day_text.h"
#include "optimizer/intake/import_entries.h"
#include "upload.h"

struct reader {
    struct call *call;
    struct table *table;
    int columns[ENTRIES_COLUMNS_N];
    struct region_find regions;
    struct sheet *sheet;
    const char *note; /* what has no field */
    struct sheet_upload_bad *bad;
};

/* Always false, and err stays as it is: the next row is read. */
static bool
bad_row(struct reader *reader, const char *text)
{
    struct sheet_upload_bad *bad = reader->bad;
    if (bad->n < SHEET_UPLOAD_MAX) {
        bad->texts[bad->n++] = arena_format(reader->call->arena,
            "%ld行目%s", csv_line(table_csv(reader->table), 0), text);
    }
    return false;
}

static bool
add(struct reader *reader, const char *name, const char *value,
    struct err *err)
{
    int max;
    size_t len = strlen(value), characters = 0;
    if (len == 0) {
        return true;
    }
    for (const char *p = value; *p != '\0'; p++) {
        characters += ((unsigned char)*p & 0xC0) != 0x80;
    }
    if (!sheet_name_valid(name, &max) || characters > (size_t)max) {
        const struct sheet_field *field = sheet_field_find(name);
        return bad_row(reader, arena_format(reader->call->arena,
            "：「%s」が長すぎます（%d字まで）",
            field != NULL && field->label != NULL ? field->label : name,
            max));
    }
    return request_add_field(&reader->sheet->fields, reader->call->arena,
               name, strlen(name), value, len, err) == 0;
}

static bool
refuse(struct reader *reader, int column, const char *text)
{
    const char *names = import_entries_columns[column].names;
    return bad_row(reader, arena_format(reader->call->arena,
        "「%.*s」：この言葉が分かりません：%s", (int)strcspn(names, "|"),
        names, text));
}

static bool
take_terms(struct reader *reader, const struct sheet_field *field,
    const char *text, struct err *err)
{
    struct vocab vocab;
    const char *one;
    if (!vocab_load(&vocab, reader->call->store, field->vocabulary,
            reader->call->arena, err)) {
        return false;
    }
    while ((one = import_item(reader->call->arena, &text)) != NULL) {
        const char *id = vocab_find(&vocab, one);
        if (id == NULL) {
            return refuse(reader, field->column, one);
        }
        if (!add(reader, field->name, id, err)) {
            return false;
        }
    }
    return true;
}

static bool
take_reach(struct reader *reader, const char *text, struct err *err)
{
    const char *reach = "regions", *one, *list = text;
    if (table_same_name(text, "県域") || table_same_name(text, "prefecture")) {
        return add(reader, "reach", "prefecture", err);
    }
    if (table_same_name(text, "オンライン") ||
        table_same_name(text, "online")) {
        return add(reader, "reach", "online", err);
    }
    while ((one = import_item(reader->call->arena, &list)) != NULL) {
        const char *code = region_find_name(&reader->regions, one);
        if (code == NULL) {
            return refuse(reader, ENTRIES_REACH, one);
        }
        if (!add(reader, "regions", code, err)) {
            return false;
        }
    }
    return text[0] == '\0' || add(reader, "reach", reach, err);
}

static bool
take_weekdays(struct reader *reader, const char *text, struct err *err)
{
    int bits = 0;
    if (text[0] != '\0' && !day_text_weekdays(text, &bits)) {
        return refuse(reader, ENTRIES_WEEKDAYS, text);
    }
    for (int i = 0; i < 7; i++) {
        if ((bits >> i & 1) != 0 &&
            !add(reader, "weekdays", day_weekday_ja(i), err)) {
            return false;
        }
    }
    return true;
}

static bool
take_region(struct reader *reader, const char *text, struct err *err)
{
    const char *code =
        text[0] != '\0' ? region_find_name(&reader->regions, text) : "";
    return code != NULL ? add(reader, "region", code, err)
                        : refuse(reader, ENTRIES_REGION, text);
}

/* As a browser's field of a day or a time has it: others it shows empty. */
static bool
take_when(struct reader *reader, const struct sheet_field *field,
    const char *text, struct err *err)
{
    char when[11] = "";
    bool known = text[0] == '\0' ||
                 (field->kind == SHEET_DATE ? day_text_parse(text, when)
                                            : day_text_time(text, when));
    bool midnight = known && strcmp(when, "24:00") == 0;
    return known ? add(reader, field->name, midnight ? "00:00" : when, err)
                 : refuse(reader, field->column, text);
}

static bool
take_flag(struct reader *reader, const struct sheet_field *field,
    const char *text, struct err *err)
{
    int word = text[0] != '\0' ? import_flag_word(text) : 0;
    return word < 0 ? refuse(reader, field->column, text)
                    : word == 0 || add(reader, field->name, "1", err);
}

static bool
take_cell(struct reader *reader, const struct sheet_field *field,
    const char *text, struct err *err)
{
    switch (field->kind) {
    case SHEET_TERM:
    case SHEET_TERMS:
        return take_terms(reader, field, text, err);
    case SHEET_PLACE:
        return take_region(reader, text, err);
    case SHEET_PLACES:
        return take_reach(reader, text, err);
    case SHEET_DAYS:
        return take_weekdays(reader, text, err);
    case SHEET_FLAG:
        return take_flag(reader, field, text, err);
    case SHEET_DATE:
    case SHEET_TIME:
        return take_when(reader, field, text, err);
    case SHEET_LINES:
        return add(reader, "lines_text", text, err);
    default:
        return add(reader, field->name, text, err);
    }
}

static const char *
cell(const struct reader *reader, int column)
{
    return import_trimmed(reader->call->arena,
        table_cell(reader->table, reader->columns[column]));
}

static void
keep(struct reader *reader, const char *name, int len, const char *text)
{
    reader->note = arena_format(reader->call->arena, "%s%s%.*s: %s",
        reader->note, reader->note[0] != '\0' ? "\n" : "", len, name, text);
}

/* Columns that the template does not have: somebody's own. */
static void
keep_strange(struct reader *reader)
{
    for (int c = 0; c < table_columns_n(reader->table); c++) {
        bool ours = table_cell(reader->table, c)[0] == '\0';
        for (int i = 0; i < ENTRIES_COLUMNS_N; i++) {
            ours = ours || reader->columns[i] == c;
        }
        if (!ours) {
            const char *name = table_name(reader->table, c);
            keep(reader, name, (int)strlen(name),
                table_cell(reader->table, c));
        }
    }
}

/* Columns that the site's sheet has no field for. */
static void
keep_rest(struct reader *reader)
{
    static const int known[] = {ENTRIES_KEY, ENTRIES_SIDE,
        ENTRIES_ORGANISATION, ENTRIES_PUBLISH_CONTACT, ENTRIES_NOTE};
    reader->note = cell(reader, ENTRIES_NOTE);
    for (int i = 0; i < ENTRIES_COLUMNS_N; i++) {
        bool has_field = cell(reader, i)[0] == '\0';
        for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++) {
            has_field = has_field || known[k] == i;
        }
        for (const struct sheet_field *f = sheet_fields; f->name != NULL;
            f++) {
            has_field = has_field || f->column == i;
        }
        if (!has_field) {
            const char *names = import_entries_columns[i].names;
            keep(reader, names, (int)strcspn(names, "|"), cell(reader, i));
        }
    }
}

static bool
take_row(struct reader *reader, struct err *err)
{
    const char *side = cell(reader, ENTRIES_SIDE);
    const char *word = import_side_word(side);
    if (word == NULL) {
        return refuse(reader, ENTRIES_SIDE, side);
    }
    bool need = strcmp(word, "need") == 0;
    for (int i = 0; i < ENTRIES_COLUMNS_N; i++) {
        if (import_formula_error(cell(reader, i))) {
            return refuse(reader, i, cell(reader, i));
        }
    }
    if (!sheet_new(reader->call, need, reader->sheet, err)) {
        return false;
    }
    keep_rest(reader);
    keep_strange(reader);
    for (const struct sheet_field *f = sheet_fields; f->name != NULL; f++) {
        if (f->column == SHEET_NO_COLUMN ||
            f->side == (need ? SHEET_OFFER : SHEET_NEED)) {
            continue;
        }
        const char *text = f->column == ENTRIES_NOTE ? reader->note
                                                     : cell(reader, f->column);
        if (!take_cell(reader, f, text, err)) {
            return false;
        }
    }
    const char *show = cell(reader, ENTRIES_PUBLISH_CONTACT);
    return (show[0] == '\0' || import_flag_word(show) == 1 ||
               add(reader, "hide_contact", "1", err)) &&
           add(reader, "org_name", cell(reader, ENTRIES_ORGANISATION), err) &&
           sheet_save(reader->call, reader->sheet, err);
}

static bool
match(struct reader *reader, struct err *err)
{
    for (int i = 0; i < ENTRIES_COLUMNS_N; i++) {
        reader->columns[i] =
            table_match(reader->table, import_entries_columns[i].names, err);
        if (reader->columns[i] == -2) {
            return false;
        }
    }
    return (reader->columns[ENTRIES_SIDE] >= 0 &&
               reader->columns[ENTRIES_TITLE] >= 0) ||
           fail(err, ERR_INPUT, "ひな形の見出し（種別、題名など）がありません。"
                                "1行目はそのままにしてください。");
}

static bool
read_rows(struct reader *reader, struct sheet *sheets, int *n,
    struct err *err)
{
    int step;
    while ((step = table_next(reader->table, err)) > 0) {
        if (step == 2) {
            bad_row(reader, "：列の数が見出しと違います");
            continue;
        }
        if (import_remark(table_cell(reader->table, 0)) ||
            (cell(reader, ENTRIES_TITLE)[0] == '\0' &&
                cell(reader, ENTRIES_SIDE)[0] == '\0')) {
            continue;
        }
        if (*n == SHEET_UPLOAD_MAX) {
            return fail(err, ERR_INPUT, "一度に%d行までです",
                SHEET_UPLOAD_MAX);
        }
        reader->sheet = &sheets[(*n)++];
        if (!take_row(reader, err) && err->kind != ERR_NONE) {
            return false;
        }
    }
    return step == 0 &&
           (*n > 0 || reader->bad->n > 0 ||
               fail(err, ERR_INPUT, "書きこまれた行がありません"));
}

bool
sheet_upload(struct call *call, struct sheet **sheets, int *n,
    struct sheet_upload_bad *bad, struct err *err)
{
    struct reader reader = {.call = call, .bad = bad};
    struct csv *csv = upload_take(call->upload, err);
    *sheets = arena_array(call->arena, SHEET_UPLOAD_MAX, sizeof(**sheets));
    *n = bad->n = 0;
    if (csv == NULL) {
        return false;
    }
    reader.table = table_open(csv, err);
    bool ok = reader.table != NULL &&
              region_find_load(&reader.regions, call->store, call->arena,
                  err) &&
              match(&reader, err) && read_rows(&reader, *sheets, n, err);
    table_close(reader.table);
    upload_name(call->upload, err);
    return ok;
}
