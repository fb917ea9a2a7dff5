/* labels.c: numbers the interface's texts and escapes them both ways. */
#include "labels.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const struct text {
    uint32_t number;
    const char *name;
    const char *texts[SNAP_LANGS];
} texts[] = {
#define FIXED(name, ja, easy, en) {SNAP_LABEL_##name, #name, {ja, easy, en}},
#define OWN(name, ja, easy, en) {LABEL_##name, #name, {ja, easy, en}},
#include "label_text.h"
};

enum {
    TEXTS = sizeof(texts) / sizeof(texts[0]),
    SLOTS = 2 * LABELS_MAX,
    TEXT_ENDS = 2 * SNAP_LANGS + 1
};

/* FNV-1a of 64 bits: that two of 65,536 texts meet is one in 2^33. */
static uint64_t
hash_texts(const char *const in[SNAP_LANGS])
{
    uint64_t hash = 14695981039346656037u;
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        for (const char *p = in[lang]; *p != '\0'; p++) {
            hash = (hash ^ (unsigned char)*p) * 1099511628211u;
        }
        hash = (hash ^ 0xFF) * 1099511628211u;
    }
    return hash;
}

const char *
labels_own(uint32_t label, uint32_t lang)
{
    size_t i = 0;
    while (i < TEXTS && texts[i].number != label) {
        i++;
    }
    assert(i < TEXTS);
    return texts[i].texts[lang];
}

static struct snap_ref
keep_text(struct labels *labels, size_t from)
{
    return snapshot_file_text(labels->file, labels->texts.data + from,
        labels->texts.len - from);
}

static void
put_label(struct labels *labels, uint32_t number,
    const char *const in[SNAP_LANGS])
{
    struct snap_label *row = &labels->rows[number];
    size_t *at = labels->at + (size_t)number * TEXT_ENDS;
    at[0] = labels->texts.len;
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        fragment_html(&labels->texts, in[lang]);
        row->html[lang] = keep_text(labels, at[lang]);
        at[lang + 1] = labels->texts.len;
    }
    at += SNAP_LANGS;
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        fragment_json(&labels->texts, in[lang]);
        row->json[lang] = keep_text(labels, at[lang]);
        at[lang + 1] = labels->texts.len;
    }
}

static void
append_text(const struct labels *labels, size_t label, size_t text,
    struct fragment *out)
{
    const size_t *at = labels->at + label * TEXT_ENDS + text;
    fragment_bytes(out, labels->texts.data + at[0], at[1] - at[0]);
}

void
labels_html(const struct labels *labels, uint32_t label, uint32_t lang,
    struct fragment *out)
{
    append_text(labels, label, lang, out);
}

void
labels_json(const struct labels *labels, uint32_t label, uint32_t lang,
    struct fragment *out)
{
    append_text(labels, label, SNAP_LANGS + lang, out);
}

void
labels_resolve(const struct labels *labels, uint32_t lang,
    const struct fragment *html, struct fragment *out)
{
    const char *p = html->data, *end = p + html->len, *from = p;
    while (p < end) {
        bool label = *p == FRAGMENT_LABEL, slot = *p == FRAGMENT_SLOT;
        if (label || (slot && p[1] == SNAP_SLOT_LANG_FIRST)) {
            fragment_bytes(out, from, (size_t)(p - from));
            from = p + (label ? 3 : 2);
        }
        if (label) {
            labels_html(labels,
                (unsigned char)p[1] | (uint32_t)(unsigned char)p[2] << 8, lang,
                out);
        } else if (slot && p[1] == SNAP_SLOT_LANG_FIRST) {
            fragment_put(out, snap_lang_first(lang));
        }
        p += label ? 3 : slot ? 2 : 1;
    }
    fragment_bytes(out, from, (size_t)(end - from));
}

void
labels_init(struct labels *labels, struct snapshot_file *file)
{
    *labels = (struct labels){.file = file, .cap = 1024, .n = LABEL_OWN_END};
    labels->rows = xcalloc(labels->cap, sizeof(*labels->rows));
    labels->at = xcalloc(labels->cap, TEXT_ENDS * sizeof(*labels->at));
    labels->hashes = xcalloc(LABELS_MAX, sizeof(*labels->hashes));
    labels->slots = xcalloc(SLOTS, sizeof(*labels->slots));
    for (size_t i = 0; i < TEXTS; i++) {
        put_label(labels, texts[i].number, texts[i].texts);
    }
}

bool
labels_add(struct labels *labels, const char *ja, const char *easy,
    const char *en, uint32_t *number, struct err *err)
{
    const char *in[SNAP_LANGS] = {
        ja, easy[0] != '\0' ? easy : ja, en[0] != '\0' ? en : ja};
    uint64_t hash = hash_texts(in);
    uint32_t at = (uint32_t)(hash % SLOTS);
    for (; labels->slots[at] != 0; at = (at + 1) % SLOTS) {
        *number = labels->slots[at] - 1;
        if (labels->hashes[*number] == hash) {
            return true;
        }
    }
    if (labels->n == LABELS_MAX) {
        return fail(err, ERR_INPUT, "snapshot: more than %d labels, at \"%s\"",
            LABELS_MAX, ja);
    }
    if (labels->n == labels->cap) {
        labels->cap *= 2;
        labels->rows =
            xrealloc(labels->rows, labels->cap, sizeof(*labels->rows));
        labels->at = xrealloc(
            labels->at, labels->cap, TEXT_ENDS * sizeof(*labels->at));
    }
    memset(&labels->rows[labels->n], 0, sizeof(*labels->rows));
    put_label(labels, labels->n, in);
    labels->hashes[labels->n] = hash;
    *number = labels->n++;
    labels->slots[at] = labels->n;
    return true;
}

uint32_t
labels_find(const char *name, size_t len)
{
    for (size_t i = 0; i < TEXTS; i++) {
        if (strlen(texts[i].name) == len &&
            memcmp(texts[i].name, name, len) == 0) {
            return texts[i].number;
        }
    }
    return SNAP_NONE;
}

void
labels_write(struct labels *labels)
{
    snapshot_file_section(
        labels->file, SNAP_SEC_LABELS, 0, labels->rows, labels->n);
}

void
labels_release(struct labels *labels)
{
    free(labels->rows);
    free(labels->hashes);
    free(labels->slots);
    free(labels->at);
    fragment_release(&labels->texts);
    *labels = (struct labels){0};
}
