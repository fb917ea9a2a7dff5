/* solve_file.c: plan.csv and result.json (solve_file.h). */
#include "solve_file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "optimizer/instance/instance_file.h"

struct out {
    FILE *file;
    char path[4096], temporary[4112];
};

static bool
out_open(struct out *out, const char *dir, const char *file, struct err *err)
{
    if (snprintf(out->path, sizeof(out->path), "%s/%s", dir, file) >=
        (int)sizeof(out->path)) {
        return fail(err, ERR_USAGE, "path is too long: \"%.100s\"", dir);
    }
    snprintf(out->temporary, sizeof(out->temporary), "%s.tmp", out->path);
    out->file = fopen(out->temporary, "w");
    return out->file != NULL ||
        fail(err, ERR_SYSTEM, "cannot create \"%s\": %s", out->temporary,
            strerror(errno));
}

static bool
out_close(struct out *out, struct err *err)
{
    bool broken = ferror(out->file) != 0;
    broken = fclose(out->file) != 0 || broken;
    if (broken || rename(out->temporary, out->path) != 0) {
        fail(err, ERR_SYSTEM, "cannot write \"%s\": %s", out->path,
            strerror(errno));
        unlink(out->temporary);
        return false;
    }
    return true;
}

void
solve_file_decimal(int64_t e6, char text[32])
{
    uint64_t size = e6 < 0 ? 0 - (uint64_t)e6 : (uint64_t)e6;
    snprintf(text, 32, "%s%" PRIu64 ".%06" PRIu64, e6 < 0 ? "-" : "",
        size / 1000000, size % 1000000);
}

static bool
write_plan(const char *dir, const struct instance *in, const int32_t *units,
    struct err *err)
{
    struct out out;
    if (!out_open(&out, dir, "plan.csv", err)) {
        return false;
    }
    fputs("line,offer,units\n", out.file);
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (units[p] == 0) {
                continue;
            }
            int32_t j = in->pair_offer[p];
            instance_put_name(out.file, in->lines[l].name, l);
            putc(',', out.file);
            instance_put_name(out.file, in->offers[j].name, j);
            fprintf(out.file, ",%" PRId32 "\n", units[p]);
        }
    }
    return out_close(&out, err);
}

static void
put_json_text(FILE *out, const char *s)
{
    putc('"', out);
    for (; *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\') {
            fprintf(out, "\\%c", c);
        } else if (c < 0x20) {
            fprintf(out, "\\u%04x", c);
        } else {
            putc(c, out);
        }
    }
    putc('"', out);
}

static void
put_number(FILE *out, const char *key, bool known, int64_t e6)
{
    char text[32];
    solve_file_decimal(e6, text);
    fprintf(out, "  \"%s\": %s,\n", key, known ? text : "null");
}

static bool
write_result(const char *dir, const struct solve_result *result,
    struct err *err)
{
    struct out out;
    if (!out_open(&out, dir, "result.json", err)) {
        return false;
    }
    bool plan = result->units != NULL;
    fprintf(out.file, "{\n  \"status\": \"%s\",\n",
        solve_state_name(result->state));
    put_number(out.file, "objective", plan, result->value_e6);
    put_number(out.file, "bound", plan, result->bound_e6);
    put_number(out.file, "gap", plan,
        solve_gap_ppm(result->value_e6, result->bound_e6));
    fprintf(out.file, "  \"seconds\": %.3f,\n  \"method\": \"%s\",\n",
        result->seconds, result->method);
    fputs("  \"message\": ", out.file);
    put_json_text(out.file, result->message);
    fputs("\n}\n", out.file);
    return out_close(&out, err);
}

bool
solve_file_write(const char *dir, const struct instance *in,
    const struct solve_result *result, struct err *err)
{
    if (result->units != NULL) {
        if (!write_plan(dir, in, result->units, err)) {
            return false;
        }
    } else {
        char path[4096];
        if (snprintf(path, sizeof(path), "%s/plan.csv", dir) <
                (int)sizeof(path) &&
            unlink(path) != 0 && errno != ENOENT) {
            return fail(err, ERR_SYSTEM, "cannot remove \"%s\": %s", path,
                strerror(errno));
        }
    }
    return write_result(dir, result, err);
}
