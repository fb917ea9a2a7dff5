/*
 * report_list.c: the questions of the report; report.c asks them.
 *
 * A need stands where its entry stands; one that names several regions, or
 * none, is counted apart (県全域・複数・不明).  What a plan gives and misses is
 * read from the run alone, so that a report of last year does not change
 * when an entry is edited today.
 */
#include "report_list.h"

#include "optimizer/market/shown_sql.h"
#include "optimizer/store/run.h"
#include "optimizer/store/taken_back.h"
#include "report_sql.h"

#include <stddef.h>

/* A timestamp within the days of the period, in Japan; compared as text, so
 * that an index serves it. */
#define PERIOD_OVER "strftime('%Y-%m-%dT%H:%M:%SZ', ?2, '+15 hours')"
#define BY_END(at) at " < " PERIOD_OVER
#define IN_PERIOD(at)                                                         \
    at " >= strftime('%Y-%m-%dT%H:%M:%SZ', ?1, '-9 hours') AND " BY_END(at)

/* An organisation that was merged into another is that one. */
#define THEIR_OWN "merged_into IS NULL"

/* Of the entries, by an index. */
#define ORIGINS                                                               \
    "origins(origin) AS (SELECT min(origin) FROM entries"                     \
    " UNION ALL SELECT (SELECT min(e.origin) FROM entries AS e"               \
    " WHERE e.origin > o.origin) FROM origins AS o"                           \
    " WHERE o.origin IS NOT NULL)"

#define COVERED                                                               \
    "sum(c.needs), sum(c.lines), sum(c.covered), sum(c.partly),"              \
    " sum(c.uncovered), sum(c.given), sum(c.wanted),"                         \
    " (sum(c.covered) * 2000 + sum(c.lines)) / (2 * sum(c.lines))"
#define COVERED_COLUMNS                                                       \
    {"needs", "募集の件数", REPORT_COUNT}, {"lines", "行", REPORT_COUNT},     \
        {"covered", "充足", REPORT_COUNT},                                    \
        {"partly", "一部充足", REPORT_COUNT},                                 \
        {"uncovered", "未充足", REPORT_COUNT},                                \
        {"units_given", "充足した数量", REPORT_COUNT},                        \
        {"units_wanted", "求める数量", REPORT_COUNT},                         \
        {"share", "充足した行の割合", REPORT_SHARE}

/* Of public_entries, those that are found on the last day: counted in an
 * index, less what few organisations hide (014_counted.sql), and less what
 * came later, which is nothing where the period ends today. */
#define SHOWN(entry)                                                          \
    entry ".side = 'offer' AND " SHOWN_SQL(entry, "?2", "?9")
#define PUBLIC_OFFERS                                                         \
    "(SELECT count(*) FROM entries_to_show AS e WHERE " SHOWN("e") ")"       \
    " - (SELECT count(*) FROM organisations_not_public AS o"                  \
    " CROSS JOIN entries_to_show AS e ON e.organisation_id = o.id"            \
    " WHERE " SHOWN("e") ")"                                                 \
    " - (SELECT count(*) FROM origins AS o CROSS JOIN entries AS e"           \
    " ON e.origin = o.origin AND e.side = 'offer'"                            \
    " AND e.created_at >= " PERIOD_OVER                                       \
    " CROSS JOIN public_entries AS p ON p.id = e.id"                          \
    " WHERE " SHOWN("p") ")"

/* First moment of each stage of a pair; what is counted is those within
 * the period. */
#define STEPS                                                                 \
    "step AS (SELECT need_id, offer_id, stage, min(at) AS at"                 \
    " FROM outcomes AS t WHERE NOT " OUTCOME_TAKEN_BACK("t")                  \
    " GROUP BY need_id, offer_id, stage)"
#define STAGE_OF_PAIRS(name)                                                  \
    "count(*) FROM step WHERE stage = '" name "' AND " IN_PERIOD("at")
#define STAGES                                                                \
    "sum(s.stage = 'introduced'), sum(s.stage = 'agreed'),"                   \
    " sum(s.stage = 'held'), sum(s.stage = 'declined')"
#define STAGES_COLUMNS                                                        \
    {"introduced", "打診", REPORT_COUNT}, {"agreed", "合意", REPORT_COUNT},   \
        {"held", "実施", REPORT_COUNT}, {"declined", "辞退", REPORT_COUNT}

