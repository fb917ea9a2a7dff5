/*
 * log.h: what a command says while it works.
 *
 * Meaning   lines on stderr as `tsunagari: ...`; progress only on a
 *           terminal, on one line that is redrawn and wiped.
 * Failure   none; a write error is ignored.
 */
#ifndef TSUNAGARI_LOG_H
#define TSUNAGARI_LOG_H

#include <stdbool.h>

void log_quiet(bool quiet); /* no info lines, no progress */
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* At most ten redraws a second; log_progress_end() wipes the line. */
void log_progress(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
void log_progress_end(void);

#endif
