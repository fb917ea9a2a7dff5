/*
 * option_list.h: the table of option.h, one OPTION(...) per tunable; the
 * order is that of `tsunagari weights list` and of the public page.
 * Included several times on purpose: no include guard.
 */

/* What a fully covered line is worth -------------------------------------- */
OPTION(WORTH_URGENCY_0, "worth_urgency_0", 500000, 0, 100000000, UNIT_POINTS,
    "急がない募集が1件まるごと満たされたときの点",
    "Points for fully covering a need that can wait",
    "いそがない おねがいが ぜんぶ かなったときの 点")
OPTION(WORTH_URGENCY_1, "worth_urgency_1", 1000000, 0, 100000000,
    UNIT_POINTS, "ふつうの募集が1件まるごと満たされたときの点",
    "Points for fully covering an ordinary need",
    "ふつうの おねがいが ぜんぶ かなったときの 点")
OPTION(WORTH_URGENCY_2, "worth_urgency_2", 1600000, 0, 100000000,
    UNIT_POINTS, "急ぐ募集が1件まるごと満たされたときの点",
    "Points for fully covering a pressing need",
    "いそぐ おねがいが ぜんぶ かなったときの 点")
OPTION(WORTH_URGENCY_3, "worth_urgency_3", 2500000, 0, 100000000,
    UNIT_POINTS, "とても急ぐ募集が1件まるごと満たされたときの点",
    "Points for fully covering an urgent need",
    "とても いそぐ おねがいが ぜんぶ かなったときの 点")
OPTION(UNCOVERED_PPM, "uncovered_ppm", 500000, 0, 10000000, UNIT_PPM,
    "満たされない分に引く点（急ぎの点に対する割合）",
    "Points lost for what stays uncovered, as a share of the need's worth",
    "かなわなかったときに ひく 点の わりあい")

/* How well the two fit ----------------------------------------------------- */
OPTION(FIT_KIND_EXACT, "fit_kind_exact", 100000, 0, 100000000, UNIT_POINTS,
    "種類がぴったり同じときに足す点", "Points when the kind is exactly the same",
    "しゅるいが ぴったり おなじとき たす 点")
OPTION(FIT_KIND_BELOW, "fit_kind_below", 50000, 0, 100000000, UNIT_POINTS,
    "求める種類の中の、より細かい種類のときに足す点",
    "Points when the kind is a narrower one below the kind asked for",
    "しゅるいが だいたい おなじとき たす 点")
OPTION(FIT_TARGET, "fit_target", 150000, 0, 100000000, UNIT_POINTS,
    "対象の人が合うときに足す点", "Points when the target groups match",
    "だれの ためかが おなじとき たす 点")
OPTION(FIT_THEME, "fit_theme", 80000, 0, 100000000, UNIT_POINTS,
    "テーマが合うときに足す点（合わなくても外さない）",
    "Points when the themes match (a theme never excludes)",
    "テーマが おなじとき たす 点")
OPTION(FIT_TAG, "fit_tag", 40000, 0, 100000000, UNIT_POINTS,
    "同じタグ1つごとに足す点", "Points for each tag in common",
    "おなじ タグ 1つごとに たす 点")
OPTION(FIT_TAG_COUNT, "fit_tag_count", 3, 0, 20, UNIT_COUNT,
    "点に数えるタグの数の上限", "Most tags that count", "かぞえる タグの かず")

/* Distance ----------------------------------------------------------------- */
OPTION(DISTANCE_PRICE, "distance_price_per_km", 10000, 0, 10000000,
    UNIT_POINTS, "1km離れるごとに引く点", "Points lost per kilometre",
    "1km とおいごとに ひく 点")
OPTION(DISTANCE_CAP, "distance_cap", 400000, 0, 1000000000, UNIT_POINTS,
    "距離で引く点の上限", "Most points lost to distance",
    "とおくても これより おおくは ひかない 点")
