/*
 * import_file.h: an import as the command runs it, with what it says on
 * stderr kept.
 *
 * Lifetime  the text lives until the next call.
 */
#ifndef TSUNAGARI_IMPORT_FILE_H
#define TSUNAGARI_IMPORT_FILE_H

#include "tests/unit/tmp_store.h"

#include "optimizer/intake/import.h"

struct import_result {
    bool ok;
    struct import_counts counts;
    struct err err;
    const char *said; /* bad rows, paths cut to the file's name */
};

static inline const char *
import_file_said(FILE *file, const char *path)
{
    static char text[16384];
    const char *slash = strrchr(path, '/');
    size_t prefix = slash != NULL ? (size_t)(slash + 1 - path) : 0, n = 0;
    char line[4096];
    rewind(file);
    while (fgets(line, sizeof(line), file) != NULL) {
        const char *from =
            strncmp(line, path, prefix) == 0 ? line + prefix : line;
        n += (size_t)snprintf(text + n, sizeof(text) - n, "%s", from);
        assert_true(n < sizeof(text));
    }
    text[n] = '\0';
    return text;
}

static inline struct import_result
import_file(struct tmp_store *tmp, const char *kind, const char *path,
    const struct import_options *options)
{
    struct import_result result = {0};
    struct import_options o = *options;
    if (o.confirmed_on == NULL) {
        o.confirmed_on = "2026-11-21";
    }
    FILE *file = tmpfile();
    assert_non_null(file);
    fflush(stderr);
    int saved = dup(STDERR_FILENO);
    dup2(fileno(file), STDERR_FILENO);
    result.ok = import_run(tmp->store, import_kind_find(kind), path, &o,
        &result.counts, &result.err);
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    close(saved);
    result.said = import_file_said(file, path);
    fclose(file);
    return result;
}

/* The same from text. */
static inline struct import_result
import_text_file(struct tmp_store *tmp, const char *kind, const char *text,
    const struct import_options *options)
{
    return import_file(tmp, kind,
        tmp_store_file(tmp, "t.csv", text, strlen(text)), options);
}

#define COUNTS(result, inserted_, updated_, unchanged_, bad_)                 \
    do {                                                                      \
        assert_int_equal((result).counts.inserted, inserted_);                \
        assert_int_equal((result).counts.updated, updated_);                  \
        assert_int_equal((result).counts.unchanged, unchanged_);              \
        assert_int_equal((result).counts.bad, bad_);                          \
    } while (0)

#endif
