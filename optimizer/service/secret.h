/*
 * secret.h: random tokens, their hashes, passwords; the only door to
 * libsodium.
 *
 * Meaning   a token is 256 bits from the kernel, as URL-safe text; the store
 *           keeps its hash alone, so that a copy of the store opens no
 *           session and no sheet.  A password is kept as Argon2id.
 * Units     SECRET_TOKEN and SECRET_HASH are sizes with the NUL.
 * Failure   secret_init() fails when the library cannot start;
 *           secret_password_hash() when there is no memory for it.
 * Lifetime  none.
 */
#ifndef TSUNAGARI_SECRET_H
#define TSUNAGARI_SECRET_H

#include <stdbool.h>

#include "optimizer/base/arena.h"
#include "optimizer/base/err.h"

enum {
    SECRET_TOKEN = 44,     /* 43 characters of base64url */
    SECRET_HASH = 65,      /* 64 hexadecimal digits */
    SECRET_PASSWORD = 128, /* a kept password */
    SECRET_PASSWORD_MIN = 12,  /* characters asked for */
    SECRET_PASSWORD_MAX = 200, /* bytes */
    SECRET_PASSWORD_MADE = 21  /* 20 characters of base64url */
};

bool secret_init(struct err *err); /* once per process */
void secret_token(char out[SECRET_TOKEN]);
bool secret_token_valid(const char *token); /* has the form of one */
/* The hash for a purpose ("session", "csrf" ...): of one purpose it says
 * nothing about that of another. */
void secret_hash(const char *purpose, const char *token,
    char out[SECRET_HASH]);
/* The same text?  In a time that depends on its length alone. */
bool secret_same(const char *a, const char *b);

/* Base64 with padding, for mails; in the arena. */
const char *secret_base64(struct arena *arena, const char *bytes,
    size_t len);

bool secret_password_hash(const char *password, char out[SECRET_PASSWORD],
    struct err *err);
/* A password for somebody to begin with: 120 bits, as URL-safe text. */
void secret_password_make(char out[SECRET_PASSWORD_MADE]);
/* kept NULL: costs the same time and is false. */
bool secret_password_same(const char *kept, const char *password);
/* ERR_INPUT for one that is too short, too long or the login itself. */
bool secret_password_check(const char *password, const char *login,
    struct err *err);

#endif
