/* test_crew.c: what a dying or sleeping child costs. */
#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/unit.h"

#include "optimizer/base/clock.h"
#include "optimizer/solve/crew.h"

enum { TASKS = 40 };

struct shared {
    unsigned char done[TASKS];
    int runs[TASKS];
    int bad; /* task that aborts, -1 */
    int sleepy;
};

static void
work(void *data, int32_t task)
{
    struct shared *shared = data;
    shared->runs[task]++;
    if (task == shared->bad) {
        signal(SIGABRT, SIG_DFL);
        abort();
    }
    if (task == shared->sleepy) {
        sleep(30);
    }
}

static void
run(int processes, int bad, int sleepy, int64_t deadline)
{
    struct err err = {0};
    struct shared *shared = crew_memory(sizeof(*shared), &err);
    assert_non_null(shared);
    shared->bad = bad;
    shared->sleepy = sleepy;
    const struct crew crew = {.tasks_n = TASKS, .processes = processes,
        .deadline_ms = deadline, .work = work, .data = shared};
    assert_true(crew_run(&crew, shared->done, &err));
    for (int k = 0; k < TASKS; k++) {
        assert_true(shared->runs[k] <= 1);
        if (deadline == 0) {
            assert_int_equal(shared->runs[k], 1);
            assert_int_equal(shared->done[k], k != bad);
        }
    }
    if (deadline != 0) {
        assert_int_equal(shared->done[sleepy], 0);
        assert_int_equal(shared->done[0], 1);
    }
    crew_free(shared, sizeof(*shared));
}

static void
crew_run__runs_each_task_once(void **state)
{
    (void)state;
    run(1, -1, -1, 0);
    run(3, -1, -1, 0);
    run(100, -1, -1, 0);
}

static void
crew_run__an_abort_loses_one_task(void **state)
{
    (void)state;
    run(1, 0, -1, 0);
    run(1, 17, -1, 0);
    run(3, 17, -1, 0);
    run(2, TASKS - 1, -1, 0);
}

static void
crew_run__kills_what_is_late(void **state)
{
    (void)state;
    int64_t begin = clock_ms();
    run(1, -1, 5, begin + 2000); /* the first ones take none of it */
    assert_true(clock_ms() - begin < 10000);
}

struct patience {
    volatile sig_atomic_t stop;
    int seen;
};

static void
wait_for_stop(void *data, int32_t task)
{
    struct patience *p = data;
    (void)task;
    for (int k = 0; k < 3000 && !p->stop; k++) {
        usleep(10000);
    }
    p->seen += p->stop != 0;
}

/* What the caller is asked, in memory of its own, reaches the children. */
static void
crew_run__passes_the_stop_on(void **state)
{
    (void)state;
    struct err err = {0};
    static volatile sig_atomic_t asked;
    struct patience *p = crew_memory(sizeof(*p), &err);
    assert_non_null(p);
    const struct crew crew = {.tasks_n = 1, .processes = 1,
        .work = wait_for_stop, .data = p, .asked = &asked,
        .stop = &p->stop};
    asked = 1;
    assert_true(crew_run(&crew, NULL, &err));
    assert_int_equal(p->seen, 1);
    crew_free(p, sizeof(*p));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crew_run__runs_each_task_once),
        cmocka_unit_test(crew_run__an_abort_loses_one_task),
        cmocka_unit_test(crew_run__kills_what_is_late),
        cmocka_unit_test(crew_run__passes_the_stop_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
