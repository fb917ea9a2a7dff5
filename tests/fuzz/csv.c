/*
 * csv.c: the CSV reader and its header row (optimizer/base/csv.h, table.h).
 *
 * Input     one byte (0: as bytes in memory; else as a file, whose encoding
 *           is found out), then the file.
 * Rules     every field is NUL-terminated UTF-8 within the limits and has a
 *           place; a failure names a place; the reader comes to an end.
 */
#define _GNU_SOURCE
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "optimizer/base/csv.h"
#include "optimizer/base/table.h"
#include "schema/fold.h"

static void
read_rows(struct csv *csv)
{
    struct err err = {0};
    int step;
    long line = 1;
    while ((step = csv_next(csv, &err)) > 0) {
        size_t sum = 0;
        fuzz_must(csv_count(csv) <= CSV_COLUMNS_MAX);
        for (size_t i = 0; i < csv_count(csv); i++) {
            const char *text = csv_text(csv, i);
            size_t len = csv_length(csv, i);
            fuzz_must(strlen(text) == len && len <= CSV_FIELD_MAX);
            fuzz_must(fold_utf8_valid(text, len) == len);
            fuzz_must(csv_line(csv, i) >= line && csv_column(csv, i) >= 1);
            line = csv_line(csv, i);
            sum += len;
        }
        fuzz_must(sum <= CSV_ROW_MAX);
    }
    fuzz_must((step == 0) == (err.text[0] == '\0'));
    fuzz_must(step == 0 || strncmp(err.text, csv_path(csv),
        strlen(csv_path(csv))) == 0);
}

static void
read_table(struct csv *csv)
{
    struct err err = {0};
    struct table *table = table_open(csv, &err);
    if (table == NULL) {
        fuzz_must(err.text[0] != '\0');
        return;
    }
    struct err both = {0};
    (void)table_match(table, "名称|name|施設名", &both);
    int step;
    while ((step = table_next(table, &err)) > 0) {
        for (int i = 0; step == 1 && i < table_columns_n(table); i++) {
            fuzz_must(table_cell(table, i) != NULL);
            fuzz_must(table_name(table, i) != NULL);
        }
        fuzz_must(table_cell(table, -1)[0] == '\0');
    }
    table_close(table);
}

static struct csv *
open_file(const uint8_t *data, size_t size)
{
    struct err err = {0};
    char path[64];
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    fuzz_must(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    struct csv *csv = csv_open(path, NULL, &err);
    fuzz_must((csv == NULL) == (err.text[0] != '\0'));
    close(fd);
    return csv;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int file = fuzz_byte(&data, &size) != 0;
    uint8_t *copy = (uint8_t *)malloc(size > 0 ? size : 1);
    fuzz_must(copy != NULL);
    memcpy(copy, data, size);
    for (int round = 0; round < 2; round++) {
        struct csv *csv = file ? open_file(copy, size)
                               : csv_open_memory("memory", copy, size);
        if (csv == NULL) {
            break;
        }
        if (round == 0) {
            read_rows(csv);
            csv_close(csv);
        } else {
            read_table(csv); /* takes csv over */
        }
    }
    free(copy);
    return 0;
}
