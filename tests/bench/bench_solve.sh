#!/bin/sh
# bench_solve.sh: `make bench-solve`: seeded instances through our solver and
# through whole-model peers in the same run, with a time cap each.
#   SIZES="50 500 1000 5000"  needs, and as many offers    SEED=1
#   CAP=60                    seconds for each peer and for the full model
# Peers that are at hand are used: glpsol (glpk-utils), cbc (coinor-cbc).
# The relaxation must agree with every peer that finishes, to 1e-7.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build} SIZES=${SIZES:-50 500 1000 5000} CAP=${CAP:-60}
SEED=${SEED:-1}
work=$(mktemp -d "${TMPDIR:-/tmp}/bench-solve.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM

objects=$(ls optimizer/*/*.c schema/*.c | grep -v '/main\.c$' |
    sed "s|^|$BUILD/|; s|c\$|o|")
for tool in generate relax write_lp; do
    ${CC:-cc} -std=c11 -D_DEFAULT_SOURCE -O2 -I. -Ischema \
        -o "$work/$tool" "tests/bench/$tool.c" $objects \
        "$BUILD/embed_files.o" -lglpk -lsqlite3 -lutf8proc -lm
done

# seconds and peak KB of a command go to $work/used
timed() {
    rm -f "$work/used"
    /usr/bin/env bash -c 'TIMEFORMAT="%U %S"; time timeout '"$CAP"' "$@"' - \
        "$@" 2> "$work/used" > "$work/said" || return 1
}

cpu() {
    tail -n 1 "$work/used" | awk '{ printf "%.2f", $1 + $2 }'
}

# NAME VALUE OURS: does the peer agree?
agree() {
    awk -v name="$1" -v a="$2" -v b="$3" 'BEGIN {
        d = (a - b) / (b < 0 ? -b : b ? b : 1)
        if (d > 1e-7 || d < -1e-7) {
            print name " says " a ", ours says " b; exit 1
        }
    }'
}

glpk() { # LP-FILE: value
    timed glpsol --lp "$1" --nomip -w "$work/sol" || return 1
    awk '$1 == "s" { print $NF }' "$work/sol"
}

cbc_lp() {
    timed cbc "$1" -solve -quit || return 1
    awk '/Optimal objective|objective value/ { v = $0 } END {
        sub(/.*(objective|value) */, "", v); sub(/ .*/, "", v); print v
    }' "$work/said"
}

echo "== relaxation: CPU seconds to the proven optimum; KB; pairs"
for n in $SIZES; do
    dir=$work/$n-lp
    "$work/generate" "$n" "$SEED" lp "$dir" > /dev/null
    "$work/relax" "$dir" > "$work/ours"
    read -r value seconds kb pairs < "$work/ours"
    line="$n x $n, $pairs pairs: ours $seconds s, $kb KB, $value"
    "$work/write_lp" "$dir" lp > "$work/model.lp"
    base=$(awk '{ print $3; exit }' "$work/model.lp")
    for peer in glpsol cbc; do
        command -v $peer > /dev/null || continue
        run=glpk
        [ $peer = glpsol ] || run=cbc_lp
        if found=$($run "$work/model.lp") && [ -n "$found" ]; then
            total=$(awk -v a="$found" -v b="$base" \
                'BEGIN { if (a < 0) a = -a; printf "%.6f", a + b }')
            agree "$peer" "$total" "$value"
            used=$(cpu)
            line="$line; $peer $used s ($(awk -v a="$used" -v b="$seconds" \
                'BEGIN { printf "%.0f", a / (b > 0.001 ? b : 0.001) }')x)"
        else
            line="$line; $peer not done in $CAP s"
        fi
    done
    echo "$line"
done

echo "== full model with integers, $CAP s: value, gap"
for n in $SIZES; do
    dir=$work/$n-full
    "$work/generate" "$n" "$SEED" full "$dir" > /dev/null
    echo "$n x $n: $("$BUILD/tsunagari" solve "$dir" --time-limit "$CAP")"
done
for n in $SIZES; do
    echo "$n x $n (linear rows only): $("$BUILD/tsunagari" solve \
        "$work/$n-lp" --time-limit "$CAP")"
done
