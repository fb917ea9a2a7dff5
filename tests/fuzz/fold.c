/*
 * fold.c: text folding (schema/fold.h).
 *
 * Input     the text; its length says how small the buffers are.
 * Rules     the growth that fold.h states; valid UTF-8 out, or the place of
 *           the first bad byte; folding what is folded changes nothing.
 */
#include "fuzz.h"

#include "schema/fold.h"

enum { MOST = 4096 };

static void
check_letters(const char *text, size_t len)
{
    const char *p = text, *end = text + len;
    while (p < end) {
        const char *before = p;
        uint32_t c = fold_next(&p, end);
        fuzz_must(p > before && p <= end && c <= 0x10ffff);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > MOST) {
        return 0;
    }
    char *text = malloc(size > 0 ? size : 1);
    memcpy(text, data, size);
    size_t cap = size * FOLD_GROWTH + FOLD_SLACK;
    char *out = malloc(cap), *twice = malloc(cap * FOLD_GROWTH + FOLD_SLACK);
    size_t work_n = cap * 2;
    int32_t *work = malloc(work_n * sizeof(*work));
    fuzz_must(text != NULL && out != NULL && twice != NULL && work != NULL);
    size_t len = 0, again = 0, bad = 0;
    size_t valid = fold_utf8_valid(text, size);
    fuzz_must(valid <= size);
    int rc = fold_text(text, size, out, cap, &len, work, work_n, &bad);
    if (valid < size) {
        fuzz_must(rc == -1 && bad == valid);
    } else {
        fuzz_must(rc == 0 && len <= cap);
        fuzz_must(fold_utf8_valid(out, len) == len);
        check_letters(out, len);
        rc = fold_text(out, len, twice, cap * FOLD_GROWTH + FOLD_SLACK,
            &again, work, work_n, &bad);
        fuzz_must(rc == 0 && again == len && memcmp(out, twice, len) == 0);
        /* Too little room is said, not stepped over. */
        char *tight = malloc(len > 0 ? len : 1);
        fuzz_must(tight != NULL);
        rc = fold_text(text, size, tight, len / 2, &again, work, size / 2,
            &bad);
        fuzz_must(rc == -2 || (rc == 0 && again <= len / 2));
        free(tight);
    }
    free(text);
    free(out);
    free(twice);
    free(work);
    return 0;
}
