/* import_open.c: shared by events and facilities (import_open.h). */
#include "import_open.h"

#include <inttypes.h>
#include <string.h>

bool
import_open_has_word(const char *text, const char *words)
{
    while (*words != '\0') {
        size_t len = strcspn(words, "|");
        for (const char *p = text; *p != '\0'; p++) {
            if (strncmp(p, words, len) == 0) {
                return true;
            }
        }
        words += len + (words[len] == '|');
    }
    return false;
}

const struct import_open_rule *
import_open_rule(const struct import_open_rule *rules,
    const char *const *texts)
{
    for (; rules->words[0] != '\0'; rules++) {
        for (const char *const *text = texts; *text != NULL; text++) {
            if (import_open_has_word(*text, rules->words)) {
                return rules;
            }
        }
    }
    return rules;
}

void
import_open_line(struct import *import, struct entry_draft *draft,
    const struct import_open_rule *rule, int64_t capacity)
{
    const char *ids =
        rule->target_ids[0] != '\0' ? rule->target_ids : "everyone";
    const char *item;
    while ((item = import_item(&import->row_arena, &ids)) != NULL) {
        entry_list_add(&draft->lists[ENTRY_TARGETS], item, 0);
    }
    bool open = rule->visitors > 0;
    struct entry_line line = {
        .kind_id = rule->kind_id,
        .text = "",
        .quantity = !open ? 1 : capacity > 0 ? capacity : rule->visitors,
        .unit = open ? "人" : "回",
        .for_public = open,
    };
    import_line_add(import, draft, 0, &line);
}

/* The code's column, --region or the file's name; NULL: a bad row. */
static const char *
row_code(struct import *import, int column)
{
    const char *text = import_cell(import, column);
    if (text[0] != '\0') {
        const char *code = region_find_code(&import->regions, text);
        if (code == NULL) {
            import_bad(import, column, "no such region code: \"%s\"", text);
        }
        return code;
    }
    if (import->options->region_code != NULL) {
        return region_find_code(&import->regions,
            import->options->region_code);
    }
    if (import->file_code == NULL) {
        import_bad(import, -1,
            "no region code in the row nor in front of the file's name "
            "(--region CODE gives one)");
    }
    return import->file_code;
}

static bool
take_organisation(struct import *import, struct record *record,
    const char *code, struct err *err)
{
    const char *key = import->options->organisation_key;
    int64_t id = 0;
    if (key != NULL) {
        id = organisation_find(&import->organisations, key, err);
        if (id <= 0) {
            return fail(err, ERR_INPUT,
                "--organisation: no such organisation: \"%s\"", key);
        }
    } else if (!import->row_bad) {
        bool made;
        const struct region_place *place =
            region_find_place(&import->regions, code);
        id = organisation_of_government(&import->organisations, code,
            place->name, &made, err);
        import->counts.organisations += made;
    }
    record_int(record, ENTRY_ORGANISATION, id);
    return err->kind == ERR_NONE;
}

bool
import_open_place(struct import *import, struct entry_draft *draft,
    int code_column, const char *address, const char **code,
    struct err *err)
{
    struct record *record = &draft->record;
    *code = row_code(import, code_column);
    if (*code == NULL) {
        *code = "";
        return true; /* the row is bad */
    }
    const char *region = region_find_address(&import->regions, address);
    const struct region_place *place =
        region != NULL ? region_find_place(&import->regions, region) : NULL;
    if (place == NULL || strcmp(place->level, "prefecture") == 0) {
        region = *code;
    }
    record_text(record, ENTRY_REGION, region);
    record_text(record, ENTRY_REACH, "regions");
    record_text(record, ENTRY_ADDRESS, address);
    return take_organisation(import, record, *code, err);
}

const char *
import_open_hash(struct import *import, const char *const *texts)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (; *texts != NULL; texts++) {
        const unsigned char *p = (const unsigned char *)*texts;
        do { /* with the NUL: "a","bc" is not "ab","c" */
            hash = (hash ^ *p) * UINT64_C(0x100000001B3);
        } while (*p++ != '\0');
    }
    return arena_format(&import->row_arena, "%016" PRIx64, hash);
}

const char *
import_open_join(struct import *import, const char *a, const char *b)
{
    return arena_format(&import->row_arena, "%s%s%s", a,
        a[0] != '\0' && b[0] != '\0' ? "\n" : "", b);
}

const char *
import_open_labelled(struct import *import, const char *label,
    const char *text)
{
    return text[0] != '\0'
               ? arena_format(&import->row_arena, "%s: %s", label, text)
               : "";
}
