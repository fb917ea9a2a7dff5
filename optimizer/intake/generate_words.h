/*
 * generate_words.h: what made-up entries are made of (generate.c).
 *
 * Meaning   an activity names its kind, activity kind, targets, theme and
 *           tags by the ids of schema/data/vocab, lists with '|'; the first
 *           sentence says what it is.  Everything here was written for this
 *           purpose; tests/unit/test_generate.c checks the ids.
 */
#ifndef TSUNAGARI_GENERATE_WORDS_H
#define TSUNAGARI_GENERATE_WORDS_H

struct generate_activity {
    const char *name, *sentence, *unit;
    const char *kind, *activity, *targets, *theme, *tags;
    int people;     /* usual number of units */
    int for_public; /* open to residents */
};

static const struct generate_activity generate_activities[] = {
    {"こども食堂", "栄養のある温かい夕食を、子どもも大人も一緒に囲みます。", "食",
        "goods_food", "ibasho_activity", "children|parents",
        "theme2_local_debut", "食事|子ども|放課後", 40, 1},
    {"みんなの食堂", "世代を問わず、一緒に作って一緒に食べる場です。", "食",
        "goods_food", "ibasho_activity", "everyone", "theme2_local_debut",
        "食事|料理|多世代", 30, 1},
    {"フードパントリー", "家庭や店舗で余った食品を、必要とする方へお渡しします。", "世帯",
        "goods_food", "sharing", "parents|single_households",
        "theme2_social_debut", "食品|おすそ分け", 60, 1},
    {"おしゃべりカフェ", "お茶を飲みながら、気軽に話せる時間です。", "人",
        "ibasho_exchange", "ibasho_activity", "everyone|older_people",
        "theme2_local_debut", "カフェ|おしゃべり|お茶", 15, 1},
    {"傾聴サロン", "研修を受けた聞き手が、ゆっくりお話を伺います。", "人",
        "consultation", "support_programme", "older_people|single_households",
        "theme1_movement", "傾聴|相談", 8, 1},
    {"よろず相談会", "暮らしの困りごとを、専門の相談員が一緒に整理します。", "人",
        "consultation", "support_programme", "everyone", "theme1_movement",
        "相談|暮らし|法律", 12, 1},
    {"学習支援教室", "学生や退職した先生が、宿題と予習を手伝います。", "人",
        "ibasho_support", "support_programme",
        "elementary_pupils|junior_high_students", "theme2_lifelong_learning",
        "学習|宿題|放課後", 20, 1},
    {"若者の居場所", "漫画やゲームもある、何もしなくてよい場所です。", "人",
        "ibasho_support", "ibasho_activity", "young_people|high_school_students",
        "theme2_social_debut", "ゲーム|漫画|フリースペース", 15, 1},
    {"子育てひろば", "親子で遊びながら、保育士に育児の相談ができます。", "組",
        "ibasho", "ibasho_activity", "parents|children", "theme2_local_debut",
        "子育て|親子|絵本", 20, 1},
    {"親の会", "同じ悩みを持つ親どうしが、体験を分かち合います。", "人",
        "ibasho_exchange", "exchange_meeting", "parents", "theme1_movement",
        "子育て|分かち合い", 12, 1},
    {"健康体操教室", "椅子に座ったままでもできる体操で、体をほぐします。", "人",
        "knowhow_activity", "ibasho_activity", "older_people",
        "theme2_sports", "体操|健康|介護予防", 25, 1},
    {"朝の散歩会", "川沿いや公園を、会話を楽しみながら歩きます。", "人",
        "knowhow_activity", "ibasho_activity", "everyone|retirees",
        "theme2_sports", "散歩|ウォーキング|自然", 20, 1},
    {"ボッチャ体験会", "年齢や障がいの有無にかかわらず楽しめる競技です。", "人",
        "knowhow_experience", "ibasho_activity", "disabled_people|everyone",
        "theme2_sports", "スポーツ|ボッチャ|バリアフリー", 24, 1},
    {"園芸クラブ", "花壇の手入れと野菜づくりを、みんなで進めます。", "人",
        "knowhow_experience", "ibasho_activity", "retirees|disabled_people",
        "theme2_local_debut", "園芸|野菜|農園", 15, 1},
    {"手芸の会", "編み物や布小物を作り、作品を施設へ贈ります。", "人",
        "knowhow_experience", "ibasho_activity", "older_people|local_adults",
        "theme2_culture", "手芸|編み物|ものづくり", 12, 1},
    {"囲碁・将棋の会", "初めての方にも、駒の動かし方から教えます。", "人",
        "ibasho_exchange", "ibasho_activity", "older_people|elementary_pupils",
        "theme2_culture", "囲碁|将棋|多世代", 20, 1},
    {"歌声サロン", "懐かしい歌を、生のピアノに合わせて歌います。", "人",
        "ibasho_exchange", "ibasho_activity", "older_people|disabled_people",
        "theme2_culture", "音楽|歌|ピアノ", 30, 1},
    {"映画の会", "短い映画を見て、感想を話し合います。", "人", "ibasho_exchange",
        "ibasho_activity", "single_households|everyone", "theme2_culture",
        "映画|文化", 30, 1},
    {"スマホ教室", "電話のかけ方から地図の見方まで、一対一で教えます。", "人",
        "lecture", "training", "older_people", "theme2_lifelong_learning",
        "スマホ|デジタル|やさしい", 10, 1},
    {"日本語教室", "生活で使う日本語を、会話を中心に学びます。", "人", "lecture",
        "training", "foreign_residents", "theme2_lifelong_learning",
        "日本語|外国語|多文化", 15, 1},
    {"防災講座", "地図を囲んで、近所の避難の道を確かめます。", "人", "lecture",
        "forum", "everyone|local_adults", "theme2_lifelong_learning",
        "防災|地図|近所", 40, 1},
    {"オンライン茶話会", "自宅から画面ごしに参加でき、顔を出さなくても構いません。", "人",
        "digital_service", "exchange_meeting", "young_people|working_age",
        "theme2_online_community", "オンライン|おしゃべり", 20, 1},
    {"見守りアプリ", "毎日一度の合図を、家族や地域の見守り役に届けます。", "人",
        "digital_service", "scheme", "single_households|older_people",
        "theme2_online_community", "アプリ|見守り|オンライン", 100, 1},
    {"ボランティア入門講座", "半日の座学と一日の体験で、活動の始め方を学びます。", "人",
        "people_volunteer", "training", "volunteers|retirees",
        "theme2_volunteer", "ボランティア|入門", 20, 1},
    {"つながりサポーター養成講座", "身近な人の変化に気づき、声をかける練習をします。", "人",
        "lecture_training", "training", "volunteers|local_adults",
        "theme1_supporters", "養成|ボランティア|研修", 30, 1},
    {"就労体験", "短い時間から、職場の仕事を試すことができます。", "人",
        "knowhow_work", "support_programme", "young_people|disabled_people",
        "theme2_work_experience", "就労|体験|仕事", 4, 0},
    {"出前講座", "講師が学校や公民館へ出向き、九十分の講座をします。", "回",
        "lecture_visiting", "visiting_lecture",
        "elementary_pupils|supporters", "theme1_movement",
        "出前講座|学校|講師", 10, 0},
    {"会議室の貸し出し", "平日の昼間に使っていない会議室を、無料でお貸しします。", "回",
        "venue_idle", "sharing", "supporters|npo_staff", "theme2_event",
        "会場|会議室", 20, 0},
    {"店舗スペースの提供", "定休日の店内を、集まりの会場に使っていただけます。", "回",
        "venue_shop", "sharing", "supporters|future_ibasho_hosts",
        "theme2_event", "会場|店舗|カフェ", 8, 0},
    {"公民館ホールの利用枠", "地域の集まりに、ホールの枠を優先して取ります。", "回",
        "venue_community_hall", "sharing", "supporters", "theme2_event",
        "会場|公民館", 12, 0},
    {"機材の貸し出し", "映写機、スクリーン、マイクを一式でお貸しします。", "台",
        "equip_projector", "sharing", "supporters|npo_staff",
        "theme2_event", "機材|貸し出し", 6, 0},
    {"中古パソコンの寄贈", "点検と初期設定を済ませたパソコンをお渡しします。", "台",
        "goods_digital", "sharing", "npo_staff|children",
        "theme2_online_community", "パソコン|デジタル|寄贈", 10, 0},
    {"学用品のおさがり", "名札を外し、洗って整えた学用品をお譲りします。", "点",
        "goods_school", "sharing", "parents|elementary_pupils",
        "theme2_social_debut", "学用品|おさがり|おすそ分け", 50, 0},
    {"日用品のおすそ分け", "倉庫にある日用品を、団体の活動に役立てていただきます。", "箱",
        "goods_daily", "sharing", "npo_staff|supporters",
        "theme2_social_debut", "日用品|おすそ分け", 40, 0},
    {"広報誌での紹介", "毎月全戸に配る広報誌で、活動を紹介します。", "回",
        "publicity_print", "publicity_activity", "supporters",
        "theme1_movement", "広報|チラシ", 6, 0},
    {"ホームページづくりの手伝い", "写真の撮り方から、更新の続け方まで手伝います。", "回",
        "publicity_web", "accompaniment", "npo_staff", "theme1_movement",
        "広報|ウェブ|写真", 8, 0},
    {"コーディネーターの派遣", "団体と地域の間に立つ経験者が、立ち上げを支えます。", "時間",
        "people_coordinator", "accompaniment", "future_ibasho_hosts",
        "theme2_local_debut", "伴走|立ち上げ", 30, 0},
    {"講師の紹介", "料理、運動、法律など、各分野の講師をご紹介します。", "人",
        "people_lecturer", "networking", "supporters|npo_staff",
        "theme2_lifelong_learning", "講師|紹介", 10, 0},
    {"居場所の視察会", "運営の工夫を、現場を歩きながらお伝えします。", "人",
        "lecture_tour", "study_visit", "future_ibasho_hosts|municipal_staff",
        "theme2_local_debut", "視察|居場所づくり", 15, 0},
    {"活動資金の助成", "小さな活動の立ち上げに、使いやすい資金を助成します。", "件",
        "funds", "support_programme", "npo_staff|future_ibasho_hosts",
        "theme2_event", "助成|資金", 5, 0},
};

