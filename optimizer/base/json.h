/*
 * json.h: JSON text, written piece by piece.
 *
 * Meaning   `struct json j = {0};` is empty; commas are set by themselves:
 *           json_open(&j, '{'); json_key(&j, "a"); json_int(&j, 1);
 *           json_close(&j, '}').  Numbers are integers.
 * Units     UTF-8 in and out; bytes that are no UTF-8 become U+FFFD.
 * Failure   none but memory, which exits.
 * Lifetime  text is NUL-terminated once anything was written and lives
 *           until json_release().
 */
#ifndef TSUNAGARI_JSON_H
#define TSUNAGARI_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json {
    char *text;
    size_t len, cap;
};

void json_open(struct json *json, char bracket);  /* '{' or '[' */
void json_close(struct json *json, char bracket); /* '}' or ']' */
void json_key(struct json *json, const char *key);
void json_int(struct json *json, int64_t value);
void json_bool(struct json *json, bool value);
void json_null(struct json *json);
void json_text(struct json *json, const char *text); /* NULL: null */
/* A value that is JSON already. */
void json_raw(struct json *json, const char *text);

/* A key and its value at once. */
void json_put_int(struct json *json, const char *key, int64_t value);
void json_put_bool(struct json *json, const char *key, bool value);
void json_put_text(struct json *json, const char *key, const char *text);

void json_release(struct json *json);

#endif
