/*
 * request.c: one HTTP request from hostile bytes (optimizer/service/request.h).
 *
 * Input     lines of parameters (NAME=VALUE, up to an empty line), then the
 *           body, which ends with the input.
 * Rules     a refusal has a status and a reason; what is taken is UTF-8
 *           without control characters, within the limits, and files lie in
 *           the body; escaping leaves no markup.
 */
#include "fuzz.h"

#include "optimizer/service/html.h"
#include "optimizer/service/request.h"
#include "schema/fold.h"

enum { PARAMS_MAX = 16 };

struct params {
    const char *names[PARAMS_MAX], *values[PARAMS_MAX];
    int n;
};

static const char *
param(void *data, const char *name)
{
    const struct params *params = data;
    for (int i = 0; i < params->n; i++) {
        if (strcmp(params->names[i], name) == 0) {
            return params->values[i];
        }
    }
    return NULL;
}

/* Splits text at its line ends; the body's offset. */
static size_t
read_params(char *text, size_t size, struct params *params)
{
    size_t at = 0;
    while (at < size && params->n < PARAMS_MAX) {
        char *line = text + at, *end = memchr(line, '\n', size - at);
        if (end == NULL || end == line) {
            return end == NULL ? size : at + 1;
        }
        *end = '\0';
        char *equals = strchr(line, '=');
        if (equals != NULL) {
            *equals = '\0';
            params->names[params->n] = line;
            params->values[params->n++] = equals + 1;
        }
        at += (size_t)(end - line) + 1;
    }
    return at;
}

static void
check_text(const char *text, size_t max)
{
    size_t len = strlen(text);
    fuzz_must(len <= max && fold_utf8_valid(text, len) == len);
    for (; *text != '\0'; text++) {
        fuzz_must((unsigned char)*text >= 0x20 || *text == '\t' ||
            *text == '\n');
        fuzz_must(*text != 0x7F);
    }
}

static void
check_fields(const struct request_fields *fields)
{
    fuzz_must(fields->n <= REQUEST_FIELDS_MAX && fields->n <= fields->cap);
    for (size_t i = 0; i < fields->n; i++) {
        check_text(fields->at[i].name, REQUEST_NAME_MAX);
        check_text(fields->at[i].value, REQUEST_VALUE_MAX);
        struct html html = {0};
        html_format(&html, "%s", fields->at[i].value);
        fuzz_must(html.len == 0 || strpbrk(html.text, "<>\"'") == NULL);
        html_release(&html);
    }
}

static void
check_request(const struct request *request, const char *body, size_t len)
{
    fuzz_must(request->path[0] == '/');
    check_text(request->path, REQUEST_PATH_MAX);
    check_fields(&request->query);
    check_fields(&request->form);
    check_fields(&request->cookies);
    fuzz_must(request->files_n <= REQUEST_FILES_MAX);
    for (size_t i = 0; i < request->files_n; i++) {
        const struct request_file *file = &request->files[i];
        fuzz_must(file->data >= body && file->data + file->len <= body + len);
        fuzz_must(strpbrk(file->filename, "/\\") == NULL);
    }
    fuzz_must(request->method == REQUEST_POST ||
        (request->form.n == 0 && request->files_n == 0));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct params params = {.n = 0};
    struct arena arena = {0};
    struct request request;
    struct err err = {0};
    char *text = fuzz_text(data, size);
    size_t at = read_params(text, size, &params);
    /* an own block, so that a step past its end is seen */
    char *body = malloc(size - at > 0 ? size - at : 1);
    fuzz_must(body != NULL);
    memcpy(body, data + at, size - at);
    struct request_input input = {.param = param, .data = &params,
        .body = body, .body_len = size - at};
    int status = request_parse(&request, &arena, &input, &err);
    fuzz_must((status == 0) == (err.text[0] == '\0'));
    fuzz_must(status == 0 || (status >= 400 && status < 500));
    if (status == 0) {
        check_request(&request, body, size - at);
    }
    arena_release(&arena);
    free(body);
    free(text);
    return 0;
}
