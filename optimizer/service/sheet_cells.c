/* sheet_cells.c: what stands in the fields of a sheet, as the cells that the
 * import reads (sheet.h). */
#include <stdio.h>
#include <string.h>

#include "optimizer/base/day.h"
#include "optimizer/intake/import_entries.h"
#include "sheet.h"

static void
put_cell(struct html *row, const char *text)
{
    html_raw(row, row->len > 0 ? ",\"" : "\"");
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            html_raw(row, "\"");
        }
        html_bytes(row, text, 1);
    }
    html_raw(row, "\"");
}

/* Names as the import has them, up to its first '|'. */
static void
put_name(struct html *row, const char *names)
{
    char name[200];
    snprintf(name, sizeof(name), "%.*s", (int)strcspn(names, "|"), names);
    put_cell(row, name);
}

static const char *
finish(struct call *call, struct html *head, struct html *row)
{
    html_raw(head, "\n");
    html_bytes(head, row->text, row->len);
    html_raw(head, "\n");
    const char *csv = arena_bytes(call->arena, head->text, head->len);
    html_release(head);
    html_release(row);
    return csv;
}

/* Spaces and separators of the lines' grammar leave a word, ';' a text. */
static const char *
plain(struct call *call, const char *text, bool is_word)
{
    static const char *const words[] = {"一括", "住民向け", "最小", "@",
        "＠", "曜日ごと"};
    char *out = arena_string(call->arena, text);
    for (char *p = out; *p != '\0'; p++) {
        if (*p == ';' || *p == '\n' || *p == '\t' || (is_word && *p == ' ')) {
            *p = is_word ? '_' : ' ';
        }
    }
    for (size_t i = 0; !is_word && i < sizeof(words) / sizeof(words[0]);
        i++) {
        if (strncmp(out, words[i], strlen(words[i])) == 0) {
            return arena_format(call->arena, "※%s", out);
        }
    }
    return out;
}

static const char *
line_cell(struct call *call, const struct sheet *sheet, int n)
{
#define PART(part) sheet_row_value(call, sheet, "line", n, part)
    const char *kind = PART("kind"), *cost = PART("cost"),
               *min = PART("min"), *text = PART("text");
    if (kind[0] == '\0') {
        return "";
    }
    return arena_format(call->arena, "%s %s%s%s%s%s%s%s%s%s%s%s\n",
        plain(call, kind, true), plain(call, PART("quantity"), true),
        plain(call, PART("unit"), true), cost[0] != '\0' ? " @" : "",
        plain(call, cost, true), min[0] != '\0' ? " 最小" : "",
        plain(call, min, true), PART("whole")[0] == '1' ? " 一括" : "",
        PART("slots")[0] == '1' && !sheet->need ? " 曜日ごと" : "",
        PART("public")[0] == '1' && !sheet->need ? " 住民向け" : "",
        text[0] != '\0' ? " " : "", plain(call, text, false));
#undef PART
}

static const char *
lines_cell(struct call *call, const struct sheet *sheet)
{
    const char *cell = sheet_value(sheet, "lines_text");
    for (int n = 1; n <= SHEET_LINES_MAX; n++) {
        const char *line = line_cell(call, sheet, n);
        cell = arena_format(call->arena, "%s%s%s", cell,
            line[0] != '\0' && cell[0] != '\0' ? "\n" : "", line);
    }
    return cell;
}

/* What several days come to: words, first, last, weekdays, common times. */
struct days {
    const char *text, *first, *last, *start, *end;
    int weekdays;
};

static struct days
read_days(struct call *call, const struct sheet *sheet)
{
    struct days days = {.text = "", .first = "", .last = ""};
    for (int n = 1; n <= SHEET_DAYS_MAX; n++) {
        const char *date = sheet_row_value(call, sheet, "day", n, "date");
        const char *start = sheet_row_value(call, sheet, "day", n, "start");
        const char *end = sheet_row_value(call, sheet, "day", n, "end");
        if (!day_valid(date)) {
            continue; /* sheet_check() names it */
        }
        bool none = days.first[0] == '\0';
        days.text = arena_format(call->arena, "%s%s%s%s%s%s%s", days.text,
            none ? "" : "、", date, start[0] != '\0' ? " " : "", start,
            start[0] != '\0' || end[0] != '\0' ? "～" : "", end);
        days.first = none || strcmp(date, days.first) < 0 ? date : days.first;
        days.last = strcmp(date, days.last) > 0 ? date : days.last;
        days.weekdays |= 1 << day_weekday(day_parse(date, 0));
        days.start = none                                   ? start
                     : strcmp(days.start, start) == 0 ? start
                                                            : "";
        days.end = none ? end : strcmp(days.end, end) == 0 ? end : "";
    }
    return days;
}

