/* form.c: fields, their hints and their errors (form.h). */
#include "form.h"

#include <string.h>

void
form_error(struct call *call, struct form_errors *errors, const char *name,
    const char *text)
{
    if (errors->n < FORM_ERRORS_MAX) {
        errors->at[errors->n].name = arena_string(call->arena, name);
        errors->at[errors->n++].text = arena_string(call->arena, text);
    }
}

const char *
form_error_of(const struct form_errors *errors, const char *name)
{
    for (int i = 0; errors != NULL && i < errors->n; i++) {
        if (strcmp(errors->at[i].name, name) == 0) {
            return errors->at[i].text;
        }
    }
    return NULL;
}

void
form_errors_list(struct call *call, const struct form_errors *errors)
{
    struct html *out = call->body;
    if (errors == NULL || errors->n == 0) {
        return;
    }
    html_raw(out, "<div class=\"alert\" role=\"alert\">\n");
    html_paragraph(out, "", arena_format(call->arena,
        "%d か所を直してください。\n"
        "%d つ なおして ください / Please correct what is named here",
        errors->n, errors->n));
    html_raw(out, "<ul>\n");
    for (int i = 0; i < errors->n; i++) {
        html_format(out, "<li><a href=\"#%s\">", errors->at[i].name);
        html_words(out, errors->at[i].text);
        html_raw(out, "</a></li>\n");
    }
    html_raw(out, "</ul>\n</div>\n");
}

static void
begin(struct call *call, const char *action, const char *class,
    const char *more)
{
    /* what is wrong is said by us, next to the field; and half a sheet can
     * be saved */
    html_format(call->body,
        "<form method=\"post\" action=\"%s\" class=\"%s\" novalidate",
        action, class);
    html_raw(call->body, more);
    html_raw(call->body, ">\n");
    form_hidden(call, "csrf", call_csrf(call));
}

void
form_begin(struct call *call, const char *action, const char *class)
{
    begin(call, action, class, "");
}

void
form_begin_files(struct call *call, const char *action, const char *class)
{
    begin(call, action, class, " enctype=\"multipart/form-data\"");
}

void
form_begin_filter(struct call *call, const char *action)
{
    html_format(call->body,
        "<form method=\"get\" action=\"%s\" class=\"filter\">\n", action);
}

void
form_end(struct call *call)
{
    html_raw(call->body, "</form>\n");
}

static void
put_label(struct call *call, const struct form_field *field)
{
    html_format(call->body, "<div class=\"field\">\n<label for=\"%s\">%s",
        field->name, field->label);
    html_raw(call->body,
        field->required ? " <span class=\"must\">必須</span>" : "");
    html_easy(call->body, field->easy);
    html_raw(call->body, "</label>\n");
}

/* The hint and the error: before the control, so that it is read first. */
static void
put_help(struct call *call, const struct form_errors *errors,
    const struct form_field *field)
{
    const char *error = form_error_of(errors, field->name);
    if (field->hint != NULL) {
        html_format(call->body, "<p class=\"hint\" id=\"%s-hint\">",
            field->name);
        html_words(call->body, field->hint);
        html_raw(call->body, "</p>\n");
    }
    if (error != NULL) {
        html_format(call->body, "<p class=\"error\" id=\"%s-error\">",
            field->name);
        html_words(call->body, error);
        html_raw(call->body, "</p>\n");
    }
}

static void
put_described(struct call *call, const struct form_errors *errors,
    const struct form_field *field)
{
    bool hint = field->hint != NULL;
    bool error = form_error_of(errors, field->name) != NULL;
    if (hint || error) {
        html_raw(call->body, " aria-describedby=\"");
        if (error) {
            html_format(call->body, "%s-error", field->name);
        }
        html_raw(call->body, hint && error ? " " : "");
        if (hint) {
            html_format(call->body, "%s-hint", field->name);
        }
        html_raw(call->body, "\"");
    }
    html_raw(call->body, error ? " aria-invalid=\"true\"" : "");
}

static void
put_attributes(struct call *call, const struct form_errors *errors,
    const struct form_field *field)
{
    html_format(call->body, " id=\"%s\" name=\"%s\"", field->name,
        field->name);
    put_described(call, errors, field);
    if (field->autocomplete != NULL) {
        html_format(call->body, " autocomplete=\"%s\"", field->autocomplete);
    }
    html_raw(call->body, field->required ? " aria-required=\"true\"" : "");
}

/* Of what letters are typed into: a day or an hour has a form of its own. */
static void
put_length(struct call *call, const struct form_field *field)
{
    if (field->max > 0) {
        html_format(call->body, " maxlength=\"%d\"", field->max);
    }
}

