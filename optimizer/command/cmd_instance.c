/*
 * cmd_instance.c: `tsunagari instance dump [RUN] DIR`: the matching of the
 * store as CSV files that `tsunagari solve` reads.
 *
 * Without RUN: of --date, with the published weights.  With RUN: of its day
 * and weights, and only if the store still is what that run saw (its input
 * digest): entries are not kept as they were.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "optimizer/base/log.h"
#include "optimizer/instance/instance_file.h"
#include "optimizer/market/candidate.h"
#include "optimizer/store/run.h"
#include "optimizer/store/weights.h"

struct request {
    struct cli cli;
    int64_t run_id; /* 0: none */
    const char *dir;
};

static bool
dump(struct store *store, const struct request *request,
    struct market *market, struct arena *arena, struct err *err)
{
    struct run run = {.plan_date = request->cli.date};
    struct candidates candidates;
    struct instance_params params = {0};
    int64_t value[OPTION_COUNT];
    char digest[17];
    bool ok = request->run_id > 0
                  ? run_load(store, request->run_id, arena, &run, err)
                  : weights_published(store, &run.weight_version, err);
    if (!ok || !weights_load(store, run.weight_version, value, err) ||
        !market_load(store, run.plan_date, value, arena, market, err) ||
        !candidate_build(market, arena, &candidates, err)) {
        return false;
    }
    candidate_digest(&candidates, value, digest);
    if (request->run_id > 0 && strcmp(digest, run.input_digest) != 0) {
        return fail(err, ERR_INPUT,
            "the store has changed since run %" PRId64
            ": its instance cannot be made again",
            request->run_id);
    }
    params.time_limit_ms = 1000 * value[OPTION_TIME_LIMIT];
    params.gap_ppm = (int32_t)value[OPTION_GAP_PPM];
    if (!instance_write(request->dir, &candidates.instance, &params, err)) {
        return false;
    }
    log_info("instance: %" PRId32 " needs, %" PRId32 " lines, %" PRId32
             " offers, %" PRId32 " pairs, digest %s, in %s",
        candidates.instance.needs_n, candidates.instance.lines_n,
        candidates.instance.offers_n, candidates.instance.pairs_n, digest,
        request->dir);
    return true;
}

static bool
take_words(int argc, char **argv, struct request *request, struct err *err)
{
    if (!cli_take_common(argc, argv, &request->cli, err)) {
        return false;
    }
    int words = argc - optind;
    if ((words != 2 && words != 3) || strcmp(argv[optind], "dump") != 0) {
        return fail(err, ERR_USAGE, "instance: dump [RUN] DIR");
    }
    request->dir = argv[argc - 1];
    return words == 2 || cli_int("instance dump", argv[optind + 1], 1,
                             INT64_MAX, &request->run_id, err);
}

int
cmd_instance(int argc, char **argv)
{
    struct request request = {0};
    struct arena arena = {0};
    struct err err = {0};
    cli_init(&request.cli);
    if (!take_words(argc, argv, &request, &err)) {
        return cli_fail(&err);
    }
    struct market *market = xcalloc(1, sizeof(*market));
    struct store *store = cli_open(&request.cli, STORE_READ, &err);
    bool ok = store != NULL && store_begin(store, &err) &&
              dump(store, &request, market, &arena, &err);
    store_close(store);
    free(market);
    arena_release(&arena);
    return ok ? 0 : cli_fail(&err);
}
