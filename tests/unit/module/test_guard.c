/* test_guard.c: a mapping cut short is an error; any other SIGBUS an end. */
#include "ngx_tsunagari_guard.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/unit.h"

static char *map;
static const size_t size = 4 * 4096;

static void
read_all(void *data)
{
    unsigned *sum = data;
    for (size_t i = 0; i < size; i += 512) {
        *sum += (unsigned char)((volatile char *)map)[i];
    }
}

static int
map_file(void)
{
    char name[] = "/tmp/tsunagari-guard-XXXXXX";
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    unlink(name);
    assert_int_equal(ftruncate(fd, (off_t)size), 0);
    map = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
    assert_true(map != MAP_FAILED);
    assert_int_equal(ngx_tsunagari_guard_init(), NGX_OK);
    return fd;
}

static void
truncation__is_an_error_again_and_again(void **state)
{
    unsigned sum = 0;
    (void)state;
    int fd = map_file();
    assert_int_equal(ngx_tsunagari_guard(map, size, read_all, &sum), NGX_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(ftruncate(fd, 4096), 0);
        assert_int_equal(ngx_tsunagari_guard(map, size, read_all, &sum),
            NGX_ERROR);
        assert_int_equal(ftruncate(fd, (off_t)size), 0);
        assert_int_equal(ngx_tsunagari_guard(map, size, read_all, &sum),
            NGX_OK);
    }
    munmap(map, size);
    close(fd);
}

static void
unguarded_read__still_ends_the_process(void **state)
{
    (void)state;
    int fd = map_file();
    assert_int_equal(ftruncate(fd, 0), 0);
    pid_t child = fork();
    if (child == 0) {
        unsigned sum = 0;
        signal(SIGSEGV, SIG_DFL); /* cmocka's handler */
        read_all(&sum);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status)); /* SIGSEGV under valgrind */
    assert_true(WTERMSIG(status) == SIGBUS || WTERMSIG(status) == SIGSEGV);
    munmap(map, size);
    close(fd);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(truncation__is_an_error_again_and_again),
        cmocka_unit_test(unguarded_read__still_ends_the_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
