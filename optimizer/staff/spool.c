/* spool.c: mail as files (spool.h); introductions and reminders. */
#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool
spool_address_valid(const char *address)
{
    size_t len = strlen(address), at = 0, signs = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)address[i];
        bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                    (c >= 'A' && c <= 'Z') || strchr(".!#$%&'*+/=?^_`{|}~-",
                                                  c) != NULL;
        if (c == '@') {
            at = i;
            signs++;
        } else if (!word) {
            return false;
        }
    }
    return len <= 254 && signs == 1 && at > 0 && at < len - 1 &&
           address[0] != '-';
}

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void
put_base64(FILE *file, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i += 3) {
        size_t n = len - i < 3 ? len - i : 3;
        unsigned group = 0;
        for (size_t k = 0; k < 3; k++) {
            group = group << 8 | (k < n ? (unsigned char)text[i + k] : 0);
        }
        for (size_t k = 0; k < 4; k++) {
            fputc(k <= n ? digits[group >> (18 - 6 * k) & 63] : '=', file);
        }
    }
}

/* Encoded words of at most 42 bytes each, cut between characters. */
static void
put_subject(FILE *file, const char *subject)
{
    size_t left = strlen(subject);
    while (left > 0) {
        size_t n = err_utf8_cut(subject, left, 42);
        n = n == 0 ? left : n;
        fputs("=?UTF-8?B?", file);
        put_base64(file, subject, n);
        fputs("?=", file);
        subject += n;
        left -= n;
        if (left > 0) {
            fputs("\r\n ", file);
        }
    }
}

static void
put_mail(FILE *file, const struct spool_mail *mail)
{
    fprintf(file, "To: <%s>\r\nSubject: ", mail->to);
    put_subject(file, mail->subject);
    fputs("\r\nMIME-Version: 1.0\r\n"
          "Content-Type: text/plain; charset=UTF-8\r\n"
          "Content-Transfer-Encoding: base64\r\n\r\n",
        file);
    size_t len = strlen(mail->body);
    for (size_t i = 0; i < len; i += 57) {
        put_base64(file, mail->body + i, len - i < 57 ? len - i : 57);
        fputs("\r\n", file);
    }
}

bool
spool_write(const char *dir, const struct spool_mail *mail, struct err *err)
{
    char path[512], temp[520];
    if (!spool_address_valid(mail->to)) {
        return fail(err, ERR_INPUT, "mail: no address: \"%s\"", mail->to);
    }
    int n = snprintf(path, sizeof(path), "%s/%s.eml", dir, mail->name);
    if (n < 0 || (size_t)n >= sizeof(path)) {
        return fail(err, ERR_INPUT, "mail: path too long: \"%s\"", dir);
    }
    snprintf(temp, sizeof(temp), "%s.part", path);
    int fd = open(temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (file == NULL) {
        return fail(err, ERR_SYSTEM, "mail: %s: \"%s\"", strerror(errno),
            temp);
    }
    put_mail(file, mail);
    bool ok = fflush(file) == 0 && !ferror(file) && fsync(fd) == 0;
    ok = fclose(file) == 0 && ok;
    if (!ok || rename(temp, path) != 0) {
        fail(err, ERR_SYSTEM, "mail: %s: \"%s\"", strerror(errno), path);
        unlink(temp);
        return false;
    }
    return true;
}
