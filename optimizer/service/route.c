/* route.c: the tables of routes, and finding in them (route.h). */
#include "route.h"

#include <string.h>

static const struct route *const tables[] = {
    home_routes,
    inbox_routes,
    screening_routes,
    checks_routes,
    link_routes,
    suggestion_routes,
    need_routes,
    pair_routes,
    outcome_routes,
    organisation_routes,
    member_routes,
    report_routes,
    weights_routes,
    whatif_routes,
    weights_save_routes,
    account_routes,
    login_routes,
    asset_routes,
    entry_routes,
    sheet_routes,
    sheet_status_routes,
    sheet_step_routes,
};

const struct route *
route_at(size_t n)
{
    for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++) {
        for (const struct route *row = tables[t]; row->path != NULL; row++) {
            if (n-- == 0) {
                return row;
            }
        }
    }
    return NULL;
}

/* Does the path have the pattern?  Fills params. */
static bool
matches(struct call *call, const char *pattern, const char *path)
{
    int params_n = 0;
    for (;;) {
        size_t want = strcspn(pattern, "/"), have = strcspn(path, "/");
        if (pattern[0] == ':') {
            if (have == 0 || params_n == CALL_PARAMS_MAX) {
                return false;
            }
            call->params[params_n++] = arena_bytes(call->arena, path, have);
        } else if (want != have || memcmp(pattern, path, want) != 0) {
            return false;
        }
        pattern += want;
        path += have;
        if (*pattern == '\0' || *path == '\0') {
            return *pattern == *path;
        }
        pattern++;
        path++;
    }
}

int
route_find(struct call *call, const struct route **route)
{
    bool other_method = false;
    const struct route *row;
    for (size_t n = 0; (row = route_at(n)) != NULL; n++) {
        if (!matches(call, row->path, call->request->path)) {
            continue;
        }
        if (row->method == call->request->method) {
            *route = row;
            return 0;
        }
        other_method = true;
    }
    return other_method ? 405 : 404;
}
