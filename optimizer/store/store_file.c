/* store_file.c: an empty file that SQLite fills (store_file.h). */
#include "store_file.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void
store_file_make(const char *path)
{
    int fd = strcmp(path, ":memory:") != 0
                 ? open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600)
                 : -1;
    if (fd >= 0) {
        close(fd);
    }
}
