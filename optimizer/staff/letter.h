/*
 * letter.h: the introduction (打診) to a partner, as text.
 *
 * Meaning   what the other side of a pair looks for or offers, from a
 *           template with {names} (optimizer/staff/letter.txt, or one's own).
 *           Only an organisation that the prefecture has a link with
 *           (organisations.linked) is written to; only approved entries are
 *           written about, and of them nothing private.
 * Failure   ERR_INPUT: no such entries, the partner has no link (the message
 *           names the rule), an entry is not approved, a name in the
 *           template that is none.
 * Limits    LETTER_MAX bytes of template and of letter.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_LETTER_H
#define TSUNAGARI_LETTER_H

#include "outcome.h"

enum { LETTER_MAX = 65536 };

struct letter {
    int64_t organisation_id;
    const char *to_name, *to_email; /* email "": none is stored */
    const char *subject, *body;
};

/* to_offer: to the organisation of the offer, about the need; else the
 * reverse.  text NULL: the shipped template. */
bool letter_make(struct store *store, int64_t need_id, int64_t offer_id,
    bool to_offer, const char *text, struct arena *arena,
    struct letter *letter, struct err *err);

/* The same, and the pair is introduced (outcome.h); in the running
 * transaction.  Sending the letter is the caller's, before it commits. */
bool letter_introduce(struct store *store, int64_t need_id,
    int64_t offer_id, bool to_offer, const char *text, struct arena *arena,
    struct letter *letter, struct err *err);

#endif
