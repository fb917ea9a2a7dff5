/*
 * recurrence.h: how often the weekdays of an entry come, by its own words.
 *
 * Meaning   weekdays are the days of the week on which something can be; the
 *           words (いつ) say of which weeks: 毎月第1・第3木曜日 are the first and
 *           third of each month; 隔週, 月2回, days named one by one (12月5日、19日)
 *           and what is not read with certainty are unstated, and the words
 *           have to be shown.  From first to last within a week nothing comes
 *           again: once, where the weekdays are those of its days.  Else,
 *           and where all days or none are meant, every week.
 * Units     first, last: YYYY-MM-DD or "";
 *           weeks: bit 0 the first of the month .. bit 4 the fifth;
 *           weekdays: bit 0 Monday.
 * Failure   none.
 */
#ifndef TSUNAGARI_RECURRENCE_H
#define TSUNAGARI_RECURRENCE_H

enum recurrence_every { RECURRENCE_WEEK, RECURRENCE_MONTH,
    RECURRENCE_ONCE, RECURRENCE_UNSTATED };
enum { RECURRENCE_WEEKS = 5 };

struct recurrence {
    enum recurrence_every every;
    unsigned weeks; /* RECURRENCE_MONTH */
};

struct recurrence recurrence_read(const char *words, unsigned weekdays,
    const char *first, const char *last);

#endif
