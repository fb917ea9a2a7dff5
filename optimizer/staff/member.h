/*
 * member.h: what an organisation does with its own entries and suggestions.
 *
 * Meaning   every act names the organisation that acts and works only on its
 *           own entries, and on pairs that the newest plan suggests or that
 *           have an outcome.
 *             accept   its side of a pair; when both sides have accepted,
 *                      the pair is agreed (outcome.h)
 *             decline  its side of a pair, with a reason code
 *             pause    its entry, for a time: it leaves tonight's plan, the
 *                      others get their runners-up; resume brings it back
 *             renew    確認日 is today: "変わりありません"
 * Failure   ERR_INPUT: not its entry, what outcome.h and step.h refuse.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_MEMBER_H
#define TSUNAGARI_MEMBER_H

#include "outcome.h"
#include "step.h"

/* Is the entry the organisation's?  Else ERR_INPUT. */
bool member_owns(struct store *store, int64_t organisation_id,
    int64_t entry_id, struct err *err);

/* "need" or "offer": which of a pair is the organisation's; ERR_INPUT: none,
 * or nobody has suggested the pair. */
bool member_side(struct store *store, int64_t organisation_id,
    int64_t need_id, int64_t offer_id, const char **side, struct err *err);

/* In the running transaction, audit included.  agreed: both have. */
bool member_accept(struct store *store, int64_t organisation_id,
    int64_t need_id, int64_t offer_id, struct arena *arena, bool *agreed,
    struct err *err);
bool member_decline(struct store *store, int64_t organisation_id,
    int64_t need_id, int64_t offer_id, const char *reason_code,
    const char *note, struct arena *arena, struct amendment *amendment,
    struct err *err);
/* step: STEP_PAUSE, STEP_RESUME, STEP_RENEW, STEP_WITHDRAW. */
bool member_step(struct store *store, int64_t organisation_id,
    int64_t entry_id, enum step step, const char *date, struct arena *arena,
    struct amendment *amendment, struct err *err);

#endif
