#!/bin/sh
# serve.sh: `make bench-serve`: what an answer costs a worker, against what
# nginx itself does with a file of the same size, in one interleaved run;
# against SQLite with FTS5 and groonga-httpd, which must find the same; the
# dearest query that a search finds; p99.9 while generations are swapped.
#   BUILD=DIR     built by `make all` (build)
#   SIZES=LIST    documents ("1000 10000"; FULL=1: 100000, too)
#   PORT=N        the first of four (19400)
#   ROUNDS=N      of the cases that a bar is about (24); others: the first two
#   EACH=S        seconds of each case in each round (0.35)
#   SWAPS=N       turns of swapping (24)
#   PEERS=        without SQLite and Groonga
# Prints, per size, what serve_bars.mjs makes of it: worker CPU per request,
# and for each bar the figure, how sure it is, met or missed.
# The worker has the first processor, all else the second; where we may, both
# come before whatever else the machine has to do.  How far these two are from
# each other is measured before and after each case (distance.c): the host of a
# virtual machine moves them, and what a case costs depends on it.
# Above 10,000 documents the plan is empty: what is measured is serving.
set -eu
cd "$(dirname "$0")/../.."
top=$(pwd)
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$top/$BUILD ;; esac
SIZES=${SIZES:-1000 10000}
[ -z "${FULL:-}" ] || SIZES="1000 10000 100000"
ROUNDS=${ROUNDS:-24}
SWAPS=${SWAPS:-24}
PEERS=${PEERS-1}
EACH=${EACH:-0.35}
PORT=${PORT:-19400}
dir=$BUILD/bench
mkdir -p "$dir"
masters=
trap 'for m in $masters; do kill -QUIT "$m" 2>/dev/null || :; done' EXIT
trap 'exit 1' INT TERM
user=
first=
if [ "$(id -u)" = 0 ]; then
    user='user root; worker_priority -20;'
    first='nice -n -20'
fi
taskset -cp 1 $$ > /dev/null 2>&1 || : # there is one processor only

# N: dir/N.snap of N made-up entries, unless it is newer than the program.
make_snapshot() {
    store=$dir/$1.db
    [ ! "$dir/$1.snap" -nt "$BUILD/tsunagari" ] || return 0
    rm -f "$store" "$store"-* "$dir/$1.snap"
    n=$1
    set -- --store "$store" --date 2026-11-21 --quiet --actor bench
    "$BUILD/tsunagari" init "$@"
    "$BUILD/tsunagari" generate --entries "$n" "$@"
    if [ "$n" -le 10000 ]; then
        "$BUILD/tsunagari" match --time-limit 20 "$@" > "$dir/match.log"
    else
        sqlite3 "$store" "INSERT INTO runs (plan_date, state, actor,
            started_at) VALUES ('2026-11-21', 'feasible', 'bench',
            '2026-11-21T00:00:00Z')"
    fi
    "$BUILD/tsunagari" publish --audience public "$@" "$dir/$n.snap"
}

# N NAME: a copy of N.snap in pieces as large as the publisher's: how large the
# pages are that the kernel keeps, and maps, depends on how they came to it.
copy_snapshot() {
    dd if="$dir/$1.snap" of="$dir/$2.snap" bs=16M 2> "$dir/dd.log"
}

# NAME PORT WORKERS AFFINITY MEMO: an nginx; its master's pid in NAME.pid.
start_nginx() {
    mkdir -p "$dir/$1"
    cat > "$dir/$1.conf" <<CONF
load_module $BUILD/ngx_http_tsunagari_module.so;
worker_processes $3;
worker_cpu_affinity $4;
pid $dir/$1.pid;
error_log $dir/$1.log warn;
$user
events { worker_connections 256; }
http {
    access_log off;
    keepalive_requests 100000000;
    types { text/html html; }
    tsunagari_memo $5;
    tsunagari_check_interval 500ms;
    client_body_temp_path $dir/$1/b; proxy_temp_path $dir/$1/p;
    fastcgi_temp_path $dir/$1/f; uwsgi_temp_path $dir/$1/u;
    scgi_temp_path $dir/$1/s;
    sendfile on; open_file_cache max=100;
    server {
        listen 127.0.0.1:$2;
        root $dir/www;
        location /t/ { tsunagari_snapshot $dir/now.snap; tsunagari on; }
        location = /status { tsunagari_status; }
        location /gzip1/ { alias $dir/www/; gzip on; gzip_comp_level 1; }
        location /gzip6/ { alias $dir/www/; gzip on; gzip_comp_level 6; }
        location /gzipstatic/ { alias $dir/www/; gzip_static on; }
        include $dir/return.conf;
    }
}
CONF
    /usr/sbin/nginx -c "$dir/$1.conf" -p "$dir/$1" -e "$dir/$1.log"
    masters="$masters $(cat "$dir/$1.pid")"
}

stop_all() {
    for m in $masters; do
        kill -QUIT "$m"
        while kill -0 "$m" 2>/dev/null; do sleep 0.05; done
    done
    masters=
}