static const char *
weekdays_text(struct call *call, int bits)
{
    const char *text = "";
    for (int i = 0; i < 7; i++) {
        if ((bits >> i & 1) != 0) {
            text = arena_format(call->arena, "%s%s%s", text,
                text[0] != '\0' ? "・" : "", day_weekday_ja(i));
        }
    }
    return text;
}

/* Several values with ';' between; weekdays with '・'. */
static const char *
joined(struct call *call, const struct sheet *sheet, const char *name,
    const char *between)
{
    const char *text = "", *value;
    for (size_t n = 0; (value = sheet_value_nth(sheet, name, n)) != NULL;
        n++) {
        text = arena_format(call->arena, "%s%s%s", text,
            n > 0 ? between : "", value);
    }
    return text;
}

static const char *
reach_cell(struct call *call, const struct sheet *sheet)
{
    const char *reach = sheet_value(sheet, "reach");
    return strcmp(reach, "prefecture") == 0 ? "県域"
           : strcmp(reach, "online") == 0
               ? "オンライン"
               : joined(call, sheet, "regions", ";");
}

static const char *
or_else(const char *value, const char *otherwise)
{
    return value[0] != '\0' ? value : otherwise;
}

static const char *
when_cell(struct call *call, const struct sheet *sheet,
    const struct days *days, int column)
{
    char *both;
    switch (column) {
    case ENTRIES_WHEN:
        both = arena_format(call->arena, "%s%s%s", days->text,
            days->text[0] != '\0' &&
                    sheet_value(sheet, "date_text")[0] != '\0'
                ? "　"
                : "",
            sheet_value(sheet, "date_text"));
        return both;
    case ENTRIES_DATE_START:
        return or_else(sheet_value(sheet, "date_start"), days->first);
    case ENTRIES_DATE_END:
        return or_else(sheet_value(sheet, "date_end"), days->last);
    case ENTRIES_TIME_START:
        return or_else(sheet_value(sheet, "time_start"),
            days->start != NULL ? days->start : "");
    case ENTRIES_TIME_END:
        return or_else(sheet_value(sheet, "time_end"),
            days->end != NULL ? days->end : "");
    case ENTRIES_WEEKDAYS:
        return or_else(joined(call, sheet, "weekdays", "・"),
            weekdays_text(call, days->weekdays));
    default:
        return NULL;
    }
}

const char *
sheet_last_day(struct call *call, const struct sheet *sheet)
{
    struct days days = read_days(call, sheet);
    return when_cell(call, sheet, &days, ENTRIES_DATE_END);
}

static const char *
cell(struct call *call, const struct sheet *sheet,
    const struct sheet_field *field, const struct days *days)
{
    const char *when = when_cell(call, sheet, days, field->column);
    if (when != NULL) {
        return when;
    }
    switch (field->kind) {
    case SHEET_LINES:
        return lines_cell(call, sheet);
    case SHEET_PLACES:
        return reach_cell(call, sheet);
    case SHEET_TERMS:
        return joined(call, sheet, field->name, ";");
    default:
        return sheet_value(sheet, field->name);
    }
}

static const char *
shows_contact(const struct sheet *sheet)
{
    return sheet_value(sheet, "hide_contact")[0] == '1' ? "0" : "1";
}

const char *
sheet_entry_csv(struct call *call, const struct sheet *sheet,
    const char *organisation_key)
{
    struct html head = {0}, row = {0};
    struct days days = read_days(call, sheet);
    const struct import_column *columns = import_entries_columns;
    put_name(&head, columns[ENTRIES_KEY].names);
    put_cell(&row, sheet_key(call, sheet));
    put_name(&head, columns[ENTRIES_SIDE].names);
    put_cell(&row, sheet->need ? "need" : "offer");
    put_name(&head, columns[ENTRIES_ORGANISATION].names);
    put_cell(&row, organisation_key);
    put_name(&head, columns[ENTRIES_PUBLISH_CONTACT].names);
    put_cell(&row, shows_contact(sheet));
    for (const struct sheet_field *f = sheet_fields; f->name != NULL; f++) {
        if (f->column == SHEET_NO_COLUMN ||
            f->side == (sheet->need ? SHEET_OFFER : SHEET_NEED)) {
            continue;
        }
        put_name(&head, columns[f->column].names);
        put_cell(&row, cell(call, sheet, f, &days));
    }
    return finish(call, &head, &row);
}

const char *
sheet_organisation_csv(struct call *call, const struct sheet *sheet)
{
    struct html head = {0}, row = {0};
    put_cell(&head, "団体キー");
    put_cell(&row, sheet_key(call, sheet));
    put_cell(&head, "電話の公開"); /* 連絡先をページに載せない is any page */
    put_cell(&row, shows_contact(sheet));
    for (const struct sheet_field *f = sheet_fields; f->name != NULL; f++) {
        if (f->organisation != NULL) {
            put_cell(&head, f->organisation);
            put_cell(&row, sheet_value(sheet, f->name));
        }
    }
    return finish(call, &head, &row);
}
