
/*
 * ngx_tsunagari_guard.h: a file that is cut short under our feet.
 *
 * Meaning   reading a page of a mapping that the file no longer has raises
 *           SIGBUS.  ngx_tsunagari_guard() runs a pure function (no
 *           allocation, no lock, no system call) and comes back with
 *           NGX_ERROR when that happens inside the mapping it names.
 * Failure   a SIGBUS anywhere else ends the process as it always did.
 * Source    POSIX: siglongjmp from a handler of a synchronous signal is
 *           defined when it interrupts no async-signal-unsafe function.
 *
 * One at a time, in the one thread of a worker.
 */


#ifndef _NGX_TSUNAGARI_GUARD_H_INCLUDED_
#define _NGX_TSUNAGARI_GUARD_H_INCLUDED_


#include <ngx_config.h>
#include <ngx_core.h>


typedef void (*ngx_tsunagari_guard_pt)(void *data);


/* In each process that reads snapshots, before the first use; errno is set. */
ngx_int_t ngx_tsunagari_guard_init(void);

ngx_int_t ngx_tsunagari_guard(const void *map, size_t size,
    ngx_tsunagari_guard_pt handler, void *data);


#endif /* _NGX_TSUNAGARI_GUARD_H_INCLUDED_ */
