#!/bin/sh
# fill.sh TSUNAGARI DIR DATE: a new store in DIR with the members, the cases,
# municipal open data and the examples; the plan of DATE; both snapshots.
# Used by `make demo` and by the browser test.
set -eu
binary=$1 dir=$2 date=$3
here=$(dirname "$0")
open=$here/open
TSUNAGARI_STORE=$dir/store.db
TSUNAGARI_ACTOR=demo
export TSUNAGARI_STORE TSUNAGARI_ACTOR

say() {
    printf '\n== %s\n' "$*"
}

tsunagari() {
    "$binary" "$@" --date "$date"
}

# KIND FILE ATTRIBUTION [OPTION...]: municipal open data, as published.
open_data() {
    kind=$1 file=$2 source=$3
    shift 3
    tsunagari import "$kind" "$open/$file" --source "$source" "$@"
}

# Event lists were collected in early 2022: their 確認日 says so, and the page
# of today shows none of them.
events() {
    open_data events "$1" "$2、code4fukui/event-japan（MIT）" \
        --approve --confirmed-on 2022-03-31
}

# Places outside the prefecture are not for its residents (県民): they are in
# the store, not approved, as a secretariat would find them.
yaizu='「焼津市オープンデータ」（焼津市）CC BY 4.0'

import_open_data() {
    events 142166_zama_event.csv 座間市イベント一覧
    events 141305_kawasaki_event.csv 川崎市イベント一覧
    events 143626_oi_event.csv 大井町イベント一覧
    events 142115_hadano_event.csv 秦野市イベント一覧
    open_data facilities 222127_yaizu_public_facility.csv "$yaizu"
    open_data facilities 222127_yaizu_community_center.csv "$yaizu"
    open_data facilities 222127_yaizu_child_rearing_support_center.csv \
        "$yaizu"
    open_data facilities 222127_yaizu_preschool.csv "$yaizu"
    open_data facilities 202053_iida_preschool.csv \
        '飯田市子育て施設一覧、code4fukui/opendata-iida（MIT）'
}

# The examples' dates stand as @+N@: N days after (@-N@: before) DATE.
example_entries() {
    awk -v today="$(date -u -d "$date" +%s)" '{
        while (match($0, /@[+-][0-9]+@/)) {
            days = substr($0, RSTART + 1, RLENGTH - 2)
            $0 = substr($0, 1, RSTART - 1) \
                strftime("%Y-%m-%d", today + days * 86400, 1) \
                substr($0, RSTART + RLENGTH)
        }
        print
    }' "$here/entries_example.csv"
}

say '名簿・事例・オープンデータ・記入例を取りこむ (import)'
rm -f "$TSUNAGARI_STORE" "$TSUNAGARI_STORE"-* "$TSUNAGARI_STORE".lock
tsunagari init
tsunagari import organisations "$here/members.csv"
tsunagari import organisations "$here/organisations_example.csv"
tsunagari import cases "$here/cases.csv" --approve
import_open_data
example_entries > "$dir/entries.csv"
tsunagari import entries "$dir/entries.csv" --approve
tsunagari check

say "$date の計画をつくる (match)"
tsunagari match

say 'ウェブサーバーへ出す (publish)'
tsunagari publish --audience public "$dir/public.snap"
tsunagari publish --audience members "$dir/members.snap"
