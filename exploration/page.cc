// A sweep's result as one self-contained HTML page. Its document holds columns, not points: of a
// hundred thousand points each field's name and each text would stand there as often.
#include "reports/page.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/packed_text.h"
#include "base/visible_text.h"
#include "exploration/advice.h"
#include "exploration/fields.h"
#include "exploration/known_fields.h"
#include "exploration/point_text.h"
#include "exploration/summary_json.h"
#include "exploration/value_json.h"
#include "exploration/views.h"
#include "reports/json_text.h"

namespace boardless::exploration {
namespace {

using Json = nlohmann::ordered_json;

// Texts, each once, and for each point the number of its text; -1: it has none.
class TextColumn {
 public:
  explicit TextColumn(std::size_t points) : codes_(points, -1) {}

  void set(std::size_t point, const std::string& text) {
    const auto [entry, is_new] =
        numbers_.try_emplace(text, static_cast<std::int32_t>(words_.size()));
    if (is_new) words_.push_back(visible(text));
    codes_[point] = entry->second;
  }

  Json json() const { return {{"words", words_}, {"codes", codes_}}; }

 private:
  std::unordered_map<std::string, std::int32_t> numbers_;
  std::vector<std::string> words_;
  std::vector<std::int32_t> codes_;
};

const char* standing(const Outcome& outcome) {
  if (outcome.on_front) return "front";
  if (outcome.meets) return "meets";
  return state_name(outcome.state);
}

// Fields that rest on an estimate, joined.
std::string estimates_text(const Figures& figures) {
  std::string text;
  for (const std::string& field : figures.estimates) text += (text.empty() ? "" : " ") + field;
  return text;
}

std::string meaning_of(std::size_t field) {
  const std::vector<BuiltInField>& built_in = built_in_fields();
  return field < built_in.size() ? built_in[field].meaning : "";
}

const char* type_name(ValueType type) {
  switch (type) {
    case ValueType::kText:
      return "text";
    case ValueType::kTruth:
      return "truth";
    case ValueType::kNumber:
      break;
  }
  return "number";
}

// What the points have of each field of the vocabulary; fields that none has are left out.
Json fields_json(const Grid& grid, const SweepResult& result) {
  const std::size_t points = result.points.size(), fields = grid.vocabulary.size();
  std::vector<TextColumn> texts(fields, TextColumn(points));
  std::vector<Json> values(fields, Json::array());
  for (std::size_t i = 0; i < points; ++i) {
    visit_known(grid, result, i, [&](std::size_t field, const Value& value) {
      if (value.type == ValueType::kText) {
        texts[field].set(i, value.text);
      } else {
        while (values[field].size() < i) values[field].push_back(nullptr);
        values[field].push_back(json_of(value));
      }
    });
  }
  Json json = Json::array();
  for (std::size_t k = 0; k < fields; ++k) {
    const Field& field = grid.vocabulary[k];
    Json column = {{"name", field.name},
                   {"type", type_name(field.type)},
                   {"is_result", field.is_result},
                   {"meaning", meaning_of(k)}};
    if (field.type == ValueType::kText) {
      column.update(texts[k].json());
      if (column["words"].empty()) continue;
    } else {
      if (values[k].empty()) continue;
      column["values"] = std::move(values[k]);  // ends with the last point that has one
    }
    json.push_back(std::move(column));
  }
  return json;
}

Json document_of(const Grid& grid, const SweepResult& result) {
  const std::size_t points = result.points.size();
  TextColumn models(points), standings(points), answers(points), configurations(points),
      estimates(points);
  for (std::size_t i = 0; i < points; ++i) {
    const Outcome& outcome = result.outcomes[i];
    models.set(i, grid.models[result.points[i].model].title);
    standings.set(i, standing(outcome));
    answers.set(i, answer_text(outcome));
    configurations.set(i, configuration_text(grid, result.points[i]));
    if (outcome.figures) estimates.set(i, estimates_text(*outcome.figures));
  }
  Json document = summary_json(grid, result);
  document["recommended"] = nullptr;
  if (const auto best = recommended(grid, result)) document["recommended"] = *best;
  document["model"] = models.json();
  document["standing"] = standings.json();
  document["answer"] = answers.json();
  document["configuration"] = configurations.json();
  document["estimates"] = estimates.json();
  document["fields"] = fields_json(grid, result);
  return document;
}

}  // namespace

std::string to_html(const Grid& grid, const SweepResult& result, const std::string& command) {
  const std::string json = reports::json_text(document_of(grid, result), -1);
  return reports::fill_page(
      reports::Page::kSweep,
      {{reports::kDocumentMark, packed_text(json)},
       {reports::kCommandMark, reports::html_escaped(visible(command))},
       {reports::kTextMark, reports::html_escaped(to_table(grid, result, Rows::kFront, {}))}});
}

}  // namespace boardless::exploration
