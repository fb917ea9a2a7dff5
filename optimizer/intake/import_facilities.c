/*
 * import_facilities.c: lists of places as municipalities publish them:
 * 推奨データセット 公共施設一覧 and 子育て施設一覧, 自治体標準オープンデータセット,
 * and lists of their own that have a name and an address.
 *
 * Key       facility: code and NO (or ID, with ID2 if there is one), so that
 *           a place in two lists of one town is one entry; without a number
 *           a hash of name and address.
 * Lines     a hall is a venue that organisations may ask for, once; what
 *           residents visit is open to them, with the rule's figure of
 *           visitors a month, a modest guess that staff correct with an
 *           entry sheet (収容定員 counts places of children, not visitors).
 */
#include <string.h>

#include "day_text.h"
#include "import_open.h"

enum column {
    NAME,
    ADDRESS,
    CODE,
    NO,
    NO2,
    KANA,
    TYPE,
    BUILDING,
    LAT,
    LON,
    ACCESS,
    PARKING,
    PHONE,
    BODY,
    WEEKDAYS,
    TIME_START,
    TIME_END,
    TIME_NOTE,
    CAPACITY,
    AGES,
    DETAIL,
    BARRIER_FREE,
    URL,
    NOTE,
    COLUMNS_N
};

static const struct import_column columns[COLUMNS_N] = {
    [NAME] = {"名称|農園名|施設名", true, NULL, NULL},
    [ADDRESS] = {"住所|所在地_連結表記|所在地", true, NULL, NULL},
    [CODE] = {"都道府県コード又は市区町村コード|全国地方公共団体コード", false,
        NULL, NULL},
    [NO] = {"NO|ID", false, NULL, NULL},
    [NO2] = {"ID2", false, NULL, NULL},
    [KANA] = {"名称_カナ", false, NULL, NULL},
    [TYPE] = {"種別|区分|POIコード", false, NULL, NULL},
    [BUILDING] = {"方書|建物名等(方書)", false, NULL, NULL},
    [LAT] = {"緯度", false, NULL, NULL},
    [LON] = {"経度", false, NULL, NULL},
    [ACCESS] = {"アクセス方法", false, NULL, NULL},
    [PARKING] = {"駐車場情報", false, NULL, NULL},
    [PHONE] = {"電話番号", false, NULL, NULL},
    [BODY] = {"団体名", false, NULL, NULL},
    [WEEKDAYS] = {"利用可能曜日", false, NULL, NULL},
    [TIME_START] = {"開始時間", false, NULL, NULL},
    [TIME_END] = {"終了時間", false, NULL, NULL},
    [TIME_NOTE] = {"利用可能日時特記事項", false, NULL, NULL},
    [CAPACITY] = {"収容定員", false, NULL, NULL},
    [AGES] = {"受入年齢", false, NULL, NULL},
    [DETAIL] = {"説明", false, NULL, NULL},
    [BARRIER_FREE] = {"バリアフリー情報", false, NULL, NULL},
    [URL] = {"URL", false, NULL, NULL},
    [NOTE] = {"備考", false, NULL, NULL},
};

/* Type, remark and name of a place to what it is to residents or to
 * organisations. */
static const struct import_open_rule rules[] = {
    {"農園", "knowhow_experience", "everyone", 10},
    {"公民館|集会所|コミュニティ|地域交流", "venue_community_hall", "", 0},
    {"子育て支援|児童センター|児童館|子ども館|こども館", "ibasho_exchange",
        "parents;children", 20},
    {"幼稚園|保育|こども園", "consultation", "parents;children", 10},
    {"", "venue", "", 0},
};

