#!/bin/sh
# layers.sh [ROOT]: fails on a breach of the include directions, on a source
# file of more than 400 lines that does not say why at its head (a comment in
# its first 30 lines with the words "400 lines"), and on a file of optimizer/
# outside the folders of the table below.
#
#   libc <- schema <- ngx_module      schema <- optimizer
#   ngx_module and optimizer never include each other.
set -eu
cd "${1:-$(dirname "$0")/..}"

# The stages of optimizer/, a folder each, down the stream of data.
#   folder | folders whose headers it may include besides its own, base's
#   and schema's; * is any.
stages() {
    cat <<'STAGES'
base      |
store     |
intake    | store
instance  |
market    | store instance
check     | instance
solve     | instance check
plan      | store instance market check solve
whatif    | store instance market check solve plan
publish   | store market
staff     | store intake instance market check solve plan whatif
service   | store intake instance market check solve plan whatif publish staff
command   | *
STAGES
}

# path:line:header of every include in a folder.
includes() {
    find "$@" -name '*.[ch]' -exec grep -HnE \
        '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]' {} + |
        sed -E 's/^([^:]+):([0-9]+):[^<"]*[<"]([^>"]+)[>"].*/\1:\2:\3/'
}

folders=
for folder in optimizer schema ngx_module; do
    [ ! -d $folder ] || folders="$folders $folder"
done

directions() {
    { stages; echo ---; find $folders -name '*.[ch]' | LC_ALL=C sort
      echo ---; includes $folders; } | awk '
    function trim(s) { gsub(/^ +| +$/, "", s); return s }
    function breach(text) { print "layers: " text }
    # The folder below optimizer/ that a file stands in, if it is a stage.
    function stage_of(path,    at) {
        return split(path, at, "/") == 3 && at[2] in may ? at[2] : ""
    }
    # The repository path of an included name, or "" for the world outside.
    function ours(from, header,    folder) {
        folder = from; sub(/\/[^\/]*$/, "", folder)
        if ((folder "/" header) in known) return folder "/" header
        if (header in known) return header
        if (("schema/" header) in known) return "schema/" header
        return ""
    }
    $0 == "---" { part++; next }
    part == 0 {
        bar = index($0, "|")
        stage = trim(substr($0, 1, bar - 1))
        may[stage] = " " trim(substr($0, bar + 1)) " base " stage " "
        next
    }
    part == 1 {
        known[$0] = 1
        if (/^optimizer\// && stage_of($0) == "")
            breach($0 ": in no folder that tests/layers.sh knows")
        next
    }
    {
        split($0, at, ":")
        path = at[1]; place = path ":" at[2]; header = at[3]
        target = ours(path, header)
        if (header == "sqlite3.h" && path != "optimizer/store/store.c")
            breach(place ": sqlite3.h belongs to optimizer/store/store.c alone")
        if (header == "glpk.h" && path != "optimizer/solve/solve_glpk.c")
            breach(place ": glpk.h belongs to optimizer/solve/solve_glpk.c alone")
        if (header ~ /cholmod\.h$/ && path != "optimizer/solve/cholesky.c")
            breach(place ": cholmod.h belongs to optimizer/solve/cholesky.c alone")
        if (path ~ /^schema\// && (target != "" && target !~ /^schema\// ||
            header ~ /^(stdio|stdlib|unistd|fcntl|sys\/.*|ngx_.*|optimizer.*)\.?h?$/))
            breach(place ": schema is freestanding, yet includes " header)
        if (path ~ /^ngx_module\// && (target ~ /^optimizer\// ||
            header ~ /^(optimizer\/|\.\.\/optimizer)/))
            breach(place ": ngx_module includes optimizer: " header)
        if (path ~ /^optimizer\// && (target ~ /^ngx_module\// ||
            header ~ /ngx_/))
            breach(place ": optimizer includes ngx_module: " header)
        if (path ~ /^optimizer\// && target ~ /^optimizer\//) {
            from = stage_of(path); to = stage_of(target)
            if (may[from] !~ / \* / && !index(may[from], " " to " "))
                breach(place ": stage " from " must not include " \
                    header " of stage " to)
        }
    }'
}

lengths() {
    find . \( -path ./.git -o -path ./build -o -path './build-*' \
        -o -name node_modules \) -prune -o -type f \( -name '*.[ch]' \
        -o -name '*.sh' -o -name '*.sql' -o -name '*.mjs' -o -name '*.awk' \
        -o -name '*.css' -o -name '*.html' -o -name Makefile \) -print |
        LC_ALL=C sort | while read -r file; do
        lines=$(wc -l < "$file")
        [ "$lines" -le 400 ] ||
            head -n 30 "$file" | grep -q '400 lines' ||
            echo "layers: ${file#./}: $lines lines, and no reason at its head"
    done
}

heap() {
    [ ! -d ngx_module ] || grep -nE '(^|[^_a-z])(malloc|calloc|realloc|free)\(' \
        -r --include='*.c' --include='*.h' ngx_module schema |
        sed 's/^/layers: heap memory in /'
}

breaches=$(directions; lengths; heap || :)
[ -z "$breaches" ] || {
    printf '%s\n' "$breaches" >&2
    exit 1
}
