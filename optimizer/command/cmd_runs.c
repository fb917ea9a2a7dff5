/* cmd_runs.c: `tsunagari runs [RUN]` and `tsunagari diff RUN RUN`: what was
 * planned, and what changed between two plans. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/base/option.h"
#include "optimizer/plan/run_lines.h"
#include "optimizer/store/run.h"

enum { OPT_LIMIT = CLI_OWN };

static void
print_run(const struct run *run)
{
    printf("計画 %" PRId64 "  計画日 %s  %-10s  募集 %" PRId64 "件%" PRId64
           "行 資源 %" PRId64 "件 候補 %" PRId64 "組  重みの版 %" PRId64,
        run->id, run->plan_date, run->state, run->needs_n, run->lines_n,
        run->offers_n, run->pairs_n, run->weight_version);
    if (run->has_plan) {
        char points[OPTION_VALUE_SIZE];
        option_points(run->objective / 1000000, points);
        printf("  %s点 差 %" PRId64 ".%04" PRId64 "%%", points,
            run->gap_ppm / 10000, run->gap_ppm % 10000);
    }
    printf("  %s %s%s%s\n", run->started_at, run->actor,
        run->message[0] != '\0' ? "  " : "", run->message);
}

static void
write_run(const struct run *run, bool whole, struct json *json)
{
    json_open(json, '{');
    json_put_int(json, "run", run->id);
    json_put_text(json, "plan_date", run->plan_date);
    json_put_text(json, "state", run->state);
    json_put_int(json, "weights", run->weight_version);
    if (run->has_plan) {
        json_put_int(json, "value_e6", run->objective);
        json_put_int(json, "bound_e6", run->bound);
        json_put_int(json, "gap_ppm", run->gap_ppm);
    }
    json_put_int(json, "needs", run->needs_n);
    json_put_int(json, "lines", run->lines_n);
    json_put_int(json, "offers", run->offers_n);
    json_put_int(json, "pairs", run->pairs_n);
    json_put_text(json, "input_digest", run->input_digest);
    json_put_text(json, "message", run->message);
    json_put_text(json, "actor", run->actor);
    json_put_text(json, "started_at", run->started_at);
    json_put_text(json, "finished_at", run->finished_at);
    if (whole) {
        json_key(json, "summary");
        json_raw(json, run->summary);
        return; /* the caller goes on */
    }
    json_close(json, '}');
}

static bool
list_runs(struct store *store, const struct cli *cli, int64_t most,
    struct arena *arena, struct err *err)
{
    struct run *runs;
    struct json json = {0};
    int32_t n;
    if (!run_list(store, most, arena, &runs, &n, err)) {
        return false;
    }
    json_open(&json, '[');
    for (int32_t i = 0; i < n; i++) {
        if (cli->json) {
            write_run(&runs[i], false, &json);
        } else {
            print_run(&runs[i]);
        }
    }
    json_close(&json, ']');
    if (cli->json) {
        puts(json.text);
    }
    json_release(&json);
    return true;
}

static bool
show_run(struct store *store, const struct cli *cli, int64_t id,
    struct arena *arena, struct err *err)
{
    struct run run;
    if (!run_load(store, id, arena, &run, err)) {
        return false;
    }
    if (!cli->json) {
        print_run(&run);
        return run_lines_print(store, id, stdout, err);
    }
    struct json json = {0};
    write_run(&run, true, &json);
    bool ok = run_lines_write(store, id, &json, err);
    json_close(&json, '}');
    if (ok) {
        puts(json.text);
    }
    json_release(&json);
    return ok;
}

static bool
show_diff(struct store *store, const struct cli *cli, int64_t from,
    int64_t to, struct arena *arena, struct err *err)
{
    struct run run;
    if (!run_load(store, from, arena, &run, err) ||
        !run_load(store, to, arena, &run, err)) {
        return false;
    }
    if (!cli->json) {
        return run_lines_diff(store, from, to, stdout, NULL, err);
    }
    struct json json = {0};
    bool ok = run_lines_diff(store, from, to, NULL, &json, err);
    if (ok) {
        puts(json.text);
    }
    json_release(&json);
    return ok;
}

/* Runs by number behind the options: at most two. */
static bool
take_words(int argc, char **argv, struct cli *cli, int64_t *most,
    int64_t runs[2], int *n, struct err *err)
{
    static const struct option options[] = {CLI_OPTIONS,
        {"limit", required_argument, NULL, OPT_LIMIT}, {NULL, 0, NULL, 0}};
    int option;
    while ((option = cli_next(argc, argv, options)) != -1) {
        bool ok = option == OPT_LIMIT
                      ? cli_int("--limit", optarg, 1, 1000000, most, err)
                      : cli_take(cli, option, optarg, err);
        if (!ok) {
            return false;
        }
    }
    *n = argc - optind;
    for (int i = 0; i < *n && i < 2; i++) {
        if (!cli_int(argv[0], argv[optind + i], 1, INT64_MAX, &runs[i],
                err)) {
            return false;
        }
    }
    return true;
}

static int
run_command(int argc, char **argv, bool diff)
{
    struct cli cli;
    struct arena arena = {0};
    struct err err = {0};
    int64_t most = 30, runs[2] = {0, 0};
    int n;
    cli_init(&cli);
    if (!take_words(argc, argv, &cli, &most, runs, &n, &err)) {
        return cli_fail(&err);
    }
    if (diff ? n != 2 : n > 1) {
        fail(&err, ERR_USAGE, diff ? "diff: give two runs"
                                   : "runs: give at most one run");
        return cli_fail(&err);
    }
    struct store *store = cli_open(&cli, STORE_READ, &err);
    bool ok = store != NULL && store_begin(store, &err);
    if (ok && diff) {
        ok = show_diff(store, &cli, runs[0], runs[1], &arena, &err);
    } else if (ok && n == 1) {
        ok = show_run(store, &cli, runs[0], &arena, &err);
    } else if (ok) {
        ok = list_runs(store, &cli, most, &arena, &err);
    }
    store_close(store);
    arena_release(&arena);
    return ok ? 0 : cli_fail(&err);
}

int
cmd_runs(int argc, char **argv)
{
    return run_command(argc, argv, false);
}

int
cmd_diff(int argc, char **argv)
{
    return run_command(argc, argv, true);
}
