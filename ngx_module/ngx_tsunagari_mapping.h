
/*
 * ngx_tsunagari_mapping.h: a mapped file, taken up and given back in steps.
 *
 * Meaning   what a mapped file of a gigabyte costs a process is its page
 *           table: filling that by faults while answers are made, and
 *           clearing it at once, are stalls that clients notice.  So both are
 *           done in steps that an event loop can put between answers.
 * Units     bytes.  A step costs a few microseconds; reading a disk, more.
 * Failure   NGX_ERROR: see below.
 * Lifetime  nothing may read from a mapping that is leaving.
 * Source    Linux maps what it has in memory around a page that is touched
 *           for the first time (fault_around_bytes, 64 kB).
 */


#ifndef _NGX_TSUNAGARI_MAPPING_H_INCLUDED_
#define _NGX_TSUNAGARI_MAPPING_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


#define NGX_TSUNAGARI_LEAVING  4


typedef struct {
    u_char  *start;     /* NULL: nothing is mapped */
    size_t   size;
} ngx_tsunagari_mapping_t;


/* Mappings that are given back, the first one first. */
typedef struct {
    ngx_tsunagari_mapping_t  mapping[NGX_TSUNAGARI_LEAVING];
    ngx_uint_t               n;
} ngx_tsunagari_leaving_t;


/*
 * Touches the next bytes of *at .. end, which are in the mapping, and
 * advances *at.  NGX_OK, or NGX_ERROR: the file has been cut short or cannot
 * be read.
 */
ngx_int_t ngx_tsunagari_mapping_warm(const ngx_tsunagari_mapping_t *mapping,
    size_t *at, size_t end);

/* All of it at once; errno is set on NGX_ERROR, and it is gone for us. */
ngx_int_t ngx_tsunagari_mapping_unmap(ngx_tsunagari_mapping_t *mapping);

/*
 * *mapping is to leave, its start becomes NULL.  If there are too many, the
 * first one leaves at once: NGX_ERROR as above.
 */
ngx_int_t ngx_tsunagari_mapping_leave(ngx_tsunagari_leaving_t *leaving,
    ngx_tsunagari_mapping_t *mapping);

/* Gives back the next bytes, if leaving->n.  NGX_ERROR as above. */
ngx_int_t ngx_tsunagari_mapping_shrink(ngx_tsunagari_leaving_t *leaving);


#endif /* _NGX_TSUNAGARI_MAPPING_H_INCLUDED_ */
