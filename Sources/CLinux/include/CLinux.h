#ifndef TIPIN_CLINUX_H
#define TIPIN_CLINUX_H

#include "files.h"

#endif
