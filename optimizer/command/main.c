/* main.c: `tsunagari COMMAND ...`: finds the command and runs it. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *usage;
    const char *help;
} commands[] = {
    /* in the order of a day's work */
    {"init", cmd_init, "",
        "make or bring up to date the store, with the shipped regions and"
        " vocabularies"},
    {"template", cmd_template, "entries|organisations [--excel FILE]",
        "an empty sheet as CSV or workbook, with what each column means"},
    {"import", cmd_import,
        "organisations|entries|cases|facilities|events|networks FILE"
        " [--approve] [--network NAME]"
        " [--confirmed-on DATE] [--organisation KEY] [--region CODE]"
        " [--source TEXT] [--skip-bad] [--encoding utf-8|cp932]",
        "a CSV into the store: all rows or none"},
    {"generate", cmd_generate, "--entries N [--seed S] [--needs PERCENT]",
        "made-up entries, to try out and to measure: never in a real store"},
    {"check", cmd_check, "", "is what stands in the store sound?"},
    {"solve", cmd_solve,
        "DIR [--time-limit SECONDS] [--gap PPM] [--processes N]",
        "solve an explicit instance: writes plan.csv and result.json"},
    {"match", cmd_match, "[--time-limit S] [--dump DIR]",
        "tonight's plan: candidates, solver, independent check"},
    {"explain", cmd_explain, "NEED|SUGGESTION|REGION:INTEREST [--run RUN]",
        "why this, what else, why nothing: a need's id or key, s12, or what"
        " residents look for: 142166:ibasho"},
    {"certify", cmd_certify, "[RUN]",
        "is a stored plan what it says? value, bound and gap derived anew"},
    {"recruit", cmd_recruit, "[RUN]",
        "which resource is missing where: one more would cover what"},
    {"runs", cmd_runs, "[RUN] [--limit N]",
        "what was planned, newest first; a run's suggestions"},
    {"diff", cmd_diff, "RUN RUN", "what changed between two plans"},
    {"decide", cmd_decide,
        "NEED OFFER pin|forbid|defer --reason TEXT [--units N]"
        " [--until DATE] | --revoke ID --reason TEXT | list",
        "the staff's word on a pair, from the next match on"},
    {"screen", cmd_screen,
        "[--state S] [--side need|offer] [--text T] [--after N] [--limit N]"
        " | show ENTRY | mark ENTRY REQUIREMENT pass|fail|unclear [--note T]"
        " | confirm ENTRY CONDITION|all [--note T] |"
        " submit|approve|return|reject|reopen|pause|resume|withdraw|expire"
        "|renew ENTRY [--reason T] [--hold-back] | require REQUIREMENT"
        " on|off --reason T",
        "the inbox, an entry's 要件 and 諸条件, and its way"},
    {"organisations", cmd_organisations,
        "duplicates [ORG] | merge FROM INTO --reason T | distinct ORG ORG"
        " --reason T | set ORG linked|publish|member on|off --reason T",
        "organisations that may be one, and their flags"},
    {"outcome", cmd_outcome,
        "[--stage S] [--limit N] | introduce NEED OFFER [--to need|offer]"
        " [--template FILE] [--spool DIR [--sendmail PROGRAM] [--mail-from A]]"
        " | accept NEED OFFER --by SIDE"
        " | agree|hold|propose NEED OFFER [--note T] | decline NEED OFFER"
        " --by need|offer --code CODE [--note T] | unanswered NEED OFFER"
        " --by need|offer | undo NEED OFFER",
        "what becomes of suggestions; a decline promotes the runner-up"},
    {"remind", cmd_remind,
        "[--lead DAYS] [--spool DIR [--sendmail PROGRAM] [--mail-from A]]"
        " [--again]",
        "whose 確認日 lapses, as mail in a spool directory or sent"},
    {"instance", cmd_instance, "dump [RUN] DIR",
        "the matching as CSV files for `solve`"},
    {"weights", cmd_weights,
        "list [VERSION] | set NAME=VALUE... --reason TEXT [--use] | history"
        " | use VERSION --reason TEXT",
        "what a plan is made of: points, prices, floors, limits"},
    {"profile", cmd_profile, "list | save NAME [VERSION] | drop NAME",
        "weights by name; where a VERSION is asked for, a name will do"},
    {"simulate", cmd_simulate,
        "--set NAME=VALUE ... [--run RUN] [--time-limit S] [--cold]",
        "what other weights would do to the plan; nothing is written"},
    {"report", cmd_report,
        "[--from DATE] [--to DATE] [--xlsx FILE] [--csv DIR]",
        "the figures of a period: members, entries, coverage, 打診 to 実施;"
        " from 1 April on if not said"},
    {"publish", cmd_publish, "--audience public|members FILE [--run N]",
        "the latest plan as a snapshot for the web server"},
    {"snapshot", cmd_snapshot, "FILE",
        "header, counts and sections of a snapshot, and whether it is whole"},
    {"rollback", cmd_rollback, "RUN --audience public|members FILE",
        "an earlier plan again (with what is published today)"},
    {"account", cmd_account,
        "add LOGIN --role ROLE [--name TEXT] [--organisation KEY]"
        " [--generate] | passwd LOGIN | role LOGIN ROLE | lock LOGIN"
        " | unlock LOGIN | list",
        "who may log in: member, viewer, screener, tuner, admin"},
    {"serve", cmd_serve,
        "--socket PATH --origin URL --spool DIR [--workers N]"
        " [--socket-mode OCTAL] [--sendmail PROGRAM] [--mail-from ADDRESS]"
        " [--public PATH] [--members PATH]",
        "the pages of staff, members and the entry sheet, for nginx"},
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static const char common[] = "[--store PATH] [--actor NAME]"
                             " [--date YYYY-MM-DD] [--quiet] [--json]"
                             " [--dry-run]";

static void
print_help(FILE *out)
{
    fprintf(out, "usage: tsunagari COMMAND %s ...\n\n", common);
    for (size_t i = 0; i < COMMANDS; i++) {
        fprintf(out, "  %s %s\n      %s\n", commands[i].name,
            commands[i].usage, commands[i].help);
    }
    fputs("\nexit codes: 0 done, 1 no publishable plan, 2 usage, 3 bad"
          " input, 4 system\n",
        out);
}

static void
print_usage(const struct command *command)
{
    printf("usage: tsunagari %s %s\n           %s\n\n%s\n", command->name,
        command->usage, common, command->help);
}

static const struct command *
find_command(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(name, commands[i].name) == 0) {
            return &commands[i];
        }
    }
    fprintf(stderr, "tsunagari: no command \"%s\", see `tsunagari help`\n",
        name);
    return NULL;
}

static bool
asks_for_help(const char *word)
{
    return strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 ||
           strcmp(word, "-h") == 0;
}

static int
run(int argc, char **argv)
{
    bool help = asks_for_help(argv[1]);
    if (help && argc == 2) {
        print_help(stdout);
        return 0;
    }
    const struct command *command = find_command(argv[help ? 2 : 1]);
    if (command == NULL) {
        return ERR_USAGE;
    }
    int code = help ? 0 : command->run(argc - 1, argv + 1);
    if (help || cli_help_asked()) {
        print_usage(command);
    }
    return code;
}

int
main(int argc, char **argv)
{
    xmalloc_large_apart();
    signal(SIGXFSZ, SIG_IGN); /* a limit is told as a full disk is */
    if (argc < 2) {
        print_help(stderr);
        return ERR_USAGE;
    }
    int code = run(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("tsunagari: cannot write the output\n", stderr);
        return ERR_SYSTEM;
    }
    return code;
}
