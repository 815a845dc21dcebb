// An accelerator's layers by where their time goes.
#include "reports/accelerator_table.h"

#include <fmt/format.h>

#include <vector>

#include "reports/figures.h"
#include "reports/text_table.h"

namespace boardless::reports {
namespace {

using prediction::AcceleratorLayer;
using prediction::AcceleratorUse;
using prediction::Layer;
using prediction::Prediction;

std::string bytes_text(Bytes bytes) { return bytes == 0 ? "-" : with_commas(bytes); }
std::string time_text(double ms) { return ms == 0 ? "-" : four_digits(ms); }

std::string heading(const Prediction& p) {
  const AcceleratorUse& use = *p.accelerator;
  std::string text = fmt::format("{} on {} ({}, {:g} MHz)", p.model, p.target, p.core,
                                 static_cast<double>(p.clock_hz) / 1e6);
  if (!use.link.empty()) text += ", link " + use.link;
  if (!use.weights_in.empty()) text += ", weights in " + use.weights_in;
  text += fmt::format(", {}-bit weights", use.weight_bits);
  if (use.devices > 1) text += fmt::format(", {} devices {}", use.devices, use.device_use);
  return '\n' + one_line(text) + '\n';
}

std::string traffic(const AcceleratorUse& use) {
  std::string text = fmt::format(
      "  on chip: {} bytes for activations that need {} at their peak; weights {} bytes",
      use.memory_bytes, with_commas(use.working_bytes), with_commas(use.weight_bytes));
  if (use.cache_capacity_bytes > 0) {
    text += fmt::format(", {} cached of {}", with_commas(use.cached_bytes),
                        with_commas(use.cache_capacity_bytes));
  }
  text += fmt::format(
      "\n  each inference: {} bytes of weights streamed, {} of instructions, {} in, {} out",
      with_commas(use.streamed_bytes), with_commas(use.instruction_bytes),
      with_commas(use.input_bytes), with_commas(use.output_bytes));
  if (use.passes > 1) text += fmt::format(", {} passes", use.passes);
  text += fmt::format("\n  {} inferences a second", four_digits(use.inferences_per_second));
  if (use.frames_per_second) text += ", whole frames of the sensor";
  return text + '\n';
}

std::string layers(const Prediction& p, const TableView& view) {
  TextTable table({{.header = "#", .align = Align::kRight},
                   {.header = "operator"},
                   {.header = "output", .drop = 4},
                   {.header = "on"},
                   {.header = "MACs", .align = Align::kRight, .drop = 5},
                   {.header = "ms", .align = Align::kRight},
                   {.header = "compute\nms", .align = Align::kRight, .drop = 2},
                   {.header = "on chip\nms", .align = Align::kRight, .drop = 2},
                   {.header = "stream\nms", .align = Align::kRight, .drop = 2},
                   {.header = "link\nms", .align = Align::kRight, .drop = 2},
                   {.header = "host\nms", .align = Align::kRight, .drop = 2},
                   {.header = "of\npeak", .align = Align::kRight, .drop = 1},
                   {.header = "weights\nbytes", .align = Align::kRight, .drop = 6},
                   {.header = "streamed\nbytes", .align = Align::kRight, .drop = 3},
                   {.header = "uJ", .align = Align::kRight, .drop = 7}});
  AcceleratorLayer sum;
  for (const Layer& layer : p.layers) {
    const AcceleratorLayer& on = *layer.accelerator;
    std::string where = layer.kernel;
    if (on.mapped && p.accelerator->device_use == "pipelined" && p.accelerator->devices > 1) {
      where += fmt::format(" {}", on.device);
    }
    table.add_row({fmt::format("{}", layer.index), layer.op, layer.output_shape, where,
                   layer.macs > 0 ? with_commas(static_cast<std::uint64_t>(layer.macs)) : "-",
                   time_text(layer.latency_ms), time_text(on.compute_ms), time_text(on.onchip_ms),
                   time_text(on.stream_ms), time_text(on.link_ms), time_text(on.host_ms),
                   layer.macs > 0 && on.mapped ? percent(on.utilization, 1) : "-",
                   bytes_text(on.weight_bytes), bytes_text(on.streamed_bytes),
                   four_digits(layer.energy_uj)});
    sum.compute_ms += on.compute_ms;
    sum.onchip_ms += on.onchip_ms;
    sum.stream_ms += on.stream_ms;
    sum.link_ms += on.link_ms;
    sum.host_ms += on.host_ms;
  }
  table.add_rule();
  const AcceleratorUse& use = *p.accelerator;
  const double busy_macs = use.peak_macs_per_second * (sum.compute_ms + sum.onchip_ms) * 1e-3;
  table.add_row({"", "total", "", "", with_commas(static_cast<std::uint64_t>(p.macs)),
                 time_text(p.latency_ms), time_text(sum.compute_ms), time_text(sum.onchip_ms),
                 time_text(sum.stream_ms), time_text(sum.link_ms), time_text(sum.host_ms),
                 percent(static_cast<double>(use.mapped_macs), busy_macs),
                 bytes_text(use.weight_bytes), bytes_text(use.streamed_bytes),
                 four_digits(p.energy_uj)});
  return table.render({.width = view.width}, 2);
}

std::string unmapped(const Prediction& p, const TableView& view) {
  TextTable table({{.header = "#", .align = Align::kRight},
                   {.header = "not mapped"},
                   {.header = "output", .drop = 1},
                   {.header = "ms", .align = Align::kRight},
                   {.header = "why", .prose = true}});
  bool any = false;
  for (const Layer& layer : p.layers) {
    if (layer.accelerator->mapped) continue;
    any = true;
    table.add_row({fmt::format("{}", layer.index), layer.op, layer.output_shape,
                   time_text(layer.latency_ms), layer.accelerator->rule});
  }
  if (!any) return "  Every operator is mapped.\n";
  return '\n' + table.render({.width = view.width}, 2);
}

}  // namespace

std::string accelerator_table(const Prediction& prediction, const TableView& view) {
  return heading(prediction) + traffic(*prediction.accelerator) + layers(prediction, view) +
         unmapped(prediction, view);
}

}  // namespace boardless::reports
