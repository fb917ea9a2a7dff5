/* cmd_import.c: `tsunagari import KIND FILE`. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/base/day.h"
#include "optimizer/base/log.h"
#include "optimizer/intake/import.h"
#include "optimizer/staff/import_networks.h"
#include "schema/fold.h"

enum {
    OPT_APPROVE = CLI_OWN,
    OPT_CONFIRMED_ON,
    OPT_ORGANISATION,
    OPT_REGION,
    OPT_SOURCE,
    OPT_SKIP_BAD,
    OPT_ENCODING,
    OPT_NETWORK
};

static bool
take(struct import_options *options, struct cli *cli, int option,
    struct err *err)
{
    switch (option) {
    case OPT_APPROVE:
        options->approve = true;
        return true;
    case OPT_CONFIRMED_ON:
        options->confirmed_on = optarg;
        return day_valid(optarg) ||
               fail(err, ERR_USAGE,
                   "--confirmed-on: not a day as YYYY-MM-DD: \"%s\"", optarg);
    case OPT_ORGANISATION:
        options->organisation_key = optarg;
        return true;
    case OPT_REGION:
        options->region_code = optarg;
        return true;
    case OPT_SOURCE:
        options->source = optarg;
        return true;
    case OPT_SKIP_BAD:
        options->skip_bad = true;
        return true;
    case OPT_ENCODING:
        options->encoding = optarg;
        return true;
    case OPT_NETWORK:
        options->network = optarg;
        return (optarg[0] != '\0' && strlen(optarg) <= NETWORK_NAME_MAX &&
                   fold_utf8_valid(optarg, strlen(optarg)) ==
                       strlen(optarg)) ||
            fail(err, ERR_USAGE,
                "--network: a name of at most %d bytes of UTF-8",
                NETWORK_NAME_MAX);
    default:
        return cli_take(cli, option, optarg, err);
    }
}

static bool
parse(int argc, char **argv, struct cli *cli, struct import_options *options,
    const struct import_kind **kind, const char **path, struct err *err)
{
    static const struct option long_options[] = {CLI_OPTIONS,
        {"approve", no_argument, NULL, OPT_APPROVE},
        {"confirmed-on", required_argument, NULL, OPT_CONFIRMED_ON},
        {"organisation", required_argument, NULL, OPT_ORGANISATION},
        {"region", required_argument, NULL, OPT_REGION},
        {"source", required_argument, NULL, OPT_SOURCE},
        {"skip-bad", no_argument, NULL, OPT_SKIP_BAD},
        {"encoding", required_argument, NULL, OPT_ENCODING},
        {"network", required_argument, NULL, OPT_NETWORK}, {0}};
    cli_init(cli);
    memset(options, 0, sizeof(*options));
    int option;
    while ((option = cli_next(argc, argv, long_options)) != -1) {
        if (!take(options, cli, option, err)) {
            return false;
        }
    }
    if (argc - optind != 2) {
        return fail(err, ERR_USAGE, "import: needs a kind and one file");
    }
    *kind = strcmp(argv[optind], import_networks.name) == 0
                ? &import_networks
                : import_kind_find(argv[optind]);
    *path = argv[optind + 1];
    options->dry_run = cli->dry_run;
    if (options->confirmed_on == NULL) {
        options->confirmed_on = cli->date;
    }
    if (*kind == NULL) {
        return fail(err, ERR_USAGE,
            "import: not organisations, entries, cases, facilities, events "
            "or networks: \"%s\"",
            argv[optind]);
    }
    if ((*kind == &import_networks) != (options->network != NULL)) {
        return fail(err, ERR_USAGE,
            "import: --network NAME goes with networks, and only there");
    }
    return true;
}

static void
report(const struct cli *cli, const struct import_kind *kind, bool ok,
    const struct import_counts *c)
{
    if (cli->json) {
        printf("{\"import\":\"%s\",\"written\":%s,\"rows\":%" PRId64
               ",\"inserted\":%" PRId64 ",\"updated\":%" PRId64
               ",\"unchanged\":%" PRId64 ",\"bad\":%" PRId64
               ",\"organisations\":%" PRId64 "}\n",
            kind->name, ok && !cli->dry_run ? "true" : "false", c->rows,
            c->inserted, c->updated, c->unchanged, c->bad,
            c->organisations);
    } else if (ok && !cli->quiet) {
        printf("%s: %" PRId64 " inserted, %" PRId64 " updated, %" PRId64
               " unchanged, %" PRId64 " bad",
            kind->name, c->inserted, c->updated, c->unchanged, c->bad);
        if (c->organisations > 0) {
            printf("; %" PRId64 " organisations made", c->organisations);
        }
        puts(cli->dry_run ? " (dry run: nothing written)" : "");
    }
}

int
cmd_import(int argc, char **argv)
{
    struct cli cli;
    struct import_options options;
    struct import_counts counts = {0};
    const struct import_kind *kind = NULL;
    const char *path = NULL;
    struct err err = {0};
    if (!parse(argc, argv, &cli, &options, &kind, &path, &err)) {
        return cli_fail(&err);
    }
    struct store *store = cli_open(&cli, STORE_WRITE, &err);
    if (store == NULL) {
        return cli_fail(&err);
    }
    bool ok = import_run(store, kind, path, &options, &counts, &err);
    store_close(store);
    report(&cli, kind, ok, &counts);
    return ok ? 0 : cli_fail(&err);
}
