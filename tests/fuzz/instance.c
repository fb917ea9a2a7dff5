/*
 * instance.c: an explicit instance as files (optimizer/instance/instance_file.h).
 *
 * Input     the files one behind the other, each behind a line "== NAME".
 * Rules     an instance that is read passes instance_check(), and is read
 *           again as it was written.
 */
#include "fuzz.h"

#include <sys/stat.h>
#include <unistd.h>

#include "optimizer/instance/instance_file.h"

static const char *const names[] = {"needs.csv", "lines.csv", "offers.csv",
    "pairs.csv", "params.csv", "floors.csv", "pins.csv"};
enum { FILES = sizeof(names) / sizeof(names[0]) };

static char dir[64], copy_dir[96];

static void
remove_dirs(void)
{
    char path[160];
    for (int i = 0; i < FILES; i++) {
        snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
        unlink(path);
        snprintf(path, sizeof(path), "%s/%s", copy_dir, names[i]);
        unlink(path);
    }
    rmdir(copy_dir);
    rmdir(dir);
}

static void
make_dirs(void)
{
    const char *base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(dir, sizeof(dir), "%s/tsunagari-fuzz-XXXXXX", base);
    fuzz_must(mkdtemp(dir) != NULL);
    snprintf(copy_dir, sizeof(copy_dir), "%s-c", dir);
    fuzz_must(mkdir(copy_dir, 0700) == 0);
    atexit(remove_dirs);
}

static void
put_file(const char *name, const char *text, size_t len)
{
    char path[160];
    snprintf(path, sizeof(path), "%s/%s", dir, name);
    FILE *file = fopen(path, "wb");
    fuzz_must(file != NULL && fwrite(text, 1, len, file) == len);
    fuzz_must(fclose(file) == 0);
}

/* text has a NUL behind it; a file that is not named is not there. */
static void
put_files(const char *text)
{
    char path[160];
    for (int i = 0; i < FILES; i++) {
        char mark[32];
        int len = snprintf(mark, sizeof(mark), "== %s\n", names[i]);
        const char *at = strstr(text, mark);
        if (at == NULL) {
            snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
            unlink(path);
            continue;
        }
        at += len;
        const char *end = strstr(at, "== ");
        put_file(names[i], at, end != NULL ? (size_t)(end - at) : strlen(at));
    }
}

static bool
read_dir(const char *path, struct arena *arena, struct instance *in)
{
    struct instance_params params = {0};
    struct err err = {0};
    bool ok = instance_read(path, arena, in, &params, NULL, NULL, &err);
    fuzz_must(ok == (err.text[0] == '\0'));
    if (ok) {
        fuzz_must(instance_check(in, &err));
        fuzz_must(path == copy_dir ||
            instance_write(copy_dir, in, &params, &err));
    }
    return ok;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (dir[0] == '\0') {
        make_dirs();
    }
    char *text = fuzz_text(data, size);
    put_files(text);
    free(text);
    struct arena arena = {0};
    struct instance in = {0}, again = {0};
    if (read_dir(dir, &arena, &in)) {
        fuzz_must(read_dir(copy_dir, &arena, &again));
        fuzz_must(in.needs_n == again.needs_n && in.lines_n == again.lines_n);
        fuzz_must(in.offers_n == again.offers_n &&
            in.pairs_n == again.pairs_n);
        fuzz_must(in.floors_n == again.floors_n && in.pins_n == again.pins_n);
        for (int32_t p = 0; p < in.pairs_n; p++) {
            fuzz_must(in.pair_offer[p] == again.pair_offer[p]);
            fuzz_must(in.pair_score[p] == again.pair_score[p]);
            fuzz_must(in.pair_cost[p] == again.pair_cost[p]);
            fuzz_must(in.pair_use[p] == again.pair_use[p]);
        }
    }
    arena_release(&arena);
    return 0;
}
