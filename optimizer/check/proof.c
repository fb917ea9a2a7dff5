/*
 * proof.c: a Lagrangian bound from prices, row by row (proof.h).
 *
 *   total(x) <= total(x) + sum price r * (limit r - use r)
 *            <= sum price r * limit r - sum price g * target g
 *               + sum over lines of the most that its own units can gain
 *
 * with a line's gains net of all prices, each pair at most what its line and
 * offer allow and at least its pin; a need with a limit on partners gains at
 * most what its best so many organisations could gain it alone.  Without
 * lots and limits on needs.  Sums in 1e-12 milli-points.
 */
#include "proof.h"

#include "proof_offers.h"
#include "proof_price.h"

#include <stdlib.h>

struct gain {
    exact each; /* per unit, net of prices, missing unit's price included */
    int64_t most;
    int32_t org;
};

struct partner { /* what an organisation alone could gain a line */
    int64_t need_org; /* the need above 32 bits of organisation */
    exact gain;
};

struct proof {
    const struct instance *in;
    const struct proof_prices *prices;
    exact *floor_gain;   /* per line, of a unit */
    exact *need_gain;    /* per need */
    bool *pinned;        /* per need */
    struct gain *gains; /* of a line */
    struct partner *partners; /* of needs with a limit */
    size_t partners_n, partners_room;
};

static exact
net_gain(const struct proof *proof, int32_t line, int32_t pair)
{
    const struct instance *in = proof->in;
    int32_t j = in->pair_offer[pair];
    exact unit =
        proof_sound(proof->prices->capacity[j], in->offers[j].capacity);
    return proof_net(in, proof->prices, proof->floor_gain[line], line, pair) -
           1000000 * unit * in->pair_use[pair];
}

static int
compare_gains(const void *left, const void *right)
{
    exact a = ((const struct gain *)left)->each;
    exact b = ((const struct gain *)right)->each;
    return (a < b) - (a > b);
}

static int
compare_by_org(const void *left, const void *right)
{
    int32_t a = ((const struct gain *)left)->org;
    int32_t b = ((const struct gain *)right)->org;
    return a != b ? (a > b) - (a < b) : compare_gains(left, right);
}

/* The best that these can give to `left` units, dearest first. */
static exact
fill(const struct gain *gains, int32_t n, int64_t left)
{
    exact sum = 0;
    for (int32_t k = 0; k < n && left > 0; k++) {
        int64_t units = gains[k].most < left ? gains[k].most : left;
        sum += gains[k].each * units;
        left -= units;
    }
    return sum;
}

/* A line's pairs that gain something, the pins taken off: those gain *given
 * and leave *left units.  *pin walks through the pins, by pair. */
static int32_t
line_gains(const struct proof *proof, int32_t line, int32_t *pin,
    exact *given, int64_t *left)
{
    const struct instance *in = proof->in;
    int32_t n = 0;
    *given = 0;
    *left = in->lines[line].quantity;
    for (int32_t p = in->pair_begin[line]; p < in->pair_begin[line + 1];
         p++) {
        int64_t least, most, pinned = 0;
        exact each = net_gain(proof, line, p);
        proof_range(in, line, p, &least, &most);
        if (*pin < in->pins_n && in->pins[*pin].pair == p) {
            pinned = in->pins[(*pin)++].units;
            pinned = pinned > 0 && pinned < least ? least : pinned;
            proof->pinned[in->lines[line].need] |= pinned > 0;
        }
        *given += each * pinned;
        *left -= pinned;
        if (each > 0 && most > pinned) {
            proof->gains[n++] = (struct gain){each, most - pinned,
                in->offers[in->pair_offer[p]].org};
        }
    }
    return n;
}

/* What each organisation alone could gain a line. */
static void
add_partners(struct proof *proof, int32_t line, int32_t n)
{
    struct gain *gains = proof->gains;
    int64_t need = proof->in->lines[line].need;
    for (int32_t k = 0, end; k < n; k = end) {
        for (end = k + 1; end < n && gains[end].org == gains[k].org; end++) {
        }
        if (proof->partners_n == proof->partners_room) {
            proof->partners_room = 2 * proof->partners_room + 64;
            proof->partners = xrealloc(proof->partners,
                proof->partners_room, sizeof(*proof->partners));
        }
        proof->partners[proof->partners_n++] = (struct partner){
            need << 32 | gains[k].org,
            fill(&gains[k], end - k, proof->in->lines[line].quantity)};
    }
}

/* The most that the units of a line gain over leaving it uncovered. */
static void
add_line(struct proof *proof, int32_t line, int32_t *pin)
{
    const struct instance *in = proof->in;
    exact given;
    int64_t left;
    int32_t need = in->lines[line].need;
    int32_t n = line_gains(proof, line, pin, &given, &left);
    proof->need_gain[need] += given;
    if (n == 0) {
        return;
    }
    qsort(proof->gains, (size_t)n, sizeof(*proof->gains), compare_gains);
    proof->need_gain[need] += fill(proof->gains, n, left);
    if (in->needs[need].max_partners > 0) {
        qsort(proof->gains, (size_t)n, sizeof(*proof->gains), compare_by_org);
        add_partners(proof, line, n);
    }
}

