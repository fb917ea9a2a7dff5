/* receipt.c: a number read as people type it (receipt.h). */
#include "receipt.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "schema/fold.h"

enum { TYPED_MAX = 60 }; /* bytes, twenty letters in full width */

int64_t
receipt_sheet(const char *text)
{
    static const char digits[] = "0123456789";
    char narrow[FOLD_GROWTH * TYPED_MAX + FOLD_SLACK];
    int32_t work[4 * TYPED_MAX];
    size_t len = strlen(text), n, bad;
    if (len > TYPED_MAX || fold_text(text, len, narrow, sizeof(narrow) - 1, &n,
            work, sizeof(work) / sizeof(work[0]), &bad) != 0) {
        return 0;
    }
    narrow[n] = '\0';
    const char *p = narrow + strspn(narrow, " ");
    size_t year = strspn(p, digits);
    p += year;
    size_t hyphen = strcspn(p, digits);
    p += hyphen;
    size_t id = strspn(p, digits);
    bool whole = p[id + strspn(p + id, " ")] == '\0';
    return year == 4 && hyphen > 0 && hyphen <= 5 && id >= 6 && id <= 18 &&
                   whole
               ? strtoll(p, NULL, 10)
               : 0;
}
