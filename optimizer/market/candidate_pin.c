/* candidate_pin.c: the staff's pins as pins of the instance; a part of
 * candidate.c. */
#include "candidate.h"

#include <stdlib.h>
#include <string.h>

#include "optimizer/instance/model.h"
#include "rule.h"

/* The best pair of the two entries: score, then pair; -1. */
static int32_t
best_pair(const struct market *market, const struct candidates *c,
    const struct market_decision *pin)
{
    const struct instance *in = &c->instance;
    const struct market_entry *need = &market->entries[pin->need];
    const struct market_entry *offer = &market->entries[pin->offer];
    int32_t best = -1;
    for (int32_t n = need->lines; n < need->lines + need->lines_n; n++) {
        for (int32_t o = offer->lines; o < offer->lines + offer->lines_n;
             o++) {
            int32_t pair =
                instance_pair_find(in, c->line_at[n], c->offer_at[o]);
            if (pair >= 0 &&
                (best < 0 || in->pair_score[pair] > in->pair_score[best])) {
                best = pair;
            }
        }
    }
    return best;
}

/* Why two pinned entries have no pair: the first rule of their nearest. */
static const char *
why_no_pair(const struct market *market, const struct market_decision *pin)
{
    const struct market_entry *need = &market->entries[pin->need];
    const struct market_entry *offer = &market->entries[pin->offer];
    uint32_t least = RULE_BIT(CAUSE_KIND);
    int fewest = CAUSE_RULES + 1;
    for (int32_t n = need->lines; n < need->lines + need->lines_n; n++) {
        for (int32_t o = offer->lines; o < offer->lines + offer->lines_n;
             o++) {
            uint32_t blocks = rule_blocks(market, n, o);
            int count = __builtin_popcount(blocks);
            if (!market->lines[o].for_public && count < fewest) {
                fewest = count;
                least = blocks;
            }
        }
    }
    return cause_label_ja((enum cause)__builtin_ctz(least));
}

static void
drop(struct candidates *c, int32_t decision, const char *reason)
{
    c->dropped[c->dropped_n++] = (struct candidate_drop){decision, reason};
}

struct order {
    int64_t id;
    int32_t decision;
};

static int
compare_orders(const void *left, const void *right)
{
    const struct order *a = left, *b = right;
    return (a->id > b->id) - (a->id < b->id);
}

void
candidate_insert_pin(struct instance *in, struct instance_pin pin)
{
    int32_t at = in->pins_n++;
    for (; at > 0 && in->pins[at - 1].pair > pin.pair; at--) {
        in->pins[at] = in->pins[at - 1];
    }
    in->pins[at] = pin;
}

static void
remove_pin(struct instance *in, int32_t pair)
{
    int32_t kept = 0;
    for (int32_t k = 0; k < in->pins_n; k++) {
        if (in->pins[k].pair != pair) {
            in->pins[kept++] = in->pins[k];
        }
    }
    in->pins_n = kept;
}

static void
add_pin(const struct market *market, struct arena *arena, int32_t decision,
    struct candidates *c, int32_t *units)
{
    struct instance *in = &c->instance;
    const struct market_decision *pin = &market->decisions[decision];
    int32_t pair = best_pair(market, c, pin);
    if (pair < 0) {
        drop(c, decision, why_no_pair(market, pin));
        return;
    }
    int32_t line = instance_pair_line(in, pair);
    int32_t most = model_pair_most(in, line, pair);
    int32_t wanted = pin->units < most ? pin->units : most;
    struct err err = {0};
    candidate_insert_pin(in, (struct instance_pin){pair, wanted});
    if (wanted < 1 || !model_least_plan(in, units, &err)) {
        remove_pin(in, pair);
        drop(c, decision,
            wanted < 1 ? "この組み合わせでは提供できる量がない"
                       : arena_string(arena, err.text));
    }
}

void
candidate_pins(const struct market *market, struct arena *arena,
    struct candidates *c)
{
    struct instance *in = &c->instance;
    size_t room = (size_t)market->decisions_n;
    in->pins = arena_array(arena, room, sizeof(*in->pins));
    c->dropped = arena_array(arena, room, sizeof(*c->dropped));
    struct order *orders = xcalloc(room + 1, sizeof(*orders));
    int32_t n = 0;
    for (int32_t d = 0; d < market->decisions_n; d++) {
        if (market->decisions[d].kind == DECISION_PIN) {
            orders[n++] = (struct order){market->decisions[d].id, d};
        }
    }
    qsort(orders, (size_t)n, sizeof(*orders), compare_orders);
    int32_t *units = xcalloc((size_t)in->pairs_n + 1, sizeof(*units));
    for (int32_t i = 0; i < n; i++) {
        add_pin(market, arena, orders[i].decision, c, units);
    }
    free(units);
    free(orders);
}
