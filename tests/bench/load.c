/*
 * load.c: as many requests as a server and one client can, and what of the
 * latencies they have.
 *
 *   load PORT PATHS SECONDS CONNECTIONS identity|gzip
 *
 * Never sleeps where there is a processor for the server besides its own: to
 * wake a client that sleeps on the same machine costs the server's process
 * some 1 to 3 us, on a virtual machine much of it in its host, which no
 * client behind a network card would cost it; and only a server that is
 * slower than the client pays for it.
 * Prints RESULT REQUESTS US BYTES P50 P99 P99.9, latencies in microseconds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "client.h"
#include "latencies.h"

static struct client client;
static struct latencies taken;

static void
run(double end, int patience_ms)
{
    struct epoll_event events[CLIENT_CONNECTIONS];
    for (int i = 0; i < client.connections_n; i++) {
        client_ask(&client, &client.connections[i]);
    }
    for (double now = client_now_us(); now < end;) {
        int n = epoll_wait(
            client.poll, events, CLIENT_CONNECTIONS, patience_ms);
        now = client_now_us();
        for (int i = 0; i < n; i++) {
            struct connection *on = events[i].data.ptr;
            if (client_take(&client, on)) {
                latencies_keep(&taken, now - on->sent);
                client_ask(&client, on);
            }
        }
    }
}

int
main(int argc, char **argv)
{
    if (argc != 6) {
        fputs("usage: load PORT PATHS SECONDS CONNECTIONS identity|gzip\n",
            stderr);
        return 2;
    }
    client_open(&client, atoi(argv[1]), argv[2],
        strcmp(argv[5], "gzip") == 0 ? "Accept-Encoding: gzip\r\n" : "",
        atoi(argv[4]));
    double start = client_now_us();
    run(start + atof(argv[3]) * 1e6,
        sysconf(_SC_NPROCESSORS_ONLN) > 1 ? 0 : 1000);
    double us = client_now_us() - start;
    if (taken.n == 0) {
        client_stop("load", "no answer");
    }
    latencies_sort(&taken);
    printf("RESULT %zu %.0f %llu %.0f %.0f %.0f\n", taken.n, us,
        (unsigned long long)client.bytes, latencies_quantile(&taken, 0.5),
        latencies_quantile(&taken, 0.99), latencies_quantile(&taken, 0.999));
    return 0;
}
