/*
 * cmd_template.c: `tsunagari template entries|organisations`: an empty sheet
 * that Excel opens (UTF-8 with BOM, CRLF), from the table that the import
 * reads: header, a remark on each column, an example as a remark.
 */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "optimizer/intake/excel.h"

static void
put_cell(const char *text, size_t len)
{
    bool quote = memchr(text, ',', len) != NULL ||
                 memchr(text, '"', len) != NULL ||
                 memchr(text, '\n', len) != NULL;
    if (quote) {
        putchar('"');
    }
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"') {
            putchar('"');
        }
        putchar(text[i]);
    }
    if (quote) {
        putchar('"');
    }
}

enum part { NAMES, HELP, EXAMPLE };

static void
put_row(const struct import_kind *kind, enum part part)
{
    for (int i = 0; i < kind->columns_n; i++) {
        const struct import_column *column = &kind->columns[i];
        const char *text = part == NAMES  ? column->names
                           : part == HELP ? column->help
                                          : column->example;
        if (column->help == NULL) {
            continue; /* read, but not on the sheet */
        }
        char cell[1024];
        snprintf(cell, sizeof(cell), "%s%s%s",
            i == 0 && part != NAMES ? "#" : "",
            part == HELP && column->required ? "必須。" : "", text);
        if (i > 0) {
            putchar(',');
        }
        put_cell(cell, part == NAMES ? strcspn(cell, "|") : strlen(cell));
    }
    fputs("\r\n", stdout);
}

enum { OPT_EXCEL = CLI_OWN };

static int
write_excel(const struct cli *cli, const struct import_kind *kind,
    const char *path)
{
    struct err err = {0};
    struct store *store = cli_open(cli, STORE_READ, &err);
    bool ok = store != NULL && excel_template(store, kind, path, &err);
    store_close(store);
    return ok ? 0 : cli_fail(&err);
}

int
cmd_template(int argc, char **argv)
{
    static const struct option options[] = {CLI_OPTIONS,
        {"excel", required_argument, NULL, OPT_EXCEL}, {0}};
    struct cli cli;
    struct err err = {0};
    const char *excel = NULL;
    int option;
    cli_init(&cli);
    while ((option = cli_next(argc, argv, options)) != -1) {
        if (option == OPT_EXCEL) {
            excel = optarg;
        } else if (!cli_take(&cli, option, optarg, &err)) {
            return cli_fail(&err);
        }
    }
    const struct import_kind *kind =
        argc - optind == 1 ? import_kind_find(argv[optind]) : NULL;
    if (kind == NULL || kind->columns[0].help == NULL) {
        fail(&err, ERR_USAGE, "template: needs entries or organisations");
        return cli_fail(&err);
    }
    if (excel != NULL) {
        return write_excel(&cli, kind, excel);
    }
    fputs("\xEF\xBB\xBF", stdout);
    put_row(kind, NAMES);
    put_row(kind, HELP);
    put_row(kind, EXAMPLE);
    return 0;
}
