/*
 * spool.h: mail as files, for any mail program to send.
 *
 * Meaning   one message per file (RFC 5322; the subject an RFC 2047 word,
 *           the text UTF-8 in base64), written beside its name and renamed
 *           into it, so that a sender never sees half a message; a name that
 *           is there already is replaced: the same message again.
 * Failure   ERR_SYSTEM with the path; ERR_INPUT for an address that is none
 *           (nothing of it can reach a header).
 */
#ifndef TSUNAGARI_SPOOL_H
#define TSUNAGARI_SPOOL_H

#include "optimizer/base/err.h"

struct spool_mail {
    const char *name; /* of the file, without its end */
    const char *to;   /* an address */
    const char *subject, *body;
};

bool spool_address_valid(const char *address);
bool spool_write(const char *dir, const struct spool_mail *mail,
    struct err *err);

#endif
