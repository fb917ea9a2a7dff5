/*
 * answer_sql.h: which acceptance of an organisation still counts, in SQL.
 *
 * Meaning   the newest answer of its side, not older than the pair's last
 *           decline nor than the taking back of its agreement (outcome.h):
 *           behind either, both sides are asked anew.
 * Shape     ANSWER_STANDS: a condition on the row w of answers;
 *           ANSWER_OF: 0 or 1, of a pair and a side.
 */
#ifndef TSUNAGARI_ANSWER_SQL_H
#define TSUNAGARI_ANSWER_SQL_H

#define ANSWER_STANDS(w)                                                      \
    w ".answer = 'accept' AND NOT EXISTS (SELECT 1 FROM answers AS l"         \
    " WHERE l.need_id = " w ".need_id AND l.offer_id = " w ".offer_id"        \
    " AND l.side = " w ".side AND l.id > " w ".id)"                           \
    " AND " w ".at >= ifnull((SELECT max(t.at) FROM outcomes AS t"            \
    " WHERE t.need_id = " w ".need_id AND t.offer_id = " w ".offer_id"        \
    " AND (t.stage = 'declined' OR (t.stage = 'proposed' AND EXISTS"          \
    " (SELECT 1 FROM outcomes AS y WHERE y.need_id = t.need_id"               \
    " AND y.offer_id = t.offer_id AND y.stage = 'agreed'"                     \
    " AND y.id < t.id)))), '')"

#define ANSWER_OF(need, offer, side_name)                                     \
    "EXISTS (SELECT 1 FROM answers AS w WHERE w.need_id = " need              \
    " AND w.offer_id = " offer " AND w.side = '" side_name "' AND "           \
    ANSWER_STANDS("w") ")"

#endif
