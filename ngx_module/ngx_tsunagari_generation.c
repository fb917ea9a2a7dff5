
/*
 * ngx_tsunagari_generation.c: open, map, check.
 */


#include "ngx_tsunagari_generation.h"
#include "ngx_tsunagari_guard.h"
#include "ngx_tsunagari_search.h"

#include <sys/mman.h>


typedef struct {
    ngx_tsunagari_generation_t  *generation;
    ngx_uint_t                   everybody;
    const char                  *reason;
} ngx_tsunagari_open_t;


static const char *ngx_tsunagari_generation_fd(
    ngx_tsunagari_generation_t *generation, ngx_fd_t fd, ngx_uint_t everybody,
    ngx_err_t *err);
static void ngx_tsunagari_generation_open(void *data);
static void ngx_tsunagari_generation_parts(void *data);
static ngx_tsunagari_part_t *ngx_tsunagari_generation_cards(
    ngx_tsunagari_generation_t *generation, ngx_tsunagari_part_t *part,
    uint32_t lang);
static ngx_tsunagari_part_t *ngx_tsunagari_generation_texts(
    ngx_tsunagari_generation_t *generation, ngx_tsunagari_part_t *part);
static void ngx_tsunagari_generation_part(
    ngx_tsunagari_generation_t *generation, ngx_tsunagari_part_t *part,
    struct snap_ref first, struct snap_ref last);


static uint64_t  ngx_tsunagari_serial;


const char *
ngx_tsunagari_generation_map(ngx_tsunagari_generation_t *generation,
    const ngx_str_t *path, ngx_uint_t everybody, ngx_err_t *err,
    ngx_log_t *log)
{
    ngx_fd_t     fd;
    const char  *reason;

    *err = 0;

    fd = ngx_open_file(path->data, NGX_FILE_RDONLY|NGX_FILE_NONBLOCK,
                       NGX_FILE_OPEN, 0);

    if (fd == NGX_INVALID_FILE) {
        *err = ngx_errno;
        return "it cannot be opened";
    }

    reason = ngx_tsunagari_generation_fd(generation, fd, everybody, err);

    if (ngx_close_file(fd) == NGX_FILE_ERROR) {
        ngx_log_error(NGX_LOG_ALERT, log, ngx_errno,
                      ngx_close_file_n " \"%V\" failed", path);
    }

    return reason;
}


static const char *
ngx_tsunagari_generation_fd(ngx_tsunagari_generation_t *generation,
    ngx_fd_t fd, ngx_uint_t everybody, ngx_err_t *err)
{
    void                  *map;
    size_t                 size;
    struct stat            st;
    ngx_tsunagari_open_t   opening;

    if (fstat(fd, &st) == -1) {
        *err = ngx_errno;
        return "fstat() failed";
    }

    ngx_tsunagari_file(&generation->file, &st);

    if (!S_ISREG(st.st_mode)) {
        return "it is not a regular file";
    }

    if (st.st_size < (off_t) sizeof(struct snap_header)) {
        return "it is shorter than a header";
    }

    size = (size_t) st.st_size;

    map = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);

    if (map == MAP_FAILED) {
        *err = ngx_errno;
        return "mmap() failed";
    }

    generation->mapping.start = map;
    generation->mapping.size = size;
    generation->serial = ++ngx_tsunagari_serial;

    opening.generation = generation;
    opening.everybody = everybody;

    if (ngx_tsunagari_guard(map, size, ngx_tsunagari_generation_open,
                            &opening)
        != NGX_OK)
    {
        opening.reason = "it was cut short while it was opened";
    }

    if (opening.reason) {
        (void) munmap(map, size);
        ngx_memzero(&generation->mapping, sizeof(ngx_tsunagari_mapping_t));
    }

    return opening.reason;
}


static void
ngx_tsunagari_generation_open(void *data)
{
    ngx_tsunagari_open_t *opening = data;

    size_t                       size;
    ngx_uint_t                   i;
    ngx_tsunagari_generation_t  *generation;

    generation = opening->generation;

    opening->reason = snap_open(&generation->snap, generation->mapping.start,
                                generation->mapping.size);

    if (opening->reason) {
        return;
    }

    generation->run = generation->snap.header->run_id;
    generation->plan_date = generation->snap.header->plan_date;
    generation->audience = generation->snap.header->audience;
    generation->number = generation->snap.header->generation;

    if (opening->everybody && generation->audience == SNAP_AUDIENCE_MEMBERS) {
        opening->reason = "it is for members, and a location that serves it "
                          "is not";
        return;
    }

    for (i = 0; i < SNAP_COLLECTIONS; i++) {
        size = ngx_tsunagari_search_size(&generation->snap.collections[i]);
        generation->work = ngx_max(generation->work, size);
    }

    if (generation->work > NGX_TSUNAGARI_WORK_MAX) {
        opening->reason = "a search in it would take too much memory";
        return;
    }

    /* first what a search reads first: the records, behind the bytes */

    generation->parts[0].at = (size_t) (generation->snap.bytes
                                        - generation->mapping.start)
                              + generation->snap.bytes_n;
    generation->parts[0].end = generation->mapping.size;
}


