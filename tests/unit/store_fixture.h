/*
 * store_fixture.h: a new initialised store for each test of a program.
 *
 * Meaning   `tmp` between make() and drop(), the set-up and tear-down of
 *           cmocka; is() asks the store for one integer.
 * Failure   asserts.
 */
#ifndef TSUNAGARI_STORE_FIXTURE_H
#define TSUNAGARI_STORE_FIXTURE_H

#include "tests/unit/tmp_store.h"

static struct tmp_store tmp;

static inline int
make(void **state)
{
    (void)state;
    tmp_store_make(&tmp);
    return 0;
}

static inline int
drop(void **state)
{
    (void)state;
    tmp_store_remove(&tmp);
    return 0;
}

static inline void
is(const char *sql, int64_t want)
{
    assert_int_equal(tmp_store_int(&tmp, sql), want);
}

#endif
