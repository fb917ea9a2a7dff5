/*
 * kanji.h: kanji in the form that is written in Japan today.
 *
 * Meaning   橫濱 is 横浜, 髙橋 高橋, 眞鶴 真鶴: the forms of before 1949, those
 *           of names and places that are written beside the common one, and
 *           those of Taiwan and China for words that people look for here
 *           (图书馆, 车椅子).  What is another word in Japan stays (叶, 后, 里).
 * Units     code points; what is not in the table is itself, and so is what
 *           the table gives.
 * Failure   none.
 * Source    常用漢字表 (内閣告示 2010), forms in （ ）; 人名用漢字 and family names of
 *           common use; 简化字总表.
 */
#ifndef TSUNAGARI_KANJI_H
#define TSUNAGARI_KANJI_H

#include <stdint.h>

uint32_t kanji_today(uint32_t c);

#endif
