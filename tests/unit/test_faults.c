/*
 * test_faults.c: every way in which GLPK can fail, forced: the plan is
 * checked, its claims are true, and nothing crashes.
 *
 * The linker puts __wrap_glp_simplex() and __wrap_glp_intopt() between
 * solve_glpk.c and the library (Makefile), so that the code under test is
 * the one that is shipped.  Over 400 lines, since only this program has the
 * library's calls in hand.
 */
#include "tests/unit/unit.h"

#include <glpk.h>
#include <math.h>
#include <signal.h>

#include "optimizer/check/check.h"
#include "optimizer/solve/component.h"
#include "optimizer/solve/part.h"
#include "optimizer/solve/solve.h"
#include "tests/unit/instance_room.h"
#include "tests/unit/random_instance.h"

enum mode {
    REAL,
    INSTEAD,  /* the code is returned and nothing was done */
    AFTER,    /* the library did its work, and yet */
    CIRCLES,  /* all pivots were made and led nowhere */
    ERROR,    /* glp_error(): abort through the error hook */
    ASSERT,   /* glp_assert(): likewise */
    CRASH     /* and without one */
};

struct fault {
    const char *name;
    enum mode mode;
    int code;
};

static struct {
    struct fault simplex, intopt;
    int first, last; /* calls of a process that it strikes */
    int calls, struck;
    int searches; /* calls of glp_intopt() */
} faults;

int __real_glp_simplex(glp_prob *prob, const glp_smcp *parm);
int __wrap_glp_simplex(glp_prob *prob, const glp_smcp *parm);
int __real_glp_intopt(glp_prob *prob, const glp_iocp *parm);
int __wrap_glp_intopt(glp_prob *prob, const glp_iocp *parm);

static bool
strikes(const struct fault *fault)
{
    if (fault->mode == REAL) {
        return false;
    }
    int call = faults.calls++;
    bool now = call >= faults.first && call <= faults.last;
    faults.struck += now;
    return now;
}

static int
strike(const struct fault *fault, int code)
{
    if (fault->mode == ERROR) {
        glp_error("a fault of the test\n");
    } else if (fault->mode == ASSERT) {
        glp_assert(fault->mode == REAL);
    } else if (fault->mode == CRASH) {
        raise(SIGKILL);
    }
    return fault->mode == REAL ? code : fault->code;
}

int
__wrap_glp_simplex(glp_prob *prob, const glp_smcp *parm)
{
    bool now = strikes(&faults.simplex);
    if (now && faults.simplex.mode == CIRCLES) {
        glp_set_it_cnt(prob, glp_get_it_cnt(prob) + parm->it_lim);
    }
    int code = now && faults.simplex.mode != AFTER
        ? 0
        : __real_glp_simplex(prob, parm);
    return now ? strike(&faults.simplex, code) : code;
}

int
__wrap_glp_intopt(glp_prob *prob, const glp_iocp *parm)
{
    bool now = strikes(&faults.intopt);
    faults.searches++;
    int code = now && faults.intopt.mode != AFTER
        ? 0
        : __real_glp_intopt(prob, parm);
    return now ? strike(&faults.intopt, code) : code;
}

static void
set_faults(struct fault simplex, struct fault intopt, int first, int last)
{
    memset(&faults, 0, sizeof(faults));
    faults.simplex = simplex;
    faults.intopt = intopt;
    faults.first = first;
    faults.last = last;
}

static const struct fault real = {"real", REAL, 0};

/* Says what is wrong with a result whose optimum is known, or NULL. */
static const char *
judge(const struct instance *in, const struct solve_result *result,
    const struct solve_result *truth)
{
    int64_t value;
    struct err err = {0};
    if (truth->state == SOLVE_INFEASIBLE) {
        return result->state == SOLVE_INFEASIBLE ? NULL : "state";
    }
    if (result->units == NULL ||
        !check_plan(in, result->units, &value, &err) ||
        value != result->value_e6) {
        return "plan";
    }
    if (value > truth->value_e6 || result->bound_e6 < truth->value_e6) {
        return "bound";
    }
    if (result->state == SOLVE_OPTIMAL) {
        return value == truth->value_e6 ? NULL : "called optimal";
    }
    return result->state == SOLVE_FEASIBLE && result->message[0] != '\0'
        ? NULL
        : "unexplained";
}

