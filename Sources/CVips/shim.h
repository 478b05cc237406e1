#ifndef TIPIN_CVIPS_SHIM_H
#define TIPIN_CVIPS_SHIM_H

int vips_init(const char *argv0);

#endif