/*
 * Behind the records: the cards of which most lists are made, the texts in
 * which long words are looked for, and the cards in other languages; then all
 * the bytes, in which the documents that come first in most lists come first.
 * Of a large file the time is over before the end.
 */

static void
ngx_tsunagari_generation_parts(void *data)
{
    ngx_tsunagari_generation_t *generation = data;

    uint32_t                lang;
    ngx_tsunagari_part_t   *part;

    part = &generation->parts[1];

    part = ngx_tsunagari_generation_cards(generation, part, SNAP_LANG_JA);
    part = ngx_tsunagari_generation_texts(generation, part);

    for (lang = SNAP_LANG_JA + 1; lang < SNAP_LANGS; lang++) {
        part = ngx_tsunagari_generation_cards(generation, part, lang);
    }

    part->at = (size_t) (generation->snap.bytes - generation->mapping.start);
    part->end = part->at + generation->snap.bytes_n;
}


static ngx_tsunagari_part_t *
ngx_tsunagari_generation_cards(ngx_tsunagari_generation_t *generation,
    ngx_tsunagari_part_t *part, uint32_t lang)
{
    uint32_t                       i;
    const struct snap_collection  *c;

    for (i = 0; i < SNAP_COLLECTIONS; i++) {
        c = &generation->snap.collections[i];

        if (c->docs_n) {
            ngx_tsunagari_generation_part(generation, part++,
                                  *snap_card(c, 0, lang),
                                  *snap_card(c, c->docs_n - 1, lang));
        }
    }

    return part;
}


static ngx_tsunagari_part_t *
ngx_tsunagari_generation_texts(ngx_tsunagari_generation_t *generation,
    ngx_tsunagari_part_t *part)
{
    uint32_t                       i;
    const struct snap_collection  *c;

    for (i = 0; i < SNAP_COLLECTIONS; i++) {
        c = &generation->snap.collections[i];

        if (c->docs_n) {
            ngx_tsunagari_generation_part(generation, part++,
                                          c->docs[0].text,
                                          c->docs[c->docs_n - 1].text);
        }
    }

    return part;
}


/* What the publisher writes side by side, in rank order. */

static void
ngx_tsunagari_generation_part(ngx_tsunagari_generation_t *generation,
    ngx_tsunagari_part_t *part, struct snap_ref first, struct snap_ref last)
{
    struct snap_span  from, to;

    from = snap_bytes(&generation->snap, first);
    to = snap_bytes(&generation->snap, last);

    if (from.data && to.data) {
        part->at = (size_t) (from.data - generation->mapping.start);
        part->end = (size_t) (to.data - generation->mapping.start)
                    + to.length;
    }
}


ngx_int_t
ngx_tsunagari_generation_warm(ngx_tsunagari_generation_t *generation)
{
    ngx_tsunagari_part_t  *part;

    while (generation->warm < NGX_TSUNAGARI_PARTS) {
        part = &generation->parts[generation->warm];

        if (part->at < part->end) {
            return ngx_tsunagari_mapping_warm(&generation->mapping,
                                              &part->at, part->end);
        }

        /* where the other parts are, the first one says */

        if (generation->warm++ == 0
            && ngx_tsunagari_guard(generation->mapping.start,
                                   generation->mapping.size,
                                   ngx_tsunagari_generation_parts,
                                   generation)
               != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_DONE;
}


void
ngx_tsunagari_file(ngx_tsunagari_file_t *file, const struct stat *st)
{
    ngx_memzero(file, sizeof(ngx_tsunagari_file_t));

    file->dev = st->st_dev;
    file->ino = st->st_ino;
    file->size = st->st_size;
    file->mtime = st->st_mtim;
}


ngx_uint_t
ngx_tsunagari_file_same(const ngx_tsunagari_file_t *one,
    const ngx_tsunagari_file_t *two)
{
    return one->dev == two->dev
           && one->ino == two->ino
           && one->size == two->size
           && one->mtime.tv_sec == two->mtime.tv_sec
           && one->mtime.tv_nsec == two->mtime.tv_nsec;
}
