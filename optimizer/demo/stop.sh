#!/bin/sh
# stop.sh [quiet]: `make demo-stop`: ends the nginx of the demo in DEMO
# (BUILD/demo), and no other: the process of its pid file, if that still is our nginx.
set -eu
cd "$(dirname "$0")/../.."
demo=${DEMO:-${BUILD:-build}/demo}
pid=$(cat "$demo/nginx.pid" 2>/dev/null || :)

is_ours() {
    [ -n "$pid" ] && [ -r "/proc/$pid/cmdline" ] &&
        { tr '\0' ' ' < "/proc/$pid/cmdline"; } 2>/dev/null |
        grep -qF -- "-c $(cd "$demo" && pwd)/nginx.conf"
}

if is_ours; then
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
    [ "${1:-}" = quiet ] || echo "demo-stop: stopped"
else
    [ "${1:-}" = quiet ] || echo "demo-stop: the demo is not running"
fi
