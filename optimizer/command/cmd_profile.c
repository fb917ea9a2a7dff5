/* cmd_profile.c: `tsunagari profile list|save|drop`: weights by name. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/base/json.h"
#include "optimizer/store/profile.h"

static bool
run_list(struct store *store, const struct cli *cli, struct err *err)
{
    struct arena arena = {0};
    struct profile *profiles;
    struct json json = {0};
    int32_t n;
    if (!profile_list(store, &arena, &profiles, &n, err)) {
        arena_release(&arena);
        return false;
    }
    json_open(&json, '[');
    for (int32_t i = 0; i < n; i++) {
        json_open(&json, '{');
        json_put_text(&json, "name", profiles[i].name);
        json_put_int(&json, "version", profiles[i].version);
        json_put_text(&json, "actor", profiles[i].actor);
        json_put_text(&json, "at", profiles[i].at);
        json_close(&json, '}');
        if (!cli->json) {
            printf("%s  版 %" PRId64 "  %s  %s\n", profiles[i].name,
                profiles[i].version, profiles[i].at, profiles[i].actor);
        }
    }
    json_close(&json, ']');
    if (cli->json) {
        puts(json.text);
    }
    json_release(&json);
    arena_release(&arena);
    return true;
}

static bool
run_save(struct store *store, const struct cli *cli, const char *name,
    const char *version_text, struct err *err)
{
    int64_t version;
    return store_begin(store, err) &&
        (version_text != NULL
                ? profile_version(store, version_text, &version, err)
                : weights_published(store, &version, err)) &&
        profile_save(store, name, version, err) &&
        (cli->dry_run || store_commit(store, err));
}

static bool
run_drop(struct store *store, const struct cli *cli, const char *name,
    struct err *err)
{
    return store_begin(store, err) && profile_drop(store, name, err) &&
        (cli->dry_run || store_commit(store, err));
}

int
cmd_profile(int argc, char **argv)
{
    struct cli cli;
    struct err err = {0};
    cli_init(&cli);
    if (!cli_take_common(argc, argv, &cli, &err)) {
        return cli_fail(&err);
    }
    char **word = argv + optind;
    int words = argc - optind;
    const char *verb = words > 0 ? word[0] : "list";
    bool list = strcmp(verb, "list") == 0 && words <= 1;
    bool save = strcmp(verb, "save") == 0 && (words == 2 || words == 3);
    bool drop = strcmp(verb, "drop") == 0 && words == 2;
    if (!list && !save && !drop) {
        fail(&err, ERR_USAGE,
            "profile: list, save NAME [VERSION], or drop NAME");
        return cli_fail(&err);
    }
    struct store *store = cli_open(&cli, list ? STORE_READ : STORE_WRITE,
        &err);
    bool ok = store != NULL &&
        (list ? run_list(store, &cli, &err)
                : save
                ? run_save(store, &cli, word[1], words == 3 ? word[2] : NULL,
                      &err)
                : run_drop(store, &cli, word[1], &err));
    store_close(store);
    return ok ? 0 : cli_fail(&err);
}
