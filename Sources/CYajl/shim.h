#ifndef TIPIN_CYAJL_SHIM_H
#define TIPIN_CYAJL_SHIM_H

#include <yajl/yajl_parse.h>
#include <yajl/yajl_version.h>

/* yajl_config is variadic, which Swift does not import. */
static inline int tipin_yajl_set(yajl_handle handle, yajl_option option, int on) {
    return yajl_config(handle, option, on);
}

#endif
