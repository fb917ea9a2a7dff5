/* integrity.c: a table of questions to the store (integrity.h). */
#include "integrity.h"

#include <stdio.h>
#include <string.h>

#include "organisation.h"
#include "region_code.h"

/*
 * Each query gives subject and text of what it finds, in a fixed order; ?1
 * is today.
 */
static const struct {
    enum integrity_severity severity;
    const char *code, *sql;
} questions[] = {
    {INTEGRITY_ERROR, "approved_without_pass",
        "SELECT 'entries/' || e.id, e.key || ': ' || r.id || ': ' ||"
        " coalesce(s.result, 'no result') FROM entries AS e"
        " CROSS JOIN requirements AS r LEFT JOIN screenings AS s"
        " ON s.entry_id = e.id AND s.requirement_id = r.id"
        " WHERE ?1 IS NOT NULL AND e.state = 'approved' AND r.required = 1"
        " AND s.result IS NOT 'pass' ORDER BY e.id, r.sort, r.id"},
    {INTEGRITY_ERROR, "confirmed_in_future",
        "SELECT 'entries/' || id, key || ': confirmed_on ' || confirmed_on"
        " FROM entries WHERE confirmed_on > ?1 ORDER BY id"},
    {INTEGRITY_ERROR, "time_of_day",
        "SELECT 'entries/' || id, key || ': ' || coalesce(time_start, '') ||"
        " ' to ' || coalesce(time_end, '') FROM entries WHERE ?1 IS NOT NULL"
        " AND (time_start > '24:00' OR time_end > '24:00') ORDER BY id"},
    {INTEGRITY_ERROR, "public_line_of_need",
        "SELECT 'entries/' || e.id, e.key || ': line ' || l.line_no"
        " FROM entry_lines AS l JOIN entries AS e ON e.id = l.entry_id"
        " WHERE ?1 IS NOT NULL AND e.side = 'need' AND l.for_public = 1"
        " ORDER BY e.id, l.line_no"},
    {INTEGRITY_ERROR, "lot_over_quantity",
        "SELECT 'entries/' || e.id, e.key || ': line ' || l.line_no"
        " FROM entry_lines AS l JOIN entries AS e ON e.id = l.entry_id"
        " WHERE ?1 IS NOT NULL AND l.min_lot > l.quantity"
        " ORDER BY e.id, l.line_no"},
    {INTEGRITY_ERROR, "decision_sides",
        "SELECT 'decisions/' || d.id, 'need ' || d.need_id || ' is ' ||"
        " n.side || ', offer ' || d.offer_id || ' is ' || o.side"
        " FROM decisions AS d JOIN entries AS n ON n.id = d.need_id"
        " JOIN entries AS o ON o.id = d.offer_id WHERE ?1 IS NOT NULL"
        " AND (n.side <> 'need' OR o.side <> 'offer') ORDER BY d.id"},
    {INTEGRITY_ERROR, "decisions_contradict",
        "SELECT 'decisions/' || a.id, a.decision || ' against ' ||"
        " b.decision || ' of decisions/' || b.id FROM decisions AS a"
        " JOIN decisions AS b ON b.need_id = a.need_id"
        " AND b.offer_id = a.offer_id AND b.id > a.id"
        " AND b.decision <> a.decision"
        " WHERE a.revoked_at IS NULL AND b.revoked_at IS NULL"
        " AND (a.until IS NULL OR a.until >= ?1)"
        " AND (b.until IS NULL OR b.until >= ?1)"
        " AND 'pin' IN (a.decision, b.decision) ORDER BY a.id, b.id"},
    {INTEGRITY_ERROR, "published_without_plan",
        "SELECT 'publications/' || p.id, 'run ' || p.run_id || ' has state '"
        " || r.state FROM publications AS p JOIN runs AS r"
        " ON r.id = p.run_id WHERE ?1 IS NOT NULL"
        " AND r.state NOT IN ('optimal', 'feasible') ORDER BY p.id"},
    {INTEGRITY_ERROR, "plan_line_sides",
        "SELECT 'runs/' || p.run_id, 'plan line ' || p.id || ': offer ' ||"
        " p.offer_id || ' is ' || o.side FROM plan_lines AS p"
        " JOIN entries AS o ON o.id = p.offer_id"
        " LEFT JOIN entries AS n ON n.id = p.need_id WHERE ?1 IS NOT NULL"
        " AND (o.side <> 'offer' OR n.side = 'offer') ORDER BY p.id"},
    {INTEGRITY_WARNING, "wish_unknown",
        "SELECT 'entries/' || e.id, e.key || ': ' || w.name"
        " FROM entry_wishes AS w JOIN entries AS e ON e.id = w.entry_id"
        " WHERE ?1 IS NOT NULL AND w.organisation_id IS NULL"
        " ORDER BY e.id, w.name"},
    {INTEGRITY_WARNING, "no_lines",
        "SELECT 'entries/' || e.id, e.key || ': nothing to match'"
        " FROM entries AS e WHERE ?1 IS NOT NULL AND e.state = 'approved'"
        " AND NOT EXISTS (SELECT 1 FROM entry_lines AS l"
        " WHERE l.entry_id = e.id) ORDER BY e.id"},
    {INTEGRITY_WARNING, "organisation_hidden",
        "SELECT 'entries/' || e.id, e.key || ': published, but ' || o.key ||"
        " ' is not' FROM entries AS e JOIN organisations AS o"
        " ON o.id = e.organisation_id WHERE ?1 IS NOT NULL"
        " AND e.state = 'approved' AND e.publish = 1 AND o.publish = 0"
        " ORDER BY e.id"},
    {INTEGRITY_WARNING, "expires_before_confirmed",
        "SELECT 'entries/' || id, key || ': expires ' || expires_on ||"
        " ', confirmed ' || confirmed_on FROM entries WHERE ?1 IS NOT NULL"
        " AND state = 'approved' AND expires_on < confirmed_on ORDER BY id"},
    {INTEGRITY_WARNING, "region_without_population",
        "SELECT 'regions/' || code, name_full FROM regions"
        " WHERE ?1 IS NOT NULL AND home = 1 AND population IS NULL"
        " ORDER BY code"},
    {INTEGRITY_WARNING, "online_with_regions",
        "SELECT 'entries/' || e.id, e.key || ': reach ' || e.reach ||"
        " ' has regions of its own' FROM entries AS e WHERE ?1 IS NOT NULL"
        " AND e.reach <> 'regions' AND EXISTS (SELECT 1 FROM entry_regions"
        " AS r WHERE r.entry_id = e.id) ORDER BY e.id"},
    {INTEGRITY_WARNING, "reach_nowhere",
        "SELECT 'entries/' || e.id, e.key || ': reach regions, but none"
        " stated' FROM entries AS e WHERE ?1 IS NOT NULL"
        " AND e.reach = 'regions' AND e.region_code IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM entry_regions AS r"
        " WHERE r.entry_id = e.id) ORDER BY e.id"},
};

