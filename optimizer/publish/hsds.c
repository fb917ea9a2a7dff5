/* hsds.c: gathers the records (hsds.h). */
#include "hsds.h"

#include <stdlib.h>
#include <string.h>

#include "fragment_write.h"

static struct snap_record *
add(struct hsds *h, uint32_t kind, uint32_t id)
{
    if (h->n == h->cap) {
        h->cap = 2 * h->cap + 64;
        h->records = xrealloc(h->records, h->cap, sizeof(*h->records));
    }
    h->records[h->n] = (struct snap_record){.kind = kind, .id = id,
        .doc = SNAP_NONE, .value = SNAP_NONE};
    return &h->records[h->n++];
}

static void
begin(struct hsds *h, const struct render *r)
{
    const struct geo *geo = r->regions->geo;
    const char *home = geo->regions[geo->home].code;
    h->render = r;
    h->space = snap_uuid_space(home, strlen(home));
}

static struct snap_ref
put_out(struct hsds *h, struct snapshot_file *file)
{
    struct snap_ref ref = fragment_write(&h->out, file);
    fragment_clear(&h->out);
    return ref;
}

static uint32_t
day_number(const char *date)
{
    return date[0] == '\0' ? 0
                           : (uint32_t)(atoi(date) * 10000 +
                                        atoi(date + 5) * 100 + atoi(date + 8));
}

static void
add_organization(
    struct hsds *h, const struct listing *l, struct snapshot_file *file)
{
    int64_t id = l->organisation.id;
    if (id >= h->organizations_n) {
        int64_t n = 2 * id + 64;
        h->organizations =
            xrealloc(h->organizations, (size_t)n, sizeof(*h->organizations));
        memset(h->organizations + h->organizations_n, 0,
            (size_t)(n - h->organizations_n) * sizeof(*h->organizations));
        h->organizations_n = n;
    }
    if (h->organizations[id]) {
        return;
    }
    h->organizations[id] = true;
    struct snap_record *record =
        add(h, SNAP_RECORD_ORGANIZATION, (uint32_t)id);
    hsds_put_organization(h, l, false);
    record->item = put_out(h, file);
    hsds_put_organization(h, l, true);
    record->full = put_out(h, file);
}

void
hsds_resource(struct hsds *h, const struct render *r, const struct listing *l,
    uint32_t doc, struct snapshot_file *file)
{
    begin(h, r);
    for (int located = 0; located <= hsds_has_location(l); located++) {
        struct snap_record *record =
            add(h, located ? SNAP_RECORD_LOCATED : SNAP_RECORD_SERVICE,
                (uint32_t)l->id);
        record->owner = (uint32_t)l->organisation.id;
        record->doc = doc;
        record->changed = day_number(l->confirmed_on);
        (located ? hsds_put_located : hsds_put_service)(h, l, false);
        record->item = put_out(h, file);
        (located ? hsds_put_located : hsds_put_service)(h, l, true);
        record->full = put_out(h, file);
    }
    add_organization(h, l, file);
}

static uint32_t
value_of(const struct facets *facets, uint32_t facet, const char *code)
{
    for (uint32_t v = 0; v < facets->numbers; v++) {
        const struct facet_value *value = &facets->values[facets->by_number[v]];
        if (value->facet == facet && strcmp(value->code, code) == 0) {
            return v;
        }
    }
    return SNAP_NONE;
}

void
hsds_terms(struct hsds *h, const struct render *r, const struct facets *facets,
    struct snapshot_file *file)
{
    begin(h, r);
    for (int t = 0; t < HSDS_TAXONOMIES; t++) {
        uint32_t facet = hsds_taxonomy[t].facet;
        struct snap_record *record = add(h, SNAP_RECORD_TAXONOMY, facet);
        hsds_put_taxonomy(h, t);
        record->item = record->full = put_out(h, file);
        const struct vocabulary *terms = hsds_vocabulary(r, t);
        for (int32_t i = 0; i < terms->n; i++) {
            const struct vocabulary_term *term = &terms->terms[i];
            record = add(h, SNAP_RECORD_TERM,
                snap_term_id(facet, term->id, strlen(term->id)));
            record->owner = facet;
            record->value = value_of(facets, facet, term->id);
            if (term->parent != VOCABULARY_NONE) {
                const char *up = terms->terms[term->parent].id;
                record->parent = snap_term_id(facet, up, strlen(up));
            }
            hsds_put_term(h, t, i);
            record->item = record->full = put_out(h, file);
        }
    }
}

static int
compare(const void *a, const void *b)
{
    const struct snap_record *x = a, *y = b;
    return x->kind != y->kind ? (x->kind > y->kind) - (x->kind < y->kind)
                              : (x->id > y->id) - (x->id < y->id);
}

bool
hsds_write(struct hsds *h, struct snapshot_file *file, struct err *err)
{
    if (h->n > 0) {
        qsort(h->records, h->n, sizeof(*h->records), compare);
    }
    for (uint32_t i = 1; i < h->n; i++) {
        if (compare(&h->records[i - 1], &h->records[i]) == 0) {
            return fail(err, ERR_SYSTEM,
                "hsds: two records of kind %u have the number %u",
                h->records[i].kind, h->records[i].id);
        }
    }
    snapshot_file_section(file, SNAP_SEC_RECORDS, 0, h->records, h->n);
    return true;
}

void
hsds_release(struct hsds *h)
{
    free(h->records);
    free(h->organizations);
    fragment_release(&h->out);
    *h = (struct hsds){0};
}
