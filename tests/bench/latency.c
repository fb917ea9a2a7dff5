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
 * well.
 * Prints RESULT REQUESTS P50 P99 P99.9 LEFT-OUT, in microseconds.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "client.h"
#include "latencies.h"

enum {
    WAITED_US = 30,  /* a wake-up takes a few */
    STALLED_US = 100 /* neither runs while one wakes the other */
};

static struct client client;
static struct latencies taken; /* of the answers that count */
static size_t left_out;
static int schedstat[2], worker_stat;
static double waited_us[2], looked_us, ran_us;
static clockid_t clocks[2]; /* processor time of the same two */
static unsigned long disk_faults;

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
        client_stop("stat", strerror(errno));
    }
    return disk_faults != before;
}

/* Whether the host had the processor of one of the two since the last call. */
static bool
has_stalled(void)
{
    double gap = client_now_us() - looked_us;
    double ran = client_clock_us(clocks[0]) + client_clock_us(clocks[1]) - ran_us;
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
            client_stop("schedstat", strerror(errno));
        }
        waited = waited || delay / 1e3 - waited_us[i] > WAITED_US;
        waited_us[i] = delay / 1e3;
    }
    return waited;
}

static void
turn(void)
{
    struct epoll_event events[CLIENT_CONNECTIONS];
    bool ended[CLIENT_CONNECTIONS];
    int n = epoll_wait(client.poll, events, CLIENT_CONNECTIONS, 1000);
    double at = client_now_us();
    for (int i = 0; i < n; i++) {
        ended[i] = client_take(&client, events[i].data.ptr);
    }
    if (has_waited()) {
        for (int i = 0; i < client.connections_n; i++) {
            client.connections[i].waited = true;
        }
    }
    for (int i = 0; i < n; i++) {
        struct connection *on = events[i].data.ptr;
        if (!ended[i]) {
            continue;
        }
        if (on->waited) {
            left_out++;
        } else {
            latencies_keep(&taken, at - on->sent);
        }
        client_ask(&client, on);
    }
}

/* Of the server's process and of this one. */
static void
watch(int pid)
{
    char path[64];
    snprintf(path, sizeof(path), "/proc/%d/schedstat", pid);
    schedstat[0] = open("/proc/self/schedstat", O_RDONLY | O_CLOEXEC);
    schedstat[1] = open(path, O_RDONLY | O_CLOEXEC);
    snprintf(path, sizeof(path), "/proc/%d/stat", pid);
    worker_stat = open(path, O_RDONLY | O_CLOEXEC);
    clocks[0] = CLOCK_PROCESS_CPUTIME_ID;
    if (clock_getcpuclockid(pid, &clocks[1]) != 0) {
        client_stop("worker", "no such process");
    }
    has_read();
    has_waited();
}

int
main(int argc, char **argv)
{
    if (argc != 6) {
        fputs("usage: latency PORT PATHS SECONDS CONNECTIONS WORKER-PID\n",
            stderr);
        return 2;
    }
    client_open(&client, atoi(argv[1]), argv[2], "", atoi(argv[4]));
    watch(atoi(argv[5]));
    double start = client_now_us(), end = start + atof(argv[3]) * 1e6;
    for (int i = 0; i < client.connections_n; i++) {
        client_ask(&client, &client.connections[i]);
    }
    while (client_now_us() < end) {
        turn();
    }
    if (taken.n == 0) {
        client_stop("latencies", "each had to wait for a processor");
    }
    double usual = (client_now_us() - start) * client.connections_n /
                   (double)(taken.n + left_out);
    size_t answers = taken.n;
    for (size_t i = 0; i < answers; i++) {
        for (double us = taken.us[i] - usual; us > usual; us -= usual) {
            latencies_keep(&taken, us);
        }
    }
    latencies_sort(&taken);
    printf("RESULT %zu %.0f %.0f %.0f %zu\n", answers,
        latencies_quantile(&taken, 0.5), latencies_quantile(&taken, 0.99),
        latencies_quantile(&taken, 0.999), left_out);
    return 0;
}
