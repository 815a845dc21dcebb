// Facts of models as JSON and CSV.
#include "reports/model_document.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "reports/csv_text.h"
#include "reports/json_text.h"
#include "workloads/graph/graph_checks.h"
#include "workloads/graph/subgraphs.h"
#include "workloads/operators/operator_record.h"

namespace boardless::reports {
namespace {

using Json = nlohmann::ordered_json;
using workloads::Graph;
using workloads::Operator;
using workloads::Tensor;

std::string dumped(const Json& json) { return json_text(json, 2) + "\n"; }

const Tensor& tensor_at(const Graph& graph, int index) {
  return graph.tensors[static_cast<std::size_t>(index)];
}

Json tensor_json(const Tensor& tensor) {
  const workloads::Quantization& q = tensor.quantization;
  Json json{{"name", tensor.name},
            {"type", data_type_name(tensor.type)},
            {"shape", tensor.shape},
            {"scale", q.scale},
            {"zero_point", q.zero_point}};
  if (q.per_channel()) json["quantized_dimension"] = q.axis;
  return json;
}

Json tensors_json(const Graph& graph, const std::vector<int>& indices) {
  Json json = Json::array();
  for (const int index : indices) json.push_back(tensor_json(tensor_at(graph, index)));
  return json;
}

}  // namespace

std::string operator_text(const Operator& op) {
  std::string name(operator_name(op.kind));
  return op.custom_name.empty() ? name
                                : fmt::format("{} {}", name, workloads::printable(op.custom_name));
}

std::string parameters_text(const workloads::ZooEntry& entry) {
  std::string text;
  for (const auto& [name, value] : entry.parameters) {
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", name, value);
  }
  return text;
}

std::string model_json(const Graph& graph, const std::string& version) {
  Json json{{"schema", "boardless.model/1"},
            {"version", version},
            {"model", graph.name},
            {"file_bytes", graph.file_bytes > 0 ? Json(graph.file_bytes) : Json(nullptr)},
            {"macs", macs(graph)},
            {"parameters", parameters(graph)}};
  json["inputs"] = tensors_json(graph, graph.inputs);
  json["outputs"] = tensors_json(graph, graph.outputs);
  json["operators"] = Json::array();
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    const Operator& op = graph.operators[i];
    json["operators"].push_back({{"index", i},
                                 {"subgraph", subgraph_of_operator(graph, static_cast<int>(i))},
                                 {"op", operator_text(op)},
                                 {"macs", macs(graph, op)},
                                 {"parameters", parameters(graph, op)},
                                 {"outputs", tensors_json(graph, op.outputs)}});
  }
  return dumped(json);
}

std::string model_csv(const Graph& graph) {
  std::string text = csv_line({"index", "op", "output_shape", "output_type", "macs", "parameters"});
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    const Operator& op = graph.operators[i];
    const Tensor* output = op.outputs.empty() ? nullptr : &tensor_at(graph, op.outputs[0]);
    text += csv_line(
        {fmt::format("{}", i), operator_text(op), output == nullptr ? "" : shape_text(*output),
         output == nullptr ? "" : std::string(data_type_name(output->type)),
         fmt::format("{}", macs(graph, op)), fmt::format("{}", parameters(graph, op))});
  }
  return text;
}

std::string zoo_json(const std::vector<workloads::ZooEntry>& entries, const std::string& version) {
  Json json{{"schema", "boardless.zoo/1"}, {"version", version}, {"networks", Json::array()}};
  for (const workloads::ZooEntry& entry : entries) {
    json["networks"].push_back({{"name", entry.name},
                                {"description", entry.description},
                                {"parameters", entry.parameters}});
  }
  json["operators"] = Json::array();
  for (const workloads::OperatorRecord* record : workloads::all_operators()) {
    if (!record->is_run()) continue;
    json["operators"].push_back(record->custom_name.empty() ? workloads::operator_name(record->kind)
                                                            : record->custom_name);
  }
  return dumped(json);
}

std::string zoo_csv(const std::vector<workloads::ZooEntry>& entries) {
  std::string text = csv_line({"name", "parameters", "description"});
  for (const workloads::ZooEntry& entry : entries) {
    text += csv_line({entry.name, parameters_text(entry), entry.description});
  }
  return text;
}

std::string operators_json(const std::vector<prediction::OperatorSupport>& operators,
                           const std::string& version) {
  Json json{
      {"schema", "boardless.operators/1"}, {"version", version}, {"operators", Json::array()}};
  for (const prediction::OperatorSupport& op : operators) {
    Json kernels = Json::array();
    for (const prediction::KernelSupport& kernel : op.kernels) {
      kernels.push_back(
          {{"types", kernel.types}, {"kernel", kernel.kernel}, {"libraries", kernel.libraries}});
      if (!kernel.within.empty()) kernels.back()["within"] = kernel.within;
    }
    json["operators"].push_back(
        {{"name", op.name}, {"kernels", kernels}, {"note", op.note}, {"lite_note", op.lite_note}});
  }
  return dumped(json);
}

std::string operators_csv(const std::vector<prediction::OperatorSupport>& operators) {
  std::string text =
      csv_line({"name", "types", "kernel", "libraries", "within", "note", "lite_note"});
  for (const prediction::OperatorSupport& op : operators) {
    if (op.kernels.empty()) text += csv_line({op.name, "", "", "", "", op.note, op.lite_note});
    for (const prediction::KernelSupport& kernel : op.kernels) {
      text += csv_line({op.name, kernel.types, kernel.kernel,
                        fmt::format("{}", fmt::join(kernel.libraries, " ")), kernel.within, op.note,
                        op.lite_note});
    }
  }
  return text;
}

}  // namespace boardless::reports
