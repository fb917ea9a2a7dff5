/*
 * profile.h: versions of weights by name, and the list of all versions.
 *
 * Meaning   a profile is a name for a version (weights.h): "冬の食品を優先".
 *           Saving under a known name moves the name; the version it named
 *           stays.  Names hold no line breaks and are no numbers, so that
 *           profile_version() can tell one from a version.
 * Failure   ERR_INPUT for an unknown version or name, or a name of a bad
 *           form; nothing is written then.
 * Lifetime  the arena's.
 */
#ifndef TSUNAGARI_PROFILE_H
#define TSUNAGARI_PROFILE_H

#include "optimizer/base/arena.h"
#include "weights.h"

enum { PROFILE_NAME_MAX = 60 }; /* characters */

struct profile {
    const char *name, *actor, *at;
    int64_t version;
};

struct weights_version {
    int64_t id;
    const char *state, *actor, *reason, *created_at;
    const char *published_at; /* NULL: never */
};

/* ERR_INPUT for what is no name of a profile. */
bool profile_name_check(const char *name, struct err *err);

/* By name. */
bool profile_list(struct store *store, struct arena *arena,
    struct profile **profiles, int32_t *n, struct err *err);
/* In the running transaction, audit included; a name that the version has
 * already is left as it is. */
bool profile_save(struct store *store, const char *name, int64_t version,
    struct err *err);
bool profile_drop(struct store *store, const char *name, struct err *err);

/* "12", or a profile's name. */
bool profile_version(struct store *store, const char *text, int64_t *version,
    struct err *err);

/* Every version, oldest first; the defaults are not among them. */
bool weights_history(struct store *store, struct arena *arena,
    struct weights_version **versions, int32_t *n, struct err *err);

#endif
