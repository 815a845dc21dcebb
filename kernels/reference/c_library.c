// What newlib's mathematics asks of a system: the place of errno, which functions of the FPU's
// doubles write where a result overflows, and by which standard to report errors. (picolibc's asks
// for neither.)
#include "kernels/abi.h"
#include "kernels/memory_map.h"

int* __errno(void);
BL_ADDED_KERNEL(errno) int* __errno(void) { return (int*)BL_ERRNO; }

// An enumeration that fills a byte; -1, newlib's default, is IEEE.
extern const signed char __fdlib_version;
const signed char __fdlib_version = -1;
