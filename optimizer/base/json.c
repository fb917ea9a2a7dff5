/* json.c: JSON text; commands and the run's summary write it. */
#include "json.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"
#include "fold.h"

static void
put(struct json *json, const char *text, size_t len)
{
    if (json->cap - json->len <= len) {
        json->cap = 2 * json->cap + len + 256;
        json->text = xrealloc(json->text, json->cap, 1);
    }
    memcpy(json->text + json->len, text, len);
    json->len += len;
    json->text[json->len] = '\0';
}

/* Before a value or a key: a comma unless it is the first one here. */
static void
put_comma(struct json *json)
{
    char last = json->len > 0 ? json->text[json->len - 1] : '[';
    if (last != '[' && last != '{' && last != ':') {
        put(json, ",", 1);
    }
}

static void
put_escaped(struct json *json, unsigned char c)
{
    char escape[8];
    int n = snprintf(escape, sizeof(escape),
        c == '"' || c == '\\' ? "\\%c" : "\\u%04x", c);
    put(json, escape, (size_t)n);
}

static void
put_string(struct json *json, const char *text)
{
    put(json, "\"", 1);
    const char *end = text + strlen(text);
    while (text < end) {
        size_t valid = fold_utf8_valid(text, (size_t)(end - text));
        const char *stop = text + valid;
        for (const char *run = text; text <= stop; text++) {
            bool escape = text < stop && ((unsigned char)*text < 0x20 ||
                                             *text == '"' || *text == '\\');
            if (text == stop || escape) {
                put(json, run, (size_t)(text - run));
                run = text + 1;
            }
            if (escape) {
                put_escaped(json, (unsigned char)*text);
            }
        }
        text = stop;
        if (text < end) { /* one bad byte */
            put(json, "\xEF\xBF\xBD", 3);
            text++;
        }
    }
    put(json, "\"", 1);
}

void
json_open(struct json *json, char bracket)
{
    assert(bracket == '{' || bracket == '[');
    put_comma(json);
    put(json, &bracket, 1);
}

void
json_close(struct json *json, char bracket)
{
    assert(bracket == '}' || bracket == ']');
    put(json, &bracket, 1);
}

void
json_key(struct json *json, const char *key)
{
    put_comma(json);
    put_string(json, key);
    put(json, ":", 1);
}

void
json_int(struct json *json, int64_t value)
{
    char digits[24];
    int n = snprintf(digits, sizeof(digits), "%" PRId64, value);
    put_comma(json);
    put(json, digits, (size_t)n);
}

void
json_bool(struct json *json, bool value)
{
    json_raw(json, value ? "true" : "false");
}

void
json_null(struct json *json)
{
    json_raw(json, "null");
}

void
json_text(struct json *json, const char *text)
{
    if (text == NULL) {
        json_null(json);
        return;
    }
    put_comma(json);
    put_string(json, text);
}

void
json_raw(struct json *json, const char *text)
{
    put_comma(json);
    put(json, text, strlen(text));
}

void
json_put_int(struct json *json, const char *key, int64_t value)
{
    json_key(json, key);
    json_int(json, value);
}

void
json_put_bool(struct json *json, const char *key, bool value)
{
    json_key(json, key);
    json_bool(json, value);
}

void
json_put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

void
json_release(struct json *json)
{
    free(json->text);
    memset(json, 0, sizeof(*json));
}
