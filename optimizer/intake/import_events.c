/*
 * import_events.c: lists of events as municipalities publish them: 推奨データ
 * セット「イベント一覧」 in its old and new columns, and lists of their own that
 * have a name and a day (会場名, 実施日).
 *
 * Key       event: code, NO, day and hour; without NO a hash of name and
 *           place stands for it: one row is one date of an event.
 * State     中止 (unless it speaks of rain), 実施しません, 開催しません:
 *           withdrawn; no day or 開催未定: draft, for nobody can go there.
 * Lines     one, open to residents; its capacity is 定員, else the rule's.
 */
#include <string.h>

#include "day_text.h"
#include "import_open.h"
#include "range_text.h"

enum column {
    NAME,
    DATE_START,
    DATE_END,
    CODE,
    NO,
    KANA,
    SUMMARY,
    DETAIL,
    TYPE,
    URL,
    TIME_START,
    TIME_END,
    DATE_NOTE,
    PLACE,
    MEETING,
    PREFECTURE,
    CITY,
    TOWN,
    STREET,
    LAT,
    LON,
    ORGANISER,
    TARGET,
    CAPACITY,
    FEE,
    FEE_NOTE,
    APPLY,
    ACCESS,
    CONTACT,
    PHONE,
    EMAIL,
    NOTE,
    BELONGINGS,
    COLUMNS_N
};

static const struct import_column columns[COLUMNS_N] = {
    [NAME] = {"名称|イベント名|会場名", true, NULL, NULL},
    [DATE_START] = {"開始日|実施日|開催日", true, NULL, NULL},
    [DATE_END] = {"終了日", false, NULL, NULL},
    [CODE] = {"都道府県コード又は市区町村コード|全国地方公共団体コード", false,
        NULL, NULL},
    [NO] = {"NO|ID", false, NULL, NULL},
    [KANA] = {"名称(カナ)|イベント名(カナ)", false, NULL, NULL},
    [SUMMARY] = {"概要|ご案内", false, NULL, NULL},
    [DETAIL] = {"説明|留意事項", false, NULL, NULL},
    [TYPE] = {"イベント種類|カテゴリー", false, NULL, NULL},
    [URL] = {"URL", false, NULL, NULL},
    [TIME_START] = {"開始時刻|開始時間", false, NULL, NULL},
    [TIME_END] = {"終了時刻|終了時間", false, NULL, NULL},
    [DATE_NOTE] = {"日時備考|開始日時特記事項", false, NULL, NULL},
    [PLACE] = {"場所名称", false, NULL, NULL},
    [MEETING] = {"集合場所", false, NULL, NULL},
    [PREFECTURE] = {"住所都道府県|都道府県名", false, NULL, NULL},
    [CITY] = {"住所市区町村|市区町村名", false, NULL, NULL},
    [TOWN] = {"住所町名", false, NULL, NULL},
    [STREET] = {"住所丁目以下|住所", false, NULL, NULL},
    [LAT] = {"緯度", false, NULL, NULL},
    [LON] = {"経度", false, NULL, NULL},
    [ORGANISER] = {"主催団体|主催者", false, NULL, NULL},
    [TARGET] = {"対象者", false, NULL, NULL},
    [CAPACITY] = {"定員", false, NULL, NULL},
    [FEE] = {"料金(基本)", false, NULL, NULL},
    [FEE_NOTE] = {"料金(詳細)", false, NULL, NULL},
    [APPLY] = {"申込方法|参加申込方法", false, NULL, NULL},
    [ACCESS] = {"アクセス方法", false, NULL, NULL},
    [CONTACT] = {"連絡先名称", false, NULL, NULL},
    [PHONE] = {"連絡先電話番号", false, NULL, NULL},
    [EMAIL] = {"連絡先メールアドレス", false, NULL, NULL},
    [NOTE] = {"備考", false, NULL, NULL},
    [BELONGINGS] = {"持ち物", false, NULL, NULL},
};

