/* page_entry.c: /entry/: where an entry sheet begins. */
#include <stdlib.h>
#include <string.h>

#include "optimizer/intake/excel.h"
#include "page.h"
#include "route.h"
#include "sheet_upload.h"
#include "upload.h"

/* A field that people do not see; what fills in every field is no person. */
#define TRAP "homepage"

static void
put_trap(struct call *call, const char *id)
{
    html_format(call->body,
        "<div class=\"trap\" aria-hidden=\"true\"><label for=\"%s\">"
        "ここには何も書かないでください</label><input id=\"%s\""
        " name=\"" TRAP "\" tabindex=\"-1\" autocomplete=\"off\"></div>\n",
        id, id);
}

static void
put_begin(struct call *call, const char *side, const char *label,
    const char *words)
{
    form_begin(call, "/entry/new", "form start");
    form_hidden(call, "side", side);
    put_trap(call, arena_format(call->arena, "trap-%s", side));
    html_paragraph(call->body, "", words);
    form_button(call, NULL, NULL, label, "main");
    form_end(call);
}

static void
put_upload(struct call *call)
{
    html_raw(call->body, "<h2>");
    html_words(call->body,
        "Excel・CSVで書く \nエクセルで かく / With a spreadsheet");
    html_raw(call->body,
        "</h2>\n<p><a href=\"/entry/template.xlsx\">ひな形（Excel）</a>に書いて、"
        "ここから出してください。1行が1枚のシートになり、このサイトで"
        "確かめて送れます。50行、4MBまで。"
        "<span class=\"easy\" lang=\"en\">Fill in the template and send it"
        " here: a sheet per row, at most 50 rows and 4 MB. You check each"
        " before it is sent.</span></p>\n");
    form_begin_files(call, "/entry/upload", "form");
    put_trap(call, "trap-upload");
    struct form_field file = {.name = "file", .label = "ファイル",
        .type = "file", .required = true,
        .easy = "ファイルを えらぶ / File"};
    form_input(call, NULL, &file);
    form_button(call, NULL, NULL, "読みこむ\nよみこむ / Read the file", "");
    form_end(call);
}

static bool
write_template(void *store, const char *path, struct err *err)
{
    return excel_template(store, &import_entries, path, err);
}

static bool
get_template(struct call *call, struct err *err)
{
    return response_workbook(call->response, "entry.xlsx", write_template,
        call->store, err);
}

/* All rows at once, so that they can be put right at once. */
static bool
show_bad(struct call *call, const struct sheet_upload_bad *bad)
{
    call->response->status = 422; /* no sheet is made */
    page_begin(call, PAGE_PUBLIC,
        "読みこめなかった行\nよめなかった ところ / Rows that could not be read");
    html_paragraph(call->body, " class=\"alert\" role=\"alert\"",
        "次の行を直して、もう一度ファイルを出してください。まだ1枚も"
        "読みこんでいません。\n"
        "この ぎょうを なおして もう いちど だして ください / "
        "Please correct these rows and send the file again; none was read.");
    html_raw(call->body, "<ul>\n");
    for (int i = 0; i < bad->n; i++) {
        html_format(call->body, "<li>%s</li>\n", bad->texts[i]);
    }
    html_raw(call->body, "</ul>\n");
    page_act(call, "/entry/", "ファイルを出すページ\n"
                              "もどる / Back to the upload");
    page_end(call);
    return true;
}

/* One sheet: on to it; several: a page of links. */
static bool
post_upload(struct call *call, struct err *err)
{
    struct sheet *sheets;
    struct sheet_upload_bad bad;
    int n;
    if (request_form(call->request, TRAP)[0] != '\0') {
        return call_refuse(call, 403, NULL);
    }
    if (call->upload->file == NULL) {
        return call_refuse(call, 422, 
            "ファイルを選んでください。\n"
            "ファイルを えらんで ください / Please choose a file");
    }
    if (!sheet_upload(call, &sheets, &n, &bad, err)) {
        return false;
    }
    if (bad.n > 0) {
        return show_bad(call, &bad);
    }
    if (n == 1) {
        return call_done(call, arena_format(call->arena, "/entry/sheet/%s",
                                   sheets[0].token), "saved");
    }
    page_begin(call, PAGE_PUBLIC,
        "読みこんだシート\nよみこんだ もの / Sheets that were read");
    html_format(call->body,
        "<p class=\"intro\">%d 枚のシートができました。1枚ずつ開いて、"
        "確かめて送ってください。このページを閉じると、リンクは"
        "出てきません。<span class=\"easy\" lang=\"en\">Open each, check it"
        " and send it. The links are shown only here.</span></p>\n<ol class=\"sheets\">\n",
        n);
    for (int i = 0; i < n; i++) {
        html_format(call->body,
            "<li><a href=\"/entry/sheet/%s\">%s</a></li>\n",
            sheets[i].token, sheet_value(&sheets[i], "title"));
    }
    html_raw(call->body, "</ol>\n");
    page_end(call);
    return true;
}

static bool
get_entry(struct call *call, struct err *err)
{
    (void)err;
    page_begin(call, PAGE_PUBLIC,
        "エントリーする\nもうしこむ / Hand in an entry");
    html_raw(call->body,
        "<p class=\"intro\">団体の「困っていること」「できること」を書いて"
        "ください。アカウントはいりません。メールで確かめたあと、事務局が"
        "内容を見てから、ページに載ります。"
        "<span class=\"easy\">だんたいの こまっている こと・できる ことを"
        " かいて ください。</span>"
        "<span class=\"easy\" lang=\"en\">Tell us what your organisation"
        " needs or can offer. No account is needed.</span></p>\n"
        "<div class=\"row\">\n");
    put_begin(call, "need", "ニーズを書く\nこまっている ことを かく / Write a need",
        "ほしいもの・手伝ってほしいこと\n"
        "ほしい もの・てつだって ほしい こと / What you need");
    put_begin(call, "offer", "シーズを書く\nできる ことを かく / Write an offer",
        "出せるもの・できること\n"
        "だせる もの・できる こと / What you can offer");
    html_raw(call->body, "</div>\n");
    put_upload(call);
    page_end(call);
    return true;
}

static bool
post_new(struct call *call, struct err *err)
{
    struct sheet sheet;
    const char *side = request_form(call->request, "side");
    if (request_form(call->request, TRAP)[0] != '\0') {
        return call_refuse(call, 403, NULL);
    }
    if (strcmp(side, "need") != 0 && strcmp(side, "offer") != 0) {
        return call_refuse(call, 400, NULL);
    }
    return sheet_new(call, strcmp(side, "need") == 0, &sheet, err) &&
           call_done(call,
               arena_format(call->arena, "/entry/sheet/%s", sheet.token),
               NULL);
}

const struct route entry_routes[] = {
    {REQUEST_GET, "/entry/", ROLE_ANYONE, get_entry, NULL, 0},
    {REQUEST_GET, "/entry/template.xlsx", ROLE_ANYONE, get_template, NULL,
        0},
    {REQUEST_POST, "/entry/upload", ROLE_ANYONE, post_upload, NULL,
        ROUTE_FILE},
    {REQUEST_POST, "/entry/new", ROLE_ANYONE, post_new, NULL, 0},
    {0},
};
