/* cmd_weights.c: `tsunagari weights list|set|history|use`: staff see and
 * change what a plan is made of. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/base/json.h"
#include "optimizer/base/log.h"
#include "optimizer/store/profile.h"

enum { OPT_REASON = CLI_OWN, OPT_USE };

struct request {
    struct cli cli;
    const char *reason; /* NULL: not given */
    bool use;
    int words;
    char **word; /* behind list, set ... */
};

static void
print_list_text(int64_t version, const int64_t values[OPTION_COUNT])
{
    printf("重みの版: %" PRId64 "%s\n", version,
        version == WEIGHTS_DEFAULT ? "（既定値）" : "");
    for (int id = 0; id < OPTION_COUNT; id++) {
        const struct option_row *row = option_at(id);
        char shown[OPTION_VALUE_SIZE];
        option_format(id, values[id], LANG_JA, shown);
        printf("%-24s %12" PRId64 "%s %s: %s（%" PRId64 "～%" PRId64 "）\n",
            row->name, values[id], values[id] == row->def ? " " : "*",
            shown, row->ja, row->min, row->max);
    }
    puts("* は既定値と違うもの");
}

static void
print_list_json(int64_t version, const int64_t values[OPTION_COUNT])
{
    static const char *const units[] = {"milli_points", "ppm", "percent",
        "km", "days", "yen", "count", "seconds"};
    struct json json = {0};
    json_open(&json, '{');
    json_put_int(&json, "version", version);
    json_key(&json, "weights");
    json_open(&json, '[');
    for (int id = 0; id < OPTION_COUNT; id++) {
        const struct option_row *row = option_at(id);
        json_open(&json, '{');
        json_put_text(&json, "name", row->name);
        json_put_int(&json, "value", values[id]);
        json_put_int(&json, "default", row->def);
        json_put_int(&json, "min", row->min);
        json_put_int(&json, "max", row->max);
        json_put_text(&json, "unit", units[row->unit]);
        json_put_text(&json, "ja", row->ja);
        json_put_text(&json, "easy", row->easy);
        json_put_text(&json, "en", row->en);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    puts(json.text);
    json_release(&json);
}

static bool
run_list(struct store *store, const struct request *request, struct err *err)
{
    int64_t version, values[OPTION_COUNT];
    if (request->words > 1) {
        return fail(err, ERR_USAGE, "weights list: takes one VERSION");
    }
    bool ok = request->words == 1
                  ? profile_version(store, request->word[0], &version, err)
                  : weights_published(store, &version, err);
    if (!ok || !weights_load(store, version, values, err)) {
        return false;
    }
    (request->cli.json ? print_list_json : print_list_text)(version, values);
    return true;
}

static bool
needs_reason(const struct request *request, const char *what, struct err *err)
{
    if (request->reason == NULL || request->reason[0] == '\0') {
        return fail(err, ERR_USAGE, "weights %s: give --reason TEXT", what);
    }
    return true;
}

static void
print_changes(const int64_t before[OPTION_COUNT],
    const int64_t after[OPTION_COUNT])
{
    for (int id = 0; id < OPTION_COUNT; id++) {
        if (before[id] != after[id]) {
            printf("  %s: %" PRId64 " -> %" PRId64 "  %s\n",
                option_at(id)->name, before[id], after[id],
                option_at(id)->ja);
        }
    }
}

static bool
run_set(struct store *store, const struct request *request, struct err *err)
{
    int64_t published, version = 0;
    int64_t before[OPTION_COUNT], after[OPTION_COUNT];
    if (request->words == 0) {
        return fail(err, ERR_USAGE, "weights set: give NAME=VALUE");
    }
    if (!needs_reason(request, "set", err) || !store_begin(store, err) ||
        !weights_published(store, &published, err) ||
        !weights_load(store, published, before, err)) {
        return false;
    }
    memcpy(after, before, sizeof(after));
    for (int i = 0; i < request->words; i++) {
        if (!cli_weight("weights set", request->word[i], after, err)) {
            return false;
        }
    }
    bool write = !request->cli.dry_run;
    if (write &&
        (!weights_draft(store, after, request->reason, &version, err) ||
            (request->use &&
                !weights_use(store, version, request->reason, err)) ||
            !store_commit(store, err))) {
        return false;
    }
    if (request->cli.json) {
        print_list_json(version, after);
        return true;
    }
    if (write) {
        printf("版 %" PRId64 " を%sとして作りました（元: 版 %" PRId64 "）\n",
            version, request->use ? "公開" : "下書き", published);
    } else {
        printf("確認のみ（元: 版 %" PRId64 "）\n", published);
    }
    print_changes(before, after);
    return true;
}

static bool
run_use(struct store *store, const struct request *request, struct err *err)
{
    int64_t version;
    if (request->words != 1) {
        return fail(err, ERR_USAGE, "weights use: give one VERSION");
    }
    if (!needs_reason(request, "use", err) || !store_begin(store, err) ||
        !profile_version(store, request->word[0], &version, err) ||
        !weights_use(store, version, request->reason, err)) {
        return false;
    }
    if (request->cli.dry_run) {
        return true; /* the caller's close rolls back */
    }
    if (!store_commit(store, err)) {
        return false;
    }
    log_info("weights: version %" PRId64 " is published", version);
    return true;
}

static void
print_version(struct json *json, const struct weights_version *version)
{
    json_open(json, '{');
    json_put_int(json, "version", version->id);
    json_put_text(json, "state", version->state);
    json_put_text(json, "actor", version->actor);
    json_put_text(json, "reason", version->reason);
    json_put_text(json, "created_at", version->created_at);
    json_put_text(json, "published_at", version->published_at);
    json_close(json, '}');
}

static bool
run_history(struct store *store, const struct request *request,
    struct err *err)
{
    struct arena arena = {0};
    struct weights_version *versions;
    int32_t n;
    if (!weights_history(store, &arena, &versions, &n, err)) {
        arena_release(&arena);
        return false;
    }
    struct json json = {0};
    json_open(&json, '[');
    for (int32_t i = 0; i < n; i++) {
        print_version(&json, &versions[i]);
        if (!request->cli.json) {
            printf("版 %" PRId64 "  %-9s  %s  %s  %s\n", versions[i].id,
                versions[i].state, versions[i].created_at,
                versions[i].actor, versions[i].reason);
        }
    }
    json_close(&json, ']');
    if (request->cli.json) {
        puts(json.text);
    }
    json_release(&json);
    arena_release(&arena);
    return true;
}

static const struct verb {
    const char *name;
    enum store_mode mode;
    bool (*run)(struct store *, const struct request *, struct err *);
} verbs[] = {
    {"list", STORE_READ, run_list},
    {"set", STORE_WRITE, run_set},
    {"history", STORE_READ, run_history},
    {"use", STORE_WRITE, run_use},
};

static bool
take_options(int argc, char **argv, struct request *request, struct err *err)
{
    static const struct option options[] = {CLI_OPTIONS,
        {"reason", required_argument, NULL, OPT_REASON},
        {"use", no_argument, NULL, OPT_USE}, {NULL, 0, NULL, 0}};
    int option;
    while ((option = cli_next(argc, argv, options)) != -1) {
        if (option == OPT_REASON) {
            request->reason = optarg;
        } else if (option == OPT_USE) {
            request->use = true;
        } else if (!cli_take(&request->cli, option, optarg, err)) {
            return false;
        }
    }
    return true;
}

int
cmd_weights(int argc, char **argv)
{
    struct request request = {0};
    struct err err = {0};
    cli_init(&request.cli);
    if (!take_options(argc, argv, &request, &err)) {
        return cli_fail(&err);
    }
    const char *name = optind < argc ? argv[optind] : "list";
    request.word = argv + optind + 1;
    request.words = optind < argc ? argc - optind - 1 : 0;
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (strcmp(name, verbs[i].name) == 0) {
            struct store *store =
                cli_open(&request.cli, verbs[i].mode, &err);
            bool ok = store != NULL && verbs[i].run(store, &request, &err);
            store_close(store);
            return ok ? 0 : cli_fail(&err);
        }
    }
    fail(&err, ERR_USAGE,
        "weights: not list, set, history or use: \"%s\"", name);
    return cli_fail(&err);
}
