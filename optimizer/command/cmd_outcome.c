/* cmd_outcome.c: `tsunagari outcome`: what becomes of suggestions. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "optimizer/base/arena.h"
#include "optimizer/base/json.h"
#include "optimizer/service/mail.h"
#include "optimizer/staff/letter.h"
#include "optimizer/staff/member.h"
#include "optimizer/store/entry_ref.h"

enum { OPT_BY = CLI_OWN, OPT_CODE, OPT_NOTE, OPT_TO, OPT_TEMPLATE, OPT_SPOOL,
    OPT_SENDMAIL, OPT_FROM, OPT_STAGE, OPT_LIMIT };

struct job {
    struct cli cli;
    const char *by, *code, *note, *to, *template, *spool, *sendmail,
        *from;
    enum outcome_stage stage;
    int64_t limit, need_id, offer_id;
    int words;
    char **word;
    struct store *store;
    struct arena arena;
};

static void
write_row(const struct outcome_row *row, struct json *json)
{
    json_open(json, '{');
    json_put_int(json, "outcome", row->id);
    json_put_text(json, "stage", outcome_name(row->stage));
    json_put_int(json, "need", row->need_id);
    json_put_text(json, "need_title", row->need_title);
    json_put_int(json, "offer", row->offer_id);
    json_put_text(json, "offer_title", row->offer_title);
    json_put_text(json, "by", row->side);
    json_put_text(json, "reason_code", row->reason_code);
    json_put_text(json, "note", row->note);
    json_put_text(json, "actor", row->actor);
    json_put_text(json, "at", row->at);
    json_close(json, '}');
}

static bool
run_list(struct job *r, struct err *err)
{
    struct outcome_query query = {.stage = r->stage,
        .most = (int32_t)r->limit};
    struct outcome_list list;
    struct json json = {0};
    if (!outcome_load(r->store, &query, &r->arena, &list, err)) {
        return false;
    }
    json_open(&json, '[');
    for (int32_t i = 0; i < list.n; i++) {
        const struct outcome_row *row = &list.rows[i];
        write_row(row, &json);
        if (!r->cli.json) {
            printf("%s 募集 %" PRId64 "「%s」← 資源 %" PRId64
                   "「%s」（%s） %s %s（%s %s）\n",
                outcome_label_ja(row->stage), row->need_id, row->need_title,
                row->offer_id, row->offer_title, row->offer_org, row->reason,
                row->note, row->actor, row->at);
        }
    }
    json_close(&json, ']');
    if (r->cli.json) {
        puts(json.text);
    }
    json_release(&json);
    return true;
}

/* The template's text, NUL-terminated; the arena's. */
static bool
read_template(struct job *r, const char **text, struct err *err)
{
    *text = NULL;
    if (r->template == NULL) {
        return true;
    }
    FILE *file = fopen(r->template, "rb");
    if (file == NULL) {
        return fail(err, ERR_SYSTEM, "cannot read \"%s\"", r->template);
    }
    char *bytes = arena_alloc(&r->arena, LETTER_MAX + 2);
    size_t n = fread(bytes, 1, LETTER_MAX + 1, file);
    fclose(file);
    *text = bytes;
    return memchr(bytes, '\0', n) == NULL ||
           fail(err, ERR_INPUT, "no text: \"%s\"", r->template);
}

static bool
queue(struct job *r, const struct letter *letter, struct err *err)
{
    if (r->spool == NULL) {
        return true;
    }
    return mail_address_valid(letter->to_email)
               ? mail_queue(r->store, letter->to_email, letter->subject,
                     letter->body, err)
               : fail(err, ERR_INPUT, "no mail address is stored: \"%s\"",
                     letter->to_name);
}

static bool
run_introduce(struct job *r, struct err *err)
{
    struct letter letter;
    const char *text;
    bool to_offer = r->to == NULL || strcmp(r->to, "offer") == 0;
    if (!to_offer && strcmp(r->to, "need") != 0) {
        return fail(err, ERR_USAGE, "outcome introduce: --to need or offer");
    }
    if (!read_template(r, &text, err) ||
        !letter_introduce(r->store, r->need_id, r->offer_id, to_offer, text,
            &r->arena, &letter, err) ||
        !queue(r, &letter, err)) {
        return false;
    }
    printf("宛先: %s <%s>\n件名: %s\n\n%s", letter.to_name, letter.to_email,
        letter.subject, letter.body);
    return true;
}

/* By the organisation that the side's entry belongs to. */
static bool
run_accept(struct job *r, struct err *err)
{
    bool need = r->by != NULL && strcmp(r->by, "need") == 0;
    if (!need && (r->by == NULL || strcmp(r->by, "offer") != 0)) {
        return fail(err, ERR_USAGE, "outcome accept: --by need or offer");
    }
    char sql[96];
    int64_t org;
    bool agreed;
    snprintf(sql, sizeof(sql),
        "SELECT organisation_id FROM entries WHERE id = %" PRId64,
        need ? r->need_id : r->offer_id);
    if (!store_query_int(r->store, sql, &org, err) ||
        !member_accept(r->store, org, r->need_id, r->offer_id, &r->arena,
            &agreed, err)) {
        return false;
    }
    puts(agreed ? "合意しました" : "相手の返事を待っています");
    return true;
}

