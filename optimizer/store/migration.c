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
