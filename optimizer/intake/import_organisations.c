/*
 * import_organisations.c: the list of organisations: our template, or the
 * network's roster (columns id, list, sector_id ...).
 *
 * Key       団体キー, as it is.
 * Roster    list roster: a member, linked, published; partner: linked,
 *           published; reference: neither.  People concerned (当事者) are
 *           not published unless the sheet says so.
 * Wishes    希望する連携相手 of entries that named nobody yet find theirs.
 */
#include <string.h>

#include "import.h"
#include "optimizer/base/log.h"

enum column {
    KEY,
    NAME,
    KANA,
    NAME_EN,
    ALIASES,
    LIST,
    SECTOR,
    FORM,
    NUMBER,
    REGION,
    URL,
    PHONE,
    EMAIL,
    CONTACT,
    NOTE,
    ACTIVITY,
    MEMBER,
    LINKED,
    PUBLISH,
    PUBLISH_URL,
    PUBLISH_PHONE,
    NAME_IN_DOCUMENT,
    ROLE,
    COLUMNS_N
};

static const struct import_column columns[COLUMNS_N] = {
    [KEY] = {"団体キー|id|key", true,
        "変わらない番号や記号。同じキーで取り込み直すと更新される",
        "ORG-001"},
    [NAME] = {"団体名|name|名称", true, "正式な名称", "NPO法人【例】ひだまり"},
    [KANA] = {"ふりがな|name_kana|名称_カナ", false, "", "ひだまり"},
    [NAME_EN] = {"英語名|name_en|名称_英字", false, "", "Hidamari (example)"},
    [ALIASES] = {"別名|aliases|名称_通称", false,
        "いくつもあるときは ; で区切る", "ひだまり;ひだまりカフェ"},
    [LIST] = {"区分|list|origin", false,
        "roster 構成員 / partner 連携先 / reference 参考 / entry "
        "エントリー団体 / example 例。空欄は entry",
        "example"},
    [SECTOR] = {"分野|sector_id|sector", false,
        "民間事業者 / 地域 / 学識者 / 行政 / 当事者", "民間事業者"},
    [FORM] = {"法人格|org_form_id|org_form", false,
        "社会福祉法人、株式会社など語彙の名称かID",
        "特定非営利活動法人（NPO法人）"},
    [NUMBER] = {"法人番号|corporate_number", false, "13桁", ""},
    [REGION] = {"地域|region_code|region", false,
        "全国地方公共団体コード（5桁か6桁）か市区町村名", "座間市"},
    [URL] = {"URL|url|ホームページ", false, "https:// から",
        "https://hidamari.example.jp/"},
    [PHONE] = {"電話番号|電話|phone", false, "", "000-0000-0000"},
    [EMAIL] = {"メール（非公開）|email|メール", false, "公開しない", ""},
    [CONTACT] = {"担当者（非公開）|contact_name|担当者", false, "公開しない",
        ""},
    [NOTE] = {"メモ（非公開）|note|correction_note|メモ", false, "公開しない",
        ""},
    [ACTIVITY] = {"活動内容|activity|活動", false,
        "団体のページに載せる活動のあらまし", "居場所カフェと配食を続けています"},
    [MEMBER] = {"構成員|member", false, "1 はい / 0 いいえ", "0"},
    [LINKED] = {"県とのつながり|linked", false,
        "1 のとき、希望する連携相手への情報提供ができる", "1"},
    [PUBLISH] = {"公開|publish", false, "1 のとき団体名を公開する", "1"},
    [PUBLISH_URL] = {"URLの公開|publish_url", false, "空欄は 1", "1"},
    [PUBLISH_PHONE] = {"電話の公開|publish_phone", false, "空欄は 1", "1"},
    [NAME_IN_DOCUMENT] = {"name_in_document", false, NULL, NULL},
    [ROLE] = {"role", false, NULL, NULL},
};

