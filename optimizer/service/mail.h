/*
 * mail.h: mails that go out once what they speak of is in the store.
 *
 * Meaning   mail_queue() writes one in the running transaction: it exists if
 *           and only if the act it tells of does.  mail_deliver() afterwards
 *           writes each that waits to the spool directory as ID.eml (RFC
 *           5322, mode 0600, complete or not there), hands it to the
 *           sendmail program if there is one (`PROGRAM -t -i`; then the file
 *           goes away again), and empties its body in the store.
 *           A crash in between delivers it again, never not at all; one that
 *           is refused waits, and holds none behind it up; while a visitor
 *           waits the newest MAIL_AT_ONCE are tried, at a start all.
 *           In a handler: mail_queue(), then call->mail_waits = true.
 * Failure   mail_queue(): ERR_INPUT for an address that is none;
 *           mail_deliver(): ERR_SYSTEM, the first of what failed; what waits
 *           stays.
 */
#ifndef TSUNAGARI_MAIL_H
#define TSUNAGARI_MAIL_H

#include "call.h"

enum {
    MAIL_ADDRESS_MAX = 254,
    MAIL_AT_ONCE = 20 /* tried while a visitor waits */
};

bool mail_address_valid(const char *address);
/* subject: one line; body: UTF-8 text, '\n' at the end of lines. */
bool mail_queue(struct store *store, const char *to, const char *subject,
    const char *body, struct err *err);
/* The last mail that was queued; 0: none. */
bool mail_last(struct store *store, int64_t *id, struct err *err);
/* The mail behind which the newest n wait that are not delivered. */
bool mail_newest(struct store *store, int n, int64_t *after,
    struct err *err);
/* Those behind the mail `after` (0: all).  Outside a transaction. */
bool mail_deliver(struct store *store,
    const struct service_settings *settings, int64_t after, struct err *err);
/* Of a command, which queued those behind the mail `last`: without a program
 * that sends, files are made of its own alone; those of the service wait for
 * the one that it has. */
bool mail_deliver_own(struct store *store,
    const struct service_settings *settings, int64_t last, struct err *err);

#endif
