/*
 * page.h: the frame around every page of the service.
 *
 * Meaning   page_begin() writes head, header, menu (by role) and the page's
 *           messages, then the handler writes its part into call->body,
 *           then page_end().  There is one <h1>, the title.  Three frames:
 *           staff (menu, logout), member, and public (entry sheet, login).
 * Style     classes of tsunagari.css and of html/staff.css, whose head lists
 *           them; no style attribute works (Content-Security-Policy).
 * Notices   page_begin() shows the notice that the query names (call_done());
 *           its texts stand in page_notice.c: a code is a word, what is not
 *           in the table is not shown.
 * Failure   none.
 */
#ifndef TSUNAGARI_PAGE_H
#define TSUNAGARI_PAGE_H

#include "call.h"

/* secret_password_check(), in words. */
#define PAGE_PASSWORD_RULE                                                    \
    "12文字以上で、ログイン名を含まないものにしてください。"

enum page_frame { PAGE_STAFF, PAGE_MEMBER, PAGE_PUBLIC };

/* The frame of whoever asks. */
enum page_frame page_own(const struct call *call);

/* title: it names the page, e.g. "審査"; of PAGE_PUBLIC our own words, with a
 * second line if there is one (html.h). */
void page_begin(struct call *call, enum page_frame frame, const char *title);
/* A script of our own behind the page: "/entry/entry.js"; before
 * page_end(). */
void page_script(struct call *call, const char *path);
void page_end(struct call *call);

/* The first paragraph, and a link that looks like a button: our own words,
 * with a second line if there is one (html.h). */
void page_intro(struct call *call, const char *words);
void page_act(struct call *call, const char *href, const char *words);

/* A paragraph in a box: what went well, in our own words, or what to look
 * at, in anybody's. */
void page_note(struct call *call, const char *text);
void page_alert(struct call *call, const char *text);

/* The day in Japan of a moment of the store. */
const char *page_day(struct call *call, const char *moment);
/* The same, with hour and minute. */
const char *page_minute(struct call *call, const char *moment);

/* A whole page for a refusal; why NULL: the status in words. */
void page_error(struct call *call, int status, const char *why);
/* 403 for who is logged in, but not as who may. */
void page_forbidden(struct call *call);
/* page_error() without its end. */
void page_error_begin(struct call *call, int status, const char *why);

/* page_notice.c: the text of a code, NULL for none. */
const char *page_notice(const char *code);

/* asset.c: the address of a style sheet or script with its version. */
const char *asset_path(struct arena *arena, const char *path);

#endif
