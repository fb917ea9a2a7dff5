/* narrow.c: whoever loses more than the gap is left out (narrow.h). */
#include "narrow.h"

#include <stdlib.h>

static int32_t *
ints(struct arena *arena, int32_t n)
{
    return arena_array(arena, (size_t)n, sizeof(int32_t));
}

static void
make_rows(struct narrow *narrow, const struct instance *in, int32_t pairs_n,
    struct arena *arena)
{
    struct instance *to = &narrow->in;
    *to = *in;
    to->pairs_n = 0;
    to->pair_begin = ints(arena, in->lines_n + 1);
    to->pair_offer = ints(arena, pairs_n);
    to->pair_score = ints(arena, pairs_n);
    to->pair_cost = ints(arena, pairs_n);
    to->pair_use = ints(arena, pairs_n);
    to->pins = arena_array(arena, (size_t)in->pins_n, sizeof(*to->pins));
    narrow->pair_of = ints(arena, pairs_n);
    narrow->least = ints(arena, pairs_n);
}

static void
add_pair(struct narrow *narrow, const struct ledger *ledger, int32_t p)
{
    const struct instance *in = ledger->in;
    struct instance *to = &narrow->in;
    int32_t q = to->pairs_n++;
    narrow->pair_of[q] = p;
    narrow->least[q] = ledger->least[p];
    to->pair_offer[q] = in->pair_offer[p];
    to->pair_score[q] = in->pair_score[p];
    to->pair_cost[q] = in->pair_cost[p];
    to->pair_use[q] = in->pair_use[p];
}

void
narrow_take(struct narrow *narrow, const struct ledger *ledger,
    const uint8_t *keep, struct arena *arena)
{
    const struct instance *in = ledger->in;
    int32_t n = 0, pin = 0;
    for (int32_t p = 0; p < in->pairs_n; p++) {
        n += keep[p];
    }
    make_rows(narrow, in, n, arena);
    for (int32_t l = 0; l < in->lines_n; l++) {
        narrow->in.pair_begin[l] = narrow->in.pairs_n;
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            if (!keep[p]) {
                continue;
            }
            if (pin < in->pins_n && in->pins[pin].pair == p) {
                narrow->in.pins[pin] = (struct instance_pin){
                    narrow->in.pairs_n, in->pins[pin].units};
                pin++;
            }
            add_pair(narrow, ledger, p);
        }
    }
    narrow->in.pair_begin[in->lines_n] = narrow->in.pairs_n;
}

void
narrow_make(struct narrow *narrow, const struct ledger *ledger,
    const struct prices *prices, model_wide gap, struct arena *arena)
{
    const struct instance *in = ledger->in;
    uint8_t *keep = xcalloc((size_t)in->pairs_n + 1, 1);
    model_wide *gains = prices_floor_gains(in, prices);
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            model_wide net = prices_net(in, prices, gains[l], l, p);
            model_wide loss = (prices->demand[l] - net) * 1000 *
                model_pair_least(in, l, p);
            keep[p] = loss <= gap;
        }
    }
    for (int32_t k = 0; k < in->pins_n; k++) {
        keep[in->pins[k].pair] = 1;
    }
    narrow_take(narrow, ledger, keep, arena);
    free(gains);
    free(keep);
}

void
narrow_return(const struct narrow *narrow, const int32_t *units,
    struct ledger *ledger)
{
    ledger_clear(ledger);
    for (int32_t q = 0; q < narrow->in.pairs_n; q++) {
        if (units[q] > ledger->units[narrow->pair_of[q]]) {
            ledger_set(ledger, narrow->pair_of[q], units[q]);
        }
    }
}