/* Type and name of an event to what a resident finds there. */
static const struct import_open_rule rules[] = {
    {"清掃|クリーン|ボランティア募集|ごみばさみ", "people_volunteer",
        "everyone;volunteers", 20},
    {"相談", "consultation", "everyone", 10},
    {"ツインズ|赤ちゃん|子育て・教育|子育てサロン", "ibasho",
        "parents;children", 20},
    {"講座|教室|セミナー|講演|学習|学級", "lecture", "everyone", 20},
    {"スポーツ|体操|ウオーク|ウォーク|ウオーキング|ハイキング|歩こう|歩き|散歩|体育",
        "knowhow_activity", "everyone", 20},
    {"", "knowhow_experience", "everyone", 20},
};

/* 雨天中止 is a condition, 中止 alone is the end of it. */
static bool
is_cancelled(const char *text)
{
    static const char off[] = "中止";
    if (import_open_has_word(text, "実施しません|開催しません|開催中止")) {
        return true;
    }
    return strstr(text, off) != NULL &&
           !import_open_has_word(text,
               "雨天|荒天|悪天|天候|場合|台風|警報|ときは|時は");
}

static void
take_state(struct import *import, struct entry_draft *draft)
{
    const char *note = import_cell(import, NOTE);
    const struct record_value *start =
        &draft->record.values[ENTRY_DATE_START];
    if (is_cancelled(note) || is_cancelled(import_cell(import, MEETING)) ||
        is_cancelled(import_cell(import, NAME))) {
        draft->forced = "withdrawn";
    } else if (!start->set || start->text[0] == '\0' ||
               strstr(note, "開催未定") != NULL) {
        draft->forced = "draft";
    }
}

static void
take_when(struct import *import, struct record *record)
{
    import_date(import, record, ENTRY_DATE_START, DATE_START);
    import_date(import, record, ENTRY_DATE_END, DATE_END);
    import_time(import, record, ENTRY_TIME_START, TIME_START);
    import_time(import, record, ENTRY_TIME_END, TIME_END);
    import_text(import, record, ENTRY_DATE_TEXT, DATE_NOTE);
    const struct record_value *start = &record->values[ENTRY_DATE_START];
    const struct record_value *end = &record->values[ENTRY_DATE_END];
    if (!end->set || end->text[0] == '\0') { /* one day */
        record_text(record, ENTRY_DATE_END, start->set ? start->text : "");
    }
    const char *from = import_cell(import, TIME_START);
    const char *to = import_cell(import, TIME_END);
    record_text(record, ENTRY_TIME_TEXT,
        from[0] != '\0' || to[0] != '\0'
            ? arena_format(&import->row_arena, "%s～%s", from, to)
            : "");
}

static bool
starts_with(const char *text, const char *start)
{
    return start[0] != '\0' && strncmp(text, start, strlen(start)) == 0;
}

/* In parts (住所町名 ...), or whole (住所), from the prefecture or the city. */
static const char *
address(struct import *import)
{
    const char *prefecture = import_cell(import, PREFECTURE);
    const char *city = import_cell(import, CITY);
    const char *rest = arena_format(&import->row_arena, "%s%s",
        import_cell(import, TOWN), import_cell(import, STREET));
    if (starts_with(rest, prefecture)) {
        return rest;
    }
    return arena_format(&import->row_arena, "%s%s%s", prefecture,
        starts_with(rest, city) ? "" : city, rest);
}

static void
take_texts(struct import *import, struct record *record)
{
    const char *summary = import_open_join(import,
        import_cell(import, SUMMARY), import_cell(import, DETAIL));
    const struct {
        const char *label;
        int column;
    } more[] = {{"主催", ORGANISER}, {"申込み", APPLY},
        {"持ち物", BELONGINGS}, {"備考", NOTE}};
    for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
        summary = import_open_join(import, summary,
            import_open_labelled(import, more[i].label,
                import_cell(import, more[i].column)));
    }
    record_text(record, ENTRY_SUMMARY, summary);
    const char *place = import_cell(import, PLACE);
    record_text(record, ENTRY_PLACE,
        place[0] != '\0' ? place : import_cell(import, MEETING));
    import_text(import, record, ENTRY_TITLE, NAME);
    import_text(import, record, ENTRY_TITLE_KANA, KANA);
    import_text(import, record, ENTRY_TARGET_TEXT, TARGET);
    import_text(import, record, ENTRY_ACCESS_TEXT, ACCESS);
    import_text(import, record, ENTRY_CONTACT_NAME, CONTACT);
    import_text(import, record, ENTRY_CONTACT_PHONE, PHONE);
    import_email(import, record, ENTRY_CONTACT_EMAIL, EMAIL);
    import_url(import, record, ENTRY_URL, URL);
}

