/*
 * snapshot.h: the one read-only file that carries a plan to the web server.
 * Over 400 lines: the format stands in one place.
 *
 * Meaning   everything a worker needs to answer a request, built once per
 *           publication: documents in rank order, pre-rendered fragments,
 *           posting lists, region orders, templates, labels.
 *           Written by optimizer/publish/snapshot_write.c, read by ngx_module/ and
 *           `tsunagari snapshot`.
 * Units     little-endian; offsets in bytes from the start of the file;
 *           documents are dense 0-based numbers in their collection's rank
 *           order; no pointers, floats, enums or bitfields in the file.
 * Failure   snap_open() is O(1): after it every access through the functions
 *           below is in bounds whatever the bytes say: each clamps what it
 *           reads, read once.  A wrong byte gives a wrong answer, never a
 *           wild read.  snap_verify() reads it all: CRC, order, references;
 *           NULL or a static reason.
 * Lifetime  struct snap points into the mapping; valid while it is mapped.
 * Source    none: our own format, version SNAP_VERSION.
 *
 * Grammar
 *   file      = header section-table section*          (each 8-aligned)
 *   header    = struct snap_header
 *   section   = array of fixed records, or bytes
 *   fragment  = run*
 *   run       = head byte*                          (as many as head says)
 *   head      = u32le: length | kind << 12 | number << 16
 *
 * A fragment is ready-made output (HTML or JSON): runs of at most
 * SNAP_RUN_MAX bytes that are copied as they stand, each followed by what
 * its head names:
 *   SNAP_RUN_TEXT    nothing; number is 0
 *   SNAP_RUN_LABEL   label `number` in the language of the request, escaped
 *                    for the output that is being written
 *   SNAP_RUN_SLOT    slot `number` (SNAP_SLOT_*): written by the module, e.g.
 *                    the location's prefix, or the hits in a page template
 * So one fragment serves three languages and any location, and no byte of it
 * is looked at when it is copied.
 */
#ifndef TSUNAGARI_SNAPSHOT_H
#define TSUNAGARI_SNAPSHOT_H

#include <stddef.h>
#include <stdint.h>

#define SNAP_MAGIC "TSNGSNAP"
#define SNAP_VERSION 12u
#define SNAP_DOCS_MAX 4000000u /* per collection */
#define SNAP_RUN_TEXT 0u
#define SNAP_RUN_LABEL 1u
#define SNAP_RUN_SLOT 2u
#define SNAP_RUN_MAX 4095u /* bytes of one run */
#define SNAP_RUN_HEAD 4u   /* bytes of its head */

#define SNAP_AUDIENCE_PUBLIC 0u
#define SNAP_AUDIENCE_MEMBERS 1u

/* Languages, the index of label texts. */
#define SNAP_LANG_JA 0u
#define SNAP_LANG_EASY 1u /* やさしい日本語: lang=easy */
#define SNAP_LANG_EN 2u
#define SNAP_LANGS 3u

/* Collections. */
#define SNAP_RESOURCES 0u
#define SNAP_NEEDS 1u
#define SNAP_ORGANIZATIONS 2u
#define SNAP_CASES 3u
#define SNAP_COLLECTIONS 4u

/* Facets of a collection, the index into its facet section. */
#define SNAP_FACET_REGION 0u /* value i is region i */
#define SNAP_FACET_KIND 1u
#define SNAP_FACET_TARGET 2u
#define SNAP_FACET_THEME 3u
#define SNAP_FACET_TAG 4u
#define SNAP_FACET_SECTOR 5u
#define SNAP_FACET_FREE 6u  /* one value: "1", costs nothing */
#define SNAP_FACET_REACH 7u /* "prefecture", "online" */
#define SNAP_FACETS 8u