OPTION(SOFT_REACH, "soft_reach_km", 30, 0, 3000, UNIT_KM,
    "対応地域の外でも候補にする距離（絶対条件の地域は広げない）",
    "How far outside its regions an entry is still considered (hard limits"
    " never widen)",
    "たいおうする まちの そとでも ここまで さがす")
OPTION(OUTSIDE_PRICE, "outside_price", 50000, 0, 100000000, UNIT_POINTS,
    "対応地域の外のときに引く点", "Points lost outside the stated regions",
    "たいおうする まちの そとのとき ひく 点")

OPTION(TRAVEL_KM, "travel_km_per_unit", 0, 0, 1000, UNIT_KM,
    "人材が出向くとき、この距離ごとに提供できる量をもう1つ使う"
    "（移動の分。0は使わない）",
    "People who come use up one more of what they can give for every so many"
    " kilometres (0: not)",
    "てつだう ひとが とおくへ いくとき、この きょりごとに 1つ おおく つかう"
    "（0は つかわない）")
OPTION(ONLINE_PRICE, "online_price", 200000, 0, 100000000, UNIT_POINTS,
    "来てほしい募集にオンラインだけの資源をあてるときに引く点",
    "Points lost when an online-only offer serves a need that is not online",
    "オンラインだけのとき ひく 点")

/* Continuity, new links, wishes -------------------------------------------- */
OPTION(CONTINUITY, "continuity_bonus", 100000, 0, 100000000, UNIT_POINTS,
    "前回の計画と同じ組み合わせに足す点（案がむやみに変わらないように）",
    "Points for a pair of the previous plan, so that plans stay steady",
    "まえの けいかくと おなじとき たす 点")
OPTION(NEW_LINK, "new_link_bonus", 60000, 0, 100000000, UNIT_POINTS,
    "まだ連携したことのない団体どうしのときに足す点",
    "Points when the two organisations have not worked together yet",
    "はじめて いっしょに する だんたいのとき たす 点")
OPTION(WISH, "wish_bonus", 120000, 0, 100000000, UNIT_POINTS,
    "希望する連携相手のときに足す点（1回だけ）",
    "Points when one side names the other as a wished partner (once)",
    "いっしょに したい あいてのとき たす 点")

/* Freshness ---------------------------------------------------------------- */
OPTION(FRESHNESS_DAYS, "freshness_days", 180, 0, 36500, UNIT_DAYS,
    "確認日からこの日数を過ぎると点を引き始める",
    "Days after the confirmation date when points begin to be lost",
    "たしかめた 日から この 日すうが すぎると 点を ひく")
OPTION(STALE_DAYS, "stale_days", 365, 1, 36500, UNIT_DAYS,
    "確認日からこの日数を過ぎると載せない",
    "Days after the confirmation date when an entry is no longer shown",
    "たしかめた 日から この 日すうが すぎると のせない")
OPTION(FRESHNESS_PRICE, "freshness_price", 200000, 0, 100000000, UNIT_POINTS,
    "載せない日数の直前に引く点（それまで少しずつ増える）",
    "Points lost just before an entry is hidden, growing until then",
    "たしかめて いない 日が ながいとき ひく 点")

/* Money -------------------------------------------------------------------- */
OPTION(COST_PRICE, "cost_price_per_1000_yen", 3000, 0, 10000000, UNIT_POINTS,
    "費用1,000円ごとに引く点", "Points lost per 1,000 yen of cost",
    "おかねが 1,000円 かかるごとに ひく 点")
OPTION(COST_CAP, "cost_cap", 3000000, 0, 100000000, UNIT_POINTS,
    "費用で引く点の上限（使える費用は予算が決める）",
    "Most points lost to cost (budgets say what may be spent)",
    "おかねが かかっても これより おおくは ひかない 点")
OPTION(PROGRAMME_BUDGET, "programme_budget_yen", 300000, -1, 1000000000000,
    UNIT_YEN, "事業全体で使える費用の上限（-1は上限なし）",
    "What the whole programme may spend (-1: no limit)",
    "ぜんぶで つかえる おかね")

