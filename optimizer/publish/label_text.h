/*
 * label_text.h: every word of the interface, in three languages.
 *
 * Meaning   FIXED(NAME, ja, easy, en) are those the module asks for by
 *           SNAP_LABEL_NAME; OWN(NAME, ...) belong to the fragments and
 *           templates and are numbered behind them as LABEL_NAME.  A template
 *           writes {{label:NAME}}.
 *           easy is やさしい日本語: short sentences, kana, spaces between words.
 * Source    our own.  Included several times on purpose: no include guard.
 */
#ifndef FIXED
#define FIXED(name, ja, easy, en)
#endif
#ifndef OWN
#define OWN(name, ja, easy, en)
#endif

/* The module's ---------------------------------------------------------- */
FIXED(SITE, "つながりさがし", "つながり さがし", "Tsunagari Finder")
FIXED(RESOURCES, "場所・活動", "ばしょ・かつどう", "Places and activities")
FIXED(NEEDS, "募集", "さがしている もの", "Wanted")
FIXED(SEARCH, "さがす", "さがす", "Search")
FIXED(HITS, "件", "けん", "found")
FIXED(PAGE, "ページ", "ページ", "pages")
FIXED(PREV, "前へ", "まえ", "Previous")
FIXED(NEXT, "次へ", "つぎ", "Next")
FIXED(ALL_REGIONS, "県内すべて", "けんの ぜんぶ", "The whole prefecture")
FIXED(ALL_KINDS, "すべての種類", "ぜんぶの しゅるい", "All kinds")
FIXED(REMOVE, "はずす", "やめる", "remove")
FIXED(WIDENED, "見つからなかったので、範囲を広げてさがしました：",
    "みつかりませんでした。ひろげて さがしました：",
    "Nothing was found there, so the search was widened to: ")
FIXED(WIDE_NEIGHBOURS, "となりの市区町村", "となりの まち",
    "neighbouring municipalities")
FIXED(WIDE_AREA, "同じ地域圏", "ちかくの まち", "the same area")
FIXED(WIDE_PREFECTURE, "県内すべて", "けんの ぜんぶ", "the whole prefecture")
FIXED(WIDE_ONLINE, "オンライン", "インターネット", "online")
FIXED(NEAR, "近くの地域でさがす", "ちかくの まちで さがす",
    "Search nearby")
FIXED(NOTHING, "条件に合うものは見つかりませんでした",
    "みつかりませんでした", "Nothing was found")
FIXED(SUGGESTIONS, "連携の提案", "いっしょに できる あいて",
    "Suggested partners")
FIXED(ABOUT_ORDER, "並び順の決め方", "ならべかたの きまり",
    "How the order is made")
FIXED(ERROR_400, "さがす条件を読み取れませんでした",
    "さがしかたが わかりませんでした",
    "The search could not be understood")
FIXED(ERROR_404, "ページが見つかりません", "ページが ありません",
    "Page not found")
FIXED(LANG_NAME, "日本語", "やさしい日本語", "English")
FIXED(MORE, "もっと見る", "もっと みる", "Show more")
FIXED(WIDE_TEXT, "地域を問わず", "どの まちでも", "any region")
FIXED(FREE_ONLY, "無料のみ", "おかねが いらない もの", "Free of charge only")
FIXED(PLAN_DATE, "並び順の計画日", "ならべかたを きめた ひ",
    "Date of the plan")
FIXED(DETAIL, "くわしく見る", "くわしく みる", "Details")
FIXED(SEARCH_TITLE, "場所と活動をさがす", "ばしょと かつどうを さがす",
    "Find places and activities")
FIXED(SORT, "並び順", "ならべかた", "Order")
FIXED(SORT_PLAN, "計画の順", "きまりの じゅん", "By the plan")
FIXED(SORT_NEW, "確認日の新しい順", "あたらしい もの", "Newest first")
FIXED(SORT_COST, "費用の安い順", "やすい もの", "Cheapest first")
FIXED(SORT_NEAR, "近い順", "ちかい もの", "Nearest first")
FIXED(ORGANIZATIONS, "構成員・団体", "だんたい", "Organisations")
FIXED(CASES, "事例", "これまでの かつどう", "Cases")
FIXED(VIEW_TABLE, "表で見る・印刷する", "ひょうで みる", "As a table, to print")
FIXED(VIEW_CARDS, "カードで見る", "カードで みる", "As cards")
FIXED(SEARCH_LEAD,
    "お住まいの地域で、行ける場所、参加できる活動、使える資源をさがせます。"
    "登録はいりません。",
    "ちかくの ばしょや かつどうを さがせます。だれでも つかえます。",
    "Find places to go, activities to join and resources to use near your"
    " home. No registration is needed.")
