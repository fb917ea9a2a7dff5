/* cmd_certify.c: `tsunagari certify [RUN]`: value, bound and gap of a stored
 * run, derived anew.  Exit code 1: it does not hold, or cannot be known. */
#include <stdio.h>
#include <stdlib.h>

#include "certify.h"
#include "cli.h"

static bool
show(const struct certify *certify, bool as_json, struct err *err)
{
    if (as_json) {
        struct json json = {0};
        certify_write(certify, &json);
        puts(json.text);
        json_release(&json);
    } else {
        certify_print(certify, stdout);
    }
    return certify->verdict == CERTIFY_HOLDS ||
           fail(err, ERR_NO_PLAN, "%s", certify->reason);
}

static bool
run_certify(struct store *store, int64_t run_id, bool as_json,
    struct arena *arena, struct err *err)
{
    struct replay *replay = arena_alloc(arena, sizeof(*replay));
    struct certify certify;
    return store_begin(store, err) &&
           replay_load(store, run_id, arena, replay, err) &&
           certify_run(store, replay, arena, &certify, err) &&
           show(&certify, as_json, err);
}

static bool
take_options(int argc, char **argv, struct cli *cli, int64_t *run_id,
    struct err *err)
{
    static const struct option options[] = {CLI_OPTIONS, {NULL, 0, NULL, 0}};
    int option;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (!cli_take(cli, option, optarg, err)) {
            return false;
        }
    }
    if (argc - optind > 1) {
        return fail(err, ERR_USAGE, "certify: one run at a time");
    }
    return optind == argc ||
           cli_int("RUN", argv[optind], 1, INT64_MAX, run_id, err);
}

int
cmd_certify(int argc, char **argv)
{
    struct cli cli;
    struct arena arena = {0};
    struct err err = {0};
    struct store *store = NULL;
    int64_t run_id = 0;
    cli_init(&cli);
    bool ok = take_options(argc, argv, &cli, &run_id, &err) &&
              (store = cli_open(&cli, STORE_READ, &err)) != NULL &&
              run_certify(store, run_id, cli.json, &arena, &err);
    store_close(store);
    arena_release(&arena);
    return ok ? 0 : cli_fail(&err);
}
