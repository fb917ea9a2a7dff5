/*
 * sheet_apply.c: from a sheet to an entry, by the import's own rules
 * (sheet.h): what is on the sheet becomes a CSV of one row, so that no rule
 * stands twice; what the import refuses comes back to the field.
 *
 * A corporate number that another organisation has stays on the sheet: it
 * says that both are the same, which is for staff to see (duplicates).
 */
#include <stdio.h>
#include <string.h>

#include "optimizer/intake/import_entries.h"
#include "optimizer/staff/amend.h"
#include "mail.h"
#include "sheet.h"
#include "sheet_again.h"

/* Which of the two did a sheet change? */
struct changes {
    bool organisation, entry;
};

struct judge {
    struct call *call;
    struct form_errors *errors;
};

/* What does not go together: the reason begins with the entry's field. */
static void
bad_together(struct judge *judge, const char *reason)
{
    static const struct {
        const char *field, *text;
    } known[] = {{"date_end", SHEET_WRONG_DATE},
        {"tags", "1つ40字までにしてください。; で区切れます。\n"
                 "1つ 40じまで / Each at most 40 letters"},
        {"title", "題名・内容の長さと、日にちの順番を確かめてください。\n"
                  "ながさと ひにちを みて ください / "
                  "Please check the lengths and the order of dates"}};
    size_t i = 0, last = sizeof(known) / sizeof(known[0]) - 1;
    while (i < last && strncmp(reason, known[i].field,
                           strlen(known[i].field)) != 0) {
        i++;
    }
    form_error(judge->call, judge->errors, known[i].field, known[i].text);
}

static void
bad_entry(void *data, int column, const char *reason)
{
    struct judge *judge = data;
    if (column == SHEET_NO_COLUMN) {
        bad_together(judge, reason);
        return;
    }
    for (const struct sheet_field *f = sheet_fields; f->name != NULL; f++) {
        if (f->column == column) {
            const char *name =
                f->kind == SHEET_LINES ? "line1_kind" : f->name;
            if (form_error_of(judge->errors, name) == NULL) {
                form_error(judge->call, judge->errors, name,
                    f->kind == SHEET_LINES ? SHEET_NO_LINE : sheet_field_wrong(f));
            }
            return;
        }
    }
    bad_together(judge, "");
}

static void
bad_organisation(void *data, int column, const char *reason)
{
    struct judge *judge = data;
    const struct import_column *columns = import_organisations.columns;
    (void)reason;
    for (const struct sheet_field *f = sheet_fields; f->name != NULL; f++) {
        if (f->organisation != NULL && column >= 0 &&
            strncmp(columns[column].names, f->organisation,
                strcspn(columns[column].names, "|")) == 0) {
            form_error(judge->call, judge->errors, f->name,
                strcmp(f->name, "org_number") == 0
                    ? "法人番号は13桁です。数字を確かめてください。\n"
                      "13の すうじです / It has 13 digits"
                    : sheet_field_wrong(f));
            return;
        }
    }
    form_error(judge->call, judge->errors, "org_name",
        "団体の欄を確かめてください。\nだんたいの ところを みて ください"
        " / Please check what you wrote of your organisation");
}

/* The organisation that the entry has, when it is not the sheet's own. */
static bool
other_organisation(struct call *call, const struct sheet *sheet,
    const char **key, struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT o.key FROM entries AS e JOIN organisations AS o"
        " ON o.id = e.organisation_id WHERE e.key = ?1 AND o.key <> ?2",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1,
        arena_format(call->arena, "sheet:%s", sheet_key(call, sheet)));
    store_bind_text(stmt, 2, sheet_key(call, sheet));
    int step = store_step(stmt, err);
    *key = step == 1 ? arena_string(call->arena, store_text(stmt, 0)) : NULL;
    store_finish(stmt);
    return step >= 0;
}

static bool
number_taken(struct call *call, const struct sheet *sheet, bool *taken,
    struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "SELECT count(*) FROM organisations WHERE corporate_number = ?1"
        " AND key <> ?2",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, organisation_number(call->arena,
        sheet_value(sheet, "org_number")));
    store_bind_text(stmt, 2, sheet_key(call, sheet));
    *taken = store_step(stmt, err) == 1 && store_int(stmt, 0) > 0;
    store_finish(stmt);
    return err->kind == ERR_NONE;
}

static void
drop_field(struct sheet *sheet, const char *name)
{
    for (size_t i = 0; i < sheet->fields.n; i++) {
        if (strcmp(sheet->fields.at[i].name, name) == 0) {
            sheet->fields.at[i].value = "";
        }
    }
}

/* One row through an import, and did it change anything?  False for the
 * store only. */
