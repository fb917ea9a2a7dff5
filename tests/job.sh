#!/bin/sh
# job.sh OUT NAME KIND SECONDS COMMAND...: runs one job of the test run with a
# time limit, no input, and a temporary directory of its own.
#   KIND tap: the command prints TAP; each of its tests counts.
#   KIND plain: the command is one test; it passes with exit code 0.
# Leaves OUT/NAME.log, OUT/NAME.count ("PASSED FAILED") and OUT/NAME.seconds
# ("WALL CPU"); prints one line, and the log when something failed.  Exits 0 in
# any case but a broken call.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
out=$1 name=$2 kind=$3 seconds=$4
shift 4
log=$out/$name.log
TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/tsunagari-$name.XXXXXX")
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT INT TERM
begin=$(date +%s)
status=0
timeout -k 10 "$seconds" "$@" > "$log" 2>&1 < /dev/null || status=$?
wall=$(($(date +%s) - begin))
# The second line of `times`: user and system time of what ran here.
times > "$TMPDIR/times"
cpu=$(awk 'NR == 2 {
        split($1 "m" $2, t, "[ms]+"); printf "%.1f", (t[1] + t[3]) * 60 + t[2] + t[4]
    }' "$TMPDIR/times")
echo "$wall $cpu" > "$out/$name.seconds"
[ $status != 124 ] || echo "stopped after $seconds s" >> "$log"

case $kind in
tap)
    awk -v status=$status -f "$here/tap.awk" "$log" > "$out/$name.count"
    sed '$d' "$out/$name.count" >> "$log"
    counts=$(tail -n 1 "$out/$name.count")
    ;;
plain)
    counts="$((status == 0)) $((status != 0))"
    ;;
*)
    echo "job.sh: no such kind \"$kind\"" >&2
    exit 2
    ;;
esac
echo "$counts" > "$out/$name.count"

passed=${counts% *} failed=${counts#* }
line="$name: $passed passed, $failed failed, $wall s"
if [ "$failed" = 0 ]; then
    echo "$line"
else
    # One write, so that jobs that run side by side do not mix their lines.
    text=$(grep -vE '^ *ok [0-9]|^ *(duration_ms|type): |^ *(---|\.\.\.)$|^ *# Subtest' \
        "$log" | tail -n 200)
    printf '%s (exit %s)\n%s\n' "$line" "$status" "$text" | sed '2,$s/^/    /'
fi
