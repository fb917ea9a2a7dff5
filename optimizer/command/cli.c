/* cli.c: the options that all commands share. */
#include "cli.h"

#include <errno.h>
#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "optimizer/base/arena.h"
#include "optimizer/base/day.h"
#include "optimizer/base/log.h"

static bool help_asked;

static const char *
default_actor(void)
{
    const char *actor = getenv("TSUNAGARI_ACTOR");
    if (actor != NULL && actor[0] != '\0') {
        return actor;
    }
    const struct passwd *user = getpwuid(getuid());
    return user != NULL ? user->pw_name : "unknown";
}

void
cli_init(struct cli *cli)
{
    memset(cli, 0, sizeof(*cli));
    const char *path = getenv("TSUNAGARI_STORE");
    cli->store_path =
        path != NULL && path[0] != '\0' ? path : "tsunagari.db";
    cli->actor = default_actor();
    store_today(cli->date);
    optind = 1;
}

int
cli_next(int argc, char **argv, const struct option *options)
{
    return getopt_long(argc, argv, "h", options, NULL);
}

bool
cli_take(struct cli *cli, int option, const char *argument, struct err *err)
{
    switch (option) {
    case CLI_STORE:
        cli->store_path = argument;
        return true;
    case CLI_ACTOR:
        if (argument[0] == '\0') {
            return fail(err, ERR_USAGE, "--actor: is empty");
        }
        cli->actor = argument;
        return true;
    case CLI_DATE:
        if (!day_valid(argument)) {
            return fail(err, ERR_USAGE,
                "--date: not a day as YYYY-MM-DD: \"%s\"", argument);
        }
        memcpy(cli->date, argument, sizeof(cli->date));
        return true;
    case CLI_QUIET:
        cli->quiet = true;
        log_quiet(true);
        return true;
    case CLI_JSON:
        cli->json = true;
        return true;
    case CLI_DRY_RUN:
        cli->dry_run = true;
        return true;
    case CLI_HELP:
    case 'h':
        help_asked = true;
        return false;
    default: /* getopt has said what is wrong */
        return fail(err, ERR_USAGE, "see `tsunagari help`");
    }
}

bool
cli_int(const char *name, const char *text, int64_t min, int64_t max,
    int64_t *value, struct err *err)
{
    errno = 0;
    char *end;
    long long number = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || number < min ||
        number > max) {
        return fail(err, ERR_USAGE,
            "%s: not a whole number from %" PRId64 " to %" PRId64 ": \"%s\"",
            name, min, max, text);
    }
    *value = number;
    return true;
}

struct store *
cli_open(const struct cli *cli, enum store_mode mode, struct err *err)
{
    return store_open(cli->store_path, mode, cli->actor, err);
}

bool
cli_read(int argc, char **argv, const struct option *options,
    cli_take_option *take, void *job, struct err *err)
{
    int option;
    while ((option = cli_next(argc, argv, options)) != -1) {
        if (!take(job, option, err)) {
            return false;
        }
    }
    return true;
}

static bool
take_common(void *cli, int option, struct err *err)
{
    return cli_take(cli, option, optarg, err);
}

bool
cli_take_common(int argc, char **argv, struct cli *cli, struct err *err)
{
    static const struct option options[] = {CLI_OPTIONS, {NULL, 0, NULL, 0}};
    return cli_read(argc, argv, options, take_common, cli, err);
}

static bool
take_run(int argc, char **argv, struct cli *cli, int64_t *run_id,
    struct err *err)
{
    if (!cli_take_common(argc, argv, cli, err)) {
        return false;
    }
    if (argc - optind > 1) {
        return fail(err, ERR_USAGE, "%s: one run at a time", argv[0]);
    }
    return optind == argc ||
           cli_int("RUN", argv[optind], 1, INT64_MAX, run_id, err);
}

int
cli_run_command(int argc, char **argv, cli_run_work *work)
{
    struct cli cli;
    struct arena arena = {0};
    struct err err = {0};
    struct store *store = NULL;
    int64_t run_id = 0;
    cli_init(&cli);
    bool ok = take_run(argc, argv, &cli, &run_id, &err) &&
              (store = cli_open(&cli, STORE_READ, &err)) != NULL &&
              work(store, run_id, cli.json, &arena, &err);
    store_close(store);
    arena_release(&arena);
    return ok ? 0 : cli_fail(&err);
}

int
cli_fail(const struct err *err)
{
    if (help_asked) {
        return 0;
    }
    log_error("%s", err->text);
    return (int)err->kind;
}

bool
cli_help_asked(void)
{
    return help_asked;
}

bool
cli_weight(const char *command, const char *word,
    int64_t values[OPTION_COUNT], struct err *err)
{
    const char *equals = strchr(word, '=');
    char name[64];
    if (equals == NULL || (size_t)(equals - word) >= sizeof(name)) {
        return fail(err, ERR_USAGE, "%s: not NAME=VALUE: \"%s\"", command,
            word);
    }
    memcpy(name, word, (size_t)(equals - word));
    name[equals - word] = '\0';
    int id = option_find(name);
    if (id == OPTION_COUNT) {
        return fail(err, ERR_USAGE,
            "%s: no such name, see `tsunagari weights list`: \"%s\"",
            command, name);
    }
    const struct option_row *row = option_at(id);
    return cli_int(name, equals + 1, row->min, row->max, &values[id], err);
}
