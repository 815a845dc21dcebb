// Prints what a model holds, and makes models of the zoo.
#include "cli/model_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "base/data_files.h"
#include "base/error.h"
#include "base/version.h"
#include "base/visible_text.h"
#include "cli/command_files.h"
#include "cli/format_option.h"
#include "cli/number_option.h"
#include "cli/operators_command.h"
#include "cli/output.h"
#include "cli/progress_bar.h"
#include "cli/table_options.h"
#include "cli/verbosity.h"
#include "prediction/model_source.h"
#include "reports/model_document.h"
#include "reports/text_table.h"
#include "workloads/graph/graph_checks.h"
#include "workloads/graph/subgraphs.h"
#include "workloads/tflite/tflite.h"
#include "workloads/zoo/zoo.h"

namespace boardless::cli {
namespace {

using reports::Align;
using reports::TextTable;
using workloads::Graph;
using workloads::Operator;
using workloads::Tensor;

// 2656768 as "2,656,768".
std::string grouped(std::int64_t value) {
  std::string digits = fmt::format("{}", value);
  const std::size_t first = digits.front() == '-' ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

// A count where there is one; a column of zeros would hide the few that matter.
std::string count_text(std::int64_t value) { return value == 0 ? "" : grouped(value); }

std::string quantization_text(const Tensor& tensor) {
  const workloads::Quantization& q = tensor.quantization;
  if (q.scale.empty()) return "";
  if (q.per_channel()) return fmt::format("{} scales, dimension {}", q.scale.size(), q.axis);
  return fmt::format("{:.6g} / {}", q.scale[0], q.zero_point[0]);
}

const Tensor& tensor_at(const Graph& graph, int index) {
  return graph.tensors[static_cast<std::size_t>(index)];
}

std::string interface_lines(const Graph& graph, std::string_view role,
                            const std::vector<int>& indices) {
  std::string lines;
  for (const int index : indices) {
    const Tensor& tensor = tensor_at(graph, index);
    const std::string quantization = quantization_text(tensor);
    lines +=
        fmt::format("{:<11} {} {}{}  {}\n", role, shape_text(tensor), data_type_name(tensor.type),
                    quantization.empty() ? "" : fmt::format(", {}", quantization),
                    workloads::printable(tensor.name));
  }
  return lines;
}

struct ShowOptions {
  std::string model;
  Format format = Format::kTable;
  std::string output;
  reports::TableView view;
};

void show(const ShowOptions& options) {
  CommandFiles files;
  files.reads("MODEL", options.model);
  files.writes("--output", options.output);
  files.check();
  files.confine();
  const Graph graph = prediction::load_model_shapes(options.model).graph;
  std::string text;
  switch (options.format) {
    case Format::kTable:
      text = model_sheet(graph, view_for(options.view, options.output));
      break;
    case Format::kJson:
      text = reports::model_json(graph, version());
      break;
    case Format::kCsv:
      text = reports::model_csv(graph);
      break;
  }
  write_output(options.output, text);
}

std::map<std::string, std::string> parse_settings(const std::vector<std::string>& texts) {
  std::map<std::string, std::string> settings;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos) {
      throw InputError(fmt::format("--set {}: expected NAME=VALUE, such as width=0.5", text));
    }
    if (!settings.emplace(text.substr(0, equals), text.substr(equals + 1)).second) {
      throw InputError(fmt::format("--set {}: {} is already set", text, text.substr(0, equals)));
    }
  }
  return settings;
}

struct MakeOptions {
  std::string name;
  std::string output;
  std::vector<std::string> settings;
  std::uint64_t seed = 1;
};

void make(const MakeOptions& options) {
  CommandFiles files;
  files.writes("--output", options.output);
  files.check();
  files.confine();
  ProgressBar bar(options.name);
  const Graph graph = workloads::make_zoo_model(
      options.name, parse_settings(options.settings), options.seed,
      [&bar](std::size_t done, std::size_t total) { bar.update(done, total); });
  bar.clear();
  const std::vector<std::uint8_t> bytes = workloads::write_tflite(graph);
  write_output(options.output, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  const std::string made = fmt::format("{}: {} bytes, {} MACs, {} parameters",
                                       is_stdout(options.output) ? options.name : options.output,
                                       grouped(static_cast<std::int64_t>(bytes.size())),
                                       grouped(macs(graph)), grouped(parameters(graph)));
  if (is_stdout(options.output)) {
    remark(made);
  } else {
    fmt::print("{}\n", visible(made));
  }
}

std::string zoo_table(const std::vector<workloads::ZooEntry>& entries,
                      const reports::TableView& view) {
  TextTable table({{"network"},
                   {.header = "parameters", .prose = true},
                   {.header = "description", .prose = true}});
  for (const workloads::ZooEntry& entry : entries) {
    table.add_row({entry.name, reports::parameters_text(entry), entry.description});
  }
  return table.render(view);
}

void list(const ShowOptions& options) {
  const std::vector<workloads::ZooEntry> entries = workloads::zoo_entries();
  std::string text;
  switch (options.format) {
    case Format::kTable:
      text = zoo_table(entries, view_for(options.view, options.output));
      break;
    case Format::kJson:
      text = reports::zoo_json(entries, version());
      break;
    case Format::kCsv:
      text = reports::zoo_csv(entries);
      break;
  }
  write_output(options.output, text);
}

void add_show_options(CLI::App& command, ShowOptions& options) {
  add_format_option(command, options.format);
  add_output_option(command, options.output);
  add_table_options(command, options.view);
}

}  // namespace

std::string model_sheet(const Graph& graph, const reports::TableView& view) {
  const bool has_subgraphs = !graph.subgraphs.empty();
  TextTable table({{"#", Align::kRight, "index", 1},
                   {.header = "subgraph",
                    .align = Align::kRight,
                    .key = "subgraph",
                    .drop = 5,
                    .on_request = !has_subgraphs},
                   {"operator"},
                   {"output"},
                   {.header = "type", .drop = 3},
                   {.header = "scale / zero point", .key = "quantization", .drop = 4},
                   {"MACs", Align::kRight},
                   {"parameters", Align::kRight, "parameters", 2}});
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    const Operator& op = graph.operators[i];
    const int number = subgraph_of_operator(graph, static_cast<int>(i));
    std::vector<std::string> row{fmt::format("{}", i), fmt::format("{}", number),
                                 reports::operator_text(op)};
    if (op.outputs.empty()) {
      row.resize(6);
    } else {
      const Tensor& output = tensor_at(graph, op.outputs[0]);
      row.push_back(shape_text(output));
      row.emplace_back(data_type_name(output.type));
      row.push_back(quantization_text(output));
    }
    row.push_back(count_text(macs(graph, op)));
    row.push_back(count_text(parameters(graph, op)));
    table.add_row(std::move(row));
  }
  std::string sheet = table.render(view) + "\n";
  sheet += interface_lines(graph, "input", graph.inputs);
  sheet += interface_lines(graph, "output", graph.outputs);
  sheet += fmt::format("{:<11} {}\n", "MACs", grouped(macs(graph)));
  sheet += fmt::format("{:<11} {}\n", "parameters", grouped(parameters(graph)));
  if (graph.file_bytes > 0) {
    sheet += fmt::format("{:<11} {} bytes\n", "file", grouped(graph.file_bytes));
  }
  return sheet;
}

