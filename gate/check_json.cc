// A checked budget as JSON.
#include "base/version.h"
#include "gate/check_views.h"
#include "gate/subject_fields.h"
#include "gate/verdict_json.h"
#include "reports/field_writer.h"
#include "reports/json_text.h"

namespace boardless::gate {
namespace {

using Json = nlohmann::ordered_json;

Json pair_json(const CheckedPair& pair) {
  const AnsweredPair& answer = pair.answer;
  Json json = {{"entry", answer.entry},
               {"model", answer.model},
               {"target", answer.target},
               {"options", answer.options},
               {"answer", answer.subject ? "answered" : prediction::kind_name(answer.kind)},
               {"reason", answer.reason},
               {"verdicts", verdicts_json(pair.verdicts)}};
  json["measured"] = answer.subject ? reports::value_json(*answer.subject) : Json(nullptr);
  return json;
}

}  // namespace

std::string to_json(const CheckResult& result) {
  Json pairs = Json::array();
  for (const CheckedPair& pair : result.pairs) pairs.push_back(pair_json(pair));
  const Json json = {{"schema", "boardless.check/1"},
                     {"version", version()},
                     {"budget", result.budget},
                     {"baseline", result.baseline},
                     {"baseline_version", result.baseline_version},
                     {"holds", all_hold(all_verdicts(result))},
                     {"summary", summary(result)},
                     {"pairs", std::move(pairs)}};
  return reports::json_text(json, 2) + '\n';
}

}  // namespace boardless::gate