/* Section types.  `index` is the collection where a C stands, else 0. */
#define SNAP_SEC_BYTES 1u       /*   strings and fragments */
#define SNAP_SEC_LABELS 2u      /*   struct snap_label */
#define SNAP_SEC_REGIONS 3u     /*   struct snap_region, parents first */
#define SNAP_SEC_REGION_IDS 4u  /*   struct snap_region_id, by code */
#define SNAP_SEC_NEIGHBOURS 5u  /*   u32 region numbers, by region, near first */
#define SNAP_SEC_PAGES 6u       /*   struct snap_ref[SNAP_LANGS][SNAP_PAGES] */
#define SNAP_SEC_DOCS 7u        /* C struct snap_doc, in rank order */
#define SNAP_SEC_DOC_IDS 8u     /* C struct snap_doc_id, by id */
#define SNAP_SEC_FACETS 9u      /* C struct snap_facet[SNAP_FACETS] */
#define SNAP_SEC_VALUES 10u     /* C struct snap_value, by facet, sort order */
#define SNAP_SEC_VALUE_IDS 11u  /* C u32 value numbers: per facet by code */
#define SNAP_SEC_DOC_VALUES 12u /* C u32: a document's values of no column */
#define SNAP_SEC_POSTINGS 13u   /* C struct snap_posting */
#define SNAP_SEC_POSTING_DATA 14u /* C bytes: u32 lists, u64 bitsets */
#define SNAP_SEC_GRAMS 15u      /* C struct snap_gram, by key */
#define SNAP_SEC_ORDERS 16u     /* C struct snap_order, one per region */
#define SNAP_SEC_ORDER_DATA 17u /* C u32 document numbers, best first */
#define SNAP_SEC_ROWS 18u       /* C u64: bits of a document's columns */
#define SNAP_SEC_COLUMNS 19u    /* C u32: value number of each column */
#define SNAP_SEC_PAIRS 20u      /* C u32: documents by column and value */
#define SNAP_SEC_SORTS 21u      /* C u32 document numbers, SNAP_SORTS times */
#define SNAP_SEC_VALUE_TEXTS 22u /* C struct snap_value_text, values LANGS times */
#define SNAP_SEC_LONG_GRAMS 23u /* C struct snap_gram, by key */
#define SNAP_SEC_CARDS 24u      /* C struct snap_ref, docs SNAP_LANGS times */
#define SNAP_SEC_GRAM_COUNTS 25u /* C u32: documents by gram and column */
#define SNAP_SEC_VALUE_LINKS 26u /* C struct snap_ref, values LANGS times */
#define SNAP_SEC_SUGGESTIONS 27u /*  struct snap_suggestion, by need, rank */
#define SNAP_SEC_RECORDS 28u    /*   struct snap_record, by kind, id; public */
#define SNAP_SEC_TYPES 29u       /* each type stands once, C ones per C */
#define SNAP_SECTIONS_MAX 96u

struct snap_header {
    char magic[8];          /* SNAP_MAGIC, no NUL */
    uint32_t version;       /* SNAP_VERSION */
    uint32_t header_size;   /* sizeof(struct snap_header) */
    uint64_t file_size;
    uint64_t generation;    /* run_id << 32 | CRC of all behind the header */
    uint32_t crc32;         /* of the file with this field zero (zlib's) */
    uint32_t run_id;
    uint32_t plan_date;     /* 20261121 */
    uint32_t audience;      /* SNAP_AUDIENCE_* */
    uint32_t sections;      /* count of table entries behind the header */
    uint32_t home;          /* region number of the network's prefecture */
    uint64_t reserved[1];   /* zero */
};

_Static_assert(sizeof(struct snap_header) == 64, "layout is the contract");

struct snap_section {
    uint32_t type;   /* SNAP_SEC_* */
    uint32_t index;  /* collection or 0 */
    uint64_t offset; /* 8-aligned */
    uint64_t length; /* bytes, a multiple of stride */
    uint32_t stride; /* bytes of a record, as this header says; bytes: 1 */
    uint32_t reserved;
};

_Static_assert(sizeof(struct snap_section) == 32, "layout is the contract");

/* Bytes of SNAP_SEC_BYTES. */
struct snap_ref {
    uint64_t offset; /* from the start of that section */
    uint32_t length;
    uint32_t reserved;
};

/* A text of the interface or a vocabulary, escaped for both outputs. */
struct snap_label {
    struct snap_ref html[SNAP_LANGS];
    struct snap_ref json[SNAP_LANGS]; /* without the quotes */
};

#define SNAP_LEVEL_PREFECTURE 0u
#define SNAP_LEVEL_AREA 1u
#define SNAP_LEVEL_MUNICIPALITY 2u
#define SNAP_LEVEL_WARD 3u
#define SNAP_NONE 0xffffffffu

