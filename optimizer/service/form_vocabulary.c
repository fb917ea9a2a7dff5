/* form_vocabulary.c: a vocabulary of the store as choices of a field
 * (form.h). */
#include <string.h>

#include "form.h"

struct term {
    const char *id, *parent, *label;
};

/* The terms below parent, each followed by its own, into choices. */
static int
put_below(const struct term *terms, int n, const char *parent, int level,
    struct form_choice *choices)
{
    int put = 0;
    for (int i = 0; i < n; i++) {
        if (strcmp(terms[i].parent, parent) == 0 && level < 4) {
            choices[put++] = (struct form_choice){.value = terms[i].id,
                .label = terms[i].label, .level = level};
            put += put_below(terms, n, terms[i].id, level + 1,
                choices + put);
        }
    }
    return put;
}

const struct form_choice *
form_vocabulary(struct call *call, const char *table, const char *none,
    struct err *err)
{
    char *count = arena_format(call->arena, "SELECT count(*) FROM %s", table);
    bool staff =
        call->account != NULL && call->account->role >= ROLE_VIEWER;
    char *sql = arena_format(call->arena,
        "SELECT id, parent_id, label_ja || char(10) || label_easy"
        " || ' / ' || label_en FROM %s WHERE staff_only <= %d"
        " ORDER BY sort, id",
        table, staff);
    int64_t max = 0;
    struct store_stmt *stmt = NULL;
    if (!store_query_int(call->store, count, &max, err) ||
        (stmt = store_prepare(call->store, sql, err)) == NULL) {
        return NULL;
    }
    struct term *terms =
        arena_array(call->arena, (size_t)max + 1, sizeof(*terms));
    int n = 0, step;
    while ((step = store_step(stmt, err)) > 0 && n < max) {
        terms[n++] = (struct term){
            .id = arena_string(call->arena, store_text(stmt, 0)),
            .parent = arena_string(call->arena, store_text(stmt, 1)),
            .label = arena_string(call->arena, store_text(stmt, 2))};
    }
    store_finish(stmt);
    struct form_choice *choices =
        arena_array(call->arena, (size_t)n + 2, sizeof(*choices));
    choices[0] = (struct form_choice){.value = "", .label = none};
    int at = none != NULL;
    at += put_below(terms, n, "", 0, choices + at);
    choices[at].value = NULL;
    return step >= 0 ? choices : NULL;
}