static int
compare_partners(const void *left, const void *right)
{
    int64_t a = ((const struct partner *)left)->need_org;
    int64_t b = ((const struct partner *)right)->need_org;
    return (a > b) - (a < b);
}

static int
compare_sums(const void *left, const void *right)
{
    exact a = ((const struct partner *)left)->gain;
    exact b = ((const struct partner *)right)->gain;
    return (a < b) - (a > b);
}

/* The best max_partners of a need's organisations, summed over its lines. */
static void
limit_need(struct proof *proof, struct partner *partners, size_t n)
{
    int64_t need = partners[0].need_org >> 32;
    size_t orgs = 0;
    for (size_t k = 0; k < n; k++) {
        if (orgs > 0 && partners[orgs - 1].need_org == partners[k].need_org) {
            partners[orgs - 1].gain += partners[k].gain;
        } else {
            partners[orgs++] = partners[k];
        }
    }
    qsort(partners, orgs, sizeof(*partners), compare_sums);
    exact sum = 0;
    int32_t most = proof->in->needs[need].max_partners;
    for (size_t k = 0; k < orgs && k < (size_t)most; k++) {
        sum += partners[k].gain;
    }
    if (!proof->pinned[need] && sum < proof->need_gain[need]) {
        proof->need_gain[need] = sum;
    }
}

static void
limit_partners(struct proof *proof)
{
    size_t n = proof->partners_n;
    if (n > 0) {
        qsort(proof->partners, n, sizeof(*proof->partners),
            compare_partners);
    }
    for (size_t k = 0, end; k < n; k = end) {
        int64_t need = proof->partners[k].need_org >> 32;
        for (end = k + 1;
             end < n && proof->partners[end].need_org >> 32 == need; end++) {
        }
        limit_need(proof, &proof->partners[k], end - k);
    }
}

static exact
divisor(exact a, exact b)
{
    while (b != 0) {
        exact rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Every total is base plus a multiple of this; 0: all are base. */
static exact
grid(const struct instance *in)
{
    exact step = 0;
    for (int32_t l = 0; l < in->lines_n; l++) {
        for (int32_t p = in->pair_begin[l]; p < in->pair_begin[l + 1]; p++) {
            step = divisor(step, LINE_E12 * ((exact)in->pair_score[p] +
                                     in->lines[l].uncovered_price));
        }
    }
    for (int32_t g = 0; g < in->floors_n; g++) {
        const struct instance_floor *floor = &in->floors[g];
        exact price = floor->tier ? 0 : floor->price;
        step = divisor(step, price * proof_target_e12(floor));
        for (int32_t k = floor->member_begin; k < floor->member_end; k++) {
            step = divisor(step,
                price * proof_share_e12(in, in->floor_lines[k]));
        }
    }
    return step;
}

/* Rows, lines and needs together, above the value of no units at all. */
static exact
relaxed(const struct instance *in, const struct proof_prices *prices)
{
    size_t needs = (size_t)in->needs_n + 1;
    int32_t pin = 0;
    struct proof proof = {.in = in, .prices = prices,
        .floor_gain = proof_floor_gains(in, prices),
        .need_gain = xcalloc(needs, sizeof(exact)),
        .pinned = xcalloc(needs, sizeof(bool)),
        .gains = xcalloc((size_t)in->offers_n + 1, sizeof(struct gain))};
    exact sum = proof_rows_cost(in, prices);
    for (int32_t j = 0; j < in->offers_n; j++) {
        int64_t limit = in->offers[j].capacity;
        sum += 1000000 * proof_sound(prices->capacity[j], limit) * limit;
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        add_line(&proof, l, &pin);
    }
    limit_partners(&proof);
    for (int32_t i = 0; i < in->needs_n; i++) {
        sum += proof.need_gain[i];
    }
    free(proof.partners);
    free(proof.gains);
    free(proof.pinned);
    free(proof.need_gain);
    free(proof.floor_gain);
    return sum;
}

int64_t
proof_bound(const struct instance *in, const struct proof_prices *prices)
{
    exact base = 0, gain = relaxed(in, prices), step = grid(in);
    if (prices->demand != NULL) {
        exact offers = proof_offers(in, prices);
        gain = offers < gain ? offers : gain;
    }
    for (int32_t l = 0; l < in->lines_n; l++) {
        base -= LINE_E12 * in->lines[l].uncovered_price *
                (exact)in->lines[l].quantity;
    }
    if (step > 0) {
        gain -= gain % step + (gain % step < 0 ? step : 0);
    }
    exact total = base + gain + 500000;
    exact e6 = total / 1000000 - (total % 1000000 < 0);
    return e6 > INT64_MAX ? INT64_MAX : (int64_t)e6;
}

int64_t
proof_gap_ppm(int64_t value_e6, int64_t bound_e6)
{
    exact size = value_e6 < 0 ? -(exact)value_e6 : value_e6;
    exact gap = (exact)bound_e6 - value_e6;
    exact ppm = gap <= 0 ? 0 : proof_up(gap * 1000000, size < 1 ? 1 : size);
    return ppm > INT64_MAX ? INT64_MAX : (int64_t)ppm;
}
