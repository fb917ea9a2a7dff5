/* cmd_organisations.c: `tsunagari organisations`: those that may be one, and
 * their flags. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/base/arena.h"
#include "optimizer/base/json.h"
#include "optimizer/staff/duplicate.h"
#include "optimizer/staff/organisation_act.h"

enum { OPT_REASON = CLI_OWN };

struct request {
    struct cli cli;
    const char *reason;
    int words;
    char **word;
    struct store *store;
    struct arena arena;
};

static void
print_pair(const struct duplicate *d)
{
    printf("%" PRId64 "「%s」（エントリー %" PRId64 "件） = %" PRId64
           "「%s」（%" PRId64 "件）:%s%s%s%s\n",
        d->a.id, d->a.name, d->a.entries, d->b.id, d->b.name, d->b.entries,
        d->name ? " 名称" : "", d->url ? " サイト" : "",
        d->phone ? " 電話" : "",
        d->other_number ? "（法人番号は違う）" : "");
}

static void
write_pair(const struct duplicate *d, struct json *json)
{
    json_open(json, '{');
    json_put_int(json, "a", d->a.id);
    json_put_text(json, "a_name", d->a.name);
    json_put_int(json, "b", d->b.id);
    json_put_text(json, "b_name", d->b.name);
    json_put_bool(json, "name", d->name);
    json_put_bool(json, "url", d->url);
    json_put_bool(json, "phone", d->phone);
    json_put_bool(json, "other_number", d->other_number);
    json_close(json, '}');
}

static bool
run_duplicates(struct request *r, struct err *err)
{
    struct duplicate_list list;
    struct json json = {0};
    int64_t org = 0;
    if (r->words > 2 ||
        (r->words == 2 &&
            !cli_int("ORG", r->word[1], 1, INT64_MAX, &org, err))) {
        return fail(err, ERR_USAGE, "organisations duplicates [ORG]");
    }
    if (!duplicate_refresh(r->store, err) ||
        !duplicate_load(r->store, org, DUPLICATE_MOST, &r->arena, &list,
            err)) {
        return false;
    }
    json_open(&json, '[');
    for (int32_t i = 0; i < list.n; i++) {
        write_pair(&list.pairs[i], &json);
        if (!r->cli.json) {
            print_pair(&list.pairs[i]);
        }
    }
    json_close(&json, ']');
    if (r->cli.json) {
        puts(json.text);
    } else if (list.more) {
        puts("ほかにもあります");
    }
    json_release(&json);
    return true;
}

static bool
run_pair(struct request *r, bool merge, struct err *err)
{
    int64_t a, b, moved;
    if (r->words != 3) {
        return fail(err, ERR_USAGE, "organisations %s: two of them",
            r->word[0]);
    }
    if (!cli_int("ORG", r->word[1], 1, INT64_MAX, &a, err) ||
        !cli_int("ORG", r->word[2], 1, INT64_MAX, &b, err)) {
        return false;
    }
    if (!merge) {
        return organisation_distinct(r->store, a, b, r->reason, err);
    }
    if (!organisation_merge(r->store, a, b, r->reason, &moved, err)) {
        return false;
    }
    printf("団体 %" PRId64 " を %" PRId64 " にまとめました（エントリー %"
           PRId64 "件）\n", a, b, moved);
    return true;
}

static bool
run_set(struct request *r, struct err *err)
{
    int64_t id;
    bool on = r->words == 4 && strcmp(r->word[3], "on") == 0;
    if (!on && (r->words != 4 || strcmp(r->word[3], "off") != 0)) {
        return fail(err, ERR_USAGE,
            "organisations set ORG linked|publish|member on|off");
    }
    return cli_int("ORG", r->word[1], 1, INT64_MAX, &id, err) &&
           organisation_set(r->store, id, r->word[2], on, r->reason, err);
}

static bool
run(struct request *r, struct err *err)
{
    const char *act = r->words > 0 ? r->word[0] : "";
    r->store = cli_open(&r->cli, STORE_WRITE, err);
    if (r->store == NULL || !store_begin(r->store, err)) {
        return false;
    }
    bool ok = strcmp(act, "duplicates") == 0 ? run_duplicates(r, err)
              : strcmp(act, "merge") == 0    ? run_pair(r, true, err)
              : strcmp(act, "distinct") == 0 ? run_pair(r, false, err)
              : strcmp(act, "set") == 0      ? run_set(r, err)
              : fail(err, ERR_USAGE,
                    "organisations: see `tsunagari help`: \"%s\"", act);
    return ok && (r->cli.dry_run || store_commit(r->store, err));
}

static bool
take_option(void *request, int option, struct err *err)
{
    struct request *r = request;
    if (option == OPT_REASON) {
        r->reason = optarg;
        return true;
    }
    return cli_take(&r->cli, option, optarg, err);
}

int
cmd_organisations(int argc, char **argv)
{
    static const struct option options[] = {CLI_OPTIONS,
        {"reason", required_argument, NULL, OPT_REASON},
        {NULL, 0, NULL, 0}};
    struct request r = {.words = 0};
    struct err err = {0};
    cli_init(&r.cli);
    bool ok = cli_read(argc, argv, options, take_option, &r, &err);
    r.word = argv + optind;
    r.words = argc - optind;
    ok = ok && run(&r, &err);
    store_close(r.store);
    arena_release(&r.arena);
    return ok ? 0 : cli_fail(&err);
}
