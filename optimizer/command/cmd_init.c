/* cmd_init.c: `tsunagari init`: a store with the shipped data in it. */
#include <inttypes.h>
#include <stdio.h>

#include "cli.h"
#include "optimizer/store/shipped.h"

static bool
parse(int argc, char **argv, struct cli *cli, struct err *err)
{
    cli_init(cli);
    if (!cli_take_common(argc, argv, cli, err)) {
        return false;
    }
    if (optind < argc) {
        return fail(err, ERR_USAGE, "init: takes no file: \"%s\"",
            argv[optind]);
    }
    return cli->dry_run
               ? fail(err, ERR_USAGE, "init: has no --dry-run")
               : true;
}

static bool
count(struct store *store, const char *sql, int64_t *value, struct err *err)
{
    return store_query_int(store, sql, value, err);
}

static bool
report(const struct cli *cli, struct store *store, int64_t changed,
    struct err *err)
{
    int64_t regions = 0, kinds = 0, interests = 0;
    if (!count(store, "SELECT count(*) FROM regions", &regions, err) ||
        !count(store, "SELECT count(*) FROM resource_kinds", &kinds, err) ||
        !count(store, "SELECT count(*) FROM interests", &interests, err)) {
        return false;
    }
    if (cli->json) {
        printf("{\"version\":%d,\"regions\":%" PRId64
               ",\"resource_kinds\":%" PRId64 ",\"interests\":%" PRId64
               ",\"changed\":%" PRId64 "}\n",
            store_version(store), regions, kinds, interests, changed);
    } else if (!cli->quiet) {
        printf("store %s: version %d, %" PRId64 " regions, %" PRId64
               " resource kinds, %" PRId64 " interests; %" PRId64
               " rows written\n",
            cli->store_path, store_version(store), regions, kinds, interests,
            changed);
    }
    return true;
}

int
cmd_init(int argc, char **argv)
{
    struct cli cli;
    struct err err = {0};
    if (!parse(argc, argv, &cli, &err)) {
        return cli_fail(&err);
    }
    struct store *store = cli_open(&cli, STORE_CREATE, &err);
    int64_t changed = 0;
    bool ok = store != NULL && shipped_load(store, &changed, &err) &&
              report(&cli, store, changed, &err);
    store_close(store);
    return ok ? 0 : cli_fail(&err);
}
