// The one place where documents become text.
#include "reports/json_text.h"

#include "base/visible_text.h"

namespace boardless::reports {

std::string json_text(const nlohmann::ordered_json& value, int indent) {
  return visible_json(value.dump(indent, ' ', /*ensure_ascii=*/false,
                                 nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace boardless::reports
