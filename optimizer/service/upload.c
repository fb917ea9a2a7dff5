/* upload.c: a sent file through a temporary one, one at a time (upload.h). */
#include "upload.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "optimizer/intake/excel.h"

static const char pattern[] = P_tmpdir "/tsunagari-upload-XXXXXX";

/* The only one to open a file; -1 with err. */
static int
take_turn(struct call *call, struct err *err)
{
    enum { STEP_MS = 50 };
    const struct timespec step = {.tv_nsec = STEP_MS * 1000000L};
    int lock = open(arena_format(call->arena, "%s/.upload",
                        call->settings->spool),
        O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0) {
        fail(err, ERR_SYSTEM, "upload: no lock in the spool");
        return -1;
    }
    for (int waited = 0; flock(lock, LOCK_EX | LOCK_NB) != 0;
         waited += STEP_MS) {
        if (waited >= UPLOAD_WAIT_MS) {
            close(lock);
            fail(err, ERR_SYSTEM, "upload: locked by another one");
            return -1;
        }
        nanosleep(&step, NULL);
    }
    return lock;
}

/* The bytes as a file, gone as soon as it was read. */
static struct csv *
open_bytes(struct call *call, const struct request_file *file,
    struct err *err)
{
    char path[sizeof(pattern)];
    memcpy(path, pattern, sizeof(pattern));
    int fd = mkstemp(path);
    bool ok = fd >= 0 &&
              write(fd, file->data, file->len) == (ssize_t)file->len;
    ok = (fd < 0 || close(fd) == 0) && ok;
    struct csv *csv = NULL;
    if (!ok) {
        fail(err, ERR_SYSTEM, "upload: no room for a temporary file");
    } else {
        csv = excel_open(path, NULL, call->arena, err);
    }
    if (fd >= 0) {
        unlink(path);
    }
    return csv;
}

void
upload_open(struct call *call, struct upload *upload)
{
    *upload = (struct upload){.file = request_file(call->request, "file")};
    call->upload = upload;
    int lock = upload->file != NULL ? take_turn(call, &upload->err) : -1;
    if (lock >= 0) {
        upload->csv = open_bytes(call, upload->file, &upload->err);
        close(lock);
    }
}

struct csv *
upload_take(struct upload *upload, struct err *err)
{
    struct csv *csv = upload->csv;
    upload->csv = NULL;
    if (csv == NULL) {
        *err = upload->err;
        upload_name(upload, err);
    }
    return csv;
}

void
upload_name(const struct upload *upload, struct err *err)
{
    if (strncmp(err->text, pattern, sizeof(pattern) - 7) == 0) {
        struct err named = {0};
        fail(&named, err->kind,
            "ファイルを読めませんでした。ひな形に書いて、ExcelブックかCSVで保存した"
            "ものを出してください（%s%s）", upload->file->filename,
            err->text + sizeof(pattern) - 1);
        *err = named;
    }
}

void
upload_close(struct upload *upload)
{
    csv_close(upload->csv);
    upload->csv = NULL;
}
