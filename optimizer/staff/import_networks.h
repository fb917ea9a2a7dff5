/*
 * import_networks.h: the member list of another network.
 *
 * Meaning   one row per organisation.  It is known if one here has its
 *           法人番号, or, where the list or the store has none, its name but
 *           for legal form, width, kana and punctuation (duplicate.h); a
 *           merged one counts as the one it became.  A known one is marked
 *           as a member of that network and keeps all it has; another
 *           spelling becomes an alias.  The others are made: origin
 *           'network', not published, not linked, no member of ours.
 *           The same list again on the same day (confirmed_on) changes
 *           nothing.  Who has left the list keeps the mark with the day of
 *           the last list that had it.
 * Failure   a name that several organisations here have is a bad row: merge
 *           them first, or give the 法人番号.  Else as import.h.
 * Needs     import_options.network.
 */
#ifndef TSUNAGARI_IMPORT_NETWORKS_H
#define TSUNAGARI_IMPORT_NETWORKS_H

#include "optimizer/intake/import.h"

enum { NETWORK_NAME_MAX = 180 }; /* bytes */

extern const struct import_kind import_networks;

#endif
