/* narrow.c: whoever loses more than the gap is left out (narrow.h). */
#include "narrow.h"

#include <stdlib.h>

/* The least units that a pair can be used with. */
static int32_t
least_use(const struct instance *in, int32_t l, int32_t p)
{
    int32_t lot = in->offers[in->pair_offer[p]].min_lot;
    int32_t least = lot > 1 ? lot : 1;
    return in->lines[l].indivisible ? in->lines[l].quantity : least;
}

void
narrow_make(struct narrow *narrow, const struct ledger *ledger,
    const struct prices *prices, model_wide gap, struct arena *arena)
{
    const struct instance *in = ledger->in;
    struct instance *to = &narrow->in;
    size_t n = (size_t)in->pairs_n;
    narrow->pair_of = arena_array(arena, n, sizeof(int32_t));
    narrow->least = arena_array(arena, n, sizeof(int32_t));
    model_wide *gains = prices_floor_gains(in, prices);
    *to = *in;
    to->pairs_n = 0;
    to->pair_begin =
        arena_array(arena, (size_t)in->lines_n + 1, sizeof(int32_t));
    to->pair_offer = arena_array(arena, n, sizeof(int32_t));
    to->pair_score = arena_array(arena, n, sizeof(int32_t));
    to->pair_cost = arena_array(arena, n, sizeof(int32_t));
    to->pair_use = arena_array(arena, n, sizeof(int32_t));
    to->pins = arena_array(arena, (size_t)in->pins_n, sizeof(*to->pins));
    int32_t pin = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        to->pair_begin[l] = to->pairs_n;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            model_wide net = prices_net(in, prices, gains[l], l, p);
            model_wide loss = (prices->demand[l] - net) * 1000 *
                least_use(in, l, p);
            bool pinned =
                pin < in->pins_n && in->pins[pin].pair == p;
            if (!pinned && loss > gap) {
                continue;
            }
            int32_t q = to->pairs_n++;
            if (pinned) {
                to->pins[pin] =
                    (struct instance_pin){q, in->pins[pin].units};
                pin++;
            }
            narrow->pair_of[q] = p;
            narrow->least[q] = ledger->least[p];
            to->pair_offer[q] = in->pair_offer[p];
            to->pair_score[q] = in->pair_score[p];
            to->pair_cost[q] = in->pair_cost[p];
            to->pair_use[q] = in->pair_use[p];
        }
    }
    to->pair_begin[in->lines_n] = to->pairs_n;
    free(gains);
}
