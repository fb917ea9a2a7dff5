/*
 * service.h: one request answered: route, rights, transaction, handler.
 *
 * Meaning   a worker opens a service and hands it requests one after the
 *           other; nothing is kept between two of them but the two store
 *           handles (one reads, one writes).
 *
 * Order     parse; route; for a POST the sender (Origin, Sec-Fetch-Site) and
 *           the CSRF field; a sent file is opened (upload.h); begin;
 *           session; role; handler; commit.
 *           A POST without Origin and Sec-Fetch-Site is refused: every
 *           browser of the last years sends one of them.
 *
 * Failure   service_open() for a store that is not there or old;
 *           service_answer() never fails: what goes wrong is an answer, and
 *           a line on stderr without a word of what the visitor sent.
 * Lifetime  settings outlive the service; the answer is the caller's.
 */
#ifndef TSUNAGARI_SERVICE_H
#define TSUNAGARI_SERVICE_H

#include "call.h"

struct service;

struct service *service_open(const struct service_settings *settings,
    struct err *err);
/* Once per start: mails that a crash left behind. */
void service_begin(struct service *service);
void service_close(struct service *service); /* NULL is fine */

/* response has been initialised with the arena. */
void service_answer(struct service *service, struct arena *arena,
    const struct request_input *input, struct response *response);

#endif
