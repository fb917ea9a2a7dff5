/*
 * serve.c: accept loop and processes (serve.h).
 *
 * Why we accept ourselves: libfcgi's own accept cannot be told a time limit
 * for the bytes of a request, so that one half-sent record would hold a
 * worker for ever.  FCGX_Accept_r() takes a connection that is there already
 * (ipcFd, kept by keepConnection) and, with no socket to listen on, returns
 * when that one is no good.
 */
#define _GNU_SOURCE
#include "serve.h"

#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "optimizer/base/log.h"

enum { BACKLOG = 128 };

static volatile sig_atomic_t stopping;

static void
stop(int signal_number)
{
    (void)signal_number;
    stopping = 1;
}

/* Both signals stay blocked but while we wait: none is lost in between. */
static void
catch_signals(sigset_t *while_waiting)
{
    struct sigaction action = {.sa_handler = stop};
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGINT);
    sigprocmask(SIG_BLOCK, &blocked, while_waiting);
    sigdelset(while_waiting, SIGTERM);
    sigdelset(while_waiting, SIGINT);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static const char *
param(void *data, const char *name)
{
    return FCGX_GetParam(name, data);
}

/* The body in full; false when it is too long or not all there. */
static bool
read_body(FCGX_Request *fcgi, struct arena *arena,
    struct request_input *input)
{
    const char *text = FCGX_GetParam("CONTENT_LENGTH", fcgi->envp);
    int64_t len = text != NULL && text[0] != '\0'
                      ? request_int(text, 0, INT64_MAX, -1)
                      : 0;
    if (len < 0 || len > REQUEST_BODY_MAX) {
        input->body_len = len < 0 ? 0 : (size_t)REQUEST_BODY_MAX + 1;
        return len > 0; /* too long: the request's own refusal */
    }
    char *body = arena_alloc(arena, (size_t)len + 1);
    input->body = body;
    input->body_len = (size_t)len;
    return len == 0 || FCGX_GetStr(body, (int)len, fcgi->in) == (int)len;
}

static void
send_answer(FCGX_Request *fcgi, const struct response *response, bool head)
{
    struct html out = {0};
    response_head(response, &out);
    FCGX_PutStr(out.text, (int)out.len, fcgi->out);
    if (!head && response->body.len > 0) {
        FCGX_PutStr(response->body.text, (int)response->body.len, fcgi->out);
    }
    html_release(&out);
}

static void
answer_one(struct service *service, FCGX_Request *fcgi)
{
    struct arena arena = {0};
    struct request_input input = {.param = param, .data = fcgi->envp,
        .body = ""};
    struct response response;
    response_init(&response, &arena);
    if (read_body(fcgi, &arena, &input)) {
        service_answer(service, &arena, &input, &response);
    } else {
        response.status = 400;
    }
    const char *method = FCGX_GetParam("REQUEST_METHOD", fcgi->envp);
    send_answer(fcgi, &response,
        method != NULL && strcmp(method, "HEAD") == 0);
    response_release(&response);
    arena_release(&arena);
}

static void
take_connection(struct service *service, int connection)
{
    struct timeval limit = {.tv_sec = SERVE_READ_S};
    FCGX_Request fcgi;
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    FCGX_InitRequest(&fcgi, -1, FCGI_FAIL_ACCEPT_ON_INTR);
    fcgi.ipcFd = connection;
    fcgi.keepConnection = 1; /* or the next line would close it */
    alarm(SERVE_REQUEST_S);  /* its default ends the process */
    if (FCGX_Accept_r(&fcgi) == 0) {
        answer_one(service, &fcgi);
        fcgi.keepConnection = 0;
        FCGX_Finish_r(&fcgi);
    }
    alarm(0);
}

static void
work(struct service *service, int listening, const sigset_t *while_waiting)
{
    while (!stopping) {
        struct pollfd ready = {.fd = listening, .events = POLLIN};
        if (ppoll(&ready, 1, NULL, while_waiting) <= 0) {
            continue; /* a signal */
        }
        int connection = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
        if (connection >= 0) { /* else another worker took it */
            take_connection(service, connection);
        }
    }
}

