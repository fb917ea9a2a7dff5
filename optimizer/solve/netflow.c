/* netflow.c: primal network simplex with block search (netflow.h). */
#include "netflow.h"

#include <stdlib.h>

#include "optimizer/base/err.h"

enum { AT_LOWER = 1, IN_TREE = 0, AT_UPPER = -1 };
enum { UP = 1, DOWN = -1 };
#define UNBOUNDED INT32_MAX /* more than any flow: those are <= 1e9 */

struct node {
    int32_t parent, pred; /* pred: the tree arc to the parent */
    int32_t child, next, prev; /* first child, siblings; -1 */
    int32_t depth;
    int32_t dir; /* UP: pred goes to the parent */
};

struct arc {
    int32_t from, to;
    int64_t cost;
    int32_t flow, cap;
    int8_t state;
};

struct netflow {
    int32_t lines_n, offers_n, nodes_n, root;
    struct node *nodes;
    int64_t *price; /* per node; apart: all arcs look at them, all the time */
    struct arc *arcs;
    int32_t arcs_n, arcs_cap, fixed; /* fixed: arcs to the root */
    int32_t next;                    /* where the block search goes on */
};

static int32_t
add_arc(struct netflow *f, int32_t from, int32_t to, int32_t cap)
{
    if (f->arcs_n == f->arcs_cap) {
        f->arcs_cap = f->arcs_cap > 0 ? 2 * f->arcs_cap : 1024;
        f->arcs = xrealloc(f->arcs, (size_t)f->arcs_cap, sizeof(*f->arcs));
    }
    f->arcs[f->arcs_n] = (struct arc){
        .from = from, .to = to, .cap = cap, .state = AT_LOWER};
    return f->arcs_n++;
}

static void
attach(struct netflow *f, int32_t u, int32_t parent)
{
    struct node *n = &f->nodes[u], *p = &f->nodes[parent];
    n->parent = parent;
    n->prev = -1;
    n->next = p->child;
    if (p->child >= 0) {
        f->nodes[p->child].prev = u;
    }
    p->child = u;
}

static void
detach(struct netflow *f, int32_t u)
{
    struct node *n = &f->nodes[u];
    if (n->prev >= 0) {
        f->nodes[n->prev].next = n->next;
    } else {
        f->nodes[n->parent].child = n->next;
    }
    if (n->next >= 0) {
        f->nodes[n->next].prev = n->prev;
    }
}

struct netflow *
netflow_new(int32_t lines_n, const int32_t *quantity, int32_t offers_n,
    const int32_t *capacity)
{
    struct netflow *f = xcalloc(1, sizeof(*f));
    f->lines_n = lines_n;
    f->offers_n = offers_n;
    f->root = lines_n + offers_n;
    f->nodes_n = f->root + 1;
    f->fixed = f->root;
    f->nodes = xcalloc((size_t)f->nodes_n, sizeof(*f->nodes));
    f->price = xcalloc((size_t)f->nodes_n, sizeof(*f->price));
    f->nodes[f->root] = (struct node){
        .parent = -1, .pred = -1, .child = -1, .next = -1, .prev = -1};
    for (int32_t u = 0; u < f->root; u++) {
        int32_t a = add_arc(f, u, f->root,
            u < lines_n ? UNBOUNDED : capacity[u - lines_n]);
        f->arcs[a].flow = u < lines_n ? quantity[u] : 0;
        f->arcs[a].state = IN_TREE;
        f->nodes[u] =
            (struct node){.pred = a, .child = -1, .depth = 1, .dir = UP};
        attach(f, u, f->root);
    }
    f->next = f->fixed;
    return f;
}

void
netflow_free(struct netflow *f)
{
    if (f != NULL) {
        free(f->nodes);
        free(f->price);
        free(f->arcs);
        free(f);
    }
}

int32_t
netflow_add(struct netflow *f, int32_t line, int32_t offer)
{
    return add_arc(f, line, f->lines_n + offer, UNBOUNDED) - f->fixed;
}

void
netflow_gain(struct netflow *f, int32_t arc, int64_t gain)
{
    f->arcs[f->fixed + arc].cost = -gain;
}

/* The next node below top in preorder, -1 at the end. */
static int32_t
preorder_next(const struct netflow *f, int32_t u, int32_t top)
{
    if (f->nodes[u].child >= 0) {
        return f->nodes[u].child;
    }
    while (u != top && f->nodes[u].next < 0) {
        u = f->nodes[u].parent;
    }
    return u == top ? -1 : f->nodes[u].next;
}

/* a tree arc costs nothing net: cost + price[from] = price[to] */
static int64_t
price_by_parent(const struct netflow *f, int32_t u)
{
    const struct node *n = &f->nodes[u];
    return f->price[n->parent] - n->dir * f->arcs[n->pred].cost;
}

/* Prices of all nodes, after a change of gains. */
static void
update_prices(struct netflow *f)
{
    for (int32_t u = preorder_next(f, f->root, f->root); u >= 0;
         u = preorder_next(f, u, f->root)) {
        f->price[u] = price_by_parent(f, u);
    }
}

/* Depths at and below a node that was moved, and prices, all by as much. */
static void
update_below(struct netflow *f, int32_t top)
{
    int64_t change = price_by_parent(f, top) - f->price[top];
    for (int32_t u = top; u >= 0; u = preorder_next(f, u, top)) {
        struct node *n = &f->nodes[u];
        n->depth = f->nodes[n->parent].depth + 1;
        f->price[u] += change;
    }
}

static int64_t
reduced(const struct netflow *f, const struct arc *a)
{
    return a->state *
        (a->cost + f->price[a->from] - f->price[a->to]);
}

