/*
 * latency.c: the slow end of a server's latencies, on a machine that has other
 * things to do as well.
 *
 *   latency PORT PATHS SECONDS CONNECTIONS WORKER-PID
 *
 * Asks 127.0.0.1:PORT for the paths of a file in turn, one request at a time
 * on each connection.  An answer during which the worker or this process was
 * ready to run and had no processor tells nothing of the server: it is left
 * out.  The kernel counts such waiting (second field of schedstat), and it
 * is looked at before each turn's answers are judged.  When the host of a
 * virtual machine has other things to do the kernel does not count that, but
 * it takes it out of the time that a process has run.  One of the two has
 * work at any time: a turn of which they ran for less than half, and for
 * which the worker read no disk, was the host's, and is left out as well.
 * Of an answer that took longer than is usual, those that would have been
 * asked for in the meantime had the client not waited for it are counted as
 * well, as wrk does.
 * Prints RESULT REQUESTS P50 P99 P99.9 LEFT-OUT, in microseconds.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    CONNECTIONS = 64,
    PATHS = 4096,
    LINE = 4096,
    ROOM = 1 << 16,
    WAITED_US = 30,  /* a wake-up takes a few */
    STALLED_US = 100 /* neither runs while one wakes the other */
};

struct connection {
    int fd;
    double sent;
    char head[LINE]; /* until it is whole */
    size_t head_n, left;
    bool whole, waited;
};

static struct connection connections[CONNECTIONS];
static int connections_n;
static char *requests[PATHS];
static unsigned requests_n, asked;
static double *taken; /* of the answers that count */
static size_t taken_n, taken_cap, left_out;
static int schedstat[2], worker_stat;
static double waited_us[2], looked_us, ran_us;
static clockid_t clocks[2]; /* processor time of the same two */
static unsigned long disk_faults;

static void
stop(const char *what, const char *why)
{
    fprintf(stderr, "bench: %s: %s\n", what, why);
    exit(4);
}

static double
clock_us(clockid_t clock)
{
    struct timespec t;
    if (clock_gettime(clock, &t) != 0) {
        stop("clock", strerror(errno));
    }
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double
now_us(void)
{
    return clock_us(CLOCK_MONOTONIC);
}

/* Whether the worker had to read a disk since the last call. */
static bool
has_read(void)
{
    char text[512] = "";
    unsigned long before = disk_faults;
    const char *name_end = NULL;
    if (pread(worker_stat, text, sizeof(text) - 1, 0) > 0) {
        name_end = strrchr(text, ')');
    }
    if (name_end == NULL ||
        sscanf(name_end + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %lu",
            &disk_faults) != 1) {
        stop("stat", strerror(errno));
    }
    return disk_faults != before;
}

/* Whether the host had the processor of one of the two since the last call. */
static bool
has_stalled(void)
{
    double gap = now_us() - looked_us;
    double ran = clock_us(clocks[0]) + clock_us(clocks[1]) - ran_us;
    looked_us += gap;
    ran_us += ran;
    return gap > STALLED_US && ran < gap / 2 && !has_read();
}

/* Whether one of the two had to wait for a processor since the last call. */
static bool
has_waited(void)
{
    bool waited = has_stalled();
    for (int i = 0; i < 2; i++) {
        char text[128] = "";
        double ran = 0, delay = 0;
        if (pread(schedstat[i], text, sizeof(text) - 1, 0) <= 0 ||
            sscanf(text, "%lf %lf", &ran, &delay) != 2) {
            stop("schedstat", strerror(errno));
        }
        waited = waited || delay / 1e3 - waited_us[i] > WAITED_US;
        waited_us[i] = delay / 1e3;
    }
    return waited;
}

static void
read_paths(const char *file)
{
    char line[LINE];
    FILE *in = fopen(file, "re");
    if (in == NULL) {
        stop(file, strerror(errno));
    }
    while (requests_n < PATHS && fgets(line, sizeof(line), in) != NULL) {
        size_t room = strlen(line) + 64;
        line[strcspn(line, "\n")] = '\0';
        requests[requests_n] = malloc(room);
        snprintf(requests[requests_n++], room,
            "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", line);
    }
    fclose(in);
    if (requests_n == 0) {
        stop(file, "no path");
    }
}

static void
ask(struct connection *c)
{
    const char *request = requests[asked++ % requests_n];
    c->head_n = 0;
    c->whole = c->waited = false;
    c->sent = now_us();
    if (send(c->fd, request, strlen(request), MSG_NOSIGNAL) !=
        (ssize_t)strlen(request)) {
        stop("send", strerror(errno));
    }
}

static void
open_connection(int poll, int port, int number)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct connection *c = &connections[number];
    struct epoll_event wish = {EPOLLIN, {.ptr = c}};
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (c->fd < 0 ||
        connect(c->fd, (const struct sockaddr *)&to, sizeof(to)) != 0 ||
        fcntl(c->fd, F_SETFL, O_NONBLOCK) != 0 ||
        epoll_ctl(poll, EPOLL_CTL_ADD, c->fd, &wish) != 0) {
        stop("connect", strerror(errno));
    }
}