/* Limits and rules, each of which can be left out ------------------------- */
OPTION(USE_NEED_BUDGETS, "use_need_budgets", 1, 0, 1, UNIT_SWITCH,
    "募集ごとの予算を守る",
    "Keep each need's own budget",
    "おねがいごとの おかねを まもる")
OPTION(USE_PARTNER_LIMITS, "use_partner_limits", 1, 0, 1, UNIT_SWITCH,
    "募集ごとの連携相手の数の上限を守る",
    "Keep each need's most partner organisations",
    "いっしょに する だんたいの かずを まもる")
OPTION(USE_NEED_LIMITS, "use_need_limits", 1, 0, 1, UNIT_SWITCH,
    "資源ごとの受けられる募集の数の上限を守る",
    "Keep each offer's most needs served",
    "うけられる おねがいの かずを まもる")
OPTION(USE_MIN_LOTS, "use_min_lots", 1, 0, 1, UNIT_SWITCH,
    "資源の最小の量と一括を守る",
    "Keep the least lots of offers, and those given only as a whole",
    "すくなすぎる わけかたを しない")
OPTION(USE_WHOLE_LINES, "use_whole_lines", 1, 0, 1, UNIT_SWITCH,
    "一括の募集を分けない",
    "Keep needs whole that are asked for as a whole",
    "わけられない おねがいを わけない")
OPTION(USE_HARD_REGIONS, "use_hard_regions", 1, 0, 1, UNIT_SWITCH,
    "地域の絶対条件を守る",
    "Keep regions that are stated as a hard limit",
    "かならず この まち という きまりを まもる")
OPTION(USE_AUDIENCE, "use_audience", 1, 0, 1, UNIT_SWITCH,
    "対象の人が合うものだけを候補にする",
    "Only pairs whose target groups meet",
    "だれの ためかが あうものだけ")
OPTION(USE_DATES, "use_dates", 1, 0, 1, UNIT_SWITCH,
    "日にちと曜日が合うものだけを候補にする",
    "Only pairs that have a day and a weekday in common",
    "ひにちと ようびが あうものだけ")
OPTION(USE_TIMES, "use_times", 1, 0, 1, UNIT_SWITCH,
    "時間帯が合うものだけを候補にする",
    "Only pairs whose hours meet",
    "じかんが あうものだけ")
OPTION(USE_PEOPLE, "use_people", 1, 0, 1, UNIT_SWITCH,
    "人数が合うものだけを候補にする",
    "Only pairs whose numbers of people meet",
    "にんずうが あうものだけ")

/* Fairness ----------------------------------------------------------------- */
OPTION(FLOOR_REGION_PPM, "floor_region_ppm", 300000, 0, 1000000, UNIT_PPM,
    "どの市町村でも満たしたい募集の割合",
    "Share of the needs of each municipality that should be covered",
    "どの まちでも かなえたい おねがいの わりあい")
OPTION(FLOOR_REGION_PRICE, "floor_region_price", 300000, 0, 100000000,
    UNIT_POINTS, "市町村の割合に募集1件分届かないごとに引く点",
    "Points lost per whole need missing from a municipality's share",
    "まちの わりあいに とどかないとき ひく 点")
OPTION(FLOOR_SECTOR_PPM, "floor_sector_ppm", 300000, 0, 1000000, UNIT_PPM,
    "どの分野の団体でも満たしたい募集の割合",
    "Share of the needs of each sector that should be covered",
    "どの ぶんやでも かなえたい おねがいの わりあい")
OPTION(FLOOR_SECTOR_PRICE, "floor_sector_price", 300000, 0, 100000000,
    UNIT_POINTS, "分野の割合に募集1件分届かないごとに引く点",
    "Points lost per whole need missing from a sector's share",
    "ぶんやの わりあいに とどかないとき ひく 点")

/* First things first ------------------------------------------------------- */
OPTION(TIER_URGENCY, "tier_urgency", 0, 0, 3, UNIT_COUNT,
    "この急ぎ以上の募集を、何よりも先にできるだけ満たす（0は使わない）",
    "Needs of at least this urgency are covered as far as possible before"
    " anything else counts (0: not)",
    "とても いそぐ おねがいを さきに かなえる（0は つかわない）")

