/* cmd_explain.c: `tsunagari explain NEED|SUGGESTION|REGION:INTEREST`: why
 * this, what else, why nothing. */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/plan/explain.h"
#include "optimizer/whatif/replay.h"

enum { OPT_RUN = CLI_OWN };

struct request {
    struct cli cli;
    const char *name;
    int64_t run_id; /* 0: the newest with a plan */
};

/* What would be candidates now, on the run's day and with its weights; of
 * a need, or of the public demand that is named. */
static bool
count_now(struct store *store, const char *public_name, struct arena *arena,
    struct explanation *e, struct err *err)
{
    struct replay *replay = arena_alloc(arena, sizeof(*replay));
    struct plan plan;
    if (!replay_load(store, e->run.id, arena, replay, err)) {
        return false;
    }
    e->changed = replay->changed;
    plan_init(&replay->market, &replay->candidates, replay->units, arena,
        &plan);
    if (public_name != NULL) {
        return explain_public(e, &plan, public_name, arena, err);
    }
    explain_count(e, &plan, arena);
    return true;
}

static bool
load(struct store *store, struct request *request, struct arena *arena,
    struct explanation *e, struct err *err)
{
    int64_t need_id = 0;
    bool is_public;
    if (!explain_is_public(store, request->name, &is_public, err) ||
        (!is_public && !explain_find(store, request->name, &need_id,
                           &request->run_id, err)) ||
        (request->run_id == 0 &&
            !run_newest_plan(store, &request->run_id, err))) {
        return false;
    }
    if (is_public) {
        memset(e, 0, sizeof(*e));
        return run_load(store, request->run_id, arena, &e->run, err) &&
               count_now(store, request->name, arena, e, err);
    }
    return explain_load(store, request->run_id, need_id, arena, e, err) &&
           count_now(store, NULL, arena, e, err);
}

static bool
explain(struct store *store, struct request *request, struct arena *arena,
    struct err *err)
{
    struct explanation explanation;
    if (!store_begin(store, err) ||
        !load(store, request, arena, &explanation, err)) {
        return false;
    }
    if (!request->cli.json) {
        explain_print(&explanation, stdout);
        return true;
    }
    struct json json = {0};
    explain_write(&explanation, &json);
    puts(json.text);
    json_release(&json);
    return true;
}

static bool
take_options(int argc, char **argv, struct request *request, struct err *err)
{
    static const struct option options[] = {CLI_OPTIONS,
        {"run", required_argument, NULL, OPT_RUN}, {NULL, 0, NULL, 0}};
    int option;
    while ((option = cli_next(argc, argv, options)) != -1) {
        if (option == OPT_RUN) {
            if (!cli_int("--run", optarg, 1, INT64_MAX, &request->run_id,
                    err)) {
                return false;
            }
        } else if (!cli_take(&request->cli, option, optarg, err)) {
            return false;
        }
    }
    if (argc - optind != 1) {
        return fail(err, ERR_USAGE, "explain: give one need, suggestion or REGION:INTEREST");
    }
    request->name = argv[optind];
    return true;
}

int
cmd_explain(int argc, char **argv)
{
    struct request request = {0};
    struct arena arena = {0};
    struct err err = {0};
    cli_init(&request.cli);
    if (!take_options(argc, argv, &request, &err)) {
        return cli_fail(&err);
    }
    struct store *store = cli_open(&request.cli, STORE_READ, &err);
    bool ok = store != NULL && explain(store, &request, &arena, &err);
    store_close(store);
    arena_release(&arena);
    return ok ? 0 : cli_fail(&err);
}