/* Days of the pairs that came from one stage to the other in the period. */
#define WAIT(name, first, second)                                             \
    "SELECT '" name "', (unixepoch(b.at) - unixepoch(a.at)) / 8640 AS d"      \
    " FROM step AS a JOIN step AS b USING (need_id, offer_id)"                \
    " WHERE a.stage = '" first "' AND b.stage = '" second "'"                 \
    " AND b.at >= a.at AND " IN_PERIOD("b.at")

/* Each counted in an index. */
#define IN_STATE(name)                                                        \
    " (SELECT count(*) FROM entries AS e WHERE e.state = '" name "'"          \
    " AND e.side = s.side)"
#define EXPIRED                                                               \
    " (SELECT count(*) FROM entries AS e WHERE e.state = 'approved'"          \
    " AND e.side = s.side AND NOT (" CURRENT_SQL("e", "?2") "))"

#define NOTE_RUN "期間の最後の計画による。"
#define NOTE_PLACE                                                            \
    "募集の所在地で数える。県全域・複数の地域・所在地の不明は分けて示す。"

const struct report_question report_questions[] = {
    {"figures", "事業実施報告書の数字",
        "期間の末日までに登録されたものの値。収集した事例は今の数。"
        "新規と件数は期間内。",
        "WITH RECURSIVE " ORIGINS ", " STEPS
        " SELECT '構成員（団体）', count(*) FROM organisations"
        " WHERE member = 1 AND " BY_END("created_at")
        " UNION ALL SELECT 'うち期間内に登録', count(*) FROM organisations"
        " WHERE member = 1 AND " IN_PERIOD("created_at")
        " UNION ALL SELECT '構成員以外の登録団体', count(*)"
        " FROM organisations WHERE member = 0 AND " THEIR_OWN
        " AND " BY_END("created_at")
        " UNION ALL SELECT '県がつながりのある団体', count(*)"
        " FROM organisations WHERE linked = 1 AND " BY_END("created_at")
        " UNION ALL SELECT '収集した事例', count(*) FROM entries"
        " WHERE origin = 'case'"
        " UNION ALL SELECT '受け付けた募集（ニーズ）', count(*) FROM entries"
        " WHERE side = 'need' AND origin IN ('sheet', 'form', 'example')"
        " AND " IN_PERIOD("created_at")
        " UNION ALL SELECT '受け付けた資源（シーズ）', count(*) FROM entries"
        " WHERE side = 'offer' AND origin IN ('sheet', 'form', 'example')"
        " AND " IN_PERIOD("created_at")
        " UNION ALL SELECT '公開中の資源', " PUBLIC_OFFERS
        " UNION ALL SELECT '作った計画', count(*) FROM runs"
        " WHERE " RUN_HAS_PLAN
        " AND plan_date BETWEEN ?1 AND ?2"
        " UNION ALL SELECT '提案した組み合わせ', count(*) FROM (SELECT DISTINCT"
        " p.need_id, p.offer_id FROM plan_lines AS p JOIN runs AS r"
        " ON r.id = p.run_id WHERE p.need_id IS NOT NULL"
        " AND r.plan_date BETWEEN ?1 AND ?2)"
        " UNION ALL SELECT '打診', " STAGE_OF_PAIRS("introduced")
        " UNION ALL SELECT '合意', " STAGE_OF_PAIRS("agreed")
        " UNION ALL SELECT '実施', " STAGE_OF_PAIRS("held"),
        false,
        {{"item", "項目", REPORT_TEXT}, {"value", "数", REPORT_COUNT}}},

    {"members", "構成員の分野", "",
        "SELECT coalesce(s.label_ja, '分野の記載なし'), o.members, o.new,"
        " o.others, o.linked FROM (SELECT sector_id, sum(member = 1)"
        " AS members, sum(member = 1 AND " IN_PERIOD("created_at") ")"
        " AS new, sum(member = 0) AS others, sum(linked = 1) AS linked"
        " FROM organisations WHERE " THEIR_OWN " AND " BY_END("created_at")
        " GROUP BY sector_id) AS o LEFT JOIN sectors AS s"
        " ON s.id = o.sector_id ORDER BY s.sort IS NULL, s.sort, s.id",
        true,
        {{"sector", "分野", REPORT_TEXT},
            {"members", "構成員", REPORT_COUNT},
            {"new", "うち期間内に登録", REPORT_COUNT},
            {"others", "構成員以外", REPORT_COUNT},
            {"linked", "県がつながりのある団体", REPORT_COUNT}}},

    {"entries", "エントリーの状態", "受付は期間内、状態は今。日程の終わったものも期限切れに数える。",
        "WITH RECURSIVE " ORIGINS ", sides(side) AS (VALUES ('need'),"
        " ('offer')) SELECT CASE s.side WHEN 'need' THEN '募集（ニーズ）'"
        " ELSE '資源（シーズ）' END, (SELECT count(*) FROM origins AS o"
        " CROSS JOIN entries AS e ON e.origin = o.origin AND e.side = s.side"
        " AND " IN_PERIOD("e.created_at") ")," IN_STATE("submitted") ","
        IN_STATE("returned") "," IN_STATE("approved") " - " EXPIRED ","
        EXPIRED "," IN_STATE("rejected") "," IN_STATE("paused") ","
        IN_STATE("withdrawn") " + " IN_STATE("archived") ","
        IN_STATE("draft") " FROM sides AS s WHERE EXISTS (SELECT 1"
        " FROM origins AS o CROSS JOIN entries AS e ON e.origin = o.origin"
        " AND e.side = s.side)",
        false,
        {{"side", "種類", REPORT_TEXT}, {"received", "受付", REPORT_COUNT},
            {"submitted", "審査待ち", REPORT_COUNT},
            {"returned", "差し戻し", REPORT_COUNT},
            {"approved", "承認", REPORT_COUNT},
            {"expired", "期限切れ", REPORT_COUNT},
            {"rejected", "不承認", REPORT_COUNT},
            {"paused", "休止", REPORT_COUNT},
            {"ended", "取り下げ・保管", REPORT_COUNT},
            {"draft", "下書き", REPORT_COUNT}}},

    {"coverage", "募集の充足", NOTE_RUN,
        "WITH " REPORT_COUNTED("?4") " SELECT '全体', " COVERED
        " FROM counted AS c HAVING count(*) > 0",
        false, {{"group", "範囲", REPORT_TEXT}, COVERED_COLUMNS}},

    {"coverage_area", "地域圏ごとの充足", NOTE_RUN NOTE_PLACE,
        "WITH RECURSIVE " REPORT_COUNTED("?4") ", " REPORT_UP_PLACES
        " SELECT coalesce(r.name, '県全域・複数・不明'), " COVERED
        " FROM counted AS c"
        " LEFT JOIN up AS u ON u.code = c.key AND u.level = 'area'"
        " LEFT JOIN regions AS r ON r.code = u.at"
        " GROUP BY r.code ORDER BY r.sort IS NULL, r.sort",
        true, {{"area", "地域圏", REPORT_TEXT}, COVERED_COLUMNS}},

    {"coverage_municipality", "市町村ごとの充足", NOTE_RUN NOTE_PLACE,
        "WITH RECURSIVE " REPORT_COUNTED("?4") ", " REPORT_UP_PLACES
        " SELECT coalesce(r.name, '県全域・複数・不明'), " COVERED
        " FROM counted AS c"
        " LEFT JOIN up AS u ON u.code = c.key AND u.level = 'municipality'"
        " LEFT JOIN regions AS r ON r.code = u.at"
        " GROUP BY r.code ORDER BY r.sort IS NULL, r.sort",
        true, {{"municipality", "市町村", REPORT_TEXT}, COVERED_COLUMNS}},

    {"coverage_sector", "分野ごとの充足", NOTE_RUN "募集した団体の分野。",
        "WITH " REPORT_COUNTED("?5")
        " SELECT coalesce(s.label_ja, '分野の記載なし'), " COVERED
        " FROM counted AS c LEFT JOIN sectors AS s ON s.id = c.key"
        " GROUP BY s.id ORDER BY s.sort IS NULL, s.sort",
        true, {{"sector", "分野", REPORT_TEXT}, COVERED_COLUMNS}},

    {"coverage_theme", "テーマごとの充足",
        NOTE_RUN "テーマを複数もつ募集はそれぞれに数える。",
        "WITH " REPORT_COUNTED("?6")
        " SELECT coalesce(t.label_ja, 'テーマの記載なし'), " COVERED
        " FROM counted AS c LEFT JOIN themes AS t ON t.id = c.key"
        " GROUP BY t.id ORDER BY t.sort IS NULL, t.sort",
        true, {{"theme", "テーマ", REPORT_TEXT}, COVERED_COLUMNS}},

    {"coverage_kind", "資源の種類ごとの充足", NOTE_RUN,
        "WITH " REPORT_COUNTED("?7")
        " SELECT coalesce(k.label_ja, '削除された行'), " COVERED
        " FROM counted AS c LEFT JOIN resource_kinds AS k ON k.id = c.key"
        " GROUP BY k.id ORDER BY k.sort IS NULL, k.sort, k.id",
        true, {{"kind", "資源の種類", REPORT_TEXT}, COVERED_COLUMNS}},

    {"flow_area", "地域圏ごとの打診・合意・実施",
        "期間内に初めてその段階になった組み合わせ。" NOTE_PLACE,
        "WITH RECURSIVE " REPORT_UP ", " COVER_PLACE ", " STEPS
        " SELECT coalesce(r.name, '県全域・複数・不明'), " STAGES
        " FROM step AS s JOIN place AS p ON p.entry_id = s.need_id"
        " LEFT JOIN up AS u ON u.code = p.code AND u.level = 'area'"
        " LEFT JOIN regions AS r ON r.code = u.at WHERE " IN_PERIOD("s.at")
        " GROUP BY r.code ORDER BY r.sort IS NULL, r.sort",
        true, {{"area", "地域圏", REPORT_TEXT}, STAGES_COLUMNS}},

    {"flow_sector", "分野ごとの打診・合意・実施",
        "期間内に初めてその段階になった組み合わせ。募集した団体の分野。",
        "WITH " STEPS " SELECT coalesce(x.label_ja, '分野の記載なし'), "
        STAGES " FROM step AS s JOIN entries AS e ON e.id = s.need_id"
        " JOIN organisations AS o ON o.id = e.organisation_id"
        " LEFT JOIN sectors AS x ON x.id = o.sector_id"
        " WHERE " IN_PERIOD("s.at")
        " GROUP BY x.id ORDER BY x.sort IS NULL, x.sort",
        true, {{"sector", "分野", REPORT_TEXT}, STAGES_COLUMNS}},

    {"flow_theme", "テーマごとの打診・合意・実施",
        "期間内に初めてその段階になった組み合わせ。テーマを複数もつ募集はそれぞれに数える。",
        "WITH " STEPS " SELECT coalesce(t.label_ja, 'テーマの記載なし'), "
        STAGES " FROM step AS s LEFT JOIN entry_themes AS x"
        " ON x.entry_id = s.need_id LEFT JOIN themes AS t"
        " ON t.id = x.theme_id WHERE " IN_PERIOD("s.at")
        " GROUP BY t.id ORDER BY t.sort IS NULL, t.sort",
        true, {{"theme", "テーマ", REPORT_TEXT}, STAGES_COLUMNS}},

    {"flow_days", "段階から段階までの日数", "期間内に後の段階になった組み合わせ。",
        "WITH " STEPS ", wait(name, d) AS ("
        WAIT("提案から打診", "proposed", "introduced") " UNION ALL "
        WAIT("打診から合意", "introduced", "agreed") " UNION ALL "
        WAIT("合意から実施", "agreed", "held") "),"
        " rank AS (SELECT name, d, row_number() OVER w AS i,"
        " count(*) OVER (PARTITION BY name) AS n FROM wait"
        " WINDOW w AS (PARTITION BY name ORDER BY d))"
        " SELECT name, n, sum(CASE WHEN i IN ((n + 1) / 2, (n + 2) / 2)"
        " THEN d END) / (2 - n % 2), max(d) FROM rank GROUP BY name, n"
        " ORDER BY name DESC",
        false,
        {{"step", "段階", REPORT_TEXT}, {"pairs", "組み合わせ", REPORT_COUNT},
            {"median", "日数の中央値", REPORT_DAYS},
            {"longest", "最も長い日数", REPORT_DAYS}}},

    {"declined", "辞退の理由", "期間内。",
        "SELECT CASE o.reason_code WHEN '' THEN '理由の記載なし'"
        " ELSE coalesce(p.label_ja, o.reason_code) END, count(*)"
        " FROM outcomes AS o LEFT JOIN phrases AS p"
        " ON p.list = 'decline_reasons' AND p.id = o.reason_code"
        " WHERE o.stage = 'declined' AND NOT " OUTCOME_TAKEN_BACK("o")
        " AND " IN_PERIOD("o.at")
        " GROUP BY o.reason_code ORDER BY count(*) DESC, o.reason_code",
        true,
        {{"reason", "理由", REPORT_TEXT}, {"pairs", "件数", REPORT_COUNT}}},

    {"causes", "充足しない理由", NOTE_RUN,
        "SELECT cause, count(*), sum(units) FROM uncovered_lines"
        " WHERE run_id = ?3 GROUP BY cause ORDER BY count(*) DESC, cause",
        true,
        {{"cause", "理由", REPORT_CAUSE}, {"lines", "行", REPORT_COUNT},
            {"units", "数量", REPORT_COUNT}}},

    {"uncovered", "充足していない募集", NOTE_RUN,
        "SELECT e.id, e.title, o.name, coalesce(r.name_full, ''),"
        " coalesce(k.label_ja, ''), u.units, coalesce(x.unit, ''), u.cause"
        " FROM uncovered_lines AS u CROSS JOIN entries AS e ON e.id = u.need_id"
        " JOIN organisations AS o ON o.id = e.organisation_id"
        " LEFT JOIN regions AS r ON r.code = e.region_code"
        " LEFT JOIN entry_lines AS x ON x.entry_id = u.need_id"
        " AND x.line_no = u.need_line_no"
        " LEFT JOIN resource_kinds AS k ON k.id = x.kind_id"
        " WHERE u.run_id = ?3 ORDER BY u.need_id, u.need_line_no",
        false,
        {{"id", "番号", REPORT_COUNT}, {"title", "募集", REPORT_TEXT},
            {"organisation", "団体", REPORT_TEXT},
            {"region", "所在地", REPORT_TEXT},
            {"kind", "資源の種類", REPORT_TEXT},
            {"units", "足りない数量", REPORT_COUNT},
            {"unit", "単位", REPORT_TEXT}, {"cause", "理由", REPORT_CAUSE}}},

    {"never", "一度も提案されていない資源",
        "末日に承認され、期限も日程も過ぎておらず、期間内のどの計画にも入らなかったもの。",
        "SELECT e.id, e.title, o.name, coalesce(r.name_full, ''),"
        " (SELECT group_concat(label_ja, '、') FROM (SELECT DISTINCT"
        " k.label_ja FROM entry_lines AS x JOIN resource_kinds AS k"
        " ON k.id = x.kind_id WHERE x.entry_id = e.id ORDER BY k.sort)),"
        " e.confirmed_on FROM entries AS e JOIN organisations AS o"
        " ON o.id = e.organisation_id LEFT JOIN regions AS r"
        " ON r.code = e.region_code WHERE e.side = 'offer'"
        " AND e.state = 'approved' AND " CURRENT_SQL("e", "?2")
        " AND NOT EXISTS (SELECT 1 FROM plan_lines AS p JOIN runs AS n"
        " ON n.id = p.run_id WHERE p.offer_id = e.id"
        " AND n.plan_date BETWEEN ?1 AND ?2) ORDER BY e.id",
        false,
        {{"id", "番号", REPORT_COUNT}, {"title", "資源", REPORT_TEXT},
            {"organisation", "団体", REPORT_TEXT},
            {"region", "所在地", REPORT_TEXT},
            {"kinds", "資源の種類", REPORT_TEXT},
            {"confirmed_on", "確認日", REPORT_TEXT}}},

    {"no_venue", "会場のない市町村",
        "承認され、期限も日程も過ぎていない「施設・場所」が一つもない市町村。",
        "SELECT name, area, population FROM (" REPORT_NO_VENUE("?2") ")"
        " ORDER BY sort, code",
        false,
        {{"municipality", "市町村", REPORT_TEXT},
            {"area", "地域圏", REPORT_TEXT},
            {"population", "人口（2020年国勢調査）", REPORT_COUNT}}},
};

const int report_questions_n =
    (int)(sizeof(report_questions) / sizeof(report_questions[0]));