struct snap_region {
    char code[8];           /* "142166", "A14-01", zero-padded */
    uint32_t parent;        /* region number, SNAP_NONE at the top */
    uint32_t level;         /* SNAP_LEVEL_* */
    uint32_t label;         /* name as one says it: 座間市, 横浜市鶴見区 */
    int32_t lat_e6, lon_e6; /* both 0: not known */
    uint32_t neighbours;    /* first in SNAP_SEC_NEIGHBOURS */
    uint32_t neighbours_n;
    uint32_t population;    /* 0: not known */
};

_Static_assert(sizeof(struct snap_region) == 40, "layout is the contract");

struct snap_region_id {
    char code[8];
    uint32_t region;
    uint32_t reserved;
};

/* Both HTML-escaped, for the head of a page; one right behind the other. */
struct snap_title {
    uint64_t offset;      /* as in a snap_ref */
    uint32_t length;      /* of the title */
    uint32_t description; /* length; 0: none */
};

struct snap_doc {
    uint32_t id;              /* entries.id, organisations.id */
    uint32_t values_n;        /* its values that have no column, ascending: */
    uint64_t values;          /* the first in SEC_DOC_VALUES */
    struct snap_ref text;     /* folded (fold.h), fields parted by '\n'; those
                                 of a collection lie side by side */
    struct snap_ref row;      /* fragment: <tr> of a table; may be empty */
    struct snap_ref detail;   /* fragment: body of the detail page */
    struct snap_ref item;     /* fragment: JSON object of a list */
    struct snap_ref item_detail; /* fragment: JSON object of the detail */
    struct snap_title title;
    uint32_t confirmed_on;    /* 20261121, 0: never */
    uint32_t cost_max_yen;    /* SNAP_NONE: not stated */
    int32_t lat_e6, lon_e6;   /* of the place, else its region's office; both
                                 0: not known */
};

_Static_assert(sizeof(struct snap_doc) == 128, "layout is the contract");

/*
 * Card number lang * docs + d is document d as one hit in an HTML list: a
 * fragment in that language, without labels.  They are what most answers are
 * made of: those of a collection and a language lie side by side, in rank
 * order.
 */

struct snap_doc_id {
    uint32_t id;
    uint32_t doc;
};

struct snap_facet {
    uint32_t first; /* value number */
    uint32_t count;
};

struct snap_value {
    struct snap_ref code; /* as in the query: "venue", "142166", a tag */
    uint32_t label;       /* SNAP_NONE: the code (a tag) is its own label */
    uint32_t parent;      /* value number in the same facet, SNAP_NONE */
    uint32_t posting;     /* documents with this value or one below it; of a
                             region: those of the rule of reach */
    uint32_t count;       /* of that posting */
    uint32_t column;      /* in the rows, SNAP_NONE */
    uint32_t reserved;
};

_Static_assert(sizeof(struct snap_value) == 40, "layout is the contract");

/*
 * The values with most documents are columns.  Row d has snap_row_words()
 * words; bit k % 64 of its word k / 64 says whether document d is in the
 * posting of column k.  So the counts of any set of documents are sums over
 * their rows.  Columns ascend by value number.
 *
 * Pairs: number k * values + v is the count of documents that are both in
 * column k and in value v: all counts of a query that names one value.
 */
#define SNAP_COLUMNS_MAX 512u
#define SNAP_ROW_UNIT 4u /* a row is a multiple of so many words */

/*
 * What stands in a list for a value; number lang * values + v is value v's in
 * that language.  CODE and LABEL escaped.  Options of a facet's values lie
 * one behind the other.
 */
struct snap_value_text {
    struct snap_ref option; /* <option value="CODE">LABEL</option> */
    struct snap_ref json;   /* {"code":"CODE","label":"LABEL","count": */
    uint32_t option_cut;    /* bytes before the '>' of option */
    uint32_t reserved;
};

_Static_assert(sizeof(struct snap_value_text) == 40, "layout");

/*
 * Value link number lang * values + v is value v's in an HTML list, between
 * the address without it and its count: FACET=CODE">LABEL <b>
 * Hundreds of them stand on a page: they lie one behind the other, texts and
 * references.
 */

