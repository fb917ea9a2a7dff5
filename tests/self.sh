#!/bin/sh
# self.sh: do the checkers themselves fail when they must?  Prints TAP.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
number=0

# test NAME COMMAND...
check() {
    name=$1
    shift
    number=$((number + 1))
    if "$@" > "$work/said" 2>&1; then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name"
        sed 's/^/# /' "$work/said"
    fi
}

# A small tree that keeps the rules, then FILE with one more LINE.
planted() {
    rm -rf "$work/tree"
    mkdir -p "$work/tree/optimizer/store" "$work/tree/optimizer/solve" \
        "$work/tree/optimizer/instance" "$work/tree/optimizer/publish" \
        "$work/tree/optimizer/command" "$work/tree/schema" \
        "$work/tree/ngx_module"
    for file in optimizer/store/store.c optimizer/store/store.h \
        optimizer/solve/solve_glpk.c optimizer/solve/solve.h \
        optimizer/instance/instance.h optimizer/publish/snapshot_write.c \
        optimizer/command/cmd_match.c schema/fold.c schema/fold.h \
        ngx_module/ngx_tsunagari_query.c; do
        echo '#include <stdint.h>' > "$work/tree/$file"
    done
    echo '#include <sqlite3.h>' >> "$work/tree/optimizer/store/store.c"
    echo '#include <glpk.h>' >> "$work/tree/optimizer/solve/solve_glpk.c"
    echo '#include "optimizer/instance/instance.h"' >> "$work/tree/optimizer/solve/solve_glpk.c"
    echo '#include "fold.h"' >> "$work/tree/optimizer/publish/snapshot_write.c"
    printf '#include "optimizer/%s"\n' store/store.h solve/solve.h \
        >> "$work/tree/optimizer/command/cmd_match.c"
    [ $# = 0 ] || echo "$2" >> "$work/tree/$1"
}

layers_pass() {
    planted
    sh "$here/layers.sh" "$work/tree"
}

# FILE LINE: the breach is refused, and the message names the file.
layers_refuse() {
    planted "$@"
    if sh "$here/layers.sh" "$work/tree" 2> "$work/breach"; then
        echo "accepted: $1: $2"
        return 1
    fi
    grep "^layers: .*$1" "$work/breach"
}

layers_refuse_long() {
    planted
    yes '/* line */' | head -n 401 >> "$work/tree/schema/fold.c"
    ! sh "$here/layers.sh" "$work/tree" || return 1
    sed -i '1i /* Over 400 lines: it is a table. */' "$work/tree/schema/fold.c"
    sh "$here/layers.sh" "$work/tree"
}

# STATUS COUNTS: the aggregator counts what stands in $work/tap.
counts() {
    got=$(awk -v status="$1" -f "$here/tap.awk" "$work/tap" | tail -n 1)
    [ "$got" = "$2" ] || { echo "counted $got, not $2"; return 1; }
}

tap_is() {
    printf "$1" > "$work/tap"
    shift
    counts "$@"
}

job_counts() {
    out=$work/job
    mkdir -p "$out"
    sh "$here/job.sh" "$out" one "$1" 1 sh -c "$3"
    [ "$(cat "$out/one.count")" = "$2" ] ||
        { echo "counted $(cat "$out/one.count"), not $2"; return 1; }
}

# What a job took of a processor is kept.
job_seconds() {
    mkdir -p "$work/job"
    sh "$here/job.sh" "$work/job" busy plain 60 \
        sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done'
    read -r wall cpu < "$work/job/busy.seconds" && [ "$wall" -ge 0 ] &&
        echo "$cpu" | grep -E '^[0-9]+\.[0-9]$' && [ "$cpu" != 0.0 ]
}

# A header that changed is seen, however the directory of the build is named:
# `make` says build, `make test` says all of the path.
make_sees_headers() {
    top=$(dirname "$here")
    build=build-self-$$
    make -s -C "$top" BUILD="$build" "$build/schema/fold.o" &&
        ! make -n -C "$top" BUILD="$top/$build" tsunagari |
            grep -- '-c -o .* schema/fold[.]c$' &&
        make -n -C "$top" -W schema/fold.h BUILD="$top/$build" tsunagari |
            grep -- '-c -o .* schema/fold[.]c$' && seen=0 || seen=1
    rm -rf "${top:?}/$build"
    return $seen
}

echo 1..22
check layers__a_clean_tree_passes layers_pass
check layers__sqlite_outside_the_store layers_refuse \
    optimizer/publish/snapshot_write.c '#include <sqlite3.h>'
check layers__glpk_outside_its_file layers_refuse \
    optimizer/command/cmd_match.c '  #  include <glpk.h>'
check layers__cholmod_outside_its_file layers_refuse \
    optimizer/solve/interior.c '#include <suitesparse/cholmod.h>'
check layers__schema_includes_optimizer layers_refuse \
    schema/fold.c '#include "optimizer/store/store.h"'
check layers__schema_does_input_and_output layers_refuse \
    schema/fold.h '#include <stdio.h>'
check layers__module_includes_optimizer layers_refuse \
    ngx_module/ngx_tsunagari_query.c '#include "../optimizer/store/store.h"'
check layers__optimizer_includes_module layers_refuse \
    optimizer/command/cmd_match.c '#include "ngx_module/ngx_tsunagari_query.h"'
check layers__solver_reads_the_store layers_refuse \
    optimizer/solve/solve_glpk.c '#include "optimizer/store/store.h"'
check layers__store_knows_a_later_stage layers_refuse \
    optimizer/store/store.h '#include "optimizer/instance/instance.h"'
check layers__a_file_of_no_stage layers_refuse optimizer/util.c '/* */'
check layers__module_takes_heap_memory layers_refuse \
    ngx_module/ngx_tsunagari_query.c 'void *f(void) { return malloc(1); }'
check layers__a_long_file_says_why layers_refuse_long
check tap__counts_passed_and_failed tap_is \
    '1..3\nok 1 - a\nnot ok 2 - b\nok 3 - c\n' 1 '2 1'
check tap__a_crash_in_the_middle_is_a_failure tap_is \
    '1..3\nok 1 - a\n' 139 '1 1'
check tap__nothing_ran_is_a_failure tap_is 'Segmentation fault\n' 139 '0 1'
check tap__a_skipped_test_is_a_failure tap_is \
    '1..1\nok 1 - a # SKIP no browser\n' 0 '0 1'
check tap__suites_do_not_count_twice tap_is \
    "    ok 1 - a\n    1..1\nok 1 - suite\n  ---\n  type: 'suite'\n  ...\n1..1\n" \
    0 '1 0'
check job__a_hanging_program_is_a_failure job_counts tap '0 1' 'sleep 9'
check job__exit_code_fails_a_plain_job job_counts plain '0 1' 'exit 3'
check job__keeps_its_seconds job_seconds
check make__sees_a_changed_header make_sees_headers
