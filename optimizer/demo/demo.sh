#!/bin/sh
# demo.sh: `make demo`: packages, build, a store with members, cases, open
# data and examples, tonight's plan, the service of staff and entry sheets, and
# an nginx on 127.0.0.1:PORT that shows it.  Everything it makes is in DEMO (BUILD/demo); every run starts anew.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
PORT=${PORT:-8080}
DEMO=${DEMO:-$BUILD/demo}
mkdir -p "$DEMO"
demo=$(cd "$DEMO" && pwd)
today=$(TZ=JST-9 date +%F) # the plan's date is Japan's

die() {
    echo "demo: $*" >&2
    exit 1
}

case $PORT in
'' | *[!0-9]*) die "PORT is not a number: \"$PORT\"" ;;
esac
[ "$PORT" -ge 1 ] && [ "$PORT" -le 65535 ] ||
    die "PORT is not from 1 to 65535: $PORT"

port_taken() {
    status=0
    curl -s -o /dev/null --noproxy '*' --max-time 3 \
        "http://127.0.0.1:$PORT/" || status=$?
    [ $status != 7 ] # curl: connection refused
}

write_nginx_conf() {
    # A worker of root would give up its rights and could then not read a
    # build directory below /root; the demo listens on this machine only.
    user=
    [ "$(id -u)" != 0 ] || user='user root;'
    sed -e "s|@demo@|$demo|g" -e "s|@port@|$PORT|g" -e "s|@user@|$user|g" \
        -e "s|@module@|$(cd "$BUILD" && pwd)/ngx_http_tsunagari_module.so|" \
        optimizer/demo/nginx.conf.in > "$demo/nginx.conf"
    sed -e "s|@socket@|$demo/serve.socket|g" \
        -e "s|@members@|$demo/members.snap|g" \
        optimizer/demo/service_server.conf.in > "$demo/service_server.conf"
    sed -e "s|@errors@|$demo/errors|g" \
        optimizer/demo/errors_server.conf.in > "$demo/errors_server.conf"
    cp optimizer/demo/service_http.conf "$demo/"
    rm -rf "$demo/errors"
    cp -R optimizer/demo/errors "$demo/"
    mkdir -p "$demo/html" "$demo/tmp"
    cp optimizer/demo/index.html "$demo/html/"
}

wait_for_answer() {
    tries=0
    until curl -fs -o /dev/null --noproxy '*' --max-time 3 \
        "http://127.0.0.1:$PORT/tsunagari/status.json"; do
        tries=$((tries + 1))
        [ $tries -lt 100 ] || {
            tail -n 20 "$demo/error.log" >&2
            die "nginx does not answer on 127.0.0.1:$PORT"
        }
        sleep 0.1
    done
}

# Logins that exist in this demo alone, with passwords made now.
make_accounts() {
    for role in viewer screener tuner admin; do
        tsunagari account add "$role" --role $role --name "デモ $role" \
            --generate
    done
    tsunagari account add member --role member --name 'デモ 構成員' \
        --organisation "$(tsunagari_example)" --generate
}

tsunagari() {
    "$BUILD/tsunagari" "$@" --store "$demo/store.db" --actor demo
}

# The key of the first made-up organisation.
tsunagari_example() {
    awk -F, 'NR > 1 && !/^#/ { print $1; exit }' \
        optimizer/demo/organisations_example.csv
}

# Mails are files in spool/; nothing is sent.
start_service() {
    mkdir -p "$demo/spool"
    rm -f "$demo"/spool/*.eml
    setsid "$BUILD/tsunagari" serve --store "$demo/store.db" \
        --socket "$demo/serve.socket" --origin "http://127.0.0.1:$PORT" \
        --spool "$demo/spool" --workers 2 < /dev/null \
        > "$demo/serve.log" 2>&1 &
    echo $! > "$demo/serve.pid"
    tries=0
    until grep -q 'workers on' "$demo/serve.log"; do
        tries=$((tries + 1))
        kill -0 "$(cat "$demo/serve.pid")" 2> /dev/null && [ $tries -lt 100 ] || {
            cat "$demo/serve.log" >&2
            die "the service does not start"
        }
        sleep 0.1
    done
}

DEMO=$demo sh optimizer/demo/stop.sh quiet
sh tests/deps.sh build
! port_taken || die "port $PORT is in use; try: make demo PORT=$((PORT + 1))"
make -s -j"$(getconf _NPROCESSORS_ONLN)" BUILD="$BUILD"

sh optimizer/demo/fill.sh "$BUILD/tsunagari" "$demo" "$today"
accounts=$(make_accounts)
start_service
write_nginx_conf
/usr/sbin/nginx -p "$demo" -c "$demo/nginx.conf" -e "$demo/error.log"
wait_for_answer

base=http://127.0.0.1:$PORT
cat <<END

さがすページ           $base/tsunagari/
座間市のページ         $base/tsunagari/resources?region=142166
やさしい日本語 / English   $base/tsunagari/?lang=easy  $base/tsunagari/?lang=en
並び順の決め方         $base/tsunagari/about-order
JSON                   $base/tsunagari/resources.json?region=142166
動いている計画         $base/tsunagari/status.json
サイトに組みこんだ例   $base/   (SSI)
エントリーシート       $base/entry/   (メールは $demo/spool/ に書かれます)
事務局・構成員         $base/staff/  $base/members/suggestions
ログイン名とパスワード（このデモだけのもの）
$(printf '%s\n' "$accounts" | sed 's/^/  /')
止めるには             make demo-stop
もっと知るには         TSUNAGARI_STORE=$demo/store.db $BUILD/tsunagari help
END
