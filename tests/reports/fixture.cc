// Builds the documents of fixture.h.
#include "tests/reports/fixture.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace boardless::reports_test {
namespace {

using prediction::Document;
using prediction::Layer;
using prediction::Prediction;

struct Shape {
  std::string op;
  std::string output;
  std::int64_t macs;
  Bytes output_bytes;
};

struct Network {
  std::string name;
  std::vector<Shape> layers;
  Bytes weights_bytes;
};

struct Chip {
  std::string name, description, core;
  std::uint32_t clock_hz;
  double price_usd;  // 0: not known
  double cycles_per_mac;
  double flash_stall_share;
  double uj_per_mcycle;
  Bytes sram_bytes, flash_bytes;
};

const std::vector<Chip>& chips() {
  static const std::vector<Chip> kChips = {
      {"nrf52840", "nRF52840, nRF52840-DK", "cortex-m4", 64000000, 4.2, 2.9, 0.04, 172, 262144,
       1048576},
      {"rp2040", "RP2040, Raspberry Pi Pico", "cortex-m0plus", 133000000, 0.8, 12.6, 0.06, 231,
       270336, 2097152},
      {"stm32f446re", "STM32F446RE, Nucleo-F446RE", "cortex-m4", 180000000, 5.5, 3.1, 0.09, 661,
       131072, 524288},
      {"stm32f746ng", "STM32F746NG, STM32F746G-DISCO", "cortex-m7", 216000000, 9, 1.7, 0.11, 1552,
       344064, 1048576},
      {"stm32l053r8", "STM32L053R8, Nucleo-L053R8", "cortex-m0plus", 32000000, 0, 13.8, 0.15, 262,
       8192, 65536},
  };
  return kChips;
}

Network keyword_spotting() {
  Network network{"kws_ref_model", {}, 24384};
  network.layers.push_back({"CONV_2D", "1x25x5x64", 320000, 8000});
  for (int block = 0; block < 4; ++block) {
    network.layers.push_back({"DEPTHWISE_CONV_2D", "1x25x5x64", 72000, 8000});
    network.layers.push_back({"CONV_2D", "1x25x5x64", 512000, 8000});
  }
  network.layers.push_back({"AVERAGE_POOL_2D", "1x1x1x64", 0, 64});
  network.layers.push_back({"RESHAPE", "1x64", 0, 64});
  network.layers.push_back({"FULLY_CONNECTED", "1x12", 768, 12});
  network.layers.push_back({"SOFTMAX", "1x12", 0, 12});
  return network;
}

// A tapering network of depthwise and pointwise pairs with residual additions.
Network mobile(const std::string& name, int layers) {
  Network network{name, {}, 219000};
  Bytes bytes = 55296;
  for (int i = 0; i < layers; ++i) {
    const std::string output =
        fmt::format("1x{0}x{0}x{1}", std::max(3, 48 - 2 * i), 8 + 8 * (i / 4));
    if (i % 9 == 8) {
      network.layers.push_back({"ADD", output, 0, bytes});
    } else if (i % 2 == 1) {
      network.layers.push_back({"DEPTHWISE_CONV_2D", output, 166000 - 900 * i, bytes});
    } else {
      network.layers.push_back({"CONV_2D", output, 295000 + 1700 * i, bytes});
    }
    bytes = std::max<Bytes>(256, bytes - bytes / 9);
  }
  return network;
}

Layer cost_layer(const Shape& shape, int index, const Chip& chip) {
  Layer layer;
  layer.index = index;
  layer.op = shape.op;
  layer.name = fmt::format("model/block_{}/{}", index / 2, shape.op == "CONV_2D" ? "pw" : "out");
  layer.output_shape = shape.output;
  layer.macs = shape.macs;
  const double work = static_cast<double>(shape.macs) * chip.cycles_per_mac *
                          (shape.op == "DEPTHWISE_CONV_2D" ? 2.2 : 1.0) +
                      static_cast<double>(shape.output_bytes) * 6 + 250;
  layer.cycles = static_cast<Cycles>(work);
  layer.instructions = layer.cycles * 3 / 4;
  layer.latency_ms = static_cast<double>(layer.cycles) / chip.clock_hz * 1e3;
  layer.energy_uj = static_cast<double>(layer.cycles) / 1e6 * chip.uj_per_mcycle;
  const auto flash =
      static_cast<Cycles>(static_cast<double>(layer.cycles) * chip.flash_stall_share);
  const Cycles load = layer.cycles / 11;
  const Cycles branch = layer.cycles / 23;
  layer.stalls = {{"flash_fetch", flash}, {"load", load}, {"branch_refill", branch}};
  layer.stalls["issue"] = layer.cycles - flash - load - branch;
  return layer;
}

// Ping-pong buffers at the two ends of the arena, and scratch beside them for convolutions.
void plan(Prediction& p, const Network& network) {
  Bytes top = 0;
  for (std::size_t i = 0; i + 1 < network.layers.size(); ++i) {
    top = std::max(top, network.layers[i].output_bytes + network.layers[i + 1].output_bytes);
  }
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Bytes bytes = network.layers[i].output_bytes;
    const int last = static_cast<int>(std::min(i + 1, network.layers.size() - 1));
    p.arena.push_back(
        {p.layers[i].name, i % 2 == 0 ? 0 : top - bytes, bytes, static_cast<int>(i), last, false});
    if (network.layers[i].op == "CONV_2D") {
      p.arena.push_back({fmt::format("scratch of {}", i), top, 1024, static_cast<int>(i),
                         static_cast<int>(i), true});
    }
  }
  p.sram.arena_bytes = top + 1024;
}

