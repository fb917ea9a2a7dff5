/* accept.c: may what the solver brought be stored?  match asks. */
#include "accept.h"

#include <inttypes.h>

#include "optimizer/check/check.h"

bool
accept_result(const struct instance *in, const struct solve_result *result,
    struct err *err)
{
    int64_t value_e6;
    if (result->units == NULL) {
        return fail(err, ERR_NO_PLAN, "%s: %s",
            solve_state_name(result->state), result->message);
    }
    if (!check_plan(in, result->units, &value_e6, err)) {
        return false;
    }
    if (value_e6 != result->value_e6) {
        return fail(err, ERR_NO_PLAN,
            "plan is worth %" PRId64 ", the solver says %" PRId64, value_e6,
            result->value_e6);
    }
    return value_e6 <= result->bound_e6 ||
           fail(err, ERR_NO_PLAN,
               "plan is worth %" PRId64 ", above the solver's bound %" PRId64,
               value_e6, result->bound_e6);
}
