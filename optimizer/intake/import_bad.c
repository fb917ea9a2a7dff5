/* import_bad.c: bad cells and what may be shown of them (import.h). */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "import.h"
#include "optimizer/base/log.h"

/*
 * Length of the character at p that no sheet means: controls (but tab and
 * line breaks) and marks that turn the direction of what follows, which
 * could make a terminal or a page say something else.  0: a good one.
 */
static size_t
unwanted(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    if (u[0] < 0x20 || u[0] == 0x7F) {
        return strchr("\t\n\r", *p) == NULL;
    }
    if (u[0] == 0xC2 && u[1] >= 0x80 && u[1] <= 0x9F) {
        return 2; /* U+0080 .. U+009F */
    }
    bool turn = u[0] == 0xE2 &&
                ((u[1] == 0x80 && u[2] >= 0xAA && u[2] <= 0xAE) ||
                    (u[1] == 0x81 && u[2] >= 0xA6 && u[2] <= 0xA9));
    return turn ? 3 : 0; /* U+202A .. U+202E, U+2066 .. U+2069 */
}

void
import_make_plain(char *text)
{
    char *out = text;
    while (*text != '\0') {
        size_t skip = unwanted(text);
        bool white = skip == 0 && (unsigned char)*text < 0x20;
        *out++ = skip > 0 ? '?' : white ? ' ' : *text;
        text += skip > 0 ? skip : 1;
    }
    *out = '\0';
}

void
import_bad(struct import *import, int column, const char *format, ...)
{
    const struct csv *csv = table_csv(import->table);
    int at = column < 0 ? -1 : import->columns[column];
    size_t field = at < 0 ? 0 : (size_t)at;
    char reason[512], text[1024];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(reason, sizeof(reason), format, args);
    va_end(args);
    size_t len = n < 0 ? 0 : (size_t)n;
    if (len >= sizeof(reason)) {
        len = sizeof(reason) - 1;
    }
    reason[err_utf8_cut(reason, len, sizeof(reason) - 2)] = '\0';
    import->row_bad = true;
    if (import->options->bad != NULL) {
        import_make_plain(reason);
        import->options->bad(import->options->bad_data, column, reason);
        return;
    }
    snprintf(text, sizeof(text), "%s: %s",
        at < 0 ? "row" : table_name(import->table, at), reason);
    import_make_plain(text);
    log_progress_end();
    fprintf(stderr, "%s:%ld:%ld: %s\n", csv_path(csv),
        csv_line(csv, field), csv_column(csv, field), text);
}

bool
import_formula_error(const char *text)
{
    static const char *const errors[] = {"#N/A", "#REF!", "#VALUE!",
        "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"};
    size_t i = 0, n = sizeof(errors) / sizeof(errors[0]);
    while (i < n && strcmp(text, errors[i]) != 0) {
        i++;
    }
    return i < n;
}

bool
import_remark(const char *first)
{
    return first[0] == '#' && !import_formula_error(first);
}

void
import_check_characters(struct import *import)
{
    for (int i = 0; i < import->kind->columns_n; i++) {
        const char *p = table_cell(import->table, import->columns[i]);
        while (*p != '\0' && unwanted(p) == 0) {
            p++;
        }
        if (*p != '\0') {
            import_bad(import, i, "holds a control character");
        }
        const char *text = table_cell(import->table, import->columns[i]);
        if (import_formula_error(text)) {
            import_bad(import, i, "holds an error of a formula: \"%s\"",
                text);
        }
    }
}
