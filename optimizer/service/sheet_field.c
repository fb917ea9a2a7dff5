/* sheet_field.c: the table of an entry sheet's fields (sheet_field.h). */
#include "sheet_field.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "optimizer/intake/import_entries.h"

const struct sheet_heading sheet_headings[PARTS_N] = {
    [PART_WHAT] = {"どんなこと", "なにを しますか / What"},
    [PART_LINES] = {"ほしいもの・出せるもの",
        "いくつ いりますか・だせますか / What you need or offer"},
    [PART_WHEN] = {"いつ", "いつ / When"},
    [PART_WHOM] = {"どのような方に・何名程度",
        "だれの ために・なんにん / For whom, how many"},
    [PART_WHERE] = {"どこで", "どこで / Where"},
    [PART_COST] = {"費用と準備", "おかねと じゅんび / Cost, preparation"},
    [PART_PARTNER] = {"連携したい相手・テーマ",
        "だれと いっしょに したいですか / Partners and themes"},
    [PART_CONTACT] = {"ページに載せる連絡先",
        "みんなが みる れんらくさき / Contact shown on the page"},
    [PART_ORGANISATION] = {"団体", "あなたの だんたい / Your organisation"},
};

#define NO SHEET_NO_COLUMN
#define NO_LIMIT "空欄は上限なし\nかかない ときは いくつでも / Empty: no limit"
#define FROM_HTTPS_EASY "https:// から かく / Begins with https://"
#define FROM_HTTPS "https:// から\n" FROM_HTTPS_EASY
/* name, part, kind, side, required, private, column, organisation's column,
 * max, vocabulary, label, easy, hint */
