/* embed.c: look-up in the table that the build made. */
#include "embed.h"

#include <string.h>

const struct embed *
embed_find(const char *path)
{
    for (const struct embed *file = embed_files; file->path != NULL; file++) {
        if (strcmp(file->path, path) == 0) {
            return file;
        }
    }
    return NULL;
}
