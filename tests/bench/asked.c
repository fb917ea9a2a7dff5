/* asked.c: maps, reads, parses. */
#include "asked.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "ngx_tsunagari_set.h"

void
asked_fail(const char *what, const char *why)
{
    fprintf(stderr, "bench: %s: %s\n", what, why);
    exit(4);
}

void
asked_open(struct asked *a, const char *snapshot, const char *paths)
{
    struct stat st;
    int fd = open(snapshot, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        asked_fail(snapshot, strerror(errno));
    }
    void *map =
        mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED) {
        asked_fail(snapshot, strerror(errno));
    }
    close(fd);
    const char *reason = snap_open(&a->snap, map, (uint64_t)st.st_size);
    if (reason != NULL) {
        asked_fail(snapshot, reason);
    }
    a->paths = fopen(paths, "re");
    size_t size = ngx_tsunagari_search_size(&a->snap.collections[0]);
    a->work = malloc(size);
    if (a->paths == NULL || a->work == NULL) {
        asked_fail(paths, strerror(errno));
    }
    ngx_tsunagari_set_init();
}

bool
asked_next(struct asked *a)
{
    static u_char decoded[sizeof(a->line)];
    if (fgets(a->line, sizeof(a->line), a->paths) == NULL) {
        return false;
    }
    a->line[strcspn(a->line, "\n")] = '\0';
    char *mark = strchr(a->line, '?');
    a->args = mark != NULL ? mark + 1 : "";
    if (mark != NULL) {
        *mark = '\0';
    }
    a->path = strncmp(a->line, "/t/", 3) == 0 ? a->line + 2 : a->line;
    ngx_str_t path = {strlen(a->path), (u_char *)(uintptr_t)a->path};
    ngx_str_t args = {strlen(a->args), (u_char *)(uintptr_t)a->args};
    ngx_tsunagari_route_t route;
    ngx_tsunagari_route(&path, &route);
    a->collection = route.collection;
    if (route.route != NGX_TSUNAGARI_ROUTE_LIST ||
        ngx_tsunagari_query_parse(&a->query, &args, decoded) != NGX_OK ||
        ngx_tsunagari_search_resolve(
            &a->snap, route.collection, &a->query, &a->result) != NGX_OK) {
        asked_fail(a->line, "no list of the module");
    }
    return true;
}

double
asked_cpu_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}
