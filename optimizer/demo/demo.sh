#!/bin/sh
# demo.sh: `make demo`: packages, build, a store with members, cases, open
# data and examples, tonight's plan, and an nginx on 127.0.0.1:PORT that
# shows it.  Everything it makes is below BUILD/demo; every run starts anew.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
PORT=${PORT:-8080}
mkdir -p "$BUILD/demo"
demo=$(cd "$BUILD/demo" && pwd)
open=optimizer/demo/open
TSUNAGARI_STORE=$demo/store.db
TSUNAGARI_ACTOR=demo
export TSUNAGARI_STORE TSUNAGARI_ACTOR
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

say() {
    printf '\n== %s\n' "$*"
}

tsunagari() {
    "$BUILD/tsunagari" "$@"
}

# import KIND FILE ATTRIBUTION: municipal open data, as it was published.
open_data() {
    tsunagari import "$1" "$open/$2" --approve --source "$3"
}

event_japan='code4fukui/event-japan（MIT）'
yaizu='「焼津市オープンデータ」（焼津市）CC BY 4.0'

import_open_data() {
    open_data events 142166_zama_event.csv "座間市イベント一覧、$event_japan"
    open_data events 141305_kawasaki_event.csv \
        "川崎市イベント一覧、$event_japan"
    open_data events 143626_oi_event.csv "大井町イベント一覧、$event_japan"
    open_data events 142115_hadano_event.csv \
        "秦野市イベント一覧、$event_japan"
    open_data facilities 222127_yaizu_public_facility.csv "$yaizu"
    open_data facilities 222127_yaizu_community_center.csv "$yaizu"
    open_data facilities 222127_yaizu_child_rearing_support_center.csv \
        "$yaizu"
    open_data facilities 222127_yaizu_preschool.csv "$yaizu"
    open_data facilities 202053_iida_preschool.csv \
        '飯田市子育て施設一覧、code4fukui/opendata-iida（MIT）'
}

# The examples' dates stand as @+N@: N days after (@-N@: before) today.
example_entries() {
    awk -v today="$(date -u -d "$today" +%s)" '{
        while (match($0, /@[+-][0-9]+@/)) {
            days = substr($0, RSTART + 1, RLENGTH - 2)
            $0 = substr($0, 1, RSTART - 1) \
                strftime("%Y-%m-%d", today + days * 86400, 1) \
                substr($0, RSTART + RLENGTH)
        }
        print
    }' optimizer/demo/entries_example.csv
}

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

BUILD=$BUILD sh optimizer/demo/stop.sh quiet
sh tests/deps.sh build
! port_taken || die "port $PORT is in use; try: make demo PORT=$((PORT + 1))"
make -s -j"$(getconf _NPROCESSORS_ONLN)" BUILD="$BUILD"

say '名簿・事例・オープンデータ・記入例を取りこむ (import)'
rm -f "$TSUNAGARI_STORE" "$TSUNAGARI_STORE"-* "$TSUNAGARI_STORE".lock
tsunagari init
tsunagari import organisations optimizer/demo/members.csv
tsunagari import organisations optimizer/demo/organisations_example.csv
tsunagari import cases optimizer/demo/cases.csv --approve
import_open_data
example_entries > "$demo/entries.csv"
tsunagari import entries "$demo/entries.csv" --approve
tsunagari check

say "$today の計画をつくる (match)"
tsunagari match --date "$today"

say 'ウェブサーバーへ出す (publish)'
tsunagari publish --audience public "$demo/public.snap"
tsunagari publish --audience members "$demo/members.snap"
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
構成員のページ         $base/members/suggestions   (この計算機からだけ)
止めるには             make demo-stop
もっと知るには         TSUNAGARI_STORE=$TSUNAGARI_STORE $BUILD/tsunagari help
END
