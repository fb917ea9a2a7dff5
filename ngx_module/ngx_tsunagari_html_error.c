
/*
 * ngx_tsunagari_html_error.c: what is wrong, in three languages.
 */


#include "ngx_tsunagari_html.h"


static const ngx_str_t
    ngx_tsunagari_html_reason[NGX_TSUNAGARI_BAD_REASONS][SNAP_LANGS] =
{
    { ngx_string(""), ngx_string(""), ngx_string("") },

    { ngx_string("文字コードがUTF-8ではありません"),
      ngx_string("文字が こわれています"),
      ngx_string("not valid UTF-8") },

    { ngx_string("使えない制御文字があります"),
      ngx_string("つかえない 文字が あります"),
      ngx_string("a control character") },

    { ngx_string("%の後の書き方が正しくありません"),
      ngx_string("%の あとの 書きかたが まちがっています"),
      ngx_string("a broken percent escape") },

    { ngx_string("長すぎます"),
      ngx_string("長すぎます"),
      ngx_string("too long") },

    { ngx_string("言葉が多すぎます（8個まで）"),
      ngx_string("ことばが 多すぎます（8つまで）"),
      ngx_string("too many words (8 at most)") },

    { ngx_string("指定が多すぎます"),
      ngx_string("えらんだ ものが 多すぎます"),
      ngx_string("given too often") },

    { ngx_string("ページは1から500までです"),
      ngx_string("ページは 1から 500までです"),
      ngx_string("pages run from 1 to 500") },

    { ngx_string("この指定には使えない値です"),
      ngx_string("つかえない あたいです"),
      ngx_string("not one of the values this parameter takes") },

    { ngx_string("その地域はありません"),
      ngx_string("その 場所は ありません"),
      ngx_string("no such region") }
};


static const ngx_str_t  ngx_tsunagari_html_not_found[SNAP_LANGS] = {
    ngx_string("お探しのページはありません。掲載が終わったか、"
               "アドレスが違うかもしれません。"),
    ngx_string("この ページは ありません。もう おわったか、"
               "アドレスが まちがっています。"),
    ngx_string("There is no such page. The entry may have ended, or the "
               "address may be wrong.")
};


static const ngx_str_t  ngx_tsunagari_html_not_allowed[SNAP_LANGS] = {
    ngx_string("このページは、見るだけのページです。"
               "送られたものは受け取っていません。"),
    ngx_string("この ページは 見る だけです。"
               "おくられた ものは うけとって いません。"),
    ngx_string("This page can only be read. What was sent has not been "
               "taken.")
};


static const ngx_str_t  ngx_tsunagari_html_not_here[SNAP_LANGS] = {
    ngx_string("この操作はできません"),
    ngx_string("ここでは できません"),
    ngx_string("This cannot be done here")
};


void
ngx_tsunagari_html_error_title(ngx_tsunagari_page_t *page)
{
    uint32_t  lang;

    lang = page->query->lang;

    switch (page->status) {

    case NGX_TSUNAGARI_NOT_ALLOWED:
        ngx_tsunagari_out_str(page->out, &ngx_tsunagari_html_not_here[lang]);
        break;

    case NGX_TSUNAGARI_BAD_REQUEST:
        ngx_tsunagari_html_label(page, SNAP_LABEL_ERROR_400);
        break;

    default:
        ngx_tsunagari_html_label(page, SNAP_LABEL_ERROR_404);
    }
}


void
ngx_tsunagari_html_message(ngx_tsunagari_page_t *page)
{
    ngx_str_t               bad;
    ngx_tsunagari_out_t    *out;
    ngx_tsunagari_query_t  *q;

    q = page->query;
    out = page->out;

    if (page->status == NGX_TSUNAGARI_NOT_FOUND) {
        ngx_tsunagari_out_str(out, &ngx_tsunagari_html_not_found[q->lang]);
        return;
    }

    if (page->status == NGX_TSUNAGARI_NOT_ALLOWED) {
        ngx_tsunagari_out_str(out, &ngx_tsunagari_html_not_allowed[q->lang]);
        return;
    }

    if (page->status == NGX_TSUNAGARI_BAD_REQUEST) {
        bad.data = (u_char *) q->bad;
        bad.len = ngx_strlen(bad.data);

        ngx_tsunagari_out_html(out, bad.data, bad.len);
        ngx_tsunagari_out_lit(out, ": ");
        ngx_tsunagari_out_str(out,
                              &ngx_tsunagari_html_reason[q->reason][q->lang]);
    }
}
