#!/bin/sh
# whatif.sh: `make bench-whatif`: what `simulate` costs after a weight change,
# from the last plan and prices and from nothing, on made-up markets.
#   SIZES="1000 5000"   needs, and as many offers     SEED=1
#   NIGHT=60            seconds for the match that the what-ifs start from
#   LIMIT=60            seconds of the clock for each what-if
#   BUILD=DIR           built by `make tsunagari` (build)
# Prints CPU seconds (user and system) of the whole command and the gap that
# is left; the bars are 1 s and 10 s at a gap of 5000 ppm.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build} SIZES=${SIZES:-1000 5000} NIGHT=${NIGHT:-60}
LIMIT=${LIMIT:-60} SEED=${SEED:-1}
work=$(mktemp -d "${TMPDIR:-/tmp}/bench-whatif.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
export TSUNAGARI_ACTOR=bench

# LABEL SETTING [--cold]: one what-if, one line.
whatif() {
    label=$1 setting=$2
    shift 2
    bash -c 'TIMEFORMAT="%U %S"; time "$@"' - "$BUILD/tsunagari" simulate \
        --store "$work/$n.db" --json --set "$setting" \
        --time-limit "$LIMIT" "$@" \
        > "$work/out" 2> "$work/used"
    tail -n 1 "$work/used" | awk -v label="$label" -v gap="$(
        grep -o '"gap_ppm":[0-9]*' "$work/out" | sed -n '2s/.*://p')" \
        '{ printf "  %-48s %6.2f s, gap %d ppm\n", label, $1 + $2, gap }'
}

for n in $SIZES; do
    set -- --store "$work/$n.db" --quiet
    "$BUILD/tsunagari" init "$@"
    "$BUILD/tsunagari" generate --entries $((2 * n)) --needs 50 \
        --seed "$SEED" --date 2026-11-21 "$@"
    "$BUILD/tsunagari" weights set loss_solves=0 --reason bench --use \
        "$@" > /dev/null
    "$BUILD/tsunagari" match --date 2026-11-21 --time-limit "$NIGHT" \
        --json "$@" > "$work/night"
    echo "$n x $n, night: gap $(sed \
        's/.*"gap_ppm":\([0-9]*\).*/\1/' "$work/night") ppm"
    for setting in distance_price_per_km=12000 distance_price_per_km=20000 \
        wish_bonus=0 cost_price_per_1000_yen=6000 \
        programme_budget_yen=400000; do
        whatif "$setting, warm" "$setting"
        whatif "$setting, cold" "$setting" --cold
    done
done
