/* cmd_screen.c: `tsunagari screen`: the inbox, an entry's checklist, and the
 * steps an entry takes. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/base/arena.h"
#include "optimizer/base/json.h"
#include "optimizer/staff/amend.h"
#include "optimizer/staff/screening.h"
#include "optimizer/staff/step.h"
#include "optimizer/store/entry_ref.h"

enum { OPT_REASON = CLI_OWN, OPT_NOTE, OPT_STATE, OPT_SIDE, OPT_TEXT,
    OPT_AFTER, OPT_LIMIT, OPT_HOLD_BACK };

struct request {
    struct cli cli;
    struct inbox_query query;
    const char *reason, *note;
    int64_t limit;
    bool hold_back;
    int words;
    char **word;
    struct store *store;
    struct arena arena;
};

static void
write_row(const struct inbox_row *row, struct json *json)
{
    json_put_int(json, "entry", row->id);
    json_put_text(json, "key", row->key);
    json_put_text(json, "side", row->side);
    json_put_text(json, "title", row->title);
    json_put_int(json, "organisation", row->organisation_id);
    json_put_text(json, "organisation_name", row->organisation);
    json_put_text(json, "state", row->state);
    json_put_text(json, "confirmed_on", row->confirmed_on);
    json_put_text(json, "updated_at", row->updated_at);
    json_put_int(json, "passed", row->passed);
    json_put_int(json, "required", row->required);
    json_put_int(json, "failed", row->failed);
    json_put_int(json, "confirmed", row->confirmed);
    json_put_int(json, "conditions", row->conditions);
}

static void
print_row(const struct inbox_row *row)
{
    printf("%" PRId64 " %s「%s」（%s） %s  要件 %d/%d%s 諸条件 %d/%d  %s\n",
        row->id, strcmp(row->side, "need") == 0 ? "募集" : "資源",
        row->title, row->organisation, step_state_ja(row->state),
        row->passed, row->required, row->failed > 0 ? "（否あり）" : "",
        row->confirmed, row->conditions, row->updated_at);
}

static bool
run_inbox(struct request *r, struct err *err)
{
    struct inbox inbox;
    r->query.most = (int32_t)r->limit;
    if (!inbox_load(r->store, &r->query, &r->arena, &inbox, err)) {
        return false;
    }
    struct json json = {0};
    json_open(&json, '{');
    json_put_int(&json, "total", inbox.total);
    json_put_bool(&json, "more", inbox.more);
    json_key(&json, "entries");
    json_open(&json, '[');
    for (int32_t i = 0; i < inbox.n; i++) {
        if (!r->cli.json) {
            print_row(&inbox.rows[i]);
        }
        json_open(&json, '{');
        write_row(&inbox.rows[i], &json);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    if (r->cli.json) {
        puts(json.text);
    } else {
        printf("%" PRId64 "件のうち %" PRId32 "件%s\n", inbox.total, inbox.n,
            inbox.more ? "（続きは --after に最後の番号）" : "");
    }
    json_release(&json);
    return true;
}

static void
print_screening(const struct screening *s)
{
    print_row(&s->row);
    for (int32_t i = 0; i < s->facts_n; i++) {
        printf("  %s: %s\n", s->facts[i].label, s->facts[i].value);
    }
    for (int32_t i = 0; i < s->requirements_n; i++) {
        const struct screening_requirement *q = &s->requirements[i];
        printf("  要件 %s %s%s: %s %s %s\n", q->id, q->label,
            q->required ? "" : "（任意）",
            q->result[0] != '\0' ? q->result : "-", q->note, q->actor);
    }
    for (int32_t i = 0; i < s->conditions_n; i++) {
        const struct screening_condition *c = &s->conditions[i];
        printf("  諸条件 %s %s: 「%s」%s %s\n", c->id, c->label, c->stated,
            c->at[0] != '\0' ? " 確認済み" : "", c->note);
    }
    for (int32_t i = 0; i < s->steps_n; i++) {
        const struct screening_step *t = &s->steps[i];
        printf("  %s %s %s → %s %s %s\n", t->at, t->step, t->from, t->to,
            t->actor, t->reason);
    }
}

static void
write_screening(const struct screening *s, struct json *json)
{
    json_open(json, '{');
    write_row(&s->row, json);
    json_put_bool(json, "publish", s->publish);
    json_key(json, "facts");
    json_open(json, '[');
    for (int32_t i = 0; i < s->facts_n; i++) {
        json_open(json, '{');
        json_put_text(json, "label", s->facts[i].label);
        json_put_text(json, "value", s->facts[i].value);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_key(json, "requirements");
    json_open(json, '[');
    for (int32_t i = 0; i < s->requirements_n; i++) {
        const struct screening_requirement *q = &s->requirements[i];
        json_open(json, '{');
        json_put_text(json, "id", q->id);
        json_put_bool(json, "required", q->required);
        json_put_text(json, "result", q->result);
        json_put_text(json, "note", q->note);
        json_put_text(json, "actor", q->actor);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_key(json, "conditions");
    json_open(json, '[');
    for (int32_t i = 0; i < s->conditions_n; i++) {
        const struct screening_condition *c = &s->conditions[i];
        json_open(json, '{');
        json_put_text(json, "id", c->id);
        json_put_text(json, "stated", c->stated);
        json_put_bool(json, "confirmed", c->at[0] != '\0');
        json_close(json, '}');
    }
    json_close(json, ']');
    json_key(json, "steps");
    json_open(json, '[');
    for (int32_t i = 0; i < s->steps_n; i++) {
        const struct screening_step *t = &s->steps[i];
        json_open(json, '{');
        json_put_text(json, "step", t->step);
        json_put_text(json, "to", t->to);
        json_put_text(json, "reason", t->reason);
        json_put_text(json, "actor", t->actor);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

static bool
run_show(struct request *r, int64_t id, struct err *err)
{
    struct screening screening;
    if (!screening_load(r->store, id, &r->arena, &screening, err)) {
        return false;
    }
    if (r->cli.json) {
        struct json json = {0};
        write_screening(&screening, &json);
        puts(json.text);
        json_release(&json);
    } else {
        print_screening(&screening);
    }
    return true;
}

static bool
run_step(struct request *r, int64_t id, enum step step, struct err *err)
{
    struct step_order order = {.entry_id = id, .step = step,
        .reason = r->reason, .date = r->cli.date,
        .hold_back = r->hold_back};
    struct amendment amendment;
    if (!amend_step(r->store, &order, &r->arena, &amendment, err)) {
        return false;
    }
    printf("%" PRId64 ": %s\n", id, step_label_ja(step));
    amend_print(&amendment, stdout);
    return true;
}

static bool
find(struct request *r, int64_t *id, struct err *err)
{
    return entry_ref_any(r->store, r->word[1], id, err);
}

static bool
run_act(struct request *r, struct err *err)
{
    const char *act = r->word[0];
    enum step step = step_find(act);
    int64_t id = 0;
    if (step < STEP_COUNT && r->words == 2) {
        return find(r, &id, err) && run_step(r, id, step, err);
    }
    if (strcmp(act, "mark") == 0 && r->words == 4) {
        return find(r, &id, err) &&
               screening_mark(r->store, id, r->word[2], r->word[3], r->note,
                   err);
    }
    if (strcmp(act, "confirm") == 0 && r->words == 3) {
        bool all = strcmp(r->word[2], "all") == 0;
        return find(r, &id, err) &&
               screening_confirm(r->store, id, all ? NULL : r->word[2],
                   r->note, err);
    }
    if (strcmp(act, "require") == 0 && r->words == 3) {
        bool on = strcmp(r->word[2], "on") == 0;
        return on || strcmp(r->word[2], "off") == 0
                   ? screening_set_required(r->store, r->word[1], on,
                         r->reason, err)
                   : fail(err, ERR_USAGE, "screen require: on or off?");
    }
    return fail(err, ERR_USAGE, "screen: see `tsunagari help`: \"%s\"", act);
}

static bool
run(struct request *r, struct err *err)
{
    bool inbox = r->words == 0;
    bool show = r->words == 2 && strcmp(r->word[0], "show") == 0;
    int64_t id;
    r->store = cli_open(&r->cli, inbox || show ? STORE_READ : STORE_WRITE,
        err);
    if (r->store == NULL || !store_begin(r->store, err)) {
        return false;
    }
    if (inbox || show) {
        return inbox ? run_inbox(r, err)
                     : find(r, &id, err) && run_show(r, id, err);
    }
    return run_act(r, err) &&
           (r->cli.dry_run || store_commit(r->store, err));
}

static bool
take_option(void *request, int option, struct err *err)
{
    struct request *r = request;
    switch (option) {
    case OPT_REASON:
        r->reason = optarg;
        return true;
    case OPT_NOTE:
        r->note = optarg;
        return true;
    case OPT_STATE:
        r->query.state = optarg;
        return step_state_known(optarg) ||
               fail(err, ERR_USAGE, "--state: no such: \"%s\"", optarg);
    case OPT_SIDE:
        r->query.side = optarg;
        return strcmp(optarg, "need") == 0 || strcmp(optarg, "offer") == 0 ||
               fail(err, ERR_USAGE, "--side: neither need nor offer: \"%s\"",
                   optarg);
    case OPT_TEXT:
        r->query.text = optarg;
        return true;
    case OPT_AFTER:
        return cli_int("--after", optarg, 0, INT64_MAX, &r->query.after,
            err);
    case OPT_LIMIT:
        return cli_int("--limit", optarg, 1, INBOX_MOST, &r->limit, err);
    case OPT_HOLD_BACK:
        r->hold_back = true;
        return true;
    default:
        return cli_take(&r->cli, option, optarg, err);
    }
}

int
cmd_screen(int argc, char **argv)
{
    static const struct option options[] = {CLI_OPTIONS,
        {"reason", required_argument, NULL, OPT_REASON},
        {"note", required_argument, NULL, OPT_NOTE},
        {"state", required_argument, NULL, OPT_STATE},
        {"side", required_argument, NULL, OPT_SIDE},
        {"text", required_argument, NULL, OPT_TEXT},
        {"after", required_argument, NULL, OPT_AFTER},
        {"limit", required_argument, NULL, OPT_LIMIT},
        {"hold-back", no_argument, NULL, OPT_HOLD_BACK},
        {NULL, 0, NULL, 0}};
    struct request r = {.limit = 50};
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
