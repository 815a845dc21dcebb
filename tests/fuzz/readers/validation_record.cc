// The record of a validation as JSON: what is read is written, and reads back the same.
#include <string>

#include "base/error.h"
#include "tests/fuzz/readers.h"
#include "validation/record.h"

namespace boardless::fuzz {

void read_validation_record(Bytes bytes) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::string written = validation::to_json(validation::read_record(text, "fuzz"));
  check(validation::to_json(validation::read_record(written, "written")) == written,
        "a written record reads back as it was");
}

}  // namespace boardless::fuzz
