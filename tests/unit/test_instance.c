/* test_instance.c: limits of an instance, and its files both ways. */
#include <stdio.h>
#include <unistd.h>

#include "tests/unit/unit.h"

#include "optimizer/instance/instance_file.h"
#include "tests/unit/random_instance.h"

/* A draw with two pins, and a floor of several lines. */
enum { BROKEN_SEED = 112 };

static void
draw(uint64_t seed, struct instance *in, struct arena *arena)
{
    struct random r = {seed};
    random_instance(&r, in, 12, arena);
}

/* One broken field of a good instance must be refused. */
static void
instance_check__names_each_breach(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct instance in;
    struct err good = {0};
    draw(BROKEN_SEED, &in, &arena);
    in.lines[0].name = "部屋";
    assert_true(instance_check(&in, &good));
    assert_true(in.pins_n > 1 && in.floors_n > 0 &&
                in.floors[0].member_end - in.floors[0].member_begin > 1);
    struct {
        int32_t *field;
        int32_t bad;
    } const breaches[] = {
        {&in.lines[0].quantity, 0},
        {&in.lines[0].quantity, INSTANCE_UNITS_MAX + 1},
        {&in.lines[0].need, in.needs_n},
        {&in.lines[0].uncovered_price, -1},
        {&in.lines[0].indivisible, 2},
        {&in.lines[0].uncovered_price, INSTANCE_SCORE_MAX + 1},
        {&in.offers[0].capacity, -1},
        {&in.offers[0].capacity, INSTANCE_UNITS_MAX + 1},
        {&in.offers[0].org, in.orgs_n},
        {&in.offers[0].max_needs, -1},
        {&in.offers[0].min_lot, -1},
        {&in.needs[0].max_partners, -1},
        {&in.pair_offer[0], -1},
        {&in.pair_offer[0], in.offers_n},
        {&in.pair_score[0], INSTANCE_SCORE_MAX + 1},
        {&in.pair_cost[0], -1},
        {&in.pair_use[0], 0},
        {&in.pair_begin[0], 1},
        {&in.pair_begin[in.lines_n], in.pairs_n - 1},
        {&in.pairs_n, in.pairs_n + 1},
        {&in.floors[0].share_ppm, INSTANCE_PPM + 1},
        {&in.floors[0].price, -1},
        {&in.floors[0].member_begin, in.floors[0].member_end + 1},
        {&in.floor_lines[0], in.lines_n},
        {&in.floor_lines[0], in.floor_lines[1]},
        {&in.pins[0].pair, in.pairs_n},
        {&in.pins[0].pair, in.pins[1].pair},
        {&in.pins[0].units, 0},
    };
    for (size_t k = 0; k < sizeof(breaches) / sizeof(*breaches); k++) {
        struct err err = {0};
        int32_t kept = *breaches[k].field;
        *breaches[k].field = breaches[k].bad;
        assert_false(instance_check(&in, &err));
        assert_int_equal(err.kind, ERR_INPUT);
        assert_true(err.text[0] != '\0');
        *breaches[k].field = kept;
    }
    in.needs[0].budget_yen = INSTANCE_NO_LIMIT - 1;
    struct err low = {0};
    assert_false(instance_check(&in, &low));
    in.needs[0].budget_yen = INSTANCE_NO_LIMIT;
    struct err err = {0};
    in.lines[0].quantity = 0;
    instance_check(&in, &err);
    assert_non_null(strstr(err.text, "quantity of line"));
    assert_non_null(strstr(err.text, "部屋"));
    arena_release(&arena);
}

static void
instance_check__refuses_values_that_cannot_be_summed(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct instance in;
    struct err err = {0};
    draw(7, &in, &arena);
    in.lines[0].quantity = INSTANCE_UNITS_MAX;
    in.lines[0].uncovered_price = 5000;
    assert_false(instance_check(&in, &err));
    assert_non_null(strstr(err.text, "add up"));
    /* to the point: all that a plan can be worth, and one more */
    memset(&in, 0, sizeof(in));
    in.programme_budget_yen = INSTANCE_NO_LIMIT;
    in.needs_n = in.lines_n = in.floors_n = 1;
    in.needs = arena_array(&arena, 1, sizeof(*in.needs));
    in.needs[0].budget_yen = INSTANCE_NO_LIMIT;
    in.lines = arena_array(&arena, 1, sizeof(*in.lines));
    in.lines[0].quantity =
        (int32_t)(INSTANCE_VALUE_MAX / INSTANCE_SCORE_MAX);
    in.lines[0].uncovered_price = INSTANCE_SCORE_MAX;
    in.pair_begin = arena_array(&arena, 2, sizeof(int32_t));
    in.floors = arena_array(&arena, 1, sizeof(*in.floors));
    in.floors[0].member_end = 1;
    in.floor_lines = arena_array(&arena, 1, sizeof(int32_t));
    assert_int_equal((int64_t)in.lines[0].quantity * INSTANCE_SCORE_MAX,
        INSTANCE_VALUE_MAX);
    err = (struct err){0};
    assert_true(instance_check(&in, &err));
    in.floors[0].price = 1;
    assert_false(instance_check(&in, &err));
    assert_non_null(strstr(err.text, "price times members"));
    in.floors[0].price = 0;
    in.lines[0].quantity++;
    err = (struct err){0};
    assert_false(instance_check(&in, &err));
    assert_non_null(strstr(err.text, "add up"));
    arena_release(&arena);
}

