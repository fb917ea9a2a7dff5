/* forest.c: union-find; component and loss_part split an instance by it. */
#include "forest.h"

void
forest_init(int32_t *parent, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        parent[i] = i;
    }
}

int32_t
forest_root(int32_t *parent, int32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

void
forest_join(int32_t *parent, int32_t *first, int32_t i)
{
    if (*first < 0) {
        *first = i;
        return;
    }
    int32_t a = forest_root(parent, *first), b = forest_root(parent, i);
    if (a < b) {
        parent[b] = a;
    } else {
        parent[a] = b;
    }
}
