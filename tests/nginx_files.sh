#!/bin/sh
# nginx_files.sh WITHOUT: the integration tests that start nginx, by themselves
# or by a file that does, a line each; those whose name is WITHOUT (an extended
# regular expression) are left out.
#   ONLY=PATTERN  only the tests whose name matches
set -eu
cd "$(dirname "$0")/.."
ONLY=${ONLY:-.}
starters=$(cd tests/integration && grep -lE 'startNginx|nginxPath' -- *.mjs |
    grep -v '[.]test[.]mjs$' | paste -s -d '|' -)
for test in tests/integration/*.test.mjs; do
    name=$(basename "$test" .test.mjs)
    grep -qE "from '\./($starters)'" "$test" &&
        ! echo "$name" | grep -Eqx "$1" &&
        echo "$name" | grep -Eq "$ONLY" || continue
    echo "$test"
done