/* One fault on many instances, large and small ways; how often it struck
 * (0: in children, nobody counts). */
static int
suffer(struct fault simplex, struct fault intopt, int32_t processes,
    int rounds)
{
    int struck = 0;
    for (int k = 0; k < rounds; k++) {
        struct arena arena = {0};
        struct random r = {(uint64_t)k + 1};
        struct instance in;
        struct solve_result truth, result;
        struct err err = {0};
        struct solve_options options = {.processes = -1};
        random_instance(&r, &in, 12, &arena);
        set_faults(real, real, 0, 0);
        assert_true(solve(&in, &options, &arena, &truth, &err));
        options.processes = processes;
        options.priced_pairs = k % 2;
        /* always, the first time only, or only later on */
        set_faults(simplex, intopt, k % 3 == 2, k % 3 == 1 ? 0 : 1 << 30);
        assert_true(solve(&in, &options, &arena, &result, &err));
        struck += faults.struck;
        const char *wrong = judge(&in, &result, &truth);
        if (wrong != NULL) {
            print_message("%s %s seed %d: %s: %s %lld of %lld, bound %lld\n",
                simplex.name, intopt.name, k + 1, wrong,
                solve_state_name(result.state), (long long)result.value_e6,
                (long long)truth.value_e6, (long long)result.bound_e6);
            assert_null(wrong);
        }
        arena_release(&arena);
    }
    return struck;
}

#define FAULT(mode, code) {#code, mode, code}

static void
glpk__each_code_of_the_simplex_leaves_an_honest_plan(void **state)
{
    (void)state;
    static const struct fault codes[] = {FAULT(INSTEAD, GLP_EBADB),
        FAULT(INSTEAD, GLP_ESING), FAULT(INSTEAD, GLP_ECOND),
        FAULT(INSTEAD, GLP_EBOUND), FAULT(INSTEAD, GLP_EFAIL),
        FAULT(AFTER, GLP_EFAIL), FAULT(AFTER, GLP_ESING),
        FAULT(AFTER, GLP_EOBJLL), FAULT(AFTER, GLP_EOBJUL),
        FAULT(INSTEAD, GLP_ENOPFS),
        FAULT(INSTEAD, GLP_ENODFS), FAULT(INSTEAD, 0)};
    for (size_t c = 0; c < sizeof(codes) / sizeof(codes[0]); c++) {
        assert_true(suffer(codes[c], real, -1, unit_rounds(120)) > 0);
    }
}

/* Among them the same infeasible model in two words: GLP_ENOPFS by the
 * presolver, GLP_EROOT without an optimal basis. */
static void
glpk__each_code_of_branch_and_bound_leaves_an_honest_plan(void **state)
{
    (void)state;
    static const struct fault codes[] = {FAULT(INSTEAD, GLP_EBOUND),
        FAULT(INSTEAD, GLP_EROOT), FAULT(INSTEAD, GLP_ENOPFS),
        FAULT(INSTEAD, GLP_ENODFS), FAULT(INSTEAD, GLP_EFAIL),
        FAULT(AFTER, GLP_EFAIL), FAULT(INSTEAD, GLP_EMIPGAP),
        FAULT(AFTER, GLP_EMIPGAP), FAULT(INSTEAD, GLP_ETMLIM),
        FAULT(AFTER, GLP_ETMLIM), FAULT(AFTER, GLP_ESTOP),
        FAULT(INSTEAD, 0)};
    for (size_t c = 0; c < sizeof(codes) / sizeof(codes[0]); c++) {
        assert_true(suffer(real, codes[c], -1, unit_rounds(120)) > 0);
    }
}

