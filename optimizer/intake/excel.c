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

#include "optimizer/base/embed.h"

static const char program[] = "/usr/bin/python3";

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

/* Exit codes of workbook.py. */
enum { MERGED = 3, NO_PROGRAM = 127 };

/* Never returns.  The file is hostile: little may be used, nothing told. */
static void
unpack(const char *script, const char *path, int out)
{
    static char *const nothing[] = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8",
        NULL};
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
        execle(program, program, "-IB", "-c", script, path, (char *)NULL,
            nothing);
    }
    _exit(NO_PROGRAM);
}

/* The range that workbook.py names, nothing that a file could say else. */
static bool
fail_merged(const char *path, int out, struct err *err)
{
    static const char known[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:";
    char range[32] = "";
    ssize_t n = pread(out, range, sizeof(range) - 1, 0);
    range[n > 0 ? strspn(range, known) : 0] = '\0';
    return fail(err, ERR_INPUT,
        "%s: cells %s are merged; unmerge them and fill in each "
        "(セルの結合を解除して、行ごとに書いてください)",
        path, range);
}

static bool
run(const char *path, int out, struct arena *arena, struct err *err)
{
    const struct embed *own = embed_find("optimizer/intake/workbook.py");
    const char *script = arena_bytes(arena, (const char *)own->data,
        (size_t)(own->end - own->data));
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        unpack(script, path, out);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (child < 0 || code == NO_PROGRAM) {
        return fail(err, ERR_SYSTEM, "excel: xlsx2csv does not run");
    }
    if (code == MERGED) {
        return fail_merged(path, out, err);
    }
    return code == 0 ||
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
    } else if (run(path, out, arena, err) &&
               (bytes = read_all(out, arena, &len)) == NULL) {
        fail(err, ERR_INPUT, "%s: the sheet is too large", path);
    }
    if (out >= 0) {
        close(out);
    }
    if (bytes == NULL) {
        return NULL;
    }
    struct csv *csv = csv_open_memory(arena_string(arena, path), bytes, len);
    csv_lines_are_records(csv);
    return csv;
}
