/* import.c: a file, a transaction, its rows (import.h). */
#include "excel.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/log.h"
#include "optimizer/base/scan.h"
#include "region_code.h"

bool
import_has(const struct import *import, int column)
{
    return import->columns[column] >= 0;
}

static bool
is_blank_mark(const char *text, size_t len)
{
    static const char *const marks[] = {"-", "－", "―", "‐", "ー", "−",
        "–"};
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (len == strlen(marks[i]) && memcmp(text, marks[i], len) == 0) {
            return true;
        }
    }
    return false;
}

/* Length of the white space that text begins with. */
static size_t
space(const char *text)
{
    return *text == '\n' || *text == '\r' ? 1 : scan_space(text);
}

const char *
import_trimmed(struct arena *arena, const char *text)
{
    size_t skip;
    while ((skip = space(text)) > 0) {
        text += skip;
    }
    size_t len = strlen(text), end = 0;
    for (size_t i = 0; i < len;) {
        skip = space(text + i);
        i += skip > 0 ? skip : 1;
        end = skip > 0 ? end : i;
    }
    if (is_blank_mark(text, end)) {
        end = 0;
    }
    return arena_bytes(arena, text, end);
}

const char *
import_cell(struct import *import, int column)
{
    return import_trimmed(&import->row_arena,
        table_cell(import->table, import->columns[column]));
}

bool
import_key_new(struct import *import, const char *key, int column,
    struct err *err)
{
    store_bind_text(import->seen, 1, key);
    if (!store_run(import->seen, err)) {
        return false;
    }
    if (store_changes(import->store) == 0) {
        import_bad(import, column, "a row before has the same key: \"%s\"",
            key);
    }
    return !import->row_bad;
}

void
import_count(struct import *import, enum put_outcome outcome)
{
    import->counts.inserted += outcome == PUT_INSERTED;
    import->counts.updated += outcome == PUT_UPDATED;
    import->counts.unchanged += outcome == PUT_UNCHANGED;
}

void
import_begin_entry(const struct import *import, struct entry_draft *draft)
{
    const struct import_options *options = import->options;
    record_text(&draft->record, ENTRY_CONFIRMED_ON, options->confirmed_on);
    if (options->source != NULL) {
        record_text(&draft->record, ENTRY_SOURCE, options->source);
    }
    draft->approve = options->approve;
}

bool
import_put_entry(struct import *import, struct entry_draft *draft,
    struct err *err)
{
    struct entry_writer *entries = &import->entries;
    if (!entry_load(entries, draft->key, err)) {
        return false;
    }
    const char *reason, *field = entry_draft_check(entries, draft, &reason);
    if (field != NULL) {
        import_bad(import, -1, "%s: %s", field, reason);
    }
    if (import->row_bad) {
        return true;
    }
    int64_t id;
    enum put_outcome outcome;
    if (!entry_put(entries, draft, &id, &outcome, err)) {
        return false;
    }
    import_count(import, outcome);
    return true;
}

static bool
match_columns(struct import *import, struct err *err)
{
    const struct import_kind *kind = import->kind;
    char missing[400] = "";
    for (int i = 0; i < kind->columns_n; i++) {
        const char *names = kind->columns[i].names;
        import->columns[i] = table_match(import->table, names, err);
        if (import->columns[i] == -2) {
            return false;
        }
        if (import->columns[i] < 0 && kind->columns[i].required) {
            size_t len = strlen(missing);
            snprintf(missing + len, sizeof(missing) - len, "%s\"%.*s\"",
                len > 0 ? ", " : "", (int)strcspn(names, "|"), names);
        }
    }
    if (missing[0] == '\0') {
        return true;
    }
    const char *first = table_name(import->table, 0);
    char *shown = arena_bytes(&import->arena, first,
        err_utf8_cut(first, strlen(first), 60));
    import_make_plain(shown);
    return fail(err, ERR_INPUT,
        "%s:1:1: no %s list: it has no column %s (first column here: "
        "\"%s\")",
        csv_path(table_csv(import->table)), kind->name, missing, shown);
}

/* 142166_event.csv: the naming rule of municipal open data. */
static const char *
code_of_file(struct import *import, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    char code[REGION_CODE_SIZE];
    if (strlen(name) < 7 || name[6] != '_' ||
        !region_code_normalise(name, 6, code)) {
        return NULL;
    }
    return region_find_code(&import->regions, code);
}

static bool
load(struct import *import, const char *path, struct err *err)
{
    struct arena *arena = &import->arena;
    struct store *store = import->store;
    struct {
        struct vocab *vocab;
        const char *table;
    } vocabs[] = {{&import->kinds, "resource_kinds"},
        {&import->targets, "target_groups"}, {&import->themes, "themes"},
        {&import->pillars, "pillars"}, {&import->sectors, "sectors"},
        {&import->forms, "org_forms"},
        {&import->activities, "activity_kinds"}};
    for (size_t i = 0; i < sizeof(vocabs) / sizeof(vocabs[0]); i++) {
        if (!vocab_load(vocabs[i].vocab, store, vocabs[i].table, arena,
                err)) {
            return false;
        }
    }
    if (!region_find_load(&import->regions, store, arena, err) ||
        !store_exec(store,
            "CREATE TEMP TABLE IF NOT EXISTS import_seen (key TEXT PRIMARY"
            " KEY) STRICT; DELETE FROM temp.import_seen",
            err)) {
        return false;
    }
    import->seen = store_prepare(store,
        "INSERT INTO temp.import_seen (key) VALUES (?1)"
        " ON CONFLICT DO NOTHING",
        err);
    const char *region = import->options->region_code;
    if (region != NULL && region_find_code(&import->regions, region) == NULL) {
        return fail(err, ERR_USAGE, "--region: no such region code: \"%s\"",
            region);
    }
    import->file_code = code_of_file(import, path);
    return import->seen != NULL &&
           organisation_writer_open(&import->organisations, store, err) &&
           entry_writer_open(&import->entries, store, err);
}