/* GLPK ends the process: the plan there is what can be had without it. */
static void
glpk__an_abort_loses_nothing(void **state)
{
    (void)state;
    static const struct fault deaths[] = {{"error", ERROR, 0},
        {"assert", ASSERT, 0}, {"crash", CRASH, 0}};
    for (size_t d = 0; d < sizeof(deaths) / sizeof(deaths[0]); d++) {
        suffer(deaths[d], real, 1, unit_rounds(40));
        suffer(real, deaths[d], 2, unit_rounds(40));
    }
}

/* A death says so, and the value is that of the least plan, filled up. */
static void
glpk__an_abort_is_told(void **state)
{
    (void)state;
    int told = 0;
    for (uint64_t seed = 1; seed <= (uint64_t)unit_rounds(40); seed++) {
        struct arena arena = {0};
        struct random r = {seed};
        struct instance in;
        struct solve_result result;
        struct err err = {0};
        const struct solve_options options = {.processes = 1};
        const struct fault crash = {"crash", CRASH, 0};
        random_instance(&r, &in, 12, &arena);
        set_faults(crash, crash, 0, 1 << 30);
        assert_true(solve(&in, &options, &arena, &result, &err));
        if (result.state == SOLVE_FEASIBLE) {
            assert_non_null(strstr(result.message, "failed on a part"));
            assert_string_equal(result.method, "fill");
            told++;
        }
        arena_release(&arena);
    }
    assert_true(told > 5 || !unit_all_rounds());
}

/* Larger than the clock allows: lots, whole lines and partners on 40 x 40. */
static void
hard_instance(struct instance *in, uint64_t seed, struct arena *arena)
{
    enum { N = 40 };
    struct random r = {seed};
    memset(in, 0, sizeof(*in));
    in->needs_n = in->lines_n = in->offers_n = in->orgs_n = N;
    in->programme_budget_yen = 900;
    instance_room(in, N * N, arena);
    for (int32_t l = 0; l < N; l++) {
        in->needs[l] = (struct instance_need){50, random_in(&r, 1, 2), ""};
        in->lines[l] = (struct instance_line){l, random_in(&r, 2, 9), 100,
            random_chance(&r, 30), ""};
        in->offers[l] = (struct instance_offer){random_in(&r, 5, 20), 2,
            random_in(&r, 0, 4), l, ""};
        for (int32_t j = 0; j < N; j++) {
            int32_t p = in->pairs_n++;
            in->pair_offer[p] = j;
            in->pair_score[p] = random_in(&r, 100, 1000);
            in->pair_cost[p] = random_in(&r, 0, 9);
            in->pair_use[p] = random_in(&r, 1, 3);
        }
        in->pair_begin[l + 1] = in->pairs_n;
    }
}

/* The library's slices never end: the deadline does it. */
static const struct fault slow[] = {FAULT(INSTEAD, GLP_ETMLIM),
    FAULT(INSTEAD, GLP_EITLIM)};

static void
glpk__a_time_limit_is_a_state(void **state)
{
    (void)state;
    for (int32_t ms = 1; ms <= 64; ms *= 8) {
        for (int32_t priced = 0; priced <= 1; priced++) {
            struct arena arena = {0};
            struct instance in;
            struct solve_result result;
            struct err err = {0};
            int64_t value;
            const struct solve_options options = {.processes = 1,
                .time_limit_ms = ms, .priced_pairs = priced};
            hard_instance(&in, 7, &arena);
            set_faults(ms < 64 ? slow[ms == 8] : real, real, 0, 1 << 30);
            assert_true(solve(&in, &options, &arena, &result, &err));
            assert_int_equal(result.state, SOLVE_FEASIBLE);
            assert_string_equal(result.message,
                "stopped before the proof was complete");
            assert_true(check_plan(&in, result.units, &value, &err));
            assert_int_equal(value, result.value_e6);
            assert_true(result.bound_e6 > value);
            arena_release(&arena);
        }
    }
}

