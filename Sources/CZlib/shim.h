#ifndef TIPIN_CZLIB_SHIM_H
#define TIPIN_CZLIB_SHIM_H

#include <zlib.h>

#endif