static bool
run_stage(struct job *r, enum outcome_stage stage, struct err *err)
{
    struct amendment amendment;
    struct outcome_order order = {.need_id = r->need_id,
        .offer_id = r->offer_id, .stage = stage, .side = r->by,
        .reason_code = r->code, .note = r->note};
    if (!outcome_take(r->store, &order, &r->arena, &amendment, err)) {
        return false;
    }
    printf("%s: 募集 %" PRId64 " と資源 %" PRId64 "\n",
        outcome_label_ja(stage), r->need_id, r->offer_id);
    amend_print(&amendment, stdout);
    return true;
}

static bool
run_undo(struct job *r, struct err *err)
{
    enum outcome_stage stage;
    if (!outcome_stage_of(r->store, r->need_id, r->offer_id, &stage, err) ||
        !outcome_take_back(r->store, r->need_id, r->offer_id, stage, err)) {
        return false;
    }
    printf("%sを取り消しました: 募集 %" PRId64 " と資源 %" PRId64 "\n",
        outcome_label_ja(stage), r->need_id, r->offer_id);
    return true;
}

static bool
run_unanswered(struct job *r, struct err *err)
{
    struct amendment amendment;
    if (!outcome_unanswered(r->store, r->need_id, r->offer_id, r->by,
            &r->arena, &amendment, err)) {
        return false;
    }
    puts("休止にしました");
    amend_print(&amendment, stdout);
    return true;
}

static bool
run_act(struct job *r, struct err *err)
{
    static const struct {
        const char *name;
        enum outcome_stage stage;
    } acts[] = {{"propose", OUTCOME_PROPOSED}, {"agree", OUTCOME_AGREED},
        {"hold", OUTCOME_HELD}, {"decline", OUTCOME_DECLINED}};
    const char *act = r->word[0];
    if (r->words != 3) {
        return fail(err, ERR_USAGE, "outcome %s: NEED OFFER", act);
    }
    if (!entry_ref_find(r->store, r->word[1], "need", &r->need_id, err) ||
        !entry_ref_find(r->store, r->word[2], "offer", &r->offer_id, err)) {
        return false;
    }
    for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
        if (strcmp(act, acts[i].name) == 0) {
            return run_stage(r, acts[i].stage, err);
        }
    }
    return strcmp(act, "introduce") == 0    ? run_introduce(r, err)
           : strcmp(act, "accept") == 0     ? run_accept(r, err)
           : strcmp(act, "unanswered") == 0 ? run_unanswered(r, err)
           : strcmp(act, "undo") == 0       ? run_undo(r, err)
           : fail(err, ERR_USAGE, "outcome: see `tsunagari help`: \"%s\"",
                 act);
}

static bool
run(struct job *r, struct err *err)
{
    bool list = r->words == 0;
    r->store = cli_open(&r->cli, list ? STORE_READ : STORE_WRITE, err);
    if (r->store == NULL || !store_begin(r->store, err)) {
        return false;
    }
    if (list) {
        return run_list(r, err);
    }
    struct service_settings settings = {.spool = r->spool,
        .sendmail = r->sendmail, .mail_from = r->from};
    int64_t last;
    return mail_last(r->store, &last, err) && run_act(r, err) &&
           (r->cli.dry_run ||
               (store_commit(r->store, err) &&
                   (r->spool == NULL ||
                       mail_deliver_own(r->store, &settings, last, err))));
}

static bool
take_option(void *job, int option, struct err *err)
{
    struct job *r = job;
    const char **texts[] = {&r->by, &r->code, &r->note, &r->to, &r->template,
        &r->spool, &r->sendmail, &r->from};
    if (option >= OPT_BY && option <= OPT_FROM) {
        *texts[option - OPT_BY] = optarg;
        return true;
    }
    switch (option) {
    case OPT_STAGE:
        r->stage = outcome_find(optarg);
        return r->stage != OUTCOME_NONE ||
               fail(err, ERR_USAGE, "--stage: no such: \"%s\"", optarg);
    case OPT_LIMIT:
        return cli_int("--limit", optarg, 1, OUTCOME_MOST, &r->limit, err);
    default:
        return cli_take(&r->cli, option, optarg, err);
    }
}

int
cmd_outcome(int argc, char **argv)
{
    static const struct option options[] = {CLI_OPTIONS,
        {"by", required_argument, NULL, OPT_BY},
        {"code", required_argument, NULL, OPT_CODE},
        {"note", required_argument, NULL, OPT_NOTE},
        {"to", required_argument, NULL, OPT_TO},
        {"template", required_argument, NULL, OPT_TEMPLATE},
        {"spool", required_argument, NULL, OPT_SPOOL},
        {"sendmail", required_argument, NULL, OPT_SENDMAIL},
        {"mail-from", required_argument, NULL, OPT_FROM},
        {"stage", required_argument, NULL, OPT_STAGE},
        {"limit", required_argument, NULL, OPT_LIMIT}, {NULL, 0, NULL, 0}};
    struct job r = {.stage = OUTCOME_NONE, .limit = 50,
        .from = CLI_MAIL_FROM};
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