FIXED(FACET_REGION, "地域", "まち", "Region")
FIXED(FACET_KIND, "種類", "しゅるい", "Kind")
FIXED(FACET_TARGET, "対象", "だれの ため", "For whom")
FIXED(FACET_THEME, "テーマ", "テーマ", "Theme")
FIXED(FACET_TAG, "興味・タグ", "すきな こと", "Interests")
FIXED(FACET_SECTOR, "団体の分野", "だんたいの ぶんや", "Sector")
FIXED(FACET_FREE, "費用", "おかね", "Cost")
FIXED(FACET_REACH, "広い対応", "ひろい たいおう", "Wider reach")

/* Of rows and details ---------------------------------------------------- */
OWN(WHEN, "いつ", "いつ", "When")
OWN(WHERE, "どこ", "どこ", "Where")
OWN(COST, "費用", "おかね", "Cost")
OWN(PEOPLE, "定員", "なんにん", "Capacity")
OWN(CONTACT, "連絡先", "でんわ・メール", "Contact")
OWN(CONFIRMED, "確認日", "たしかめた ひ", "Confirmed on")
OWN(TARGET_TEXT, "対象の方", "だれが つかえる？", "Who it is for")
OWN(ORGANISATION, "実施団体", "だんたい", "Organisation")
OWN(COVERAGE, "対応地域", "つかえる まち", "Regions served")
OWN(DURATION, "所要時間", "かかる じかん", "Duration")
OWN(OFFERS, "提供できるもの", "だせる もの", "What is offered")
OWN(WANTED, "求めているもの", "ほしい もの", "What is wanted")
OWN(OWN_TEXT, "自前で用意できるもの", "じぶんで よういできる もの",
    "What we bring ourselves")
OWN(WANTED_TEXT, "連携相手に求めるもの", "あいてに おねがいしたい もの",
    "What we hope for from a partner")
OWN(ACCESS, "アクセス・バリアフリー", "いきかた・バリアフリー",
    "Access and accessibility")
OWN(WEB, "ウェブサイト", "ホームページ", "Web site")
OWN(ADDRESS, "住所", "じゅうしょ", "Address")
OWN(EXPIRES, "掲載期限", "いつまで", "Listed until")
OWN(SOURCE, "出典", "どこからの じょうほう", "Source")
OWN(TAGS, "興味・タグ", "すきな こと", "Interests")
OWN(NOT_STATED, "記載なし", "かいて ありません", "Not stated")
OWN(FREE, "無料", "おかねは いりません", "Free of charge")
OWN(NEGOTIABLE, "（要相談）", "（そうだんして ください）", " (to be agreed)")
OWN(YEN, "円", "円", " yen")
OWN(FROM_YEN, "円から", "円から", " yen or more")
OWN(UP_TO, "〜", "〜", "–")
OWN(PER_SESSION, "1回", "1かい", "per session: ")
OWN(PER_PERSON, "1人", "ひとり", "per person: ")
OWN(PER_HOUR, "1時間", "1じかん", "per hour: ")
OWN(PER_MONTH, "1か月", "1かげつ", "per month: ")
OWN(TOTAL, "全部で", "ぜんぶで", "in total: ")
OWN(PERSONS, "名", "にん", " people")
OWN(FROM_PERSONS, "名から", "にんから", " people or more")
OWN(MINUTES, "分", "ぷん", " minutes")
OWN(REACH_PREFECTURE, "県内全域", "けんの ぜんぶの まち",
    "The whole prefecture")
OWN(REACH_ONLINE, "オンライン", "インターネット", "Online")
OWN(EXAMPLE, "例", "れい", "Example")
OWN(EXAMPLE_NOTE, "これは説明のための例です。実在の団体・募集ではありません。",
    "これは れいです。ほんとうの だんたいでは ありません。",
    "This is an example. The organisation does not exist.")
