/* sheet_rules.c: what the sheet asks for beyond the import's rules, and what it
 * tells at a smaller part than the import's cell (sheet.h). */
#include <string.h>

#include "mail.h"
#include "optimizer/base/day.h"
#include "optimizer/intake/import.h"
#include "sheet.h"

static void
check_fields(struct call *call, const struct sheet *sheet,
    struct form_errors *errors)
{
    for (const struct sheet_field *f = sheet_fields; f->name != NULL; f++) {
        if (f->required && f->kind != SHEET_LINES &&
            sheet_value(sheet, f->name)[0] == '\0') {
            form_error(call, errors, f->name,
                arena_format(call->arena, "「%s」を書いてください。\n"
                    "かいて ください / Please fill this in",
                    f->label));
        }
    }
    if (strcmp(sheet_value(sheet, "reach"), "regions") == 0 &&
        sheet_value(sheet, "regions")[0] == '\0') {
        form_error(call, errors, "regions", "地域を選んでください。\n"
            "まちを えらんで ください / Please choose regions");
    }
    const char *email = sheet_value(sheet, "email");
    if (email[0] != '\0' && !mail_address_valid(email)) {
        form_error(call, errors, "email",
            SHEET_WRONG_EMAIL);
    }
}

static const char *
line_part(struct call *call, const struct sheet *sheet, int n,
    const char *part)
{
    return sheet_row_value(call, sheet, "line", n, part);
}

static void
line_error(struct call *call, struct form_errors *errors, int n,
    const char *part, const char *text)
{
    form_error(call, errors, sheet_row_name(call, "line", n, part), text);
}

/* Of a line that has a kind. */
static void
check_line(struct call *call, const struct sheet *sheet, int n,
    struct form_errors *errors)
{
    const char *quantity = line_part(call, sheet, n, "quantity");
    const char *unit = line_part(call, sheet, n, "unit");
    const char *cost = line_part(call, sheet, n, "cost");
    const char *least = line_part(call, sheet, n, "min");
    int64_t many = 0, value = 0;
    if (!import_line_quantity(quantity, &many) || many == 0) {
        line_error(call, errors, n, "quantity",
            "数を 1 から 1000000 までの数字で書いてください。\n"
            "かずを かいて ください / A number from 1 to 1000000");
    }
    if (unit[0] == '\0') {
        line_error(call, errors, n, "unit",
            "単位（人、回、室など）を書いてください。\n"
            "たんいを かいて ください / Please fill in the unit");
    } else if (!import_line_unit(unit)) {
        line_error(call, errors, n, "unit",
            "単位は数字から始めずに書いてください。1室を90分なら、数は1、単位は室、"
            "90分は説明に書きます。\n"
            "たんいに すうじを かかないで ください"
            " / The unit has no number in front; put it into the description");
    }
    if (cost[0] != '\0' && !import_line_yen(cost, &value)) {
        line_error(call, errors, n, "cost",
            "円の数字だけで書いてください。無料は 0 か空欄です。\n"
            "すうじだけ。おかねが いらない ときは 0"
            " / Yen as a number; free: 0 or empty");
    }
    if (least[0] != '\0' && !import_line_quantity(least, &value)) {
        line_error(call, errors, n, "min",
            "数字で書いてください。\nすうじを かいて ください / A number");
    } else if (least[0] != '\0' && many > 0 && value > many) {
        line_error(call, errors, n, "min",
            "上の数より多くはできません。\n"
            "うえの かずより すくなく かいて ください"
            " / Not more than the number above");
    }
}

static void
check_lines(struct call *call, const struct sheet *sheet,
    struct form_errors *errors)
{
    bool none = sheet_value(sheet, "lines_text")[0] == '\0';
    for (int n = 1; n <= SHEET_LINES_MAX; n++) {
        if (line_part(call, sheet, n, "kind")[0] != '\0') {
            none = false;
            check_line(call, sheet, n, errors);
        } else if (line_part(call, sheet, n, "quantity")[0] != '\0' ||
            line_part(call, sheet, n, "text")[0] != '\0') {
            line_error(call, errors, n, "kind",
                "種類を選んでください。\n"
                "しゅるいを えらんで ください / Please choose a kind");
        }
    }
    if (none && form_error_of(errors, "line1_kind") == NULL) {
        form_error(call, errors, "line1_kind", SHEET_NO_LINE);
    }
}

static void
check_days(struct call *call, const struct sheet *sheet,
    struct form_errors *errors)
{
    static const char *const parts[] = {"start", "end"};
    for (int n = 1; n <= SHEET_DAYS_MAX; n++) {
        const char *date = sheet_row_value(call, sheet, "day", n, "date");
        bool times = false;
        for (int i = 0; i < 2; i++) {
            const char *time =
                sheet_row_value(call, sheet, "day", n, parts[i]);
            times = times || time[0] != '\0';
            if (time[0] != '\0' && minute_parse(time, -1) < 0) {
                form_error(call, errors,
                    sheet_row_name(call, "day", n, parts[i]),
                    SHEET_WRONG_TIME);
            }
        }
        if ((date[0] != '\0' || times) && !day_valid(date)) {
            form_error(call, errors, sheet_row_name(call, "day", n, "date"),
                SHEET_WRONG_DATE);
        }
    }
}

void
sheet_rules(struct call *call, const struct sheet *sheet,
    struct form_errors *errors)
{
    check_fields(call, sheet, errors);
    check_lines(call, sheet, errors);
    check_days(call, sheet, errors);
}
