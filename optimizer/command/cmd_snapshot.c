/* cmd_snapshot.c: `tsunagari snapshot FILE`: what is in it, and is it whole. */
#include <inttypes.h>
#include <stdio.h>

#include "cli.h"
#include "optimizer/base/json.h"
#include "optimizer/publish/publish.h"
#include "optimizer/publish/snapshot_map.h"

static const char *const section_names[SNAP_SEC_TYPES] = {"", "bytes", "labels",
    "regions", "region_ids", "neighbours", "pages", "docs", "doc_ids", "facets",
    "values", "value_ids", "doc_values", "postings", "posting_data", "grams",
    "orders", "order_data", "rows", "columns", "pairs", "sorts", "value_texts",
    "long_grams", "cards", "gram_counts", "value_links", "suggestions", "records"};

static bool
parse(
    int argc, char **argv, struct cli *cli, const char **path, struct err *err)
{
    cli_init(cli);
    if (!cli_take_common(argc, argv, cli, err)) {
        return false;
    }
    if (argc - optind != 1) {
        return fail(err, ERR_USAGE, "snapshot: wants one FILE");
    }
    *path = argv[optind];
    return true;
}

static const struct snap_section *
section_at(const struct snap *s, uint32_t i)
{
    return (const struct snap_section *)(s->header + 1) + i;
}

static void
print_json(const struct snap *s, bool whole)
{
    const struct snap_header *h = s->header;
    char date[SNAPSHOT_MAP_DAY], generation[32];
    snapshot_map_day(h->plan_date, date);
    snprintf(generation, sizeof(generation), "%" PRIu32 "-%08" PRIx32,
        h->run_id, (uint32_t)h->generation);
    struct json json = {0};
    json_open(&json, '{');
    json_put_int(&json, "version", h->version);
    json_put_text(&json, "audience", publish_audience[h->audience]);
    json_put_int(&json, "run", h->run_id);
    json_put_text(&json, "plan_date", date);
    json_put_text(&json, "generation", generation);
    json_put_int(&json, "crc32", h->crc32);
    json_put_int(&json, "bytes", (int64_t)h->file_size);
    json_put_bool(&json, "whole", whole);
    json_put_int(&json, "resources", s->collections[SNAP_RESOURCES].docs_n);
    json_put_int(&json, "needs", s->collections[SNAP_NEEDS].docs_n);
    json_put_int(&json, "suggestions", s->suggestions_n);
    json_put_int(&json, "regions", s->regions_n);
    json_put_int(&json, "labels", s->labels_n);
    json_key(&json, "sections");
    json_open(&json, '[');
    for (uint32_t i = 0; i < h->sections; i++) {
        const struct snap_section *section = section_at(s, i);
        json_open(&json, '{');
        json_put_text(&json, "type", section_names[section->type]);
        json_put_int(&json, "index", section->index);
        json_put_int(&json, "offset", (int64_t)section->offset);
        json_put_int(&json, "length", (int64_t)section->length);
        json_put_int(
            &json, "records", (int64_t)(section->length / section->stride));
        json_close(&json, '}');
    }
    json_close(&json, ']');
    json_close(&json, '}');
    puts(json.text);
    json_release(&json);
}

static void
print_text(const struct snap *s)
{
    const struct snap_header *h = s->header;
    char date[SNAPSHOT_MAP_DAY];
    snapshot_map_day(h->plan_date, date);
    printf("snapshot of run %" PRIu32 ", plan of %s, for %s\n", h->run_id, date,
        publish_audience[h->audience]);
    printf("generation %" PRIu32 "-%08" PRIx32 ", format %" PRIu32 ", %" PRIu64
           " bytes, crc %08" PRIx32 "\n",
        h->run_id, (uint32_t)h->generation, h->version, h->file_size, h->crc32);
    printf("%" PRIu32 " resources, %" PRIu32 " needs, %" PRIu32
           " suggestions, %" PRIu32 " regions, %" PRIu32 " labels\n",
        s->collections[SNAP_RESOURCES].docs_n,
        s->collections[SNAP_NEEDS].docs_n, s->suggestions_n, s->regions_n,
        s->labels_n);
    for (uint32_t i = 0; i < h->sections; i++) {
        const struct snap_section *section = section_at(s, i);
        printf("  %-14s %" PRIu32 "  %12" PRIu64 " bytes  %10" PRIu64
               " records\n",
            section_names[section->type], section->index, section->length,
            section->length / section->stride);
    }
}

int
cmd_snapshot(int argc, char **argv)
{
    struct cli cli;
    struct err err = {0};
    const char *path = NULL;
    struct snapshot_map map = {0};
    if (!parse(argc, argv, &cli, &path, &err) ||
        !snapshot_map_open(&map, path, &err)) {
        return cli_fail(&err);
    }
    bool whole = snapshot_map_check(&map, path, &err);
    if (cli.json) {
        print_json(&map.snap, whole);
    } else if (!cli.quiet) {
        print_text(&map.snap);
    }
    snapshot_map_close(&map);
    if (!whole) {
        return cli_fail(&err);
    }
    if (!cli.json && !cli.quiet) {
        puts("whole: checksum, references and orders are right");
    }
    return 0;
}
