/* page_feed.c: sitemap and lists of open data (page_feed.h). */
#include "page_feed.h"

#include <stdio.h>
#include <string.h>

#include "fragment_write.h"
#include "optimizer/base/csv_write.h"
#include "optimizer/base/day.h"
#include "optimizer/base/log.h"

static const char events_head[] =
    "\xEF\xBB\xBF都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,"
    "イベント名,イベント名_カナ,イベント名_英語,開始日,終了日,開始時間,終了時間,"
    "開始日時特記事項,説明,料金(基本),料金(詳細),連絡先名称,連絡先電話番号,"
    "連絡先内線番号,主催者,場所名称,住所,方書,緯度,経度,アクセス方法,駐車場情報,"
    "定員,参加申込終了日,参加申込終了時間,参加申込方法,URL,備考\r\n";

static const char facilities_head[] =
    "\xEF\xBB\xBF都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,"
    "名称_カナ,名称_通称,POIコード,住所,方書,緯度,経度,電話番号,内線番号,法人番号,"
    "団体名,利用可能曜日,開始時間,終了時間,利用可能日時特記事項,説明,"
    "バリアフリー情報,URL,備考\r\n";

static const char sitemap_head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";

static void
next_cell(struct fragment *out)
{
    if (out->len > 0 && out->data[out->len - 1] != '\n') {
        fragment_put(out, ",");
    }
}

/* Quoted, so that text may hold commas and line ends. */
static void
put_text(struct fragment *out, const char *text)
{
    next_cell(out);
    if (text[0] == '\0') {
        return;
    }
    struct fragment clean = {0};
    fragment_plain(&clean, text);
    fragment_bytes(&clean, "", 1); /* its end */
    clean.len--;
    fragment_put(out, "\"");
    fragment_put(out, csv_write_before(clean.data));
    for (size_t i = 0; i < clean.len; i++) {
        fragment_bytes(out, clean.data + i, 1);
        if (clean.data[i] == '"') {
            fragment_put(out, "\"");
        }
    }
    fragment_put(out, "\"");
    fragment_release(&clean);
}

static void
put_number(struct fragment *out, int64_t value)
{
    next_cell(out);
    if (value != LISTING_NONE) {
        fragment_int(out, value);
    }
}

static void
put_none(struct fragment *out, int cells)
{
    for (int i = 0; i < cells; i++) {
        next_cell(out);
    }
}

static const struct geo_region *
region_of(const struct render *r, const struct listing *l)
{
    const struct geo *geo = r->regions->geo;
    int32_t at = geo_find(geo, l->region_code);
    bool town = at != GEO_NONE && geo->regions[at].level >= GEO_MUNICIPALITY;
    return &geo->regions[town ? at : geo->home];
}

/* A row is never empty in front: its code always stands. */
static void
put_key(const struct render *r, const struct listing *l, struct fragment *out)
{
    fragment_put(out, region_of(r, l)->code);
    put_number(out, l->id);
    put_none(out, 2);
}

/* 神奈川県座間市: where nothing nearer is known. */
static void
put_region(const struct render *r, const struct geo_region *region,
    char *out, size_t size)
{
    const struct geo *geo = r->regions->geo;
    int32_t at = (int32_t)(region - geo->regions);
    const char *names[2] = {"", ""};
    int32_t codes[2] = {geo_below(geo, at, geo->home) ? geo->home : at, at};
    for (int i = 0; i < 2; i++) {
        uint32_t number = r->regions->number_of[codes[i]];
        names[i] = number != SNAP_NONE ? r->regions->rows[number].name : "";
    }
    snprintf(out, size, "%s%s", names[0], codes[0] != at ? names[1] : "");
}

static void
put_address(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    char region[512];
    put_region(r, region_of(r, l), region, sizeof(region));
    put_text(out, l->address[0] != '\0' ? l->address : region);
    put_text(out, ""); /* 方書 */
    put_none(out, l->has_place ? 0 : 2);
    if (l->has_place) {
        next_cell(out);
        fragment_degrees(out, l->lat_e6);
        next_cell(out);
        fragment_degrees(out, l->lon_e6);
    }
}

static const char *
link(const struct listing *l)
{
    return fragment_link_ok(l->url) ? l->url : "";
}

