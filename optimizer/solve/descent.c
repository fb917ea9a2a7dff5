/* descent.c: limited-memory BFGS (descent.h). */
#include "descent.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/base/arena.h"

enum {
    MEMORY = 12,
    HALVINGS = 12, /* of a step that does not help */
    PARTS = 10     /* of the rounds, each judged by what it gained */
};

struct state {
    const struct descent *d;
    double *x, *gradient, *next, *next_gradient, *way;
    double *moved[MEMORY], *turned[MEMORY], rate[MEMORY];
    int known; /* steps so far: the newest of them are kept */
};

static double
dot(const double *a, const double *b, int32_t n)
{
    double sum = 0;
    for (int32_t k = 0; k < n; k++) {
        sum += a[k] * b[k];
    }
    return sum;
}

static void
add(double *to, double times, const double *from, int32_t n)
{
    for (int32_t k = 0; k < n; k++) {
        to[k] += times * from[k];
    }
}

/* Does the bound keep the variable from going down the gradient? */
static bool
held(const struct state *s, int32_t k)
{
    return (s->x[k] <= s->d->low[k] && s->gradient[k] > 0) ||
        (s->x[k] >= s->d->high[k] && s->gradient[k] < 0);
}

/* The way down by what the last steps say of the curvature. */
static void
find_way(struct state *s)
{
    int32_t n = s->d->n;
    int kept = s->known < MEMORY ? s->known : MEMORY;
    double share[MEMORY], step = s->d->step;
    for (int32_t k = 0; k < n; k++) {
        s->way[k] = held(s, k) ? 0 : s->gradient[k];
    }
    for (int m = 1; m <= kept; m++) {
        int at = (s->known - m) % MEMORY;
        share[at] = dot(s->moved[at], s->way, n) * s->rate[at];
        add(s->way, -share[at], s->turned[at], n);
    }
    if (kept > 0) {
        int at = (s->known - 1) % MEMORY;
        double square = 0;
        for (int32_t k = 0; k < n; k++) {
            square += s->turned[at][k] * s->turned[at][k] * s->d->scale[k];
        }
        step = 1 / (s->rate[at] * square);
    }
    for (int32_t k = 0; k < n; k++) {
        s->way[k] *= step * s->d->scale[k];
    }
    for (int m = kept; m >= 1; m--) {
        int at = (s->known - m) % MEMORY;
        double back = dot(s->turned[at], s->way, n) * s->rate[at];
        add(s->way, share[at] - back, s->moved[at], n);
    }
    for (int32_t k = 0; k < n; k++) {
        s->way[k] = held(s, k) ? 0 : s->way[k];
    }
}

/* Goes the way, or half of it, and so on; false: nowhere does it help. */
static bool
go(struct state *s, double *value)
{
    const struct descent *d = s->d;
    double slope = dot(s->gradient, s->way, d->n), length = 1;
    for (int k = 0; k < HALVINGS; k++, length /= 2) {
        for (int32_t v = 0; v < d->n; v++) {
            double to = s->x[v] - length * s->way[v];
            s->next[v] = to < d->low[v] ? d->low[v]
                : to > d->high[v]       ? d->high[v]
                                        : to;
        }
        double now = d->value(d->data, s->next, s->next_gradient);
        if (now <= *value - 1e-4 * length * slope) {
            *value = now;
            return true;
        }
    }
    return false;
}

static void
learn(struct state *s)
{
    int at = s->known % MEMORY;
    for (int32_t k = 0; k < s->d->n; k++) {
        s->moved[at][k] = s->next[k] - s->x[k];
        s->turned[at][k] = s->next_gradient[k] - s->gradient[k];
    }
    double across = dot(s->moved[at], s->turned[at], s->d->n);
    if (across > 0) {
        s->rate[at] = 1 / across;
        s->known++;
    }
    memcpy(s->x, s->next, (size_t)s->d->n * sizeof(double));
    memcpy(s->gradient, s->next_gradient, (size_t)s->d->n * sizeof(double));
}

double
descent_run(const struct descent *d, double *x)
{
    size_t n = (size_t)d->n;
    struct arena own = {0};
    struct state s = {.d = d, .x = x};
    double **arrays[] = {&s.gradient, &s.next, &s.next_gradient, &s.way};
    for (size_t k = 0; k < sizeof(arrays) / sizeof(*arrays); k++) {
        *arrays[k] = arena_array(&own, n, sizeof(double));
    }
    for (int k = 0; k < MEMORY; k++) {
        s.moved[k] = arena_array(&own, n, sizeof(double));
        s.turned[k] = arena_array(&own, n, sizeof(double));
    }
    double value = d->value(d->data, x, s.gradient), mark = value;
    int32_t part = d->rounds / PARTS + 1;
    for (int32_t k = 1; k <= d->rounds && !lp_limit_reached(d->limit); k++) {
        find_way(&s);
        if (!go(&s, &value)) {
            if (s.known == 0) {
                break;
            }
            s.known = 0; /* once more, straight down */
            continue;
        }
        learn(&s);
        if (k % part == 0) {
            if (mark - value < d->enough) {
                break;
            }
            mark = value;
        }
    }
    arena_release(&own);
    return value;
}
