/*
 * sheet_form.h: the fields of an entry sheet on a page.
 *
 * Meaning   sheet_form_write() writes the parts of the sheet with their
 *           fields, values and errors; sheet_form_rows_n() says how many
 *           rows of lines or days stand there: those that hold something,
 *           and one more for the button that asks for it.
 *           sheet_form_show() is the same content to read, with a mark on
 *           what the public never sees.
 * Failure   false for the store only.
 */
#ifndef TSUNAGARI_SHEET_FORM_H
#define TSUNAGARI_SHEET_FORM_H

#include "sheet.h"

#define SHEET_CHOOSE "選んでください\nえらぶ / Choose"

bool sheet_form_write(struct call *call, const struct sheet *sheet,
    const struct form_errors *errors, struct err *err);
bool sheet_form_show(struct call *call, const struct sheet *sheet,
    struct err *err);

/* sheet_form_rows.c: lines and days; sheet_form_regions.c: the tree. */
bool sheet_form_lines(struct call *call, const struct sheet *sheet,
    const struct form_errors *errors, struct err *err);
void sheet_form_days(struct call *call, const struct sheet *sheet,
    const struct form_errors *errors);
bool sheet_form_regions(struct call *call, const struct sheet *sheet,
    const struct sheet_field *field, const struct form_errors *errors,
    struct err *err);
/* Municipalities and wards as choices. */
const struct form_choice *sheet_form_places(struct call *call,
    struct err *err);

#endif