void add_memory(Prediction& p, const Network& network, const Chip& chip) {
  plan(p, network);
  p.sram.stack_bytes = 416;
  p.sram.static_bytes = 1288;
  p.sram.total_bytes = p.sram.arena_bytes + p.sram.stack_bytes + p.sram.static_bytes;
  p.sram.capacity_bytes = chip.sram_bytes;
  p.flash.weights_bytes = network.weights_bytes;
  p.flash.code_bytes = 7312;
  p.flash.runtime_bytes = 2048 + 96 * network.layers.size();
  p.flash.total_bytes = p.flash.weights_bytes + p.flash.code_bytes + p.flash.runtime_bytes;
  p.flash.capacity_bytes = chip.flash_bytes;
  const auto refuse = [&](const char* memory, Bytes used, Bytes capacity) {
    if (used <= capacity) return;
    p.fits = false;
    p.reasons.push_back(
        fmt::format("{}: needs {} bytes, {} has {}", memory, used, chip.name, capacity));
  };
  refuse("SRAM", p.sram.total_bytes, p.sram.capacity_bytes);
  refuse("flash", p.flash.total_bytes, p.flash.capacity_bytes);
}

Prediction predict(const Network& network, const Chip& chip) {
  Prediction p;
  p.model = network.name;
  p.model_sha256 = std::string(63, 'a') + fmt::format("{}", network.layers.size() % 10);
  p.parameters = static_cast<std::int64_t>(network.weights_bytes) - 1000;
  p.target = chip.name;
  p.target_description = chip.description;
  p.vendor = chip.name.starts_with("stm32") ? "STMicroelectronics" : "Another";
  p.availability = "part";
  p.core = chip.core;
  p.clock_hz = chip.clock_hz;
  if (chip.price_usd > 0) p.price_usd = chip.price_usd;
  p.kernels = chip.core == "cortex-m0plus" ? "reference" : "dsp";
  p.image = chip.core == "cortex-m0plus" ? "v6-m" : "v7e-m";
  p.compiler = "arm-none-eabi-gcc 12.2.1";
  p.compiler_flags = "-mcpu=cortex-m4 -mthumb; reference -O2; dsp -O3";
  p.bit_exact = true;
  p.output_sha256 = std::string(64, 'b');
  p.output_argmax = 7;
  for (const Shape& shape : network.layers) {
    Layer layer = cost_layer(shape, static_cast<int>(p.layers.size()), chip);
    layer.kernel = fmt::format("{}_{}_s8", p.kernels, shape.op == "CONV_2D" ? "conv_2d" : "kernel");
    p.macs += layer.macs;
    p.cycles += layer.cycles;
    p.instructions += layer.instructions;
    p.latency_ms += layer.latency_ms;
    p.energy_uj += layer.energy_uj;
    for (const auto& [cause, cycles] : layer.stalls) p.stalls[cause] += cycles;
    p.layers.push_back(layer);
  }
  p.layers.front().note = "3x3 filter with 4 input channels: no unrolled variant";
  add_memory(p, network, chip);
  p.sources = {fmt::format("clock_hz {}: reference manual, clock tree", chip.clock_hz),
               "wait_states 5: reference manual, table of wait states",
               fmt::format("sram {}: data sheet, memory map", chip.sram_bytes)};
  if (chip.core != "cortex-m0plus") {
    p.estimates.push_back({"energy_uj", "run_ua_per_mhz: estimate (all peripherals off)"});
  }
  if (p.price_usd) p.estimates.push_back({"price_usd", "price_usd: estimate (1k pieces)"});
  return p;
}

}  // namespace

