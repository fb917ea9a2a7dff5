/* csv_write.c: cells of a CSV file that is written; instance dump and the
 * staff's reports. */
#include "csv_write.h"

#include <stdbool.h>
#include <string.h>

static void
put_cell(FILE *out, const char *before, const char *text)
{
    bool quote = strpbrk(text, ",\"\r\n") != NULL || *before == ' ' ||
        *text == ' ' || (unsigned char)*text == 0xEF;
    if (!quote) {
        fputs(text, out);
        return;
    }
    putc('"', out);
    fputs(before, out);
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            putc('"', out);
        }
        putc(*text, out);
    }
    putc('"', out);
}

void
csv_write_text(FILE *out, const char *text)
{
    put_cell(out, "", text);
}

const char *
csv_write_before(const char *text)
{
    static const char *const wide[] = {"＝", "＋", "－", "＠"};
    bool runs = *text != '\0' && strchr("=+-@\t\r\n", *text) != NULL;
    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
        runs = runs || strncmp(text, wide[i], strlen(wide[i])) == 0;
    }
    return runs ? " " : "";
}

void
csv_write_safe(FILE *out, const char *text)
{
    put_cell(out, csv_write_before(text), text);
}
