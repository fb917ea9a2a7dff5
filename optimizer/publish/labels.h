/*
 * labels.h: the label section in the making.
 *
 * Meaning   texts in three languages by number: first the fixed ones of
 *           schema/snapshot.h, then those of label_text.h, then what is
 *           added (vocabularies, regions, weights, reasons), each text once.
 *           An empty easy or en text falls back on ja.
 * Failure   labels_add() fails past 65,536 labels, the reach of an escape.
 * Lifetime  texts are copied to the snapshot's file at once, and kept for
 *           those who put them into ready-made texts.
 */
#ifndef TSUNAGARI_LABELS_H
#define TSUNAGARI_LABELS_H

#include "fragment.h"
#include "optimizer/base/err.h"
#include "snapshot_file.h"

#define OWN(name, ja, easy, en) LABEL_##name,
enum label_number {
    LABEL_FIRST_OWN = SNAP_LABELS - 1,
#include "label_text.h"
    LABEL_OWN_END
};

#define SNAP_LABEL_FACET_REGION (SNAP_LABEL_FACET + SNAP_FACET_REGION)
#define SNAP_LABEL_FACET_KIND (SNAP_LABEL_FACET + SNAP_FACET_KIND)
#define SNAP_LABEL_FACET_TARGET (SNAP_LABEL_FACET + SNAP_FACET_TARGET)
#define SNAP_LABEL_FACET_THEME (SNAP_LABEL_FACET + SNAP_FACET_THEME)
#define SNAP_LABEL_FACET_TAG (SNAP_LABEL_FACET + SNAP_FACET_TAG)
#define SNAP_LABEL_FACET_SECTOR (SNAP_LABEL_FACET + SNAP_FACET_SECTOR)
#define SNAP_LABEL_FACET_FREE (SNAP_LABEL_FACET + SNAP_FACET_FREE)
#define SNAP_LABEL_FACET_REACH (SNAP_LABEL_FACET + SNAP_FACET_REACH)

enum { LABELS_MAX = 65536 };

struct labels {
    struct snapshot_file *file;
    struct snap_label *rows;
    uint32_t n, cap;
    uint64_t *hashes; /* of the texts, by number */
    uint32_t *slots;  /* hash table: number + 1; 0: free */
    struct fragment texts; /* escaped, as written: html, then json */
    size_t *at; /* by label: 2 * SNAP_LANGS offsets of texts, and its end */
};

/* Writes the labels of label_text.h. */
void labels_init(struct labels *labels, struct snapshot_file *file);
bool labels_add(struct labels *labels, const char *ja, const char *easy,
    const char *en, uint32_t *number, struct err *err);
/* The text of a label of label_text.h, as it is. */
const char *labels_own(uint32_t label, uint32_t lang);
/* Appends a label as it stands in the file, escaped. */
void labels_html(const struct labels *labels, uint32_t label, uint32_t lang,
    struct fragment *out);
void labels_json(const struct labels *labels, uint32_t label, uint32_t lang,
    struct fragment *out);
/*
 * Appends HTML with what it says in that language in the place of labels and
 * of the slot LANG_FIRST.
 */
void labels_resolve(const struct labels *labels, uint32_t lang,
    const struct fragment *html, struct fragment *out);
/* By the name a template uses; SNAP_NONE. */
uint32_t labels_find(const char *name, size_t len);
void labels_write(struct labels *labels); /* the section */
void labels_release(struct labels *labels);

#endif
