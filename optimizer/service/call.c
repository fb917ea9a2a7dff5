/* call.c: what handlers ask of their call (call.h). */
#include "call.h"

#include <inttypes.h>
#include <string.h>

#include "page.h"

int64_t
call_param_id(const struct call *call, int n)
{
    const char *text = call->params[n];
    return text != NULL ? request_int(text, 1, INT64_MAX, 0) : 0;
}

static bool
secure(const struct call *call)
{
    return strncmp(call->settings->origin, "https:", 6) == 0;
}

static const char *
full_name(const struct call *call, const char *name)
{
    return secure(call) ? arena_format(call->arena, "__Host-%s", name)
                        : name;
}

void
call_set_cookie(struct call *call, const char *name, const char *value)
{
    response_header(call->response, "Set-Cookie",
        arena_format(call->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s",
            full_name(call, name), value, secure(call) ? "; Secure" : "",
            value[0] == '\0' ? "; Max-Age=0" : ""));
}

const char *
call_cookie(const struct call *call, const char *name)
{
    return request_cookie(call->request, full_name(call, name));
}

const char *
call_csrf(struct call *call)
{
    if (call->csrf[0] == '\0') {
        if (call->secret[0] == '\0') { /* nobody yet: this visit's own */
            secret_token(call->secret);
            call_set_cookie(call, CALL_VISIT, call->secret);
        }
        secret_hash("csrf", call->secret, call->csrf);
    }
    return call->csrf;
}

const char *
call_with_query(struct call *call, const char *address, const char *but)
{
    const struct request_fields *query = &call->request->query;
    const char *join = strchr(address, '?') != NULL ? "&" : "?";
    struct html all = {0};
    html_raw(&all, address);
    for (size_t i = 0; i < query->n; i++) {
        const char *name = query->at[i].name;
        if (but == NULL ||
            (strcmp(name, but) != 0 && strcmp(name, "notice") != 0)) {
            html_raw(&all, join);
            html_raw(&all, url_encode(call->arena, name));
            html_raw(&all, "=");
            html_raw(&all, url_encode(call->arena, query->at[i].value));
            join = "&";
        }
    }
    const char *text = arena_string(call->arena, all.text);
    html_release(&all);
    return text;
}

bool
call_done(struct call *call, const char *path, const char *notice)
{
    const char *to = path;
    if (notice != NULL) {
        size_t before = strcspn(path, "#");
        to = arena_format(call->arena, "%.*s%cnotice=%s%s", (int)before,
            path, memchr(path, '?', before) != NULL ? '&' : '?', notice,
            path + before);
    }
    response_redirect(call->response, to);
    return true;
}

bool
call_refuse(struct call *call, int status, const char *why)
{
    page_error(call, status, why);
    return true;
}

bool
call_not_found(struct call *call)
{
    return call_refuse(call, 404, NULL);
}