/* Orders of the whole collection besides the rank; ties by rank. */
#define SNAP_SORT_NEW 0u  /* confirmed_on, latest first */
#define SNAP_SORT_COST 1u /* cost_max_yen, least first, not stated last */
#define SNAP_SORTS 2u

#define SNAP_FORM_LIST 0u   /* count ascending u32 */
#define SNAP_FORM_BITSET 1u /* ceil(docs / 64) u64, bit d % 64 of word d / 64 */

struct snap_posting {
    uint64_t offset; /* in SNAP_SEC_POSTING_DATA, 8-aligned */
    uint32_t count;
    uint32_t form;
};

/*
 * One, two or three code points of folded text, none of them a space or a
 * line end.  key = c1 << 42 | c2 << 21 | c3 with 0 for what is not there,
 * so that shorter grams sort before those they start.
 */
struct snap_gram {
    uint64_t key;
    uint32_t posting;
    uint32_t counts; /* row of GRAM_COUNTS, SNAP_NONE: none */
};

/*
 * Grams that many documents hold have their counts ready: number k of row r
 * is the count of documents with that gram and in column k, which are all
 * counts of a query for that text.  Rows stand in the order of their grams.
 */

/*
 * Longer grams, where the shorter ones have many documents: a gram and one
 * code point behind it.  key = number << 21 | c; grams are numbered through,
 * the long ones behind the others, and each stands behind its beginning.  A
 * gram of 1 to 3 that is not there stands in no document; a longer one may.
 */
#define SNAP_GRAM_MAX 32u /* code points of the longest */

/*
 * The documents a region's residents can reach, or the plan leads them to (the
 * posting of its region value), best first: the plan's exposure, then distance, fit, 確認日.
 */
struct snap_order {
    uint64_t first; /* in SNAP_SEC_ORDER_DATA */
    uint32_t count;
    uint32_t reserved;
};

struct snap_suggestion { /* members snapshot only */
    uint32_t need;       /* document number in SNAP_NEEDS */
    uint32_t resource;   /* document number in SNAP_RESOURCES */
    uint32_t units;
    uint32_t chosen;     /* 1: in the plan, 0: a runner-up */
    struct snap_ref html; /* fragment: reasons, units, cost */
    struct snap_ref json; /* fragment: JSON object */
};

_Static_assert(sizeof(struct snap_suggestion) == 48, "layout");

/*
 * Objects of the Human Services Data Specification 3.0, below /hsds/.
 * Their identifiers are UUIDs of version 8 (RFC 9562) that carry the record's
 * key: SPACE-KIND-8PART-8000-0000ID, so that they are the same from plan to
 * plan and need no table.  SPACE tells networks apart: the CRC of the code of
 * the home region.
 */
#define SNAP_RECORD_SERVICE 1u       /* id: of the resource */
#define SNAP_RECORD_ORGANIZATION 2u  /* id: of the organisation */
#define SNAP_RECORD_LOCATED 3u       /* service_at_location: as its service */
#define SNAP_RECORD_TAXONOMY 4u      /* id: the facet */
#define SNAP_RECORD_TERM 5u          /* id: CRC of facet and code */
#define SNAP_RECORDS 6u
/* Parts of them, with an identifier and no record of their own. */
#define SNAP_PART_LOCATION 6u
#define SNAP_PART_ADDRESS 7u
#define SNAP_PART_PHONE 8u
#define SNAP_PART_CONTACT 9u
#define SNAP_PART_SCHEDULE 10u
#define SNAP_PART_AREA 11u
#define SNAP_PART_COST 12u
#define SNAP_PART_ATTRIBUTE 13u
#define SNAP_PART_IDENTIFIER 14u

struct snap_record {
    uint32_t kind;    /* SNAP_RECORD_* */
    uint32_t id;
    uint32_t owner;   /* organisation of a service; facet of a term */
    uint32_t doc;     /* of a service: document of SNAP_RESOURCES, or NONE */
    uint32_t value;   /* of a term: value of SNAP_RESOURCES, or NONE */
    uint32_t parent;  /* of a term: id of the term above it, or 0 */
    uint32_t changed; /* 20261121, 0: not known */
    uint32_t reserved;
    struct snap_ref item; /* fragment: JSON object of a list */
    struct snap_ref full; /* fragment: with all that belongs to it */
};