static bool
import_one(struct call *call, const struct import_kind *kind,
    const char *csv, const struct import_options *options, bool *changed,
    struct err *err)
{
    struct import_counts counts;
    struct err why = {0};
    bool ok = import_csv(call->store, kind,
        csv_open_memory("entry sheet", csv, strlen(csv)), options, &counts,
        &why);
    *changed = *changed || counts.inserted + counts.updated > 0;
    if (ok || why.kind == ERR_INPUT) {
        return true; /* bad cells are in the errors */
    }
    *err = why;
    return false;
}

static bool
import_both(struct call *call, const struct sheet *given,
    struct form_errors *errors, struct changes *changes, struct err *err)
{
    struct judge judge = {call, errors};
    struct import_options options = {.confirmed_on = call->today,
        .origin = "form", .bad_data = &judge};
    struct sheet sheet = *given;
    const char *key;
    bool taken = false;
    if (!other_organisation(call, &sheet, &key, err) ||
        !number_taken(call, &sheet, &taken, err)) {
        return false;
    }
    if (key == NULL) {
        sheet.fields.at = arena_array(call->arena, sheet.fields.n + 1,
            sizeof(*sheet.fields.at));
        memcpy(sheet.fields.at, given->fields.at,
            sheet.fields.n * sizeof(*sheet.fields.at));
        if (taken) {
            drop_field(&sheet, "org_number");
        }
        key = sheet_key(call, &sheet);
        options.bad = bad_organisation;
        if (!import_one(call, &import_organisations,
                sheet_organisation_csv(call, &sheet), &options,
                &changes->organisation, err)) {
            return false;
        }
    }
    options.bad = bad_entry;
    return errors->n > 0 ||
           import_one(call, &import_entries,
               sheet_entry_csv(call, given, key), &options, &changes->entry,
               err);
}

/* Is a line told to be wrong at its own part? */
static bool
line_is_wrong(const struct form_errors *errors)
{
    bool wrong = false;
    for (int i = 0; i < errors->n; i++) {
        wrong = wrong || strncmp(errors->at[i].name, "line", 4) == 0;
    }
    return wrong;
}

static bool
judge_all(struct call *call, const struct sheet *sheet,
    struct form_errors *errors, struct changes *changes, struct err *err)
{
    sheet_rules(call, sheet, errors);
    struct form_errors more = {0};
    *changes = (struct changes){false, false};
    if (!import_both(call, sheet, &more, changes, err)) {
        return false;
    }
    for (int i = 0; i < more.n; i++) { /* what is said already, once */
        bool of_lines = strcmp(more.at[i].text, SHEET_NO_LINE) == 0;
        if (form_error_of(errors, more.at[i].name) == NULL &&
            !(of_lines && line_is_wrong(errors))) {
            form_error(call, errors, more.at[i].name, more.at[i].text);
        }
    }
    return true;
}

bool
sheet_check(struct call *call, const struct sheet *sheet,
    struct form_errors *errors, struct err *err)
{
    struct changes changes;
    bool ok = store_exec(call->store, "SAVEPOINT sheet_check", err) &&
              judge_all(call, sheet, errors, &changes, err);
    return store_exec(call->store,
               "ROLLBACK TO sheet_check; RELEASE sheet_check", err) &&
           ok;
}

static bool
link_entry(struct call *call, struct sheet *sheet, struct err *err)
{
    struct store_stmt *stmt = store_prepare(call->store,
        "UPDATE sheets SET entry_id = (SELECT id FROM entries WHERE"
        " key = ?2) WHERE id = ?1 RETURNING entry_id",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, sheet->id);
    store_bind_text(stmt, 2,
        arena_format(call->arena, "sheet:%s", sheet_key(call, sheet)));
    bool ok = store_step(stmt, err) == 1;
    sheet->entry_id = ok ? store_int(stmt, 0) : 0;
    store_finish(stmt);
    return ok && sheet->entry_id > 0;
}

bool
sheet_apply(struct call *call, struct sheet *sheet,
    struct form_errors *errors, bool *changed, struct err *err)
{
    struct changes changes;
    struct sheet_again again;
    if (!sheet_again_note(call, sheet, &again, err) ||
        !store_exec(call->store, "SAVEPOINT sheet_apply", err) ||
        !judge_all(call, sheet, errors, &changes, err)) {
        return false;
    }
    *changed = changes.organisation || changes.entry;
    if (errors->n > 0 || !*changed) {
        return store_exec(call->store,
            "ROLLBACK TO sheet_apply; RELEASE sheet_apply", err);
    }
    return store_exec(call->store, "RELEASE sheet_apply", err) &&
           link_entry(call, sheet, err) &&
           sheet_again_ask(call, &again, changes.entry, err) &&
           sheet_set_state(call, sheet, "received", err);
}

bool
sheet_withdraw(struct call *call, struct sheet *sheet, struct err *err)
{
    struct step_order order = {.entry_id = sheet->entry_id,
        .step = STEP_WITHDRAW,
        .date = call->today};
    struct amendment amendment;
    return amend_step(call->store, &order, call->arena, &amendment, err) &&
           sheet_set_state(call, sheet, "withdrawn", err);
}
