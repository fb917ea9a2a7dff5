#!/bin/sh
# run.sh: `make test`: packages, builds, layers, and every test there is, in a
# few minutes.  Its last line is "N passed, N failed"; it exits with 0 only if
# something passed and nothing failed.
#   BUILD=DIR      where to build (build)
#   JOBS=N         builds and jobs at the same time (the number of processors)
#   ONLY=PATTERN   only the jobs whose name matches this regular expression
set -eu
cd "$(dirname "$0")/.."
top=$(pwd)
BUILD=${BUILD:-build}
JOBS=${JOBS:-$(getconf _NPROCESSORS_ONLN)}
ONLY=${ONLY:-.}
case $BUILD in /*) ;; *) BUILD=$top/$BUILD ;; esac
export BUILD
out=$BUILD/test
LC_ALL=C.UTF-8 TZ=UTC
export LC_ALL TZ
unset TSUNAGARI_STORE TSUNAGARI_ACTOR MAKEFLAGS MFLAGS MAKELEVEL PORT || :
export CMOCKA_MESSAGE_OUTPUT=TAP
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0
export UBSAN_OPTIONS=print_stacktrace=1

sh tests/deps.sh build test
make -s -j"$JOBS" BUILD="$BUILD" all unit
make -s -j"$JOBS" BUILD="$BUILD/san" SAN=1 tsunagari unit
rm -rf "$out"
mkdir -p "$out"

# One job per line: NAME KIND SECONDS COMMAND...; the words hold no spaces.
# The first list runs side by side, the second one by one: it watches a clock.
side_by_side() {
    echo layers plain 60 sh tests/layers.sh
    echo self tap 60 sh tests/self.sh
    for test in tests/unit/test_*.c tests/unit/module/test_*.c; do
        path=${test#tests/} path=${path%.c}
        name=$(basename "$path")
        echo "unit-$name" tap 300 "$BUILD/$path"
        echo "san-$name" tap 600 "$BUILD/san/$path"
        echo "valgrind-$name" plain 600 sh tests/valgrind.sh "$BUILD/$path"
    done
    for test in tests/fuzz/corpus/*; do
        name=$(basename "$test")
        echo "fuzz-$name" tap 300 "$BUILD/san/fuzz/$name" "$test"
    done
    for test in tests/integration/*.test.mjs; do
        name=$(basename "$test" .test.mjs)
        timed "$name" || echo "$name" tap 600 node --test-reporter=tap "$test"
    done
}

one_by_one() {
    for test in tests/integration/*.test.mjs; do
        name=$(basename "$test" .test.mjs)
        ! timed "$name" || echo "$name" tap 600 node --test-reporter=tap "$test"
    done
    for test in tests/browser/*.test.mjs; do
        echo "$(basename "$test" .test.mjs)" tap 600 \
            node --test-reporter=tap "$test"
    done
}

timed() {
    case $1 in *swap* | *load*) return 0 ;; *) return 1 ;; esac
}

run_jobs() {
    grep -E "^[^ ]*($ONLY)" | xargs -r -P "$1" -L 1 sh tests/job.sh "$out"
}

side_by_side | run_jobs "$JOBS" || :
one_by_one | run_jobs 1 || :

# A job that left no count did not run: that is a failure, too.
{ side_by_side; one_by_one; } | grep -E "^[^ ]*($ONLY)" |
    while read -r name rest; do
        [ -s "$out/$name.count" ] || {
            echo "$name: did not run" >&2
            echo "0 1" > "$out/$name.count"
        }
    done

cat "$out"/*.count | awk '
    { passed += $1; failed += $2 }
    END {
        printf "%d passed, %d failed\n", passed, failed
        exit !(passed > 0 && failed == 0)
    }'