_Static_assert(sizeof(struct snap_record) == 64, "layout is the contract");

struct snap_uuid {
    uint32_t space, kind, part, id; /* kind < 65536, part < 4096 */
};

/*
 * Pages: fragments with slots in each language, without labels; the index
 * into SNAP_SEC_PAGES.  Files (CSS, CSV ...) are the same in all.
 */
#define SNAP_PAGE_FRAME 0u        /* whole HTML page around SNAP_SLOT_BODY */
#define SNAP_PAGE_SEARCH 1u       /* `/`: form, region list, tags */
#define SNAP_PAGE_LIST 2u         /* results with facets and pages */
#define SNAP_PAGE_DETAIL 3u       /* around a document's detail */
#define SNAP_PAGE_SUGGESTIONS 4u  /* form and list of one need */
#define SNAP_PAGE_ABOUT_ORDER 5u  /* from the weights of the run */
#define SNAP_PAGE_REGIONS_JSON 6u /* the whole of /regions.json */
#define SNAP_PAGE_ERROR 7u        /* 400, 404: SNAP_SLOT_MESSAGE */
#define SNAP_PAGE_CSS 8u          /* /tsunagari.css */
#define SNAP_PAGE_EMPTY 9u        /* inside the list when nothing is found */
#define SNAP_PAGE_SITEMAP 10u     /* public: /sitemap.xml */
#define SNAP_PAGE_EVENTS_CSV 11u  /* public: /open-data/events.csv */
#define SNAP_PAGE_FACILITIES_CSV 12u /* public: /open-data/facilities.csv */
#define SNAP_PAGE_ELEMENT 13u   /* /tsunagari-search.js */
#define SNAP_PAGE_TABLE 14u     /* results as rows: view=table */
#define SNAP_PAGE_FORM 15u      /* inside a list: fields of its whole form */
#define SNAP_PAGE_FORM_WORDS 16u /* the words alone: facets have the rest */
#define SNAP_PAGES 17u

/* Slots: what the module writes into a fragment. */
#define SNAP_SLOT_BASE 1u       /* prefix of the location, no slash at the end */
#define SNAP_SLOT_LANG 2u       /* ja or en, for <html lang> */
#define SNAP_SLOT_LANG_FIRST 3u /* "" or "?lang=en": first argument of a link */
#define SNAP_SLOT_LANG_NEXT 4u  /* "" or "&amp;lang=en" */
#define SNAP_SLOT_TITLE 5u      /* of the page */
#define SNAP_SLOT_BODY 6u       /* the page inside the frame */
#define SNAP_SLOT_LANG_LINKS 7u /* the same page in the other languages */
#define SNAP_SLOT_CANONICAL 8u  /* path and query of the page, escaped */
#define SNAP_SLOT_Q 9u          /* the text searched, escaped */
#define SNAP_SLOT_REGION_OPTIONS 10u /* <option>s, the chosen one selected */
#define SNAP_SLOT_KIND_OPTIONS 11u
#define SNAP_SLOT_HIDDEN 12u    /* <input type=hidden> of the other arguments */
#define SNAP_SLOT_SUMMARY 13u   /* what was searched, total, page */
#define SNAP_SLOT_WIDENED 14u   /* what the fallback widened, or nothing */
#define SNAP_SLOT_FACETS 15u    /* facet lists with counts and links */
#define SNAP_SLOT_HITS 16u      /* the cards of this page */
#define SNAP_SLOT_PAGER 17u
#define SNAP_SLOT_NEAR 18u      /* ancestors and neighbours as links */
#define SNAP_SLOT_DETAIL 19u    /* a document's detail */
#define SNAP_SLOT_MESSAGE 20u   /* of an error */
#define SNAP_SLOT_GENERATION 21u /* 12-9f3a01c2 */
#define SNAP_SLOT_PLAN_DATE 22u /* 2026-11-21 */
#define SNAP_SLOT_RUN 23u
#define SNAP_SLOT_PATH 24u      /* "resources", "needs" ... */
#define SNAP_SLOT_NEED_OPTIONS 25u /* members: needs with a suggestion */
#define SNAP_SLOT_TOTAL 26u     /* documents of the collection */
#define SNAP_SLOT_ALTERNATES 27u /* <link>s: languages, JSON of the page;
                                    <meta>s: its description */
