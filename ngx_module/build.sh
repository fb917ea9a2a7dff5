#!/bin/sh
# build.sh OBJDIR OUT.so: builds the module with nginx's own configure, from
# Debian's nginx-dev (its sources lack the .c files that a whole nginx needs,
# but a module needs none of them).
set -eu
objdir=$1
out=$2
here=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
out=$(CDPATH= cd -- "$(dirname -- "$out")" && pwd)/$(basename -- "$out")
cd "${NGINX_SRC:-/usr/share/nginx/src}"
mkdir -p "$objdir"
log=$objdir.log
# conf_flags is a bash array: Debian's own flags of the installed nginx.
if ! bash -c '. ./conf_flags && exec bash ./configure "${NGX_CONF_FLAGS[@]}" \
        --with-cc-opt="-O2 -g -fPIC" \
        --add-dynamic-module="$1" --builddir="$2"' \
        sh "$here" "$objdir" > "$log" 2>&1 ||
   ! make -f "$objdir/Makefile" modules >> "$log" 2>&1; then
    cat "$log" >&2
    exit 1
fi
# A new file: a running nginx keeps the code that it has mapped.
cp "$objdir/ngx_http_tsunagari_module.so" "$out.new"
mv "$out.new" "$out"
