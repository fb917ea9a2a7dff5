/* cmd_serve.c: `tsunagari serve`: the pages of staff, members and the entry
 * sheet, as FastCGI. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "optimizer/service/serve.h"

enum {
    OPT_SOCKET = CLI_OWN,
    OPT_SOCKET_MODE,
    OPT_ORIGIN,
    OPT_WORKERS,
    OPT_SPOOL,
    OPT_SENDMAIL,
    OPT_MAIL_FROM,
    OPT_PUBLIC,
    OPT_MEMBERS
};

static bool
take_mode(const char *text, int *mode, struct err *err)
{
    char *end;
    long value = strtol(text, &end, 8);
    if (end == text || *end != '\0' || value < 0600 || value > 0777) {
        return fail(err, ERR_USAGE,
            "--socket-mode: not octal from 600 to 777: \"%s\"", text);
    }
    *mode = (int)value;
    return true;
}

static bool
take(struct serve_options *options, struct cli *cli, int option,
    struct err *err)
{
    struct service_settings *settings = &options->settings;
    int64_t n;
    switch (option) {
    case OPT_SOCKET:
        options->socket_path = optarg;
        return true;
    case OPT_SOCKET_MODE:
        return take_mode(optarg, &options->socket_mode, err);
    case OPT_ORIGIN:
        settings->origin = optarg;
        return true;
    case OPT_WORKERS:
        if (!cli_int("--workers", optarg, 1, SERVE_WORKERS_MAX, &n, err)) {
            return false;
        }
        options->workers = (int)n;
        return true;
    case OPT_SPOOL:
        settings->spool = optarg;
        return true;
    case OPT_SENDMAIL:
        settings->sendmail = optarg;
        return true;
    case OPT_MAIL_FROM:
        settings->mail_from = optarg;
        return true;
    case OPT_PUBLIC:
        settings->public_base = optarg;
        return true;
    case OPT_MEMBERS:
        settings->members_base = optarg;
        return true;
    default:
        return cli_take(cli, option, optarg, err);
    }
}

static bool
parse(int argc, char **argv, struct cli *cli, struct serve_options *options,
    struct err *err)
{
    static const struct option long_options[] = {CLI_OPTIONS,
        {"socket", required_argument, NULL, OPT_SOCKET},
        {"socket-mode", required_argument, NULL, OPT_SOCKET_MODE},
        {"origin", required_argument, NULL, OPT_ORIGIN},
        {"workers", required_argument, NULL, OPT_WORKERS},
        {"spool", required_argument, NULL, OPT_SPOOL},
        {"sendmail", required_argument, NULL, OPT_SENDMAIL},
        {"mail-from", required_argument, NULL, OPT_MAIL_FROM},
        {"public", required_argument, NULL, OPT_PUBLIC},
        {"members", required_argument, NULL, OPT_MEMBERS}, {0}};
    cli_init(cli);
    *options = (struct serve_options){.socket_mode = 0660,
        .workers = SERVE_WORKERS,
        .settings = {.mail_from = CLI_MAIL_FROM,
            .public_base = "/tsunagari",
            .members_base = "/members"}};
    int option;
    while ((option = cli_next(argc, argv, long_options)) != -1) {
        if (!take(options, cli, option, err)) {
            return false;
        }
    }
    options->settings.store_path = cli->store_path;
    if (optind != argc || options->socket_path == NULL ||
        options->settings.origin == NULL || options->settings.spool == NULL) {
        return fail(err, ERR_USAGE,
            "serve: needs --socket PATH --origin URL --spool DIR");
    }
    return true;
}

int
cmd_serve(int argc, char **argv)
{
    struct cli cli;
    struct serve_options options;
    struct err err = {0};
    return parse(argc, argv, &cli, &options, &err) &&
                   serve_run(&options, &err)
               ? 0
               : cli_fail(&err);
}
