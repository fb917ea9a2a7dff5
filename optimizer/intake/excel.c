/* excel.c: a workbook's first sheet as CSV, by a program with limits
 * (excel.h). */
#define _GNU_SOURCE
#include "excel.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char program[] = "/usr/bin/xlsx2csv";

/* Is it a ZIP, as every .xlsx is?  What is read from a pipe is gone, so that
 * none is looked into. */
static bool
is_workbook(const char *path)
{
    char head[4] = "";
    struct stat st;
    FILE *file = strcmp(path, "-") != 0 && stat(path, &st) == 0 &&
                         S_ISREG(st.st_mode)
                     ? fopen(path, "rb")
                     : NULL;
    bool zip = file != NULL && fread(head, 1, 4, file) == 4 &&
               memcmp(head, "PK\x03\x04", 4) == 0;
    if (file != NULL) {
        fclose(file);
    }
    return zip;
}

static void
limit(int what, rlim_t value)
{
    struct rlimit limits = {value, value};
    (void)setrlimit((__rlimit_resource_t)what, &limits);
}

/* Never returns.  The file is hostile: little may be used, nothing told. */
static void
unpack(const char *path, int out)
{
    static char *const nothing[] = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8",
        "PYTHONDONTWRITEBYTECODE=1", NULL};
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    limit(RLIMIT_CPU, EXCEL_CPU_S);
    limit(RLIMIT_AS, EXCEL_MEMORY);
    limit(RLIMIT_FSIZE, EXCEL_CSV_MAX);
    limit(RLIMIT_CORE, 0);
    alarm(4 * EXCEL_CPU_S);
    int sink = open("/dev/null", O_RDWR);
    if (sink >= 0 && dup2(sink, STDIN_FILENO) >= 0 &&
        dup2(out, STDOUT_FILENO) >= 0 && dup2(sink, STDERR_FILENO) >= 0) {
        execle(program, program, "-s", "1", "-i", "-f", "%Y-%m-%d", "-t",
            "%H:%M", "--", path, (char *)NULL, nothing);
    }
    _exit(127);
}

static bool
run(const char *path, int out, struct err *err)
{
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        unpack(path, out);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (child < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 127)) {
        return fail(err, ERR_SYSTEM, "excel: \"%s\" does not run", program);
    }
    return (WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
           fail(err, ERR_INPUT,
               "%s: not a workbook that can be read (or too large a one)",
               path);
}

static char *
read_all(int fd, struct arena *arena, size_t *len)
{
    struct stat stat;
    if (fstat(fd, &stat) != 0 || stat.st_size >= EXCEL_CSV_MAX) {
        return NULL;
    }
    *len = (size_t)stat.st_size;
    char *bytes = arena_alloc(arena, *len + 1);
    return pread(fd, bytes, *len, 0) == (ssize_t)*len ? bytes : NULL;
}

struct csv *
excel_open(const char *path, const char *encoding, struct arena *arena,
    struct err *err)
{
    struct stat stat_of;
    if (!is_workbook(path)) {
        return csv_open(path, encoding, err);
    }
    if (stat(path, &stat_of) != 0 || stat_of.st_size > EXCEL_FILE_MAX) {
        fail(err, ERR_INPUT, "%s: a workbook of more than %d bytes", path,
            EXCEL_FILE_MAX);
        return NULL;
    }
    int out = memfd_create("sheet", MFD_CLOEXEC);
    char *bytes = NULL;
    size_t len = 0;
    if (out < 0) {
        fail(err, ERR_SYSTEM, "excel: %s", strerror(errno));
    } else if (run(path, out, err) &&
               (bytes = read_all(out, arena, &len)) == NULL) {
        fail(err, ERR_INPUT, "%s: the sheet is too large", path);
    }
    if (out >= 0) {
        close(out);
    }
    return bytes != NULL ? csv_open_memory(arena_string(arena, path), bytes,
                               len)
                         : NULL;
}
