/* hsds_render.c: organisations and taxonomies as JSON (hsds.h). */
#include "hsds.h"

#include <string.h>

const struct hsds_taxonomy hsds_taxonomy[HSDS_TAXONOMIES] = {
    {SNAP_FACET_KIND, "種類", "社会資源の種類"},
    {SNAP_FACET_TARGET, "対象", "対象となる人"},
    {SNAP_FACET_THEME, "テーマ", "取り組みのテーマ"},
};

const struct vocabulary *
hsds_vocabulary(const struct render *r, int taxonomy)
{
    const struct vocabulary *all[] = {&r->kinds, &r->targets, &r->themes};
    return all[taxonomy];
}

void
hsds_put_uuid(struct hsds *h, const char *key, uint32_t kind, int64_t id, int part)
{
    char text[SNAP_UUID_LEN];
    struct snap_uuid uuid = {
        h->space, kind, (uint32_t)part, (uint32_t)id};
    snap_uuid_write(text, &uuid);
    fragment_json_key(&h->out, key);
    fragment_put(&h->out, "\"");
    fragment_bytes(&h->out, text, sizeof(text));
    fragment_put(&h->out, "\"");
}

void
hsds_put_text(struct hsds *h, const char *key, const char *text)
{
    if (text[0] != '\0') {
        fragment_json_text(&h->out, key, text);
    }
}

void
hsds_put_label(struct hsds *h, const char *key, uint32_t label)
{
    fragment_json_key(&h->out, key);
    fragment_put(&h->out, "\"");
    fragment_label(&h->out, label);
    fragment_put(&h->out, "\"");
}

void
hsds_open_object(struct hsds *h)
{
    char before = h->out.len > 0 ? h->out.data[h->out.len - 1] : '[';
    fragment_put(&h->out, before == '[' || before == ':' ? "{" : ",{");
}

void
hsds_open_array(struct hsds *h, const char *key)
{
    fragment_json_key(&h->out, key);
    fragment_put(&h->out, "[");
}

void
hsds_put_phones(struct hsds *h, const char *owner_key, uint32_t owner, int64_t id,
    const char *number)
{
    if (number[0] == '\0') {
        return;
    }
    hsds_open_array(h, "phones");
    hsds_open_object(h);
    hsds_put_uuid(h, "id", SNAP_PART_PHONE, id, (int)owner);
    hsds_put_uuid(h, owner_key, owner, id, 0);
    fragment_json_text(&h->out, "number", number);
    fragment_json_text(&h->out, "type", "voice");
    fragment_put(&h->out, "}]");
}

void
hsds_put_organization(struct hsds *h, const struct listing *l, bool full)
{
    const struct listing_organisation *o = &l->organisation;
    int32_t sector = vocabulary_find(&h->render->sectors, o->sector_id);
    hsds_open_object(h);
    hsds_put_uuid(h, "id", SNAP_RECORD_ORGANIZATION, o->id, 0);
    fragment_json_text(&h->out, "name", o->name);
    hsds_put_text(h, "alternate_name", o->name_en);
    if (sector != VOCABULARY_NONE) {
        hsds_put_label(h, "description", h->render->sectors.terms[sector].label);
    } else {
        fragment_json_text(&h->out, "description", o->name);
    }
    hsds_put_text(h, "website", fragment_link_ok(o->url) ? o->url : "");
    if (full) {
        hsds_put_phones(
            h, "organization_id", SNAP_RECORD_ORGANIZATION, o->id, o->phone);
        hsds_open_array(h, "organization_identifiers");
        if (o->corporate_number[0] != '\0') {
            hsds_open_object(h);
            hsds_put_uuid(h, "id", SNAP_PART_IDENTIFIER, o->id, 0);
            hsds_put_uuid(
                h, "organization_id", SNAP_RECORD_ORGANIZATION, o->id, 0);
            fragment_json_text(&h->out, "identifier_scheme", "JP-JCN");
            fragment_json_text(&h->out, "identifier_type", "法人番号");
            fragment_json_text(
                &h->out, "identifier", o->corporate_number);
            fragment_put(&h->out, "}");
        }
        fragment_put(&h->out, "]");
    }
    fragment_put(&h->out, "}");
}

void
hsds_put_taxonomy(struct hsds *h, int taxonomy)
{
    hsds_open_object(h);
    hsds_put_uuid(h, "id", SNAP_RECORD_TAXONOMY, hsds_taxonomy[taxonomy].facet, 0);
    fragment_json_text(&h->out, "name", hsds_taxonomy[taxonomy].name);
    fragment_json_text(
        &h->out, "description", hsds_taxonomy[taxonomy].description);
    fragment_put(&h->out, "}");
}

void
hsds_put_term(struct hsds *h, int taxonomy, int32_t at)
{
    uint32_t facet = hsds_taxonomy[taxonomy].facet;
    const struct vocabulary *terms = hsds_vocabulary(h->render, taxonomy);
    const struct vocabulary_term *term = &terms->terms[at];
    hsds_open_object(h);
    hsds_put_uuid(h, "id", SNAP_RECORD_TERM,
        snap_term_id(facet, term->id, strlen(term->id)), 0);
    fragment_json_text(&h->out, "code", term->id);
    fragment_json_text(&h->out, "name", term->label_ja);
    fragment_json_text(&h->out, "description", term->label_easy);
    if (term->parent != VOCABULARY_NONE) {
        const char *up = terms->terms[term->parent].id;
        hsds_put_uuid(h, "parent_id", SNAP_RECORD_TERM,
            snap_term_id(facet, up, strlen(up)), 0);
    }
    fragment_json_text(&h->out, "taxonomy", hsds_taxonomy[taxonomy].name);
    hsds_put_uuid(h, "taxonomy_id", SNAP_RECORD_TAXONOMY, facet, 0);
    fragment_json_text(&h->out, "language", "ja");
    fragment_put(&h->out, "}");
}
