/*
 * generate.h: a store full of made-up entries, to measure and to test with.
 *
 * Meaning   N entries of made-up organisations (names begin with 【例】),
 *           origin example, approved and published, written through
 *           entry.h as an import would.  Nine of ten are offers; homes are
 *           the unit regions of the home prefecture by population; titles
 *           and summaries come from the word lists of generate_words.h.
 *           Nothing in them is a real place, group, person or number.
 *           With needs_percent so many are needs, and all offers are what
 *           needs ask for, with urgencies, budgets, prices, lots and limits
 *           on partners: a market to measure the matching with.
 * Units     entries: 1 .. GENERATE_MAX; date: the plan's day, confirmed_on
 *           lies up to 300 days before it.
 * Failure   ERR_INPUT: a store without regions; ERR_SYSTEM: the store.
 *           All in one transaction: nothing is written then.
 * Repeat    the same seed gives the same entries by the same keys: entries
 *           that are there stay as they are, a larger N adds to them.
 */
#ifndef TSUNAGARI_GENERATE_H
#define TSUNAGARI_GENERATE_H

#include "optimizer/base/err.h"
#include "optimizer/store/store.h"

enum { GENERATE_MAX = 1000000 };

struct generate_order {
    int64_t entries;
    uint64_t seed;
    int32_t needs_percent; /* 0: one in ten, and mostly for residents */
    const char *date; /* YYYY-MM-DD */
    bool dry_run;
};

struct generate_counts {
    int64_t inserted, updated, unchanged, organisations;
};

bool generate(struct store *store, const struct generate_order *order,
    struct generate_counts *counts, struct err *err);

#endif