void add_model_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("model", "Show a .tflite model, or make one of the zoo");
  command->require_subcommand(1);
  command->footer(
      "Example:\n"
      "  boardless model make kws -o kws.tflite && boardless model show kws.tflite");

  CLI::App* show_command =
      command->add_subcommand("show", "Print a model's operators, tensors and sizes");
  const auto shown = std::make_shared<ShowOptions>();
  show_command
      ->add_option("FILE", shown->model, "A .tflite file, - for stdin, or a network of the zoo")
      ->required()
      ->type_name("MODEL");
  add_show_options(*show_command, *shown);
  show_command->footer(
      "Examples:\n"
      "  boardless model show person_detect.tflite\n"
      "  boardless model show zoo:inception_v4\n"
      "  boardless model show kws --sort=-macs --top 3\n"
      "  boardless model show kws --format json");
  show_command->callback([shown] { show(*shown); });

  CLI::App* make_command = command->add_subcommand(
      "make", "Write a network of the zoo, with seeded weights, as .tflite");
  const auto options = std::make_shared<MakeOptions>();
  make_command->add_option("ZOO_NAME", options->name, "A network of `boardless model list`")
      ->required()
      ->type_name("NETWORK");
  make_command->add_option("-o,--output", options->output, "The .tflite file to write; - is stdout")
      ->required()
      ->type_name("FILE");
  make_command
      ->add_option("--set", options->settings, "Set a parameter of the network (may be repeated)")
      ->type_name("NAME=VALUE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  add_number_option(*make_command, "--seed", options->seed, {},
                    "Seed of the weights and of the calibration")
      ->default_str(fmt::format("{}", options->seed));
  make_command->footer(
      "Example:\n  boardless model make mobilenet_v1 --set width=0.5 --seed 7 -o half.tflite");
  make_command->callback([options] { make(*options); });

  CLI::App* list_command =
      command->add_subcommand("list", "List the zoo's networks and their parameters");
  const auto listed = std::make_shared<ShowOptions>();
  add_show_options(*list_command, *listed);
  list_command->footer("Examples:\n  boardless model list\n  boardless model list --format csv");
  list_command->callback([listed] { list(*listed); });

  add_operators_command(*command);
}

}  // namespace boardless::cli
