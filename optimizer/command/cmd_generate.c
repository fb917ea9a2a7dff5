/* cmd_generate.c: `tsunagari generate`: a store full of made-up entries. */
#include <inttypes.h>
#include <stdio.h>

#include "cli.h"
#include "optimizer/intake/generate.h"

enum { OPTION_ENTRIES = CLI_OWN, OPTION_SEED, OPTION_NEEDS };

static bool
parse(int argc, char **argv, struct cli *cli, struct generate_order *order,
    struct err *err)
{
    static const struct option options[] = {CLI_OPTIONS,
        {"entries", required_argument, NULL, OPTION_ENTRIES},
        {"seed", required_argument, NULL, OPTION_SEED},
        {"needs", required_argument, NULL, OPTION_NEEDS}, {0}};
    cli_init(cli);
    *order = (struct generate_order){.seed = 1};
    int option;
    while ((option = cli_next(argc, argv, options)) != -1) {
        int64_t seed = 1, percent = 0;
        bool ok = option == OPTION_ENTRIES
            ? cli_int("--entries", optarg, 1, GENERATE_MAX, &order->entries,
                  err)
            : option == OPTION_SEED
            ? cli_int("--seed", optarg, 0, INT64_MAX, &seed, err)
            : option == OPTION_NEEDS
            ? cli_int("--needs", optarg, 1, 99, &percent, err)
            : cli_take(cli, option, optarg, err);
        if (!ok) {
            return false;
        }
        if (option == OPTION_SEED) {
            order->seed = (uint64_t)seed;
        } else if (option == OPTION_NEEDS) {
            order->needs_percent = (int32_t)percent;
        }
    }
    order->date = cli->date;
    order->dry_run = cli->dry_run;
    if (optind != argc) {
        return fail(err, ERR_USAGE, "generate: takes no argument: \"%s\"",
            argv[optind]);
    }
    return order->entries > 0 ||
        fail(err, ERR_USAGE, "generate: needs --entries N");
}

int
cmd_generate(int argc, char **argv)
{
    struct cli cli;
    struct generate_order order;
    struct generate_counts counts = {0};
    struct err err = {0};
    if (!parse(argc, argv, &cli, &order, &err)) {
        return cli_fail(&err);
    }
    struct store *store = cli_open(&cli, STORE_WRITE, &err);
    bool ok = store != NULL && generate(store, &order, &counts, &err);
    store_close(store);
    if (!ok) {
        return cli_fail(&err);
    }
    if (cli.json) {
        printf("{\"written\":%s,\"inserted\":%" PRId64 ",\"updated\":%" PRId64
               ",\"unchanged\":%" PRId64 ",\"organisations\":%" PRId64 "}\n",
            cli.dry_run ? "false" : "true", counts.inserted, counts.updated,
            counts.unchanged, counts.organisations);
    } else if (!cli.quiet) {
        printf("generate: %" PRId64 " inserted, %" PRId64 " updated, %" PRId64
               " unchanged; %" PRId64 " organisations made%s\n",
            counts.inserted, counts.updated, counts.unchanged,
            counts.organisations,
            cli.dry_run ? " (dry run: nothing written)" : "");
    }
    return 0;
}
