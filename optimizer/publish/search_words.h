/*
 * search_words.h: other words under which people look for what a text says.
 *
 * Meaning   schema/data/search_words.csv: a text that holds one of `words`
 *           (子ども) is found by all of them (子供) and by those of `also`,
 *           which alone say nothing (ただ is in ただし): how a word is read, and
 *           what it is called in English.
 * Units     folded text (fold.h).  search_words_add() appends at most
 *           search_words_room() bytes and returns the new length.
 * Failure   search_words_open(): NULL, err set.
 * Lifetime  until search_words_close(); NULL may be closed.
 */
#ifndef TSUNAGARI_SEARCH_WORDS_H
#define TSUNAGARI_SEARCH_WORDS_H

#include <stddef.h>

#include "optimizer/base/err.h"

struct search_words *search_words_open(struct err *err);
void search_words_close(struct search_words *words);
size_t search_words_room(const struct search_words *words);
size_t search_words_add(const struct search_words *words, char *folded,
    size_t len);

#endif
