/*
 * asset.c: style sheet and scripts, from the binary.
 *
 * The style sheet is the module's (its tokens and components) with
 * html/staff.css behind it: one look, one request.  An address carries the
 * hash of the bytes, so that browsers keep it for a year.
 */
#include <string.h>

#include "optimizer/base/embed.h"
#include "page.h"
#include "route.h"

static const struct asset {
    const char *path, *type;
    const char *files[3]; /* one behind the other */
} assets[] = {
    {"/entry/service.css", "text/css; charset=utf-8",
        {"ngx_module/html/tsunagari.css",
            "optimizer/service/html/staff.css"}},
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

static void
put(const struct asset *asset, struct html *out)
{
    for (int i = 0; asset->files[i] != NULL; i++) {
        const struct embed *file = embed_find(asset->files[i]);
        html_bytes(out, file->data, (size_t)(file->end - file->data));
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
    {0},
};
