# Makefile: deps, build, demo, test, bench, install; the work itself is done
# by small scripts in tests/ and optimizer/demo/.
#
#   make             build/tsunagari and build/ngx_http_tsunagari_module.so
#   make BUILD=DIR   the same in another directory (out of tree)
#   make SAN=1 BUILD=build/san     with address and undefined sanitizers

BUILD ?= build
# One name for one directory: what depends on what is written down by name.
override BUILD := $(patsubst $(CURDIR)/%,%,$(abspath $(BUILD)))
PORT ?= 8080
PREFIX ?= /usr/local
NGINX_SRC ?= /usr/share/nginx/src

CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wconversion -Werror
CSTD = -std=c11 -D_DEFAULT_SOURCE -D_POSIX_C_SOURCE=200809L \
       -fvisibility=hidden
ifdef SAN
CSTD += -fsanitize=address,undefined -fno-sanitize-recover=all \
        -fno-omit-frame-pointer
LDSAN = -fsanitize=address,undefined
endif
CPPFLAGS_ALL = -I. -Ischema -MMD -MP
LIBS = -lglpk -lcholmod -lsqlite3 -lutf8proc -lxlsxwriter -lfcgi -lsodium -lm

SCHEMA_SRC := $(wildcard schema/*.c)
OPT_SRC := $(wildcard optimizer/*/*.c)
UNIT_SRC := $(wildcard tests/unit/test_*.c)
EMBED := $(sort $(wildcard schema/sql/*.sql schema/data/*.csv \
           schema/data/vocab/*.csv ngx_module/html/* \
           optimizer/service/html/* optimizer/staff/*.txt \
           optimizer/intake/*.py))

SCHEMA_OBJ := $(SCHEMA_SRC:%.c=$(BUILD)/%.o)
OPT_OBJ := $(OPT_SRC:%.c=$(BUILD)/%.o) $(BUILD)/embed_files.o
LIB_OBJ := $(filter-out $(BUILD)/optimizer/command/main.o,$(OPT_OBJ)) $(SCHEMA_OBJ)
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)
MODULE := $(BUILD)/ngx_http_tsunagari_module.so

BENCH_BIN := $(addprefix $(BUILD)/bench/,generate relax write_lp write_min)

# The files of the module that link without nginx, and their tests.
CORE_SRC := $(filter-out %/ngx_tsunagari_snapshot.c %/ngx_tsunagari_memo.c \
              %/ngx_tsunagari_generation.c %/ngx_tsunagari_figures.c, \
              $(wildcard ngx_module/ngx_tsunagari_*.c))
CORE_OBJ := $(CORE_SRC:%.c=$(BUILD)/%.o)
CORE_TEST := $(wildcard tests/unit/module/test_*.c)
CORE_TOOL := tests/unit/module/make_sample.c
CORE_HELP := $(filter-out $(CORE_TEST) $(CORE_TOOL), \
               $(wildcard tests/unit/module/*.c))
CORE_BIN := $(patsubst tests/%.c,$(BUILD)/%,$(CORE_TEST) $(CORE_TOOL))

# Fuzz targets: with libFuzzer by `make fuzz`, else with tests/fuzz/replay.c.
FUZZ_ENGINE ?= tests/fuzz/replay.c
FUZZ_BIN := $(patsubst tests/%.c,$(BUILD)/%, \
              $(filter-out %/replay.c,$(wildcard tests/fuzz/*.c)))

.PHONY: bench bench-staff bench-whatif bench-solve bench-serve all tsunagari module unit deps deps-test \
        layers test test-asan test-valgrind check demo demo-stop clean install fuzz fuzz-targets
.DELETE_ON_ERROR:

all: tsunagari module
tsunagari: $(BUILD)/tsunagari
module: $(MODULE)
unit: $(UNIT_BIN) $(CORE_BIN) fuzz-targets
fuzz-targets: $(FUZZ_BIN)

$(BUILD)/tsunagari: $(OPT_OBJ) $(SCHEMA_OBJ)
	$(CC) $(LDSAN) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(CFLAGS) $(WARN) $(CPPFLAGS_ALL) -c -o $@ $<

# The shipped files, by path, as bytes (embed.h).
$(BUILD)/embed_files.S: Makefile $(EMBED)
	@mkdir -p $(@D)
	@{ echo '.section .rodata'; \
	   i=0; for f in $(EMBED); do \
	     printf '.balign 8\nd%d: .incbin "%s"\ne%d: .byte 0\np%d: .string "%s"\n' $$i $$f $$i $$i $$f; \
	     i=$$((i + 1)); done; \
	   echo '.section .data.rel.ro,"aw"'; echo '.balign 8'; \
	   echo '.globl embed_files'; echo '.hidden embed_files'; \
	   echo 'embed_files:'; \
	   i=0; for f in $(EMBED); do \
	     echo ".quad p$$i, d$$i, e$$i"; i=$$((i + 1)); done; \
	   echo '.quad 0, 0, 0'; \
	   echo '.section .note.GNU-stack,"",@progbits'; } > $@

$(BUILD)/embed_files.o: $(BUILD)/embed_files.S
	$(CC) -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(LIB_OBJ)
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(CFLAGS) $(WARN) $(CPPFLAGS_ALL) -MF $@.d $(LDSAN) \
	    -o $@ $< $(LIB_OBJ) $(LIBS) -lcmocka

# Generator, relaxation and writers of `make bench-solve`.
$(BUILD)/bench/%: tests/bench/%.c $(LIB_OBJ)
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(CFLAGS) $(WARN) $(CPPFLAGS_ALL) -MF $@.d $(LDSAN) \
	    -o $@ $< $(LIB_OBJ) $(LIBS)

# A test of its own stands between solve_glpk.c and the library.
$(BUILD)/unit/test_faults: LIBS += \
    -Wl,--wrap=glp_simplex,--wrap=glp_intopt

# nginx's headers, and its configuration that its build of the module leaves.
NGX_CFLAGS = $(filter-out -std=% -D_POSIX%,$(CSTD)) -std=gnu11 $(CFLAGS) \
             -Wall -Wextra -Werror -I. -Ischema -Ingx_module -MMD -MP \
             -isystem $(NGINX_SRC)/src/core -isystem $(NGINX_SRC)/src/event \
             -isystem $(NGINX_SRC)/src/os/unix -isystem $(BUILD)/nginx

$(CORE_OBJ): $(BUILD)/%.o: %.c | $(MODULE)
	@mkdir -p $(@D)
	$(CC) $(NGX_CFLAGS) -Wno-unused-parameter -c -o $@ $<

$(CORE_BIN): $(BUILD)/%: tests/%.c $(CORE_HELP) $(CORE_OBJ) $(SCHEMA_OBJ)
	@mkdir -p $(@D)
	$(CC) $(NGX_CFLAGS) -MF $@.d $(LDSAN) -o $@ $< $(CORE_HELP) \
	    $(CORE_OBJ) $(SCHEMA_OBJ) -lutf8proc -lcmocka

$(FUZZ_BIN): $(BUILD)/%: tests/%.c tests/fuzz/replay.c $(CORE_HELP) \
             $(CORE_OBJ) $(LIB_OBJ)
	@mkdir -p $(@D)
	$(CC) $(NGX_CFLAGS) -MF $@.d $(LDSAN) -o $@ $< $(FUZZ_ENGINE) \
	    $(CORE_HELP) $(CORE_OBJ) $(LIB_OBJ) $(LIBS)

# nginx's own build makes the module: its flags, its rules (tests/module.sh).
MODULE_SRC := config $(wildcard ngx_module/*.c ngx_module/*.h) \
              $(SCHEMA_SRC) $(wildcard schema/*.h)
$(MODULE): $(MODULE_SRC) ngx_module/build.sh
	@mkdir -p $(@D)
	NGINX_SRC=$(NGINX_SRC) sh ngx_module/build.sh $(abspath $(BUILD)/nginx) $@

# Peers and searches of `make bench-serve`: the module's code without nginx.
PEER_BIN := $(addprefix $(BUILD)/bench/,peer_sqlite peer_groonga worst)
$(PEER_BIN): $(BUILD)/bench/%: tests/bench/%.c tests/bench/asked.c \
             $(CORE_HELP) $(CORE_OBJ) $(SCHEMA_OBJ)
	@mkdir -p $(@D)
	$(CC) $(NGX_CFLAGS) -MF $@.d $(LDSAN) -o $@ $< tests/bench/asked.c \
	    $(CORE_HELP) $(CORE_OBJ) $(SCHEMA_OBJ) -lutf8proc -lsqlite3

# Their clients.
LOAD_BIN := $(addprefix $(BUILD)/bench/,latency load)
LOAD_SRC := tests/bench/client.c tests/bench/latencies.c
$(LOAD_BIN): $(BUILD)/bench/%: tests/bench/%.c $(LOAD_SRC)
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(CFLAGS) $(WARN) $(CPPFLAGS_ALL) -MF $@.d $(LDSAN) \
	    -o $@ $< $(LOAD_SRC)

deps:
	sh tests/deps.sh build
deps-test:
	sh tests/deps.sh build test

bench: bench-solve bench-whatif bench-serve bench-staff

bench-solve: tsunagari $(BENCH_BIN)
	sh tests/deps.sh build bench
	BUILD=$(BUILD) sh tests/bench/bench_solve.sh

# ENTRIES=100000 for the size of the aim.
bench-staff: all $(LOAD_BIN)
	sh tests/deps.sh build test
	BUILD=$(abspath $(BUILD)) node tests/bench/staff.mjs

bench-whatif: tsunagari
	BUILD=$(BUILD) sh tests/bench/whatif.sh

layers:
	sh tests/layers.sh

test:
	sh tests/run.sh

# nginx built from source with the module in it, by sanitizers.
test-asan:
	sh tests/deps.sh build test
	BUILD=$(BUILD) sh tests/asan.sh

# nginx and its workers under memcheck.
test-valgrind:
	sh tests/deps.sh build test
	BUILD=$(BUILD) sh tests/memcheck.sh

# Each target for its share of T seconds; its own build, by clang.
T ?= 60
fuzz:
	sh tests/deps.sh build fuzz
	$(MAKE) -s BUILD=$(BUILD)/clang CC=clang SAN=1 \
	    CFLAGS="-O1 -g -fsanitize=fuzzer-no-link" \
	    FUZZ_ENGINE=-fsanitize=fuzzer fuzz-targets
	T=$(T) BUILD=$(BUILD)/clang sh tests/fuzz/run.sh

# Sizes 1k and 10k in a quarter of an hour; FULL=1: 100k, too.
bench-serve: all $(PEER_BIN) $(LOAD_BIN) $(BUILD)/bench/distance
	sh tests/deps.sh build test bench
	BUILD=$(BUILD) sh tests/bench/serve.sh

demo:
	PORT=$(PORT) BUILD=$(BUILD) sh optimizer/demo/demo.sh
demo-stop:
	BUILD=$(BUILD) sh optimizer/demo/stop.sh

install: all
	install -D -m 755 $(BUILD)/tsunagari $(DESTDIR)$(PREFIX)/bin/tsunagari
	install -D -m 644 $(MODULE) \
	    $(DESTDIR)/usr/lib/nginx/modules/ngx_http_tsunagari_module.so

clean:
	rm -rf $(BUILD)

-include $(wildcard $(BUILD)/optimizer/*/*.d $(BUILD)/schema/*.d \
           $(BUILD)/ngx_module/*.d $(BUILD)/unit/*.d $(BUILD)/bench/*.d \
           $(BUILD)/unit/module/*.d $(BUILD)/fuzz/*.d)
