/*
 * cause.h: why a pair is no candidate, or why a line stays uncovered.
 *
 * Meaning   the codes of uncovered_lines.cause and blocks.cause.  The first
 *           ones are rules of a pair (bits of rule_blocks()); the later
 *           ones are rows of the plan, which depend on the other lines.
 * Failure   cause_find() gives CAUSE_COUNT for a code that is none.
 * Lifetime  static.
 */
#ifndef TSUNAGARI_CAUSE_H
#define TSUNAGARI_CAUSE_H

enum cause {
    CAUSE_KIND,             /* another kind of resource */
    CAUSE_SELF,             /* the same organisation */
    CAUSE_DECISION,         /* staff forbade or deferred the pair */
    CAUSE_REGION_HARD,      /* outside a region that is a hard limit */
    CAUSE_REGION,           /* outside its regions and too far */
    CAUSE_AUDIENCE,         /* other target groups */
    CAUSE_DATE,             /* no day in common */
    CAUSE_WEEKDAY,          /* no weekday in common */
    CAUSE_TIME,             /* hours that do not meet, or not long enough */
    CAUSE_PEOPLE,           /* too many or too few people */
    CAUSE_UNIT,             /* counted in another unit */
    CAUSE_CAPACITY,         /* too small for a line that is all or nothing;
                               in a plan: all candidates together too small */
    CAUSE_MIN_LOT,          /* gives no less than more than is wanted */
    CAUSE_BUDGET,           /* dearer than the need's budget, or what is left */
    CAUSE_PROGRAMME_BUDGET, /* the same of the programme's */
    CAUSE_RULES,            /* count of the pair rules above */
    CAUSE_PARTNERS = CAUSE_RULES, /* the need has its most partners */
    CAUSE_NEEDS_LIMIT,      /* the offer serves its most needs */
    CAUSE_COMPETITION,      /* others are worth more to the plan */
    CAUSE_NOT_WORTH,        /* it would cost the plan more than it gives */
    CAUSE_UNFINISHED,       /* the search was stopped before this line */
    CAUSE_NO_OFFER,         /* nobody offers this kind */
    CAUSE_COUNT,
    CAUSE_NONE = CAUSE_COUNT
};

const char *cause_name(enum cause cause);     /* "weekday" */
const char *cause_label_ja(enum cause cause); /* "曜日が合わない" */
/* What one could do about it: "曜日を広げると"; NULL where nothing. */
const char *cause_waive_ja(enum cause cause);
enum cause cause_find(const char *name);

#endif
