/* test_publish.c: optimizer/publish/publish.c: the file in its place, or the old one.
 */
#include "tests/unit/snapshot_unit.h"
#include "tests/unit/tmp_store.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "optimizer/publish/publish.h"

struct night {
    struct tmp_store tmp;
    struct store *reader;
    char target[128];
};

static void
night_make(struct night *night)
{
    tmp_store_make(&night->tmp);
    struct err err = {0};
    night->reader = store_open(night->tmp.path, STORE_READ, "unit", &err);
    assert_non_null(night->reader);
    snprintf(
        night->target, sizeof(night->target), "%s/public.snap", night->tmp.dir);
    struct store *store = night->tmp.store;
    unit_sql(store,
        "INSERT INTO organisations (id, key, origin, name, publish,"
        " created_at, updated_at) VALUES (1, 'o', 'example', '団体', 1, 'x',"
        " 'x')");
    unit_offer(store, 1, 1, "venue", 1);
    unit_offer(store, 2, 1, "venue", 1);
    unit_publish_all(store);
}

static void
night_end(struct night *night)
{
    store_close(night->reader);
    tmp_store_remove(&night->tmp);
}

static bool
publish_for(struct night *night, uint32_t audience, int64_t run,
    const char *action, bool dry, struct err *err)
{
    struct publish_order order = {.run_id = run,
        .audience = audience,
        .path = night->target,
        .action = action,
        .dry_run = dry};
    struct snapshot_counts counts;
    *err = (struct err){0};
    return publish(night->reader, night->tmp.store, &order, &counts, err);
}

static bool
do_publish(struct night *night, int64_t run, const char *action, bool dry,
    struct err *err)
{
    return publish_for(
        night, SNAP_AUDIENCE_PUBLIC, run, action, dry, err);
}

static uint32_t
served_run(struct night *night)
{
    struct snapshot_map map;
    struct err err = {0};
    assert_true(snapshot_map_open(&map, night->target, &err));
    assert_true(snapshot_map_check(&map, night->target, &err));
    uint32_t run = map.snap.header->run_id;
    snapshot_map_close(&map);
    return run;
}

static int
files_in(const char *path)
{
    DIR *dir = opendir(path);
    int n = 0;
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        n += strstr(entry->d_name, ".snap") != NULL;
    }
    closedir(dir);
    return n;
}

static void
publish__without_a_plan_the_old_file_stays(void **state)
{
    (void)state;
    struct night night;
    struct err err;
    night_make(&night);
    assert_false(do_publish(&night, 0, "publish", false, &err));
    assert_int_equal(err.kind, ERR_NO_PLAN);
    assert_int_equal(files_in(night.tmp.dir), 0);
    unit_run(night.tmp.store, 1, UNIT_DATE, "optimal");
    assert_true(do_publish(&night, 0, "publish", false, &err));
    unit_run(night.tmp.store, 2, UNIT_DATE, "infeasible");
    unit_run(night.tmp.store, 3, UNIT_DATE, "failed");
    assert_false(do_publish(&night, 3, "publish", false, &err));
    assert_int_equal(err.kind, ERR_NO_PLAN);
    assert_int_equal(served_run(&night), 1);
    /* The latest one that can be published is taken. */
    assert_true(do_publish(&night, 0, "publish", false, &err));
    assert_int_equal(served_run(&night), 1);
    assert_int_equal(files_in(night.tmp.dir), 1);
    night_end(&night);
}

static void
publish__is_recorded_with_its_audit(void **state)
{
    (void)state;
    struct night night;
    struct err err;
    night_make(&night);
    unit_run(night.tmp.store, 1, UNIT_DATE, "feasible");
    assert_true(do_publish(&night, 1, "publish", false, &err));
    struct snapshot_map map;
    assert_true(snapshot_map_open(&map, night.target, &err));
    assert_int_equal(tmp_store_int(&night.tmp,
                         "SELECT crc FROM publications WHERE run_id = 1"
                         " AND audience = 'public' AND actor = 'unit'"),
        map.snap.header->crc32);
    snapshot_map_close(&map);
    assert_int_equal(
        tmp_store_int(&night.tmp,
            "SELECT count(*) FROM audit WHERE action = 'publish'"
            " AND subject = 'runs/1' AND detail ->> 'resources' = 2"),
        1);
    night_end(&night);
}

