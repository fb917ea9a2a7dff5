/*
 * tmp_store.h: a directory that goes away, with an initialised store in it.
 *
 * Failure   asserts.
 * Lifetime  tmp_store_remove() closes the store and deletes all files.
 */
#ifndef TSUNAGARI_TMP_STORE_H
#define TSUNAGARI_TMP_STORE_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/unit.h"

#include "optimizer/store/shipped.h"
#include "optimizer/store/store.h"

struct tmp_store {
    char dir[64];
    char path[96]; /* of the store */
    struct store *store;
};

/* Bytes of a store that has just been made; kept to the program's end. */
struct tmp_store_image {
    unsigned char *bytes;
    size_t n;
};

static inline void
tmp_store_keep(const char *path, struct tmp_store_image *image)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    image->n = (size_t)ftell(file);
    rewind(file);
    image->bytes = xmalloc(image->n);
    assert_int_equal(fread(image->bytes, 1, image->n, file), image->n);
    fclose(file);
}

/* What `tsunagari init` makes: done once, copied for every later test. */
static inline void
tmp_store_make(struct tmp_store *tmp)
{
    static struct tmp_store_image image;
    memset(tmp, 0, sizeof(*tmp));
    strcpy(tmp->dir, "/tmp/tsunagari-unit-XXXXXX");
    assert_non_null(mkdtemp(tmp->dir));
    snprintf(tmp->path, sizeof(tmp->path), "%s/store.db", tmp->dir);
    struct err err = {0};
    if (image.bytes == NULL) {
        struct store *made =
            store_open(tmp->path, STORE_CREATE, "unit", &err);
        assert_string_equal(err.text, "");
        int64_t changed = 0;
        assert_true(shipped_load(made, &changed, &err));
        store_close(made); /* nothing is left in the log */
        tmp_store_keep(tmp->path, &image);
    } else {
        FILE *file = fopen(tmp->path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(image.bytes, 1, image.n, file), image.n);
        assert_int_equal(fclose(file), 0);
    }
    tmp->store = store_open(tmp->path, STORE_CREATE, "unit", &err);
    assert_string_equal(err.text, "");
    assert_non_null(tmp->store);
}

static inline void
tmp_store_remove(struct tmp_store *tmp)
{
    store_close(tmp->store);
    DIR *dir = opendir(tmp->dir);
    assert_non_null(dir);
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] != '.') {
            unlinkat(dirfd(dir), entry->d_name, 0);
        }
    }
    closedir(dir);
    assert_int_equal(rmdir(tmp->dir), 0);
}

/* One integer; asserts that the query gives it. */
static inline int64_t
tmp_store_int(struct tmp_store *tmp, const char *sql)
{
    int64_t value = 0;
    struct err err = {0};
    assert_true(store_query_int(tmp->store, sql, &value, &err));
    return value;
}

static inline void
tmp_store_exec(struct tmp_store *tmp, const char *sql)
{
    struct err err = {0};
    store_exec(tmp->store, sql, &err);
    assert_string_equal(err.text, "");
}

/* Writes a file beside the store; its path lives until the next call. */
static inline const char *
tmp_store_file(struct tmp_store *tmp, const char *name, const void *bytes,
    size_t len)
{
    static char path[160];
    snprintf(path, sizeof(path), "%s/%s", tmp->dir, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    return path;
}

#endif