static void
same(const void *a, const void *b, size_t size)
{
    if (size > 0) {
        assert_memory_equal(a, b, size);
    }
}

/* Names that a CSV must quote. */
static void
name_all(struct instance *in, struct arena *arena)
{
    for (int32_t i = 0; i < in->needs_n; i++) {
        in->needs[i].name = arena_format(arena, "need, \"%d\"", i);
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        in->lines[l].name = arena_format(arena, "ﾗｲﾝ\n%d", l);
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        in->offers[j].name = arena_format(arena, " 会場 %d", j);
    }
    in->org_names =
        arena_array(arena, (size_t)in->orgs_n, sizeof(*in->org_names));
    for (int32_t o = 0; o < in->orgs_n; o++) {
        in->org_names[o] = arena_format(arena, "団体%d", o);
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        in->floors[g].name = arena_format(arena, "県央%d", g);
    }
}

static void
remove_files(const char *dir)
{
    static const char *const files[] = {"needs", "lines", "offers", "pairs",
        "params", "floors", "pins"};
    for (size_t k = 0; k < sizeof(files) / sizeof(*files); k++) {
        char path[256];
        snprintf(path, sizeof(path), "%s/%s.csv", dir, files[k]);
        unlink(path);
    }
    rmdir(dir);
}

/* All but what stands in arrays of the pairs. */
static void
same_rows(const struct instance *back, const struct instance *in)
{
    for (int32_t i = 0; i < in->needs_n; i++) {
        const struct instance_need *a = &back->needs[i], *b = &in->needs[i];
        assert_string_equal(a->name, b->name);
        assert_int_equal(a->budget_yen, b->budget_yen);
        assert_int_equal(a->max_partners, b->max_partners);
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        const struct instance_line *a = &back->lines[l], *b = &in->lines[l];
        assert_int_equal(a->need, b->need);
        assert_int_equal(a->quantity, b->quantity);
        assert_int_equal(a->uncovered_price, b->uncovered_price);
        assert_string_equal(a->name, b->name);
        assert_int_equal(a->indivisible, b->indivisible);
    }
    for (int32_t j = 0; j < in->offers_n; j++) {
        const struct instance_offer *a = &back->offers[j],
                                    *b = &in->offers[j];
        assert_string_equal(a->name, b->name);
        assert_int_equal(a->capacity, b->capacity);
        assert_int_equal(a->max_needs, b->max_needs);
        assert_int_equal(a->min_lot, b->min_lot);
        assert_string_equal(
            back->org_names[a->org], in->org_names[b->org]);
    }
}

/* Floors that have lines, in their order; their number. */
static int
same_floors(const struct instance *back, const struct instance *in)
{
    int32_t to = 0;
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *b = &in->floors[g];
        int32_t n = b->member_end - b->member_begin;
        if (n == 0) {
            continue;
        }
        assert_true(to < back->floors_n);
        const struct instance_floor *a = &back->floors[to++];
        assert_string_equal(a->name, b->name);
        assert_int_equal(a->share_ppm, b->share_ppm);
        assert_int_equal(a->tier, b->tier);
        assert_true(b->tier || a->price == b->price);
        assert_int_equal(a->member_end - a->member_begin, n);
        same(back->floor_lines + a->member_begin,
            in->floor_lines + b->member_begin,
            (size_t)n * sizeof(int32_t));
    }
    assert_int_equal(back->floors_n, to);
    return to;
}

static void
instance_file__what_is_written_is_read_back(void **state)
{
    (void)state;
    char dir[] = "/tmp/test-instance-XXXXXX";
    assert_non_null(mkdtemp(dir));
    int floors = 0, pins = 0;
    for (uint64_t seed = 1; seed <= 50; seed++) {
        struct arena arena = {0};
        struct instance in, back;
        const struct instance_params params = {1500, 250};
        struct instance_params params_back;
        struct err err = {0};
        draw(seed, &in, &arena);
        name_all(&in, &arena);
        for (int32_t g = 0; g < in.floors_n; g++) {
            in.floors[g].tier = (seed + (uint64_t)g) % 3 == 0;
        }
        assert_true(instance_write(dir, &in, &params, &err));
        assert_true(instance_read(
            dir, &arena, &back, &params_back, NULL, NULL, &err));
        assert_int_equal(params_back.time_limit_ms, 1500);
        assert_int_equal(params_back.gap_ppm, 250);
        assert_int_equal(back.needs_n, in.needs_n);
        assert_int_equal(back.pairs_n, in.pairs_n);
        assert_int_equal(back.pins_n, in.pins_n);
        assert_int_equal(
            back.programme_budget_yen, in.programme_budget_yen);
        size_t n = (size_t)in.pairs_n * sizeof(int32_t);
        same(back.pair_begin, in.pair_begin,
            ((size_t)in.lines_n + 1) * sizeof(int32_t));
        same(back.pair_offer, in.pair_offer, n);
        same(back.pair_score, in.pair_score, n);
        same(back.pair_cost, in.pair_cost, n);
        same(back.pair_use, in.pair_use, n);
        same(back.pins, in.pins, (size_t)in.pins_n * sizeof(*in.pins));
        same_rows(&back, &in);
        floors += same_floors(&back, &in);
        pins += back.pins_n;
        arena_release(&arena);
    }
    assert_true(floors > 10 && pins > 5);
    remove_files(dir);
}

