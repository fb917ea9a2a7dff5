/* client.c: sockets that do not block, as much of HTTP/1.1 as is answered. */
#include "client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROOM = 1 << 16 };

void
client_stop(const char *what, const char *why)
{
    fprintf(stderr, "bench: %s: %s\n", what, why);
    exit(4);
}

double
client_clock_us(clockid_t clock)
{
    struct timespec t;
    if (clock_gettime(clock, &t) != 0) {
        client_stop("clock", strerror(errno));
    }
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

double
client_now_us(void)
{
    return client_clock_us(CLOCK_MONOTONIC);
}

static void
read_paths(struct client *c, const char *file, const char *headers)
{
    char line[CLIENT_LINE];
    FILE *in = fopen(file, "re");
    if (in == NULL) {
        client_stop(file, strerror(errno));
    }
    while (fgets(line, sizeof(line), in) != NULL) {
        size_t room = strlen(line) + strlen(headers) + 64;
        char **more =
            realloc(c->requests, (c->requests_n + 1) * sizeof(*more));
        char *request = malloc(room);
        if (more == NULL || request == NULL) {
            client_stop(file, "no memory");
        }
        line[strcspn(line, "\n")] = '\0';
        snprintf(request, room,
            "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n", line, headers);
        c->requests = more;
        c->requests[c->requests_n++] = request;
    }
    fclose(in);
    if (c->requests_n == 0) {
        client_stop(file, "no path");
    }
}

static void
open_connection(struct client *c, int port, struct connection *on)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct epoll_event wish = {EPOLLIN, {.ptr = on}};
    on->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (on->fd < 0 ||
        connect(on->fd, (const struct sockaddr *)&to, sizeof(to)) != 0 ||
        fcntl(on->fd, F_SETFL, O_NONBLOCK) != 0 ||
        epoll_ctl(c->poll, EPOLL_CTL_ADD, on->fd, &wish) != 0) {
        client_stop("connect", strerror(errno));
    }
}

void
client_open(struct client *c, int port, const char *paths,
    const char *headers, int connections)
{
    if (connections < 1 || connections > CLIENT_CONNECTIONS) {
        client_stop("connections", "too few or too many");
    }
    read_paths(c, paths, headers);
    c->poll = epoll_create1(EPOLL_CLOEXEC);
    c->connections_n = connections;
    for (int i = 0; i < connections; i++) {
        open_connection(c, port, &c->connections[i]);
    }
}

void
client_ask(struct client *c, struct connection *on)
{
    const char *request = c->requests[c->asked++ % c->requests_n];
    on->head_n = on->left = on->size = 0;
    on->whole = on->chunked = on->last = on->waited = false;
    on->sent = client_now_us();
    if (send(on->fd, request, strlen(request), MSG_NOSIGNAL) !=
        (ssize_t)strlen(request)) {
        client_stop("send", strerror(errno));
    }
}

/* How the body comes, once the head is whole; where in data it begins. */
static size_t
take_head(struct connection *on, const char *data, size_t n)
{
    size_t before = on->head_n, part = n;
    if (part > sizeof(on->head) - 1 - before) {
        part = sizeof(on->head) - 1 - before;
    }
    memcpy(on->head + before, data, part);
    on->head_n += part;
    on->head[on->head_n] = '\0';
    char *end = strstr(on->head, "\r\n\r\n");
    if (end == NULL && on->head_n < sizeof(on->head) - 1) {
        return n;
    }
    char *length = strstr(on->head, "Content-Length: ");
    on->chunked = strstr(on->head, "Transfer-Encoding: chunked") != NULL;
    if (end == NULL || (length == NULL && !on->chunked) ||
        strncmp(on->head, "HTTP/1.1 200 ", 13) != 0) {
        client_stop("answer", on->head);
    }
    on->whole = true;
    if (!on->chunked) {
        on->left = strtoul(length + strlen("Content-Length: "), NULL, 10);
    }
    return (size_t)(end - on->head) + 4 - before;
}

/* Each chunk is a line with its size, that many bytes and an empty line. */
static void
take_chunks(struct connection *on, const char *data, size_t n)
{
    while (n > 0) {
        size_t part = on->left < n ? on->left : n;
        on->left -= part;
        data += part;
        n -= part;
        if (n == 0) {
            break;
        }
        const char *digits = "0123456789abcdef";
        const char *digit = memchr(digits, *data, 16);
        if (digit != NULL) {
            on->size = on->size * 16 + (size_t)(digit - digits);
        } else if (*data == '\n') {
            on->last = on->size == 0;
            on->left = on->size + 2;
            on->size = 0;
        }
        data++;
        n--;
    }
}

bool
client_take(struct client *c, struct connection *on)
{
    static char room[ROOM];
    for (;;) {
        ssize_t n = recv(on->fd, room, sizeof(room), 0);
        if (n < 0 && errno == EAGAIN) {
            return false;
        }
        if (n <= 0) {
            client_stop("recv", n == 0 ? "closed" : strerror(errno));
        }
        c->bytes += (uint64_t)n;
        size_t from = on->whole ? 0 : take_head(on, room, (size_t)n);
        if (on->chunked) {
            take_chunks(on, room + from, (size_t)n - from);
        } else {
            on->left -= (size_t)n - from;
        }
        if (on->whole && on->left == 0 && (on->last || !on->chunked)) {
            return true;
        }
    }
}
