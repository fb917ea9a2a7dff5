/*
 * sheet_field.h: the fields of an entry sheet (諸条件), in the form's order.
 *
 * Meaning   one row per field: what it is called in 日本語 and, below, in
 *           やさしい日本語 and English; which column of the import it feeds
 *           (its name there is the import's own, so that a rule stands once);
 *           what a value that the import refuses should look like.  Hints
 *           and reasons have their second line (html.h).
 *           Lines and days are rows of several fields, named lineN_kind ...
 *           and dayN_date ..., N from 1; they are not in the table.
 * Lifetime  static.
 */
#ifndef TSUNAGARI_SHEET_FIELD_H
#define TSUNAGARI_SHEET_FIELD_H

#include <stdbool.h>

enum sheet_kind {
    SHEET_TEXT,
    SHEET_AREA,   /* several lines */
    SHEET_DATE,
    SHEET_TIME,
    SHEET_NUMBER,
    SHEET_EMAIL,
    SHEET_URL,
    SHEET_PHONE,
    SHEET_TERM,   /* one of a vocabulary */
    SHEET_TERMS,  /* several of a vocabulary */
    SHEET_PLACE,  /* one region */
    SHEET_REACH,  /* regions, prefecture, online */
    SHEET_PLACES, /* several regions, from the tree */
    SHEET_DAYS,   /* weekdays */
    SHEET_URGENCY, /* 0 .. 3, by words (urgency.h) */
    SHEET_FLAG,
    SHEET_LINES,  /* the block of lines */
    SHEET_DATES   /* the block of days */
};

enum sheet_part {
    PART_WHAT,
    PART_LINES,
    PART_WHEN,
    PART_WHOM,
    PART_WHERE,
    PART_COST,
    PART_PARTNER,
    PART_CONTACT,
    PART_ORGANISATION,
    PARTS_N
};

enum { SHEET_BOTH, SHEET_NEED, SHEET_OFFER };
enum { SHEET_LINES_MAX = 12, SHEET_DAYS_MAX = 12, SHEET_NO_COLUMN = -1 };

#define SHEET_NO_LINE \
    "ほしいもの・出せるものを、種類・数・単位で書いてください。\n" \
    "しゅるい・かず・たんいを かいて ください / " \
    "Please fill in kind, number and unit"
#define SHEET_WRONG_DATE \
    "日にちを 2026-12-02 のように書いてください。おわりははじめより" \
    "後です。\nひにちを かいて ください / A date such as 2026-12-02, the " \
    "end not before the start"
#define SHEET_WRONG_TIME \
    "時刻を 13:30 のように書いてください。\n" \
    "じかんを かいて ください / A time such as 13:30"
#define SHEET_WRONG_EMAIL \
    "メールアドレスを確かめてください。\n" \
    "メールアドレスを みて ください / Please check the address"

struct sheet_field {
    const char *name;
    enum sheet_part part;
    enum sheet_kind kind;
    int side;         /* SHEET_BOTH, or of one side alone */
    bool required, is_private;
    int column;       /* of import_entries, or SHEET_NO_COLUMN */
    const char *organisation; /* column of import_organisations, or NULL */
    int max;          /* characters */
    const char *vocabulary; /* table, of SHEET_TERM and SHEET_TERMS */
    const char *label, *easy, *hint;
};

/* In order, ends with a NULL name. */
extern const struct sheet_field sheet_fields[];

struct sheet_heading {
    const char *label, *easy;
};
extern const struct sheet_heading sheet_headings[PARTS_N];

/* A row of the table, or NULL. */
const struct sheet_field *sheet_field_find(const char *name);
/* Is it a name of the sheet (table, line or day)?  *max: characters. */
bool sheet_name_valid(const char *name, int *max);
/* What a value of this field should look like. */
const char *sheet_field_wrong(const struct sheet_field *field);

#endif
