/* log.c: lines and progress on stderr. */
#include "log.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "clock.h"

static bool quiet_on;
static bool drawn;
static int64_t drawn_ms;

static void
say(const char *format, va_list args)
{
    log_progress_end();
    fputs("tsunagari: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

void
log_quiet(bool quiet)
{
    quiet_on = quiet;
}

void
log_info(const char *format, ...)
{
    if (quiet_on) {
        return;
    }
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
}

void
log_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
}

void
log_progress(const char *format, ...)
{
    if (quiet_on || !isatty(STDERR_FILENO)) {
        return;
    }
    int64_t now = clock_ms();
    if (drawn && now - drawn_ms < 100) {
        return;
    }
    drawn = true;
    drawn_ms = now;
    fputs("\r\033[K", stderr);
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fflush(stderr);
}

void
log_progress_end(void)
{
    if (drawn) {
        fputs("\r\033[K", stderr);
        drawn = false;
    }
}