const struct sheet_field sheet_fields[] = {
    {"title", PART_WHAT, SHEET_TEXT, 0, true, false, ENTRIES_TITLE, NULL,
        200, NULL, "題名", "なまえ / Title", "一目で分かる短い名前。200字まで\n"
        "みじかい なまえ。200じまで / Short and clear, up to 200 letters"},
    {"title_kana", PART_WHAT, SHEET_TEXT, 0, false, false,
        ENTRIES_TITLE_KANA, NULL, 200, NULL, "題名のふりがな",
        "よみかた / Reading", NULL},
    {"summary", PART_WHAT, SHEET_AREA, 0, true, false, ENTRIES_SUMMARY, NULL,
        4000, NULL, "内容", "どんな ことか / Description",
        "いまの様子、してほしいこと・できること。個人のことは書かないで"
        "ください。4000字まで\nひとの なまえや びょうきは かかないで ください / "
        "What it is like now, what you want or can do. Write nothing about "
        "single persons."},
    {"activity", PART_WHAT, SHEET_TERM, 0, false, false, ENTRIES_ACTIVITY,
        NULL, 40, "activity_kinds", "活動の種類",
        "かつどうの しゅるい / Kind of activity", NULL},
    {"lines", PART_LINES, SHEET_LINES, 0, true, false, ENTRIES_LINES, NULL,
        0, NULL, "明細", NULL, NULL},
    {"days", PART_WHEN, SHEET_DATES, 0, false, false, NO, NULL, 0, NULL,
        "決まっている日", "きまっている ひ / Dates", NULL},
    {"date_text", PART_WHEN, SHEET_TEXT, 0, false, false, ENTRIES_WHEN, NULL,
        400, NULL, "日にちの説明", "いつ（ことばで） / When, in words",
        "例：毎週水曜日、12月の土日のどこか\n"
        "まいしゅう すいようび など / Such as: every Wednesday"},
    {"date_start", PART_WHEN, SHEET_DATE, 0, false, false,
        ENTRIES_DATE_START, NULL, 10, NULL, "期間のはじめ",
        "いつから / From", "決まっている日を上に書いたときは空欄でかまいません\n"
        "うえに ひを かいたら、かかなくて いいです / "
        "Not needed with dates above"},
    {"date_end", PART_WHEN, SHEET_DATE, 0, false, false, ENTRIES_DATE_END,
        NULL, 10, NULL, "期間のおわり", "いつまで / Until", NULL},
    {"weekdays", PART_WHEN, SHEET_DAYS, 0, false, false, ENTRIES_WEEKDAYS,
        NULL, 10, NULL, "曜日", "なんようび / Weekdays",
        "どの曜日でもよいときは選ばないでください\n"
        "いつでも いい ときは、えらばないで ください / "
        "Choose none if any day will do"},
    {"time_start", PART_WHEN, SHEET_TIME, 0, false, false,
        ENTRIES_TIME_START, NULL, 5, NULL, "はじまる時刻",
        "なんじから / Start time", NULL},
    {"time_end", PART_WHEN, SHEET_TIME, 0, false, false, ENTRIES_TIME_END,
        NULL, 5, NULL, "おわる時刻", "なんじまで / End time", NULL},
    {"time_text", PART_WHEN, SHEET_TEXT, 0, false, false, ENTRIES_TIME_TEXT,
        NULL, 200, NULL, "時間帯の説明", "じかん（ことばで） / Time, in words",
        NULL},
    {"duration", PART_WHEN, SHEET_TEXT, 0, false, false, ENTRIES_DURATION,
        NULL, 100, NULL, "かかる時間", "なんじかん / Duration",
        "例：90分程度、1時間～2時間\n90ぷん くらい など / Such as: 90 minutes"},
    {"expires_on", PART_WHEN, SHEET_DATE, 0, false, false, ENTRIES_EXPIRES,
        NULL, 10, NULL, "この日まで載せる", "いつまで のせるか / Show until",
        NULL},
    {"target_text", PART_WHOM, SHEET_TEXT, 0, false, false,
        ENTRIES_TARGET_TEXT, NULL, 400, NULL, "どのような方を対象とするか",
        "だれの ために / For whom", NULL},
    {"targets", PART_WHOM, SHEET_TERMS, 0, false, false, ENTRIES_TARGETS,
        NULL, 40, "target_groups", "対象の区分",
        "だれの ために（えらぶ） / Groups", NULL},
    {"people", PART_WHOM, SHEET_TEXT, 0, false, false, ENTRIES_PEOPLE, NULL,
        100, NULL, "何名程度に行うのか", "なんにん くらい / How many people",
        "例：5～20名、何名でも可能\n"
        "5にん から 20にん など / Such as: 5 to 20 people"},
    {"place", PART_WHERE, SHEET_TEXT, 0, false, false, ENTRIES_PLACE, NULL,
        200, NULL, "会場の名前", "ばしょの なまえ / Place", NULL},
    {"address", PART_WHERE, SHEET_TEXT, 0, false, false, ENTRIES_ADDRESS,
        NULL, 300, NULL, "会場の住所", "ばしょの じゅうしょ / Address", NULL},
    {"region", PART_WHERE, SHEET_PLACE, 0, false, false, ENTRIES_REGION,
        NULL, 10, NULL, "会場のある市区町村", "どの まち / Municipality",
        NULL},
    {"reach", PART_WHERE, SHEET_REACH, 0, true, false, NO, NULL, 12, NULL,
        "どこまで対応できるか", "どこまで いけますか / How far", NULL},
    {"regions", PART_WHERE, SHEET_PLACES, 0, false, false, ENTRIES_REACH,
        NULL, 10, NULL, "対応できる地域", "いける まち / Regions",
        "「選んだ地域」のときに選んでください。圏域を選ぶと、その中の"
        "市町村すべてです\n「えらんだ まち」の ときに えらんで ください / "
        "For chosen regions: tick them. An area includes all that is in it."},
    {"reach_hard", PART_WHERE, SHEET_FLAG, 0, false, false,
        ENTRIES_REACH_HARD, NULL, 1, NULL, "範囲の外とは結ばない",
        "ここだけ / Only there", NULL},
    {"access", PART_WHERE, SHEET_TEXT, 0, false, false, ENTRIES_ACCESS, NULL,
        400, NULL, "行き方・バリアフリー", "いきかた / Access", NULL},
    {"cost", PART_COST, SHEET_TEXT, 0, false, false, ENTRIES_COST, NULL, 200,
        NULL, "費用負担は必要か", "おかねは いりますか / Cost",
        "例：無料、1回500円、要相談\nただ、1かい 500えん など / Such as: free, 500 yen"},
    {"budget", PART_COST, SHEET_NUMBER, SHEET_NEED, false, false,
        ENTRIES_BUDGET, NULL, 10, NULL, "予算（円）",
        "つかえる おかね / Budget in yen",
        NO_LIMIT},
    {"own", PART_COST, SHEET_AREA, 0, false, false, ENTRIES_OWN, NULL, 1000,
        NULL, "自前で用意できるもの",
        "じぶんで よういできる もの / What you can provide", NULL},
    {"wanted", PART_COST, SHEET_AREA, 0, false, false, ENTRIES_WANTED, NULL,
        1000, NULL, "連携相手に求めるもの",
        "あいてに おねがいしたい もの / What you want from a partner", NULL},
    {"max_partners", PART_COST, SHEET_NUMBER, SHEET_NEED, false, false,
        ENTRIES_MAX_PARTNERS, NULL, 4, NULL, "連携する団体の数の上限",
        "いくつの だんたいまで / At most so many partners", NO_LIMIT},
    {"max_needs", PART_COST, SHEET_NUMBER, SHEET_OFFER, false, false,
        ENTRIES_MAX_NEEDS, NULL, 4, NULL, "対応できる件数の上限",
        "なんけんまで / At most so many cases", NO_LIMIT},
    {"urgency", PART_COST, SHEET_URGENCY, SHEET_NEED, false, false,
        ENTRIES_URGENCY, NULL, 5, NULL, "急ぎの度合い",
        "いそぎますか / Urgency", NULL},
    {"wishes", PART_PARTNER, SHEET_AREA, 0, false, false, ENTRIES_WISHES,
        NULL, 1000, NULL, "希望する連携相手",
        "だれと いっしょに したいですか / Preferred partners",
        "団体の名前。いくつもあるときは1行に1つ\n"
        "だんたいの なまえ。1ぎょうに 1つ / Names, one per line"},
    {"themes", PART_PARTNER, SHEET_TERMS, 0, false, false, ENTRIES_THEMES,
        NULL, 40, "themes", "テーマ", "テーマ / Themes", NULL},
    {"pillars", PART_PARTNER, SHEET_TERMS, 0, false, false, ENTRIES_PILLARS,
        NULL, 40, "pillars", "柱", "はしら / Pillars", NULL},
    {"tags", PART_PARTNER, SHEET_TEXT, 0, false, false, ENTRIES_TAGS, NULL,
        400, NULL, "好きなこと・やりたいこと", "すきな こと / Interests",
        "例：おしゃべり;手芸（; で区切る。1つ40字まで）\n"
        " ; で わけて かく / Separate them by ;"},
    {"contact_name", PART_CONTACT, SHEET_TEXT, 0, false, false,
        ENTRIES_CONTACT, NULL, 100, NULL, "窓口の名前",
        "まどぐち / Desk", "個人名でなく、部署や係の名前\n"
        "ひとの なまえは かかないで ください / Not the name of a person"},
    {"contact_phone", PART_CONTACT, SHEET_PHONE, 0, false, false,
        ENTRIES_PHONE, NULL, 40, NULL, "窓口の電話", "でんわ / Phone", NULL},
    {"contact_email", PART_CONTACT, SHEET_EMAIL, 0, false, false,
        ENTRIES_EMAIL, NULL, 254, NULL, "窓口のメール", "メール / E-mail",
        NULL},
    {"url", PART_CONTACT, SHEET_URL, 0, false, false, ENTRIES_URL, NULL, 500,
        NULL, "くわしいページのURL", "ホームページ / Web page",
        FROM_HTTPS},
    {"hide_contact", PART_CONTACT, SHEET_FLAG, 0, false, false, NO, NULL, 1,
        NULL, "連絡先をページに載せない",
        "れんらくさきを みせない / Do not show the contact", NULL},
    {"contact_person", PART_CONTACT, SHEET_TEXT, 0, false, true,
        ENTRIES_PERSON, NULL, 100, NULL, "窓口の担当の方",
        "まどぐちの ひと / Person at the desk", NULL},
    {"note", PART_CONTACT, SHEET_AREA, 0, false, true, ENTRIES_NOTE, NULL,
        2000, NULL, "事務局への連絡",
        "じむきょくへ / Message to the secretariat", NULL},
    {"org_name", PART_ORGANISATION, SHEET_TEXT, 0, true, false, NO,
        "団体名", 100, NULL, "団体の正式な名前", "だんたいの なまえ / Name",
        NULL},
    {"org_kana", PART_ORGANISATION, SHEET_TEXT, 0, false, false, NO,
        "ふりがな", 100, NULL, "ふりがな", "よみかた / Reading", NULL},
    {"org_sector", PART_ORGANISATION, SHEET_TERM, 0, false, false, NO,
        "分野", 40, "sectors", "分野", "しゅるい / Sector", NULL},
    {"org_form", PART_ORGANISATION, SHEET_TERM, 0, false, false, NO,
        "法人格", 40, "org_forms", "法人格", "ほうじんかく / Legal form",
        NULL},
    {"org_number", PART_ORGANISATION, SHEET_TEXT, 0, false, false, NO,
        "法人番号", 20, NULL, "法人番号",
        "ほうじんばんごう / Corporate number", "13桁。なければ空欄\n13の すうじ。なければ かかない / 13 digits, or leave empty"},
    {"org_region", PART_ORGANISATION, SHEET_PLACE, 0, false, false, NO,
        "地域", 10, NULL, "所在地の市区町村", "どこに ありますか / Location",
        NULL},
    {"org_url", PART_ORGANISATION, SHEET_URL, 0, false, false, NO, "URL",
        500, NULL, "団体のホームページ", "ホームページ / Web site",
        FROM_HTTPS},
    {"org_phone", PART_ORGANISATION, SHEET_PHONE, 0, false, false, NO,
        "電話番号", 40, NULL, "団体の電話", "でんわ / Phone", NULL},
    {"org_contact", PART_ORGANISATION, SHEET_TEXT, 0, false, true, NO,
        "担当者（非公開）", 100, NULL, "担当の方のお名前",
        "たんとうの ひと / Person in charge", NULL},
    {"email", PART_ORGANISATION, SHEET_EMAIL, 0, true, true, NO,
        "メール（非公開）", 254, NULL, "確認のメールを受け取るアドレス",
        "かくにんの メールが とどく アドレス / E-mail for the confirmation",
        "このアドレスへ、申しこみを確かめるリンクを送ります\n"
        "この アドレスに メールが とどきます / "
        "We send a link there that confirms the sheet"},
    {0},
};

