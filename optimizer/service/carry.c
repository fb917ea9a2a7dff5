/* carry.c: a form that could not be taken, kept to be sent again (carry.h). */
#include "carry.h"

#include <string.h>

#include "form.h"
#include "page.h"
#include "page_login.h"
#include "route.h"

static const char mark[] = "again-"; /* before the names of fields */

struct carried {
    const char *path;   /* NULL: nothing is carried */
    const char *prefix; /* of the fields that are */
};

/* Is there a form of ours, for those who are logged in, at that path? */
static bool
is_form(const struct call *call, enum request_method method,
    const char *path)
{
    struct call probe = *call;
    struct request request = *call->request;
    const struct route *route;
    request.method = method;
    request.path = path;
    probe.request = &request;
    return route_find(&probe, &route) == 0 && route->least > ROLE_ANYONE;
}

static bool
has_secret(const struct request *request)
{
    return request_has(request, "password") || request_has(request, "old") ||
           request_has(request, "new");
}

static struct carried
carried(const struct call *call)
{
    const struct request *r = call->request;
    struct carried none = {NULL, ""};
    if (r->method != REQUEST_POST) {
        return none;
    }
    if (strcmp(call->route->path, "/staff/login") == 0) {
        const char *path = request_form(r, "again");
        return is_form(call, REQUEST_POST, path)
                   ? (struct carried){path, mark}
                   : none;
    }
    return has_secret(r) ? none : (struct carried){r->path, ""};
}

/* The fields without their prefix, behind a new one; not the token of the
 * session that is over. */
static void
put_fields(struct call *call, const struct carried *c, const char *prefix)
{
    const struct request_fields *form = &call->request->form;
    size_t cut = strlen(c->prefix);
    for (size_t i = 0; i < form->n; i++) {
        const char *name = form->at[i].name;
        if (strncmp(name, c->prefix, cut) == 0 &&
            strcmp(name + cut, "csrf") != 0) {
            form_hidden(call,
                arena_format(call->arena, "%s%s", prefix, name + cut),
                form->at[i].value);
        }
    }
}

void
carry_fields(struct call *call)
{
    struct carried c = carried(call);
    if (c.path != NULL) {
        form_hidden(call, "again", c.path);
        put_fields(call, &c, mark);
    }
}

bool
carry_waits(struct call *call)
{
    return carried(call).path != NULL;
}

/* What was typed in words, so that one sees what is sent. */
static void
put_words(struct call *call, const struct carried *c)
{
    const struct request_fields *form = &call->request->form;
    html_raw(call->body, "<ul>\n");
    for (size_t i = 0; i < form->n; i++) {
        const char *value = form->at[i].value;
        bool words = false;
        for (const char *at = value; *at != '\0'; at++) {
            words = words || (unsigned char)*at >= 0x80;
        }
        if (words && strncmp(form->at[i].name, c->prefix,
                         strlen(c->prefix)) == 0) {
            html_format(call->body, "<li>%s</li>\n", value);
        }
    }
    html_raw(call->body, "</ul>\n");
}

static void
put_send(struct call *call, const struct carried *c)
{
    put_words(call, c);
    form_begin(call, c->path, "plain");
    put_fields(call, c, "");
    form_button(call, NULL, NULL, "入力したものを送る", "main");
    form_end(call);
}

void
carry_show(struct call *call)
{
    struct carried c = carried(call);
    page_begin(call, PAGE_PUBLIC, "続きを送る");
    page_alert(call, "ログインしました。入力したものは、まだ送られていません。");
    put_send(call, &c);
    html_format(call->body, "<p><a href=\"%s\">送らずにやめる</a></p>\n",
        strncmp(c.path, "/member/", 8) == 0 ? "/member/" : "/staff/");
    page_end(call);
}

void
carry_failed(struct call *call, int status)
{
    page_error_begin(call, status, NULL);
    struct carried c = carried(call);
    if (c.path != NULL && is_form(call, REQUEST_POST, c.path)) {
        put_send(call, &c);
    }
    page_end(call);
}

void
carry_refuse(struct call *call)
{
    struct carried c = carried(call);
    const char *path = call->request->path;
    call->response->status = 403;
    if (call->account == NULL) {
        login_form(call, "",
            is_form(call, REQUEST_GET, path) ? path : "",
            c.path != NULL
                ? "ログインの時間が切れました。入力したものは、まだ送られて"
                  "いません。ログインすると、続きから送れます。"
                : "ログインの時間が切れました。ログインしてから、もう一度"
                  "入力してください。");
        return;
    }
    if (c.path == NULL) {
        page_error(call, 403, NULL);
        return;
    }
    page_begin(call, page_own(call), "続きを送る");
    page_alert(call, "前のログインのときに開いたページでした。入力したものは、"
                     "まだ送られていません。");
    put_send(call, &c);
    page_end(call);
}
