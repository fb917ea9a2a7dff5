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
# The whole module at once: its files are small, and what one calls of another
# for each link of a page is inlined (a page that nobody asked for before takes
# 5 % less).
optimise="-O3 -flto=auto"
# conf_flags is a bash array: Debian's own flags of the installed nginx.
if ! bash -c '. ./conf_flags && exec bash ./configure "${NGX_CONF_FLAGS[@]}" \
        --with-cc-opt="-g -fPIC $3" --with-ld-opt="$3" \
        --add-dynamic-module="$1" --builddir="$2"' \
        sh "$here" "$objdir" "$optimise" > "$log" 2>&1 ||
   ! make -f "$objdir/Makefile" modules >> "$log" 2>&1; then
    cat "$log" >&2
    exit 1
fi
# A new file: a running nginx keeps the code that it has mapped.
cp "$objdir/ngx_http_tsunagari_module.so" "$out.new"
mv "$out.new" "$out"
