/*
 * upload.h: a file that a visitor sent, opened before the store is held.
 *
 * Meaning   a workbook takes up to EXCEL_CPU_S to unpack, and anybody may
 *           send one: it is opened before the transaction begins (a route
 *           with ROUTE_FILE), so that no writer waits for it, and one at a
 *           time of all workers, so that the others answer meanwhile.
 * Failure   kept until the handler asks: ERR_INPUT, with the visitor's file
 *           named and not ours; ERR_SYSTEM (503: "locked") when another one
 *           is still being opened after UPLOAD_WAIT_MS.
 * Lifetime  the reader is the upload's, unless it was taken.
 */
#ifndef TSUNAGARI_UPLOAD_H
#define TSUNAGARI_UPLOAD_H

#include "call.h"
#include "optimizer/base/csv.h"

enum { UPLOAD_WAIT_MS = 1000 };

struct upload {
    const struct request_file *file; /* of the field "file"; NULL: none */
    struct csv *csv;
    struct err err;
};

/* Fills it, once; call->upload is it from then on. */
void upload_open(struct call *call, struct upload *upload);
/* The reader, which is the caller's then; NULL with err. */
struct csv *upload_take(struct upload *upload, struct err *err);
/* What a reader says of our file, as of the visitor's, in Japanese first. */
void upload_name(const struct upload *upload, struct err *err);
void upload_close(struct upload *upload);

#endif
