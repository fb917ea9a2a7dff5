/* proof_offers.c: tables of needs by capacity, an offer at a time. */
#include "proof_offers.h"

#include <stdlib.h>
#include <string.h>

#include "proof_needs.h"
#include "proof_partners.h"

enum { STEPS_MOST = 50000000 }; /* for one offer */
#define NEVER (-((exact)1 << 120))

struct item {
    exact each; /* per unit, net of prices; > 0 but with potentials */
    exact fixed; /* of the need's first unit */
    int32_t offer, need, org, use;
    int64_t low, high, weight;
    int32_t potentials; /* where they begin; -1: it has none */
};

struct offers {
    const struct instance *in;
    const struct proof_prices *prices;
    struct item *items;
    int64_t n, room;
    int64_t *weights;   /* per pair, of a partner */
    int32_t *potentials; /* per pair: where they begin */
    exact *pinned;      /* per offer: what its pins gain */
    int64_t *left;      /* per offer: capacity without its pins */
    bool *has_pins;     /* per offer */
};

static void
add_item(struct offers *o, struct item item)
{
    if (o->n == o->room) {
        o->room = 2 * o->room + 256;
        o->items = xrealloc(o->items, (size_t)o->room, sizeof(*o->items));
    }
    o->items[o->n++] = item;
}

static void
add_line(struct offers *o, int32_t line, exact floor_gain, int32_t *pin)
{
    const struct instance *in = o->in;
    exact paid = 1000000 *
        proof_sound(o->prices->demand[line], in->lines[line].quantity);
    for (int32_t p = in->pair_begin[line]; p < in->pair_begin[line + 1];
         p++) {
        int32_t j = in->pair_offer[p];
        int64_t pinned = 0, low, most;
        exact each = proof_net(in, o->prices, floor_gain, line, p) - paid;
        proof_range(in, line, p, &low, &most);
        if (*pin < in->pins_n && in->pins[*pin].pair == p) {
            pinned = in->pins[(*pin)++].units;
            pinned = pinned > 0 && pinned < low ? low : pinned;
            o->pinned[j] += each * pinned;
            o->left[j] -= pinned * in->pair_use[p];
            o->has_pins[j] |= pinned > 0;
        }
        if ((each > 0 || o->potentials[p] >= 0) && most > pinned) {
            add_item(o, (struct item){.each = each, .offer = j,
                .need = in->lines[line].need, .org = in->offers[j].org,
                .use = in->pair_use[p], .low = pinned > 0 ? 1 : low,
                .high = most - pinned, .weight = o->weights[p],
                .potentials = o->potentials[p]});
        }
    }
}

static int
compare_meetings(const void *left, const void *right)
{
    const struct item *a = left, *b = right;
    int order = proof_order(a->need, b->need);
    order = order != 0 ? order : proof_order(a->org, b->org);
    return order != 0 ? order : proof_order(a->offer, b->offer);
}

static int
compare_offers(const void *left, const void *right)
{
    const struct item *a = left, *b = right;
    int order = proof_order(a->offer, b->offer);
    return order != 0 ? order : proof_order(a->need, b->need);
}

static int
compare_density(const void *left, const void *right)
{
    const struct item *a = left, *b = right;
    exact x = a->each * b->use, y = b->each * a->use;
    return (x < y) - (x > y);
}

static void
drop_losses(struct offers *o)
{
    int64_t n = 0;
    for (int64_t k = 0; k < o->n; k++) {
        if (o->items[k].each > 0 || o->items[k].potentials >= 0) {
            o->items[n++] = o->items[k];
        }
    }
    o->n = n;
}

/* One offer of an organisation that gains pays the price of a partner with
 * its first unit, several pay it bit by bit, unit by unit. */
static void
share_partners(struct offers *o)
{
    if (o->n > 0) {
        qsort(o->items, (size_t)o->n, sizeof(*o->items), compare_meetings);
    }
    for (int64_t k = 0, end; k < o->n; k = end) {
        const struct item *first = &o->items[k];
        int64_t most = o->in->needs[first->need].max_partners, offers = 1;
        for (end = k + 1; end < o->n && o->items[end].need == first->need &&
             o->items[end].org == first->org;
             end++) {
            offers += o->items[end].offer != o->items[end - 1].offer;
        }
        exact price = most == 0
            ? 0
            : 1000000 * proof_sound(o->prices->partners[first->need], most);
        for (int64_t i = k; i < end; i++) {
            struct item *item = &o->items[i];
            item->fixed = offers == 1 ? price : 0;
            item->each -= offers == 1 ? 0 : price / 1000000 * item->weight;
        }
    }
    drop_losses(o);
}

static exact
worth(const struct proof_prices *prices, const struct item *item,
    int64_t units)
{
    return item->each * units -
           (item->potentials >= 0
                   ? proof_potential_of(prices, item->potentials, units)
                   : 0);
}

/* At least what any number of units is worth, per unit. */
static exact
most_each(const struct proof_prices *prices, const struct item *item)
{
    const struct proof_potential *all = prices->potentials;
    exact most = item->each > 0 ? item->each : 0;
    for (int32_t k = item->potentials; item->potentials >= 0 &&
         k < prices->potentials_n && all[k].pair == all[item->potentials].pair;
         k++) {
        exact each = all[k].units > 0
            ? proof_up(worth(prices, item, all[k].units), all[k].units)
            : 0;
        most = each > most ? each : most;
    }
    return most;
}

