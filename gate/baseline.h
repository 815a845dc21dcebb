// What figures were when somebody looked at them and said that they may stay so: the file that
// tolerances are against, written by `boardless check --update` and by nobody else.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "gate/subject.h"

namespace boardless::gate {

struct Baseline {
  std::string version;  // of boardless
  std::vector<Subject> rows;
  // Null where there is none.
  const Subject* find(const std::string& model, const std::string& target,
                      const std::string& options) const;
};

// Schema "boardless.baseline/1", a layer a line: the same rows give the same bytes.
std::string baseline_text(const Baseline& baseline);
// Throws InputError naming file and place: not there, another version of the format, a field too
// many or too few, two rows of the same name, or any change by hand, which the digest in it shows.
Baseline read_baseline(const std::filesystem::path& file);

}  // namespace boardless::gate
