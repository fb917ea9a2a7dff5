/*
 * snapshot.c: damaged snapshots and every path of the module's core.
 *
 * Input     flags (bit 0: members; bit 1: checksums made right again, so that
 *           snap_verify() looks behind them), bytes cut off the end (two
 *           bytes), a count of patches (three bytes of place, one of value),
 *           then a request: path, '?', arguments.
 * Rules     an undamaged file is whole; its answers are UTF-8; every answer
 *           is the same when it is asked for again with less room.
 */
#include "fuzz.h"

#include "schema/fold.h"
#include "tests/unit/module/pages.h"
#include "tests/unit/module/sample.h"

enum { DOCS = 14, PATH_MAX_LEN = 1024 };

static struct sample samples[2];

/* As the publisher seals a file (snapshot.h: generation, crc32). */
static void
seal(unsigned char *copy, size_t size)
{
    struct snap_header h;
    if (size < sizeof(h)) {
        return;
    }
    memcpy(&h, copy, sizeof(h));
    uint32_t crc = snap_crc32(0, copy + sizeof(h), size - sizeof(h));
    h.generation = (uint64_t)h.run_id << 32 | crc;
    h.crc32 = 0;
    crc = snap_crc32(0, &h, sizeof(h));
    h.crc32 = snap_crc32(crc, copy + sizeof(h), size - sizeof(h));
    memcpy(copy, &h, sizeof(h));
}

static void
make_samples(void)
{
    for (uint32_t i = 0; i < 2 && samples[i].data == NULL; i++) {
        sample_make(&samples[i], (struct sample_options){5 + i, DOCS, 3,
                                     i == 0 ? SNAP_AUDIENCE_PUBLIC
                                            : SNAP_AUDIENCE_MEMBERS});
        seal(samples[i].data, samples[i].size);
    }
}

static uint32_t
patch(unsigned char *copy, size_t size, const uint8_t **data, size_t *left)
{
    uint32_t n = fuzz_byte(data, left);
    for (uint32_t i = 0; i < n && *left >= 4; i++) {
        size_t at = fuzz_byte(data, left);
        at |= (size_t)fuzz_byte(data, left) << 8;
        at |= (size_t)fuzz_byte(data, left) << 16;
        uint8_t value = fuzz_byte(data, left);
        if (size > 0) {
            copy[at % size] = value;
        }
    }
    return n;
}

static void
ask(const struct snap *snap, const char *request, int whole)
{
    char path[PATH_MAX_LEN + 1];
    size_t len = strcspn(request, "?");
    if (len > PATH_MAX_LEN) {
        return;
    }
    memcpy(path, request, len);
    path[len] = '\0';
    const char *args = request[len] == '?' ? request + len + 1 : "";
    struct answer a = pages_get(snap, path, args, 65536);
    ngx_uint_t status = a.status;
    size_t first = a.len;
    fuzz_must(status == 200 || status == 400 || status == 404 ||
        (!whole && status == 500));
    fuzz_must(!whole || fold_utf8_valid(a.bytes, a.len) == a.len);
    a = pages_get(snap, path, args, 0);
    fuzz_must(a.status == status && a.len == first);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    make_samples();
    uint8_t flags = fuzz_byte(&data, &size);
    const struct sample *s = &samples[flags & 1];
    size_t cut = fuzz_byte(&data, &size);
    cut |= (size_t)fuzz_byte(&data, &size) << 8;
    size_t len = cut < s->size ? s->size - cut : 0;
    unsigned char *copy = malloc(len > 0 ? len : 1);
    fuzz_must(copy != NULL);
    memcpy(copy, s->data, len);
    int whole = patch(copy, len, &data, &size) == 0 && cut == 0;
    if (flags & 2) {
        seal(copy, len);
    }
    char *request = fuzz_text(data, size);
    struct snap snap;
    const char *reason = snap_open(&snap, copy, len);
    fuzz_must(!whole || reason == NULL);
    if (reason == NULL) {
        const char *wrong = snap_verify(&snap, len);
        fuzz_must(!whole || wrong == NULL);
        ask(&snap, request, whole);
    }
    pages_release();
    free(request);
    free(copy);
    return 0;
}
