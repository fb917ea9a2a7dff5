/*
 * instance_file.h: an explicit instance as CSV files in a directory.
 *
 * Meaning   needs.csv   need,budget_yen,max_partners
 *           lines.csv   line,need,quantity,uncovered_price,indivisible
 *           offers.csv  offer,capacity,max_needs,min_lot,org
 *           pairs.csv   line,offer,score,cost_yen,use
 *           params.csv  name,value: programme_budget_yen, time_limit_s, gap
 *           floors.csv  floor,line,share,price: a row per member line, share
 *                       and price the same in all rows of a floor; no
 *                       price: a tier, in order of first rows (optional)
 *           pins.csv    line,offer,units (optional)
 *           Columns in any order, all present, no others.  Rows in any
 *           order; indexes follow the order of the file.
 * Units     as in instance.h; share and gap are decimals from 0 to 1 with
 *           at most six digits behind the point.  Empty: no limit (budgets,
 *           max_partners, max_needs, capacity), none (min_lot), 0 (prices,
 *           cost, indivisible), 1 (use); org: the offer stands alone.
 *           Files are streams of at most INSTANCE_FILE_MAX bytes; pairs that
 *           come in the order of lines and offers, as instance_write() has
 *           them, take 24 bytes each while they are read, others 36.
 * Failure   ERR_INPUT after every bad row went to report() as
 *           "path:line:column: field: reason"; err has how many, or the
 *           first of them where report is NULL.
 * Lifetime  the instance belongs to the arena.
 */
#ifndef TSUNAGARI_INSTANCE_FILE_H
#define TSUNAGARI_INSTANCE_FILE_H

#include <stdio.h>

#include "instance.h"

#define INSTANCE_FILE_MAX (32LL * 1024 * 1024 * 1024)

struct instance_params {
    int64_t time_limit_ms; /* 0: none */
    int32_t gap_ppm;       /* 0: none */
};

typedef void instance_report(void *data, const char *text);

bool instance_read(const char *dir, struct arena *arena, struct instance *in,
    struct instance_params *params, instance_report *report, void *data,
    struct err *err);

/*
 * Makes dir if needed and writes all seven files, in index order.  An empty
 * name is written as its index; names must tell records apart.
 */
bool instance_write(const char *dir, const struct instance *in,
    const struct instance_params *params, struct err *err);

/* A name as a CSV field, or its index if it has none. */
void instance_put_name(FILE *out, const char *name, int32_t index);

/*
 * A number with at most six digits behind the point, times 1e6, from 0 to
 * max_e6; false otherwise.
 */
bool instance_decimal(const char *text, int64_t max_e6, int64_t *value_e6);

#endif
