/*
 * score_list.h: the terms of a pair's score, one TERM(id, name) each: the
 * keys of plan_lines.terms.  Included several times on purpose.
 */
TERM(WORTH, "worth")           /* the demand's own worth, by urgency */
TERM(KIND, "kind")             /* exact, or a narrower kind */
TERM(TARGET, "target")         /* target groups overlap */
TERM(THEME, "theme")           /* themes overlap */
TERM(TAG, "tag")               /* tags in common */
TERM(DISTANCE, "distance")     /* <= 0 */
TERM(OUTSIDE, "outside")       /* <= 0: outside the stated regions */
TERM(ONLINE, "online")         /* <= 0: online for a need that is not */
TERM(CONTINUITY, "continuity") /* a pair of the previous plan */
TERM(NEW_LINK, "new_link")     /* organisations new to each other */
TERM(WISH, "wish")             /* a wished partner */
TERM(SMALL, "small")           /* a small or new organisation is seen */
TERM(FRESHNESS, "freshness")   /* <= 0: long since 確認日 */
TERM(COST, "cost")             /* <= 0 */
