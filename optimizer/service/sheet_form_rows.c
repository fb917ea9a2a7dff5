/* sheet_form_rows.c: lines and days, a row of small fields each
 * (sheet_form.h). */
#include <string.h>

#include "sheet_form.h"

/* Rows in use, one more when a button asks for it, at least `least`. */
static int
rows(struct call *call, const struct sheet *sheet, const char *prefix,
    const char *query, int least, int max)
{
    int n = sheet_rows(call, sheet, prefix, max);
    bool more = strcmp(request_query(call->request, "more"), query) == 0;
    n += more && n < max;
    return n > least ? n : least;
}

static void
put(struct call *call, const struct sheet *sheet,
    const struct form_errors *errors, const char *prefix, int n,
    const char *part, const char *label, const char *easy, const char *type,
    int max)
{
    const char *name = sheet_row_name(call, prefix, n, part);
    struct form_field field = {.name = name, .label = label, .easy = easy,
        .type = type, .max = max, .value = sheet_value(sheet, name),
        .autocomplete = "off"};
    form_input(call, errors, &field);
}

static void
put_flag(struct call *call, const struct sheet *sheet, int n,
    const char *part, const char *label, const char *easy)
{
    const char *name = sheet_row_name(call, "line", n, part);
    struct form_field field = {.name = name, .label = label, .easy = easy,
        .value = sheet_value(sheet, name)};
    form_check(call, &field);
}

static void
put_line(struct call *call, const struct sheet *sheet,
    const struct form_errors *errors, int n,
    const struct form_choice *kinds)
{
    const char *name = sheet_row_name(call, "line", n, "kind");
    struct form_field kind = {.name = name, .label = "種類",
        .easy = "しゅるい / Kind",
        .value = sheet_value(sheet, name)};
    html_format(call->body,
        "<fieldset class=\"line\" data-row=\"%d\">\n<legend>"
        "<span class=\"number\">%d</span> つめ</legend>\n"
        "<div class=\"row\">\n",
        n, n);
    form_select(call, errors, &kind, kinds);
    put(call, sheet, errors, "line", n, "quantity",
        sheet->need ? "ほしい数" : "出せる数",
        sheet->need ? "いくつ ほしい / Number wanted"
                    : "いくつ だせる / Number offered",
        "text", 7);
    put(call, sheet, errors, "line", n, "unit", "単位（人、回、室など）",
        "にん、かい など / Unit (people, times)", "text", 10);
    put(call, sheet, errors, "line", n, "cost", "1つあたりの費用（円）",
        "1つで なんえん / Yen for one", "text", 9);
    put(call, sheet, errors, "line", n, "min", "これより少ないと困る数",
        "これより すくないと こまる / At least so many", "text", 7);
    html_raw(call->body, "</div>\n");
    put(call, sheet, errors, "line", n, "text", "説明", "せつめい / Description", "text",
        200);
    put_flag(call, sheet, n, "whole", "1つの団体にまとめて（分けない）",
        "わけない / All of it with one organisation");
    if (!sheet->need) {
        put_flag(call, sheet, n, "slots", "この数が、曜日ごとにある",
            "どの ようびにも この かず / This number on each weekday");
        put_flag(call, sheet, n, "public",
            "県民が参加できる（数は1か月の定員）",
            "だれでも さんか できる / Open to residents (number a month)");
    }
    html_raw(call->body, "</fieldset>\n");
}

bool
sheet_form_lines(struct call *call, const struct sheet *sheet,
    const struct form_errors *errors, struct err *err)
{
    const struct form_choice *kinds = form_vocabulary(call,
        "resource_kinds", SHEET_CHOOSE, err);
    if (kinds == NULL) {
        return false;
    }
    int n = rows(call, sheet, "line", "line", 2, SHEET_LINES_MAX);
    html_raw(call->body, "<div id=\"lines\" class=\"rows\">\n");
    for (int i = 1; i <= n; i++) {
        put_line(call, sheet, errors, i, kinds);
    }
    html_raw(call->body, "</div>\n");
    if (sheet_value(sheet, "lines_text")[0] != '\0') {
        struct form_field field = {.name = "lines_text",
            .label = "Excel・CSVの明細", .max = 4000,
            .hint = "上の欄に書きうつしてもかまいません\n"
                    "うえに かいても いいです / You may copy it above",
            .value = sheet_value(sheet, "lines_text")};
        form_textarea(call, errors, &field, 3);
    }
    if (n < SHEET_LINES_MAX) {
        form_button(call, "act", "more-line", 
            "行を増やす\nもっと かく / One more", "more");
    }
    return true;
}

void
sheet_form_days(struct call *call, const struct sheet *sheet,
    const struct form_errors *errors)
{
    int n = rows(call, sheet, "day", "day", 1, SHEET_DAYS_MAX);
    html_raw(call->body, "<div id=\"days\" class=\"rows\">\n");
    for (int i = 1; i <= n; i++) {
        html_format(call->body,
            "<fieldset class=\"line\" data-row=\"%d\">\n"
            "<legend><span class=\"number\">%d</span> 日め</legend>\n"
            "<div class=\"row\">\n",
            i, i);
        put(call, sheet, errors, "day", i, "date", "日にち", "ひにち / Date",
            "date", 10);
        put(call, sheet, errors, "day", i, "start", "はじまり",
            "なんじから / From", "time", 5);
        put(call, sheet, errors, "day", i, "end", "おわり",
            "なんじまで / Until", "time", 5);
        html_raw(call->body, "</div>\n</fieldset>\n");
    }
    html_raw(call->body, "</div>\n");
    if (n < SHEET_DAYS_MAX) {
        form_button(call, "act", "more-day", 
            "日にちを増やす\nひを ふやす / One more date", "more");
    }
}
