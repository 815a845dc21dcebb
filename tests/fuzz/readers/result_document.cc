// A result document as JSON: every view of it, and it reads back the same.
#include <string>

#include "base/error.h"
#include "reports/views.h"
#include "tests/fuzz/readers.h"

namespace boardless::fuzz {

void read_result_document(Bytes bytes) {
  const std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const prediction::Document document = reports::from_json(text, "fuzz");
  const std::string written = reports::to_json(document);
  check(reports::to_json(reports::from_json(written, "written")) == written,
        "a written document reads back as it was");
  (void)reports::to_table(document, true);
  (void)reports::to_csv(document);
}

}  // namespace boardless::fuzz
