#!/bin/sh
# valgrind.sh COMMAND...: runs it under memcheck; any error, or memory that
# nothing points to at the end, is exit code 99.  Tests that draw random cases
# draw fewer: TEST_ROUNDS is the share of them in percent.
set -eu
TEST_ROUNDS=${TEST_ROUNDS:-2}
export TEST_ROUNDS
exec valgrind --quiet --error-exitcode=99 --leak-check=full \
    --errors-for-leak-kinds=definite,indirect --num-callers=20 "$@"