/* In front of an activity's name, behind the region's. */
static const char *const generate_adjectives[] = {"ひだまり", "こもれび", "みなと",
    "なぎさ", "あおぞら", "ゆうやけ", "つばめ", "たんぽぽ", "くすのき", "はまかぜ", "まちかど",
    "えんがわ", "にじいろ", "ほっと", "ふらっと", "ゆるり", "はじめての", "夜の", "土曜の",
    "月いち", "海辺の", "商店街の", "団地の", "駅前の", "古民家", "ＭＩＮＡＴＯ", "ｶﾓﾒ",
    "さくら", "もみじ", "なでしこ", "ひまわり", "すずらん", "みかん山の", "坂の上の", "小さな",
    "ことり", "やまびこ", "とまり木", "灯台", "あしあと"};

static const char *const generate_places[] = {"自治会館", "地区センター", "公民館", "空き店舗",
    "集会所", "図書館の会議室", "コミュニティハウス", "お寺の客間", "団地の集会室", "古民家",
    "カフェの二階", "小学校の教室", "福祉会館", "商店街の休憩所", "農園の小屋", "体育館"};

/* Sentences that any activity may have. */
static const char *const generate_sentences[] = {
    "はじめての方も、お一人でも安心してお越しください。",
    "途中からの参加、早めの帰宅も自由です。",
    "見学だけでも構いません。",
    "予約はいりません。直接会場へお越しください。",
    "定員になり次第、受付を終わります。",
    "お子さん連れの方には、見守りの担当がつきます。",
    "車いすでも入れます。入口に段差はありません。",
    "筆談や手話の希望は、申し込みのときにお知らせください。",
    "駅から歩いて七分、駐車場は三台分あります。",
    "雨の日は、同じ時間に室内で行います。",
    "持ち物は、飲み物と動きやすい服装だけです。",
    "参加された方の声をもとに、毎回内容を少しずつ変えています。",
    "運営を手伝ってくださる方も募集しています。",
    "英語とスペイン語、やさしい日本語で案内できます。",
    "個人の事情を無理に尋ねることはありません。",
    "近くの団体と一緒に、年に二度大きな集まりも開きます。",
    "夏休みと年末年始はお休みします。",
    "お茶とお菓子を用意しています。",
    "地域の中学生が、準備と片付けを手伝ってくれます。",
    "五年前に三人で始め、今では毎回多くの方が訪れます。",
    "連携してくださる企業や学校からのお声がけを待っています。",
    "日程の変更は、会場の掲示板でお知らせします。",
};

