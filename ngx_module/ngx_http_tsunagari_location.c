
/*
 * ngx_http_tsunagari_location.c: where a location stands: the origin of the
 * site and the prefix of its links; and for whom it is.
 */


#include "ngx_http_tsunagari_module.h"
#include "ngx_tsunagari_out.h"


ngx_conf_enum_t  ngx_http_tsunagari_audiences[] = {
    { ngx_string("public"), SNAP_AUDIENCE_PUBLIC },
    { ngx_string("members"), SNAP_AUDIENCE_MEMBERS },
    { ngx_null_string, 0 }
};


/* Scheme and host, perhaps a port: what goes before a path. */

char *
ngx_http_tsunagari_origin(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    ngx_http_tsunagari_loc_conf_t *lcf = conf;

    char    *rv;
    u_char  *p, *end, ch;

    rv = ngx_conf_set_str_slot(cf, cmd, conf);

    if (rv != NGX_CONF_OK) {
        return rv;
    }

    p = lcf->origin.data;
    end = p + lcf->origin.len;

    if (lcf->origin.len > 8 && ngx_strncmp(p, "https://", 8) == 0) {
        p += 8;

    } else if (lcf->origin.len > 7 && ngx_strncmp(p, "http://", 7) == 0) {
        p += 7;

    } else {
        return "is not http:// or https:// and a host";
    }

    for ( /* void */ ; p < end; p++) {
        ch = ngx_tolower(*p);

        if (!(ch >= 'a' && ch <= 'z') && !(ch >= '0' && ch <= '9')
            && ch != '.' && ch != '-' && ch != ':' && ch != '[' && ch != ']')
        {
            return "has more than a scheme, a host and a port";
        }
    }

    return NGX_CONF_OK;
}


char *
ngx_http_tsunagari_base(ngx_conf_t *cf, ngx_http_core_loc_conf_t *clcf,
    ngx_http_tsunagari_loc_conf_t *conf)
{
    u_char               *p, *last, *end;
    ngx_tsunagari_out_t   out;

    if (clcf->named
#if (NGX_PCRE)
        || clcf->regex
#endif
        || clcf->name.len == 0 || clcf->name.data[0] != '/')
    {
        ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
                           "\"tsunagari\" works in a location given by a "
                           "prefix only, not in \"%V\"", &clcf->name);
        return NGX_CONF_ERROR;
    }

    if (conf->audience == SNAP_AUDIENCE_PUBLIC) {
        conf->source->everybody = 1;
    }

    conf->prefix = clcf->name.len;

    if (clcf->name.data[conf->prefix - 1] == '/') {
        conf->prefix--;
    }

    /* each byte is escaped to three at most */

    out.size = conf->prefix * 3;
    out.len = 0;
    out.start = ngx_pnalloc(cf->pool, out.size + 1);
    if (out.start == NULL) {
        return NGX_CONF_ERROR;
    }

    p = clcf->name.data;
    end = p + conf->prefix;

    while (p < end) {
        ngx_tsunagari_out_lit(&out, "/");

        p++;

        for (last = p; last < end && *last != '/'; last++) {
            /* void */
        }

        ngx_tsunagari_out_uri(&out, p, last - p);
        p = last;
    }

    conf->base.data = out.start;
    conf->base.len = out.len;

    return NGX_CONF_OK;
}
