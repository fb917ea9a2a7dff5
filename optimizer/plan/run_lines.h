/*
 * run_lines.h: the suggestions of a run, and how two runs differ.
 *
 * Meaning   suggestions of organisations' needs with their reason line, and
 *           what stays uncovered with its cause, as Japanese text or as the
 *           keys "suggestions" and "uncovered" of a JSON object.
 * Failure   the store's.
 */
#ifndef TSUNAGARI_RUN_LINES_H
#define TSUNAGARI_RUN_LINES_H

#include <stdio.h>

#include "optimizer/base/err.h"
#include "optimizer/base/json.h"
#include "optimizer/store/store.h"

bool run_lines_print(struct store *store, int64_t run_id, FILE *out,
    struct err *err);
bool run_lines_write(struct store *store, int64_t run_id, struct json *json,
    struct err *err);

/* Pairs of `from` that `to` has not (units go down) and the reverse; to
 * out as text, or, if that is NULL, to json. */
bool run_lines_diff(struct store *store, int64_t from, int64_t to, FILE *out,
    struct json *json, struct err *err);

#endif
