
/*
 * ngx_tsunagari_guard.c: SIGBUS within a known mapping is an error, not an
 * end.
 */


#include "ngx_tsunagari_guard.h"

#include <setjmp.h>


static void ngx_tsunagari_guard_signal(int signo, siginfo_t *info,
    void *context);


static sigjmp_buf           ngx_tsunagari_guard_env;
static volatile uintptr_t   ngx_tsunagari_guard_start;
static volatile uintptr_t   ngx_tsunagari_guard_end;


ngx_int_t
ngx_tsunagari_guard_init(void)
{
    struct sigaction  sa;

    ngx_memzero(&sa, sizeof(struct sigaction));

    /* not blocked while it is handled: the jump need not restore a mask */

    sa.sa_sigaction = ngx_tsunagari_guard_signal;
    sa.sa_flags = SA_SIGINFO|SA_NODEFER;
    sigemptyset(&sa.sa_mask);

    return (sigaction(SIGBUS, &sa, NULL) == -1) ? NGX_ERROR : NGX_OK;
}


ngx_int_t
ngx_tsunagari_guard(const void *map, size_t size,
    ngx_tsunagari_guard_pt handler, void *data)
{
    if (sigsetjmp(ngx_tsunagari_guard_env, 0) != 0) {
        ngx_tsunagari_guard_end = 0;
        return NGX_ERROR;
    }

    ngx_tsunagari_guard_start = (uintptr_t) map;
    ngx_tsunagari_guard_end = (uintptr_t) map + size;

    handler(data);

    ngx_tsunagari_guard_end = 0;

    return NGX_OK;
}


static void
ngx_tsunagari_guard_signal(int signo, siginfo_t *info, void *context)
{
    uintptr_t         addr;
    struct sigaction  sa;

    addr = (uintptr_t) info->si_addr;

    if (addr >= ngx_tsunagari_guard_start && addr < ngx_tsunagari_guard_end) {
        siglongjmp(ngx_tsunagari_guard_env, 1);
    }

    /* not ours: the instruction runs again and ends the process */

    ngx_memzero(&sa, sizeof(struct sigaction));

    sa.sa_handler = SIG_DFL;
    sigemptyset(&sa.sa_mask);

    if (sigaction(signo, &sa, NULL) == -1) {
        _exit(2);
    }
}
