#!/bin/sh
# layers.sh [ROOT]: fails on a breach of the include directions, on a source
# file of more than 400 lines that does not say why at its head (a comment in
# its first 30 lines with the words "400 lines"), and on a file of optimizer/
# that the table of stages below does not know.
#
#   libc <- schema <- ngx_module      schema <- optimizer
#   ngx_module and optimizer never include each other.
set -eu
cd "${1:-$(dirname "$0")/..}"

# The stages of optimizer/, down the stream of data.
#   stage | its files, a regular expression without .c and .h | stages whose
#   headers it may include besides its own, `tools` and schema's; * is any.
stages() {
    cat <<'STAGES'
tools     | err|arena|log|embed|json|degree|day|lock|forest                     |
csv       | csv|table|text_input                                     |
options   | option.*                                                 |
store     | store                                                    |
geo       | geo                                                      | store
shipped   | shipped.*                                                | store csv
weights   | weights                                                  | store options
intake    | import.*|generate|generate_words|entry|entry_children|organisation|record|region_find|vocab|day_text|range_.*  | store csv
integrity | integrity                                                | store intake
instance  | instance.*|model.*|name_table                            | csv
market    | market.*|taxonomy|cause                                  | store geo options weights
candidate | candidate.*|score.*|rule                                 | market geo options instance
solve     | solve.*|component.*|part.*|link|ledger|certificate|crew|netflow|dual|master|rounding|window|improve|priced|counts|near|moves | instance
check     | check|proof                                              | instance
accept    | accept                                                   | instance solve check
reason    | reason                                                   | candidate options
run       | run|decision|entry_ref                                   | store
plan      | plan.*|explain.*|summary.*|run_lines                             | store geo options instance market candidate reason run
loss      | loss.*|prices                                            | instance plan solve options
whatif    | replay|certify|recruit.*|simulate.*                 | store geo options weights instance market candidate check solve accept reason run plan loss
publish   | snapshot.*|publish.*|render.*|fragment|label.*|template|page_.*|listing|vocabulary|collection|facets|region_table|region_order|posting_table|gram_table|suggestion_table | store geo options weights reason
command   | cmd_.*|main|cli                                          | *
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
    function noun(path) {
        sub(/.*\//, "", path); sub(/\.[ch]$/, "", path); return path
    }
    function stage_of(path,    i) {
        for (i = 1; i <= stages; i++)
            if (noun(path) ~ "^(" files[i] ")$") return name[i]
        return ""
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
        first = index($0, "|")
        last = match($0, /\|[^|]*$/)
        name[++stages] = trim(substr($0, 1, first - 1))
        files[stages] = trim(substr($0, first + 1, last - first - 1))
        may[name[stages]] = " " trim(substr($0, last + 1)) " tools " \
            name[stages] " "
        next
    }
    part == 1 {
        known[$0] = 1
        if (/^optimizer\// && stage_of($0) == "")
            breach($0 ": no stage in tests/layers.sh has this file")
        next
    }
    {
        split($0, at, ":")
        path = at[1]; place = path ":" at[2]; header = at[3]
        target = ours(path, header)
        if (header == "sqlite3.h" && path != "optimizer/store.c")
            breach(place ": sqlite3.h belongs to optimizer/store.c alone")
        if (header == "glpk.h" && path != "optimizer/solve_glpk.c")
            breach(place ": glpk.h belongs to optimizer/solve_glpk.c alone")
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
