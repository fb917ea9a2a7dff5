/*
 * outcome.h: what becomes of a suggestion: 提案 打診 合意 実施, or 辞退.
 *
 * Meaning   a pair of entries stands at the stage of its newest row:
 *
 *             (none)      -> proposed     introduced with it, or by itself
 *             proposed    -> introduced, agreed, declined
 *             introduced  -> agreed, declined, proposed (no answer came)
 *             agreed      -> held, declined
 *             declined    -> proposed     taken back
 *
 *           What was noted by mistake is taken back: held stands at agreed
 *           again, agreed and declined at proposed (taken_back.h).
 *           agreed keeps the pair in every plan by a pin of what the newest
 *           plan gives it; declined keeps it out of every plan and snapshot
 *           by a ban and amends tonight's plan at once (amend.h).  Both
 *           decisions name their outcome and end when it is taken back.  A
 *           decline is no penalty: it concerns this pair and nothing else.
 *           A decline has a reason code (phrases of `decline_reasons`) and
 *           says which of the two declined; decline_other wants a note.
 * Failure   ERR_INPUT for entries that are none or of the wrong side, a
 *           stage that does not follow, a code that is none.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_OUTCOME_H
#define TSUNAGARI_OUTCOME_H

#include "amend.h"

enum outcome_stage {
    OUTCOME_PROPOSED,
    OUTCOME_INTRODUCED,
    OUTCOME_AGREED,
    OUTCOME_HELD,
    OUTCOME_DECLINED,
    OUTCOME_NONE /* no row yet */
};

#define OUTCOME_DECLINE_OTHER "decline_other"

const char *outcome_name(enum outcome_stage stage);     /* "introduced" */
const char *outcome_label_ja(enum outcome_stage stage); /* "打診" */
enum outcome_stage outcome_find(const char *name);      /* or NONE */
bool outcome_may(enum outcome_stage from, enum outcome_stage to);

struct outcome_order {
    int64_t need_id, offer_id;
    enum outcome_stage stage; /* not NONE */
    const char *side;         /* declined: "need" or "offer", by whom */
    const char *reason_code;  /* declined */
    const char *note;         /* NULL: none */
};

/* In the running transaction, audit included; amendment is filled. */
bool outcome_take(struct store *store, const struct outcome_order *order,
    struct arena *arena, struct amendment *amendment, struct err *err);

/* The stage that one is taken back to; NONE: not that one. */
enum outcome_stage outcome_before(enum outcome_stage stage);
/* Takes `shown` back, if the pair stands there; in the running transaction,
 * audit included.  The plan stays as it is until the next match. */
bool outcome_take_back(struct store *store, int64_t need_id,
    int64_t offer_id, enum outcome_stage shown, struct err *err);

/* No answer came to an introduction: the entry of that side pauses until its
 * organisation is back, the pair is proposed again then. */
bool outcome_unanswered(struct store *store, int64_t need_id,
    int64_t offer_id, const char *side, struct arena *arena,
    struct amendment *amendment, struct err *err);

bool outcome_stage_of(struct store *store, int64_t need_id, int64_t offer_id,
    enum outcome_stage *stage, struct err *err);

struct outcome_row { /* a pair at its stage */
    int64_t id, need_id, offer_id, run_id;
    enum outcome_stage stage;
    const char *need_title, *need_org, *offer_title, *offer_org;
    const char *side, *reason_code, *reason, *note, *actor, *at;
    const char *need_state, *offer_state; /* of the entries (step.h) */
    bool left; /* under way with an entry that no longer stands */
};

struct outcome_query {
    enum outcome_stage stage; /* NONE: all */
    int64_t organisation_id;  /* of either side; 0: all */
    int64_t need_id;          /* 0: all */
    int64_t offer_id;         /* of one pair: its whole way; 0: all */
    const char *before;       /* `at` earlier than this; NULL: all */
    int64_t below;            /* the id after the page; 0: the first page */
    bool left;                /* those alone that are so */
    int32_t most;             /* 1 .. OUTCOME_MOST */
};

enum { OUTCOME_MOST = 200 };

struct outcome_list {
    struct outcome_row *rows; /* newest first */
    int32_t n;
    bool more;
};

bool outcome_load(struct store *store, const struct outcome_query *query,
    struct arena *arena, struct outcome_list *list, struct err *err);

#endif
