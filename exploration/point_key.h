// The keys under which a store keeps points: digests of all that their answers rest on.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "exploration/grid.h"

namespace boardless::exploration {

class PointKeys {
 public:
  // Takes digests of kernel images, of a library after it is compiled, and of inputs and runtimes.
  explicit PointKeys(const Grid& grid);

  // 64 hexadecimal digits.
  std::string key(const Point& point) const;

 private:
  const Grid& grid_;
  std::string program_;
  std::vector<std::string> options_;  // one for each
  // By the option's kernels and the image: of microcontrollers.
  std::map<std::pair<std::uint32_t, std::string>, std::string> images_;
  std::string host_images_;  // all bundled ones: a host of an accelerator runs one of them
};

// "reference, interpreter": what of the options is not the default; may be empty.
std::string options_text(const RunOptions& options);

}  // namespace boardless::exploration