#define SNAP_SLOT_NEED 28u      /* members: <h2> of the chosen need */
#define SNAP_SLOT_ORIGIN 29u    /* https://host of the site, or nothing */
#define SNAP_SLOT_SORTS 30u     /* other orders of the list, as links */
#define SNAP_SLOT_VIEW 31u      /* link to the list as table, or as cards */
#define SNAP_SLOT_FORM 32u      /* fields of a list's form */
#define SNAP_SLOTS 33u

/* Labels the module asks for: the first of SNAP_SEC_LABELS, by number. */
#define SNAP_LABEL_SITE 0u          /* name of the service */
#define SNAP_LABEL_RESOURCES 1u     /* 場所・活動 */
#define SNAP_LABEL_NEEDS 2u         /* 募集 */
#define SNAP_LABEL_SEARCH 3u        /* さがす */
#define SNAP_LABEL_HITS 4u          /* 件 */
#define SNAP_LABEL_PAGE 5u          /* ページ */
#define SNAP_LABEL_PREV 6u
#define SNAP_LABEL_NEXT 7u
#define SNAP_LABEL_ALL_REGIONS 8u   /* 県内すべて */
#define SNAP_LABEL_ALL_KINDS 9u
#define SNAP_LABEL_REMOVE 10u       /* はずす, of an active filter */
#define SNAP_LABEL_WIDENED 11u      /* 見つからなかったので … まで広げました */
#define SNAP_LABEL_WIDE_NEIGHBOURS 12u /* となりの市区町村 */
#define SNAP_LABEL_WIDE_AREA 13u
#define SNAP_LABEL_WIDE_PREFECTURE 14u
#define SNAP_LABEL_WIDE_ONLINE 15u
#define SNAP_LABEL_FACET 16u        /* + SNAP_FACET_*: names of the facets */
#define SNAP_LABEL_NEAR 24u         /* 近くで さがす */
#define SNAP_LABEL_NOTHING 25u
#define SNAP_LABEL_SUGGESTIONS 26u
#define SNAP_LABEL_ABOUT_ORDER 27u
#define SNAP_LABEL_ERROR_400 28u
#define SNAP_LABEL_ERROR_404 29u
#define SNAP_LABEL_LANG_NAME 30u    /* 日本語 / やさしい日本語 / English */
#define SNAP_LABEL_MORE 31u         /* もっと見る, of a long facet */
#define SNAP_LABEL_WIDE_TEXT 32u    /* widened: without region */
#define SNAP_LABEL_FREE_ONLY 33u    /* 無料のみ */
#define SNAP_LABEL_PLAN_DATE 34u    /* 並び順の計画日 */
#define SNAP_LABEL_DETAIL 35u       /* くわしく */
#define SNAP_LABEL_SEARCH_TITLE 36u /* title of the search page */
#define SNAP_LABEL_SORT 37u         /* 並び順: names the links below */
#define SNAP_LABEL_SORT_PLAN 38u    /* in the order of sort= */
#define SNAP_LABEL_SORT_NEW 39u
#define SNAP_LABEL_SORT_COST 40u
#define SNAP_LABEL_SORT_NEAR 41u
#define SNAP_LABEL_ORGANIZATIONS 42u /* 構成員・団体 */
#define SNAP_LABEL_CASES 43u        /* 事例 */
#define SNAP_LABEL_VIEW_TABLE 44u   /* 表で見る・印刷する */
#define SNAP_LABEL_VIEW_CARDS 45u
#define SNAP_LABEL_SEARCH_LEAD 46u  /* what the search page is for */
#define SNAP_LABELS 48u             /* fixed ones; the rest kept free */