const struct sheet_field *
sheet_field_find(const char *name)
{
    for (const struct sheet_field *f = sheet_fields; f->name != NULL; f++) {
        if (strcmp(f->name, name) == 0) {
            return f;
        }
    }
    return NULL;
}

/* "line7_" and "day12_": the number's row, NULL for another name. */
static const char *
row_part(const char *name, const char *prefix, int max)
{
    size_t len = strlen(prefix);
    if (strncmp(name, prefix, len) != 0 || name[len] < '1' ||
        name[len] > '9') {
        return NULL;
    }
    char *end;
    long n = strtol(name + len, &end, 10);
    return n <= max && *end == '_' ? end + 1 : NULL;
}

bool
sheet_name_valid(const char *name, int *max)
{
    enum { OF_LINE = 9 }; /* parts of a line; those behind are of a day */
    static const struct {
        const char *name;
        int max;
    } parts[] = {{"kind", 40}, {"quantity", 7}, {"unit", 10}, {"text", 200},
        {"cost", 9}, {"min", 7}, {"whole", 1}, {"slots", 1}, {"public", 1},
        {"date", 10}, {"start", 5}, {"end", 5}};
    const struct sheet_field *field = sheet_field_find(name);
    if (field != NULL) {
        *max = field->max;
        return field->max > 0;
    }
    if (strcmp(name, "lines_text") == 0) {
        *max = 4000;
        return true;
    }
    const char *part = row_part(name, "line", SHEET_LINES_MAX);
    size_t from = 0, to = OF_LINE;
    if (part == NULL) {
        part = row_part(name, "day", SHEET_DAYS_MAX);
        from = OF_LINE;
        to = sizeof(parts) / sizeof(parts[0]);
    }
    for (size_t i = from; part != NULL && i < to; i++) {
        if (strcmp(part, parts[i].name) == 0) {
            *max = parts[i].max;
            return true;
        }
    }
    return false;
}

const char *
sheet_field_wrong(const struct sheet_field *field)
{
    switch (field->kind) {
    case SHEET_DATE:
        return SHEET_WRONG_DATE;
    case SHEET_TIME:
        return SHEET_WRONG_TIME;
    case SHEET_NUMBER:
        return "数字だけで、範囲の中で書いてください。\n"
               "すうじだけ かいて ください / Only a number";
    case SHEET_EMAIL:
        return SHEET_WRONG_EMAIL;
    case SHEET_PHONE:
        return "0 から始まる番号を書いてください。\n"
               "0から かいて ください / It begins with 0";
    case SHEET_URL:
        return "https:// から始まるURLを書いてください。\n" FROM_HTTPS_EASY;
    case SHEET_TERM:
    case SHEET_TERMS:
    case SHEET_PLACE:
    case SHEET_PLACES:
    case SHEET_DAYS:
    case SHEET_URGENCY:
        return "一覧から選んでください（64まで）。\n"
               "えらんで ください / Choose from the list (up to 64)";
    default:
        return "この内容は受け取れません。長さと使えない文字を確かめて"
               "ください。\nながすぎるか、つかえない じが あります / "
               "Too long, or letters that cannot be used";
    }
}
