// Alone in its file, so that a commit rebuilds nothing else.
#include "base/version.h"

namespace boardless {

const char* version() { return BOARDLESS_VERSION; }

}  // namespace boardless