struct context {
    void (*report)(void *data, const struct integrity_finding *finding);
    void *data;
};

static void
report(const struct context *context, enum integrity_severity severity,
    const char *code, const char *subject, const char *text)
{
    struct integrity_finding finding = {severity, code, subject, text};
    context->report(context->data, &finding);
}

static void
report_database(void *data, const char *text)
{
    report(data, INTEGRITY_ERROR, "database", "store", text);
}

static bool
ask(struct store *store, size_t question, const char *date,
    const struct context *context, struct err *err)
{
    struct store_stmt *stmt =
        store_prepare(store, questions[question].sql, err);
    if (stmt == NULL) {
        return false;
    }
    int step;
    store_bind_text(stmt, 1, date);
    while ((step = store_step(stmt, err)) > 0) {
        report(context, questions[question].severity,
            questions[question].code, store_text(stmt, 0),
            store_text(stmt, 1));
    }
    store_finish(stmt);
    return step == 0;
}

static bool
code_valid(const char *code)
{
    char out[REGION_CODE_SIZE];
    return region_code_normalise(code, strlen(code), out) &&
           strcmp(code, out) == 0;
}

/* Rows of (subject, value) whose value must be valid. */
static bool
check_values(struct store *store, const char *sql, const char *code,
    bool (*valid)(const char *text), const struct context *context,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    int step;
    while ((step = store_step(stmt, err)) > 0) {
        if (!valid(store_text(stmt, 1))) {
            char text[160];
            snprintf(text, sizeof(text), "its check digit is wrong: \"%.60s\"",
                store_text(stmt, 1));
            report(context, INTEGRITY_ERROR, code, store_text(stmt, 0),
                text);
        }
    }
    store_finish(stmt);
    return step == 0;
}

bool
integrity_check(struct store *store, const char *date,
    void (*function)(void *data, const struct integrity_finding *finding),
    void *data, struct err *err)
{
    struct context context = {function, data};
    bool ok =
        store_integrity(store, report_database, &context, err) &&
        check_values(store,
            "SELECT 'regions/' || code, code FROM regions ORDER BY code",
            "region_code", code_valid, &context, err) &&
        check_values(store,
            "SELECT 'organisations/' || id, corporate_number"
            " FROM organisations WHERE corporate_number IS NOT NULL"
            " ORDER BY id",
            "corporate_number", organisation_number_valid, &context, err);
    for (size_t i = 0; ok && i < sizeof(questions) / sizeof(questions[0]);
         i++) {
        ok = ask(store, i, date, &context, err);
    }
    return ok;
}
