/* role.c: names of roles (role.h). */
#include "role.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *name, *label;
} roles[] = {
    [ROLE_ANYONE] = {"anyone", "だれでも"},
    [ROLE_MEMBER] = {"member", "構成員"},
    [ROLE_VIEWER] = {"viewer", "閲覧"},
    [ROLE_SCREENER] = {"screener", "審査担当"},
    [ROLE_TUNER] = {"tuner", "調整担当"},
    [ROLE_ADMIN] = {"admin", "管理者"},
};

enum role
role_find(const char *name)
{
    for (int i = ROLE_MEMBER; i <= ROLE_ADMIN; i++) {
        if (strcmp(roles[i].name, name) == 0) {
            return (enum role)i;
        }
    }
    return ROLE_ANYONE;
}

const char *
role_name(enum role role)
{
    return roles[role].name;
}

const char *
role_label(enum role role)
{
    return roles[role].label;
}