/* pairs.csv again with its rows in an order drawn by lot. */
static void
shuffle_pairs(const char *dir, const struct instance *in, struct random *r)
{
    char path[64];
    snprintf(path, sizeof(path), "%s/pairs.csv", dir);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("use,line,offer,score,cost_yen\n", file);
    int32_t *order = xmalloc((size_t)in->pairs_n * sizeof(*order));
    for (int32_t k = 0; k < in->pairs_n; k++) {
        int32_t other = random_in(r, 0, k);
        order[k] = order[other];
        order[other] = k;
    }
    for (int32_t k = 0; k < in->pairs_n; k++) {
        int32_t p = order[k];
        fprintf(file, "%d,%d,%d,%d,%d\n", in->pair_use[p],
            instance_pair_line(in, p), in->pair_offer[p],
            in->pair_score[p], in->pair_cost[p]);
    }
    free(order);
    assert_int_equal(fclose(file), 0);
}

static void
instance_file__rows_of_pairs_come_in_any_order(void **state)
{
    (void)state;
    char dir[] = "/tmp/test-instance-XXXXXX";
    assert_non_null(mkdtemp(dir));
    struct random r = {3};
    for (uint64_t seed = 1; seed <= 30; seed++) {
        struct arena arena = {0};
        struct instance in, back;
        struct instance_params params = {0};
        struct err err = {0};
        draw(seed, &in, &arena);
        in.floors_n = 0;
        assert_true(instance_write(dir, &in, &params, &err));
        shuffle_pairs(dir, &in, &r);
        assert_true(
            instance_read(dir, &arena, &back, &params, NULL, NULL, &err));
        size_t n = (size_t)in.pairs_n * sizeof(int32_t);
        assert_int_equal(back.pairs_n, in.pairs_n);
        same(back.pair_begin, in.pair_begin,
            ((size_t)in.lines_n + 1) * sizeof(int32_t));
        same(back.pair_offer, in.pair_offer, n);
        same(back.pair_score, in.pair_score, n);
        same(back.pair_cost, in.pair_cost, n);
        same(back.pair_use, in.pair_use, n);
        arena_release(&arena);
    }
    remove_files(dir);
}

/* The limit of what people import does not hold for instances: the end of
 * a file beyond it is reached, and named. */
static void
instance_file__a_file_of_half_a_gigabyte_is_read_as_a_stream(void **state)
{
    (void)state;
    char dir[] = "/tmp/test-instance-XXXXXX", path[64];
    assert_non_null(mkdtemp(dir));
    struct arena arena = {0};
    struct instance in;
    struct instance_params params = {0};
    struct err err = {0};
    draw(7, &in, &arena);
    assert_true(instance_write(dir, &in, &params, &err));
    snprintf(path, sizeof(path), "%s/pairs.csv", dir);
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    fputs("0,nobody,1,,\n", file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(truncate(path, 512L * 1024 * 1024), 0); /* NUL bytes */
    assert_false(
        instance_read(dir, &arena, &in, &params, NULL, NULL, &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.text, "offer: not in offers.csv: \"nobody\""));
    arena_release(&arena);
    remove_files(dir);
}

static void
instance_decimal__takes_six_digits_and_no_more(void **state)
{
    (void)state;
    int64_t e6 = -1;
    assert_true(instance_decimal("0.000001", 1000000, &e6));
    assert_int_equal(e6, 1);
    assert_true(instance_decimal("1", 1000000, &e6));
    assert_int_equal(e6, 1000000);
    assert_true(instance_decimal("0.5", 1000000, &e6));
    assert_int_equal(e6, 500000);
    static const char *const bad[] = {"", ".", ".5", "1.", "1.0000001",
        "1.1", "-0", "+1", "1e0", " 1", "0.5 ", "0..5", "0,5",
        "99999999999999999999"};
    for (size_t k = 0; k < sizeof(bad) / sizeof(*bad); k++) {
        assert_false(instance_decimal(bad[k], 1000000, &e6));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(instance_check__names_each_breach),
        cmocka_unit_test(instance_check__refuses_values_that_cannot_be_summed),
        cmocka_unit_test(instance_file__what_is_written_is_read_back),
        cmocka_unit_test(instance_file__rows_of_pairs_come_in_any_order),
        cmocka_unit_test(
            instance_file__a_file_of_half_a_gigabyte_is_read_as_a_stream),
        cmocka_unit_test(instance_decimal__takes_six_digits_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
