/* migration.c: the files of schema/sql in their order; store.c runs them. */
#include "migration.h"

#include <string.h>

const struct embed *
migration_find(int n)
{
    static const char folder[] = "schema/sql/";
    for (const struct embed *file = embed_files; file->path != NULL; file++) {
        if (strncmp(file->path, folder, sizeof(folder) - 1) == 0 &&
            n-- == 0) {
            return file;
        }
    }
    return NULL;
}

int
migration_count(void)
{
    int n = 0;
    while (migration_find(n) != NULL) {
        n++;
    }
    return n;
}

bool
migration_version(struct store *store, const char *path, int64_t *version,
    struct err *err)
{
    int64_t tables = 0;
    struct err why = {0};
    if (!store_query_int(store, "PRAGMA user_version", version, &why) ||
        !store_query_int(store, "SELECT count(*) FROM sqlite_schema",
            &tables, &why)) {
        return fail(err, why.kind, "%s: \"%s\"", why.text, path);
    }
    return *version != 0 || tables == 0 ||
           fail(err, ERR_INPUT,
               "store: a database of another program: \"%s\"", path);
}
