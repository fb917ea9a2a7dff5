/*
 * taken_back.h: which rows of outcomes were mistakes, in SQL.
 *
 * Meaning   staff take a stage back (outcome.h); the row stays, and a later
 *           one of an earlier stage says so: a decline before a 提案; 合意
 *           and 実施 before what comes ahead of them, if no decline ended
 *           them.  A 打診 without an answer is none: it was sent.
 * Shape     a condition on the row t of outcomes.
 */
#ifndef TSUNAGARI_TAKEN_BACK_H
#define TSUNAGARI_TAKEN_BACK_H

#define OUTCOME_TAKEN_BACK(t)                                                 \
    "EXISTS (SELECT 1 FROM outcomes AS z WHERE z.need_id = " t ".need_id"     \
    " AND z.offer_id = " t ".offer_id AND z.id > " t ".id"                    \
    " AND CASE " t ".stage WHEN 'declined' THEN z.stage = 'proposed'"         \
    " WHEN 'held' THEN z.stage IN ('agreed', 'introduced', 'proposed')"       \
    " WHEN 'agreed' THEN z.stage IN ('introduced', 'proposed') END"           \
    " AND (" t ".stage = 'declined' OR NOT EXISTS (SELECT 1"                  \
    " FROM outcomes AS y WHERE y.need_id = " t ".need_id"                     \
    " AND y.offer_id = " t ".offer_id AND y.stage = 'declined'"               \
    " AND y.id > " t ".id AND y.id < z.id)))"

#endif
