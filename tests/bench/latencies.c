/* latencies.c: a list that grows. */
#include "latencies.h"

#include <stdlib.h>

#include "client.h"

void
latencies_keep(struct latencies *l, double us)
{
    if (l->n == l->cap) {
        l->cap = 2 * l->cap + 65536;
        l->us = realloc(l->us, l->cap * sizeof(*l->us));
        if (l->us == NULL) {
            client_stop("latencies", "no memory");
        }
    }
    l->us[l->n++] = us;
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void
latencies_sort(struct latencies *l)
{
    qsort(l->us, l->n, sizeof(*l->us), compare);
}

double
latencies_quantile(const struct latencies *l, double share)
{
    return l->us[(size_t)((double)l->n * share)];
}
