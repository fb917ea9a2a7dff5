/* cmd_report.c: `tsunagari report`: the figures of a period, as text, JSON,
 * CSV files or one Excel workbook. */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/base/day.h"
#include "optimizer/staff/report.h"

enum { OPT_FROM = CLI_OWN, OPT_TO, OPT_CSV, OPT_XLSX };

static const struct option options[] = {CLI_OPTIONS,
    {"from", required_argument, NULL, OPT_FROM},
    {"to", required_argument, NULL, OPT_TO},
    {"csv", required_argument, NULL, OPT_CSV},
    {"xlsx", required_argument, NULL, OPT_XLSX}, {NULL, 0, NULL, 0}};

struct wish {
    struct cli cli;
    const char *from, *to, *csv, *xlsx;
};

static bool
take_day(const char *name, const char *text, const char **day,
    struct err *err)
{
    if (!day_valid(text)) {
        return fail(err, ERR_USAGE, "%s wants YYYY-MM-DD: \"%.40s\"", name,
            text);
    }
    *day = text;
    return true;
}

static bool
take_option(void *job, int option, struct err *err)
{
    struct wish *wish = job;
    switch (option) {
    case OPT_FROM:
        return take_day("--from", optarg, &wish->from, err);
    case OPT_TO:
        return take_day("--to", optarg, &wish->to, err);
    case OPT_CSV:
        wish->csv = optarg;
        return true;
    case OPT_XLSX:
        wish->xlsx = optarg;
        return true;
    default:
        return cli_take(&wish->cli, option, optarg, err);
    }
}

static bool
take_options(int argc, char **argv, struct wish *wish, struct err *err)
{
    return cli_read(argc, argv, options, take_option, wish, err) &&
        (optind == argc ||
            fail(err, ERR_USAGE, "report: not understood: \"%.40s\"",
                argv[optind]));
}

static bool
show(const struct report *report, const struct wish *wish, struct err *err)
{
    if ((wish->csv != NULL && !report_write_csv(report, wish->csv, err)) ||
        (wish->xlsx != NULL && !report_write_xlsx(report, wish->xlsx, err))) {
        return false;
    }
    if (wish->cli.json) {
        struct json json = {0};
        report_write_json(report, &json);
        puts(json.text);
        json_release(&json);
    } else if (wish->csv == NULL && wish->xlsx == NULL) {
        report_print(report, stdout);
    }
    return true;
}

int
cmd_report(int argc, char **argv)
{
    struct wish wish = {0};
    struct err err = {0};
    cli_init(&wish.cli);
    if (!take_options(argc, argv, &wish, &err)) {
        return cli_fail(&err);
    }
    char from[11];
    const char *to = wish.to != NULL ? wish.to : wish.cli.date;
    report_year_start(to, from);
    struct store *store = cli_open(&wish.cli, STORE_READ, &err);
    if (store == NULL) {
        return cli_fail(&err);
    }
    struct arena arena = {0};
    struct report report;
    const struct report_wish asked = {
        .from = wish.from != NULL ? wish.from : from, .to = to};
    bool ok = store_begin(store, &err) &&
        report_make(store, &asked, &arena, &report, &err);
    store_rollback(store);
    ok = ok && show(&report, &wish, &err);
    arena_release(&arena);
    store_close(store);
    return ok ? 0 : cli_fail(&err);
}
