#!/bin/sh
# stop.sh [quiet]: `make demo-stop`: ends the nginx and the service of the demo
# in DEMO (BUILD/demo), and no others: the processes of its pid files, if they
# still are ours.
set -eu
cd "$(dirname "$0")/../.."
demo=${DEMO:-${BUILD:-build}/demo}

# Does the process $pid have $mark in its command line?
is_ours() {
    [ -n "$pid" ] && [ -r "/proc/$pid/cmdline" ] &&
        { tr '\0' ' ' < "/proc/$pid/cmdline"; } 2>/dev/null |
        grep -qF -- "$mark"
}

# 0: ended it; 1: it was not running.
end() {
    pid=$(cat "$1" 2>/dev/null || :) mark=$2
    is_ours || return 1
    kill -TERM "$pid"
    tries=0
    while is_ours; do
        tries=$((tries + 1))
        [ $tries -lt 100 ] || {
            echo "demo-stop: process $pid does not end" >&2
            exit 1
        }
        sleep 0.1
    done
}

stopped=0
if [ -d "$demo" ]; then
    full=$(cd "$demo" && pwd)
    ! end "$demo/nginx.pid" "-c $full/nginx.conf" || stopped=1
    ! end "$demo/serve.pid" "--socket $full/serve.socket" || stopped=1
fi
[ "${1:-}" = quiet ] || {
    [ $stopped = 1 ] && echo "demo-stop: stopped" ||
        echo "demo-stop: the demo is not running"
}
