/* sheet_form.c: an entry sheet to fill in, and to read (sheet_form.h). */
#include "sheet_form.h"

#include <string.h>

#include "optimizer/base/day.h"
#include "optimizer/intake/urgency.h"

static const struct form_choice reaches[] = {
    {"regions", "選んだ地域\nえらんだ まち / Chosen regions", 0},
    {"prefecture", "県の全域\nけんの ぜんぶ / All of the prefecture", 0},
    {"online", "オンライン（どこでも）\nインターネット / Online", 0},
    {0},
};
static const struct form_choice urgencies[] = {
    {"", SHEET_CHOOSE, 0},
    {"0", URGENCY_0 "\nいそがない / No hurry", 0},
    {"1", URGENCY_1 "\nふつう / Normal", 0},
    {"2", URGENCY_2 "\nいそぐ / Urgent", 0},
    {"3", URGENCY_3 "\nとても いそぐ / Very urgent", 0},
    {0},
};
static const struct form_choice weekdays[] = {
    {"月", "月\nげつようび / Monday", 0},
    {"火", "火\nかようび / Tuesday", 0},
    {"水", "水\nすいようび / Wednesday", 0},
    {"木", "木\nもくようび / Thursday", 0},
    {"金", "金\nきんようび / Friday", 0},
    {"土", "土\nどようび / Saturday", 0},
    {"日", "日\nにちようび / Sunday", 0},
    {0},
};

static const char *
input_type(enum sheet_kind kind)
{
    switch (kind) {
    case SHEET_DATE:
        return "date";
    case SHEET_TIME:
        return "time";
    case SHEET_EMAIL:
        return "email";
    case SHEET_URL:
        return "url";
    case SHEET_PHONE:
        return "tel";
    default:
        return "text";
    }
}

static const char *const *
values(struct call *call, const struct sheet *sheet, const char *name)
{
    size_t n = 0;
    while (sheet_value_nth(sheet, name, n) != NULL) {
        n++;
    }
    const char **list = arena_array(call->arena, n + 1, sizeof(*list));
    for (size_t i = 0; i < n; i++) {
        list[i] = sheet_value_nth(sheet, name, i);
    }
    return list;
}

static bool
put_terms(struct call *call, const struct sheet *sheet,
    const struct sheet_field *row, const struct form_field *field,
    const struct form_errors *errors, struct err *err)
{
    bool one = row->kind == SHEET_TERM;
    const struct form_choice *choices = form_vocabulary(call,
        row->vocabulary, one ? SHEET_CHOOSE : NULL, err);
    if (choices == NULL) {
        return false;
    }
    if (one) {
        form_select(call, errors, field, choices);
    } else {
        form_boxes(call, errors, field, choices,
            values(call, sheet, row->name));
    }
    return true;
}

/* What a file says in another way is chosen, too; what it says wrongly stays
 * to be seen. */
static void
put_urgency(struct call *call, struct form_field *field,
    const struct form_errors *errors)
{
    enum { N = sizeof(urgencies) / sizeof(urgencies[0]) };
    struct form_choice choices[N + 1] = {{0}};
    int known = urgency_find(field->value);
    memcpy(choices, urgencies, sizeof(urgencies));
    if (known >= 0) {
        field->value = urgencies[known + 1].value;
    } else if (field->value[0] != '\0') {
        choices[N - 1] = (struct form_choice){field->value, field->value, 0};
    }
    form_select(call, errors, field, choices);
}

static bool
put_field(struct call *call, const struct sheet *sheet,
    const struct sheet_field *row, const struct form_errors *errors,
    struct err *err)
{
    struct form_field field = {.name = row->name, .label = row->label,
        .hint = row->hint, .easy = row->easy, .max = row->max,
        .required = row->required, .type = input_type(row->kind),
        .value = sheet_value(sheet, row->name)};
    const struct form_choice *places;
    switch (row->kind) {
    case SHEET_AREA:
        form_textarea(call, errors, &field, row->max > 2000 ? 8 : 4);
        return true;
    case SHEET_TERM:
    case SHEET_TERMS:
        return put_terms(call, sheet, row, &field, errors, err);
    case SHEET_PLACE:
        places = sheet_form_places(call, err);
        if (places != NULL) {
            form_select(call, errors, &field, places);
        }
        return places != NULL;
    case SHEET_REACH:
        form_radios(call, errors, &field, reaches);
        return true;
    case SHEET_URGENCY:
        put_urgency(call, &field, errors);
        return true;
    case SHEET_PLACES:
        return sheet_form_regions(call, sheet, row, errors, err);
    case SHEET_DAYS:
        form_boxes(call, errors, &field, weekdays,
            values(call, sheet, row->name));
        return true;
    case SHEET_FLAG:
        form_check(call, &field);
        return true;
    case SHEET_LINES:
        return sheet_form_lines(call, sheet, errors, err);
    case SHEET_DATES:
        sheet_form_days(call, sheet, errors);
        return true;
    default:
        form_input(call, errors, &field);
        return true;
    }
}

bool
sheet_form_write(struct call *call, const struct sheet *sheet,
    const struct form_errors *errors, struct err *err)
{
    int other = sheet->need ? SHEET_OFFER : SHEET_NEED;
    for (int part = 0; part < PARTS_N; part++) {
        html_format(call->body,
            "<section id=\"part-%d\">\n<h2>%s ", part,
            sheet_headings[part].label);
        html_easy(call->body, sheet_headings[part].easy);
        html_raw(call->body, "</h2>\n");
        for (const struct sheet_field *f = sheet_fields; f->name != NULL;
            f++) {
            if ((int)f->part == part && f->side != other &&
                !put_field(call, sheet, f, errors, err)) {
                return false;
            }
        }
        html_raw(call->body, "</section>\n");
    }
    return true;
}

