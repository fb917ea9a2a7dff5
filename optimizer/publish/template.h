/*
 * template.h: page templates to fragments.
 *
 * Meaning   a template is text with {{slot:NAME}} (SNAP_SLOT_NAME),
 *           {{label:NAME}} (label_text.h), {{part:NAME}}, which is a
 *           fragment of the caller's, and {{include:FILE}}, another template
 *           of ngx_module/html with the same parts.  A comment {{# ... }}
 *           vanishes.  The file's last line end is dropped.
 * Failure   ERR_INPUT with path:line for a name that is unknown, a brace
 *           that is not closed, a control character, or an included
 *           template that includes another.
 * Lifetime  the fragment is the caller's.
 * Source    the embedded files of ngx_module/html (embed.h).
 */
#ifndef TSUNAGARI_TEMPLATE_H
#define TSUNAGARI_TEMPLATE_H

#include "fragment.h"
#include "optimizer/base/err.h"

struct template_part {
    const char *name; /* NULL ends the list */
    const struct fragment *fragment;
};

bool template_compile(const char *path, const char *text, size_t len,
    const struct template_part *parts, struct fragment *out,
    struct err *err);

/* The embedded file of that path. */
bool template_compile_file(const char *path,
    const struct template_part *parts, struct fragment *out,
    struct err *err);

#endif