static void
take_list(struct import *import, struct record *record)
{
    static const char *const origins[] = {"roster", "partner", "reference",
        "entry", "open_data", "example", "network"};
    const char *text = import_cell(import, LIST);
    if (text[0] == '\0') {
        text = "entry";
    }
    for (size_t i = 0; i < sizeof(origins) / sizeof(origins[0]); i++) {
        if (strcmp(text, origins[i]) == 0) {
            record_text(record, ORG_ORIGIN, origins[i]);
            return;
        }
    }
    import_bad(import, LIST, "no such list: \"%s\"", text);
}

/* What the list implies for a new organisation where the sheet has no column
 * for it. */
static void
take_list_defaults(struct import *import, struct record *record)
{
    if (!record->values[ORG_ORIGIN].set) {
        return;
    }
    const char *origin = record->values[ORG_ORIGIN].text;
    bool roster = strcmp(origin, "roster") == 0;
    bool partner = strcmp(origin, "partner") == 0;
    const struct record_value *sector = &record->values[ORG_SECTOR];
    bool concerned =
        (sector->set && strcmp(sector->text, "people_concerned") == 0) ||
        strstr(import_cell(import, ROLE), "当事者") != NULL;
    if (!import_has(import, MEMBER)) {
        record_start_int(record, ORG_MEMBER, roster);
    }
    if (!import_has(import, LINKED)) {
        record_start_int(record, ORG_LINKED, roster || partner);
    }
    if (!import_has(import, PUBLISH)) {
        record_start_int(record, ORG_PUBLISH, (roster || partner) && !concerned);
    }
}

static void
take_number(struct import *import, struct record *record)
{
    const char *number = organisation_number(&import->row_arena,
        import_cell(import, NUMBER));
    if (number[0] != '\0' && !organisation_number_valid(number)) {
        import_bad(import, NUMBER,
            "not a 法人番号 (13 digits with a check digit): \"%s\"", number);
    } else if (import_has(import, NUMBER)) {
        record_text(record, ORG_CORPORATE_NUMBER, number);
    }
}

static void
take_aliases(struct import *import, struct organisation_draft *draft)
{
    const char *list = import_cell(import, ALIASES), *item;
    while ((item = import_item(&import->row_arena, &list)) != NULL) {
        if (draft->aliases_n == ORG_ALIASES_MAX - 1) {
            import_bad(import, ALIASES, "more than %d items",
                ORG_ALIASES_MAX - 1);
            return;
        }
        draft->aliases[draft->aliases_n++] = item;
    }
    const char *written = import_cell(import, NAME_IN_DOCUMENT);
    if (written[0] != '\0' &&
        strcmp(written, import_cell(import, NAME)) != 0) {
        draft->aliases[draft->aliases_n++] = written;
    }
}

/* A number can belong to one organisation only. */
static bool
number_is_free(struct import *import, const struct organisation_draft *draft,
    struct err *err)
{
    const struct record_value *number =
        &draft->record.values[ORG_CORPORATE_NUMBER];
    if (!number->set || number->text[0] == '\0') {
        return true;
    }
    struct store_stmt *stmt = store_prepare(import->store,
        "SELECT key FROM organisations WHERE corporate_number = ?1"
        " AND key <> ?2 AND id IS NOT"
        " (SELECT merged_into FROM organisations WHERE key = ?2)",
        err);
    if (stmt == NULL) {
        return false;
    }
    store_bind_text(stmt, 1, number->text);
    store_bind_text(stmt, 2, draft->key);
    int step = store_step(stmt, err);
    if (step == 1) {
        import_bad(import, NUMBER, "organisation \"%s\" has this number",
            store_text(stmt, 0));
    }
    store_finish(stmt);
    return step >= 0;
}

