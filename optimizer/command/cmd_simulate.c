/* cmd_simulate.c: `tsunagari simulate --set NAME=VALUE`: what other weights
 * would do; the store is opened for reading alone. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/whatif/simulate.h"

enum { OPT_SET = CLI_OWN, OPT_RUN, OPT_TIME_LIMIT, OPT_COLD };

struct request {
    struct cli cli;
    int64_t run_id; /* 0: the newest with a plan */
    int64_t time_limit_s;
    bool cold;      /* not from the last plan and prices */
    const char **set; /* into argv */
    int sets;
};

static volatile sig_atomic_t stop_asked;

static void
on_stop(int number)
{
    (void)number;
    stop_asked = 1;
}

static bool
simulate(struct store *store, const struct request *request,
    struct arena *arena, struct err *err)
{
    int64_t value[OPTION_COUNT];
    struct simulate_set set[OPTION_COUNT];
    int32_t n = 0;
    struct solve_options options = {.stop = &stop_asked,
        .time_limit_ms = 1000 * request->time_limit_s};
    const struct solve_start nothing = {0};
    options.start = request->cold ? &nothing : NULL;
    for (int id = 0; id < OPTION_COUNT; id++) {
        value[id] = INT64_MIN; /* below every range: not set */
    }
    for (int i = 0; i < request->sets; i++) {
        if (!cli_weight("simulate", request->set[i], value, err)) {
            return false;
        }
    }
    for (int id = 0; id < OPTION_COUNT; id++) {
        if (value[id] != INT64_MIN) {
            set[n++] = (struct simulate_set){(enum option_id)id, value[id]};
        }
    }
    const struct simulate *s = simulate_weights(store, request->run_id, set,
        n, &options, arena, err);
    if (s == NULL) {
        return false;
    }
    if (!request->cli.json) {
        simulate_print(s, stdout);
        return true;
    }
    struct json json = {0};
    simulate_write(s, &json);
    puts(json.text);
    json_release(&json);
    return true;
}

static bool
take_options(int argc, char **argv, struct request *request, struct err *err)
{
    static const struct option options[] = {CLI_OPTIONS,
        {"set", required_argument, NULL, OPT_SET},
        {"run", required_argument, NULL, OPT_RUN},
        {"time-limit", required_argument, NULL, OPT_TIME_LIMIT},
        {"cold", no_argument, NULL, OPT_COLD},
        {NULL, 0, NULL, 0}};
    int option;
    bool ok = true;
    while (ok &&
           (option = cli_next(argc, argv, options)) != -1) {
        if (option == OPT_SET) {
            request->set[request->sets++] = optarg;
        } else if (option == OPT_COLD) {
            request->cold = true;
        } else if (option == OPT_RUN) {
            ok = cli_int("--run", optarg, 1, INT64_MAX, &request->run_id,
                err);
        } else if (option == OPT_TIME_LIMIT) {
            ok = cli_int("--time-limit", optarg, 1, 86400,
                &request->time_limit_s, err);
        } else {
            ok = cli_take(&request->cli, option, optarg, err);
        }
    }
    while (ok && optind < argc) { /* as in weights set */
        request->set[request->sets++] = argv[optind++];
    }
    return ok && (request->sets > 0 ||
                     fail(err, ERR_USAGE, "simulate: give --set NAME=VALUE"));
}

int
cmd_simulate(int argc, char **argv)
{
    struct request request = {0};
    struct arena arena = {0};
    struct err err = {0};
    struct store *store = NULL;
    struct sigaction action = {.sa_handler = on_stop};
    cli_init(&request.cli);
    request.set = arena_array(&arena, (size_t)argc, sizeof(*request.set));
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    bool ok = take_options(argc, argv, &request, &err) &&
              (store = cli_open(&request.cli, STORE_READ, &err)) != NULL &&
              simulate(store, &request, &arena, &err);
    store_close(store);
    arena_release(&arena);
    return ok ? 0 : cli_fail(&err);
}