static void
unload(struct import *import)
{
    store_finish(import->seen);
    organisation_writer_close(&import->organisations);
    entry_writer_close(&import->entries);
    table_close(import->table);
    arena_release(&import->arena);
    arena_release(&import->row_arena);
}

static bool
is_remark(struct import *import)
{
    return import->kind->remarks && import_remark(import_cell(import, 0));
}

/* Spreadsheets write rows whose cells were emptied, with all commas. */
static bool
is_empty(struct import *import)
{
    const struct csv *csv = table_csv(import->table);
    for (size_t i = 0; i < csv_count(csv); i++) {
        if (import_trimmed(&import->row_arena, csv_text(csv, i))[0] != '\0') {
            return false;
        }
    }
    return true;
}

static bool
read_rows(struct import *import, struct err *err)
{
    int step;
    while ((step = table_next(import->table, err)) > 0) {
        import->row_bad = false;
        arena_release(&import->row_arena);
        if (is_empty(import) || (step == 1 && is_remark(import))) {
            continue;
        }
        import->counts.rows++;
        if (step == 2) {
            import_bad(import, -1, "%zu cells, but the header has %d",
                csv_count(table_csv(import->table)),
                table_columns_n(import->table));
        } else {
            import_check_characters(import);
            if (!import->kind->row(import, err)) {
                return false;
            }
        }
        import->counts.bad += import->row_bad;
        log_progress("%s: %" PRId64 " rows, %" PRId64 " bad",
            import->kind->name, import->counts.rows, import->counts.bad);
    }
    log_progress_end();
    if (step == 0 && import->counts.bad > 0 && !import->options->skip_bad) {
        return fail(err, ERR_INPUT,
            "%s: %" PRId64 " of %" PRId64 " rows are bad, nothing imported"
            " (--skip-bad imports the others)",
            csv_path(table_csv(import->table)), import->counts.bad,
            import->counts.rows);
    }
    return step == 0;
}

static bool
audit(struct import *import, const char *path, struct err *err)
{
    const struct import_counts *c = &import->counts;
    char action[64];
    snprintf(action, sizeof(action), "import.%s", import->kind->name);
    char *detail = arena_format(&import->arena,
        "{\"rows\":%" PRId64 ",\"inserted\":%" PRId64 ",\"updated\":%" PRId64
        ",\"unchanged\":%" PRId64 ",\"bad\":%" PRId64
        ",\"organisations\":%" PRId64 ",\"approve\":%s}",
        c->rows, c->inserted, c->updated, c->unchanged, c->bad,
        c->organisations, import->options->approve ? "true" : "false");
    return store_audit(import->store, action, path, detail, err);
}

/* Takes csv over, which may be NULL (err is set then). */
static bool
run(struct import *import, struct csv *csv, struct err *err)
{
    if (csv == NULL || (import->table = table_open(csv, err)) == NULL) {
        return false;
    }
    const char *path = csv_path(table_csv(import->table));
    if (strcmp(csv_encoding(table_csv(import->table)), "CP932") == 0) {
        log_info("%s: read as CP932", path);
    }
    return load(import, path, err) && match_columns(import, err) &&
           read_rows(import, err) &&
           (import->kind->end == NULL || import->kind->end(import, err)) &&
           audit(import, path, err);
}

const struct import_kind *
import_kind_find(const char *name)
{
    static const struct import_kind *const kinds[] = {&import_organisations,
        &import_entries, &import_cases, &import_facilities, &import_events};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strcmp(kinds[i]->name, name) == 0) {
            return kinds[i];
        }
    }
    return NULL;
}

bool
import_csv(struct store *store, const struct import_kind *kind,
    struct csv *csv, const struct import_options *options,
    struct import_counts *counts, struct err *err)
{
    struct import *import = xcalloc(1, sizeof(*import));
    import->store = store;
    import->kind = kind;
    import->options = options;
    bool ok = run(import, csv, err);
    *counts = import->counts;
    unload(import);
    free(import);
    return ok;
}

bool
import_run(struct store *store, const struct import_kind *kind,
    const char *path, const struct import_options *options,
    struct import_counts *counts, struct err *err)
{
    struct arena arena = {0}; /* of a workbook's bytes */
    /* Unpacked, or read to the end of a pipe: before others have to wait. */
    struct csv *csv = excel_open(path, options->encoding, &arena, err);
    bool ok = csv != NULL && store_begin(store, err);
    if (ok) {
        ok = import_csv(store, kind, csv, options, counts, err);
    } else {
        csv_close(csv);
    }
    arena_release(&arena);
    if (ok && !options->dry_run) {
        ok = store_commit(store, err);
    }
    store_rollback(store); /* does nothing after a commit */
    return ok;
}
