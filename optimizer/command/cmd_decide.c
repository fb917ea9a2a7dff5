/* cmd_decide.c: `tsunagari decide`: the staff's word on a pair. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/base/day.h"
#include "optimizer/base/json.h"
#include "optimizer/store/decision.h"
#include "optimizer/store/entry_ref.h"

enum { OPT_REASON = CLI_OWN, OPT_UNITS, OPT_UNTIL, OPT_REVOKE };

struct request {
    struct cli cli;
    struct decision decision;
    int64_t revoke; /* 0: none */
    int words;
    char **word;
};

static bool
run_add(struct store *store, struct request *request, struct err *err)
{
    struct decision *d = &request->decision;
    int64_t id;
    d->kind = request->word[2];
    if (!decision_holds(d->kind, d->until, day_parse(request->cli.date, 0))) {
        return fail(err, ERR_INPUT,
            "decide: --until %s: over on %s already", d->until,
            request->cli.date);
    }
    if (!store_begin(store, err) ||
        !entry_ref_find(store, request->word[0], "need", &d->need_id, err) ||
        !entry_ref_find(store, request->word[1], "offer", &d->offer_id,
            err) ||
        !decision_add(store, d, &id, err)) {
        return false;
    }
    if (request->cli.dry_run) {
        return true; /* the caller's close rolls back */
    }
    if (!store_commit(store, err)) {
        return false;
    }
    printf("決定 %" PRId64 ": 募集 %" PRId64 " と資源 %" PRId64 " を %s\n",
        id, d->need_id, d->offer_id, d->kind);
    return true;
}

static bool
run_revoke(struct store *store, struct request *request, struct err *err)
{
    const char *reason = request->decision.reason;
    if (reason == NULL || reason[0] == '\0') {
        return fail(err, ERR_USAGE, "decide --revoke: give --reason TEXT");
    }
    if (!store_begin(store, err) ||
        !decision_revoke(store, request->revoke, reason, err)) {
        return false;
    }
    return request->cli.dry_run || store_commit(store, err);
}

static void
print_decision(struct store_stmt *stmt, bool as_json, struct json *json)
{
    static const char *const columns[] = {"id", "need", "need_title",
        "offer", "offer_title", "decision", "units", "until", "reason",
        "actor", "at"};
    if (!as_json) {
        printf("決定 %s %s  募集 %s「%s」 資源 %s「%s」%s%s  %s（%s）\n",
            store_text(stmt, 0), store_text(stmt, 5), store_text(stmt, 1),
            store_text(stmt, 2), store_text(stmt, 3), store_text(stmt, 4),
            store_is_null(stmt, 7) ? "" : " 期日 ", store_text(stmt, 7),
            store_text(stmt, 8), store_text(stmt, 9));
        return;
    }
    json_open(json, '{');
    for (int i = 0; i < 11; i++) {
        bool number = i == 0 || i == 1 || i == 3 || i == 6;
        if (number && !store_is_null(stmt, i)) {
            json_put_int(json, columns[i], store_int(stmt, i));
        } else {
            json_put_text(json, columns[i],
                store_is_null(stmt, i) ? NULL : store_text(stmt, i));
        }
    }
    json_close(json, '}');
}

static bool
run_list(struct store *store, struct request *request, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT d.id, d.need_id, n.title, d.offer_id, o.title, d.decision,"
        "       d.units, d.until, d.reason, d.actor, d.at"
        "  FROM decisions AS d JOIN entries AS n ON n.id = d.need_id"
        "  JOIN entries AS o ON o.id = d.offer_id"
        " WHERE d.revoked_at IS NULL ORDER BY d.id",
        err);
    if (stmt == NULL) {
        return false;
    }
    struct json json = {0};
    json_open(&json, '[');
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        print_decision(stmt, request->cli.json, &json);
    }
    json_close(&json, ']');
    if (step == 0 && request->cli.json) {
        puts(json.text);
    }
    json_release(&json);
    store_finish(stmt);
    return step == 0;
}

static bool
take_option(struct request *request, int option, struct err *err)
{
    switch (option) {
    case OPT_REASON:
        request->decision.reason = optarg;
        return true;
    case OPT_UNITS:
        return cli_int("--units", optarg, 1, 1000000,
            &request->decision.units, err);
    case OPT_UNTIL:
        request->decision.until = optarg;
        return day_valid(optarg) ||
               fail(err, ERR_USAGE,
                   "--until: not a day as YYYY-MM-DD: \"%s\"", optarg);
    case OPT_REVOKE:
        return cli_int("--revoke", optarg, 1, INT64_MAX, &request->revoke,
            err);
    default:
        return cli_take(&request->cli, option, optarg, err);
    }
}

static bool
run(struct request *request, struct err *err)
{
    bool list = request->revoke == 0 && request->words == 1 &&
                strcmp(request->word[0], "list") == 0;
    if (!list && request->words != (request->revoke > 0 ? 0 : 3)) {
        return fail(err, ERR_USAGE,
            "decide: NEED OFFER pin|forbid|defer, or --revoke ID, or list");
    }
    struct store *store =
        cli_open(&request->cli, list ? STORE_READ : STORE_WRITE, err);
    bool ok = store != NULL &&
              (list ? run_list(store, request, err)
                    : (request->revoke > 0 ? run_revoke(store, request, err)
                                           : run_add(store, request, err)));
    store_close(store);
    return ok;
}

int
cmd_decide(int argc, char **argv)
{
    static const struct option options[] = {CLI_OPTIONS,
        {"reason", required_argument, NULL, OPT_REASON},
        {"units", required_argument, NULL, OPT_UNITS},
        {"until", required_argument, NULL, OPT_UNTIL},
        {"revoke", required_argument, NULL, OPT_REVOKE}, {NULL, 0, NULL, 0}};
    struct request request = {0};
    struct err err = {0};
    cli_init(&request.cli);
    int option;
    while ((option = cli_next(argc, argv, options)) != -1) {
        if (!take_option(&request, option, &err)) {
            return cli_fail(&err);
        }
    }
    request.word = argv + optind;
    request.words = argc - optind;
    return run(&request, &err) ? 0 : cli_fail(&err);
}