/* The fee as it is shown: 500 is 500円, 0 is 無料. */
static const char *
fee_text(struct import *import, const char *fee)
{
    int64_t yen;
    if (!import_line_yen(fee, &yen)) {
        return fee;
    }
    return yen == 0                       ? "無料"
           : strstr(fee, "円") != NULL ? fee
               : arena_format(&import->row_arena, "%s円", fee);
}

/* 定員 alone is the most; the fee of an event is a person's.  It may stand in
 * its note alone, or in both. */
static void
take_ranges(struct import *import, struct record *record)
{
    const char *fee = import_cell(import, FEE);
    const char *note = import_cell(import, FEE_NOTE);
    bool in_note = fee[0] == '\0';
    import_ranges(record, import_cell(import, CAPACITY), NULL,
        in_note ? note : fee);
    const struct record_value *min = &record->values[ENTRY_PEOPLE_MIN];
    const struct record_value *max = &record->values[ENTRY_PEOPLE_MAX];
    if (min->number == max->number) {
        record_int(record, ENTRY_PEOPLE_MIN, RECORD_NULL);
    }
    if (record->values[ENTRY_COST_MAX].number > 0) {
        record_text(record, ENTRY_COST_UNIT, "per_person");
    }
    const char *text = fee_text(import, in_note ? note : fee);
    record_text(record, ENTRY_COST_TEXT,
        in_note || note[0] == '\0' || strcmp(text, fee_text(import, note)) == 0
            ? text
            : arena_format(&import->row_arena, "%s（%s）", text, note));
}

static const char *
make_key(struct import *import, const char *code,
    const struct record *record)
{
    const char *no = import_cell(import, NO);
    const char *const texts[] = {import_cell(import, NAME),
        import_cell(import, PLACE), import_cell(import, MEETING), NULL};
    if (no[0] == '\0') {
        no = import_open_hash(import, texts);
    }
    const struct record_value *day = &record->values[ENTRY_DATE_START];
    const struct record_value *time = &record->values[ENTRY_TIME_START];
    return arena_format(&import->row_arena, "event:%s:%s:%s:%s", code, no,
        day->set ? day->text : "", time->set ? time->text : "");
}

static bool
row(struct import *import, struct err *err)
{
    struct entry_draft *draft =
        arena_alloc(&import->row_arena, sizeof(*draft));
    struct record *record = &draft->record;
    const char *code;
    import_begin_entry(import, draft);
    record_text(record, ENTRY_SIDE, "offer");
    record_text(record, ENTRY_ORIGIN, "event");
    if (!import_open_place(import, draft, CODE, address(import), &code,
            err)) {
        return false;
    }
    take_texts(import, record);
    take_when(import, record);
    take_ranges(import, record);
    import_degrees(import, record, ENTRY_LAT, ENTRY_LON, LAT, LON);
    take_state(import, draft);
    const char *const texts[] = {import_cell(import, NAME),
        import_cell(import, TYPE), import_cell(import, BELONGINGS),
        import_cell(import, SUMMARY), NULL};
    import_open_line(import, draft, import_open_rule(rules, texts),
        record->values[ENTRY_PEOPLE_MAX].number);
    draft->key = make_key(import, code, record);
    if (import->row_bad || !import_key_new(import, draft->key, NO, err)) {
        return err->kind == ERR_NONE;
    }
    return import_put_entry(import, draft, err);
}

const struct import_kind import_events = {
    .name = "events",
    .columns = columns,
    .columns_n = COLUMNS_N,
    .row = row,
};
