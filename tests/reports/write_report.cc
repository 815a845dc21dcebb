// Writes a fixture document for the tests that run outside C++: write_report KIND FORMAT FILE.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <string>

#include "base/error.h"
#include "base/output_file.h"
#include "reports/views.h"
#include "tests/reports/fixture.h"

namespace boardless::reports_test {
namespace {

prediction::Document document_of(const std::string& kind) {
  if (kind == "typical") return typical_document();
  if (kind == "partly") return partly_answered_document();
  if (kind == "together") return together_document();
  if (kind == "single") return single_document();
  if (kind == "floats") return float_document();
  if (kind == "wide") return wide_document(40, 60);
  if (kind == "hostile") return hostile_document();
  if (kind == "empty") return {"0.1.0", {}, {}};
  throw InputError(
      "unknown document: typical, partly, together, single, floats, wide, hostile and empty are "
      "known");
}

}  // namespace
}  // namespace boardless::reports_test

int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print(stderr, "usage: write_report KIND html|json FILE\n");
    return 2;
  }
  try {
    const auto document = boardless::reports_test::document_of(argv[1]);
    const bool html = std::string(argv[2]) == "html";
    boardless::write_file(argv[3], html ? boardless::reports::to_html(document)
                                        : boardless::reports::to_json(document));
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
  return 0;
}
