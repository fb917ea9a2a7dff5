/*
 * cmd_solve.c: `tsunagari solve DIR`: an explicit instance to its plan.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/base/log.h"
#include "optimizer/check/check.h"
#include "optimizer/instance/instance_file.h"
#include "optimizer/solve/solve_file.h"
#include "optimizer/solve/tier.h"

static volatile sig_atomic_t stop;

static void
on_signal(int number)
{
    (void)number;
    stop = 1;
}

static void
report(void *data, const char *text)
{
    (void)data;
    log_error("%s", text);
}

static void
progress(void *data, const char *phase, int64_t value_e6, int64_t bound_e6)
{
    (void)data;
    char value[32], bound[32];
    solve_file_decimal(value_e6, value);
    solve_file_decimal(bound_e6, bound);
    log_progress("%s: value %s, bound %s, gap %" PRId64 " ppm", phase, value,
        bound, solve_gap_ppm(value_e6, bound_e6));
}

struct request {
    const char *dir;
    int64_t time_limit_ms, gap_ppm, processes; /* -1: not given */
};

static bool
parse(int argc, char **argv, struct cli *cli, struct request *request,
    struct err *err)
{
    enum { TIME_LIMIT = CLI_OWN, GAP, PROCESSES };
    static const struct option options[] = {CLI_OPTIONS,
        {"time-limit", required_argument, NULL, TIME_LIMIT},
        {"gap", required_argument, NULL, GAP},
        {"processes", required_argument, NULL, PROCESSES},
        {NULL, 0, NULL, 0}};
    *request = (struct request){NULL, -1, -1, 0};
    int option;
    while ((option = cli_next(argc, argv, options)) != -1) {
        int64_t e6;
        bool ok = true;
        switch (option) {
        case TIME_LIMIT:
            ok = instance_decimal(optarg, 1000000000000LL, &e6) ||
                fail(err, ERR_USAGE,
                    "--time-limit: not seconds from 0 to 1000000: \"%s\"",
                    optarg);
            request->time_limit_ms = ok ? e6 / 1000 : -1;
            break;
        case GAP:
            ok = cli_int("--gap", optarg, 0, INSTANCE_PPM,
                &request->gap_ppm, err);
            break;
        case PROCESSES:
            ok = cli_int("--processes", optarg, 1, 256, &request->processes,
                err);
            break;
        default:
            ok = cli_take(cli, option, optarg, err);
        }
        if (!ok) {
            return false;
        }
    }
    if (optind + 1 != argc) {
        return fail(err, ERR_USAGE, "solve: one directory is wanted");
    }
    request->dir = argv[optind];
    return true;
}

static void
say(const struct cli *cli, const struct solve_result *result)
{
    char value[32], bound[32];
    solve_file_decimal(result->value_e6, value);
    solve_file_decimal(result->bound_e6, bound);
    if (result->units == NULL) {
        log_error("%s: %s", solve_state_name(result->state),
            result->message);
    } else if (!cli->quiet) {
        printf("%s: objective %s, bound %s, gap %" PRId64
               " ppm, %.3f s, %s%s%s\n",
            solve_state_name(result->state), value, bound,
            solve_gap_ppm(result->value_e6, result->bound_e6),
            result->seconds, result->method,
            result->message[0] != '\0' ? ": " : "", result->message);
    }
}

/* A plan that the check refuses is no plan. */
static void
verify(const struct instance *in, struct solve_result *result,
    struct arena *arena)
{
    int64_t value_e6 = 0;
    struct err err = {0};
    if (result->units == NULL ||
        (check_plan(in, result->units, &value_e6, &err) &&
            value_e6 == result->value_e6)) {
        return;
    }
    result->state = SOLVE_FAILED;
    result->units = NULL;
    result->message = err.kind != ERR_NONE
        ? arena_string(arena, err.text)
        : "the check finds another value for the plan";
}

static bool
run(const struct request *request, const struct cli *cli,
    struct arena *arena, bool *plan, struct err *err)
{
    struct instance in;
    struct instance_params params;
    struct solve_result result;
    if (!instance_read(
            request->dir, arena, &in, &params, report, NULL, err)) {
        return false;
    }
    const struct solve_options options = {
        .time_limit_ms = request->time_limit_ms >= 0
            ? request->time_limit_ms
            : params.time_limit_ms,
        .gap_ppm = (int32_t)(request->gap_ppm >= 0 ? request->gap_ppm
                                                   : params.gap_ppm),
        .processes = (int32_t)request->processes,
        .stop = &stop,
        .progress = progress};
    bool ok = tier_solve(&in, &options, arena, &result, err);
    log_progress_end();
    if (!ok) {
        return false;
    }
    verify(&in, &result, arena);
    say(cli, &result);
    *plan = result.units != NULL;
    return cli->dry_run || solve_file_write(request->dir, &in, &result, err);
}

int
cmd_solve(int argc, char **argv)
{
    struct cli cli;
    struct request request;
    struct err err = {0};
    cli_init(&cli);
    if (!parse(argc, argv, &cli, &request, &err)) {
        return cli_fail(&err);
    }
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    struct arena arena = {0};
    bool plan = false;
    bool ok = run(&request, &cli, &arena, &plan, &err);
    arena_release(&arena);
    if (!ok) {
        return cli_fail(&err);
    }
    return plan ? 0 : ERR_NO_PLAN;
}
