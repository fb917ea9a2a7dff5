/*
 * sheet.h: an entry sheet that somebody writes on the site.
 *
 * Meaning   a sheet is kept as typed from its first moment (draft), for who
 *           has its token: the browser that writes it, and, once it was
 *           sent, who reads mails of the address given (sheet_address.h).
 *           Only that second one makes an entry of it (received): state
 *           submitted, origin form, not published, so nothing of it is
 *           matched or shown until it is approved.  The same link corrects it afterwards: what
 *           changes goes through the import's rules (entry.h), by which an
 *           approved entry waits for approval again (sheet_again.h: also
 *           when it is the organisation that changes).
 * Keys      organisation "form-ID", entry "sheet:form-ID".  Where staff gave
 *           the entry another organisation (merge), that one stays as it is.
 * Limits    SHEET_OPEN_MAX sheets that are not received; those untouched
 *           for SHEET_KEEP_DAYS go, and when there are so many those of an
 *           hour ago that were not saved again after their first minute;
 *           SHEET_MAILS_MAX mails per sheet, and the first receipt, and
 *           SHEET_MAILS_DAY to an address in a day (50 rows of a file, each
 *           with a link and a receipt); field lengths of sheet_field.h.
 * Failure   ERR_INPUT where a limit is reached; ERR_SYSTEM of the store.
 * Lifetime  texts belong to the call's arena.  All writes are in the
 *           running transaction, audit included, no field in it.
 */
#ifndef TSUNAGARI_SHEET_H
#define TSUNAGARI_SHEET_H

#include "call.h"
#include "form.h"
#include "sheet_field.h"

enum { SHEET_OPEN_MAX = 5000, SHEET_KEEP_DAYS = 30, SHEET_MAILS_MAX = 5,
    SHEET_MAILS_DAY = 120 };

struct sheet {
    int64_t id, entry_id; /* entry 0: not received */
    bool need;            /* else an offer */
    const char *state;    /* draft, mailed, received, withdrawn */
    const char *entry_state; /* of the entry (step.h), "": not received */
    const char *token;    /* of the address */
    bool by_mail;         /* the token came by mail */
    const char *address;  /* which it was mailed to, "": not known */
    int64_t mails_n;
    struct request_fields fields; /* as typed */
};

bool sheet_new(struct call *call, bool need, struct sheet *sheet,
    struct err *err);
/* sheet->id 0: no such token. */
bool sheet_open(struct call *call, const char *token, struct sheet *sheet,
    struct err *err);
/* Another token for the sheet: kind "draft" or "mail"; also for staff who
 * send an entry back. */
bool sheet_add_link(struct call *call, int64_t sheet_id, const char *kind,
    char token[SECRET_TOKEN], struct err *err);

/* For staff: a new address, by mail, of the sheet behind an entry; NULL
 * without err when it has none. */
const char *sheet_entry_url(struct call *call, int64_t entry_id,
    struct err *err);

/* Is its entry over (withdrawn, ended)?  What is written then is looked at
 * by nobody, until staff take the entry up again.  One that was rejected can
 * be corrected, and staff asked to do so. */
bool sheet_closed(const struct sheet *sheet);
bool sheet_rejected(const struct sheet *sheet);

/* The key of its organisation, "form-12"; of its entry behind "sheet:". */
const char *sheet_key(struct call *call, const struct sheet *sheet);

/* The first value of a name, "" for none; the n-th, NULL behind the last. */
const char *sheet_value(const struct sheet *sheet, const char *name);
const char *sheet_value_nth(const struct sheet *sheet, const char *name,
    size_t n);
/* "line3_kind" */
const char *sheet_row_name(struct call *call, const char *prefix, int n,
    const char *part);
const char *sheet_row_value(struct call *call, const struct sheet *sheet,
    const char *prefix, int n, const char *part);
/* Rows that hold something: the highest number. */
int sheet_rows(struct call *call, const struct sheet *sheet,
    const char *prefix, int max);

/* Takes the form's fields over; too long a value is an error of its field. */
void sheet_take(struct call *call, struct sheet *sheet,
    struct form_errors *errors);
bool sheet_save(struct call *call, const struct sheet *sheet,
    struct err *err);
bool sheet_set_state(struct call *call, struct sheet *sheet,
    const char *state, struct err *err);
/* "2026-000012" (receipt.h) */
const char *sheet_receipt(struct call *call, const struct sheet *sheet,
    struct err *err);

/* sheet_rules.c: what is missing or wrong in the fields by themselves. */
void sheet_rules(struct call *call, const struct sheet *sheet,
    struct form_errors *errors);

/* sheet_apply.c: is it complete and good?  Nothing is written. */
bool sheet_check(struct call *call, const struct sheet *sheet,
    struct form_errors *errors, struct err *err);
/* Makes or corrects the entry; errors as sheet_check().  Not *changed: it
 * was all there already, and nothing is written. */
bool sheet_apply(struct call *call, struct sheet *sheet,
    struct form_errors *errors, bool *changed, struct err *err);
/* The person's own word: entry withdrawn. */
bool sheet_withdraw(struct call *call, struct sheet *sheet,
    struct err *err);

/* sheet_cells.c: a CSV of one row, for the import; and its last day, "" for
 * none. */
const char *sheet_last_day(struct call *call, const struct sheet *sheet);
const char *sheet_entry_csv(struct call *call, const struct sheet *sheet,
    const char *organisation_key);
const char *sheet_organisation_csv(struct call *call,
    const struct sheet *sheet);

#endif
