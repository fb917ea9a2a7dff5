/*
 * cmd_match.c: `tsunagari match`: store, market, candidates, solver, check,
 * plan, store.
 *
 * A plan that the independent check refuses is not stored: the run is
 * recorded as failed, and earlier runs stay as they are.  Exit codes: 0 a
 * plan, 1 none, else as cli.h.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "optimizer/base/lock.h"
#include "optimizer/base/log.h"
#include "optimizer/instance/instance_file.h"
#include "optimizer/plan/loss.h"
#include "optimizer/plan/plan_write.h"
#include "optimizer/plan/prices.h"
#include "optimizer/plan/summary.h"
#include "optimizer/solve/accept.h"
#include "optimizer/solve/tier.h"
#include "optimizer/staff/amend.h"
#include "optimizer/store/run.h"
#include "optimizer/store/weights.h"
#include "optimizer/whatif/recruit.h"

enum { OPT_TIME_LIMIT = CLI_OWN, OPT_DUMP };

struct job {
    struct cli cli;
    int64_t time_limit_s; /* -1: as the weights say */
    const char *dump;     /* NULL, or a directory for the instance */
    struct store *store;
    struct arena arena;
    struct market market;
    struct candidates candidates;
    struct solve_result result;
    struct plan plan;
    struct run run;
    const char **wanted; /* sentences of recruit.h */
    int32_t wanted_n;
    char digest[17], started_at[21];
    int64_t weight_version;
    int64_t decision; /* the last one that was seen */
};

static volatile sig_atomic_t stop_asked;

static void
on_stop(int number)
{
    (void)number;
    stop_asked = 1;
}

static void
catch_stops(void)
{
    struct sigaction action = {.sa_handler = on_stop};
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
}

/* From one consistent view of the store, of a handle that holds no writer
 * up; what they do meanwhile overtake() sees. */
static bool
load(struct job *job, struct err *err)
{
    int64_t value[OPTION_COUNT];
    log_progress("match: reading the store");
    struct store *reader = cli_open(&job->cli, STORE_READ, err);
    bool ok = reader != NULL && store_begin(reader, err) &&
              weights_published(reader, &job->weight_version, err) &&
              weights_load(reader, job->weight_version, value, err) &&
              store_query_int(reader, "SELECT ifnull(max(id), 0)"
                                      " FROM decisions",
                  &job->decision, err) &&
              market_load(reader, job->cli.date, value, &job->arena,
                  &job->market, err);
    store_close(reader);
    if (!ok) {
        return false;
    }
    log_progress("match: looking for candidates");
    if (!candidate_build(&job->market, &job->arena, &job->candidates, err)) {
        return false;
    }
    candidate_digest(&job->candidates, value, job->digest);
    return true;
}

static void
show_progress(void *data, const char *phase, int64_t value_e6,
    int64_t bound_e6)
{
    (void)data;
    log_progress("match: %s, %" PRId64 " of at most %" PRId64
                 " points, gap %" PRId64 " ppm",
        phase, value_e6 / 1000000000, bound_e6 / 1000000000,
        solve_gap_ppm(value_e6, bound_e6));
}

static struct solve_options
solver_options(const struct job *job)
{
    int64_t limit_s = job->time_limit_s >= 0
                          ? job->time_limit_s
                          : job->market.value[OPTION_TIME_LIMIT];
    return (struct solve_options){.time_limit_ms = 1000 * limit_s,
        .gap_ppm = (int32_t)job->market.value[OPTION_GAP_PPM],
        .stop = &stop_asked, .progress = show_progress};
}

static void
describe_run(struct job *job)
{
    const struct instance *in = &job->candidates.instance;
    const struct solve_result *result = &job->result;
    job->run = (struct run){.plan_date = job->cli.date,
        .state = solve_state_name(result->state),
        .weight_version = job->weight_version,
        .has_plan = result->units != NULL,
        .needs_n = job->market.counts.needs,
        .lines_n = job->market.counts.need_lines,
        .offers_n = job->market.counts.offers, .pairs_n = in->pairs_n,
        .input_digest = job->digest, .message = result->message,
        .started_at = job->started_at};
    if (job->run.has_plan) {
        job->run.objective = result->value_e6;
        job->run.bound = result->bound_e6;
        job->run.gap_ppm =
            solve_gap_ppm(result->value_e6, result->bound_e6);
    }
}

