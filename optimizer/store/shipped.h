/*
 * shipped.h: the regions, vocabularies and interests that travel inside the
 * binary, brought into the store.
 *
 * Meaning   rows are inserted or updated by their code or id; nothing is
 *           deleted, because entries may refer to it.  What staff tune is
 *           kept: interests.per_10000, requirements.required, and a
 *           staff_only flag once set.  Loading again changes nothing.
 * Units     degrees become micro-degrees, kilometres metres.
 * Failure   ERR_INPUT with path:line:column for a broken shipped file,
 *           ERR_SYSTEM for the store.  The caller's transaction is to be
 *           rolled back then.
 * Source    schema/data (embed.h): regions.csv (the home prefecture),
 *           regions_japan.csv (the others), adjacency.csv, population.csv,
 *           vocab, staff_only.csv, interests.csv.
 */
#ifndef TSUNAGARI_SHIPPED_H
#define TSUNAGARI_SHIPPED_H

#include <stdint.h>

#include "store.h"

/* Inside a transaction; adds the rows it wrote to *changed. */
bool shipped_load_regions(struct store *store, int64_t *changed,
    struct err *err);
bool shipped_load_vocabularies(struct store *store, int64_t *changed,
    struct err *err);

/* Both, in a transaction of their own, with an audit row if any changed. */
bool shipped_load(struct store *store, int64_t *changed, struct err *err);

#endif
