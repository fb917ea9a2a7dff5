/* render_when.c: days, weekdays and hours of an entry (render.h). */
#include "render.h"

#include <string.h>

static void
put_part(const char *digits, size_t len, uint32_t unit, struct fragment *out)
{
    if (len == 2 && digits[0] == '0') { /* 1月5日, but 01-05 in English */
        fragment_label(out, LABEL_PAD);
        digits++;
        len--;
    }
    fragment_bytes(out, digits, len);
    fragment_label(out, unit);
}

void
render_date(const char *date, struct fragment *out)
{
    if (strlen(date) != 10) {
        fragment_html(out, date);
        return;
    }
    fragment_put(out, "<time datetime=\"");
    fragment_html(out, date);
    fragment_put(out, "\">");
    put_part(date, 4, LABEL_YEAR, out);
    put_part(date + 5, 2, LABEL_MONTH, out);
    put_part(date + 8, 2, LABEL_DAY, out);
    fragment_put(out, "</time>");
}

static void
put_dates(const struct listing *l, struct fragment *out)
{
    if (l->date_start[0] != '\0') {
        render_date(l->date_start, out);
    }
    if (l->date_end[0] != '\0' && strcmp(l->date_end, l->date_start) != 0) {
        fragment_label(out, LABEL_UP_TO);
        render_date(l->date_end, out);
    } else if (l->date_end[0] == '\0') {
        fragment_label(out, LABEL_UP_TO); /* no end is stated */
    }
}

/* Of the labels from `first` on those whose bit is set. */
static void
put_list(unsigned bits, uint32_t first, struct fragment *out)
{
    bool more = false;
    for (uint32_t n = 0; bits >> n != 0; n++) {
        if (bits >> n & 1) {
            if (more) {
                fragment_label(out, LABEL_LIST_COMMA);
            }
            fragment_label(out, first + n);
            more = true;
        }
    }
}

/* 毎月 第1・第3 木曜 */
static void
put_weeks_of_month(unsigned weeks, unsigned weekdays, struct fragment *out)
{
    fragment_label(out, LABEL_EVERY_MONTH);
    fragment_put(out, " ");
    put_list(weeks, LABEL_FIRST_WEEK, out);
    fragment_put(out, " ");
    put_list(weekdays, LABEL_WHOLE_MONDAY, out);
}

bool
render_weekly(const struct listing *l)
{
    return l->weekdays != 0 && l->weekdays != 127 &&
           l->recurrence.every != RECURRENCE_ONCE;
}

bool
render_when_as_written(const struct listing *l)
{
    return render_weekly(l)
               ? l->recurrence.every == RECURRENCE_UNSTATED
               : l->date_start[0] == '\0' && l->date_end[0] == '\0';
}

void
render_weekdays(const struct listing *l, unsigned weekdays,
    struct fragment *out)
{
    switch (l->recurrence.every) {
    case RECURRENCE_WEEK:
        fragment_label(out, LABEL_EVERY);
        fragment_put(out, " ");
        put_list(weekdays, LABEL_MONDAY, out);
        break;
    case RECURRENCE_MONTH:
        put_weeks_of_month(l->recurrence.weeks, weekdays, out);
        break;
    case RECURRENCE_ONCE:
        put_list(weekdays, LABEL_MONDAY, out);
        break;
    case RECURRENCE_UNSTATED:
        render_ja(l->date_text, out);
        fragment_put(out, " (");
        put_list(weekdays, LABEL_MONDAY, out);
        fragment_put(out, ")");
    }
}

void
render_when(const struct listing *l, struct fragment *out)
{
    size_t start = out->len;
    if (l->date_start[0] != '\0' || l->date_end[0] != '\0') {
        put_dates(l, out);
    } else if (l->date_text[0] != '\0' && !render_weekly(l)) {
        render_ja(l->date_text, out);
    }
    if (render_weekly(l)) {
        render_space(start, out);
        render_weekdays(l, l->weekdays, out);
    }
    if (l->time_start[0] != '\0') {
        render_space(start, out);
        fragment_html(out, l->time_start);
        fragment_label(out, LABEL_UP_TO);
        fragment_html(out, l->time_end);
    } else if (l->time_text[0] != '\0') {
        render_space(start, out);
        render_ja(l->time_text, out);
    }
    if (out->len == start) {
        fragment_label(out, LABEL_NOT_STATED);
    }
}
