#!/bin/sh
# asan.sh: `make test-asan`: nginx from source with the module built in, under
# the address and undefined behaviour sanitizers, runs the integration tests
# that ask nginx.  Every allocation of a pool is one of its own
# (NGX_DEBUG_PALLOC), so that no step beyond one goes unseen.
#   NGINX_SOURCE=DIR  a whole source tree; without it Debian's, fetched here
#                     (needs dpkg-dev and the network)
#   ONLY=PATTERN      only the tests whose name matches
# Takes about ten minutes of CPU time.  Leaks are valgrind's part (make test).
set -eu
cd "$(dirname "$0")/.."
top=$(pwd)
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$top/$BUILD ;; esac
ONLY=${ONLY:-.}
asan=$BUILD/asan
mkdir -p "$asan"

# Debian's source by lists of our own: the system's name no sources.
fetch_source() {
    lists=$asan/lists
    mkdir -p "$lists/partial" "$asan/cache/archives/partial"
    release=$(. /etc/os-release && echo "$VERSION_CODENAME")
    printf 'deb-src http://deb.debian.org/debian %s main\n%s' "$release" \
        "deb-src http://deb.debian.org/debian-security $release-security main
" > "$asan/sources.list"
    set -- -qq -o "Dir::State::lists=$lists" -o "Dir::Cache=$asan/cache" \
        -o "Dir::Etc::sourcelist=$asan/sources.list" -o Dir::Etc::sourceparts=-
    apt-get "$@" update
    # A mirror's list of security updates may name files that it has not.
    (cd "$asan" && { apt-get "$@" source nginx ||
        apt-get "$@" source "nginx/$release"; })
}

if [ -z "${NGINX_SOURCE:-}" ]; then
    [ -n "$(ls -d "$asan"/nginx-[0-9]*/ 2>/dev/null)" ] || fetch_source
    NGINX_SOURCE=$(ls -d "$asan"/nginx-[0-9]*/ | tail -n 1)
fi

# The configure script stands at the top of a release, in auto/ of a checkout.
cd "$NGINX_SOURCE"
configure=./configure
[ -x $configure ] || configure=auto/configure
san='-fsanitize=address,undefined -fno-omit-frame-pointer'
if [ ! -x "$asan/nginx" ] || [ -n "$(find "$top/ngx_module" "$top/schema" \
        -name '*.[ch]' -newer "$asan/nginx")" ]; then
    { $configure --builddir="$asan/objs" --prefix="$asan/prefix" \
        --with-debug --with-threads --with-http_ssl_module \
        --with-http_v2_module --with-http_auth_request_module \
        --with-http_addition_module --with-http_sub_module \
        --with-http_gunzip_module --with-http_gzip_static_module \
        --with-http_realip_module --with-http_stub_status_module \
        --with-http_slice_module \
        --with-cc-opt="-O1 -g $san -DNGX_DEBUG_PALLOC=1 -Wno-error" \
        --with-ld-opt="$san" --add-module="$top" &&
      make -f "$asan/objs/Makefile" -j"$(getconf _NPROCESSORS_ONLN)"
    } > "$asan/build.log" 2>&1 || {
        tail -n 40 "$asan/build.log" >&2
        exit 1
    }
    cp "$asan/objs/nginx" "$asan/nginx"
fi
cd "$top"
make -s BUILD="$BUILD" tsunagari unit

# nginx.mjs starts this binary, without load_module, and reads its reports.
NGINX_BINARY=$asan/nginx NGINX_STATIC=1
ASAN_OPTIONS=detect_leaks=0:abort_on_error=1:quarantine_size_mb=16
UBSAN_OPTIONS=print_stacktrace=1
export BUILD NGINX_BINARY NGINX_STATIC ASAN_OPTIONS UBSAN_OPTIONS
files=$(ONLY=$ONLY sh tests/nginx_files.sh valgrind)
[ -n "$files" ] || { echo "asan: no test is named so" >&2; exit 1; }
# One by one: some watch a clock, and sanitizers are slow.
exec node --test --test-concurrency=1 $files