static void
run_child(const struct serve_options *options, int listening, pid_t parent,
    const sigset_t *while_waiting)
{
    struct err err = {0};
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) {
        _exit(0);
    }
    struct service *service = service_open(&options->settings, &err);
    if (service == NULL || FCGX_Init() != 0) {
        log_error("serve: %s", err.text);
        _exit(err.kind != ERR_NONE ? (int)err.kind : ERR_SYSTEM);
    }
    signal(SIGPIPE, SIG_IGN);
    work(service, listening, while_waiting);
    service_close(service);
    _exit(0);
}

/*
 * One service per socket: a record lock (fcntl) on PATH.lock, which the
 * children of a fork do not have, so that it dies with the parent, while
 * workers of a killed one may still finish what they are at.
 */
static bool
take_lock(const char *path, struct err *err)
{
    char name[sizeof(((struct sockaddr_un *)NULL)->sun_path) + 8];
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    snprintf(name, sizeof(name), "%s.lock", path);
    int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || fcntl(fd, F_SETLK, &lock) != 0) {
        bool used = fd >= 0 && (errno == EAGAIN || errno == EACCES);
        fail(err, ERR_SYSTEM, "socket: %s: \"%s\"",
            used ? "another service has it" : strerror(errno), path);
        if (fd >= 0) {
            close(fd);
        }
        return false;
    }
    return true; /* fd stays open: closing it would drop the lock */
}

static int
listen_on(const char *path, int mode, struct err *err)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct stat there;
    if (strlen(path) >= sizeof(address.sun_path)) {
        fail(err, ERR_USAGE, "socket: the path is too long: \"%s\"", path);
        return -1;
    }
    strcpy(address.sun_path, path);
    if (!take_lock(path, err)) {
        return -1;
    }
    if (lstat(path, &there) == 0) {
        if (!S_ISSOCK(there.st_mode)) {
            fail(err, ERR_SYSTEM, "socket: something else is there: \"%s\"",
                path);
            return -1;
        }
        unlink(path); /* what a killed service left */
    }
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    mode_t before = umask(0177); /* nobody but us, until chmod says who */
    bool ok = fd >= 0 &&
              bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0 &&
              chmod(path, (mode_t)mode) == 0 && listen(fd, BACKLOG) == 0;
    umask(before);
    if (!ok) {
        fail(err, ERR_SYSTEM, "socket: %s: \"%s\"", strerror(errno), path);
        if (fd >= 0) {
            close(fd);
        }
        return -1;
    }
    return fd;
}

static pid_t
start_child(const struct serve_options *options, int listening,
    const sigset_t *while_waiting)
{
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) {
        run_child(options, listening, parent, while_waiting);
    }
    return child;
}

/* Keeps the children alive until a signal; then waits for them. */
static void
watch(const struct serve_options *options, int listening, pid_t *children,
    const sigset_t *while_waiting)
{
    while (!stopping) {
        struct timespec second = {.tv_sec = 1};
        ppoll(NULL, 0, &second, while_waiting);
        pid_t gone;
        while (!stopping && (gone = waitpid(-1, NULL, WNOHANG)) > 0) {
            for (int i = 0; i < options->workers; i++) {
                if (children[i] == gone) {
                    log_error("serve: worker %d ended, starting another",
                        (int)gone);
                    children[i] =
                        start_child(options, listening, while_waiting);
                }
            }
        }
    }
    for (int i = 0; i < options->workers; i++) {
        if (children[i] > 0) {
            kill(children[i], SIGTERM);
        }
    }
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) {
    }
}

bool
serve_run(const struct serve_options *options, struct err *err)
{
    pid_t children[SERVE_WORKERS_MAX];
    sigset_t while_waiting;
    struct service *trial = service_open(&options->settings, err);
    if (trial == NULL) { /* say it here, not in every child */
        return false;
    }
    service_begin(trial);
    service_close(trial);
    catch_signals(&while_waiting);
    int listening =
        listen_on(options->socket_path, options->socket_mode, err);
    if (listening < 0) {
        return false;
    }
    for (int i = 0; i < options->workers; i++) {
        children[i] = start_child(options, listening, &while_waiting);
    }
    log_info("serve: %d workers on %s", options->workers,
        options->socket_path);
    watch(options, listening, children, &while_waiting);
    unlink(options->socket_path);
    close(listening);
    return true;
}
