#!/bin/sh
# deps.sh [build] [test] [fuzz] [bench]: installs the Debian packages of a
# set, and what npm has for the tests and the peers.  Prints what it installs;
# does nothing (and needs no root) when all is there.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

# set  package  command that does as well  why
# The README's table of dependencies is this one: `sh tests/deps.sh list`.
table() {
    cat <<'TABLE'
build|gcc|cc|C compiler: the command line and the module
build|libc6-dev|-|headers of the C library
build|nginx|-|the web server that the module is loaded into; the demo runs it
build|nginx-dev|-|headers, configure and compiler flags of that same nginx
build|libglpk-dev|-|the solver: linear programs, integer programs, network flow
build|libsuitesparse-dev|-|CHOLMOD: the order and the shape of sparse Cholesky factors, for relaxations of 15,000 lines and more
build|libsqlite3-dev|-|the system of record: one file, transactions, no server to run
build|libdeflate-dev|-|gzip of whole answers, several times faster than zlib
build|libutf8proc-dev|-|Unicode: NFKC and case folding for search, no tables of our own
build|libfcgi-dev|-|FastCGI: the service behind nginx
build|libsodium-dev|-|passwords (Argon2id), random tokens, their hashes
build|libxlsxwriter-dev|-|reports as Excel workbooks, with charts
build|xlsx2csv|xlsx2csv|reads workbooks that are handed in, as a program with limits on time and memory
build|curl|curl|the demo asks its own server whether it answers
fuzz|clang|clang|libFuzzer: `make fuzz` only
fuzz|libclang-rt-14-dev|-|... and its library
bench|glpk-utils|glpsol|peer of `make bench-solve`: GLPK on the whole model
bench|coinor-cbc|cbc|... and CLP
bench|liblemon-dev|-|... and LEMON's network simplex, where it is pure transport
bench|g++|c++|compiles that one
bench|groonga-bin|groonga|peer of `make bench-serve`: fills its database
bench|groonga-httpd|/usr/sbin/groonga-httpd|... and the server that is asked
bench|nodejs|node|runs HiGHS (npm, WebAssembly), a peer, too
bench|npm|npm|installs it by its lock file
test|libcmocka-dev|-|unit tests in C
test|valgrind|valgrind|memory errors and leaks in the unit tests and in one nginx
test|sqlite3|sqlite3|the oracle: the same question asked in SQL
test|nodejs|node|runs the integration and the browser test
test|npm|npm|installs the packages below by their lock file
test|chromium|chromium|the browser of the browser test
test|fonts-noto-cjk|-|Japanese letters in that browser
TABLE
}

usage() {
    echo "usage: deps.sh [build] [test] [fuzz] [bench] | list" >&2
    exit 2
}

installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = \
        installed ]
}

# The packages of the sets asked for that are not there.
missing() {
    table | while IFS='|' read -r set package command why; do
        case " $* " in *" $set "*) ;; *) continue ;; esac
        [ "$command" != - ] && command -v "$command" >/dev/null 2>&1 &&
            continue
        installed "$package" || printf '%s ' "$package"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        echo "deps: needs root, or sudo without a password; type as root:" >&2
        echo "  apt-get install --no-install-recommends $packages" >&2
        exit 1
    fi
}

# The package nginx would start its service on port 80 at once.  Nothing here
# needs it: hold it back while we install, unless the machine has its own rule.
policy=/usr/sbin/policy-rc.d
hold_services() {
    [ -e $policy ] && return
    trap 'as_root rm -f $policy' EXIT INT TERM
    as_root sh -c "printf '#!/bin/sh\nexit 101\n' > $policy && chmod 755 $policy"
}

install_packages() {
    packages=$(missing "$@")
    [ -n "$packages" ] || return 0
    echo "deps: installing $packages"
    hold_services
    apt="env DEBIAN_FRONTEND=noninteractive apt-get -q"
    # shellcheck disable=SC2086
    as_root $apt update
    # shellcheck disable=SC2086
    as_root $apt install -y --no-install-recommends $packages
    packages=$(missing "$@")
    [ -z "$packages" ] || {
        echo "deps: still missing: $packages" >&2
        exit 1
    }
}

# The packages of npm, exactly as the lock file has them.
install_npm() {
    lock=$here/$1/package-lock.json
    mark=$here/$1/node_modules/.package-lock.json
    [ -e "$mark" ] && [ ! "$lock" -nt "$mark" ] && return
    echo "deps: npm ci in tests/$1"
    (cd "$here/$1" && npm ci --ignore-scripts --no-audit --no-fund \
        --loglevel=error)
    touch "$mark"
}

[ $# -gt 0 ] || set -- build
for set in "$@"; do
    case $set in
    build | test | fuzz | bench) ;;
    list) table; exit ;;
    *) usage ;;
    esac
done
install_packages "$@"
case " $* " in *" test "*) install_npm browser ;; esac
case " $* " in *" bench "*) install_npm bench ;; esac
