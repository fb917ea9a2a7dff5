/* page_notice.c: what a page says after a POST that worked (page.h): a row
 * per code, by code. */
#include <stddef.h>
#include <string.h>

#include "page.h"

static const struct {
    const char *code, *text;
} notices[] = {
    {"accepted", "受けるとお返事しました。相手のお返事を待ちます。"},
    {"account-added", "アカウントをつくりました。"},
    {"account-changed", "アカウントを変更しました。"},
    {"address-asked", "新しいメールアドレスに、確かめるためのメールを送りました。"
                      "そのメールのリンクを開いて、もう一度ボタンを押すと、"
                      "受けつけます。\n"
                      "あたらしい アドレスの メールの リンクを ひらいて "
                      "ください / We have sent a mail to the new address:"
                      " open its link and press the button there."},
    {"agreed", "両方の団体が受けたので、合意になりました。"},
    {"changed-elsewhere", "ほかの画面で内容が変わりました。まだ送っていません。もう"
                          "一度確かめてください。\n"
                          "なかみが かわりました。もう いちど みて ください / "
                          "It was changed on another page and is not sent yet:"
                          " please check it again."},
    {"copied", "前の内容を写しました。日にちを書いて、ほかも確かめてください。\n"
               "まえの ことを うつしました。ひにちを かいて ください / "
               "Copied. Please fill in the days and check the rest."},
    {"corrected", "直した内容を受けつけました。\nなおしました / Corrected."},
    {"decided", "次の計画への指示を記録しました。"},
    {"declined", "辞退を受け付けました。ありがとうございました。"},
    {"introduced", "打診のメールを送りました。"},
    {"link-sent", "直すためのリンクを、シートのアドレスへメールで送りました。"},
    {"logged-out", "ログアウトしました。"},
    {"outcome-kept", "記録しました。"},
    {"password-changed", "パスワードを変更しました。もう一度ログインして"
                         "ください。"},
    {"plan-amended", "記録し、計画から外しました。繰り上げられる次の候補は"
                     "ありませんでした。"},
    {"plan-later", "記録しました。計画は、今夜の計算で直ります。"},
    {"promoted", "記録し、次の候補を計画に繰り上げました。"},
    {"received", "申しこみを受けつけました。受付番号をひかえてください。\n"
                 "うけつけました。ばんごうを かいて ください / "
                 "Received. Please keep the number."},
    {"renewed", "確認日を今日にしました。ありがとうございました。"},
    {"saved", "保存しました。\nのこしました / Saved."},
    {"sheet-paused", "休止しました。再開するまで、ページに載りません。\n"
                     "やすみます。また はじめるまで ページに のりません / "
                     "Paused: it is not on the pages until you take it up again."},
    {"sheet-renewed", "確認日を今日にしました。ありがとうございました。\n"
                      "ありがとうございました / "
                      "Confirmed today. Thank you."},
    {"sheet-resumed", "再開しました。\nまた はじめました / Taken up again."},
    {"step-done", "状態を変えました。"},
    {"step-untold", "状態を変えました。団体にメールの宛先がないため、知らせは送って"
                    "いません。電話などでお知らせください。"},
    {"weights-named", "版に名前をつけました。"},
    {"weights-published", "重みを公開しました。次の計画から使われます。"},
    {"weights-saved", "重みを下書きとして残しました。公開はしていません。"},
    {"weights-unnamed", "名前を外しました。版は残っています。"},
    {"withdrawn", "取り下げました。\nやめました / Withdrawn."},
};

const char *
page_notice(const char *code)
{
    for (size_t i = 0; i < sizeof(notices) / sizeof(notices[0]); i++) {
        if (strcmp(notices[i].code, code) == 0) {
            return notices[i].text;
        }
    }
    return NULL;
}
