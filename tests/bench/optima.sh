#!/bin/sh
# optima.sh: problems of others with a published optimum
# (tests/instances/README.md): ours, CPU seconds, peak KB, and how it was
# proven, as a table.  The optima themselves stand in the test that wants
# them, tests/integration/optima.test.mjs.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build} CAP=${CAP:-60}
work=$(mktemp -d "${TMPDIR:-/tmp}/bench-optima.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM
${CC:-cc} -std=c11 -D_DEFAULT_SOURCE -O2 -o "$work/cost" tests/bench/cost.c

# "CONVERTER FILE MAX OPTIMUM" of each.
published() {
    grep -oE "\['(assign|dimacs|gap)', '[^']*', [01], -?[0-9]+\]" \
        tests/integration/optima.test.mjs | tr -d "[],'"
}

# The word behind a key of result.json.
answer() {
    sed -n "s/^  \"$1\": \"\\{0,1\\}\\([^\",]*\\).*/\\1/p" \
        "$work/instance/result.json"
}

echo "== published optima"
printf '%-32s %10s %17s %9s %7s %7s %s\n' \
    problem published ours status "CPU s" KB method
published | while read -r converter file max optimum; do
    rm -rf "$work/instance"
    mkdir "$work/instance"
    awk -v dir="$work/instance" -v max="$max" \
        -f "tests/convert/$converter.awk" "tests/instances/$file"
    "$work/cost" "$work/used" "$CAP" "$BUILD/tsunagari" solve \
        "$work/instance" --quiet --time-limit "$CAP" || :
    read -r seconds kb < "$work/used"
    printf '%-32s %10s %17s %9s %7.2f %7s %s\n' "$file" "$optimum" \
        "$(answer objective)" "$(answer status)" "$seconds" "$kb" \
        "$(answer method)"
done
