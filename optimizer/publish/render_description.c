/* render_description.c: what a search engine, or a message with a link to it,
 * shows of a document. */
#include "render.h"

#include <string.h>

#include "optimizer/base/scan.h"

enum { MOST = 120 }; /* characters */

/* The text on one line, spaces one by one; NUL-terminated. */
static void
put_line(const char *text, struct fragment *line)
{
    struct fragment plain = {0};
    fragment_plain(&plain, text);
    fragment_bytes(&plain, "", 1);
    for (const char *p = plain.data; *p != '\0';) {
        size_t space = *p == '\n' || *p == '\r' ? 1 : scan_space(p);
        if (space == 0) {
            fragment_bytes(line, p, 1);
        } else if (line->len > 0 && line->data[line->len - 1] != ' ') {
            fragment_put(line, " ");
        }
        p += space > 0 ? space : 1;
    }
    line->len -= line->len > 0 && line->data[line->len - 1] == ' ';
    fragment_bytes(line, "", 1);
    fragment_release(&plain);
}

static bool
starts_with_one_of(const char *text, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (strncmp(text, *words, strlen(*words)) == 0) {
            return true;
        }
    }
    return false;
}

/* Does a sentence end with this character?  A full stop may be a point. */
static bool
ends_sentence(const char *at)
{
    static const char *const ends[] = {"。", "！", "？", "!", "?", NULL};
    return starts_with_one_of(at, ends) ||
           (at[0] == '.' && (at[1] == ' ' || at[1] == '\0'));
}

static bool
closes(const char *at)
{
    static const char *const marks[] = {"」", "』", "）", ")", NULL};
    return starts_with_one_of(at, marks);
}

static size_t
character(const char *at)
{
    size_t n = 1;
    while (((unsigned char)at[n] & 0xC0) == 0x80) {
        n++;
    }
    return n;
}

void
render_description(const struct listing *l, struct fragment *out)
{
    struct fragment line = {0};
    put_line(l->summary, &line);
    size_t at = 0, whole = 0; /* whole: bytes of the sentences so far */
    bool ended = false;
    for (int n = 0; n < MOST && line.data[at] != '\0'; n++) {
        ended = ends_sentence(line.data + at) ||
                (ended && closes(line.data + at));
        at += character(line.data + at);
        whole = ended ? at : whole;
    }
    if (line.data[at] != '\0' && whole > 0) {
        line.data[whole] = '\0';
    }
    if (line.data[at] != '\0' && whole == 0) {
        fragment_html_cut(out, line.data, MOST - 1);
    } else {
        fragment_html(out, line.data);
    }
    fragment_release(&line);
}
