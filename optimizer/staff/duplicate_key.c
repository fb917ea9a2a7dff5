/* duplicate_key.c: what names, addresses and phones have in common however
 * they are written; duplicate.c stores it. */
#include "duplicate.h"

#include <string.h>

#include "fold.h"

enum { NAME_MAX_BYTES = 1200, WORK = 4096,
    FOLDED_MAX = NAME_MAX_BYTES * FOLD_GROWTH + FOLD_SLACK };

/* Longest first, so that a word never leaves a part of a longer one. */
static const char *const forms[] = {"認定特定非営利活動法人",
    "特定非営利活動法人", "認定NPO法人", "非営利活動法人", "公益財団法人",
    "公益社団法人", "一般財団法人", "一般社団法人", "社会福祉法人",
    "独立行政法人", "地域福祉法人", "宗教法人", "学校法人", "医療法人",
    "財団法人", "社団法人", "NPO法人", "合同会社", "合資会社", "合名会社",
    "株式会社", "有限会社", "任意団体", "(一社)", "(一財)", "(公社)",
    "(公財)", "(社福)", "(特非)", "(株)", "(有)", "(同)", "NPO"};

/* Folded bytes, or -1. */
static int
fold(const char *text, char *out, size_t cap)
{
    static _Thread_local int32_t work[WORK];
    size_t len = strlen(text), n, bad;
    if (len > NAME_MAX_BYTES ||
        fold_text(text, len, out, cap - 1, &n, work, WORK, &bad) != 0) {
        return -1;
    }
    out[n] = '\0';
    return (int)n;
}

static void
cut_forms(char *name)
{
    char form[512];
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        char *at;
        int n = fold(forms[i], form, sizeof(form));
        while (n > 0 && (at = strstr(name, form)) != NULL) {
            memmove(at, at + n, strlen(at + n) + 1);
        }
    }
}

/* Letters, digits and what lies beyond ASCII but for punctuation. */
static bool
is_word(uint32_t c)
{
    return c < 0x80 ? (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
                    : !((c >= 0x2000 && c <= 0x206F) ||
                          (c >= 0x3000 && c <= 0x3004) ||
                          (c >= 0x3008 && c <= 0x3020) || c == 0x30FB ||
                          c == 0x30FC || c == 0x00B7);
}

static void
keep_words(const char *text, char out[DUPLICATE_KEY_MAX])
{
    const char *p = text, *end = text + strlen(text);
    size_t n = 0;
    while (p < end) {
        const char *start = p;
        uint32_t c = fold_next(&p, end);
        size_t len = (size_t)(p - start);
        if (is_word(c) && n + len < DUPLICATE_KEY_MAX) {
            memcpy(out + n, start, len);
            n += len;
        }
    }
    out[n] = '\0';
}

void
duplicate_name_key(const char *name, char out[DUPLICATE_KEY_MAX])
{
    char folded[FOLDED_MAX], whole[DUPLICATE_KEY_MAX];
    out[0] = '\0';
    if (fold(name, folded, sizeof(folded)) <= 0) {
        return;
    }
    keep_words(folded, whole);
    cut_forms(folded);
    keep_words(folded, out);
    if (out[0] == '\0') { /* a name of nothing but form */
        memcpy(out, whole, strlen(whole) + 1);
    }
}

static bool
ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0 &&
           (n == m || text[n - m - 1] == '.');
}

/* Hosts under which many organisations stand, each with a path. */
static bool
host_is_shared(const char *host)
{
    static const char *const hosts[] = {"facebook.com", "instagram.com",
        "twitter.com", "x.com", "note.com", "ameblo.jp", "youtube.com",
        "sites.google.com", "peraichi.com", "lin.ee", "line.me", "goo.ne.jp",
        "lg.jp", "go.jp", "linktr.ee", "activo.jp", "wordpress.com"};
    for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
        if (ends_with(host, hosts[i])) {
            return true;
        }
    }
    return false;
}

void
duplicate_url_key(const char *url, char out[DUPLICATE_KEY_MAX])
{
    char folded[FOLDED_MAX];
    out[0] = '\0';
    if (fold(url, folded, sizeof(folded)) <= 0) {
        return;
    }
    char *host = strstr(folded, "://");
    host = host != NULL ? host + 3 : folded;
    host += strncmp(host, "www.", 4) == 0 ? 4 : 0;
    char *path = host + strcspn(host, "/?#");
    char first = *path;
    *path = '\0';
    if (strchr(host, '.') == NULL || strlen(host) >= 200) {
        return;
    }
    size_t len = strlen(host);
    memcpy(out, host, len + 1);
    if (first == '/' && host_is_shared(host)) {
        size_t n = strcspn(path + 1, "?#");
        n = n > 150 ? 150 : n;
        while (n > 0 && path[n] == '/') {
            n--;
        }
        out[len] = '/';
        memcpy(out + len + 1, path + 1, n);
        out[len + 1 + n] = '\0';
    } else if (host_is_shared(host)) {
        out[0] = '\0';
    }
}

void
duplicate_phone_key(const char *phone, char out[DUPLICATE_KEY_MAX])
{
    char folded[FOLDED_MAX];
    size_t n = 0;
    memset(out, '\0', DUPLICATE_KEY_MAX);
    if (fold(phone, folded, sizeof(folded)) <= 0) {
        return;
    }
    const char *p = folded;
    if (strncmp(p, "+81", 3) == 0) {
        out[n++] = '0';
        p += 3;
        p += strncmp(p, "(0)", 3) == 0 ? 3 : 0;
    }
    for (; *p != '\0' && n < 20; p++) {
        if (*p >= '0' && *p <= '9') {
            out[n++] = *p;
        } else if (strchr("-() .", *p) == NULL &&
                   (unsigned char)*p < 0x80) {
            break; /* an extension, or a second number */
        }
    }
    bool none = strspn(out, "0") >= n; /* 000-0000-0000: to be filled in */
    out[n >= 9 && !none ? n : 0] = '\0';
}
