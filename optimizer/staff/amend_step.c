/* amend_step.c: a step of an entry, and the plan that it leaves (amend.h). */
#include <string.h>

#include "amend.h"

bool
amend_step(struct store *store, const struct step_order *order,
    struct arena *arena, struct amendment *amendment, struct err *err)
{
    memset(amendment, 0, sizeof(*amendment));
    return step_take(store, order, err) &&
           (!step_leaves_plan(order->step) ||
               amend_entry(store, order->entry_id, arena, amendment, err));
}