OWN(YEAR, "年", "年", "-")
OWN(MONTH, "月", "月", "-")
OWN(DAY, "日", "日", "")
OWN(PAD, "", "", "0")
OWN(MONDAY, "月", "げつようび", "Mon")
OWN(TUESDAY, "火", "かようび", "Tue")
OWN(WEDNESDAY, "水", "すいようび", "Wed")
OWN(THURSDAY, "木", "もくようび", "Thu")
OWN(FRIDAY, "金", "きんようび", "Fri")
OWN(SATURDAY, "土", "どようび", "Sat")
OWN(SUNDAY, "日", "にちようび", "Sun")
OWN(EVERY, "毎週", "まいしゅう", "Every")
OWN(EVERY_MONTH, "毎月", "まいつき", "Monthly:")
OWN(FIRST_WEEK, "第1", "1ばんめの", "1st")
OWN(SECOND_WEEK, "第2", "2ばんめの", "2nd")
OWN(THIRD_WEEK, "第3", "3ばんめの", "3rd")
OWN(FOURTH_WEEK, "第4", "4ばんめの", "4th")
OWN(FIFTH_WEEK, "第5", "5ばんめの", "5th")
OWN(WHOLE_MONDAY, "月曜", "げつようび", "Monday")
OWN(WHOLE_TUESDAY, "火曜", "かようび", "Tuesday")
OWN(WHOLE_WEDNESDAY, "水曜", "すいようび", "Wednesday")
OWN(WHOLE_THURSDAY, "木曜", "もくようび", "Thursday")
OWN(WHOLE_FRIDAY, "金曜", "きんようび", "Friday")
OWN(WHOLE_SATURDAY, "土曜", "どようび", "Saturday")
OWN(WHOLE_SUNDAY, "日曜", "にちようび", "Sunday")
OWN(PARTNERS, "連携した団体", "いっしょに した だんたい", "Together with")
OWN(PER_DAY, "（曜日ごと）", "（どの ようびも おなじ かず）",
    " (on each of its weekdays)")
OWN(LIST_COMMA, "・", "・", ", ")

/* Columns of the table: those of 福岡市NPO出前講座一覧 ----------------------- */
OWN(COL_NUMBER, "番号", "ばんごう", "No.")
OWN(COL_FIELD, "分野", "しゅるい", "Field")
OWN(COL_TITLE, "講座名・名称", "なまえ", "Title")
OWN(COL_SUMMARY, "講座概要・内容", "どんな こと", "Summary")
OWN(COL_TARGET, "対象", "だれの ため", "For whom")
OWN(COL_PEOPLE, "人数", "なんにん", "People")
OWN(COL_TIME, "時間", "どのくらいの じかん", "Duration")
OWN(COL_WANTED, "準備が必要なもの", "よういする もの", "What must be prepared")
OWN(COL_COST, "費用", "おかね", "Cost")

/* Of organisations and cases ---------------------------------------------- */
OWN(MEMBER, "構成員", "なかまの だんたい", "Member")
OWN(ACTIVITIES, "活動", "かつどう", "Activities")
OWN(THEIR_NEEDS, "課題（求めていること）", "さがして いる こと",
    "What they look for")
OWN(THEIR_RESOURCES, "資源（提供できること）", "だせる もの",
    "What they offer")
OWN(NONE_LISTED, "いま載せているものはありません。", "いまは ありません。",
    "Nothing is listed at present.")
OWN(CORPORATE_NUMBER, "法人番号", "ほうじん ばんごう", "Corporate number")
OWN(ONGOING, "活動中", "いま やって います", "Going on")
OWN(CASE_NOTE, "これまでの取り組みを学ぶための事例です。いまの募集ではありません。",
    "まえに した ことの れいです。いまは つかえません。",
    "What was done, to learn from. It is not open at present.")
OWN(CASE_RESOURCE, "いま利用できる場所・活動として見る",
    "いま つかえる ばしょ・かつどう", "See it as a place or activity to use")

/* Of suggestions --------------------------------------------------------- */
OWN(CHOSEN, "計画の提案", "けいかくで えらんだ あいて", "In the plan")
OWN(RUNNER_UP, "次の候補", "つぎの あいて", "Runner-up")
OWN(UNITS, "数量", "かず", "Amount")
OWN(PLAN_COST, "見込み費用", "おかね", "Expected cost")
OWN(DISTANCE, "距離", "きょり", "Distance")
OWN(REASONS, "理由", "わけ", "Reasons")
OWN(SCORE, "点", "点", " points")
OWN(KM, "km", "km", " km")
OWN(SUGGESTIONS_LEAD,
    "募集に合う相手を、計画が選んだ順に並べています。提案は出発点です。"
    "お願いするかどうかは、話し合って決めてください。",
    "いっしょに できる あいてを ならべました。きめるのは みなさんです。",
    "Partners that fit a need, in the order of the plan. A suggestion is a"
    " starting point: the people concerned decide.")
OWN(SUGGESTIONS_NONE,
    "この募集への提案は、まだありません。事務局が相手をさがしています。",
    "まだ ありません。さがして います。",
    "There is no suggestion for this need yet. The office is looking.")
OWN(CHOOSE_NEED, "募集をえらぶ", "えらんで ください", "Choose a need")
OWN(SHOW, "見る", "みる", "Show")

/* Of pages --------------------------------------------------------------- */
OWN(SKIP, "本文へ", "ほんぶんへ", "Skip to content")
OWN(LANGUAGES, "表示することば", "ことば", "Language")
OWN(MENU, "メニュー", "メニュー", "Menu")
OWN(HOME, "はじめのページ", "はじめの ページ", "Start page")
OWN(Q, "ことば", "ことば", "Words")
OWN(Q_HINT, "例：料理、囲碁、居場所", "れい：りょうり、うた",
    "e.g. cooking, tea, 居場所 (a place to be); texts are in Japanese")
