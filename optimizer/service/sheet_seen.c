/* sheet_seen.c: has a sheet changed since a page of it was written
 * (sheet_seen.h)? */
#include "sheet_seen.h"

#include <string.h>

#include "form.h"

static const char signature[] = "page"; /* no field that a writer fills in */

const char *
sheet_seen_digest(struct call *call, const struct sheet *sheet)
{
    struct html all = {0};
    html_raw(&all, "sheet\n");
    for (size_t i = 0; i < sheet->fields.n; i++) {
        const struct request_field *field = &sheet->fields.at[i];
        if (strcmp(field->name, signature) != 0) {
            html_format(&all, "%s=%s\n", field->name, field->value);
        }
    }
    return form_digest(call, &all);
}

/* The one that the form came with, if it has the shape of ours. */
static const char *
own(const struct call *call)
{
    const char *page = request_form(call->request, signature);
    return secret_token_valid(page) ? page : "";
}

void
sheet_seen_fields(struct call *call, const char *stood)
{
    char fresh[SECRET_TOKEN];
    const char *page = own(call);
    if (page[0] == '\0') {
        secret_token(fresh);
        page = fresh;
    }
    form_hidden(call, signature, page);
    form_hidden(call, "seen", stood);
}

bool
sheet_seen_other(struct call *call, const struct sheet *sheet)
{
    return !form_saw(call, sheet_seen_digest(call, sheet)) &&
           (own(call)[0] == '\0' ||
               strcmp(sheet_value(sheet, signature), own(call)) != 0);
}

void
sheet_seen_sign(struct call *call, struct sheet *sheet)
{
    struct err none = {0};
    const char *page = own(call);
    if (page[0] != '\0') {
        (void)request_add_field(&sheet->fields, call->arena, signature,
            strlen(signature), page, strlen(page), &none);
    }
}