void
form_input(struct call *call, const struct form_errors *errors,
    const struct form_field *field)
{
    put_label(call, field);
    put_help(call, errors, field);
    const char *type = field->type != NULL ? field->type : "text";
    html_format(call->body, "<input type=\"%s\" value=\"%s\"", type,
        field->value);
    put_attributes(call, errors, field);
    if (strcmp(type, "date") != 0 && strcmp(type, "time") != 0) {
        put_length(call, field);
    }
    html_raw(call->body, ">\n</div>\n");
}

void
form_textarea(struct call *call, const struct form_errors *errors,
    const struct form_field *field, int rows)
{
    put_label(call, field);
    put_help(call, errors, field);
    html_format(call->body, "<textarea rows=\"%d\"", rows);
    put_attributes(call, errors, field);
    put_length(call, field);
    /* a line break behind the tag does not count: one of the value's may */
    html_format(call->body, ">\n%s</textarea>\n</div>\n", field->value);
}

void
form_select(struct call *call, const struct form_errors *errors,
    const struct form_field *field, const struct form_choice *choices)
{
    const char *value = field->value != NULL ? field->value : "";
    put_label(call, field);
    put_help(call, errors, field);
    html_raw(call->body, "<select");
    put_attributes(call, errors, field);
    html_raw(call->body, ">\n");
    for (; choices->value != NULL; choices++) {
        html_format(call->body, "<option value=\"%s\"", choices->value);
        html_raw(call->body,
            strcmp(choices->value, value) == 0 ? " selected>" : ">");
        for (int i = 0; i < choices->level; i++) {
            html_raw(call->body, "　");
        }
        html_plain_words(call->body, choices->label);
        html_raw(call->body, "</option>\n");
    }
    html_raw(call->body, "</select>\n</div>\n");
}

static bool
is_ticked(const char *value, const char *one, const char *const *many)
{
    if (many == NULL) {
        return one != NULL && strcmp(one, value) == 0;
    }
    for (; *many != NULL; many++) {
        if (strcmp(*many, value) == 0) {
            return true;
        }
    }
    return false;
}

static void
put_set(struct call *call, const struct form_errors *errors,
    const struct form_field *field, const struct form_choice *choices,
    const char *type, const char *const *ticked)
{
    html_format(call->body, "<fieldset id=\"%s\" class=\"field set\"",
        field->name);
    put_described(call, errors, field);
    html_format(call->body, ">\n<legend>%s", field->label);
    html_raw(call->body,
        field->required ? " <span class=\"must\">必須</span>" : "");
    html_easy(call->body, field->easy);
    html_raw(call->body, "</legend>\n");
    put_help(call, errors, field);
    for (; choices->value != NULL; choices++) {
        html_format(call->body,
            "<label class=\"tick level-%d\"><input type=\"%s\" name=\"%s\""
            " value=\"%s\"",
            choices->level, type, field->name, choices->value);
        html_raw(call->body,
            is_ticked(choices->value, field->value, ticked) ? " checked> "
                                                            : "> ");
        html_raw(call->body, "<span>");
        html_words(call->body, choices->label);
        html_raw(call->body, "</span></label>\n");
    }
    html_raw(call->body, "</fieldset>\n");
}

void
form_radios(struct call *call, const struct form_errors *errors,
    const struct form_field *field, const struct form_choice *choices)
{
    put_set(call, errors, field, choices, "radio", NULL);
}

void
form_boxes(struct call *call, const struct form_errors *errors,
    const struct form_field *field, const struct form_choice *choices,
    const char *const *ticked)
{
    put_set(call, errors, field, choices, "checkbox", ticked);
}

void
form_check(struct call *call, const struct form_field *field)
{
    html_format(call->body,
        "<div class=\"field\"><label class=\"tick\"><input type=\"checkbox\""
        " id=\"%s\" name=\"%s\" value=\"1\"",
        field->name, field->name);
    html_raw(call->body,
        is_ticked("1", field->value, NULL) ? " checked> " : "> ");
    html_format(call->body, "<span>%s", field->label);
    html_easy(call->body, field->easy);
    html_raw(call->body, "</span></label></div>\n");
}

void
form_hidden(struct call *call, const char *name, const char *value)
{
    html_format(call->body,
        "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n", name, value);
}

const char *
form_digest(struct call *call, struct html *all)
{
    char hash[SECRET_HASH];
    secret_hash("seen", all->text, hash);
    html_release(all);
    return arena_string(call->arena, hash);
}

bool
form_saw(const struct call *call, const char *digest)
{
    const char *seen = request_form(call->request, "seen");
    return seen[0] == '\0' || strcmp(seen, digest) == 0;
}

void
form_button(struct call *call, const char *name, const char *value,
    const char *label, const char *class)
{
    html_format(call->body, "<button class=\"%s\"", class);
    if (name != NULL) {
        html_format(call->body, " name=\"%s\" value=\"%s\"", name, value);
    }
    html_raw(call->body, ">");
    html_words(call->body, label);
    html_raw(call->body, "</button>\n");
}
