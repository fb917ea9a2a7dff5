/*
 * screening_mail.h: what the secretariat decided on an entry, by mail.
 *
 * Meaning   an approval (and on which page it will stand), a return (with the
 *           link that corrects it) and a rejection are told to the address of
 *           the sheet that the entry came by, else to its organisation's,
 *           else to its desk's; other steps are not.  In the transaction of
 *           the step.
 * Failure   the store's; *untold: it should be told, and has no address.
 */
#ifndef TSUNAGARI_SCREENING_MAIL_H
#define TSUNAGARI_SCREENING_MAIL_H

#include "call.h"
#include "optimizer/staff/step.h"

bool screening_mail(struct call *call, const struct step_order *order,
    bool *untold, struct err *err);

#endif
