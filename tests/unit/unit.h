/* unit.h: cmocka with what it needs before it; its fail() gives way to ours. */
#ifndef TSUNAGARI_UNIT_H
#define TSUNAGARI_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail

#endif
