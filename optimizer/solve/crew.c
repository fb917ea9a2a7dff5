/* crew.c: fork, one shared counter, and a pipe that closes when all end. */
#include "crew.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "optimizer/base/clock.h"

enum { TICK_MS = 100, CREW_MOST = 256 };

void *
crew_memory(size_t size, struct err *err)
{
    void *p = mmap(NULL, size > 0 ? size : 1, PROT_READ | PROT_WRITE,
        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED) {
        fail(err, ERR_SYSTEM, "no shared memory: %s", strerror(errno));
        return NULL;
    }
    return p;
}

void
crew_free(void *memory, size_t size)
{
    if (memory != NULL) {
        munmap(memory, size > 0 ? size : 1);
    }
}

struct shared {
    atomic_int next; /* task that nobody has begun */
};

_Noreturn static void
child(const struct crew *crew, struct shared *shared,
    volatile unsigned char *done, pid_t parent)
{
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none); /* an abort is foreseen */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(0);
    }
    for (;;) {
        int task = atomic_fetch_add(&shared->next, 1);
        if (task >= crew->tasks_n) {
            _exit(0);
        }
        crew->work(crew->data, task);
        if (done != NULL) {
            done[task] = 1;
        }
    }
}

static pid_t
hire(const struct crew *crew, struct shared *shared,
    volatile unsigned char *done, int reader)
{
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        close(reader);
        child(crew, shared, done, parent);
    }
    return pid;
}

/* Waits until the pipe has no writer left, ticking; kills the late. */
static void
watch(const struct crew *crew, int reader, const pid_t *pids, int n)
{
    for (;;) {
        struct pollfd at = {.fd = reader, .events = POLLIN};
        int ready = poll(&at, 1, TICK_MS);
        if (ready > 0) {
            return;
        }
        if (crew->asked != NULL && *crew->asked) {
            *crew->stop = 1;
        }
        if (crew->tick != NULL) {
            crew->tick(crew->data);
        }
        if (crew->deadline_ms != 0 && clock_ms() > crew->deadline_ms) {
            for (int k = 0; k < n; k++) {
                kill(pids[k], SIGKILL); /* not yet waited for: still ours */
            }
        }
    }
}

int32_t
crew_size(int32_t processes)
{
    long n = processes > 0 ? processes : sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n < CREW_MOST ? (int32_t)n : CREW_MOST;
}

/* One generation; false when a child died of a signal. */
static bool
generation(const struct crew *crew, struct shared *shared,
    volatile unsigned char *done, bool *forked)
{
    int ends[2];
    pid_t pids[CREW_MOST];
    int n = 0, most = crew_size(crew->processes);
    int left = crew->tasks_n - atomic_load(&shared->next);
    *forked = pipe(ends) == 0;
    if (!*forked) {
        return true;
    }
    while (n < most && n < left) {
        pids[n] = hire(crew, shared, done, ends[0]);
        if (pids[n] < 0) {
            break;
        }
        n++;
    }
    *forked = n > 0;
    close(ends[1]);
    watch(crew, ends[0], pids, n);
    close(ends[0]);
    bool whole = true;
    for (int k = 0; k < n; k++) {
        int status = 0;
        while (waitpid(pids[k], &status, 0) < 0 && errno == EINTR) {
        }
        whole = whole && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    return whole;
}

bool
crew_run(const struct crew *crew, volatile unsigned char *done,
    struct err *err)
{
    if (crew->tasks_n == 0) {
        return true;
    }
    struct shared *shared = crew_memory(sizeof(*shared), err);
    if (shared == NULL) {
        return false;
    }
    /* each generation that breaks has used up at least one task */
    bool whole = false, forked = true;
    while (!whole && forked && atomic_load(&shared->next) < crew->tasks_n &&
        (crew->deadline_ms == 0 || clock_ms() <= crew->deadline_ms)) {
        whole = generation(crew, shared, done, &forked);
    }
    crew_free(shared, sizeof(*shared));
    return forked ||
        fail(err, ERR_SYSTEM, "cannot start a process: %s", strerror(errno));
}
