#!/bin/sh
# bench_solve.sh: `make bench-solve`: seeded instances through our solver and
# through whole-model peers in the same run, with a cap of CPU time each.
#   SIZES="50 500 1000 2000 5000"  needs, and as many offers  SEED=1
#   SEEDS="1 2 ..."  of the full model, whose mean gap is told; else SEED
#   CAP=60    CPU seconds for each peer, and the limit of the full model
#   HIGHS_CAP=300   those of HiGHS, if not CAP: enough to see 100 times ours
#                   at 5,000, with PARTS=relaxation SIZES=5000 CAP=1
#   FULL=1    also 50,000 needs and offers all over Japan (ours only)
#   PARTS="relaxation transport integers optima"    what to run
# Peers that are at hand are used (`sh tests/deps.sh bench` installs them):
# glpsol, cbc (CLP), HiGHS (npm, WebAssembly), LEMON's network simplex.
# Optima must agree with every peer that finishes, to 1e-7.  Seconds are CPU
# time without reading the model; KB are the peak of the process.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build} SIZES=${SIZES:-50 500 1000 2000 5000} CAP=${CAP:-60}
HIGHS_CAP=${HIGHS_CAP:-$CAP} SEED=${SEED:-1} FULL=${FULL:-0}
SEEDS=${SEEDS:-$SEED}
PARTS=${PARTS:-relaxation transport integers optima}
work=$(mktemp -d "${TMPDIR:-/tmp}/bench-solve.XXXXXX")
trap 'rm -rf "$work"' EXIT INT TERM

tools=$BUILD/bench
${CC:-cc} -std=c11 -D_DEFAULT_SOURCE -O2 -o "$work/cost" tests/bench/cost.c
${CXX:-c++} -O2 -w -o "$work/lemon" tests/bench/lemon.cc 2> /dev/null ||
    echo "LEMON is not at hand (liblemon-dev)"

wanted() {
    case " $PARTS " in *" $1 "*) ;; *) return 1 ;; esac
}

has() {
    case $1 in
    highs) [ -d tests/bench/node_modules/highs ] ;;
    *) command -v "$1" > /dev/null ;;
    esac
}

# SECONDS COMMAND...: what it says to $work/said, "SECONDS KB" to $work/used.
timed_within() {
    "$work/cost" "$work/used" "$@" > "$work/said" 2> /dev/null
}

timed() {
    timed_within "$CAP" "$@"
}

# seconds_of PEER LP-FILE: prints "VALUE SECONDS KB", or fails.
solve_glpsol() {
    timed glpsol --lp "$1" --check || return 1
    read -r reading kb < "$work/used"
    timed glpsol --lp "$1" --nomip -w "$work/sol" || return 1
    value=$(awk '$1 == "s" { print $NF }' "$work/sol")
}

solve_cbc() {
    timed cbc "$1" -quit || return 1
    read -r reading kb < "$work/used"
    timed cbc "$1" -solve -quit || return 1
    value=$(awk '/Optimal objective|objective value/ { v = $0 } END {
        sub(/.*(objective|value) */, "", v); sub(/ .*/, "", v); print v
    }' "$work/said")
}

solve_highs() {
    timed_within "$HIGHS_CAP" \
        node tests/bench/highs_lp.mjs "$1" "$HIGHS_CAP" || return 1
    reading=$(awk 'NR == FNR { own = $2; next } { print $1 - own }' \
        "$work/said" "$work/used")
    value=$(awk '{ print $1 }' "$work/said")
}

# PEER VALUE OURS: does the peer agree?
agree() {
    awk -v name="$1" -v a="$2" -v b="$3" 'BEGIN {
        d = (a - b) / (b < 0 ? -b : b ? b : 1)
        if (d > 1e-7 || d < -1e-7) {
            print name " says " a ", ours says " b; exit 1
        }
    }'
}

# PEER SECONDS OURS-SECONDS KB OURS-KB
against() {
    awk -v name="$1" -v a="$2" -v b="$3" -v m="$4" -v n="$5" 'BEGIN {
        printf "    %s %.2f s (%.0f times ours), %d KB (%.1f times)\n",
            name, a, a / (b > 0.001 ? b : 0.001), m, m / n
    }'
}

