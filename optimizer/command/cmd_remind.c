/* cmd_remind.c: `tsunagari remind`: whose 確認日 lapses. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/base/arena.h"
#include "optimizer/base/json.h"
#include "optimizer/service/mail.h"
#include "optimizer/staff/remind.h"

enum { OPT_LEAD = CLI_OWN, OPT_SPOOL, OPT_SENDMAIL, OPT_FROM, OPT_AGAIN };

struct job {
    struct cli cli;
    int64_t lead;
    const char *spool, *sendmail, *from;
    bool again;
    struct store *store;
    struct arena arena;
    struct remind_list list;
    int32_t mails;
};

static void
show(const struct job *r)
{
    struct json json = {0};
    json_open(&json, '[');
    for (int32_t i = 0; i < r->list.n; i++) {
        const struct remind_row *row = &r->list.rows[i];
        if (!r->cli.json && !r->cli.quiet) {
            printf("%" PRId64 "「%s」（%s） 確認日 %s: %s%s\n",
                row->entry_id, row->title, row->organisation,
                row->confirmed_on, remind_label_ja(row->stage),
                mail_address_valid(row->email) ? "" : "（メールの宛先なし）");
        }
        json_open(&json, '{');
        json_put_int(&json, "entry", row->entry_id);
        json_put_text(&json, "stage", remind_name(row->stage));
        json_put_text(&json, "confirmed_on", row->confirmed_on);
        json_put_int(&json, "age_days", row->age_days);
        json_put_bool(&json, "mail", mail_address_valid(row->email));
        json_close(&json, '}');
    }
    json_close(&json, ']');
    if (r->cli.json) {
        puts(json.text);
    } else if (!r->cli.quiet) {
        printf("%" PRId32 "件、メール %" PRId32 "通\n", r->list.n, r->mails);
    }
    json_release(&json);
}

/* One mail for each address; its rows are done with it. */
static bool
send_all(struct job *r, struct err *err)
{
    bool ok = true;
    for (int32_t begin = 0, end; ok && begin < r->list.n; begin = end) {
        const char *to = r->list.rows[begin].email;
        end = remind_end(&r->list, begin);
        if (!mail_address_valid(to)) {
            continue;
        }
        ok = mail_queue(r->store, to, REMIND_SUBJECT,
            remind_text(&r->list, begin, end, &r->arena), err);
        for (int32_t i = begin; ok && i < end; i++) {
            ok = remind_done(r->store, &r->list.rows[i], err);
        }
        r->mails++;
    }
    return ok;
}

static bool
run(struct job *r, struct err *err)
{
    bool write = r->spool != NULL && !r->cli.dry_run;
    r->store = cli_open(&r->cli, write ? STORE_WRITE : STORE_READ, err);
    if (r->store == NULL || !store_begin(r->store, err) ||
        !remind_load(r->store, r->cli.date, (int32_t)r->lead, 0, r->again,
            &r->arena, &r->list, err)) {
        return false;
    }
    struct service_settings settings = {.spool = r->spool,
        .sendmail = r->sendmail, .mail_from = r->from};
    int64_t last = 0;
    if (write && (!mail_last(r->store, &last, err) || !send_all(r, err) ||
                     !store_commit(r->store, err) ||
                     !mail_deliver_own(r->store, &settings, last, err))) {
        return false;
    }
    show(r);
    return true;
}

static bool
take_option(void *job, int option, struct err *err)
{
    struct job *r = job;
    switch (option) {
    case OPT_LEAD:
        return cli_int("--lead", optarg, 0, 3650, &r->lead, err);
    case OPT_SPOOL:
        r->spool = optarg;
        return true;
    case OPT_SENDMAIL:
        r->sendmail = optarg;
        return true;
    case OPT_FROM:
        r->from = optarg;
        return true;
    case OPT_AGAIN:
        r->again = true;
        return true;
    default:
        return cli_take(&r->cli, option, optarg, err);
    }
}

int
cmd_remind(int argc, char **argv)
{
    static const struct option options[] = {CLI_OPTIONS,
        {"lead", required_argument, NULL, OPT_LEAD},
        {"spool", required_argument, NULL, OPT_SPOOL},
        {"sendmail", required_argument, NULL, OPT_SENDMAIL},
        {"mail-from", required_argument, NULL, OPT_FROM},
        {"again", no_argument, NULL, OPT_AGAIN}, {NULL, 0, NULL, 0}};
    struct job r = {.lead = 30, .from = CLI_MAIL_FROM};
    struct err err = {0};
    cli_init(&r.cli);
    bool ok = cli_read(argc, argv, options, take_option, &r, &err);
    if (ok && optind < argc) {
        ok = fail(&err, ERR_USAGE, "remind: takes no \"%s\"", argv[optind]);
    }
    ok = ok && run(&r, &err);
    store_close(r.store);
    arena_release(&r.arena);
    return ok ? 0 : cli_fail(&err);
}