static void
take_cells(struct import *import, struct organisation_draft *draft)
{
    struct record *record = &draft->record;
    static const struct {
        int field, column;
    } texts[] = {{ORG_NAME, NAME}, {ORG_NAME_KANA, KANA},
        {ORG_NAME_EN, NAME_EN}, {ORG_CONTACT_NAME, CONTACT}, {ORG_NOTE, NOTE},
        {ORG_ACTIVITY, ACTIVITY}},
      flags[] = {{ORG_MEMBER, MEMBER}, {ORG_LINKED, LINKED},
          {ORG_PUBLISH, PUBLISH}, {ORG_PUBLISH_URL, PUBLISH_URL},
          {ORG_PUBLISH_PHONE, PUBLISH_PHONE}};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        import_text(import, record, texts[i].field, texts[i].column);
    }
    for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
        import_flag(import, record, flags[i].field, flags[i].column);
    }
    take_list(import, record);
    import_term(import, record, ORG_SECTOR, SECTOR, &import->sectors);
    import_term(import, record, ORG_FORM, FORM, &import->forms);
    import_region(import, record, ORG_REGION, REGION);
    import_url(import, record, ORG_URL, URL);
    import_phone(import, record, ORG_PHONE, PHONE);
    import_email(import, record, ORG_EMAIL, EMAIL);
    take_number(import, record);
    take_list_defaults(import, record);
    take_aliases(import, draft);
}

/* Two sheets whose key is ORG-001 would make one organisation of two.  Not
 * of a sheet on the site: its words are in no log. */
static void
tell_renamed(const struct import *import,
    const struct organisation_draft *draft, enum put_outcome outcome)
{
    const struct csv *csv = table_csv(import->table);
    const char *old = import->organisations.record.old.values[ORG_NAME].text;
    const char *now = draft->record.values[ORG_NAME].text;
    if (outcome == PUT_UPDATED && import->options->bad == NULL &&
        strcmp(old, now) != 0) {
        log_info("%s:%ld: \"%s\" is now called \"%s\"", csv_path(csv),
            csv_line(csv, 0), old, now);
    }
}

static bool
row(struct import *import, struct err *err)
{
    struct organisation_draft draft = {.key = import_key(import, KEY,
        "SELECT 1 FROM organisations WHERE key = ?1", err)};
    const char *name = import_cell(import, NAME);
    if (err->kind != ERR_NONE) {
        return false;
    }
    if (draft.key[0] == '\0') {
        import_bad(import, KEY, "is empty");
    }
    if (name[0] == '\0' || strlen(name) > 600) {
        import_bad(import, NAME, "is empty or longer than 200 characters");
    }
    take_cells(import, &draft);
    if (import->row_bad ||
        !import_key_new(import, draft.key, KEY, err) ||
        !number_is_free(import, &draft, err) || import->row_bad) {
        return err->kind == ERR_NONE;
    }
    int64_t id;
    enum put_outcome outcome;
    if (!organisation_put(&import->organisations, &draft, &id, &outcome,
            err)) {
        return false;
    }
    import_count(import, outcome);
    tell_renamed(import, &draft, outcome);
    return true;
}

/* Wishes that named nobody until now. */
static bool
end(struct import *import, struct err *err)
{
#define NAMED                                                                 \
    "FROM (SELECT ifnull(merged_into, id) AS id FROM organisations"           \
    "       WHERE key = w.name"                                               \
    " UNION SELECT ifnull(merged_into, id) FROM organisations"                \
    "        WHERE name = w.name"                                             \
    " UNION SELECT organisation_id FROM organisation_aliases"                 \
    " WHERE alias = w.name)"
    return store_exec(import->store,
        "UPDATE entry_wishes AS w SET organisation_id ="
        " (SELECT min(id) " NAMED ") WHERE w.organisation_id IS NULL"
        " AND 1 = (SELECT count(*) " NAMED ")",
        err);
#undef NAMED
}

const struct import_kind import_organisations = {
    .name = "organisations",
    .columns = columns,
    .columns_n = COLUMNS_N,
    .row = row,
    .end = end,
    .remarks = true,
};
