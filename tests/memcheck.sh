#!/bin/sh
# memcheck.sh: `make test-valgrind`: the integration tests that ask nginx, with
# nginx and all its workers under memcheck: no error, and no memory that
# nothing points to when it ends.
#   ONLY=PATTERN  only the tests whose name matches
# Left out: what starts an nginx of its own way (demo, and upgrade, which
# replaces the binary) or counts two seconds closely (swap_warm).
# Takes about ten minutes.
set -eu
cd "$(dirname "$0")/.."
top=$(pwd)
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$top/$BUILD ;; esac
NGINX_VALGRIND=1
export BUILD NGINX_VALGRIND
make -s BUILD="$BUILD" all unit
files=$(sh tests/nginx_files.sh 'valgrind|demo|upgrade|swap_warm')
[ -n "$files" ] || { echo "memcheck: no test is named so" >&2; exit 1; }
# One by one: some watch a clock, and memcheck is slow.
exec node --test --test-concurrency=1 $files