/* Public demand: residents of a region looking for places and activities --- */
OPTION(PUBLIC_WORTH, "public_worth", 400000, 0, 100000000, UNIT_POINTS,
    "ある地域の住民の関心1つがまるごと満たされたときの点",
    "Points for fully covering one interest of a region's residents",
    "まちの ひとの さがしものが ぜんぶ みつかったときの 点")
OPTION(EXPOSURE_CAP, "exposure_cap_percent", 100, 0, 1000, UNIT_PERCENT,
    "1か所に案内する人数の上限（定員に対する割合、混みすぎを防ぐ。"
    "0は上限なし）",
    "Most people sent to one place, in percent of its capacity (0: no limit)",
    "1つの ばしょに あんないする にんずうの わりあい（0は きまりなし）")
OPTION(PUBLIC_REACH, "public_reach_km", 0, 0, 300, UNIT_KM,
    "対応地域の外の住民にも案内する距離（0は対応地域の中だけ）",
    "How far outside its regions a place is counted for residents (0: not)",
    "まちの そとの ひとにも あんないする きょり")
OPTION(SMALL_OFFERS, "small_offers", 2, 0, 1000, UNIT_COUNT,
    "公開の資源がこの数以下の団体を小さな団体とみる",
    "An organisation with at most this many open offers counts as small",
    "ちいさい だんたいと かんがえる かず")
OPTION(NEW_DAYS, "new_days", 180, 0, 36500, UNIT_DAYS,
    "最初の登録からこの日数までを新しい団体とみる",
    "Days since its first entry in which an organisation counts as new",
    "あたらしい だんたいと かんがえる 日すう")
OPTION(SMALL_BONUS, "small_bonus", 60000, 0, 100000000, UNIT_POINTS,
    "小さな団体・新しい団体の資源に足す点（見つけてもらえるように）",
    "Points for small and new organisations, so that they are seen",
    "ちいさい・あたらしい だんたいに たす 点")

/* Runners-up and the solver: for staff ------------------------------------- */
OPTION(ALTERNATIVES, "alternatives", 3, 0, 20, UNIT_COUNT,
    "提案1件ごとに残す次の候補の数", "Runners-up kept per need line", NULL)
OPTION(BLOCKS, "blocks", 10, 0, 100, UNIT_COUNT,
    "満たされない募集ごとに残す「惜しい候補」の数",
    "Near candidates kept per uncovered line", NULL)
OPTION(LOSS_SOLVES, "loss_solves", 300, 0, 1000000, UNIT_COUNT,
    "次の候補の損失を解き直す回数の上限（超えた分は損失なしで残す）",
    "Most re-solves for the loss of runners-up (later ones have no loss)",
    NULL)
OPTION(LOSS_TIME, "loss_time_s", 20, 0, 86400, UNIT_SECONDS,
    "次の候補の損失を解き直す時間の上限（0は上限なし、超えた分は損失なし）",
    "Time limit of those re-solves (0: none; later ones have no loss)", NULL)
OPTION(TIME_LIMIT, "time_limit_s", 60, 0, 86400, UNIT_SECONDS,
    "最適化の時間の上限（0は上限なし）",
    "Time limit of the optimisation (0: none)", NULL)
OPTION(GAP_PPM, "gap_ppm", 0, 0, 1000000, UNIT_PPM,
    "最適とみなす差（0は最後まで証明する）",
    "Gap at which a plan counts as optimal (0: prove to the end)", NULL)
OPTION(WHATIF_GAP_PPM, "whatif_gap_ppm", 5000, 0, 1000000, UNIT_PPM,
    "試算（simulate）で、最適との差がこれ以下なら終える",
    "Gap at which a what-if is good enough", NULL)
OPTION(WHATIF_TIME, "whatif_time_s", 10, 0, 86400, UNIT_SECONDS,
    "試算（simulate）の時間の上限（0は上限なし）",
    "Time limit of a what-if (0: none)", NULL)
