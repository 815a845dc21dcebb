// Spaces written out for a test.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "base/error.h"
#include "exploration/grid.h"
#include "exploration/space.h"
#include "tests/scratch_folder.h"

namespace boardless::exploration {

class SpaceFile {
 public:
  explicit SpaceFile(const std::string& text) : file_(folder_.write("space.yaml", text)) {}

  const ScratchFolder& folder() const { return folder_; }
  Space space() const { return read_space(file_); }
  Grid grid() const { return resolve(space()); }
  std::vector<Point> points() const {
    return points_of(grid(), std::numeric_limits<std::uint64_t>::max());
  }
  // What reading and resolving it says; empty when nothing is wrong. The folder's name is left out.
  std::string refusal() const {
    try {
      points();
      return "";
    } catch (const InputError& error) {
      std::string message = error.what();
      const std::string folder = folder_.path().string() + '/';
      for (std::size_t at = 0; (at = message.find(folder)) != std::string::npos;) {
        message.erase(at, folder.size());
      }
      return message;
    }
  }

 private:
  ScratchFolder folder_;
  std::string file_;
};

}  // namespace boardless::exploration
