// One object for each verdict.
#include "gate/verdict_json.h"

#include <cmath>
#include <cstdint>

namespace boardless::gate {

using Json = nlohmann::ordered_json;

Json figure_json(const FigureRecord& figure, double value) {
  const bool is_real = figure.kind == NumberKind::kTime || figure.kind == NumberKind::kEnergy;
  constexpr double kMostExact = 9007199254740992.0;
  if (is_real || value > kMostExact) return value;
  return static_cast<std::uint64_t>(std::round(value));
}

Json verdicts_json(const std::vector<Verdict>& verdicts) {
  Json array = Json::array();
  for (const Verdict& verdict : verdicts) {
    Json json = {
        {"model", verdict.model},        {"target", verdict.target}, {"options", verdict.options},
        {"scope", verdict.scope},        {"figure", verdict.what},   {"limit", verdict.limit},
        {"place", verdict.place.text()}, {"holds", verdict.holds},   {"value", verdict.value},
        {"bound", verdict.bound},        {"change", verdict.change}, {"checked", verdict.checked},
        {"cause", verdict.cause}};
    if (const FigureRecord* figure = find_figure(verdict.what); figure != nullptr) {
      json["field"] = figure->field;
      json["measured"] = verdict.measured ? figure_json(*figure, *verdict.measured) : Json(nullptr);
      json["baseline"] = verdict.baseline ? figure_json(*figure, *verdict.baseline) : Json(nullptr);
    }
    array.push_back(std::move(json));
  }
  return array;
}

}  // namespace boardless::gate
