/* page.c: the frame of a page (page.h). */
#include "page.h"

#include <string.h>

#include "form.h"
#include "route.h"

static const char site[] = "かながわつながりネットワーク";

/* put: how a title is written, of our own words in three languages or of
 * anybody's. */
static void
put_head(struct call *call, const char *title,
    void (*put)(struct html *html, const char *text))
{
    struct html *out = call->body;
    html_raw(out, "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n"
                  "<meta charset=\"utf-8\">\n");
    html_raw(out, "<title>");
    put(out, title);
    html_format(out, " | %s</title>\n", site);
    html_raw(out,
        "<meta name=\"viewport\" content=\"width=device-width,"
        " initial-scale=1\">\n"
        "<meta name=\"robots\" content=\"noindex\">\n"
        "<meta name=\"format-detection\" content=\"telephone=no\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n");
    html_format(out, "<link rel=\"stylesheet\" href=\"%s\">\n</head>\n",
        asset_path(call->arena, "/entry/service.css"));
}

/* Where the menu's row is, or what is below it. */
static bool
is_here(const struct call *call, const char *path)
{
    const char *here = call->request->path;
    size_t len = strlen(path);
    return strcmp(here, path) == 0 ||
           (strcmp(path, "/staff/") != 0 && strcmp(path, "/member/") != 0 &&
               strncmp(here, path, len) == 0 && here[len] == '/');
}

static void
put_menu(struct call *call, const char *below)
{
    struct html *out = call->body;
    const struct route *row;
    html_raw(out, "<nav class=\"menu\" aria-label=\"メニュー\">\n<ul>\n");
    for (size_t n = 0; (row = route_at(n)) != NULL; n++) {
        if (row->nav == NULL || call->account->role < row->least ||
            strncmp(row->path, below, strlen(below)) != 0) {
            continue;
        }
        html_format(out, "<li><a href=\"%s\"%s", row->path, "");
        html_raw(out, is_here(call, row->path) ? " aria-current=\"page\"" : "");
        html_format(out, ">%s</a></li>\n", row->nav);
    }
    html_raw(out, "</ul>\n</nav>\n");
}

static void
put_who(struct call *call)
{
    struct html *out = call->body;
    html_raw(out, "<div class=\"who\">");
    bool member = call->account->role == ROLE_MEMBER;
    html_format(out, "<span>%s（%s%s%s）</span>", call->account->name,
        role_label(call->account->role), member ? "、" : "",
        member ? call->account->organisation : "");
    html_raw(out, "<a href=\"/staff/password\">パスワード</a>");
    form_begin(call, "/staff/logout", "plain");
    html_raw(out, "<button class=\"quiet-button\">ログアウト</button>");
    form_end(call);
    html_raw(out, "</div>\n");
}

enum page_frame
page_own(const struct call *call)
{
    return call->account == NULL                ? PAGE_PUBLIC
           : call->account->role == ROLE_MEMBER ? PAGE_MEMBER
                                                : PAGE_STAFF;
}

static void
put_notice(struct call *call)
{
    const char *text =
        page_notice(request_query(call->request, "notice"));
    if (text != NULL) {
        page_note(call, text);
    }
}

void
page_begin(struct call *call, enum page_frame frame, const char *title)
{
    struct html *out = call->body;
    bool inside = call->account != NULL && frame != PAGE_PUBLIC;
    const char *home = !inside                ? call->settings->public_base
                       : frame == PAGE_STAFF ? "/staff"
                                              : "/member";
    /* what the public reads is ours; staff's may be an entry's own title */
    bool ours = frame == PAGE_PUBLIC;
    put_head(call, title, ours ? html_plain_words : html_text);
    html_raw(out, "<body class=\"tsunagari-page service\">\n"
                  "<a class=\"skip\" href=\"#main\">本文へ</a>\n"
                  "<header class=\"site\">\n");
    html_format(out, "<p class=\"name\"><a href=\"%s/\">%s</a></p>\n", home,
        site);
    if (inside) {
        put_menu(call, frame == PAGE_STAFF ? "/staff/" : "/member/");
        put_who(call);
    }
    html_raw(out, "</header>\n<main id=\"main\" class=\"tsunagari\">\n");
    html_raw(out, "<h1>");
    (ours ? html_words : html_text)(out, title);
    html_raw(out, "</h1>\n");
    put_notice(call);
}

void
page_script(struct call *call, const char *path)
{
    html_format(call->body, "<script src=\"%s\" defer></script>\n",
        asset_path(call->arena, path));
}

void
page_end(struct call *call)
{
    html_raw(call->body, "</main>\n</body>\n</html>\n");
}

void
page_intro(struct call *call, const char *words)
{
    html_paragraph(call->body, " class=\"intro\"", words);
}

void
page_act(struct call *call, const char *href, const char *words)
{
    html_format(call->body, "<a class=\"act\" href=\"%s\">", href);
    html_words(call->body, words);
    html_raw(call->body, "</a>\n");
}

void
page_note(struct call *call, const char *text)
{
    html_paragraph(call->body, " class=\"note\" role=\"status\"", text);
}

void
page_alert(struct call *call, const char *text)
{
    html_format(call->body, "<p class=\"alert\" role=\"alert\">%s</p>\n",
        text);
}

#define REFUSED \
    "この内容は受け取れませんでした。\n" \
    "うけとれませんでした / This could not be accepted."
#define TRY_AGAIN \
    "もう いちど やって みて ください / Please try again"

static const char *
words(int status)
{
    switch (status) {
    case 400:
        return REFUSED;
    case 403:
        return "この操作はできません。ページを開き直して、もう一度お試し"
               "ください。\n" TRY_AGAIN " from a fresh page.";
    case 404:
        return "このページはありません。\n"
               "この ページは ありません / There is no such page.";
    case 405:
        return "このページでは、その操作はできません。\n"
               "ここでは できません / This cannot be done here.";
    case 413:
        return "送られたものが大きすぎます。\n"
               "おおきすぎます / What was sent is too large.";
    case 503:
        return "いま混み合っています。少し待って、もう一度お試しください。\n"
               TRY_AGAIN " in a moment.";
    default:
        return status < 500 ? REFUSED
                            : "うまくいきませんでした。何も保存していません。"
                              "少し待って、もう一度お試しください。\n"
                              TRY_AGAIN " in a moment; nothing was saved.";
    }
}

const char *
page_day(struct call *call, const char *moment)
{
    char day[11];
    store_day(moment, day);
    return arena_string(call->arena, day);
}

const char *
page_minute(struct call *call, const char *moment)
{
    char minute[17];
    store_minute(moment, minute);
    return arena_string(call->arena, minute);
}

void
page_error_begin(struct call *call, int status, const char *why)
{
    response_reset(call->response, status);
    page_begin(call, page_own(call), page_own(call) == PAGE_PUBLIC
        ? "お知らせ\nおしらせ / Notice" : "お知らせ");
    html_paragraph(call->body, " class=\"alert\" role=\"alert\"",
        words(status));
    if (why != NULL) {
        html_paragraph(call->body, "", why);
    }
}

void
page_forbidden(struct call *call)
{
    response_reset(call->response, 403);
    page_begin(call, page_own(call), "お知らせ");
    page_alert(call, "いまのアカウントでは使えないページか操作です。必要なときは、"
                     "事務局の管理者に役割を変えてもらってください。");
    page_end(call);
}

void
page_error(struct call *call, int status, const char *why)
{
    page_error_begin(call, status, why);
    page_end(call);
}
