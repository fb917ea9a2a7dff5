/*
 * asset.c: style sheet and scripts, from the binary.
 *
 * The style sheet is the module's (its tokens and components) with
 * html/staff.css behind it: one look, one request.  An address carries the
 * hash of the bytes, so that browsers keep it for a year.
 */
#include <assert.h>
#include <string.h>

#include "optimizer/base/embed.h"
#include "optimizer/publish/template.h"
#include "page.h"
#include "route.h"

static const struct asset {
    const char *path, *type;
    const char *files[4]; /* one behind the other */
} assets[] = {
    {"/entry/service.css", "text/css; charset=utf-8",
        {"ngx_module/html/tsunagari.css", "optimizer/service/html/staff.css",
            "optimizer/service/html/charts.css"}},
    {"/staff/charts.js", "text/javascript; charset=utf-8",
        {"optimizer/service/html/chart.umd.min.js",
            "optimizer/service/html/charts.js"}},
    {"/entry/entry.js", "text/javascript; charset=utf-8",
        {"optimizer/service/html/entry.js"}},
};

static const struct asset *
find(const char *path)
{
    for (size_t i = 0; i < sizeof(assets) / sizeof(assets[0]); i++) {
        if (strcmp(assets[i].path, path) == 0) {
            return &assets[i];
        }
    }
    return NULL;
}

/* The module's files include others; a style sheet has no labels or slots. */
static void
put_template(const char *path, struct html *out)
{
    struct fragment text = {0};
    struct err err = {0};
    bool whole = template_compile_file(path, NULL, &text, &err);
    assert(whole);
    html_bytes(out, text.data, text.len);
    html_raw(out, "\n");
    fragment_release(&text);
}

static void
put(const struct asset *asset, struct html *out)
{
    for (int i = 0; asset->files[i] != NULL; i++) {
        if (strncmp(asset->files[i], "ngx_module/", 11) == 0) {
            put_template(asset->files[i], out);
        } else {
            const struct embed *file = embed_find(asset->files[i]);
            html_bytes(out, file->data, (size_t)(file->end - file->data));
        }
    }
}

const char *
asset_path(struct arena *arena, const char *path)
{
    struct html bytes = {0};
    char hash[SECRET_HASH];
    put(find(path), &bytes);
    secret_hash("asset", bytes.text, hash);
    html_release(&bytes);
    return arena_format(arena, "%s?v=%.12s", path, hash);
}

static bool
show_asset(struct call *call, struct err *err)
{
    (void)err;
    const struct asset *asset = find(call->request->path);
    call->response->type = asset->type;
    response_cache(call->response);
    put(asset, call->body);
    return true;
}

const struct route asset_routes[] = {
    {REQUEST_GET, "/entry/service.css", ROLE_ANYONE, show_asset, NULL,
        ROUTE_NO_STORE},
    {REQUEST_GET, "/staff/charts.js", ROLE_ANYONE, show_asset, NULL,
        ROUTE_NO_STORE},
    {REQUEST_GET, "/entry/entry.js", ROLE_ANYONE, show_asset, NULL,
        ROUTE_NO_STORE},
    {0},
};
