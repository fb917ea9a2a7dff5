#!/bin/sh
# nginx_tests.sh DIR [PATTERN]: nginx's own test suite, which lies in DIR (a
# checkout of github.com/nginx/nginx-tests as old as the nginx: main of
# October 2022 for Debian 12's 1.22.1), once without and once with our module
# loaded and a snapshot mapped in every http block.  Prints the counts and
# every test whose result differs; exits with 1 if one does.
#   PATTERN            only the files whose name matches this regular
#                      expression (all but mail, stream, js and QUIC)
#   BUILD=DIR          where our module and command line are (build)
#   NGINX_BINARY=PATH  another nginx, whose module is in BUILD
#   JOBS=N             files at the same time (the number of processors)
set -eu
[ $# -ge 1 ] && [ -e "$1/lib/Test/Nginx.pm" ] || {
    echo "usage: nginx_tests.sh DIR [PATTERN], DIR a checkout of nginx-tests" >&2
    exit 2
}
suite=$(cd "$1" && pwd)
pattern=${2:-.}
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$(pwd)/$BUILD ;; esac
JOBS=${JOBS:-$(getconf _NPROCESSORS_ONLN)}
nginx=${NGINX_BINARY:-$(command -v nginx || echo /usr/sbin/nginx)}
out=$BUILD/nginx-tests
rm -rf "$out"
mkdir -p "$out/without" "$out/with"

# The suite loads each module that nginx was configured to make loadable, and
# Debian packs those apart: say that there are none.
cat > "$out/nginx" <<WRAPPER
#!/bin/sh
[ "\$1" = -V ] || exec $nginx "\$@"
$nginx -V 2>&1 | sed -E 's/--with-[a-z_]+=dynamic//g'
WRAPPER
chmod +x "$out/nginx"

store=$out/store.db
for step in init 'generate --entries 200 --seed 1' match \
    "publish --audience public $out/public.snap"; do
    # shellcheck disable=SC2086
    TSUNAGARI_STORE=$store "$BUILD/tsunagari" $step > /dev/null
done

# Workers of root read what root alone may read: the suite's directories.
user=
[ "$(id -u)" != 0 ] || user='user root;'
export TEST_NGINX_BINARY="$out/nginx"

# STATE FILE...: each file's results, one a line, without what an answer was,
# and without the test's name, for some hold a port.
run() {
    state=$1
    shift
    export state out
    printf '%s\n' "$@" | xargs -P "$JOBS" -I '{}' sh -c '
        timeout 300 perl -I lib "{}" > "$out/$state/{}.log" 2>&1 || :
        grep -E "^((not )?ok |1\.\.|Bail out)" "$out/$state/{}.log" |
            sed -E "s/^((not )?ok [0-9]+) - [^#]*/\1 /" \
            > "$out/$state/{}.tap"'
}

without() {
    TEST_NGINX_GLOBALS=$user TEST_NGINX_GLOBALS_HTTP='' run without "$@"
}

with() {
    TEST_NGINX_GLOBALS="load_module $BUILD/ngx_http_tsunagari_module.so; $user" \
        TEST_NGINX_GLOBALS_HTTP="tsunagari_snapshot $out/public.snap;" \
        run with "$@"
}

differing() {
    for file in "$@"; do
        cmp -s "$out/without/$file.tap" "$out/with/$file.tap" || echo "$file"
    done
}

counts() {
    cat "$out/$1"/*.tap | awk -v state="$1" '
        /^1\.\.0/ || /^1\.\.[0-9]+ # SKIP/ { skipped++; next }
        /^1\.\./ { files++; planned += substr($1, 4) }
        / # TODO/ { todo++; next }
        / # skip/ { away++; next }
        /^ok / { passed++ }
        /^not ok / { failed++ }
        END {
            printf "%s: %d files, %d tests passed, %d failed, ", state, files,
                passed, failed
            printf "%d skipped, %d to do; %d files stayed away\n", away, todo,
                skipped
        }'
}

cd "$suite"
files=$(printf "%s\n" *.t | grep -E "$pattern" |
    grep -vE '^(mail|stream|js|quic|h3|ssl_js)_?|_js') ||
    { echo "nginx_tests: no file is named so" >&2; exit 2; }
# shellcheck disable=SC2086
{
    without $files
    with $files
    # Some watch a clock: a file that differs is run again, alone.
    again=$(differing $files)
    JOBS=1
    [ -z "$again" ] || { without $again; with $again; }
    different=$(differing $files)
}
counts without
counts with
[ -z "$different" ] || {
    for file in $different; do
        echo "$file: without and with the module ($out/*/$file.log):"
        diff "$out/without/$file.tap" "$out/with/$file.tap" || :
    done
    exit 1
}
echo "no difference"
