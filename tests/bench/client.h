/*
 * client.h: connections to a server on 127.0.0.1, for the programs of
 * `make bench-serve` that ask for the paths of a file in turn.
 *
 * Meaning   one request at a time on each connection; an answer is a 200
 *           with a length or in chunks, its body is counted and thrown away.
 * Units     bytes; microseconds.
 * Failure   ends the program with a message: this is a bench.
 * Lifetime  the connections and the requests live as long as the program.
 */
#ifndef TSUNAGARI_CLIENT_H
#define TSUNAGARI_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

enum {
    CLIENT_CONNECTIONS = 64,
    CLIENT_LINE = 4096
};

struct connection {
    int fd;
    double sent;            /* when it was asked */
    char head[CLIENT_LINE]; /* until it is whole */
    size_t head_n;
    size_t left; /* of the body, or of a chunk and its end */
    size_t size; /* of the next chunk, as far as its line is read */
    bool whole, chunked, last;
    bool waited; /* the program's own; false when asked */
};

struct client {
    int poll; /* of epoll: data.ptr is the connection */
    int connections_n;
    struct connection connections[CLIENT_CONNECTIONS];
    char **requests;
    size_t requests_n, asked;
    uint64_t bytes; /* heads and bodies, so far */
};

/* Connects so often; the paths are those of the file, headers ends of lines
 * and all ("" or "Accept-Encoding: gzip\r\n"). */
void client_open(struct client *c, int port, const char *paths,
    const char *headers, int connections);

/* The next path, on a connection that has none. */
void client_ask(struct client *c, struct connection *on);

/* What has come; whether the answer has ended. */
bool client_take(struct client *c, struct connection *on);

double client_clock_us(clockid_t clock);
double client_now_us(void);

_Noreturn void client_stop(const char *what, const char *why);

#endif
