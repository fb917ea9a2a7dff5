/*
 * remind.h: whose 確認日 lapses.
 *
 * Meaning   an approved entry ages by the days since its 確認日:
 *             ageing   `lead` days before it counts as old (freshness_days)
 *             aged     old: its score falls
 *             hiding   `lead` days before it is hidden (stale_days)
 *             hidden   no longer shown nor matched
 *           One reminder for each stage of each 確認日: renewing it starts
 *           anew.  Entries of one address come in one mail.
 * Units     days; the two bounds are the weights of the published version.
 * Failure   the store's.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_REMIND_H
#define TSUNAGARI_REMIND_H

#include "act.h"
#include "optimizer/base/arena.h"

enum remind_stage {
    REMIND_AGEING,
    REMIND_AGED,
    REMIND_HIDING,
    REMIND_HIDDEN,
    REMIND_NONE
};

const char *remind_name(enum remind_stage stage);
const char *remind_label_ja(enum remind_stage stage);

struct remind_row {
    int64_t entry_id, organisation_id;
    const char *title, *organisation, *email; /* as stored, maybe "" */
    const char *confirmed_on;
    int32_t age_days, hidden_in_days; /* < 1: hidden already */
    enum remind_stage stage;
};

struct remind_list {
    struct remind_row *rows; /* by address, then entry */
    int32_t n;
    int64_t freshness_days, stale_days;
};

/* Those not reminded yet (again: those, too), of one organisation or, with
 * 0, all. */
bool remind_load(struct store *store, const char *date, int32_t lead,
    int64_t organisation_id, bool again, struct arena *arena,
    struct remind_list *list, struct err *err);

/* The text of rows [begin, end), which have one address. */
#define REMIND_SUBJECT                                                        \
    "【かながわつながりネットワーク】掲載内容の確認のお願い"
const char *remind_text(const struct remind_list *list, int32_t begin,
    int32_t end, struct arena *arena);
/* Rows of the address of row begin end here. */
int32_t remind_end(const struct remind_list *list, int32_t begin);

/* Remembers that the row's reminder went out; in the running transaction,
 * audit included. */
bool remind_done(struct store *store, const struct remind_row *row,
    struct err *err);

#endif