/* Array views of a checked file; n records each. */
struct snap_collection {
    const struct snap_doc *docs;
    const struct snap_doc_id *ids;
    const struct snap_facet *facets;
    const struct snap_value *values;
    const uint32_t *value_ids;
    const uint32_t *doc_values;
    const struct snap_posting *postings;
    const unsigned char *posting_data;
    const struct snap_gram *grams;
    const struct snap_order *orders;
    const uint32_t *order_data;
    const uint64_t *rows;
    const uint32_t *columns;
    const uint32_t *pairs;
    const uint32_t *sorts;
    const struct snap_value_text *value_texts;
    const struct snap_ref *value_links;
    const struct snap_gram *long_grams;
    const struct snap_ref *cards;
    const uint32_t *gram_counts;
    uint32_t docs_n, values_n, postings_n, grams_n, orders_n;
    uint32_t columns_n, row_words, long_grams_n, counted_n;
    uint64_t doc_values_n, posting_bytes, order_data_n;
};

struct snap {
    const struct snap_header *header;
    const unsigned char *bytes;
    uint64_t bytes_n;
    const struct snap_label *labels;
    const struct snap_region *regions;
    const struct snap_region_id *region_ids;
    const uint32_t *neighbours;
    const struct snap_ref *pages; /* of a language SNAP_PAGES */
    const struct snap_suggestion *suggestions;
    const struct snap_record *records;
    uint32_t labels_n, regions_n, neighbours_n, suggestions_n, records_n;
    struct snap_collection collections[SNAP_COLLECTIONS];
};

/* A run of bytes in the mapping; NULL and 0 for a reference out of bounds. */
struct snap_span {
    const unsigned char *data;
    uint32_t length;
};

/*
 * NULL and a filled *s, or a static reason and *s untouched.  base must be
 * 8-aligned.  O(sections).
 */
const char *snap_open(struct snap *s, const void *base, uint64_t size);

/* Bytes of a record of that section type, 0 for an unknown type; how often
 * the type stands in a file (index 0 .. copies - 1). */
uint32_t snap_section_stride(uint32_t type);
uint32_t snap_section_copies(uint32_t type);

/* The whole check of the publisher; *s is open.  NULL or a static reason. */
const char *snap_verify(const struct snap *s, uint64_t size);

static inline struct snap_span
snap_bytes(const struct snap *s, struct snap_ref ref)
{
    struct snap_span span = {NULL, 0};
    if (ref.offset <= s->bytes_n && ref.length <= s->bytes_n - ref.offset) {
        span.data = s->bytes + ref.offset;
        span.length = ref.length;
    }
    return span;
}

static inline struct snap_ref
snap_page(const struct snap *s, uint32_t page, uint32_t lang)
{
    return s->pages[lang * SNAP_PAGES + page];
}

/* The texts of the values in that language, by value; lang < SNAP_LANGS. */
static inline const struct snap_value_text *
snap_value_texts(const struct snap_collection *c, uint32_t lang)
{
    return c->value_texts + (size_t)lang * c->values_n;
}

/* Their links, by value; lang < SNAP_LANGS. */
static inline const struct snap_ref *
snap_value_links(const struct snap_collection *c, uint32_t lang)
{
    return c->value_links + (size_t)lang * c->values_n;
}

/* A document's card; doc < docs_n, lang < SNAP_LANGS. */
static inline const struct snap_ref *
snap_card(const struct snap_collection *c, uint32_t doc, uint32_t lang)
{
    return &c->cards[(size_t)lang * c->docs_n + doc];
}

static inline struct snap_ref
snap_title(const struct snap_doc *doc)
{
    struct snap_title title = doc->title;
    struct snap_ref ref = {title.offset, title.length, 0};
    return ref;
}

static inline struct snap_ref
snap_description(const struct snap_doc *doc)
{
    struct snap_title title = doc->title;
    struct snap_ref ref = {title.offset + title.length, title.description, 0};
    return ref;
}

/* One run of a fragment; text points into it. */
struct snap_run {
    struct snap_span text;
    uint32_t kind;   /* SNAP_RUN_*, or a number that is none */
    uint32_t number;
};

/*
 * The run at the front of *rest, which loses it; 0 at the end, or when the
 * run is cut short.
 */