/* The worst arc of the first block that has a bad one; -1: optimal. */
static int32_t
entering(struct netflow *f, int32_t block)
{
    int64_t worst = 0;
    int32_t found = -1, left = block, a = f->next;
    for (int32_t seen = 0; seen < f->arcs_n; seen++) {
        if (a >= f->arcs_n) {
            a = 0;
        }
        int64_t net = reduced(f, &f->arcs[a]);
        if (net < worst) {
            worst = net;
            found = a;
        }
        a++;
        if (--left == 0) {
            if (found >= 0) {
                break;
            }
            left = block;
        }
    }
    f->next = a;
    return found;
}

static int32_t
join_of(const struct netflow *f, int32_t u, int32_t v)
{
    while (u != v) {
        if (f->nodes[u].depth >= f->nodes[v].depth) {
            u = f->nodes[u].parent;
        } else {
            v = f->nodes[v].parent;
        }
    }
    return u;
}

struct pivot {
    int32_t join, first, second; /* flow grows from first to second */
    int32_t out;                 /* node whose pred leaves, -1: none */
    bool out_first;              /* it is on the side of first */
    int32_t delta;
};

static void
leaving(const struct netflow *f, int32_t in, struct pivot *p)
{
    const struct arc *a = &f->arcs[in];
    p->first = a->state == AT_LOWER ? a->from : a->to;
    p->second = a->state == AT_LOWER ? a->to : a->from;
    p->join = join_of(f, p->first, p->second);
    p->delta = a->cap;
    p->out = -1;
    for (int32_t u = p->first; u != p->join; u = f->nodes[u].parent) {
        const struct arc *e = &f->arcs[f->nodes[u].pred];
        int32_t room = f->nodes[u].dir == UP ? e->flow : e->cap - e->flow;
        if (room < p->delta) {
            p->delta = room;
            p->out = u;
            p->out_first = true;
        }
    }
    for (int32_t u = p->second; u != p->join; u = f->nodes[u].parent) {
        const struct arc *e = &f->arcs[f->nodes[u].pred];
        int32_t room = f->nodes[u].dir == UP ? e->cap - e->flow : e->flow;
        if (room <= p->delta) {
            p->delta = room;
            p->out = u;
            p->out_first = false;
        }
    }
}

static void
push(struct netflow *f, int32_t in, const struct pivot *p)
{
    if (p->delta == 0) {
        return;
    }
    f->arcs[in].flow += f->arcs[in].state * p->delta;
    for (int32_t u = p->first; u != p->join; u = f->nodes[u].parent) {
        f->arcs[f->nodes[u].pred].flow -= f->nodes[u].dir * p->delta;
    }
    for (int32_t u = p->second; u != p->join; u = f->nodes[u].parent) {
        f->arcs[f->nodes[u].pred].flow += f->nodes[u].dir * p->delta;
    }
}

/* Cuts the part below p->out off and hangs it on the entering arc. */
static void
exchange(struct netflow *f, int32_t in, const struct pivot *p)
{
    int32_t inside = p->out_first ? p->first : p->second;
    int32_t outside = p->out_first ? p->second : p->first;
    int32_t u = inside, parent = outside, pred = in;
    int32_t dir = f->arcs[in].from == inside ? UP : DOWN;
    for (;;) {
        struct node *n = &f->nodes[u];
        int32_t next = n->parent, next_pred = n->pred, next_dir = -n->dir;
        detach(f, u);
        attach(f, u, parent);
        n->pred = pred;
        n->dir = dir;
        if (u == p->out) {
            break;
        }
        parent = u;
        u = next;
        pred = next_pred;
        dir = next_dir;
    }
    update_below(f, inside);
}

int64_t
netflow_solve(struct netflow *f)
{
    int32_t block = 16;
    while ((int64_t)block * block < f->arcs_n) {
        block += block / 2;
    }
    update_prices(f);
    int64_t pivots = 0;
    for (;; pivots++) {
        int32_t in = entering(f, block);
        if (in < 0) {
            return pivots;
        }
        struct pivot p;
        leaving(f, in, &p);
        push(f, in, &p);
        if (p.out < 0) {
            f->arcs[in].state = (int8_t)-f->arcs[in].state;
            continue;
        }
        struct arc *out = &f->arcs[f->nodes[p.out].pred];
        f->arcs[in].state = IN_TREE;
        out->state = out->flow == 0 ? AT_LOWER : AT_UPPER;
        exchange(f, in, &p);
    }
}

int64_t
netflow_units(const struct netflow *f, int32_t arc)
{
    return f->arcs[f->fixed + arc].flow;
}

bool
netflow_in_tree(const struct netflow *f, int32_t arc)
{
    return f->arcs[f->fixed + arc].state == IN_TREE;
}

int64_t
netflow_arc_net(const struct netflow *f, int32_t arc)
{
    const struct arc *a = &f->arcs[f->fixed + arc];
    return -(a->cost + f->price[a->from] - f->price[a->to]);
}

bool
netflow_line_slack(const struct netflow *f, int32_t line)
{
    return f->arcs[line].state == IN_TREE;
}

bool
netflow_offer_slack(const struct netflow *f, int32_t offer)
{
    return f->arcs[f->lines_n + offer].state == IN_TREE;
}

int64_t
netflow_line_price(const struct netflow *f, int32_t line)
{
    return f->price[line];
}

int64_t
netflow_offer_price(const struct netflow *f, int32_t offer)
{
    return -f->price[f->lines_n + offer];
}

int32_t
netflow_line(const struct netflow *f, int32_t arc)
{
    return f->arcs[f->fixed + arc].from;
}
