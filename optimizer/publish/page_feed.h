/*
 * page_feed.h: the whole directory as files for machines.
 *
 * Meaning   sitemap.xml (start page, lists, each document, in rank order, 確認日
 *           as the day of change), open-data/events.csv and
 *           open-data/facilities.csv: イベント一覧 and 公共施設一覧 of 推奨データ
 *           セット, one row per resource that is an event or a place
 *           (render.h); what is neither has no standard list.
 *           CSV: UTF-8 with BOM, CRLF, RFC 4180; a cell that a spreadsheet
 *           would run as a formula has a space in front.
 * Units     NO is entries.id; the code is the municipality's, else the home
 *           prefecture's.  都道府県名 and 市区町村名 stay empty: 住所 holds both.
 * Failure   a file of more than PAGE_FEED_MAX bytes is left out (404) and
 *           said on standard error; past PAGE_FEED_URLS, the limit of the
 *           format, the sitemap ends.
 * Lifetime  until page_feed_release(); `struct page_feed f = {0};` is empty.
 * Source    sitemaps.org 0.9; 自治体標準オープンデータセット.
 */
#ifndef TSUNAGARI_PAGE_FEED_H
#define TSUNAGARI_PAGE_FEED_H

#include "page_table.h"
#include "render.h"

enum { PAGE_FEED_URLS = 50000, PAGE_FEED_MAX = 12 * 1024 * 1024 };

struct page_feed {
    struct fragment sitemap, events, facilities;
    uint32_t urls;
};

/* One document more, in rank order. */
void page_feed_doc(struct page_feed *feed, const struct render *r,
    const struct listing *l, uint32_t collection);
/* Fills SNAP_PAGE_SITEMAP and the two lists. */
void page_feed_write(struct page_feed *feed, struct snapshot_file *file,
    struct page_table *pages);
void page_feed_release(struct page_feed *feed);

#endif