relaxation() {
    echo "== relaxation: CPU seconds to the proven optimum"
    for n in $SIZES; do
        dir=$work/lp-$n
        "$tools/generate" "$n" "$SEED" lp "$dir" > /dev/null
        "$tools/relax" "$dir" > "$work/ours"
        read -r ours seconds kb_ours pairs gap < "$work/ours"
        echo "$n $pairs $seconds $kb_ours" >> "$work/growth"
        echo "$n x $n, $pairs pairs: ours $seconds s, $kb_ours KB, $ours," \
            "gap $gap"
        "$tools/write_lp" "$dir" lp > "$work/model.lp"
        base=$(awk '{ print $3; exit }' "$work/model.lp")
        for peer in glpsol cbc highs; do
            has $peer || continue
            if solve_$peer "$work/model.lp" && [ -n "$value" ]; then
                read -r all kb < "$work/used"
                agree $peer "$(awk -v a="$value" -v b="$base" \
                    'BEGIN { printf "%.6f", (a < 0 ? -a : a) + b }')" "$ours"
                against $peer "$(awk -v a="$all" -v b="$reading" \
                    'BEGIN { print a - b }')" "$seconds" "$kb" "$kb_ours"
            else
                case $peer in highs) cap=$HIGHS_CAP ;; *) cap=$CAP ;; esac
                awk -v name=$peer -v a="$cap" -v b="$seconds" 'BEGIN {
                    printf "    %s: not done in %d s (%.0f times ours)\n",
                        name, a, a / (b > 0.001 ? b : 0.001)
                }'
            fi
        done
        rm -f "$work/model.lp"
    done
}

nation() {
    dir=$work/nation
    echo "== relaxation, 50,000 needs and offers in all municipalities"
    "$tools/generate" 50000 "$SEED" nation "$dir"
    "$tools/relax" "$dir" > "$work/ours"
    read -r ours seconds kb_ours pairs gap < "$work/ours"
    echo "50000 $pairs $seconds $kb_ours" >> "$work/growth"
    echo "ours $seconds s, $kb_ours KB, $ours, gap $gap"
    rm -rf "$dir"
}

growth() {
    echo "== growth: microseconds and bytes per pair"
    awk '{ printf "%6d x %-6d %9d pairs %7.2f s %6.2f us %7.1f MB" \
        " %6.1f bytes", $1, $1, $2, $3, $3 * 1e6 / $2, $4 / 1024,
        $4 * 1024 / $2
        if (NR > 1) printf ", %5.1f for each more",
            ($4 - kb) * 1024 / ($2 - pairs)
        print ""
        pairs = $2; kb = $4 }' "$work/growth"
}

transport() {
    [ -x "$work/lemon" ] || return 0
    echo "== pure transport: CPU seconds to the proven optimum"
    for n in $SIZES; do
        dir=$work/transport
        "$tools/generate" "$n" "$SEED" transport "$dir" > /dev/null
        "$tools/relax" "$dir" > "$work/ours"
        read -r ours seconds kb_ours pairs gap < "$work/ours"
        echo "$n x $n, $pairs pairs: ours $seconds s, $kb_ours KB, $ours"
        "$tools/write_min" "$dir" > "$work/model.min"
        if timed "$work/lemon" "$work/model.min"; then
            read -r cost own < "$work/said"
            read -r all kb < "$work/used"
            agree lemon "$(awk -v c="$cost" 'BEGIN { printf "%.0f", -c }')" \
                "$ours"
            against lemon "$own" "$seconds" "$kb" "$kb_ours"
        else
            echo "    lemon: not done in $CAP s"
        fi
        rm -rf "$dir" "$work/model.min"
    done
}

# Lines as they are, then the mean of their gaps.
mean_gap() {
    awk '{ print; fflush() }
        match($0, /gap [0-9]+ ppm/) {
            split(substr($0, RSTART), word, " ")
            sum += word[2]; n++; within += word[2] <= 1000
        }
        END {
            if (n > 1) printf "    mean gap %.0f ppm, %d of %d within 1000\n",
                sum / n, within, n
        }'
}

integers() {
    echo "== full model with integers, one core, at most $CAP s: value, gap"
    for n in $SIZES; do
        for seed in $SEEDS; do
            dir=$work/full-$n-$seed
            "$tools/generate" "$n" "$seed" full "$dir" > /dev/null
            echo "$n x $n (full, seed $seed): $("$BUILD/tsunagari" solve \
                "$dir" --time-limit "$CAP" --processes 1)"
            rm -rf "$dir"
        done | mean_gap
        dir=$work/lp-$n
        [ -d "$dir" ] ||
            "$tools/generate" "$n" "$SEED" lp "$dir" > /dev/null
        echo "$n x $n (lp): $("$BUILD/tsunagari" solve "$dir" \
            --time-limit "$CAP" --processes 1)"
        rm -rf "$dir"
    done
}

! wanted relaxation || relaxation
[ "$FULL" != 1 ] || nation
[ ! -e "$work/growth" ] || growth
! wanted transport || transport
! wanted integers || integers
! wanted optima || BUILD=$BUILD sh tests/bench/optima.sh
