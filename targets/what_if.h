// A chip set up otherwise than it usually is: where a program's parts lie, and what stands between
// them and the core.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "targets/target.h"

namespace boardless::targets {

struct WhatIf {
  Placement placement;  // empty: the target's own
  bool without_cache = false, without_prefetch = false;

  bool asks_nothing() const;
  // As options of the command line: "--place constants=dtcm", "--without cache".
  std::vector<std::string> asked() const;
};

// Words "WINDOW=MEMORY", of code, constants, arena and stack; and "cache" and "prefetch". Throw
// InputError that begins with `place`.
void add_placement(WhatIf& what_if, const std::string& word, const std::string& place);
void add_without(WhatIf& what_if, const std::string& word, const std::string& place);

// The words of both, each under the name that messages begin with: "--place", "--without".
WhatIf read_what_if(std::span<const std::string> places, const std::string& place_name,
                    std::span<const std::string> without, const std::string& without_name);

struct ConfiguredTarget {
  Target target;
  std::vector<std::string> remarks;  // what has no effect on it
};
// Throws InputError: the target has no such memory, or its data cannot be written there.
ConfiguredTarget set_up(Target target, const WhatIf& what_if);

}  // namespace boardless::targets