static const char *const generate_wants[] = {"を開く会場を探しています", "の担い手を募集します",
    "を広める手段を求めています", "に来てくれる講師を探しています", "に使う機材をお借りしたい",
    "の運営を手伝ってください", "を一緒に開く団体を探しています"};

/* What a need of generate_wants asks for, by its place there. */
static const char *const generate_want_kinds[] = {"venue", "people_volunteer",
    "publicity", "people_lecturer", "goods_equipment", "people",
    "connections_org"};

static const char *const generate_forms[] = {"ＮＰＯ法人", "一般社団法人", "社会福祉法人",
    "株式会社", "生活協同組合", "任意団体"};
static const char *const generate_form_ids[] = {"npo_corp",
    "general_inc_association", "social_welfare_corp", "stock_company",
    "cooperative", "network"};
static const char *const generate_sectors[] = {"private", "community",
    "private", "private", "private", "community"};
static const char *const generate_names[] = {"つむぎ", "かけはし", "ともしび", "みちくさ",
    "よりみち", "てのひら", "いずみ", "みらい", "さざなみ", "あゆみ", "わかば", "しおさい",
    "まなび", "くらし", "めぐみ", "きずな"};
static const char *const generate_groups[] = {"の会", "ネット", "ひろば", "サポート", "工房",
    "協会", "倶楽部", "センター", "プロジェクト", "の家"};

#endif
