/* template.c: compiles {{slot:X}}, {{label:X}}, {{part:X}}, {{include:X}}. */
#include "template.h"

#include <stdio.h>
#include <string.h>

#include "labels.h"
#include "optimizer/base/embed.h"
#include "schema/fold.h"

#define TEMPLATE_FOLDER "ngx_module/html/"

static const struct slot {
    const char *name;
    unsigned slot;
} slots[] = {
    {"BASE", SNAP_SLOT_BASE},
    {"LANG", SNAP_SLOT_LANG},
    {"LANG_FIRST", SNAP_SLOT_LANG_FIRST},
    {"LANG_NEXT", SNAP_SLOT_LANG_NEXT},
    {"TITLE", SNAP_SLOT_TITLE},
    {"BODY", SNAP_SLOT_BODY},
    {"LANG_LINKS", SNAP_SLOT_LANG_LINKS},
    {"CANONICAL", SNAP_SLOT_CANONICAL},
    {"Q", SNAP_SLOT_Q},
    {"REGION_OPTIONS", SNAP_SLOT_REGION_OPTIONS},
    {"KIND_OPTIONS", SNAP_SLOT_KIND_OPTIONS},
    {"HIDDEN", SNAP_SLOT_HIDDEN},
    {"SUMMARY", SNAP_SLOT_SUMMARY},
    {"WIDENED", SNAP_SLOT_WIDENED},
    {"FACETS", SNAP_SLOT_FACETS},
    {"HITS", SNAP_SLOT_HITS},
    {"PAGER", SNAP_SLOT_PAGER},
    {"NEAR", SNAP_SLOT_NEAR},
    {"DETAIL", SNAP_SLOT_DETAIL},
    {"MESSAGE", SNAP_SLOT_MESSAGE},
    {"GENERATION", SNAP_SLOT_GENERATION},
    {"PLAN_DATE", SNAP_SLOT_PLAN_DATE},
    {"RUN", SNAP_SLOT_RUN},
    {"PATH", SNAP_SLOT_PATH},
    {"NEED_OPTIONS", SNAP_SLOT_NEED_OPTIONS},
    {"TOTAL", SNAP_SLOT_TOTAL},
    {"ALTERNATES", SNAP_SLOT_ALTERNATES},
    {"NEED", SNAP_SLOT_NEED},
    {"ORIGIN", SNAP_SLOT_ORIGIN},
    {"SORTS", SNAP_SLOT_SORTS},
    {"VIEW", SNAP_SLOT_VIEW},
    {"FORM", SNAP_SLOT_FORM},
};

static bool
name_is(const char *name, const char *text, size_t len)
{
    return strlen(name) == len && memcmp(name, text, len) == 0;
}

/* One file on its way into the output. */
struct source {
    const char *path;
    const struct template_part *parts;
    bool included; /* no deeper: it cannot come round to itself */
};

static bool compile_file(const struct source *source, struct fragment *out,
    struct err *err);

/* The template of that name in the folder of the pages. */
static bool
put_file(const struct source *from, const char *name, size_t len,
    struct fragment *out, struct err *err)
{
    char path[128];
    if ((size_t)snprintf(path, sizeof(path), TEMPLATE_FOLDER "%.*s",
            (int)len, name) >= sizeof(path) ||
        embed_find(path) == NULL) {
        return false;
    }
    if (from->included) {
        return fail(err, ERR_INPUT, "%s: is included and includes \"%.*s\"",
            from->path, (int)len, name);
    }
    struct source source = {path, from->parts, true};
    return compile_file(&source, out, err);
}

/* False with *err unset: nothing has that name. */
static bool
put_named(const struct source *source, const char *what, size_t len,
    struct fragment *out, struct err *err)
{
    const struct template_part *parts = source->parts;
    const char *colon = memchr(what, ':', len);
    if (colon == NULL) {
        return false;
    }
    size_t kind_n = (size_t)(colon - what), name_n = len - kind_n - 1;
    const char *name = colon + 1;
    if (name_is("slot", what, kind_n)) {
        for (size_t i = 0; i < sizeof(slots) / sizeof(slots[0]); i++) {
            if (name_is(slots[i].name, name, name_n)) {
                fragment_slot(out, slots[i].slot);
                return true;
            }
        }
    } else if (name_is("label", what, kind_n)) {
        uint32_t label = labels_find(name, name_n);
        if (label != SNAP_NONE) {
            fragment_label(out, label);
            return true;
        }
    } else if (name_is("part", what, kind_n)) {
        for (; parts != NULL && parts->name != NULL; parts++) {
            if (name_is(parts->name, name, name_n)) {
                fragment_bytes(
                    out, parts->fragment->data, parts->fragment->len);
                return true;
            }
        }
    } else if (name_is("include", what, kind_n)) {
        return put_file(source, name, name_n, out, err);
    }
    return false;
}

static int
line_of(const char *text, const char *at)
{
    int line = 1;
    for (; text < at; text++) {
        line += *text == '\n';
    }
    return line;
}

static const char *
find_pair(const char *p, const char *end, char c)
{
    while (p + 1 < end && !(p[0] == c && p[1] == c)) {
        p++;
    }
    return p + 1 < end ? p : NULL;
}

static bool
compile(const struct source *source, const char *text, size_t len,
    struct fragment *out, struct err *err)
{
    const char *path = source->path;
    const char *p = text, *end = text + len;
    const char *bad = text + fold_utf8_valid(text, len);
    for (const char *c = text; c < bad; c++) {
        if ((unsigned char)*c < ' ' && *c != '\n') {
            bad = c;
        }
    }
    if (bad != end) {
        return fail(err, ERR_INPUT,
            "%s:%d: a byte that may not stand in a template", path,
            line_of(text, bad));
    }
    if (len > 0 && end[-1] == '\n') {
        end--;
    }
    while (p < end) {
        const char *open = find_pair(p, end, '{');
        if (open == NULL) {
            fragment_bytes(out, p, (size_t)(end - p));
            return true;
        }
        fragment_bytes(out, p, (size_t)(open - p));
        const char *close = find_pair(open + 2, end, '}');
        if (close == NULL) {
            return fail(err, ERR_INPUT, "%s:%d: \"{{\" is not closed", path,
                line_of(text, open));
        }
        size_t what_n = (size_t)(close - open) - 2;
        if (open[2] != '#' &&
            !put_named(source, open + 2, what_n, out, err)) {
            return fail(err, ERR_INPUT, "%s:%d: nothing is named \"%.*s\"",
                path, line_of(text, open), (int)what_n, open + 2);
        }
        p = close + 2;
    }
    return true;
}

static bool
compile_file(const struct source *source, struct fragment *out,
    struct err *err)
{
    const struct embed *file = embed_find(source->path);
    if (file == NULL) {
        return fail(err, ERR_SYSTEM, "template: not built in: \"%s\"",
            source->path);
    }
    return compile(source, (const char *)file->data,
        (size_t)(file->end - file->data), out, err);
}

bool
template_compile(const char *path, const char *text, size_t len,
    const struct template_part *parts, struct fragment *out, struct err *err)
{
    struct source source = {path, parts, false};
    return compile(&source, text, len, out, err);
}

bool
template_compile_file(const char *path, const struct template_part *parts,
    struct fragment *out, struct err *err)
{
    struct source source = {path, parts, false};
    return compile_file(&source, out, err);
}
