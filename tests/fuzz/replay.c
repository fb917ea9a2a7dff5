/* replay.c: `TARGET DIR`: every file of the corpus once, as a TAP test: what
 * the fuzzer found stays found, with any compiler. */
#include <dirent.h>

#include "fuzz.h"

static int
by_name(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static uint8_t *
read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    fuzz_must(file != NULL && fseek(file, 0, SEEK_END) == 0);
    long end = ftell(file);
    fuzz_must(end >= 0);
    rewind(file);
    *size = (size_t)end;
    uint8_t *data = malloc(*size > 0 ? *size : 1);
    fuzz_must(data != NULL && fread(data, 1, *size, file) == *size);
    fclose(file);
    return data;
}

int
main(int argc, char **argv)
{
    struct dirent **entries;
    if (argc != 2) {
        fputs("usage: TARGET DIR\n", stderr);
        return 2;
    }
    int n = scandir(argv[1], &entries, by_name, alphasort);
    fuzz_must(n > 0);
    printf("1..%d\n", n);
    for (int i = 0; i < n; i++) {
        char path[4096];
        size_t size;
        int len = snprintf(
            path, sizeof(path), "%s/%s", argv[1], entries[i]->d_name);
        fuzz_must(len > 0 && (size_t)len < sizeof(path));
        uint8_t *data = read_file(path, &size);
        fprintf(stderr, "# %s\n", entries[i]->d_name); /* if it ends here */
        LLVMFuzzerTestOneInput(data, size);
        printf("ok %d - %s\n", i + 1, entries[i]->d_name);
        free(data);
        free(entries[i]);
    }
    free(entries);
    return 0;
}
