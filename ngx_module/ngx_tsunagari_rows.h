
/*
 * ngx_tsunagari_rows.h: sums over the rows of a set of documents.
 *
 * Meaning   how many documents of a set have each column of the snapshot.
 * Units     sums by column; SNAP_COLUMNS_MAX of them are written, those that
 *           no column has as 0.
 * Failure   none; set holds no bit past the last document.
 * Lifetime  the caller's memory.
 */


#ifndef _NGX_TSUNAGARI_ROWS_H_INCLUDED_
#define _NGX_TSUNAGARI_ROWS_H_INCLUDED_


#include "ngx_tsunagari_set.h"


void ngx_tsunagari_rows(const struct snap_collection *c, const uint64_t *set,
    uint32_t *sums);

/* As ngx_tsunagari_set_use(), which calls it: the widest form up to that. */
void ngx_tsunagari_rows_use(ngx_uint_t form);


#endif /* _NGX_TSUNAGARI_ROWS_H_INCLUDED_ */
