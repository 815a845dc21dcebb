// One rule for each order in which kernels go through their operands, and which kernel goes in
// which.
#include "prediction/kernel_overlap.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <string_view>

#include "base/error.h"
#include "kernels/abi.h"
#include "kernels/abi_elementwise.h"
#include "prediction/window_overlap.h"

namespace boardless::prediction {
namespace {

using Overlaps = std::vector<SafeOverlap>;
using workloads::Operand;
using workloads::Tensor;

// Operands of convolutions.
constexpr std::size_t kInput = 0, kBias = 2, kShift = 4, kOutput = 5;

// The first of the parameters, which every kernel of a rule begins with.
template <class Params>
Params leading(const KernelRun& run) {
  check(run.op.params.size() >= sizeof(Params), "a kernel's parameters hold what its rule reads");
  Params params;
  std::memcpy(&params, run.op.params.data(), sizeof params);
  return params;
}

const Tensor& tensor_of(const KernelRun& run, std::size_t operand) {
  return run.graph.tensors[static_cast<std::size_t>(run.op.operands[operand].index)];
}

Bytes element_bytes(const KernelRun& run, std::size_t operand) {
  return static_cast<Bytes>(data_type_size(tensor_of(run, operand).type));
}

// Element i is read, and then element i is written; or a few are read and as many are written.
Bytes element_order_distance(const KernelRun& run, std::size_t input, std::size_t output) {
  const Bytes from = element_bytes(run, input), to = element_bytes(run, output);
  const auto elements = static_cast<Bytes>(tensor_of(run, output).elements());
  return to > from && elements > 0 ? (elements - 1) * (to - from) : 0;
}

Overlaps map_elements(const KernelRun& run) { return {{0, 1, element_order_distance(run, 0, 1)}}; }

// As long as it is the same place, nothing is moved.
Overlaps copy(const KernelRun& run) {
  return {{0, 1, 0, std::max<Bytes>(leading<bl_copy_params>(run).bytes, 1)}};
}

// Whether an input's elements are taken one after the other, each once.
bool is_dense(const bl_broadcast& space, const std::int32_t* stride) {
  std::int32_t dense = 1;
  for (std::size_t i = 4; i-- > 0;) {
    if (space.extent[i] > 1 && stride[i] != dense) return false;
    dense *= space.extent[i];
  }
  return true;
}

Overlaps combine_elements(const KernelRun& run) {
  const auto space = leading<bl_broadcast>(run);
  const std::array strides{space.stride1, space.stride2};
  Overlaps overlaps;
  for (std::size_t i = 0; i < strides.size(); ++i) {
    if (run.op.operands[i].kind != Operand::Kind::kTensor) continue;
    if (!space.same_shape && !is_dense(space, strides[i])) continue;
    overlaps.push_back({i, 2, element_order_distance(run, i, 2)});
  }
  return overlaps;
}

// `group` pixels of a convolution's output at a time, with all their channels.
Overlaps convolve(const KernelRun& run, std::int32_t group) {
  const auto p = leading<bl_conv_2d_params>(run);
  if (p.batches != 1) return {};
  const Bytes bytes = element_bytes(run, kOutput);
  return {{kInput, kOutput,
           pixel_order_distance(windows_of(p), group, bytes * static_cast<Bytes>(p.input_c),
                                bytes * static_cast<Bytes>(p.output_c))}};
}

Overlaps convolve_by_pixel(const KernelRun& run) { return convolve(run, 1); }
Overlaps convolve_by_pairs(const KernelRun& run) { return convolve(run, 2); }

// Pixels are in blocks of the same taps inside the input (kernels/pixel_block.h). Where all taps
// are, the image is one block, and goes four pixels at a time.
Overlaps convolve_by_blocks(const KernelRun& run) {
  const auto p = leading<bl_conv_2d_params>(run);
  const auto is_inside = [](int output, int stride, int filter, int dilation, int input) {
    return (output - 1) * stride + (filter - 1) * dilation < input;
  };
  const bool is_one_block =
      p.pad_top == 0 && p.pad_left == 0 &&
      is_inside(p.output_h, p.stride_h, p.filter_h, p.dilation_h, p.input_h) &&
      is_inside(p.output_w, p.stride_w, p.filter_w, p.dilation_w, p.input_w);
  return is_one_block ? convolve(run, 4) : Overlaps{};
}

// Filters of one tap without padding may pass all pixels for two channels at a time.
Overlaps dsp_convolve(const KernelRun& run) {
  const auto p = leading<bl_conv_2d_params>(run);
  if (run.scratch == 0) return convolve_by_pixel(run);  // the reference's work
  const bool may_go_by_channels =
      p.filter_h == 1 && p.filter_w == 1 && p.pad_top == 0 && p.pad_left == 0;
  return may_go_by_channels ? Overlaps{} : convolve_by_pairs(run);
}

Overlaps pool(const KernelRun& run) {
  const auto p = leading<bl_pool_2d_params>(run);
  if (p.batches != 1) return {};
  const Bytes pixel = element_bytes(run, 1) * static_cast<Bytes>(p.channels);
  return {{0, 1, pixel_order_distance(windows_of(p), 1, pixel, pixel)}};
}

// Runs of the input are copied to places that lie further and further behind where they came from,
// and what is between them is filled just before: the last element is pushed furthest.
Overlaps pad(const KernelRun& run) {
  const auto p = leading<bl_pad_params>(run);
  std::int64_t last_read = 0, last_written = 0;
  for (std::size_t i = 0; i < std::size(p.input_extent); ++i) {
    const std::int64_t extent = p.before[i] + p.input_extent[i] + p.after[i];
    last_read = last_read * p.input_extent[i] + p.input_extent[i] - 1;
    last_written = last_written * extent + p.before[i] + p.input_extent[i] - 1;
  }
  return {{0, 1, static_cast<Bytes>(std::max<std::int64_t>(last_written - last_read, 0))}};
}

// Whether the DSP kernels rescale every channel in their short form (kernels/dsp/requantize.h): a
// channel that needs the long one is computed again, from input that may be gone by then.
bool all_short(const KernelRun& run, const bl_conv_2d_params& p) {
  const std::int64_t largest = std::max(127 + p.input_offset, 128 - p.input_offset);
  const std::int64_t reach = std::int64_t{128} * p.filter_h * p.filter_w * largest;
  const std::int64_t room = (std::int64_t{1} << 30) - 1 - reach;
  const auto all = [&](std::size_t operand, const auto& holds) {
    const Operand& given = run.op.operands[operand];
    if (given.kind == Operand::Kind::kAbsent) return true;
    const std::vector<std::uint8_t>& bytes =
        given.kind == Operand::Kind::kConstant
            ? run.model.constants[static_cast<std::size_t>(given.index)]
            : tensor_of(run, operand).data;
    for (std::size_t at = 0; at + sizeof(std::int32_t) <= bytes.size();
         at += sizeof(std::int32_t)) {
      std::int32_t value = 0;
      std::memcpy(&value, bytes.data() + at, sizeof value);
      if (!holds(value)) return false;
    }
    return !bytes.empty();
  };
  return all(kShift, [](std::int32_t shift) { return shift <= -2 && shift >= -31; }) &&
         all(kBias, [&](std::int32_t bias) { return bias <= room && bias >= -room; });
}

// Four channels of all pixels after the other: what is written of a channel goes over the same
// channel of the input, which no other reads, as long as both lie whole pixels apart. Channels that
// are left over go twice over the image.
Overlaps dsp_convolve_depthwise(const KernelRun& run) {
  const auto p = leading<bl_conv_2d_params>(run);
  if (run.scratch == 0) return convolve_by_pixel(run);
  if (p.input_c == 1) return dsp_convolve(run);
  constexpr std::int32_t kLanes = 4;
  if (p.batches != 1 || p.output_c % kLanes != 0) return {};
  // By taps it asks for their weights alone, by strips (kernels/dsp/strips.h) for more.
  const bool by_taps = run.scratch == static_cast<Bytes>(8 * p.filter_h * p.filter_w);
  if (!by_taps && !all_short(run, p)) return {};
  const Bytes pixels = by_taps
                           ? pixel_order_distance(windows_of(p), 1, 1, 1)
                           : kept_rows_distance(windows_of(p), p.stride_h == 1 ? 2 : 1, 4, 1, 1);
  const auto pixel = static_cast<Bytes>(p.output_c);
  return {{kInput, kOutput, pixels * pixel, pixel}};
}

// Rows of the input are laid out in scratch before the row of the output that needs them.
Overlaps mve_convolve_depthwise(const KernelRun& run) {
  const auto p = leading<bl_conv_2d_params>(run);
  if (run.scratch == 0) return convolve_by_pixel(run);
  if (p.input_c == 1) return convolve_by_pairs(run);
  if (p.batches != 1) return {};
  const auto pixel = static_cast<Bytes>(p.output_c);
  const Windows windows = windows_of(p);
  return {{kInput, kOutput, kept_rows_distance(windows, 1, windows.reach_h, pixel, pixel)}};
}

struct Record {
  std::string_view kernel;
  Overlaps (*overlaps)(const KernelRun& run);
};

// By what is left of a reference kernel's name without library and types.
constexpr Record kReference[] = {
    {"abs", map_elements},
    {"add", combine_elements},
    {"average_pool_2d", pool},
    {"cast", map_elements},
    {"ceil", map_elements},
    {"clamp", map_elements},
    {"conv_2d", convolve_by_pixel},
    {"copy", copy},
    {"depthwise_conv_2d", convolve_by_pixel},
    {"dequantize", map_elements},
    {"div", combine_elements},
    {"equal", combine_elements},
    {"floor", map_elements},
    {"floor_div", combine_elements},
    {"floor_mod", combine_elements},
    {"greater", combine_elements},
    {"greater_equal", combine_elements},
    {"grouped_conv_2d", convolve_by_pixel},
    {"hard_swish", map_elements},
    {"leaky_relu", map_elements},
    {"less", combine_elements},
    {"less_equal", combine_elements},
    {"logical_and", combine_elements},
    {"logical_not", map_elements},
    {"logical_or", combine_elements},
    {"logistic", map_elements},
    {"max_pool_2d", pool},
    {"maximum", combine_elements},
    {"minimum", combine_elements},
    {"mul", combine_elements},
    {"neg", map_elements},
    {"not_equal", combine_elements},
    {"prelu", combine_elements},
    {"quantize", map_elements},
    {"relu", map_elements},
    {"relu6", map_elements},
    {"requantize", map_elements},
    {"round", map_elements},
    {"rsqrt", map_elements},
    {"sqrt", map_elements},
    {"square", map_elements},
    {"squared_difference", combine_elements},
    {"sub", combine_elements},
    {"tanh", map_elements},
};

// By the function's whole name: an optimised kernel has an order of its own.
constexpr Record kByName[] = {
    {"dsp_add_s16", combine_elements},
    {"dsp_add_s8", combine_elements},
    {"dsp_average_pool_2d_s16", pool},
    {"dsp_average_pool_2d_s8", pool},
    {"dsp_conv_2d_f32", convolve_by_blocks},
    {"dsp_conv_2d_s8", dsp_convolve},
    {"dsp_copy_b8", copy},
    {"dsp_depthwise_conv_2d_f32", convolve_by_blocks},
    {"dsp_depthwise_conv_2d_s8", dsp_convolve_depthwise},
    {"dsp_max_pool_2d_s16", pool},
    {"dsp_max_pool_2d_s8", pool},
    {"dsp_mul_s16", combine_elements},
    {"dsp_mul_s8", combine_elements},
    {"dsp_pad_s8", pad},
    {"dsp_requantize_s8_s8", map_elements},
    {"dsp_sub_s8", combine_elements},
    {"mve_add_s16", combine_elements},
    {"mve_add_s8", combine_elements},
    {"mve_average_pool_2d_s16", pool},
    {"mve_average_pool_2d_s8", pool},
    {"mve_conv_2d_f32", convolve_by_blocks},
    {"mve_conv_2d_s8", convolve_by_pairs},
    {"mve_copy_b8", copy},
    {"mve_depthwise_conv_2d_f32", convolve_by_blocks},
    {"mve_depthwise_conv_2d_s8", mve_convolve_depthwise},
    {"mve_max_pool_2d_s16", pool},
    {"mve_max_pool_2d_s8", pool},
    {"mve_mul_s16", combine_elements},
    {"mve_mul_s8", combine_elements},
    {"mve_pad_s8", pad},
    {"mve_requantize_s8_s8", map_elements},
    {"mve_sub_s8", combine_elements},
    {"reference_pad_s8", pad},
    {"scalar_add_s16", combine_elements},
    {"scalar_average_pool_2d_s16", pool},
    {"scalar_average_pool_2d_s8", pool},
    {"scalar_max_pool_2d_s16", pool},
    {"scalar_max_pool_2d_s8", pool},
    {"scalar_mul_s16", combine_elements},
    {"scalar_mul_s8", combine_elements},
};

// "reference_conv_2d_s8_s4" without library and types: "conv_2d".
std::string_view untyped(std::string_view function) {
  constexpr std::string_view kTypes[] = {"_s4",  "_s8",  "_u8",  "_s16", "_s32",
                                         "_u32", "_s64", "_f32", "_b8",  "_bool"};
  function.remove_prefix(std::string_view("reference_").size());
  for (bool again = true; again;) {
    const auto* const type = std::ranges::find_if(
        kTypes, [&](std::string_view suffix) { return function.ends_with(suffix); });
    again = type != std::end(kTypes);
    if (again) function.remove_suffix(type->size());
  }
  return function;
}

const Record* find_record(std::string_view function) {
  const auto find = [](const auto& records, std::string_view name) -> const Record* {
    const auto* const found = std::ranges::find(records, name, &Record::kernel);
    return found == std::end(records) ? nullptr : found;
  };
  if (const Record* record = find(kByName, function)) return record;
  return function.starts_with("reference_") ? find(kReference, untyped(function)) : nullptr;
}

}  // namespace

std::vector<SafeOverlap> safe_overlaps(const KernelRun& run) {
  const Record* record = find_record(run.function);
  return record == nullptr ? std::vector<SafeOverlap>{} : record->overlaps(run);
}

bool has_overlap_record(const std::string& function) { return find_record(function) != nullptr; }

}  // namespace boardless::prediction
