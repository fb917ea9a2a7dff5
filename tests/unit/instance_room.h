/* instance_room.h: for tests: arrays of zeros, to be filled in. */
#ifndef TSUNAGARI_INSTANCE_ROOM_H
#define TSUNAGARI_INSTANCE_ROOM_H

#include "optimizer/instance/instance.h"

/* For the rows that it has by its numbers, and so many pairs; no floors. */
static inline void
instance_room(struct instance *in, size_t pairs, struct arena *arena)
{
    size_t lines = (size_t)in->lines_n;
    in->needs =
        arena_array(arena, (size_t)in->needs_n, sizeof(*in->needs));
    in->lines = arena_array(arena, lines, sizeof(*in->lines));
    in->offers =
        arena_array(arena, (size_t)in->offers_n, sizeof(*in->offers));
    in->pair_begin = arena_array(arena, lines + 1, sizeof(int32_t));
    in->pair_offer = arena_array(arena, pairs, sizeof(int32_t));
    in->pair_score = arena_array(arena, pairs, sizeof(int32_t));
    in->pair_cost = arena_array(arena, pairs, sizeof(int32_t));
    in->pair_use = arena_array(arena, pairs, sizeof(int32_t));
}

#endif