/* No plan: the run is recorded with its message, and the exit code is 1. */
static bool
record_failure(struct job *job, const char *state, const char *message,
    struct err *err)
{
    job->run.state = state;
    job->run.message = message;
    job->run.has_plan = false;
    if (!job->cli.dry_run &&
        (!store_begin(job->store, err) ||
            !run_insert(job->store, &job->run, err) ||
            !store_commit(job->store, err))) {
        return false;
    }
    return fail(err, ERR_NO_PLAN, "no plan: %s", message);
}

static bool
solve_and_check(struct job *job, struct err *err)
{
    struct solve_options options = solver_options(job);
    struct instance *in = &job->candidates.instance;
    log_progress("match: solving %" PRId32 " pairs", in->pairs_n);
    if (!tier_solve(in, &options, &job->arena, &job->result, err)) {
        return false;
    }
    describe_run(job);
    struct err refused = {0};
    if (!accept_result(in, &job->result, &refused)) {
        bool none = job->result.units == NULL;
        return record_failure(job, none ? job->run.state : "failed",
            refused.text, err);
    }
    plan_init(&job->market, &job->candidates, job->result.units, &job->arena,
        &job->plan);
    return true;
}

static void
make_summary(struct job *job, const enum cause *causes,
    struct summary *summary, struct summary_run *head)
{
    *head = (struct summary_run){.run_id = job->run.id,
        .plan_date = job->cli.date, .state = job->run.state,
        .method = job->result.method, .digest = job->digest,
        .weight_version = job->weight_version,
        .value_e6 = job->run.objective, .bound_e6 = job->run.bound,
        .gap_ppm = job->run.gap_ppm};
    summary_make(&job->plan, causes, &job->arena, summary);
    summary->wanted = job->wanted;
    summary->wanted_n = job->wanted_n;
}

/* What to look for, in sentences; only beside a proven plan. */
static bool
look_for(struct job *job, struct solve_options options, struct err *err)
{
    struct recruit recruit;
    const struct solve_result *result = &job->result;
    if (result->state != SOLVE_OPTIMAL) {
        return true;
    }
    log_progress("match: what one more offer would do");
    options.time_limit_ms =
        1000 * job->market.value[OPTION_LOSS_TIME] / RECRUIT_TRIED;
    const struct solve_start start = solve_start_of(result);
    if (!recruit_make(&job->plan, &start,
            result->bound_e6 - result->value_e6, &options, &job->arena,
            &recruit, err)) {
        return false;
    }
    job->wanted = arena_array(&job->arena, RECRUIT_TRIED, sizeof(char *));
    for (int32_t k = 0; k < recruit.n; k++) {
        job->wanted[job->wanted_n++] =
            recruit_text(&job->market, &recruit.ideas[k], &job->arena);
    }
    return true;
}

static void
show(const struct job *job, const struct summary *summary,
    const struct summary_run *head)
{
    log_progress_end();
    if (job->cli.json) {
        struct json json = {0};
        summary_write(summary, head, &json);
        puts(json.text);
        json_release(&json);
    } else if (!job->cli.quiet) {
        summary_print(summary, head, stdout);
    }
}

/* The run, its plan and its summary, in one transaction. */
static bool
keep(struct job *job, const struct plan_extras *extras, enum cause *causes,
    struct err *err)
{
    struct summary summary;
    struct summary_run head;
    if (!store_begin(job->store, err) ||
        !run_insert(job->store, &job->run, err) ||
        !plan_write(job->store, job->run.id, &job->plan, extras, causes,
            err)) {
        return false;
    }
    make_summary(job, causes, &summary, &head);
    struct json json = {0};
    summary_write(&summary, &head, &json);
    job->run.summary = json.text;
    bool ok = run_set_summary(job->store, &job->run, err) &&
              store_commit(job->store, err);
    job->run.summary = NULL;
    json_release(&json);
    if (ok) {
        show(job, &summary, &head);
    }
    return ok;
}

