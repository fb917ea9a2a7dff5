/*
 * cli.h: what all commands share on the command line.
 *
 * Meaning   --store PATH (TSUNAGARI_STORE, else ./tsunagari.db), --actor
 *           NAME (TSUNAGARI_ACTOR, else the user's name), --date YYYY-MM-DD
 *           (today in Japan), --quiet, --json, --dry-run, --help (-h).  A
 *           command adds its own long options behind CLI_OPTIONS, reads
 *           them by cli_next() and hands the common ones to cli_take().
 * Failure   ERR_USAGE with the option named.
 * Lifetime  strings point into argv, the environment or static memory.
 */
#ifndef TSUNAGARI_CLI_H
#define TSUNAGARI_CLI_H

#include <getopt.h>
#include <stdbool.h>
#include <stdint.h>

#include "optimizer/base/err.h"
#include "optimizer/base/option.h"
#include "optimizer/store/store.h"

struct cli {
    const char *store_path;
    const char *actor;
    char date[11]; /* YYYY-MM-DD */
    bool quiet, json, dry_run;
};

/* Who mails come from when nothing else is said. */
#define CLI_MAIL_FROM "tsunagari@localhost"

enum { CLI_STORE = 0x1000, CLI_ACTOR, CLI_DATE, CLI_QUIET, CLI_JSON,
    CLI_DRY_RUN, CLI_HELP, CLI_OWN /* first value free for a command's own */ };

#define CLI_OPTIONS                                                           \
    {"store", required_argument, NULL, CLI_STORE},                            \
        {"actor", required_argument, NULL, CLI_ACTOR},                        \
        {"date", required_argument, NULL, CLI_DATE},                          \
        {"quiet", no_argument, NULL, CLI_QUIET},                              \
        {"json", no_argument, NULL, CLI_JSON},                                \
        {"dry-run", no_argument, NULL, CLI_DRY_RUN},                          \
        {"help", no_argument, NULL, CLI_HELP}

void cli_init(struct cli *cli);
/* The next option, as getopt_long() says it; -1: none is left. */
int cli_next(int argc, char **argv, const struct option *options);
/*
 * Takes what cli_next() returned; '?' and unknown values are usage.  Where
 * help is asked for it fails, too, so that the command does nothing: main.c
 * then tells the usage.
 */
bool cli_take(struct cli *cli, int option, const char *argument,
    struct err *err);
/* What a command does with one option; others than its own: cli_take(). */
typedef bool cli_take_option(void *job, int option, struct err *err);
/* Hands all options to take; words are left at optind. */
bool cli_read(int argc, char **argv, const struct option *options,
    cli_take_option *take, void *job, struct err *err);
/* For a command without options of its own: takes all; words are left at
 * optind. */
bool cli_take_common(int argc, char **argv, struct cli *cli, struct err *err);
/* A whole number in [min, max], nothing behind it. */
bool cli_int(const char *name, const char *text, int64_t min, int64_t max,
    int64_t *value, struct err *err);
/* "name=value" of a tunable (option.h) into values. */
bool cli_weight(const char *command, const char *word,
    int64_t values[OPTION_COUNT], struct err *err);
struct store *cli_open(const struct cli *cli, enum store_mode mode,
    struct err *err);
struct arena;
typedef bool cli_run_work(struct store *store, int64_t run_id, bool as_json,
    struct arena *arena, struct err *err);
/*
 * A whole command of the common options and at most one RUN (0: the newest):
 * opens the store to read, works, closes; its exit code.
 */
int cli_run_command(int argc, char **argv, cli_run_work *work);
/* Prints the failure on stderr, if it is one; its exit code. */
int cli_fail(const struct err *err);
bool cli_help_asked(void);

/* The commands (cmd_*.c): argv[0] is the command's name; exit codes. */
int cmd_init(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_template(int argc, char **argv);
int cmd_import(int argc, char **argv);
int cmd_generate(int argc, char **argv);
int cmd_match(int argc, char **argv);
int cmd_solve(int argc, char **argv);
int cmd_instance(int argc, char **argv);
int cmd_weights(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_publish(int argc, char **argv);
int cmd_snapshot(int argc, char **argv);
int cmd_runs(int argc, char **argv);
int cmd_diff(int argc, char **argv);
int cmd_certify(int argc, char **argv);
int cmd_recruit(int argc, char **argv);
int cmd_simulate(int argc, char **argv);
int cmd_decide(int argc, char **argv);
int cmd_screen(int argc, char **argv);
int cmd_organisations(int argc, char **argv);
int cmd_outcome(int argc, char **argv);
int cmd_remind(int argc, char **argv);
int cmd_profile(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_rollback(int argc, char **argv);
int cmd_account(int argc, char **argv);
int cmd_serve(int argc, char **argv);

#endif
