// The operators that exchange places in an image for places in the batch: SPACE_TO_BATCH_ND and
// BATCH_TO_SPACE_ND.
#include <algorithm>
#include <array>
#include <vector>

#include "kernels/abi.h"
#include "workloads/operators/by_width.h"
#include "workloads/operators/extents.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/operator_view.h"
#include "workloads/tflite/options.h"

namespace boardless::workloads {
namespace {

constexpr OptionsCodec kBatchToSpaceOptions{
    read_nothing,
    write_empty_table<tflite::BatchToSpaceNDOptions, tflite::CreateBatchToSpaceNDOptions>};
constexpr OptionsCodec kSpaceToBatchOptions{
    read_nothing,
    write_empty_table<tflite::SpaceToBatchNDOptions, tflite::CreateSpaceToBatchNDOptions>};

using FourExtents = std::array<std::int32_t, 4>;

// A tensor of three dimensions is one pixel wide.
FourExtents image_of(const Tensor& tensor) {
  const std::vector<std::int32_t>& shape = tensor.shape;
  if (shape.size() == 3) return {shape[0], shape[1], 1, shape[2]};
  return {shape[0], shape[1], shape[2], shape[3]};
}

// What is added to the image, or cut off it, on each side of each of its dimensions.
struct Blocks {
  std::vector<std::int64_t> extent, margin;
};

Blocks blocks(const OperatorView& view, std::string_view margin) {
  require_rank(view, view.input(), "input", 3, 4);
  require_rank(view, view.output(), "output", view.input().shape.size(), view.input().shape.size());
  const auto count = static_cast<std::int32_t>(view.input().shape.size()) - 2;
  view.require_shape(view.input(1), "block shape", std::array{count});
  view.require_shape(view.input(2), margin, std::array{count, 2});
  Blocks result{view.integers(1, "block shape"), view.integers(2, margin)};
  constexpr std::int64_t kMost = 1 << 20;
  for (const std::int64_t extent : result.extent) {
    if (extent < 1) view.fail("has blocks of {}; they must be 1 or more", extent);
    if (extent > kMost) view.not_modelled("blocks of {}; supported: 1 to {}", extent, kMost);
  }
  for (const std::int64_t amount : result.margin) {
    if (amount < 0) view.fail("has {} of {}; they must be 0 or more", margin, amount);
    if (amount > kMost) view.not_modelled("{} of {}; supported: 0 to {}", margin, amount, kMost);
  }
  return result;
}

// `spread` is the side with the image, `batched` the side with the batches.
PreparedOperator prepare_blocks(const OperatorView& view, const Tensor& spread,
                                const Tensor& batched, const Blocks& by, std::int32_t pad_byte) {
  std::int64_t batches = spread.shape[0];
  for (std::size_t i = 0; i < by.extent.size(); ++i) {
    const std::int64_t whole = spread.shape[1 + i] + by.margin[2 * i] + by.margin[2 * i + 1];
    if (whole % by.extent[i] != 0) {
      view.fail("blocks of {} do not divide dimension {} of {} with its margin, {}", by.extent[i],
                1 + i, shape_text(spread), whole);
    }
    if (batched.shape[1 + i] != whole / by.extent[i]) {
      view.fail("makes {} of {}; its definition gives {} in dimension {}",
                shape_text(view.output()), shape_text(view.input()), whole / by.extent[i], 1 + i);
    }
    batches *= by.extent[i];
  }
  if (batched.shape[0] != batches || batched.shape.back() != spread.shape.back()) {
    view.fail("makes {} of {}; its definition takes {} batches of the same depth",
              shape_text(view.output()), shape_text(view.input()), batches);
  }
  const bool is_wide = by.extent.size() == 2;
  bl_batch_block_params params{.input_extent = {},
                               .output_extent = {},
                               .block_h = static_cast<std::int32_t>(by.extent[0]),
                               .block_w = is_wide ? static_cast<std::int32_t>(by.extent[1]) : 1,
                               .top = static_cast<std::int32_t>(by.margin[0]),
                               .left = is_wide ? static_cast<std::int32_t>(by.margin[2]) : 0,
                               .pad_byte = pad_byte};
  std::ranges::copy(image_of(view.input()), params.input_extent);
  std::ranges::copy(image_of(view.output()), params.output_extent);
  params.input_extent[3] *= data_type_size(view.input().type);
  params.output_extent[3] *= data_type_size(view.input().type);
  return view.finish(params, {view.tensor_operand(0), view.output_operand()});
}

PreparedOperator prepare_space_to_batch(const OperatorView& view) {
  const bool is_float = view.input().type == DataType::kFloat32;
  const std::int32_t zero = is_float ? 0 : view.zero_point(view.output(), "output");
  return prepare_blocks(view, view.input(), view.output(), blocks(view, "paddings"), zero);
}
PreparedOperator prepare_batch_to_space(const OperatorView& view) {
  return prepare_blocks(view, view.output(), view.input(), blocks(view, "crops"), 0);
}

// Calls visit(address in the image, address in the batches) for each pixel that both have.
template <class Visitor>
void for_each_pixel(const bl_batch_block_params& p, const std::int32_t (&image)[4],
                    const std::int32_t (&batched)[4], Visitor visit) {
  for (std::int64_t b = 0; b < batched[0]; ++b) {
    const std::int64_t block = b / image[0];
    for (std::int64_t h = 0; h < batched[1]; ++h) {
      const std::int64_t y = h * p.block_h + block / p.block_w - p.top;
      for (std::int64_t w = 0; w < batched[2]; ++w) {
        const std::int64_t x = w * p.block_w + block % p.block_w - p.left;
        if (y < 0 || y >= image[1] || x < 0 || x >= image[2]) continue;
        visit(((b % image[0] * image[1] + y) * image[2] + x) * image[3],
              ((b * batched[1] + h) * batched[2] + w) * batched[3]);
      }
    }
  }
}

void answer_space_to_batch(const KernelCall& call) {
  const auto p = call.params<bl_batch_block_params>();
  const auto* input = call.input<std::uint8_t>(0);
  auto* output = call.output<std::uint8_t>();
  std::fill_n(output, elements_between(p.output_extent, 0, 4),
              static_cast<std::uint8_t>(p.pad_byte));
  for_each_pixel(p, p.input_extent, p.output_extent, [&](std::int64_t image, std::int64_t batched) {
    std::copy_n(input + image, p.input_extent[3], output + batched);
  });
}

void answer_batch_to_space(const KernelCall& call) {
  const auto p = call.params<bl_batch_block_params>();
  const auto* input = call.input<std::uint8_t>(0);
  auto* output = call.output<std::uint8_t>();
  for_each_pixel(p, p.output_extent, p.input_extent, [&](std::int64_t image, std::int64_t batched) {
    std::copy_n(input + batched, p.input_extent[3], output + image);
  });
}

constexpr auto kSpaceToBatch =
    byte_kernels<Int8, UInt8, Float32>("space_to_batch_nd", answer_space_to_batch);
constexpr auto kBatchToSpace =
    byte_kernels<Int8, UInt8, Float32>("batch_to_space_nd", answer_batch_to_space);

constexpr Signature kThreeInputs{.min_inputs = 3, .max_inputs = 3};

constexpr OperatorRecord kRecords[] = {
    {.kind = OpKind::kBatchToSpaceNd,
     .signature = kThreeInputs,
     .options = &kBatchToSpaceOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_batch_to_space,
     .kernels = kBatchToSpace},
    {.kind = OpKind::kSpaceToBatchNd,
     .signature = kThreeInputs,
     .options = &kSpaceToBatchOptions,
     .layer_class = LayerClass::kMovement,
     .prepare = prepare_space_to_batch,
     .kernels = kSpaceToBatch,
     .note = "pads with the zero point; TensorFlow Lite Micro with a value that it never sets"},
};

}  // namespace

std::span<const OperatorRecord> batching_operators() { return kRecords; }

}  // namespace boardless::workloads
