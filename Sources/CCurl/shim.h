#ifndef TIPIN_CCURL_SHIM_H
#define TIPIN_CCURL_SHIM_H

#include <curl/curl.h>

#endif
