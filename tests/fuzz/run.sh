#!/bin/sh
# run.sh: `make fuzz T=60`: each target of tests/fuzz/ with libFuzzer for
# its share of T seconds, from its corpus.  What it finds is kept as
# BUILD/fuzz/NAME-crash-...; to keep it found, copy it to corpus/NAME/ under a
# name that says its flaw.
#   BUILD=DIR    where the targets are (build/fuzz)    ONLY=NAME  one target
set -eu
cd "$(dirname "$0")/../.."
T=${T:-60}
BUILD=${BUILD:-build}
targets=${ONLY:-$(ls tests/fuzz/corpus)}
# shellcheck disable=SC2086
set -- $targets
seconds=$((T / $# > 0 ? T / $# : 1))
failed=0
for name in "$@"; do
    new=$BUILD/fuzz/new/$name
    mkdir -p "$new"
    echo "fuzz: $name, $seconds s"
    "$BUILD/fuzz/$name" -max_total_time="$seconds" -timeout=10 \
        -rss_limit_mb=2048 -max_len=4096 -use_value_profile=1 \
        -artifact_prefix="$BUILD/fuzz/$name-" -print_final_stats=0 \
        "$new" "tests/fuzz/corpus/$name" > "$BUILD/fuzz/$name.log" 2>&1 || {
        failed=$((failed + 1))
        grep -E 'broken|ERROR|SUMMARY|Test unit|runtime error' \
            "$BUILD/fuzz/$name.log" >&2 || tail -n 20 "$BUILD/fuzz/$name.log" >&2
        continue
    }
    grep -E '^Done|^#[0-9]+.DONE' "$BUILD/fuzz/$name.log"
done
echo "fuzz: $# targets, $failed failed"
[ $failed = 0 ]
