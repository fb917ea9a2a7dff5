/* knapsack_price.c: the dearest units, and needs, first
 * (knapsack_price.h). */
#include "knapsack_price.h"

enum { MOST = 512 }; /* of more items: no prices */

/* Dearest first: what was at k..n - 1 moves down. */
static int32_t
place(int64_t *sorted, int32_t n, int64_t value)
{
    int32_t at = n;
    for (; at > 0 && sorted[at - 1] < value; at--) {
        sorted[at] = sorted[at - 1];
    }
    sorted[at] = value;
    return at;
}

/* Of a unit of use, the need's first unit paid by all that the item has. */
static int64_t
density(const struct knapsack_item *item)
{
    return (item->gain - item->fixed / item->high) / item->use;
}

/* Of the units that capacity ends at, were there no limit on needs. */
static int64_t
use_price(const struct knapsack *k)
{
    int64_t sorted[MOST], use[MOST], left = k->capacity;
    for (int32_t i = 0; i < k->n; i++) {
        const struct knapsack_item *item = &k->items[i];
        int32_t at = place(sorted, i, density(item));
        for (int32_t n = i; n > at; n--) {
            use[n] = use[n - 1];
        }
        use[at] = (int64_t)item->use * item->high;
    }
    for (int32_t i = 0; i < k->n; i++) {
        left -= use[i];
        if (left < 0) {
            return sorted[i] > 0 ? sorted[i] : 0;
        }
    }
    return 0;
}

/* What the items of a need from i on gain at a price of use; i: behind. */
static knapsack_wide
need_gain(const struct knapsack *k, int32_t *i, int64_t price)
{
    int32_t need = k->items[*i].need;
    knapsack_wide gain = -k->items[*i].fixed;
    for (; *i < k->n && k->items[*i].need == need; ++*i) {
        const struct knapsack_item *item = &k->items[*i];
        knapsack_wide net = item->gain - (knapsack_wide)price * item->use;
        gain += net > 0 ? net * item->high : 0;
    }
    return gain;
}

/* Of the first need that is one too many. */
static int64_t
need_price(const struct knapsack *k, int64_t price)
{
    int64_t sorted[MOST];
    int32_t n = 0;
    for (int32_t i = 0; i < k->n; n++) {
        if (k->items[i].open) {
            return 0;
        }
        knapsack_wide gain = need_gain(k, &i, price);
        place(sorted, n, gain > 0 ? (int64_t)gain : 0);
    }
    return n > k->needs_most ? sorted[k->needs_most] : 0;
}

struct knapsack_prices
knapsack_price(const struct knapsack *k)
{
    struct knapsack_prices prices = {0, 0}, all = {0, 0};
    if (k->n > MOST || k->needs_most < 0) {
        return prices;
    }
    prices.use = use_price(k);
    if (k->needs_most > 0) {
        prices.need = need_price(k, prices.use);
        all.need = need_price(k, 0);
    }
    return all.need > 0 && prices.use > 0 &&
            knapsack_relaxed(k, all) < knapsack_relaxed(k, prices)
        ? all
        : prices;
}

knapsack_wide
knapsack_relaxed(const struct knapsack *k, struct knapsack_prices prices)
{
    knapsack_wide sum = (knapsack_wide)prices.use * k->capacity;
    int32_t counted = k->needs_most > 0 ? k->needs_most : 0;
    sum += (knapsack_wide)prices.need * counted;
    for (int32_t i = 0; i < k->n;) {
        int64_t need = k->items[i].open ? 0 : prices.need;
        knapsack_wide gain = need_gain(k, &i, prices.use) - need;
        sum += gain > 0 ? gain : 0;
    }
    return sum;
}
