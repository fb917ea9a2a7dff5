/* mail.c: the queue in the store and its way out (mail.h). */
#define _GNU_SOURCE
#include "mail.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

bool
mail_address_valid(const char *address)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-@";
    const char *at = strchr(address, '@');
    size_t len = strlen(address);
    return at != NULL && at != address && len <= MAIL_ADDRESS_MAX &&
           strspn(address, allowed) == len && address[0] != '-' &&
           strchr(at + 1, '@') == NULL && at[1] != '.' &&
           strchr(at + 1, '.') != NULL && address[len - 1] != '.' &&
           strstr(address, "..") == NULL;
}

static bool
run(struct store *store, const char *sql, int64_t id,
    const char *const texts[4], struct err *err)
{
    struct store_stmt *stmt = store_prepare(store, sql, err);
    if (stmt == NULL) {
        return false;
    }
    if (id > 0) {
        store_bind_int(stmt, 1, id);
    }
    for (int i = 0; i < 4 && texts[i] != NULL; i++) {
        store_bind_text(stmt, (id > 0) + i + 1, texts[i]);
    }
    bool ok = store_run(stmt, err);
    store_finish(stmt);
    return ok;
}

static bool
audit(struct store *store, const char *action, int64_t id, struct err *err)
{
    char subject[40];
    snprintf(subject, sizeof(subject), "mails/%" PRId64, id);
    return store_audit(store, action, subject, NULL, err);
}

bool
mail_queue(struct store *store, const char *to, const char *subject,
    const char *body, struct err *err)
{
    char now[21];
    store_now(now);
    if (!mail_address_valid(to)) {
        return fail(err, ERR_INPUT, "not an e-mail address");
    }
    const char *texts[4] = {to, subject, body, now};
    return run(store,
               "INSERT INTO mails (recipient, subject, body, created_at)"
               " VALUES (?1, ?2, ?3, ?4)",
               0, texts, err) &&
           audit(store, "mail.queue", store_last_id(store), err);
}

struct letter {
    int64_t id;
    const char *to, *subject, *body, *created_at;
};

static bool
next_letter(struct store *store, int64_t after, struct letter *letter,
    struct arena *arena, bool *found, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT id, recipient, subject, body, created_at FROM mails"
        " WHERE delivered_at IS NULL AND id > ?1 ORDER BY id LIMIT 1",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, after);
    int step = store_step(stmt, err);
    *found = step == 1;
    if (*found) {
        *letter = (struct letter){.id = store_int(stmt, 0),
            .to = arena_string(arena, store_text(stmt, 1)),
            .subject = arena_string(arena, store_text(stmt, 2)),
            .body = arena_string(arena, store_text(stmt, 3)),
            .created_at = arena_string(arena, store_text(stmt, 4))};
    }
    store_finish(stmt);
    return step >= 0;
}

/* RFC 2047 words of at most 39 bytes each, cut between characters: a line with
 * such a word has 76 letters at most, and the first begins with "Subject:". */
static void
put_subject(struct html *out, struct arena *arena, const char *subject)
{
    size_t len = strlen(subject);
    while (len > 0) {
        size_t n = err_utf8_cut(subject, len, 39);
        html_raw(out, arena_format(arena, " =?UTF-8?B?%s?=\r\n",
            secret_base64(arena, subject, n)));
        subject += n;
        len -= n;
    }
}

static void
put_letter(struct html *out, struct arena *arena,
    const struct letter *letter, const struct service_settings *settings)
{
    struct tm tm = {0};
    char date[64];
    store_moment(letter->created_at, &tm);
    strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S +0000", &tm);
    html_raw(out, arena_format(arena,
        "From: <%s>\r\nTo: <%s>\r\nDate: %s\r\n"
        "Message-ID: <tsunagari.%" PRId64 ".%s@%s>\r\nSubject:",
        settings->mail_from, letter->to, date, letter->id,
        url_encode(arena, letter->created_at),
        strchr(settings->mail_from, '@') + 1));
    put_subject(out, arena, letter->subject);
    html_raw(out,
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "Auto-Submitted: auto-generated\r\n\r\n");
    const char *coded =
        secret_base64(arena, letter->body, strlen(letter->body));
    for (size_t len = strlen(coded); len > 0;) {
        size_t n = len < 76 ? len : 76;
        html_bytes(out, coded, n);
        html_raw(out, "\r\n");
        coded += n;
        len -= n;
    }
}