static inline int
snap_run_next(struct snap_span *rest, struct snap_run *run)
{
    uint32_t head;
    if (rest->length < SNAP_RUN_HEAD) {
        return 0;
    }
    __builtin_memcpy(&head, rest->data, SNAP_RUN_HEAD);
    run->text.data = rest->data + SNAP_RUN_HEAD;
    run->text.length = head & SNAP_RUN_MAX;
    run->kind = head >> 12 & 15u;
    run->number = head >> 16;
    rest->length -= SNAP_RUN_HEAD;
    if (run->text.length > rest->length) {
        return 0;
    }
    rest->data = run->text.data + run->text.length;
    rest->length -= run->text.length;
    return 1;
}

static inline uint32_t
snap_bits(uint64_t word)
{
    word -= word >> 1 & 0x5555555555555555u;
    word = (word & 0x3333333333333333u) + (word >> 2 & 0x3333333333333333u);
    word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (uint32_t)(word * 0x0101010101010101u >> 56);
}

/* Words of a row with that many columns. */
static inline uint32_t
snap_row_words(uint32_t columns)
{
    return (columns + 64 * SNAP_ROW_UNIT - 1) / (64 * SNAP_ROW_UNIT) *
           SNAP_ROW_UNIT;
}

struct snap_span snap_label_html(const struct snap *s, uint32_t label,
    uint32_t lang);
struct snap_span snap_label_json(const struct snap *s, uint32_t label,
    uint32_t lang);

/* Number of the region with this code (5 or 6 digits, A14-01); SNAP_NONE. */
uint32_t snap_region_find(const struct snap *s, const char *code, size_t len);
/* Neighbours of a region; count in *n (0 and NULL when there are none, or more
 * than there are regions; so with the two lists below). */
const uint32_t *snap_region_neighbours(const struct snap *s, uint32_t region,
    uint32_t *n);

uint32_t snap_doc_find(const struct snap_collection *c, uint32_t id);
/* Value number in facet of that code; SNAP_NONE. */
uint32_t snap_value_find(const struct snap *s,
    const struct snap_collection *c, uint32_t facet, const char *code,
    size_t len);
/* Number of that gram; SNAP_NONE: no document has it. */
uint32_t snap_gram_find(const struct snap_collection *c, uint64_t key);
/* Number of the gram that goes on with that code point; SNAP_NONE. */
uint32_t snap_gram_longer(const struct snap_collection *c, uint32_t gram,
    uint32_t code_point);
/* Posting of a gram by its number; SNAP_NONE for a number that is none. */
uint32_t snap_gram_posting(const struct snap_collection *c, uint32_t gram);
/* Documents with that gram by column; NULL: they are not counted. */
const uint32_t *snap_gram_counts(
    const struct snap_collection *c, uint32_t gram);
/* Count of documents of a posting, at most docs_n. */
uint32_t snap_posting_count(const struct snap_collection *c,
    uint32_t posting);

/*
 * A posting's data, clamped: *list of *n ascending u32 (values >= docs_n must
 * be skipped by the reader), or *words of *n u64, or both NULL.
 */
void snap_posting_get(const struct snap_collection *c, uint32_t posting,
    const uint32_t **list, const uint64_t **words, uint32_t *n);
/* Values of a document that have no column. */
const uint32_t *snap_doc_values(const struct snap_collection *c, uint32_t doc,
    uint32_t *n);
const uint32_t *snap_order_get(const struct snap_collection *c,
    uint32_t region, uint32_t *n);

/* First record of a kind and their count in *n. */
uint32_t snap_records(const struct snap *s, uint32_t kind, uint32_t *n);
/* The record's number; SNAP_NONE. */
uint32_t snap_record_find(const struct snap *s, uint32_t kind, uint32_t id);

#define SNAP_UUID_LEN 36
/* Of a home region's code; the space of a snapshot. */
uint32_t snap_uuid_space(const char *code, size_t len);
uint32_t snap_space(const struct snap *s);
uint32_t snap_term_id(uint32_t facet, const char *code, size_t len);
void snap_uuid_write(char to[SNAP_UUID_LEN], const struct snap_uuid *uuid);
/* 0: it is none of ours.  Either case of letters. */
int snap_uuid_read(struct snap_uuid *uuid, const char *text, size_t len);

/* "", "?lang=easy", "?lang=en": the first argument of a link. */
const char *snap_lang_first(uint32_t lang);

/* CRC-32 as in zlib and PNG; start with 0. */
uint32_t snap_crc32(uint32_t crc, const void *data, size_t len);

#endif
