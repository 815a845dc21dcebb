// Writes the result document as JSON.
#include "reports/json_writer.h"

#include <string>

#include "reports/document_fields.h"
#include "reports/field_writer.h"
#include "reports/json_text.h"
#include "reports/views.h"

namespace boardless::reports {

nlohmann::ordered_json document_json(const prediction::Document& document) {
  nlohmann::ordered_json result = {{"schema", kSchema}};
  result.update(value_json(document));
  return result;
}

std::string to_json(const prediction::Document& document) {
  return json_text(document_json(document), 2) + '\n';
}

}  // namespace boardless::reports
