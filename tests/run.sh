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
# What watches no clock at all, long ones first.
quiet() {
    echo layers plain 300 sh tests/layers.sh
    echo self tap 300 sh tests/self.sh
    units | while read -r name path; do
        echo "valgrind-$name" plain 1200 sh tests/valgrind.sh "$BUILD/$path"
    done
    units | while read -r name path; do
        echo "san-$name" tap 1200 "$BUILD/san/$path"
    done
    for test in tests/fuzz/corpus/*; do
        name=$(basename "$test")
        echo "fuzz-$name" tap 600 "$BUILD/san/fuzz/$name" "$test"
    done
    units | while read -r name path; do
        echo "unit-$name" tap 600 "$BUILD/$path"
    done
}

units() {
    for test in tests/unit/test_*.c tests/unit/module/test_*.c; do
        path=${test#tests/} path=${path%.c}
        echo "$(basename "$path") $path"
    done
}

# What waits for servers, and gives up after many seconds only.
patient() {
    for test in tests/integration/*.test.mjs; do
        name=$(basename "$test" .test.mjs)
        timed "$name" || echo "$name" tap 600 node --test-reporter=tap "$test"
    done
}

# What watches a clock closely, and the browser.
one_by_one() {
    for test in tests/integration/*.test.mjs; do
        name=$(basename "$test" .test.mjs)
        ! timed "$name" || echo "$name" tap 600 node --test-reporter=tap "$test"
    done
    for test in tests/browser/*.test.mjs; do
        echo "browser-$(basename "$test" .test.mjs)" tap 600 \
            node --test-reporter=tap "$test"
    done
}

timed() {
    case $1 in *swap* | *load*) return 0 ;; *) return 1 ;; esac
}

every_job() {
    { quiet; patient; one_by_one; } | grep -E "^[^ ]*($ONLY)"
}

# Two jobs of one name would count as one.
twice=$(every_job | cut -d ' ' -f 1 | sort | uniq -d)
[ -z "$twice" ] || { echo "two jobs are named $twice" >&2; exit 1; }

# NUMBER [COMMAND...]: so many at a time, each by way of the command.
run_jobs() {
    number=$1
    shift
    grep -E "^[^ ]*($ONLY)" |
        xargs -r -P "$number" -L 1 "$@" sh tests/job.sh "$out" || :
}

# COMMAND...: gives way to the jobs that watch a clock, while there are any (a
# file says so); later it does not, for the machine may have other work.
give_way='[ ! -e "$0" ] || exec nice -n 10 "$@"; exec "$@"'

# Those that watch a clock run one by one, then the patient ones; the quiet
# ones take what they leave of the processors.  The two lanes are a pipeline
# without data, since that is what Ctrl-C ends whole.
exec 3>&1
: > "$out/clock"
{
    one_by_one | run_jobs 1
    rm "$out/clock"
    patient | run_jobs "$JOBS"
} >&3 | quiet | run_jobs "$JOBS" sh -c "$give_way" "$out/clock"

# A job that left no count did not run: that is a failure, too.
every_job | while read -r name rest; do
    [ -s "$out/$name.count" ] || {
        echo "$name: did not run" >&2
        echo "0 1" > "$out/$name.count"
    }
done

echo "the slowest (seconds, of a processor):"
for file in "$out"/*.seconds; do
    read -r wall cpu < "$file"
    echo "  $wall s, $cpu s: $(basename "$file" .seconds)"
done | sort -k 3,3nr | head -n 10

cat "$out"/*.count | awk '
    { passed += $1; failed += $2 }
    END {
        printf "%d passed, %d failed\n", passed, failed
        exit !(passed > 0 && failed == 0)
    }'
