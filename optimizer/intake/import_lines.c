/* import_lines.c: the grammar of the lines cell (import.h). */
#include <string.h>

#include "import.h"
#include "optimizer/base/scan.h"

enum { QUANTITY_MAX = 1000000, YEN_MAX = 100000000, UNIT_MAX = 30 };

/* Length of the digit at p, ASCII or full-width; 0: none. */
static size_t
digit(const char *p, int *value)
{
    const unsigned char *u = (const unsigned char *)p;
    if (*p >= '0' && *p <= '9') {
        *value = *p - '0';
        return 1;
    }
    if (u[0] == 0xEF && u[1] == 0xBC && u[2] >= 0x90 && u[2] <= 0x99) {
        *value = u[2] - 0x90;
        return 3;
    }
    return 0;
}

/* Length of the comma at p, ASCII or full-width, that three digits follow. */
static size_t
comma(const char *p)
{
    static const char wide[] = "，";
    const char *end = p;
    int one, digits = 0;
    if (!scan_eat(&end, ",") && !scan_eat(&end, wide)) {
        return 0;
    }
    size_t len = (size_t)(end - p), step;
    while ((step = digit(end, &one)) > 0) {
        end += step;
        digits++;
    }
    return digits == 3 ? len : 0;
}

/* A whole number up to max with commas; *p moves behind it. */
static bool
number(const char **p, int64_t max, int64_t *value)
{
    int one;
    size_t len = digit(*p, &one);
    *value = 0;
    if (len == 0) {
        return false;
    }
    for (; len > 0; *p += len, len = digit(*p, &one)) {
        *value = *value * 10 + one;
        if (*value > max) {
            return false;
        }
        *p += comma(*p + len);
    }
    return true;
}

/* 1.5, 10～20, 1/2: what stands behind the digits is more of the number. */
static bool
goes_on(const char *p)
{
    static const char *const marks[] = {".", "．", ",", "，", "-", "－", "−",
        "~", "～", "〜", "/", "／"};
    int one;
    bool more = digit(p, &one) > 0;
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        more = more || strncmp(p, marks[i], strlen(marks[i])) == 0;
    }
    return more;
}

bool
import_line_quantity(const char *text, int64_t *value)
{
    return number(&text, QUANTITY_MAX, value) && *text == '\0';
}

bool
import_line_yen(const char *text, int64_t *value)
{
    return number(&text, YEN_MAX, value) &&
           (*text == '\0' || strcmp(text, "円") == 0);
}

bool
import_line_unit(const char *text)
{
    return *text != '\0' && strlen(text) <= UNIT_MAX && !goes_on(text);
}

static size_t
blank(const char *p)
{
    return *p == '\r' ? 1 : scan_space(p);
}

/* The next word of a line, "" at the end; *p moves behind it. */
static const char *
word(struct import *import, const char **p)
{
    size_t skip;
    while ((skip = blank(*p)) > 0) {
        *p += skip;
    }
    size_t len = 0;
    while ((*p)[len] != '\0' && blank(*p + len) == 0) {
        len++;
    }
    const char *text = arena_bytes(&import->row_arena, *p, len);
    *p += len;
    return text;
}

static bool
quantity_word(struct import *import, int column, const char *text,
    struct entry_line *line)
{
    const char *p = text;
    if (!number(&p, QUANTITY_MAX, &line->quantity) || line->quantity < 1) {
        import_bad(import, column,
            "behind the kind stands no quantity from 1 to %d: \"%s\"",
            QUANTITY_MAX, text);
        return false;
    }
    if (!import_line_unit(p)) {
        import_bad(import, column,
            goes_on(p) ? "the quantity is no whole number: \"%s\""
                       : "the quantity has no unit: \"%s\"",
            text);
        return false;
    }
    line->unit = p;
    return true;
}

/* 1: a word of the grammar, 0: the text begins, -1: a wrong word. */
static int
option_word(struct import *import, int column, const char *text,
    struct entry_line *line)
{
    static const char lot[] = "最小";
    const char *p = text;
    if (strcmp(text, "一括") == 0) {
        line->indivisible = true;
        return 1;
    }
    if (strcmp(text, "住民向け") == 0) {
        line->for_public = true;
        return 1;
    }
    if (strcmp(text, "曜日ごと") == 0) {
        line->per_day = true;
        return 1;
    }
    if (strncmp(text, "＠", strlen("＠")) == 0 || text[0] == '@') {
        p += text[0] == '@' ? 1 : strlen("＠");
        if (!import_line_yen(p, &line->unit_cost_yen)) {
            import_bad(import, column, "not @ and whole yen: \"%s\"", text);
            return -1;
        }
        return 1;
    }
    if (strncmp(text, lot, strlen(lot)) == 0) {
        p += strlen(lot);
        int one;
        if (digit(p, &one) == 0) {
            return 0; /* 最小限の… is text */
        }
        if (!number(&p, QUANTITY_MAX, &line->min_lot) || goes_on(p)) {
            import_bad(import, column, "not 最小 and a number: \"%s\"",
                text);
            return -1;
        }
        return 1;
    }
    return 0;
}

static void
parse_line(struct import *import, struct entry_draft *draft, int column,
    const char *text)
{
    struct entry_line line = {.text = ""};
    const char *p = text, *kind = word(import, &p);
    line.kind_id = vocab_find(&import->kinds, kind);
    if (line.kind_id == NULL) {
        import_bad(import, column, "no such resource kind: \"%s\"", kind);
        return;
    }
    if (!quantity_word(import, column, word(import, &p), &line)) {
        return;
    }
    for (;;) {
        size_t skip;
        while ((skip = blank(p)) > 0) {
            p += skip;
        }
        const char *rest = p, *next = word(import, &p);
        int known = next[0] != '\0'
                        ? option_word(import, column, next, &line)
                        : 0;
        if (known < 0) {
            return;
        }
        if (known == 0) {
            line.text = arena_string(&import->row_arena, rest);
            break;
        }
    }
    if (line.min_lot > line.quantity) {
        import_bad(import, column, "最小 is more than the quantity: \"%s\"",
            text);
        return;
    }
    if (line.per_day && line.for_public) {
        import_bad(import, column, "曜日ごと does not go with 住民向け: \"%s\"",
            text);
        return;
    }
    import_line_add(import, draft, column, &line);
}

void
import_line_add(struct import *import, struct entry_draft *draft,
    int column, const struct entry_line *line)
{
    draft->lines_set = true;
    if (draft->lines_n == ENTRY_LINES_MAX) {
        import_bad(import, column, "more than %d lines", ENTRY_LINES_MAX);
        return;
    }
    draft->lines[draft->lines_n++] = *line;
}

void
import_lines(struct import *import, struct entry_draft *draft, int column)
{
    static const char wide[] = "；";
    const char *text = import_cell(import, column);
    draft->lines_set = draft->lines_set || import_has(import, column);
    while (*text != '\0') {
        size_t len = 0, mark = 0;
        while (text[len] != '\0' && mark == 0) {
            mark = text[len] == ';' || text[len] == '\n'
                       ? 1
                       : strncmp(text + len, wide, strlen(wide)) == 0
                             ? strlen(wide)
                             : 0;
            len += mark == 0;
        }
        const char *line = arena_bytes(&import->row_arena, text, len);
        const char *p = line;
        if (word(import, &p)[0] != '\0') {
            parse_line(import, draft, column, line);
        }
        text += len + mark;
    }
}