static void
take_texts(struct import *import, struct record *record)
{
    const char *summary = import_cell(import, DETAIL);
    const struct {
        const char *label;
        int column;
    } more[] = {{"種別", TYPE}, {"備考", NOTE}, {"駐車場", PARKING}};
    for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
        summary = import_open_join(import, summary,
            import_open_labelled(import, more[i].label,
                import_cell(import, more[i].column)));
    }
    record_text(record, ENTRY_SUMMARY, summary);
    import_text(import, record, ENTRY_TITLE, NAME);
    import_text(import, record, ENTRY_TITLE_KANA, KANA);
    record_text(record, ENTRY_PLACE,
        import_has(import, BUILDING) ? import_cell(import, BUILDING) : "");
    import_text(import, record, ENTRY_TARGET_TEXT, AGES);
    record_text(record, ENTRY_ACCESS_TEXT,
        import_open_join(import, import_cell(import, ACCESS),
            import_cell(import, BARRIER_FREE)));
    import_text(import, record, ENTRY_CONTACT_NAME, BODY);
    import_text(import, record, ENTRY_CONTACT_PHONE, PHONE);
    import_url(import, record, ENTRY_URL, URL);
}

static void
take_when(struct import *import, struct record *record)
{
    int bits = 0;
    const char *days = import_cell(import, WEEKDAYS);
    import_text(import, record, ENTRY_DATE_TEXT, TIME_NOTE);
    import_time(import, record, ENTRY_TIME_START, TIME_START);
    import_time(import, record, ENTRY_TIME_END, TIME_END);
    const char *from = import_cell(import, TIME_START);
    const char *to = import_cell(import, TIME_END);
    record_text(record, ENTRY_TIME_TEXT,
        from[0] != '\0' || to[0] != '\0'
            ? arena_format(&import->row_arena, "%s～%s", from, to)
            : "");
    if (days[0] != '\0' && !day_text_weekdays(days, &bits)) {
        import_bad(import, WEEKDAYS, "no weekdays: \"%s\"", days);
    }
    record_int(record, ENTRY_WEEKDAYS, bits);
}

static const char *
make_key(struct import *import, const char *code)
{
    const char *no = import_cell(import, NO);
    const char *more = import_cell(import, NO2);
    const char *const texts[] = {import_cell(import, NAME),
        import_cell(import, ADDRESS), NULL};
    return arena_format(&import->row_arena, "facility:%s:%s%s%s", code,
        no[0] != '\0' ? no : import_open_hash(import, texts),
        more[0] != '\0' ? ":" : "", more);
}

/* 収容定員 0 is a place that has none to state. */
static void
take_capacity(struct import *import, struct record *record)
{
    const char *text = import_cell(import, CAPACITY);
    import_ranges(record, strcmp(text, "0") == 0 ? "" : text, NULL, NULL);
    record_int(record, ENTRY_PEOPLE_MIN, RECORD_NULL);
}

static bool
row(struct import *import, struct err *err)
{
    struct entry_draft *draft =
        arena_alloc(&import->row_arena, sizeof(*draft));
    struct record *record = &draft->record;
    const char *code, *address = import_cell(import, ADDRESS);
    import_begin_entry(import, draft);
    record_text(record, ENTRY_SIDE, "offer");
    record_text(record, ENTRY_ORIGIN, "facility");
    if (address[0] == '\0') {
        import_bad(import, ADDRESS, "is empty");
    }
    if (!import_open_place(import, draft, CODE, address, &code, err)) {
        return false;
    }
    take_texts(import, record);
    take_when(import, record);
    import_degrees(import, record, ENTRY_LAT, ENTRY_LON, LAT, LON);
    const char *const texts[] = {import_cell(import, TYPE),
        import_cell(import, NOTE), import_cell(import, NAME), NULL};
    take_capacity(import, record);
    import_open_line(import, draft, import_open_rule(rules, texts),
        RECORD_NULL);
    draft->key = make_key(import, code);
    if (import->row_bad || !import_key_new(import, draft->key, NO, err)) {
        return err->kind == ERR_NONE;
    }
    return import_put_entry(import, draft, err);
}

const struct import_kind import_facilities = {
    .name = "facilities",
    .columns = columns,
    .columns_n = COLUMNS_N,
    .row = row,
};
