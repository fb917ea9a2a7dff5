/* report_region.c: coverage by region, for maps (report_region.h). */
#include "report_region.h"

#include "report_sql.h"

#define COUNTED                                                               \
    " FROM line AS l JOIN place AS p ON p.entry_id = l.need_id"               \
    " JOIN up AS u ON u.code = p.code JOIN regions AS r ON r.code = u.at"     \
    " WHERE r.home = 1 AND r.level IN ('municipality', 'ward')"

/* ?1 and ?2 stand for nothing: the shared tables number the run ?3. */
static struct store_stmt *
prepare(struct store *store, const char *sql, int64_t run_id,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt != NULL) {
        store_bind_int(stmt, 3, run_id);
    }
    return stmt;
}

bool
report_regions(struct store *store, int64_t run_id, struct arena *arena,
    struct report_region **regions, int32_t *n, struct err *err)
{
    struct store_stmt *count = prepare(store,
        "WITH RECURSIVE " REPORT_UP ", " REPORT_PLACE ", " REPORT_LINES
        " SELECT count(DISTINCT u.at)" COUNTED,
        run_id, err);
    struct store_stmt *stmt = prepare(store,
        "WITH RECURSIVE " REPORT_UP ", " REPORT_PLACE ", " REPORT_LINES
        " SELECT u.at, count(*), sum(l.missing = 0)" COUNTED
        " GROUP BY u.at ORDER BY u.at",
        run_id, err);
    bool ok = count != NULL && stmt != NULL && store_step(count, err) == 1;
    int64_t rows = ok ? store_int(count, 0) : 0;
    *regions = arena_array(arena, (size_t)rows, sizeof(**regions));
    int step = 0;
    for (*n = 0; ok && *n < rows && (step = store_step(stmt, err)) > 0;
        (*n)++) {
        (*regions)[*n] = (struct report_region){
            .code = arena_string(arena, store_text(stmt, 0)),
            .lines = store_int(stmt, 1), .covered = store_int(stmt, 2)};
    }
    store_finish(count);
    store_finish(stmt);
    return ok && step >= 0;
}
