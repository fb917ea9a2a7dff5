/* cmd_check.c: `tsunagari check`: the store's health; exit 3 on an error. */
#include <inttypes.h>
#include <stdio.h>

#include "cli.h"
#include "optimizer/base/json.h"
#include "optimizer/intake/integrity.h"

struct tally {
    bool json_wanted;
    int64_t errors, warnings;
    struct json json;
};

static void
take_finding(void *data, const struct integrity_finding *finding)
{
    struct tally *tally = data;
    bool bad = finding->severity == INTEGRITY_ERROR;
    const char *severity = bad ? "error" : "warning";
    tally->errors += bad;
    tally->warnings += !bad;
    if (!tally->json_wanted) {
        printf("%s: %s: %s: %s\n", severity, finding->code, finding->subject,
            finding->text);
        return;
    }
    json_open(&tally->json, '{');
    json_put_text(&tally->json, "severity", severity);
    json_put_text(&tally->json, "code", finding->code);
    json_put_text(&tally->json, "subject", finding->subject);
    json_put_text(&tally->json, "text", finding->text);
    json_close(&tally->json, '}');
}

static void
print_tally(const struct cli *cli, struct tally *tally)
{
    if (tally->json_wanted) {
        json_close(&tally->json, ']');
        json_put_int(&tally->json, "errors", tally->errors);
        json_put_int(&tally->json, "warnings", tally->warnings);
        json_close(&tally->json, '}');
        puts(tally->json.text);
    } else if (!cli->quiet) {
        printf("check: %" PRId64 " errors, %" PRId64 " warnings\n",
            tally->errors, tally->warnings);
    }
}

static bool
run(const struct cli *cli, struct tally *tally, struct err *err)
{
    struct store *store = cli_open(cli, STORE_READ, err);
    if (store == NULL) {
        return false;
    }
    json_open(&tally->json, '{');
    json_key(&tally->json, "findings");
    json_open(&tally->json, '[');
    bool ok = store_begin(store, err) &&
              integrity_check(store, cli->date, take_finding, tally, err);
    store_close(store);
    if (ok) {
        print_tally(cli, tally);
    }
    return ok;
}

int
cmd_check(int argc, char **argv)
{
    struct cli cli;
    struct err err = {0};
    cli_init(&cli);
    if (!cli_take_common(argc, argv, &cli, &err)) {
        return cli_fail(&err);
    }
    if (optind < argc) {
        fail(&err, ERR_USAGE, "check: takes no file: \"%s\"", argv[optind]);
        return cli_fail(&err);
    }
    struct tally tally = {.json_wanted = cli.json};
    bool ok = run(&cli, &tally, &err);
    json_release(&tally.json);
    if (!ok) {
        return cli_fail(&err);
    }
    return tally.errors > 0 ? ERR_INPUT : 0;
}