/* To read -------------------------------------------------------------- */

/* The label of a term or the name of a region. */
static const char *
term_label(struct call *call, const char *table, const char *column,
    const char *key, const char *id, struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        arena_format(call->arena, "SELECT %s FROM %s WHERE %s = ?1", column,
            table, key),
        err);
    if (stmt == NULL) {
        return id;
    }
    store_bind_text(stmt, 1, id);
    const char *label = store_step(stmt, err) == 1
                            ? arena_string(call->arena, store_text(stmt, 0))
                            : id;
    store_finish(stmt);
    return label;
}

/* The Japanese of words in three languages. */
static const char *
first_line(struct call *call, const char *words)
{
    return arena_bytes(call->arena, words, strcspn(words, "\n"));
}

static const char *
shown(struct call *call, const struct sheet_field *row, const char *value,
    struct err *err)
{
    switch (row->kind) {
    case SHEET_TERM:
    case SHEET_TERMS:
        return term_label(call, row->vocabulary, "label_ja", "id", value,
            err);
    case SHEET_PLACE:
    case SHEET_PLACES:
        return term_label(call, "regions", "name", "code", value, err);
    case SHEET_FLAG:
        return "はい";
    case SHEET_URGENCY:
        return urgency_find(value) < 0
                   ? value
                   : first_line(call, urgencies[urgency_find(value) + 1].label);
    case SHEET_REACH:
        for (const struct form_choice *c = reaches; c->value != NULL; c++) {
            if (strcmp(c->value, value) == 0) {
                return first_line(call, c->label);
            }
        }
        return value;
    default:
        return value;
    }
}

static void
begin_fact(struct call *call, const struct sheet_field *row)
{
    html_format(call->body, "<dt>%s", row->label);
    html_easy(call->body, row->easy);
    html_raw(call->body,
        row->is_private
            ? " <span class=\"badge\">ページには載りません</span>"
            : "");
    html_raw(call->body, "</dt><dd class=\"text\">");
}

/* All that a line says, in the words of its fields. */
static void
show_line(struct call *call, const struct sheet *sheet, int n,
    struct err *err)
{
#define PART(part) sheet_row_value(call, sheet, "line", n, part)
    const char *cost = PART("cost"), *least = PART("min");
    html_format(call->body, "%s %s%s%s%s%s%s%s%s%s%s %s\n",
        term_label(call, "resource_kinds", "label_ja", "id", PART("kind"),
            err),
        PART("quantity"), PART("unit"),
        cost[0] != '\0' ? "、1つあたり " : "", cost,
        cost[0] != '\0' && strstr(cost, "円") == NULL ? "円" : "",
        least[0] != '\0' ? "、少なくとも " : "", least,
        PART("whole")[0] == '1' ? "、1つの団体にまとめて" : "",
        !sheet->need && PART("slots")[0] == '1' ? "、曜日ごとにある" : "",
        !sheet->need && PART("public")[0] == '1' ? "、県民が参加できる" : "",
        PART("text"));
#undef PART
}

static void
show_day(struct call *call, const struct sheet *sheet, int n)
{
#define PART(part) sheet_row_value(call, sheet, "day", n, part)
    const char *date = PART("date");
    html_format(call->body, "%s%s%s%s %s～%s\n", date,
        day_valid(date) ? "（" : "",
        day_valid(date) ? day_weekday_ja(day_weekday(day_parse(date, 0)))
                        : "",
        day_valid(date) ? "）" : "", PART("start"), PART("end"));
#undef PART
}

static void
show_rows(struct call *call, const struct sheet *sheet, const char *prefix,
    int max, struct err *err)
{
    bool line = strcmp(prefix, "line") == 0;
    for (int n = 1; n <= max; n++) {
        if (line &&
            sheet_row_value(call, sheet, prefix, n, "kind")[0] != '\0') {
            show_line(call, sheet, n, err);
        } else if (!line &&
                   sheet_row_value(call, sheet, prefix, n, "date")[0] !=
                       '\0') {
            show_day(call, sheet, n);
        }
    }
    if (line) {
        html_text(call->body, sheet_value(sheet, "lines_text"));
    }
}

bool
sheet_form_show(struct call *call, const struct sheet *sheet,
    struct err *err)
{
    html_raw(call->body, "<dl>\n");
    for (const struct sheet_field *f = sheet_fields; f->name != NULL; f++) {
        bool block = f->kind == SHEET_LINES || f->kind == SHEET_DATES;
        const char *value = sheet_value(sheet, f->name);
        if (block ? f->kind == SHEET_DATES &&
                        sheet_rows(call, sheet, "day", SHEET_DAYS_MAX) == 0
                  : value[0] == '\0') {
            continue;
        }
        begin_fact(call, f);
        if (block) {
            show_rows(call, sheet, f->kind == SHEET_LINES ? "line" : "day",
                f->kind == SHEET_LINES ? SHEET_LINES_MAX : SHEET_DAYS_MAX,
                err);
        }
        for (size_t n = 0; !block && (value = sheet_value_nth(sheet,
                               f->name, n)) != NULL;
            n++) {
            html_raw(call->body, n > 0 ? "、" : "");
            html_text(call->body, shown(call, f, value, err));
        }
        html_raw(call->body, "</dd>\n");
    }
    html_raw(call->body, "</dl>\n");
    return err->kind == ERR_NONE;
}
