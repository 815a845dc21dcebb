// A sweep's result as JSON.
#include "exploration/known_fields.h"
#include "exploration/summary_json.h"
#include "exploration/value_json.h"
#include "exploration/views.h"
#include "reports/json_text.h"

namespace boardless::exploration {
namespace {

using Json = nlohmann::ordered_json;
using State = Outcome::State;

Json point_json(const Grid& grid, const SweepResult& result, std::size_t i) {
  const Outcome& outcome = result.outcomes[i];
  Json json = {{"point", i}, {"state", state_name(outcome.state)}};
  if (outcome.state == State::kPruned) json["bound"] = bound_name(outcome.bound);
  if (outcome.state == State::kRefused) json["kind"] = prediction::kind_name(outcome.kind);
  if (!outcome.reason.empty()) json["reason"] = outcome.reason;
  json["meets"] = outcome.meets;
  json["front"] = outcome.on_front;
  if (outcome.figures) {
    json["kernels_run"] = outcome.figures->kernels;
    json["model_sha256"] = outcome.figures->model_sha256;
    json["reasons"] = outcome.figures->reasons;
    json["estimates"] = outcome.figures->estimates;
  }
  Json fields = Json::object();
  visit_known(grid, result, i, [&](std::size_t field, const Value& value) {
    fields[grid.vocabulary[field].name] = json_of(value);
  });
  json["fields"] = std::move(fields);
  return json;
}

}  // namespace

std::string to_json(const Grid& grid, const SweepResult& result) {
  Json document = summary_json(grid, result);
  Json points = Json::array();
  for (std::size_t i = 0; i < result.points.size(); ++i) {
    points.push_back(point_json(grid, result, i));
  }
  document["points"] = std::move(points);
  return reports::json_text(document, 2) + '\n';
}

}  // namespace boardless::exploration