Document typical_document() {
  Document document{"0.1.0", {}, {}};
  for (const Network& network : {keyword_spotting(), mobile("vww_96_int8", 31)}) {
    for (const Chip& chip : chips()) document.predictions.push_back(predict(network, chip));
  }
  for (Prediction& p : document.predictions) {
    p.runtime.emplace("ahead-of-time");
    p.kernels_sha256.emplace(64, 'c');
    p.data_sha256.emplace(64, 'd');
  }
  return document;
}

Document partly_answered_document() {
  using Kind = prediction::Unanswered::Kind;
  Document document = typical_document();
  const std::string digest(64, 'c');
  document.unanswered = {
      {3, "kws_ref_model", document.predictions[0].model_sha256, "apollo3", Kind::kNotPossible,
       "target 'apollo3': cannot run at 180 MHz; accepted is 1 to 96 MHz", ""},
      {11, "yolo", digest, "nrf52840", Kind::kNotModelled,
       "yolo: operators SVDF (1), LSTM (3); type float32", ""},
      {12, "yolo", digest, "rp2040", Kind::kNotModelled,
       "yolo: operators SVDF (1), LSTM (3); type float32", ""},
      {13, "late", "", "nrf52840", Kind::kInterrupted, "interrupted", ""},
  };
  return document;
}

Document together_document() {
  Document document = typical_document();
  const Prediction& some = document.predictions.front();
  prediction::Together fits{
      .target = "nrf52840",
      .models = {"kws_ref_model", "mobile"},
      .sram = some.sram,
      .flash = some.flash,
      .fits = true,
      .reasons = {},
      .estimates = {{"flash.runtime_bytes", "code_bytes 1024: estimate (text)"}}};
  prediction::Together not_answered{.target = "rp2040",
                                    .models = fits.models,
                                    .sram = {},
                                    .flash = {},
                                    .fits = false,
                                    .reasons = {"mobile is not answered: operators SVDF (1)"},
                                    .estimates = {}};
  prediction::Together does_not_fit = fits;
  does_not_fit.target = "stm32f103c8";
  does_not_fit.fits = false;
  does_not_fit.sram->persistent_bytes.emplace(64);
  does_not_fit.reasons = {
      "sram needs 61920 bytes (arena 61668, stack 252) and has 20480: 41440 too many"};
  document.together.emplace({fits, not_answered, does_not_fit});
  return document;
}

Document single_document() { return {"0.1.0", {predict(keyword_spotting(), chips()[2])}, {}}; }

Document float_document() {
  Document document = single_document();
  Prediction& p = document.predictions.front();
  p.bit_exact = false;
  p.float_agreement = prediction::FloatAgreement{true, {2, 8}, {"LOGISTIC", "TANH"}};
  p.layers.front().difference = prediction::UlpDifference{1, 5};
  return document;
}

Document wide_document(int targets, int layers) {
  Document document{"0.1.0", {}, {}};
  const Network network = mobile("wide", layers);
  for (int i = 0; i < targets; ++i) {
    Chip chip = chips()[static_cast<std::size_t>(i) % chips().size()];
    chip.name += fmt::format("-{}", i);
    chip.clock_hz += static_cast<std::uint32_t>(i) * 1000000U;
    document.predictions.push_back(predict(network, chip));
  }
  return document;
}

Document hostile_document() {
  Document document = single_document();
  document.version = "0.1.0-\"rc\"";
  Prediction& p = document.predictions.front();
  p.model = "</script><script>window.broken = 1</script>";
  p.target = "a,b \"c\"";
  p.target_description = "<!-- <img src=x onerror='window.broken = 2'>";
  p.price_usd.reset();
  p.reasons = {"line one\nline two\r\nline three", "\xE2\x80\xA8 separators \xE2\x80\xA9"};
  p.layers[0].name = "<b>&amp;</b>\xE2\x80\xA8";
  p.layers[1].op = "<i>CUSTOM</i>";
  p.layers[2].cycles = 0;
  p.layers[2].latency_ms = 0;
  p.layers[2].energy_uj = 0;
  p.layers[2].stalls.clear();
  p.stalls["</script>"] = 17;
  return document;
}

}  // namespace boardless::reports_test
