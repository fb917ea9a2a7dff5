/* fragment_write.c: escapes to runs. */
#include "fragment_write.h"

#include <assert.h>

static void
put_run(struct fragment *out, const char *text, size_t len, uint32_t kind,
    uint32_t number)
{
    uint32_t head = (uint32_t)len | kind << 12 | number << 16;
    fragment_bytes(out, &head, sizeof(head));
    fragment_bytes(out, text, len);
}

static bool
is_escape(char c)
{
    return c == FRAGMENT_LABEL || c == FRAGMENT_SLOT;
}

/* What fits into one run, cut between two characters. */
static size_t
cut_run(const char *text, size_t len)
{
    if (len <= SNAP_RUN_MAX) {
        return len;
    }
    len = SNAP_RUN_MAX;
    while (((unsigned char)text[len] & 0xC0) == 0x80) {
        len--;
    }
    return len;
}

void
fragment_runs(const struct fragment *f, struct fragment *out)
{
    const char *p = f->data, *end = p + f->len;
    while (p < end) {
        const char *text = p;
        while (p < end && !is_escape(*p)) {
            p++;
        }
        size_t len = (size_t)(p - text), n;
        for (; (n = cut_run(text, len)) < len; text += n, len -= n) {
            put_run(out, text, n, SNAP_RUN_TEXT, 0);
        }
        if (p == end) {
            put_run(out, text, len, SNAP_RUN_TEXT, 0);
        } else if (*p == FRAGMENT_LABEL) {
            assert(end - p >= 3);
            put_run(out, text, len, SNAP_RUN_LABEL,
                (unsigned char)p[1] | (uint32_t)(unsigned char)p[2] << 8);
            p += 3;
        } else {
            assert(end - p >= 2);
            put_run(out, text, len, SNAP_RUN_SLOT, (unsigned char)p[1]);
            p += 2;
        }
    }
}

struct snap_ref
fragment_write(const struct fragment *f, struct snapshot_file *file)
{
    struct fragment out = {0};
    fragment_runs(f, &out);
    struct snap_ref ref = snapshot_file_text(file, out.data, out.len);
    fragment_release(&out);
    return ref;
}