# The size of page.html as a `return 200` (a word of the configuration is
# short, so it is put together from several).
make_return() {
    size=$(wc -c < "$dir/www/page.html")
    awk -v size="$size" 'BEGIN {
        for (; size > 0; size -= n) {
            n = size < 3000 ? size : 3000
            text = sprintf("%" n "s", ""); gsub(/ /, "x", text)
            printf "set $part%d %s;\n", ++parts, text
        }
        printf "location = /return { default_type text/html; return 200 "
        for (i = 1; i <= parts; i++) printf "${part%d}", i
        print "; }"
    }' > "$dir/return.conf"
}

# A file as long as the mean of the mix's pages.
make_mean() {
    size=$(sed "s|^|http://127.0.0.1:$PORT|" "$dir/mix.paths" |
        xargs curl -sSf -w '\nSIZE %{size_download}\n' | awk '
            /^SIZE [0-9]+$/ { sum += $2; n++ } END { printf "%d", sum / n }')
    cat "$dir/www/page.html" "$dir/www/page.html" |
        head -c "$size" > "$dir/www/mean.html"
}

# MASTER: microseconds of its workers' CPU so far.
cpu() {
    for pid in $(cat "/proc/$1/task/$1/children"); do
        cat "/proc/$pid/schedstat"
    done | awk '{ n += $1 } END { printf "%.0f\n", n / 1000 }'
}

# SECONDS CONNECTIONS PORT PATHS ENCODING: what load.c says.
ask() {
    $first "$BUILD/bench/load" "$3" "$dir/$4.paths" "$1" "$2" "$5" \
        > "$dir/answered"
    sed -n 's/^RESULT //p' "$dir/answered"
}

distance() {
    $first "$BUILD/bench/distance" | sed -n 's/^RESULT //p'
}

# ROUND CASE SERVER PORT PATHS ENCODING CONNECTIONS: one line into results.
measure() {
    master=$(cat "$dir/$3.pid")
    ns=$(distance)
    before=$(cpu "$master")
    result=$(ask "$EACH" "$7" "$4" "$5" "$6")
    used=$(($(cpu "$master") - before))
    echo "$1 $2 $ns $(distance) $used $result" >> "$dir/results"
}

# What a bar is about, those it compares side by side; then what is only told.
cases() {
    cat <<CASES
static         memo   $PORT        file       identity 8
cold-mix       cold   $((PORT + 1)) mix        identity 8
static-mean    memo   $PORT        mean       identity 8
hot            memo   $PORT        hot        identity 8
return200      memo   $PORT        return     identity 8
gzip_static    memo   $PORT        gzipstatic gzip     8
hot-gzip       memo   $PORT        hot        gzip     8
gzip-filter-6  memo   $PORT        gzip6      gzip     8
static-c1      memo   $PORT        file       identity 1
hot-c1         memo   $PORT        hot        identity 1
cold-mix-json  cold   $((PORT + 1)) mixjson    identity 8
CASES
    [ "$1" -gt 2 ] || cat <<CASES
hot-json       memo   $PORT        hotjson    identity 8
mix-memo       memo   $PORT        mix        identity 8
cold-one       cold   $((PORT + 1)) hot        identity 8
cold-text1     cold   $((PORT + 1)) text1      identity 8
cold-text2     cold   $((PORT + 1)) text2      identity 8
cold-text3     cold   $((PORT + 1)) text3      identity 8
cold-text4+    cold   $((PORT + 1)) text4      identity 8
cold-words     cold   $((PORT + 1)) textn      identity 8
cold-text+reg  cold   $((PORT + 1)) textregion identity 8
gzip-filter-1  memo   $PORT        gzip1      gzip     8
static-2w      two    $((PORT + 2)) file       identity 8
hot-2w         two    $((PORT + 2)) hot        identity 8
CASES
}

# N: SQLite answers the mix in a process of its own, ours too.
peer_sqlite() {
    [ "$dir/$1.peer" -nt "$dir/$1.snap" ] || rm -f "$dir/$1.peer"
    "$BUILD/bench/peer_sqlite" "$dir/$1.snap" "$dir/$1.peer" \
        "$dir/mix.paths" 3 > "$dir/sqlite"
}

# N: groonga-httpd without its cache; each search is checked, then timed, in
# three rounds.
peer_groonga() {
    grn=$dir/$1.groonga
    if [ ! "$grn/db" -nt "$dir/$1.snap" ]; then
        rm -rf "$grn"
        mkdir -p "$grn"
        "$BUILD/bench/peer_groonga" load "$dir/$1.snap" |
            groonga -n "$grn/db" > "$grn/load.log"
    fi
    "$BUILD/bench/peer_groonga" ask "$dir/$1.snap" "$dir/mix.paths" \
        > "$dir/groonga.asked"
    cat > "$dir/groonga.conf" <<CONF
worker_processes 1;
worker_cpu_affinity 01;
pid $dir/groonga.pid;
error_log $dir/groonga.log warn;
$user
events { worker_connections 256; }
http {
    access_log off;
    keepalive_requests 100000000;
    client_body_temp_path $grn/b; proxy_temp_path $grn/p;
    fastcgi_temp_path $grn/f; uwsgi_temp_path $grn/u; scgi_temp_path $grn/s;
    groonga_database $grn/db;
    groonga_cache_limit 0;
    groonga_log_path off;
    groonga_query_log_path off;
    server {
        listen 127.0.0.1:$((PORT + 3));
        location /d/ { groonga on; }
    }
}
CONF
    /usr/sbin/groonga-httpd -c "$dir/groonga.conf" -p "$dir/"
    sleep 0.5
    master=$(cat "$dir/groonga.pid")
    masters="$masters $master"
    node tests/bench/peer_groonga.mjs check "$dir/groonga.asked" \
        $((PORT + 3)) > /dev/null
    for round in 1 2 3; do
        before=$(cpu "$master")
        searches=$(node tests/bench/peer_groonga.mjs run \
            "$dir/groonga.asked" $((PORT + 3)) | sed -n 's/^RESULT //p')
        echo "$searches $(($(cpu "$master") - before))" >> "$dir/groonga"
    done
    stop_all
}

# N LINK: four times within three seconds a link is made to lead to the other
# of two equal snapshots.  A link that nobody serves costs the machine the
# same, so that what is measured is the taking over.
publish_four() {
    for next in other.snap "$1.snap" other.snap "$1.snap"; do
        sleep 0.1
        ln -sf "$next" "$dir/next.snap"
        mv -T "$dir/next.snap" "$dir/$2.snap"
        sleep 0.55
    done
}

# How many snapshots the worker has taken over since it started.
taken() {
    curl -sSf "http://127.0.0.1:$PORT/status?format=json" |
        sed -n 's/.*"swaps":\([0-9]*\).*/\1/p'
}

# N: the mix for three seconds, in turn while a link that nobody serves is
# changed (idle) and while four generations take over (now), from idle to
# idle: what else the machine does changes within some seconds, so that each
# turn is held against those before and behind it.  latency.c leaves out what
# others did, on the machine or on its host.
swapping() {
    copy_snapshot "$1" other
    start_nginx memo "$PORT" 1 01 8m
    master=$(cat "$dir/memo.pid")
    sleep 0.5
    ask 2 8 "$PORT" mix identity > /dev/null
    turn=0
    while [ $turn -le $((2 * SWAPS)) ]; do
        sleep 0.7 # what the last turn left is given back
        # both are in memory, a virtual machine's own: neither a disk nor
        # a host that gives pages at their first touch is measured
        cat "$dir/$1.snap" "$dir/other.snap" > /dev/null
        [ $((turn % 2)) = 1 ] && link=now || link=idle
        before=$(taken)
        ns=$(distance)
        publish_four "$1" "$link" &
        result=$($first "$BUILD/bench/latency" "$PORT" "$dir/mix.paths" \
            3 8 "$(cat "/proc/$master/task/$master/children")")
        wait $!
        echo "$turn $link $ns $(distance) $result $(($(taken) - before))" \
            >> "$dir/swaps"
        turn=$((turn + 1))
    done
    stop_all
    rm -f "$dir/other.snap" "$dir/idle.snap"
}

node tests/bench/serve_urls.mjs "$dir"
for n in $SIZES; do
    make_snapshot "$n"
    copy_snapshot "$n" other # what memory has of an older file is by chance
    mv "$dir/other.snap" "$dir/$n.snap"
    ln -sf "$n.snap" "$dir/now.snap"
    mkdir -p "$dir/www"
    : > "$dir/return.conf"
    start_nginx memo "$PORT" 1 01 8m
    sleep 0.5
    curl -sSf "http://127.0.0.1:$PORT$(cat "$dir/hot.paths")" \
        > "$dir/www/page.html"
    gzip -6 -k -f -n "$dir/www/page.html"
    make_mean
    stop_all
    make_return
    start_nginx memo "$PORT" 1 01 8m
    start_nginx cold $((PORT + 1)) 1 01 0
    start_nginx two $((PORT + 2)) 2 "01 10" 8m
    sleep 0.5
    rm -f "$dir/results" "$dir/swaps" "$dir/dearest" "$dir/sqlite" \
        "$dir/groonga" "$dir/loadavg"
    round=0
    while [ $round -lt "$ROUNDS" ]; do
        round=$((round + 1))
        cases $round > "$dir/cases"
        while read -r line; do
            # shellcheck disable=SC2086
            measure $round $line < /dev/null
        done < "$dir/cases"
        cat /proc/loadavg >> "$dir/loadavg"
    done
    stop_all
    "$BUILD/bench/worst" "$dir/$n.snap" 5000 > "$dir/dearest"
    swapping "$n"
    [ -z "$PEERS" ] || { peer_sqlite "$n"; peer_groonga "$n"; }
    node tests/bench/serve_bars.mjs "$dir" "$n"
done
