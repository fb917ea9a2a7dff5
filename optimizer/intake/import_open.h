/*
 * import_open.h: what the lists of municipal open data (events and
 * facilities) have in common.
 *
 * Meaning   the region is the smallest that the address names, else the
 *           code's column, else --region, else the six digits in front of
 *           the file's name (142166_event.csv, the naming rule of open
 *           data); the organisation is --organisation, else the government
 *           of the code.  Words in a row's texts choose the kind of
 *           resource: a table per list, first match wins.
 * Lifetime  results live until the next row.
 */
#ifndef TSUNAGARI_IMPORT_OPEN_H
#define TSUNAGARI_IMPORT_OPEN_H

#include "import.h"

struct import_open_rule {
    const char *words; /* "講座|教室"; "" always matches */
    const char *kind_id;
    const char *target_ids; /* "parents;children", "" everyone */
    int64_t visitors;       /* 0: not a resource open to residents */
};

/* Sets region, organisation, reach; *code is the government's code. */
bool import_open_place(struct import *import, struct entry_draft *draft,
    int code_column, const char *address, const char **code,
    struct err *err);

/* The first rule that one of the texts has a word of. */
const struct import_open_rule *import_open_rule(
    const struct import_open_rule *rules, const char *const *texts);
/* Its line and targets; capacity RECORD_NULL or 0: the rule's visitors. */
void import_open_line(struct import *import, struct entry_draft *draft,
    const struct import_open_rule *rule, int64_t capacity);

bool import_open_has_word(const char *text, const char *words);
/* 64 bits of the texts as 16 hexadecimal digits (FNV-1a), for keys. */
const char *import_open_hash(struct import *import,
    const char *const *texts);
/* "a" and "b" with a line break between; either may be "". */
const char *import_open_join(struct import *import, const char *a,
    const char *b);
/* label: text, if there is text; else "". */
const char *import_open_labelled(struct import *import, const char *label,
    const char *text);

#endif