/* Nobody waits for a basis that comes round again, limit or none. */
static void
glpk__circles_come_to_an_end(void **state)
{
    (void)state;
    static const struct fault circles = FAULT(CIRCLES, GLP_EITLIM);
    const struct lp_limit never = {0};
    struct lp *lp = lp_new();
    int row = lp_add_row(lp, -INFINITY, 4);
    const double one = 1;
    lp_add_col(lp, 3, 0, 9, false, 1, &row, &one);
    set_faults(circles, real, 0, 1 << 30);
    assert_int_equal(lp_simplex(lp, true, &never), LP_TROUBLE);
    assert_true(faults.struck > 3); /* each way has its pivots */
    set_faults(circles, real, 0, 40); /* the second way leads on */
    assert_int_equal(lp_simplex(lp, true, &never), LP_OPTIMAL);
    assert_int_equal(lp_value_e6(lp), 12000000);
    lp_free(lp);
    assert_true(suffer(circles, real, -1, unit_rounds(60)) > 0 ||
        !unit_all_rounds());
}

static void
glpk__a_node_limit_leaves_a_bound(void **state)
{
    (void)state;
    const struct lp_limit never = {0};
    set_faults(real, real, 0, 0);
    model_wide last = 0;
    const int32_t most = unit_all_rounds() ? 100 : 10;
    for (int32_t nodes = 1; nodes <= most; nodes *= 10) {
        struct arena arena = {0};
        struct instance in;
        struct part_result result = {0};
        const struct part_options options = {.limit = &never,
            .node_limit = nodes};
        int64_t value;
        struct err err = {0};
        hard_instance(&in, 7, &arena);
        int32_t *least =
            arena_array(&arena, (size_t)in.pairs_n, sizeof(int32_t));
        result.units =
            arena_array(&arena, (size_t)in.pairs_n, sizeof(int32_t));
        prices_make(&result.prices, &in, NULL, &arena);
        part_solve(&in, least, &options, &result);
        assert_false(result.trouble);
        assert_true(result.method >= PART_MIP);
        assert_true(check_plan(&in, result.units, &value, &err));
        assert_true(result.total == model_total(&in, result.units));
        assert_true(result.bound > result.total); /* it was cut short */
        assert_true(nodes == 1 || result.bound <= last);
        last = result.bound;
        arena_release(&arena);
    }
}

/* The searches that a part takes; it must be settled. */
static int
searches_of(const struct instance *in, struct arena *arena)
{
    const struct lp_limit never = {0};
    const struct part_options options = {.limit = &never,
        .priced_pairs = 3000};
    struct part_result result = {0};
    int32_t *least =
        arena_array(arena, (size_t)in->pairs_n, sizeof(int32_t));
    result.units = arena_array(arena, (size_t)in->pairs_n, sizeof(int32_t));
    prices_make(&result.prices, in, NULL, arena);
    set_faults(real, real, 0, 0);
    part_solve(in, least, &options, &result);
    assert_true(part_closed(&result));
    return faults.searches;
}

/* Values so large that floating point cannot tell the last of their steps:
 * a search that ended is the proof, whatever its bound was rounded up by. */
static void
glpk__a_search_that_ended_is_not_begun_again(void **state)
{
    (void)state;
    int searches = 0;
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct arena arena = {0};
        struct random r = {seed};
        struct instance in;
        struct component_list list;
        random_instance(&r, &in, 12, &arena);
        in.pins_n = 0;
        for (int32_t p = 0; p < in.pairs_n; p++) {
            in.pair_score[p] = random_in(&r, 99999999, 299999999);
        }
        component_split(&in, false, &arena, &list);
        for (int32_t k = 0; k < list.n; k++) {
            int n = searches_of(&list.parts[k].in, &arena);
            assert_true(n <= 1);
            searches += n;
        }
        arena_release(&arena);
    }
    assert_true(searches > 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            glpk__each_code_of_the_simplex_leaves_an_honest_plan),
        cmocka_unit_test(
            glpk__each_code_of_branch_and_bound_leaves_an_honest_plan),
        cmocka_unit_test(glpk__an_abort_loses_nothing),
        cmocka_unit_test(glpk__an_abort_is_told),
        cmocka_unit_test(glpk__a_time_limit_is_a_state),
        cmocka_unit_test(glpk__circles_come_to_an_end),
        cmocka_unit_test(glpk__a_node_limit_leaves_a_bound),
        cmocka_unit_test(glpk__a_search_that_ended_is_not_begun_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