static void
put_event(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    put_key(r, l, out);
    put_text(out, l->title);
    put_text(out, l->title_kana);
    put_none(out, 1);
    put_text(out, l->date_start);
    put_text(out, l->date_end[0] != '\0' ? l->date_end : l->date_start);
    put_text(out, l->time_start);
    put_text(out, l->time_end);
    put_text(out, l->date_text);
    put_text(out, l->summary);
    put_number(out, l->cost_min_yen == l->cost_max_yen ? l->cost_max_yen
                                                        : LISTING_NONE);
    put_text(out, l->cost_text);
    put_text(out, l->contact_name);
    put_text(out, l->contact_phone);
    put_none(out, 1);
    put_text(out, l->organisation.name);
    put_text(out, l->place);
    put_address(r, l, out);
    put_text(out, l->access_text);
    put_none(out, 1);
    put_number(out, l->people_max);
    put_none(out, 3);
    put_text(out, link(l));
    put_text(out, l->source);
    fragment_put(out, "\r\n");
}

static void
put_weekdays(unsigned weekdays, struct fragment *out)
{
    next_cell(out);
    for (int day = 0; day < 7; day++) {
        if (weekdays >> day & 1) {
            fragment_put(out, day_weekday_ja(day));
        }
    }
}

static void
put_facility(
    const struct render *r, const struct listing *l, struct fragment *out)
{
    put_key(r, l, out);
    put_text(out, l->title);
    put_text(out, l->title_kana);
    put_none(out, 2);
    put_address(r, l, out);
    put_text(out, l->contact_phone);
    put_none(out, 1);
    put_text(out, l->organisation.corporate_number);
    put_text(out, l->organisation.name);
    put_weekdays(l->weekdays, out);
    put_text(out, l->time_start);
    put_text(out, l->time_end);
    put_text(out, l->date_text);
    put_text(out, l->summary);
    put_text(out, l->access_text);
    put_text(out, link(l));
    put_text(out, l->source);
    fragment_put(out, "\r\n");
}

static void
put_url(struct page_feed *feed, const char *path, int64_t id,
    const char *changed)
{
    struct fragment *out = &feed->sitemap;
    if (feed->urls++ >= PAGE_FEED_URLS) {
        return;
    }
    fragment_put(out, "<url><loc>");
    fragment_slot(out, SNAP_SLOT_ORIGIN);
    fragment_slot(out, SNAP_SLOT_BASE);
    fragment_put(out, "/");
    fragment_put(out, path);
    if (id > 0) {
        fragment_put(out, "/");
        fragment_int(out, id);
    }
    fragment_put(out, "</loc>");
    if (changed != NULL && changed[0] != '\0') {
        fragment_put(out, "<lastmod>");
        fragment_html(out, changed);
        fragment_put(out, "</lastmod>");
    }
    fragment_put(out, "</url>\n");
}

static void
begin(struct page_feed *feed)
{
    if (feed->urls == 0) {
        fragment_put(&feed->sitemap, sitemap_head);
        put_url(feed, "", 0, NULL);
        for (uint32_t i = 0; i < SNAP_COLLECTIONS; i++) {
            put_url(feed, render_path[i], 0, NULL);
        }
        put_url(feed, "about-order", 0, NULL);
        fragment_put(&feed->events, events_head);
        fragment_put(&feed->facilities, facilities_head);
    }
}

void
page_feed_doc(struct page_feed *feed, const struct render *r,
    const struct listing *l, uint32_t collection)
{
    begin(feed);
    put_url(feed, render_path[collection], l->id, l->confirmed_on);
    if (collection == SNAP_RESOURCES) {
        enum render_sort sort = render_sort(l);
        if (sort == RENDER_EVENT) {
            put_event(r, l, &feed->events);
        } else if (sort == RENDER_PLACE) {
            put_facility(r, l, &feed->facilities);
        }
    }
}

static struct snap_ref
write_file(struct snapshot_file *file, const char *name,
    const struct fragment *from)
{
    if (from->len > PAGE_FEED_MAX) {
        log_error("%s is left out: %zu bytes, at most %d", name, from->len,
            (int)PAGE_FEED_MAX);
        return (struct snap_ref){0};
    }
    return fragment_write(from, file);
}

void
page_feed_write(struct page_feed *feed, struct snapshot_file *file,
    struct page_table *pages)
{
    begin(feed);
    fragment_put(&feed->sitemap, "</urlset>\n");
    page_table_file(pages, SNAP_PAGE_SITEMAP,
        write_file(file, "sitemap.xml", &feed->sitemap));
    page_table_file(pages, SNAP_PAGE_EVENTS_CSV,
        write_file(file, "events.csv", &feed->events));
    page_table_file(pages, SNAP_PAGE_FACILITIES_CSV,
        write_file(file, "facilities.csv", &feed->facilities));
}

void
page_feed_release(struct page_feed *feed)
{
    fragment_release(&feed->sitemap);
    fragment_release(&feed->events);
    fragment_release(&feed->facilities);
}
