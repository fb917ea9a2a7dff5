
/*
 * ngx_tsunagari_generation.h: one snapshot file, mapped.
 *
 * Meaning   ngx_tsunagari_generation_map() opens, maps and checks; only O(1)
 *           checks are made: see snap_open().  Each mapping of a worker has a
 *           number of its own, so that what was made from one is never taken
 *           for another's, whatever the file says of itself.
 * Failure   a reason, static; nothing is mapped then.
 * Lifetime  snap points into the mapping; run to number are copies.
 */


#ifndef _NGX_TSUNAGARI_GENERATION_H_INCLUDED_
#define _NGX_TSUNAGARI_GENERATION_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>

#include "snapshot.h"
#include "ngx_tsunagari_mapping.h"


#define NGX_TSUNAGARI_WORK_MAX  (512 * 1024 * 1024)


/* Which file it was: the fields that stat() tells it by. */
typedef struct {
    dev_t              dev;
    ino_t              ino;
    off_t              size;
    struct timespec    mtime;
} ngx_tsunagari_file_t;


/* Bytes of the file, to be warmed one after the other. */
typedef struct {
    size_t             at;
    size_t             end;     /* at or below: none */
} ngx_tsunagari_part_t;

#define NGX_TSUNAGARI_PARTS  (2 + (1 + SNAP_LANGS) * SNAP_COLLECTIONS)


typedef struct {
    struct snap               snap;
    ngx_tsunagari_mapping_t   mapping;
    ngx_tsunagari_file_t      file;
    uint64_t                  serial;    /* of the mapping, from 1 */
    time_t                    loaded;
    size_t                    work;      /* bytes that a search takes */

    /* of ngx_tsunagari_generation_warm(): from this part on */
    ngx_tsunagari_part_t      parts[NGX_TSUNAGARI_PARTS];
    ngx_uint_t                warm;

    /* of the header, for use outside the guard */
    uint64_t                  number;
    uint32_t                  run;
    uint32_t                  plan_date;
    uint32_t                  audience;
} ngx_tsunagari_generation_t;


/*
 * NULL, or why not: what is for members is not for everybody.  file is set as
 * soon as the file could be opened; *err: the system's reason, or 0.
 */
const char *ngx_tsunagari_generation_map(
    ngx_tsunagari_generation_t *generation, const ngx_str_t *path,
    ngx_uint_t everybody, ngx_err_t *err, ngx_log_t *log);

/*
 * The next step of warming it, the most useful first, as
 * ngx_tsunagari_mapping_warm(); NGX_DONE: it is warm.
 */
ngx_int_t ngx_tsunagari_generation_warm(
    ngx_tsunagari_generation_t *generation);

void ngx_tsunagari_file(ngx_tsunagari_file_t *file, const struct stat *st);
ngx_uint_t ngx_tsunagari_file_same(const ngx_tsunagari_file_t *one,
    const ngx_tsunagari_file_t *two);


#endif /* _NGX_TSUNAGARI_GENERATION_H_INCLUDED_ */
