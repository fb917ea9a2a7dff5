/* page_part.c: lists of regions, kinds, tags and weights. */
#include "page_part.h"

#include <string.h>

static uint32_t
region_count(
    const struct page_input *input, uint32_t collection, uint32_t region)
{
    const struct facets *facets = &input->facets[collection];
    return facets->values[facets->by_number[region]].count;
}

static void
put_count_link(const char *key, const char *code, uint32_t label,
    uint32_t count, struct fragment *out)
{
    fragment_put(out, "<a href=\"");
    fragment_slot(out, SNAP_SLOT_BASE);
    fragment_put(out, "/resources?");
    fragment_put(out, key);
    fragment_put(out, "=");
    fragment_url(out, code);
    fragment_slot(out, SNAP_SLOT_LANG_NEXT);
    fragment_put(out, label == SNAP_NONE ? "\" lang=\"ja\">" : "\">");
    if (label == SNAP_NONE) {
        fragment_html(out, code);
    } else {
        fragment_label(out, label);
    }
    fragment_put(out, " <span class=\"count\">");
    fragment_int(out, count);
    fragment_put(out, "</span></a>");
}

/* One list per area; wards stand in it behind their city. */
void
page_part_regions(const struct page_input *input, struct fragment *out)
{
    const struct region_table *table = input->regions;
    const struct geo *geo = table->geo;
    bool open = false;
    for (uint32_t i = 0; i < table->n; i++) {
        const struct geo_region *region = &geo->regions[table->rows[i].geo];
        if (!geo_below(geo, table->rows[i].geo, geo->home) ||
            region->level == GEO_PREFECTURE) {
            continue;
        }
        uint32_t count = region_count(input, SNAP_RESOURCES, i);
        if (region->level == GEO_AREA) {
            fragment_put(out, open ? "</ul></li>\n<li>" : "<li>");
            fragment_put(out, "<h3>");
            put_count_link(
                "region", region->code, table->rows[i].label, count, out);
            fragment_put(out, "</h3><ul class=\"links\">");
            open = true;
            continue;
        }
        fragment_put(out, open ? "<li>" : "<li><ul class=\"links\"><li>");
        open = true;
        put_count_link(
            "region", region->code, table->rows[i].label, count, out);
        fragment_put(out, "</li>");
    }
    fragment_put(out, open ? "</ul></li>" : "");
}

void
page_part_values(const struct page_input *input, uint32_t facet,
    const char *key, uint32_t most, struct fragment *out)
{
    const struct facets *facets = &input->facets[SNAP_RESOURCES];
    uint32_t shown = 0;
    for (uint32_t i = 0; i < facets->numbers && shown < most; i++) {
        const struct facet_value *value = &facets->values[facets->by_number[i]];
        if (value->facet == facet && value->parent == SNAP_NONE &&
            value->count > 0) {
            fragment_put(out, "<li>");
            put_count_link(key, value->code, value->label, value->count, out);
            fragment_put(out, "</li>\n");
            shown++;
        }
    }
}

bool
page_part_weights(const struct page_input *input, struct labels *labels,
    struct fragment *out, struct err *err)
{
    for (int id = 0; id < option_count(); id++) {
        const struct option_row *row = option_at(id);
        if (row->easy == NULL) {
            continue; /* for staff */
        }
        char value[LANG_COUNT][OPTION_VALUE_SIZE];
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            option_format(
                id, input->weights[id], (enum option_lang)lang, value[lang]);
        }
        uint32_t name_label, value_label;
        if (!labels_add(
                labels, row->ja, row->easy, row->en, &name_label, err) ||
            !labels_add(labels, value[LANG_JA], value[LANG_EASY],
                value[LANG_EN], &value_label, err)) {
            return false;
        }
        fragment_put(out, "<tr><th scope=\"row\">");
        fragment_label(out, name_label);
        fragment_put(out, "</th><td>");
        fragment_label(out, value_label);
        fragment_put(out, "</td></tr>\n");
    }
    return true;
}

static void
put_code(
    const struct region_table *table, uint32_t number, struct fragment *out)
{
    fragment_put(out, "\"");
    fragment_json(out, table->geo->regions[table->rows[number].geo].code);
    fragment_put(out, "\"");
}

static void
put_region(const struct page_input *input, uint32_t i, struct fragment *out)
{
    static const char *const levels[] = {
        "prefecture", "area", "municipality", "ward"};
    const struct region_table *table = input->regions;
    const struct region_row *row = &table->rows[i];
    const struct geo_region *region = &table->geo->regions[row->geo];
    fragment_put(out, "{");
    fragment_json_text(out, "code", region->code);
    fragment_json_text(out, "name", row->name);
    fragment_json_text(out, "kana", row->kana);
    fragment_json_text(out, "name_en", row->name_en);
    fragment_json_text(out, "level", levels[region->level]);
    fragment_json_key(out, "parent");
    if (row->parent == SNAP_NONE) {
        fragment_put(out, "null");
    } else {
        put_code(table, row->parent, out);
    }
    fragment_json_key(out, "lat");
    if (region->has_place) {
        fragment_degrees(out, region->lat_e6);
        fragment_json_key(out, "lon");
        fragment_degrees(out, region->lon_e6);
    } else {
        fragment_put(out, "null,\"lon\":null");
    }
    fragment_json_key(out, "neighbours");
    fragment_put(out, "[");
    for (uint32_t k = 0; k < row->neighbours_n; k++) {
        fragment_put(out, k > 0 ? "," : "");
        put_code(table, table->neighbours[row->neighbours + k], out);
    }
    fragment_put(out, "]");
    fragment_json_int(out, "resources", region_count(input, SNAP_RESOURCES, i));
    fragment_json_int(out, "needs", region_count(input, SNAP_NEEDS, i));
    fragment_put(out, "}");
}

void
page_part_regions_json(const struct page_input *input, struct fragment *out)
{
    fragment_put(out, "{\"run\":");
    fragment_slot(out, SNAP_SLOT_RUN);
    fragment_put(out, ",\"plan_date\":\"");
    fragment_slot(out, SNAP_SLOT_PLAN_DATE);
    fragment_put(out, "\",\"generation\":\"");
    fragment_slot(out, SNAP_SLOT_GENERATION);
    fragment_put(out, "\",\"regions\":[\n");
    for (uint32_t i = 0; i < input->regions->n; i++) {
        fragment_put(out, i > 0 ? ",\n" : "");
        put_region(input, i, out);
    }
    fragment_put(out, "\n]}\n");
}