/* Capacity alone, dearest first; the last one cut. */
static exact
from_above(const struct proof_prices *prices, struct item *items, int64_t n,
    int64_t capacity)
{
    exact sum = 0;
    for (int64_t k = 0; k < n; k++) {
        items[k].each = most_each(prices, &items[k]);
    }
    qsort(items, (size_t)n, sizeof(*items), compare_density);
    for (int64_t k = 0; k < n && capacity > 0; k++) {
        int64_t use = items[k].high * items[k].use;
        use = use < capacity ? use : capacity;
        sum += proof_up(items[k].each * use, items[k].use);
        capacity -= use;
    }
    return sum;
}

/* own[c]: the best of one need's items in exactly c; NEVER for none. */
static void
count_need(const struct proof_prices *prices, const struct item *items,
    int64_t n, int64_t capacity, exact *own)
{
    own[0] = 0;
    for (int64_t c = 1; c <= capacity; c++) {
        own[c] = NEVER;
    }
    for (int64_t k = 0; k < n; k++) {
        for (int64_t c = capacity; c > 0; c--) {
            for (int64_t x = items[k].low;
                 x <= items[k].high && x * items[k].use <= c; x++) {
                exact sum = own[c - x * items[k].use] +
                    worth(prices, &items[k], x);
                own[c] = sum > own[c] ? sum : own[c];
            }
        }
    }
}

/* best[k][c]: k needs at most in capacity c at most. */
static void
add_need(exact *best, const exact *own, exact fixed, int64_t needs,
    int64_t capacity, bool counting)
{
    int64_t width = capacity + 1;
    for (int64_t k = needs; k >= (counting ? 1 : 0); k--) {
        exact *to = best + k * width;
        const exact *from = counting ? to - width : to;
        for (int64_t c = capacity; c > 0; c--) {
            for (int64_t use = 1; use <= c; use++) {
                exact sum = from[c - use] + own[use] - fixed;
                to[c] = sum > to[c] ? sum : to[c];
            }
        }
    }
}

/* What all could take, and the work to count it out. */
static int64_t
all_use(const struct item *items, int64_t n, int64_t *groups)
{
    int64_t use = 0;
    *groups = 0;
    for (int64_t k = 0; k < n; k++) {
        use += items[k].high * items[k].use;
        *groups += k == 0 || items[k].need != items[k - 1].need;
    }
    return use;
}

static exact
offer_best(const struct proof_prices *prices, struct item *items, int64_t n,
    int64_t capacity, int64_t most, bool pinned)
{
    int64_t groups, use = all_use(items, n, &groups);
    capacity = capacity < use ? capacity : use;
    bool counting = most > 0 && most < groups;
    int64_t layers = counting ? most : 0;
    if (pinned || capacity > 5000 ||
        capacity * capacity > STEPS_MOST / (layers + 1) / (groups + 1)) {
        return from_above(prices, items, n, capacity);
    }
    size_t width = (size_t)capacity + 1;
    exact *own = xmalloc(width * sizeof(*own));
    exact *best = xcalloc(width * (size_t)(layers + 1), sizeof(*best));
    for (int64_t k = 0, end; k < n; k = end) {
        for (end = k + 1; end < n && items[end].need == items[k].need;
             end++) {
        }
        count_need(prices, &items[k], end - k, capacity, own);
        add_need(best, own, items[k].fixed, layers, capacity, counting);
    }
    exact sum = best[width * (size_t)(layers + 1) - 1];
    free(own);
    free(best);
    return sum;
}

static exact
all_offers(struct offers *o)
{
    exact sum = 0;
    if (o->n > 0) {
        qsort(o->items, (size_t)o->n, sizeof(*o->items), compare_offers);
    }
    for (int32_t j = 0; j < o->in->offers_n; j++) {
        sum += o->pinned[j];
    }
    for (int64_t k = 0, end; k < o->n; k = end) {
        int32_t j = o->items[k].offer;
        for (end = k + 1; end < o->n && o->items[end].offer == j; end++) {
        }
        sum += offer_best(o->prices, &o->items[k], end - k, o->left[j],
            o->in->offers[j].max_needs, o->has_pins[j]);
    }
    return sum;
}

exact
proof_offers(const struct instance *in, const struct proof_prices *prices)
{
    size_t n = (size_t)in->offers_n + 1;
    struct offers o = {.in = in, .prices = prices,
        .weights = proof_partner_weights(in),
        .pinned = xcalloc(n, sizeof(exact)),
        .left = xcalloc(n, sizeof(int64_t)),
        .has_pins = xcalloc(n, sizeof(bool))};
    exact *floor_gain = proof_floor_gains(in, prices);
    exact sum = proof_rows_cost(in, prices) + proof_needs(in, prices);
    int32_t pin = 0;
    o.potentials = proof_potentials_begin(in, prices);
    for (int32_t j = 0; j < in->offers_n; j++) {
        o.left[j] = in->offers[j].capacity;
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        int64_t q = in->lines[l].quantity;
        sum += 1000000 * proof_sound(prices->demand[l], q) * q;
        add_line(&o, l, floor_gain[l], &pin);
    }
    for (int32_t i = 0; i < in->needs_n; i++) {
        int64_t most = in->needs[i].max_partners;
        sum += 1000000 * proof_sound(prices->partners[i], most) * most;
    }
    share_partners(&o);
    sum += all_offers(&o);
    free(floor_gain);
    free(o.weights);
    free(o.potentials);
    free(o.items);
    free(o.pinned);
    free(o.left);
    free(o.has_pins);
    return sum;
}
