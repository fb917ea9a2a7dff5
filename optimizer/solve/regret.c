/* regret.c: the best of all, less what they have (regret.h). */
#include "regret.h"

#include <string.h>

void
regrets_open(struct regrets *r, const struct ledger *ledger,
    const struct concord *concord, struct arena *arena)
{
    const struct instance *in = ledger->in;
    size_t needs = (size_t)in->needs_n, offers = (size_t)in->offers_n;
    *r = (struct regrets){.ledger = ledger, .concord = concord,
        .offers = arena_array(arena, offers, sizeof(model_wide)),
        .needs = arena_array(arena, needs, sizeof(model_wide)),
        .met = arena_alloc(arena, (size_t)ledger->links->orgs_n + 1)};
    lagrange_make(&r->lagrange, in, ledger->links, ledger->pair_line,
        ledger->least, NULL, arena);
    r->lagrange.potentials = &concord->potentials;
    r->bound = lagrange_bound(&r->lagrange, &concord->prices);
}

void
regrets_close(struct regrets *r)
{
    lagrange_free(&r->lagrange);
}

/* The pair's units: worth to its offer, paid to its need.  The first pair of
 * an organisation with a need pays for the partner, too. */
static void
take_pair(struct regrets *r, int32_t p)
{
    const struct instance *in = r->ledger->in;
    const struct lagrange_prices *prices = &r->concord->prices;
    int32_t units = r->ledger->units[p], j = in->pair_offer[p];
    int32_t i = in->lines[r->ledger->pair_line[p]].need;
    const int64_t *price = potentials_of(&r->concord->potentials, p);
    int64_t paid = price != NULL ? price[units - 1] : 0;
    int32_t link = links_org(r->ledger->links, p);
    r->offers[j] -= lagrange_net(&r->lagrange, prices, p) * units - paid;
    r->needs[i] -= paid;
    if (link >= 0 && !r->met[link]) {
        r->met[link] = 1;
        r->offers[j] += prices->partners[i];
    }
}

/* What rows of needs leave over. */
static void
add_rest(struct regrets *r)
{
    const struct instance *in = r->ledger->in;
    const struct lagrange_prices *prices = &r->concord->prices;
    for (int32_t l = 0; l < in->lines_n; l++) {
        r->needs[in->lines[l].need] +=
            (model_wide)prices->demand[l] * r->ledger->line_left[l];
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        if (prices->partners[i] > 0) {
            r->needs[i] += (model_wide)prices->partners[i] *
                r->ledger->partners_left[i];
        }
        if (prices->budget[i] > 0) {
            r->needs[i] +=
                (model_wide)prices->budget[i] * r->ledger->need_left[i];
        }
    }
}

void
regrets_find(struct regrets *r)
{
    const struct instance *in = r->ledger->in;
    memset(r->met, 0, (size_t)r->ledger->links->orgs_n + 1);
    if (in->offers_n > 0) {
        memcpy(r->offers, r->lagrange.offer_best,
            (size_t)in->offers_n * sizeof(model_wide));
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        r->needs[i] = r->lagrange.need_best[i];
    }
    for (int32_t p = 0; p < in->pairs_n; p++) {
        if (r->ledger->units[p] > 0) {
            take_pair(r, p);
        }
    }
    add_rest(r);
}