static bool
finish(struct job *job, struct err *err)
{
    enum cause *causes = arena_array(&job->arena,
        (size_t)job->candidates.instance.lines_n, sizeof(*causes));
    if (job->cli.dry_run) {
        struct summary summary;
        struct summary_run head;
        plan_causes(&job->plan, causes);
        make_summary(job, causes, &summary, &head);
        show(job, &summary, &head);
        return true;
    }
    struct plan_extras extras = {0};
    struct solve_options options = solver_options(job);
    options.time_limit_ms = 0; /* the stop flag still ends it */
    if (!loss_alternatives(&job->plan, &job->result, &options, &job->arena,
            &extras, err) ||
        !look_for(job, options, err)) {
        return false;
    }
    prices_collect(&job->candidates, &job->result, &job->arena, &extras);
    return keep(job, &extras, causes, err);
}

/* What was declined, or barred, or left, since the store was read. */
static bool
overtake(struct job *job, struct err *err)
{
    struct amendment amendment;
    int64_t waiting;
    if (job->cli.dry_run) {
        return true;
    }
    if (!store_begin(job->store, err) ||
        !amend_overtaken(job->store, &job->arena, &amendment, err) ||
        !amend_waiting(job->store, job->decision, &job->arena, &waiting,
            err) ||
        !store_commit(job->store, err)) {
        return false;
    }
    if (!job->cli.json && !job->cli.quiet) {
        amend_print(&amendment, stdout);
    }
    if (waiting > 0) {
        log_info("match: %" PRId64 " pins came while the plan was made and"
                 " wait for the next match", waiting);
    }
    return true;
}

static bool
run_match(struct job *job, struct err *err)
{
    bool dry = job->cli.dry_run;
    job->store = cli_open(&job->cli, dry ? STORE_READ : STORE_WRITE, err);
    if (job->store == NULL) {
        return false;
    }
    int lock = dry ? -1 : lock_take(job->cli.store_path, err);
    if (!dry && lock < 0) {
        return false;
    }
    catch_stops();
    store_now(job->started_at);
    struct instance_params params = {0};
    bool ok = load(job, err) &&
              (job->dump == NULL || instance_write(job->dump,
                                        &job->candidates.instance, &params,
                                        err)) &&
              solve_and_check(job, err) && finish(job, err) &&
              overtake(job, err);
    lock_drop(lock);
    return ok;
}

static bool
take_options(int argc, char **argv, struct job *job, struct err *err)
{
    static const struct option options[] = {CLI_OPTIONS,
        {"time-limit", required_argument, NULL, OPT_TIME_LIMIT},
        {"dump", required_argument, NULL, OPT_DUMP}, {NULL, 0, NULL, 0}};
    int option;
    while ((option = cli_next(argc, argv, options)) != -1) {
        if (option == OPT_TIME_LIMIT) {
            if (!cli_int("--time-limit", optarg, 0, 86400,
                    &job->time_limit_s, err)) {
                return false;
            }
        } else if (option == OPT_DUMP) {
            job->dump = optarg;
        } else if (!cli_take(&job->cli, option, optarg, err)) {
            return false;
        }
    }
    return optind == argc ||
           fail(err, ERR_USAGE, "match: takes no \"%s\"", argv[optind]);
}

int
cmd_match(int argc, char **argv)
{
    struct job *job = xcalloc(1, sizeof(*job));
    struct err err = {0};
    cli_init(&job->cli);
    job->time_limit_s = -1;
    bool ok = take_options(argc, argv, job, &err) && run_match(job, &err);
    log_progress_end();
    store_close(job->store);
    arena_release(&job->arena);
    free(job);
    return ok ? 0 : cli_fail(&err);
}
