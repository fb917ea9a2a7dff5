/* page_table.c: compiles the pages. */
#include "fragment_write.h"
#include "page_part.h"
#include "template.h"

static const struct page_file {
    uint32_t page;
    const char *path;
    bool members_only;
    bool same; /* in all languages */
} files[] = {
    {SNAP_PAGE_FRAME, "ngx_module/html/frame.html", false, false},
    {SNAP_PAGE_SEARCH, "ngx_module/html/search.html", false, false},
    {SNAP_PAGE_LIST, "ngx_module/html/list.html", false, false},
    {SNAP_PAGE_TABLE, "ngx_module/html/table.html", false, false},
    {SNAP_PAGE_DETAIL, "ngx_module/html/detail.html", false, false},
    {SNAP_PAGE_SUGGESTIONS, "ngx_module/html/suggestions.html", true, false},
    {SNAP_PAGE_ABOUT_ORDER, "ngx_module/html/about_order.html", false, false},
    {SNAP_PAGE_ERROR, "ngx_module/html/error.html", false, false},
    {SNAP_PAGE_CSS, "ngx_module/html/tsunagari.css", false, true},
    {SNAP_PAGE_ELEMENT, "ngx_module/html/tsunagari-search.js", false, true},
    {SNAP_PAGE_EMPTY, "ngx_module/html/empty.html", false, false},
    {SNAP_PAGE_FORM, "ngx_module/html/form.html", false, false},
    {SNAP_PAGE_FORM_WORDS, "ngx_module/html/form_words.html", false, false},
};

enum {
    REGION_LINKS,
    KIND_LINKS,
    TAG_LINKS,
    WEIGHT_ROWS,
    SUGGESTIONS_LINK,
    ROBOTS,
    PARTS
};

static bool
make_parts(const struct page_input *input, struct labels *labels,
    struct fragment parts[PARTS], struct err *err)
{
    page_part_regions(input, &parts[REGION_LINKS]);
    page_part_values(
        input, SNAP_FACET_KIND, "kind", UINT32_MAX, &parts[KIND_LINKS]);
    page_part_values(
        input, SNAP_FACET_TAG, "tag", PAGE_PART_TAGS, &parts[TAG_LINKS]);
    if (input->audience == SNAP_AUDIENCE_MEMBERS) {
        fragment_put(
            &parts[ROBOTS], "<meta name=\"robots\" content=\"noindex\">\n");
    }
    if (input->audience == SNAP_AUDIENCE_MEMBERS &&
        !template_compile_file("ngx_module/html/suggestions_link.html", NULL,
            &parts[SUGGESTIONS_LINK], err)) {
        return false;
    }
    return page_part_weights(input, labels, &parts[WEIGHT_ROWS], err);
}

static void
write_page(const struct labels *labels, const struct fragment *html,
    uint32_t page, struct snapshot_file *file, struct page_table *table)
{
    struct fragment text = {0};
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        fragment_clear(&text);
        labels_resolve(labels, lang, html, &text);
        table->pages[lang][page] = fragment_write(&text, file);
    }
    fragment_release(&text);
}

void
page_table_file(struct page_table *table, uint32_t page, struct snap_ref ref)
{
    for (uint32_t lang = 0; lang < SNAP_LANGS; lang++) {
        table->pages[lang][page] = ref;
    }
}

bool
page_table_make(const struct page_input *input, struct labels *labels,
    struct snapshot_file *file, struct page_table *table, struct err *err)
{
    *table = (struct page_table){0};
    struct fragment parts[PARTS] = {0}, out = {0};
    const struct template_part named[] = {
        {"REGION_LINKS", &parts[REGION_LINKS]},
        {"KIND_LINKS", &parts[KIND_LINKS]}, {"TAG_LINKS", &parts[TAG_LINKS]},
        {"WEIGHT_ROWS", &parts[WEIGHT_ROWS]},
        {"SUGGESTIONS_LINK", &parts[SUGGESTIONS_LINK]},
        {"ROBOTS", &parts[ROBOTS]}, {0}};
    bool ok = make_parts(input, labels, parts, err);
    for (size_t i = 0; ok && i < sizeof(files) / sizeof(files[0]); i++) {
        if (files[i].members_only && input->audience != SNAP_AUDIENCE_MEMBERS) {
            continue;
        }
        fragment_clear(&out);
        ok = template_compile_file(files[i].path, named, &out, err);
        if (files[i].same) {
            page_table_file(
                table, files[i].page, fragment_write(&out, file));
        } else {
            write_page(labels, &out, files[i].page, file, table);
        }
    }
    fragment_clear(&out);
    page_part_regions_json(input, &out);
    page_table_file(
        table, SNAP_PAGE_REGIONS_JSON, fragment_write(&out, file));
    for (int i = 0; i < PARTS; i++) {
        fragment_release(&parts[i]);
    }
    fragment_release(&out);
    return ok;
}
