/* test_lanes.c: eight at once against one at a time, and every processor
 * alike. */
#include "tests/unit/unit.h"

#include <math.h>
#include <string.h>

#include "optimizer/solve/lanes.h"
#include "tests/unit/random_instance.h"

#define LEAST (-18)

static double
random_number(struct random *r, double most)
{
    return most * random_in(r, 0, 1000000) / 1000000;
}

static void
lanes_exp__is_that_of_the_library(void **state)
{
    (void)state;
    struct random r = {7};
    for (int n = 0; n < 20000; n++) {
        lanes x;
        double of[LANES];
        for (int k = 0; k < LANES; k++) {
            of[k] = n == 0 ? -k : -random_number(&r, 40);
            x[k] = of[k];
        }
        lanes_exp(&x, LEAST);
        for (int k = 0; k < LANES; k++) {
            double true_one = of[k] < LEAST ? 0 : exp(of[k]);
            assert_true(fabs(x[k] - true_one) <= 1e-9 * true_one);
        }
    }
    lanes far = {-1e300, -700, LEAST, LEAST - 1e-9, 0, -1, -0.0, -1e-300};
    lanes_exp(&far, LEAST);
    assert_true(far[0] == 0 && far[1] == 0 && far[2] > 0 && far[3] == 0 &&
        far[4] == 1 && far[6] == 1 && far[7] == 1);
}

static void
lanes_log__is_that_of_the_library(void **state)
{
    (void)state;
    struct random r = {11};
    for (int n = 0; n < 20000; n++) {
        lanes x;
        double of[LANES];
        for (int k = 0; k < LANES; k++) {
            of[k] = n == 0 ? 1 << k : 1 + random_number(&r, k < 4 ? 2 : 1e6);
            x[k] = of[k];
        }
        lanes_log(&x);
        for (int k = 0; k < LANES; k++) {
            assert_true(fabs(x[k] - log(of[k])) <= 1e-12 * (1 + log(of[k])));
        }
    }
}

static void
lanes_else__takes_what_is_not_marked(void **state)
{
    (void)state;
    const lane_marks marked = {-1, 0, -1, 0, 0, 0, -1, -1};
    lanes x = {1, 2, 3, 4, 5, 6, 7, 8}, most = {4, 4, 4, 4, 4, 4, 4, 4};
    lanes_most(&most, &x);
    assert_true(lanes_sum(&most) == 4 * 4 + 5 + 6 + 7 + 8);
    lanes kept = x;
    lanes_keep(&kept, &marked);
    assert_true(lanes_sum(&kept) == 1 + 3 + 7 + 8);
    lanes_else(&x, &marked, -10);
    assert_true(lanes_sum(&x) == 1 + 3 + 7 + 8 - 40);
}

/* In the registers that the machine has ... */
LANES_CLONES static void
of_machine(double *x, double *y)
{
    lanes at = *(lanes_at *)x;
    lanes_exp(&at, LEAST);
    *(lanes_at *)x = at;
    at = *(lanes_at *)y;
    lanes_log(&at);
    *(lanes_at *)y = at * 0.1 + *(lanes_at *)x;
}

/* ... and in those that any has. */
__attribute__((noinline)) static void
of_any(double *x, double *y)
{
    lanes at = *(lanes_at *)x;
    lanes_exp(&at, LEAST);
    *(lanes_at *)x = at;
    at = *(lanes_at *)y;
    lanes_log(&at);
    *(lanes_at *)y = at * 0.1 + *(lanes_at *)x;
}

static void
lanes__are_the_same_on_every_processor(void **state)
{
    (void)state;
    struct random r = {13};
    for (int n = 0; n < 20000; n++) {
        double a[2][LANES], b[2][LANES];
        for (int k = 0; k < LANES; k++) {
            a[0][k] = -random_number(&r, 20);
            a[1][k] = 1 + random_number(&r, 30);
        }
        memcpy(b, a, sizeof(a));
        of_machine(a[0], a[1]);
        of_any(b[0], b[1]);
        assert_memory_equal(a, b, sizeof(a));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lanes_exp__is_that_of_the_library),
        cmocka_unit_test(lanes_log__is_that_of_the_library),
        cmocka_unit_test(lanes_else__takes_what_is_not_marked),
        cmocka_unit_test(lanes__are_the_same_on_every_processor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
