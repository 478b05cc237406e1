#ifndef TIPIN_CLINUX_H
#define TIPIN_CLINUX_H

#include "files.h"
#include "process.h"
#include "sandbox.h"

#endif
