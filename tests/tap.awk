# tap.awk: reads one program's TAP (cmocka's or node's); prints
# "PASSED FAILED" on the last line, and before it a reason per trouble that
# TAP itself does not show.  -v status=EXIT_CODE of the program.
#
# Every `ok` and `not ok` counts, at any depth, but for node's suites, whose
# result only repeats that of their tests.  A skipped test counts as failed:
# a test that may stay away proves nothing.

/^1\.\.[0-9]+/ { planned += substr($1, 4); plans++ }

/^ *(not )?ok [0-9]+/ {
    bad = /^ *not ok/ || /# *(SKIP|TODO)/
    if (!/^ /) top++
    if (bad) failed++; else passed++
    last_bad = bad
    if (/# *(SKIP|TODO)/) print "skipped: " $0
}

/^ *type: 'suite'/ { if (last_bad) failed--; else passed-- }

END {
    if (plans == 0 || top == 0) {
        print "no test ran"
        failed++
    } else if (top != planned) {
        print "planned " planned + 0 " tests, ran " top + 0
        failed++
    } else if (status != 0 && failed == 0) {
        print "all tests passed, yet the program ended with " status
        failed++
    }
    print passed + 0, failed + 0
}
