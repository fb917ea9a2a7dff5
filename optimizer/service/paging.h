/*
 * paging.h: a long list in pages.
 *
 * Meaning   paging_read() takes `page` of the query; use limit and offset in
 *           the SQL (ORDER BY a unique key), put the total in, and
 *           paging_write() below the table, which keeps the query's other
 *           parameters.
 * Units     page is 1-based, at most PAGING_MAX.
 */
#ifndef TSUNAGARI_PAGING_H
#define TSUNAGARI_PAGING_H

#include "call.h"

enum { PAGING_ROWS = 50, PAGING_MAX = 10000 };

struct paging {
    int64_t page, limit, offset;
    int64_t total; /* set it before paging_write() */
};

struct paging paging_read(const struct call *call);
void paging_write(struct call *call, const struct paging *paging);

/* <table> with a caption and heads (NULL-terminated); the handler writes
 * <tr>s with html_format(), then table_end(). */
void table_begin(struct call *call, const char *caption,
    const char *const *heads);
void table_end(struct call *call);

#endif
