/*
 * form.h: forms whose fields say what is wrong with them.
 *
 * Meaning   form_begin() writes <form method=post> with the CSRF field in
 *           it; every field is a label, its control with the value given, a
 *           hint, and next to it the error of that name, joined by
 *           aria-describedby and aria-invalid.  Errors are collected in a
 *           struct form_errors before the page is written:
 *
 *             struct form_errors errors = {0};
 *             if (request_form(r, "reason")[0] == '\0') {
 *                 form_error(call, &errors, "reason", "理由を書いてください。");
 *             }
 *             if (errors.n > 0) {
 *                 call->response->status = 422;     (rolled back, call.h)
 *                 return show(call, &errors, err);  (values as typed)
 *             }
 *
 *           form_errors_list() at the top of the page links to each of them.
 * Words     hints, errors, choices and the labels of buttons may have a
 *           second line (html.h); the label of a field has `easy` for it.
 * Ids       the control's id is its name; a name is unique in a page, else
 *           give the forms an own prefix.
 * Failure   none; more than FORM_ERRORS_MAX errors are dropped.
 * Lifetime  texts as the call.
 */
#ifndef TSUNAGARI_FORM_H
#define TSUNAGARI_FORM_H

#include "call.h"

enum { FORM_ERRORS_MAX = 64 };

struct form_errors {
    struct {
        const char *name, *text;
    } at[FORM_ERRORS_MAX];
    int n;
};

void form_error(struct call *call, struct form_errors *errors,
    const char *name, const char *text);
const char *form_error_of(const struct form_errors *errors,
    const char *name); /* NULL: none; errors may be NULL */
void form_errors_list(struct call *call, const struct form_errors *errors);

/* class: "form", "plain" (no box), or more of staff.css. */
void form_begin(struct call *call, const char *action, const char *class);
/* The same, for a form with files (multipart). */
void form_begin_files(struct call *call, const char *action,
    const char *class);
/* A GET form that filters a list: no CSRF, no effect. */
void form_begin_filter(struct call *call, const char *action);
void form_end(struct call *call);

struct form_field {
    const char *name, *label;
    const char *hint;  /* below the label, or NULL */
    const char *value; /* NULL: "" */
    const char *type;  /* of an input: "text" if NULL */
    int max;           /* maxlength, 0: none */
    bool required;
    const char *autocomplete; /* or NULL */
    const char *easy; /* やさしい日本語 and English, below; or NULL */
};

struct form_choice {
    const char *value, *label;
    int level; /* of a tree: indented, 0 at the top */
};

void form_input(struct call *call, const struct form_errors *errors,
    const struct form_field *field);
void form_textarea(struct call *call, const struct form_errors *errors,
    const struct form_field *field, int rows);
/* choices end with a NULL value; "" is a choice like others. */
void form_select(struct call *call, const struct form_errors *errors,
    const struct form_field *field, const struct form_choice *choices);
/* A fieldset of radio buttons; the same with boxes to tick, of which the
 * values in `ticked` (NULL-terminated) are. */
void form_radios(struct call *call, const struct form_errors *errors,
    const struct form_field *field, const struct form_choice *choices);
void form_boxes(struct call *call, const struct form_errors *errors,
    const struct form_field *field, const struct form_choice *choices,
    const char *const *ticked);
/* One box to tick; value "1" is ticked. */
void form_check(struct call *call, const struct form_field *field);
void form_hidden(struct call *call, const char *name, const char *value);
/* What a page is about, as a digest for its field "seen"; all is released. */
const char *form_digest(struct call *call, struct html *all);
/* Is that what the form says was seen?  One that says nothing is not asked. */
bool form_saw(const struct call *call, const char *digest);
/* name may be NULL; class "main" for the one that goes on. */
void form_button(struct call *call, const char *name, const char *value,
    const char *label, const char *class);

/* The terms of a vocabulary of the store ("sectors", "resource_kinds"):
 * parents before children, levels set; first "" with the label none (NULL:
 * without it).  Terms that are for staff only are for staff only. */
const struct form_choice *form_vocabulary(struct call *call,
    const char *table, const char *none, struct err *err);

#endif
