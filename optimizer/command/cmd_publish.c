/*
 * cmd_publish.c: `tsunagari publish` and `tsunagari rollback`: a plan's
 * snapshot in its place.  A rollback shows an earlier plan's order and
 * suggestions; what is published, and whether at all, is today's: entries
 * withdrawn since then stay out, changed texts are the new ones.  Expiry and
 * staleness are judged on that plan's date.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/publish/publish.h"

enum { OPTION_AUDIENCE = CLI_OWN, OPTION_RUN };

static bool
take_audience(const char *name, uint32_t *audience, struct err *err)
{
    for (uint32_t i = 0; i < 2; i++) {
        if (strcmp(publish_audience[i], name) == 0) {
            *audience = i;
            return true;
        }
    }
    return fail(
        err, ERR_USAGE, "--audience: not public or members: \"%s\"", name);
}

static bool
parse(int argc, char **argv, bool rollback, struct cli *cli,
    struct publish_order *order, struct err *err)
{
    static const struct option options[] = {CLI_OPTIONS,
        {"audience", required_argument, NULL, OPTION_AUDIENCE},
        {"run", required_argument, NULL, OPTION_RUN}, {0}};
    bool have_audience = false;
    cli_init(cli);
    int option;
    while ((option = cli_next(argc, argv, options)) != -1) {
        bool ok;
        if (option == OPTION_AUDIENCE) {
            have_audience = true;
            ok = take_audience(optarg, &order->audience, err);
        } else if (option == OPTION_RUN && !rollback) {
            ok = cli_int(
                "--run", optarg, 1, UINT32_MAX - 1, &order->run_id, err);
        } else {
            ok = cli_take(cli, option, optarg, err);
        }
        if (!ok) {
            return false;
        }
    }
    if (rollback && optind < argc &&
        !cli_int(
            "RUN", argv[optind++], 1, UINT32_MAX - 1, &order->run_id, err)) {
        return false;
    }
    if (argc - optind != 1 || !have_audience) {
        return fail(err, ERR_USAGE,
            rollback ? "rollback: wants RUN --audience public|members FILE"
                     : "publish: wants --audience public|members FILE");
    }
    order->path = argv[optind];
    order->dry_run = cli->dry_run;
    order->action = rollback ? "rollback" : "publish";
    return order->path[0] != '\0'
               ? true
               : fail(err, ERR_USAGE, "%s: FILE is empty", order->action);
}

static void
report(const struct cli *cli, const struct publish_order *order,
    const struct snapshot_counts *counts)
{
    const char *audience = publish_audience[order->audience];
    if (cli->json) {
        printf("{\"run\":%" PRId64 ",\"audience\":\"%s\",\"resources\":%" PRIu32
               ",\"needs\":%" PRIu32 ",\"suggestions\":%" PRIu32
               ",\"bytes\":%" PRIu64 ",\"crc32\":%" PRIu32 ",\"dry_run\":%s}\n",
            order->run_id, audience, counts->resources, counts->needs,
            counts->suggestions, counts->bytes, counts->crc32,
            order->dry_run ? "true" : "false");
    } else if (!cli->quiet) {
        printf("%s run %" PRId64 " for %s: %" PRIu32 " resources, %" PRIu32
               " needs, %" PRIu32 " suggestions, %" PRIu64 " bytes%s %s\n",
            order->dry_run ? "checked" : "published", order->run_id, audience,
            counts->resources, counts->needs, counts->suggestions,
            counts->bytes, order->dry_run ? ", nothing written to" : " in",
            order->path);
    }
}

static int
run(int argc, char **argv, bool rollback)
{
    struct cli cli;
    struct err err = {0};
    struct publish_order order = {0};
    struct snapshot_counts counts = {0};
    struct store *reader = NULL, *writer = NULL;
    bool ok = parse(argc, argv, rollback, &cli, &order, &err) &&
              (writer = cli_open(&cli, STORE_WRITE, &err)) != NULL &&
              (reader = cli_open(&cli, STORE_READ, &err)) != NULL &&
              publish(reader, writer, &order, &counts, &err);
    store_close(reader);
    store_close(writer);
    if (!ok) {
        return cli_fail(&err);
    }
    report(&cli, &order, &counts);
    return 0;
}

int
cmd_publish(int argc, char **argv)
{
    return run(argc, argv, false);
}

int
cmd_rollback(int argc, char **argv)
{
    return run(argc, argv, true);
}
