/*
 * page_weights.h: the form of the weights, shared by the page that shows it
 * and the page that compares.
 *
 * Meaning   a field "w.NAME" per tunable, in people's units
 *           (weight_input.h); an empty or missing one keeps its value.
 */
#ifndef TSUNAGARI_PAGE_WEIGHTS_H
#define TSUNAGARI_PAGE_WEIGHTS_H

#include "form.h"
#include "optimizer/base/option.h"

const char *page_weights_field(struct call *call, int option);
/* Of these fields (a query or a form) over values, which the caller has
 * filled; false: errors. */
bool page_weights_read(struct call *call, const struct request_fields *fields,
    int64_t values[OPTION_COUNT], struct form_errors *errors);
/* The whole page; errors may be NULL. */
bool page_weights_show(struct call *call, const struct form_errors *errors,
    struct err *err);

#endif
