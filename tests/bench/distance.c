/*
 * distance.c: how far the machine's first two processors are from each other.
 *
 *   distance
 *
 * Prints RESULT NS: how long it takes until what one of them has written is
 * read by the other.  A thread on each sets a flag when the other has cleared
 * it and the other way round, so that its cache line is handed over each time.
 * Where there is one processor only it says so; the result is 0.
 *
 * A virtual machine's processors are where its host puts them: some tens of
 * nanoseconds from each other where they share a cache, some hundreds where
 * they do not, and the host moves them within seconds to minutes.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    TIMES = 1000,
    TURNS = 11, /* their median: in some, something else has a processor */
    LINE = 64
};

static _Alignas(2 * LINE) atomic_bool set;

static bool
run_on(size_t processor)
{
    cpu_set_t only;
    CPU_ZERO(&only);
    CPU_SET(processor, &only);
    return sched_setaffinity(0, sizeof(only), &only) == 0;
}

static double
now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void
hand_over(bool mine, int times)
{
    for (int i = 0; i < times; i++) {
        while (atomic_load_explicit(&set, memory_order_acquire) != mine) {
        }
        atomic_store_explicit(&set, !mine, memory_order_release);
    }
}

static void *
answer(void *unused)
{
    run_on(1); /* as main could */
    hand_over(true, TURNS * TIMES);
    return unused;
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int
main(void)
{
    pthread_t other;
    double ns[TURNS];
    if (!run_on(1) || !run_on(0)) {
        puts("one processor only\nRESULT 0");
        return 0;
    }
    int error = pthread_create(&other, NULL, answer, NULL);
    if (error != 0) {
        fprintf(stderr, "bench: thread: %s\n", strerror(error));
        return 4;
    }
    for (int i = 0; i < TURNS; i++) {
        double start = now_ns();
        hand_over(false, TIMES);
        ns[i] = (now_ns() - start) / TIMES / 2;
    }
    pthread_join(other, NULL);
    qsort(ns, TURNS, sizeof(*ns), compare);
    printf("RESULT %.0f\n", ns[TURNS / 2]);
    return 0;
}