static bool
write_file(const char *path, const struct html *text, struct arena *arena,
    struct err *err)
{
    const char *part = arena_format(arena, "%s.part", path);
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool ok = fd >= 0 &&
              write(fd, text->text, text->len) == (ssize_t)text->len &&
              fsync(fd) == 0;
    ok = (fd < 0 || close(fd) == 0) && ok && rename(part, path) == 0;
    return ok || fail(err, ERR_SYSTEM, "mail: %s: \"%s\"", strerror(errno),
                     path);
}

/* Runs `PROGRAM -t -i` with the file as its input. */
static bool
send_file(const char *program, const char *path, struct err *err)
{
    pid_t child = fork();
    if (child == 0) {
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        signal(SIGPIPE, SIG_DFL);
        signal(SIGXFSZ, SIG_DFL);
        int in = open(path, O_RDONLY);
        if (in >= 0 && dup2(in, STDIN_FILENO) == STDIN_FILENO) {
            alarm(60);
            execl(program, program, "-t", "-i", (char *)NULL);
        }
        _exit(127);
    }
    int status = -1;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
           fail(err, ERR_SYSTEM, "mail: \"%s\" did not take it: \"%s\"",
               program, path);
}

static bool
mark(struct store *store, int64_t id, struct err *err)
{
    char now[21];
    store_now(now);
    const char *texts[4] = {now, NULL};
    bool ok = store_begin(store, err) &&
              run(store,
                  "UPDATE mails SET delivered_at = ?2, body = ''"
                  " WHERE id = ?1",
                  id, texts, err) &&
              audit(store, "mail.deliver", id, err) &&
              store_commit(store, err);
    store_rollback(store);
    return ok;
}

static bool
deliver_one(struct store *store, const struct letter *letter,
    const struct service_settings *settings, struct arena *arena,
    struct err *err)
{
    struct html text = {0};
    const char *path = arena_format(arena, "%s/%010" PRId64 ".eml",
        settings->spool, letter->id);
    put_letter(&text, arena, letter, settings);
    bool ok = write_file(path, &text, arena, err) &&
              (settings->sendmail == NULL ||
                  send_file(settings->sendmail, path, err)) &&
              mark(store, letter->id, err);
    if (ok && settings->sendmail != NULL) {
        unlink(path);
    }
    html_release(&text);
    return ok;
}

bool
mail_last(struct store *store, int64_t *id, struct err *err)
{
    return store_query_int(store, "SELECT ifnull(max(id), 0) FROM mails", id,
        err);
}

bool
mail_newest(struct store *store, int n, int64_t *after, struct err *err)
{
    struct store_stmt *stmt = store_prepare(store,
        "SELECT ifnull(min(id), 1) - 1 FROM (SELECT id FROM mails"
        " WHERE delivered_at IS NULL ORDER BY id DESC LIMIT ?1)",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_int(stmt, 1, n);
    bool ok = store_step(stmt, err) == 1;
    *after = ok ? store_int(stmt, 0) : 0;
    store_finish(stmt);
    return ok;
}

bool
mail_deliver(struct store *store, const struct service_settings *settings,
    int64_t after, struct err *err)
{
    struct arena arena = {0};
    struct letter letter = {.id = after};
    const char *lock_path =
        arena_format(&arena, "%s/.lock", settings->spool);
    int lock = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    bool ok = lock >= 0 || fail(err, ERR_SYSTEM, "mail: %s: \"%s\"",
                               strerror(errno), lock_path);
    /* one process at a time, or a mail would go out twice */
    bool found = ok && flock(lock, LOCK_EX) == 0;
    while (ok && found) {
        struct err why = {0};
        ok = next_letter(store, letter.id, &letter, &arena, &found, err);
        if (ok && found &&
            !deliver_one(store, &letter, settings, &arena, &why) &&
            err->kind == ERR_NONE) {
            *err = why; /* those behind it are tried all the same */
        }
    }
    ok = ok && err->kind == ERR_NONE;
    if (lock >= 0) {
        close(lock);
    }
    arena_release(&arena);
    return ok;
}

bool
mail_deliver_own(struct store *store, const struct service_settings *settings,
    int64_t last, struct err *err)
{
    return mail_deliver(
        store, settings, settings->sendmail != NULL ? 0 : last, err);
}