static void
publish__dry_run_leaves_nothing(void **state)
{
    (void)state;
    struct night night;
    struct err err;
    night_make(&night);
    unit_run(night.tmp.store, 1, UNIT_DATE, "optimal");
    assert_true(do_publish(&night, 0, "publish", true, &err));
    assert_int_equal(files_in(night.tmp.dir), 0);
    assert_int_equal(
        tmp_store_int(&night.tmp, "SELECT count(*) FROM publications"), 0);
    night_end(&night);
}

static void
publish__a_target_that_cannot_be_written_changes_nothing(void **state)
{
    (void)state;
    struct night night;
    struct err err;
    night_make(&night);
    unit_run(night.tmp.store, 1, UNIT_DATE, "optimal");
    char kept[sizeof(night.target)];
    strcpy(kept, night.target);
    snprintf(night.target, sizeof(night.target), "%s/no/x.snap", night.tmp.dir);
    assert_false(do_publish(&night, 0, "publish", false, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_non_null(strstr(err.text, "/no/x.snap"));
    /* What is no file stays: as root this could be /dev/null. */
    strcpy(night.target, kept);
    assert_int_equal(mkfifo(night.target, 0600), 0);
    assert_false(do_publish(&night, 0, "publish", false, &err));
    struct stat st;
    assert_int_equal(stat(night.target, &st), 0);
    assert_true(S_ISFIFO(st.st_mode));
    assert_int_equal(unlink(night.target), 0);
    /* Nor is a directory in the way replaced. */
    assert_int_equal(mkdir(night.target, 0755), 0);
    assert_false(do_publish(&night, 0, "publish", false, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_int_equal(
        tmp_store_int(&night.tmp, "SELECT count(*) FROM publications"), 0);
    assert_int_equal(files_in(night.tmp.dir), 1);
    assert_int_equal(rmdir(night.target), 0);
    night_end(&night);
}

/* The two locations of a site, one of them typed for the other: what is for
 * members alone must not come to stand where everybody reads. */
static void
publish__never_replaces_what_is_for_the_other_audience(void **state)
{
    (void)state;
    struct night night;
    struct err err;
    night_make(&night);
    unit_run(night.tmp.store, 1, UNIT_DATE, "optimal");
    unit_run(night.tmp.store, 2, UNIT_DATE, "optimal");
    for (uint32_t here = 0; here < 2; here++) {
        uint32_t other = 1 - here;
        assert_true(publish_for(&night, here, 1, "publish", false, &err));
        for (int64_t run = 0; run <= 2; run += 2) {
            assert_false(
                publish_for(&night, other, run, "publish", false, &err));
            assert_int_equal(err.kind, ERR_USAGE);
            assert_non_null(strstr(err.text, "public"));
            assert_non_null(strstr(err.text, "members"));
            assert_non_null(strstr(err.text, "name another file"));
            assert_non_null(strstr(err.text, night.target));
        }
        assert_false(publish_for(&night, other, 0, "publish", true, &err));
        assert_false(publish_for(&night, other, 2, "rollback", false, &err));
        assert_non_null(strstr(err.text, "rollback: "));
        assert_int_equal(served_run(&night), 1);
        /* Nor when it is cut off, or of another version. */
        assert_int_equal(truncate(night.target, 64), 0);
        assert_false(publish_for(&night, other, 0, "publish", false, &err));
        assert_int_equal(err.kind, ERR_USAGE);
        assert_true(publish_for(&night, here, 0, "publish", false, &err));
        assert_int_equal(served_run(&night), 2);
        assert_int_equal(files_in(night.tmp.dir), 1);
        assert_int_equal(unlink(night.target), 0);
    }
    assert_int_equal(
        tmp_store_int(&night.tmp, "SELECT count(*) FROM publications"), 4);
    night_end(&night);
}

static void
publish__a_full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    struct night night;
    struct err err;
    night_make(&night);
    unit_run(night.tmp.store, 1, UNIT_DATE, "optimal");
    assert_true(do_publish(&night, 0, "publish", false, &err));
    unit_run(night.tmp.store, 2, UNIT_DATE, "optimal");
    struct rlimit old, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = old;
    signal(SIGXFSZ, SIG_IGN);
    static const rlim_t sizes[] = {100, 4096, 65536};
    for (size_t i = 0; i < 3; i++) {
        small.rlim_cur = sizes[i];
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
        bool done = do_publish(&night, 0, "publish", false, &err);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
        assert_false(done);
        assert_int_equal(err.kind, ERR_SYSTEM);
        assert_non_null(strstr(err.text, "snapshot: cannot write: File too"));
        assert_int_equal(served_run(&night), 1);
        assert_int_equal(files_in(night.tmp.dir), 1);
    }
    assert_true(do_publish(&night, 0, "publish", false, &err));
    assert_int_equal(served_run(&night), 2);
    night_end(&night);
}

static void
publish__removes_what_a_killed_one_left_and_nothing_else(void **state)
{
    (void)state;
    struct night night;
    struct err err;
    night_make(&night);
    unit_run(night.tmp.store, 1, UNIT_DATE, "optimal");
    static const struct {
        const char *name;
        bool stays;
    } files[] = {{"public.snap.999999999.tmp", false},
        {"public.snap.1.tmp", true}, {"public.snap.old.tmp", true},
        {"public.snap.999999999.tmp2", true},
        {"members.snap.999999999.tmp", true}};
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        tmp_store_file(&night.tmp, files[i].name, "x", 1);
    }
    assert_true(do_publish(&night, 0, "publish", false, &err));
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        char path[160];
        snprintf(path, sizeof(path), "%s/%s", night.tmp.dir, files[i].name);
        assert_int_equal(access(path, F_OK) == 0, files[i].stays);
    }
    night_end(&night);
}

static void
rollback__shows_the_earlier_plan_with_what_is_published_today(void **state)
{
    (void)state;
    struct night night;
    struct err err;
    night_make(&night);
    unit_run(night.tmp.store, 1, "2026-11-20", "optimal");
    unit_exposure(night.tmp.store, 1, "142166", 2, 3, 100);
    unit_run(night.tmp.store, 2, UNIT_DATE, "optimal");
    assert_true(do_publish(&night, 0, "publish", false, &err));
    assert_int_equal(served_run(&night), 2);
    assert_true(do_publish(&night, 1, "rollback", false, &err));
    struct snapshot_map map;
    assert_true(snapshot_map_open(&map, night.target, &err));
    assert_int_equal(map.snap.header->run_id, 1);
    assert_int_equal(map.snap.header->plan_date, 20261120);
    assert_string_equal(unit_ranks(&map.snap, SNAP_RESOURCES), "2 1");
    snapshot_map_close(&map);
    unit_sql(night.tmp.store, "UPDATE entries SET publish = 0 WHERE id = 2");
    assert_true(do_publish(&night, 1, "rollback", false, &err));
    assert_true(snapshot_map_open(&map, night.target, &err));
    assert_string_equal(unit_ranks(&map.snap, SNAP_RESOURCES), "1");
    snapshot_map_close(&map);
    assert_int_equal(
        tmp_store_int(
            &night.tmp, "SELECT count(*) FROM audit WHERE action = 'rollback'"),
        2);
    night_end(&night);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(publish__without_a_plan_the_old_file_stays),
        cmocka_unit_test(publish__is_recorded_with_its_audit),
        cmocka_unit_test(publish__dry_run_leaves_nothing),
        cmocka_unit_test(
            publish__a_target_that_cannot_be_written_changes_nothing),
        cmocka_unit_test(
            publish__never_replaces_what_is_for_the_other_audience),
        cmocka_unit_test(
            publish__removes_what_a_killed_one_left_and_nothing_else),
        cmocka_unit_test(publish__a_full_disk_leaves_the_old_file),
        cmocka_unit_test(
            rollback__shows_the_earlier_plan_with_what_is_published_today),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
