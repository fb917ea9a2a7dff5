/* secret.c: libsodium (secret.h). */
#include "secret.h"

#include <sodium.h>
#include <string.h>

enum { TOKEN_BYTES = 32 };

bool
secret_init(struct err *err)
{
    return sodium_init() >= 0 ||
           fail(err, ERR_SYSTEM, "libsodium does not start");
}

void
secret_token(char out[SECRET_TOKEN])
{
    unsigned char bytes[TOKEN_BYTES];
    randombytes_buf(bytes, sizeof(bytes));
    sodium_bin2base64(out, SECRET_TOKEN, bytes, sizeof(bytes),
        sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof(bytes));
}

bool
secret_token_valid(const char *token)
{
    static const char set[] = "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    return strlen(token) == SECRET_TOKEN - 1 &&
           strspn(token, set) == SECRET_TOKEN - 1;
}

void
secret_hash(const char *purpose, const char *token, char out[SECRET_HASH])
{
    unsigned char hash[(SECRET_HASH - 1) / 2];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof(hash));
    /* the NUL stands between the two: no pair reads as another pair */
    crypto_generichash_update(&state, (const unsigned char *)purpose,
        strlen(purpose) + 1);
    crypto_generichash_update(&state, (const unsigned char *)token,
        strlen(token));
    crypto_generichash_final(&state, hash, sizeof(hash));
    sodium_bin2hex(out, SECRET_HASH, hash, sizeof(hash));
}

bool
secret_same(const char *a, const char *b)
{
    size_t len = strlen(a);
    return len == strlen(b) && sodium_memcmp(a, b, len) == 0;
}

const char *
secret_base64(struct arena *arena, const char *bytes, size_t len)
{
    size_t size =
        sodium_base64_encoded_len(len, sodium_base64_VARIANT_ORIGINAL);
    char *out = arena_alloc(arena, size);
    sodium_bin2base64(out, size, (const unsigned char *)bytes, len,
        sodium_base64_VARIANT_ORIGINAL);
    return out;
}

bool
secret_password_hash(const char *password, char out[SECRET_PASSWORD],
    struct err *err)
{
    _Static_assert(SECRET_PASSWORD >= crypto_pwhash_STRBYTES, "room");
    return crypto_pwhash_str(out, password, strlen(password),
               crypto_pwhash_OPSLIMIT_INTERACTIVE,
               crypto_pwhash_MEMLIMIT_INTERACTIVE) == 0 ||
           fail(err, ERR_SYSTEM, "no memory to hash a password");
}

void
secret_password_make(char out[SECRET_PASSWORD_MADE])
{
    char token[SECRET_TOKEN];
    secret_token(token);
    memcpy(out, token, SECRET_PASSWORD_MADE - 1);
    out[SECRET_PASSWORD_MADE - 1] = '\0';
    sodium_memzero(token, sizeof(token));
}

bool
secret_password_same(const char *kept, const char *password)
{
    if (kept == NULL) { /* as long as for somebody who is there */
        unsigned char out[32], salt[crypto_pwhash_SALTBYTES] = {0};
        int done = crypto_pwhash(out, sizeof(out), password,
            strlen(password), salt, crypto_pwhash_OPSLIMIT_INTERACTIVE,
            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_DEFAULT);
        return done != 0 && false;
    }
    return crypto_pwhash_str_verify(kept, password, strlen(password)) == 0;
}

bool
secret_password_check(const char *password, const char *login,
    struct err *err)
{
    size_t characters = 0;
    for (const char *p = password; *p != '\0'; p++) {
        characters += ((unsigned char)*p & 0xC0) != 0x80;
    }
    if (characters < SECRET_PASSWORD_MIN ||
        strlen(password) > SECRET_PASSWORD_MAX) {
        return fail(err, ERR_INPUT,
            "password: needs %d characters or more, at most %d bytes",
            SECRET_PASSWORD_MIN, SECRET_PASSWORD_MAX);
    }
    return strstr(password, login) == NULL ||
           fail(err, ERR_INPUT, "password: holds the login name");
}