/* The body's length, once the head is whole; what is behind it is read. */
static void
take_head(struct connection *c, const char *data, size_t n)
{
    size_t before = c->head_n, part = n;
    if (part > sizeof(c->head) - 1 - before) {
        part = sizeof(c->head) - 1 - before;
    }
    memcpy(c->head + before, data, part);
    c->head_n += part;
    c->head[c->head_n] = '\0';
    char *end = strstr(c->head, "\r\n\r\n");
    char *length = strstr(c->head, "Content-Length: ");
    if (end == NULL && c->head_n < sizeof(c->head) - 1) {
        return;
    }
    if (end == NULL || length == NULL ||
        strncmp(c->head, "HTTP/1.1 200 ", 13) != 0) {
        stop("answer", c->head);
    }
    size_t body = strtoul(length + strlen("Content-Length: "), NULL, 10);
    size_t here = n - ((size_t)(end - c->head) + 4 - before);
    c->whole = true;
    c->left = body - here;
}

/* Whether the answer has ended. */
static bool
take(struct connection *c)
{
    static char room[ROOM];
    for (;;) {
        ssize_t n = recv(c->fd, room, sizeof(room), 0);
        if (n < 0 && errno == EAGAIN) {
            return false;
        }
        if (n <= 0) {
            stop("recv", n == 0 ? "closed" : strerror(errno));
        }
        if (!c->whole) {
            take_head(c, room, (size_t)n);
        } else {
            c->left -= (size_t)n;
        }
        if (c->whole && c->left == 0) {
            return true;
        }
    }
}

static void
keep(double us)
{
    if (taken_n == taken_cap) {
        taken_cap = 2 * taken_cap + 65536;
        taken = realloc(taken, taken_cap * sizeof(*taken));
        if (taken == NULL) {
            stop("latencies", "no memory");
        }
    }
    taken[taken_n++] = us;
}

static void
turn(int poll, bool asking)
{
    struct epoll_event events[CONNECTIONS];
    bool ended[CONNECTIONS];
    int n = epoll_wait(poll, events, CONNECTIONS, 1000);
    double at = now_us();
    for (int i = 0; i < n; i++) {
        ended[i] = take(events[i].data.ptr);
    }
    if (has_waited()) {
        for (int i = 0; i < connections_n; i++) {
            connections[i].waited = true;
        }
    }
    for (int i = 0; i < n; i++) {
        struct connection *c = events[i].data.ptr;
        if (!ended[i]) {
            continue;
        }
        if (c->waited) {
            left_out++;
        } else {
            keep(at - c->sent);
        }
        if (asking) {
            ask(c);
        }
    }
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int
main(int argc, char **argv)
{
    if (argc != 6 || atoi(argv[4]) < 1 || atoi(argv[4]) > CONNECTIONS) {
        fputs("usage: latency PORT PATHS SECONDS CONNECTIONS WORKER-PID\n",
            stderr);
        return 2;
    }
    char path[64];
    snprintf(path, sizeof(path), "/proc/%d/schedstat", atoi(argv[5]));
    schedstat[0] = open("/proc/self/schedstat", O_RDONLY | O_CLOEXEC);
    schedstat[1] = open(path, O_RDONLY | O_CLOEXEC);
    snprintf(path, sizeof(path), "/proc/%d/stat", atoi(argv[5]));
    worker_stat = open(path, O_RDONLY | O_CLOEXEC);
    clocks[0] = CLOCK_PROCESS_CPUTIME_ID;
    if (clock_getcpuclockid(atoi(argv[5]), &clocks[1]) != 0) {
        stop("worker", "no such process");
    }
    read_paths(argv[2]);
    int poll = epoll_create1(EPOLL_CLOEXEC);
    connections_n = atoi(argv[4]);
    for (int i = 0; i < connections_n; i++) {
        open_connection(poll, atoi(argv[1]), i);
    }
    has_read();
    has_waited();
    double start = now_us(), end = start + atof(argv[3]) * 1e6;
    for (int i = 0; i < connections_n; i++) {
        ask(&connections[i]);
    }
    while (now_us() < end) {
        turn(poll, true);
    }
    if (taken_n == 0) {
        stop("latencies", "each had to wait for a processor");
    }
    double usual =
        (now_us() - start) * connections_n / (double)(taken_n + left_out);
    size_t requests_kept = taken_n;
    for (size_t i = 0; i < requests_kept; i++) {
        for (double us = taken[i] - usual; us > usual; us -= usual) {
            keep(us);
        }
    }
    qsort(taken, taken_n, sizeof(*taken), compare);
    printf("RESULT %zu %.0f %.0f %.0f %zu\n", requests_kept, taken[taken_n / 2],
        taken[(size_t)((double)taken_n * 0.99)],
        taken[(size_t)((double)taken_n * 0.999)], left_out);
    return 0;
}