OWN(REGION_HEADING, "地域からさがす", "まちから さがす", "By region")
OWN(KIND_HEADING, "種類からさがす", "しゅるいから さがす", "By kind")
OWN(TAG_HEADING, "興味からさがす", "すきな ことから さがす",
    "By interest")
OWN(RESULTS, "さがした結果", "みつかった もの", "Results")
OWN(FILTERS, "条件をしぼる", "もっと えらぶ", "Narrow down")
OWN(CHANGE_SEARCH, "条件をかえてさがす", "もういちど さがす",
    "Change the search")
OWN(BACK_TO_LIST, "一覧へもどる", "いちらんへ", "Back to the list")
OWN(NOTHING_TIPS,
    "ことばを短くする、地域を広げる、条件を一つはずす、のどれかを"
    "お試しください。",
    "ことばを みじかく してください。まちを かえて ください。",
    "Try a shorter word, a wider region, or fewer conditions.")
OWN(NOTHING_CALL,
    "見つからないときは、お住まいの市区町村の窓口でもご相談いただけます。",
    "わからないときは、しやくしょ・くやくしょで きいて ください。",
    "If you cannot find what you need, your city or ward office can help.")
OWN(FOOT_ORDER,
    "並び順は毎晩の計画で決まります。見られた回数は使いません。",
    "ならべかたは まいばん きめます。なんかい みられたかは"
    " つかいません。",
    "The order comes from a plan made every night. Clicks play no role.")
OWN(GENERATION, "版", "ばん", "Version")
OWN(RUN, "計画番号", "けいかくの ばんごう", "Plan number")
OWN(ERROR_BACK, "はじめのページからさがす", "はじめの ページへ",
    "Search from the start page")

/* About the order -------------------------------------------------------- */
OWN(ORDER_LEAD,
    "どの場所や活動を先に見せるかは、毎晩つくる一つの計画で決まります。"
    "計画は、決まった式の点数の合計がいちばん大きくなるように選ばれ、"
    "別の方法でもう一度確かめてから公開されます。",
    "なにを さきに みせるかは、まいばん つくる けいかくで きまります。"
    "てんすうが いちばん おおきく なるように きめます。",
    "What is shown first is decided by one plan made every night. It is"
    " the plan with the greatest total of points, and it is checked a"
    " second time by other means before it is published.")
OWN(ORDER_HOW, "どのように決まるか", "きめかた", "How it is decided")
OWN(ORDER_STEP_1,
    "地域のページでは、計画がその地域の住民に案内するとした場所や活動が"
    "先に並びます。定員を超えて案内しないので、一か所に集中しません。",
    "まちの ページでは、けいかくが えらんだ ものが さきに ならびます。"
    "ひとつの ばしょに あつまりすぎない ように します。",
    "On a region's page, what the plan assigns to its residents comes"
    " first. Nothing is assigned beyond its capacity, so that no place is"
    " swamped.")
OWN(ORDER_STEP_2, "そのあとは、近いもの、よく合うもの、確認日の新しいものの順です。",
    "つぎに、ちかい もの、あたらしい じょうほうの ものが ならびます。",
    "Then come what is nearer, what fits better, and what was confirmed"
    " more recently.")
OWN(ORDER_STEP_3,
    "地域を選ばないときは、計画が案内する人数の多いものから並びます。",
    "まちを えらばない ときは、おおくの ひとに あんないする ものが"
    " さきです。",
    "Without a region, what the plan assigns to the most people comes"
    " first.")
OWN(ORDER_CLICKS_TITLE, "使わないもの", "つかわない もの",
    "What plays no role")
OWN(ORDER_CLICKS,
    "クリックや閲覧の回数、広告、謝礼は、並び順に一切使いません。"
    "見る人を識別したり、記録したりもしません。"
    "断られたことも、点を下げる理由にしません。",
    "なんかい みられたか、こうこく、おかねは つかいません。"
    "だれが みたかも きろくしません。",
    "Clicks, views, advertising and payments play no role at all. Visitors"
    " are not identified or recorded. A declined suggestion costs no"
    " points.")
OWN(ORDER_WEIGHTS, "いまの重み", "いまの てんすう", "The weights in use")
OWN(ORDER_WEIGHTS_LEAD,
    "計画番号と計画日の計画で、実際に使った値です。",
    "この けいかくで つかった てんすうです。",
    "These are the values that the present plan was made with.")
OWN(ORDER_NAME, "意味", "なにの てんすう", "Meaning")
OWN(ORDER_VALUE, "値", "てんすう", "Value")
OWN(DEMAND_PAGE, "このページについて", "この ページ", "About this page")

#undef FIXED
#undef OWN
