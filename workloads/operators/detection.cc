// TFLite_Detection_PostProcess: the end of an object detector, where boxes that overlap are left to
// the one with the highest score.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>
#include <vector>

#include "kernels/abi_signal.h"
#include "workloads/operators/custom_options.h"
#include "workloads/operators/families.h"
#include "workloads/operators/kernel_call.h"
#include "workloads/operators/signal_record.h"

namespace boardless::workloads {
namespace {

// How many boxes of a class are found; 0 where boxes compete with their highest class alone.
std::int32_t detections_per_class(const OperatorView& view, const CustomOptions& options) {
  if (options.boolean("use_regular_nms", false)) {
    const std::int32_t most = options.optional_integer("detections_per_class").value_or(100);
    if (most < 1) view.fail("its option 'detections_per_class' is {}; it must be above 0", most);
    return most;
  }
  const std::int32_t categories = options.integer("max_classes_per_detection", 1, 1 << 16);
  if (categories > 1 && options.integer("num_classes") > 1) {
    view.not_modelled("{} classes per detection without regular suppression; supported: 1",
                      categories);
  }
  return 0;
}

// The places for detections: a file has more than are found where its options name several classes
// for each.
std::int32_t check_outputs(const OperatorView& view, std::int32_t detections) {
  const std::vector<std::int32_t>& boxes = view.output().shape;
  const std::int32_t places = boxes.size() == 3 ? std::max(boxes[1], detections) : detections;
  view.require_shape(view.output(), "output", std::array{1, places, 4});
  for (const std::size_t i : {1, 2}) {
    view.require_type(view.output(i), "output", DataType::kFloat32);
    view.require_shape(view.output(i), "output", std::array{1, places});
  }
  require_one(view, view.output(3), "output 3", DataType::kFloat32);
  return places;
}

PreparedOperator prepare_detection(const OperatorView& view) {
  const CustomOptions options(view);
  require_rank(view, view.input(), "boxes", 3);
  require_rank(view, view.input(1), "scores", 3);
  const std::int32_t boxes = view.input().shape[1];
  const std::int32_t classes = options.integer("num_classes", 1, 1 << 16);
  const std::int32_t scored = view.input(1).shape[2];
  for (const std::size_t i : {1, 2}) {
    view.require_type(view.input(i), "input", DataType::kFloat32);
  }
  if (view.input().shape[0] != 1 || view.input().shape[2] < 4) {
    view.fail("boxes {}; they must be one batch of 4 numbers each", shape_text(view.input()));
  }
  if (scored - classes < 0 || scored - classes > 1) {
    view.fail("scores {} for {} classes", shape_text(view.input(1)), classes);
  }
  view.require_shape(view.input(1), "scores", std::array{1, boxes, scored});
  view.require_shape(view.input(2), "anchors", std::array{boxes, 4});
  const std::int32_t detections = options.integer("max_detections", 1, 1 << 16);
  const bl_detection_postprocess_params params{
      .boxes = boxes,
      .encoding_length = view.input().shape[2],
      .scored_classes = scored,
      .classes = classes,
      .max_detections = detections,
      .places = check_outputs(view, detections),
      .detections_per_class = detections_per_class(view, options),
      .score_threshold = options.real("nms_score_threshold"),
      .overlap_threshold = options.real("nms_iou_threshold"),
      .scale = {options.real("y_scale"), options.real("x_scale"), options.real("h_scale"),
                options.real("w_scale")}};
  if (!(params.overlap_threshold > 0 && params.overlap_threshold <= 1)) {
    view.fail("its option 'nms_iou_threshold' is {}; above 0 to 1 is accepted",
              params.overlap_threshold);
  }
  std::vector<Operand> operands;
  for (std::size_t i = 0; i < 3; ++i) operands.push_back(view.tensor_operand(i));
  for (std::size_t i = 0; i < 4; ++i) operands.push_back(view.output_operand(i));
  return view.finish(params, std::move(operands));
}

struct Box {
  float y_min = 0, x_min = 0, y_max = 0, x_max = 0;
  float area() const { return (y_max - y_min) * (x_max - x_min); }
};

float overlap(const Box& a, const Box& b) {
  if (a.area() <= 0 || b.area() <= 0) return 0;
  const float height = std::max(std::min(a.y_max, b.y_max) - std::max(a.y_min, b.y_min), 0.0F);
  const float width = std::max(std::min(a.x_max, b.x_max) - std::max(a.x_min, b.x_min), 0.0F);
  const float shared = height * width;
  return shared / (a.area() + b.area() - shared);
}

// A centre and half an extent, in double until the result.
float centre(float encoding, float scale, float extent, float anchor) {
  return static_cast<float>(double{encoding} / scale * extent + anchor);
}
float half(float encoding, float scale, float extent) {
  return static_cast<float>(0.5 * std::exp(double{encoding} / scale) * extent);
}

Box decoded(const bl_detection_postprocess_params& p, const float* encoding, const float* anchor) {
  const float y = centre(encoding[0], p.scale[0], anchor[2], anchor[0]);
  const float x = centre(encoding[1], p.scale[1], anchor[3], anchor[1]);
  const float h = half(encoding[2], p.scale[2], anchor[2]);
  const float w = half(encoding[3], p.scale[3], anchor[3]);
  return {y - h, x - w, y + h, x + w};
}

struct Candidate {
  Box box;
  float score = 0;
  std::int64_t in_class = 0;
};

// Of boxes by falling score those that no better one overlaps too much.
std::vector<Candidate> suppressed(std::vector<Candidate> candidates,
                                  const bl_detection_postprocess_params& p, std::size_t limit) {
  std::ranges::stable_sort(candidates, std::greater{}, &Candidate::score);
  std::vector<Candidate> found;
  for (const Candidate& candidate : candidates) {
    if (found.size() == limit) break;
    const bool is_apart = std::ranges::none_of(found, [&](const Candidate& other) {
      return overlap(other.box, candidate.box) > p.overlap_threshold;
    });
    if (is_apart) found.push_back(candidate);
  }
  return found;
}

void answer_detection(const KernelCall& call) {
  const auto p = call.params<bl_detection_postprocess_params>();
  const auto most = static_cast<std::size_t>(p.max_detections);
  // By class; all in the first where boxes compete with their highest class.
  std::vector<std::vector<Candidate>> candidates(static_cast<std::size_t>(p.classes));
  for (std::int64_t i = 0; i < p.boxes; ++i) {
    const Box box =
        decoded(p, call.input<float>(0) + i * p.encoding_length, call.input<float>(2) + i * 4);
    const float* first = call.input<float>(1) + (i + 1) * p.scored_classes - p.classes;
    const std::int64_t highest = std::max_element(first, first + p.classes) - first;
    for (std::int64_t c = 0; c < p.classes; ++c) {
      const bool competes = p.detections_per_class > 0 || c == highest;
      if (!competes || !(first[c] >= p.score_threshold)) continue;
      candidates[static_cast<std::size_t>(p.detections_per_class > 0 ? c : 0)].push_back(
          {box, first[c], c});
    }
  }
  std::vector<Candidate> found;
  const std::size_t of_each =
      p.detections_per_class > 0 ? static_cast<std::size_t>(p.detections_per_class) : most;
  for (std::vector<Candidate>& of_class : candidates) {
    const std::vector<Candidate> more = suppressed(std::move(of_class), p, of_each);
    found.insert(found.end(), more.begin(), more.end());
  }
  std::ranges::stable_sort(found, std::greater{}, &Candidate::score);
  found.resize(std::min(found.size(), most));
  *call.output<float>() = static_cast<float>(found.size());
  found.resize(static_cast<std::size_t>(p.places));
  for (std::size_t i = 0; i < found.size(); ++i) {
    reinterpret_cast<Box*>(call.operands[3])[i] = found[i].box;
    reinterpret_cast<float*>(call.operands[4])[i] = static_cast<float>(found[i].in_class);
    reinterpret_cast<float*>(call.operands[5])[i] = found[i].score;
  }
}

constexpr Kernel kDetection[] = {kernel<Float32>("detection_postprocess", answer_detection)};

constexpr OperatorRecord kRecords[] = {
    signal_record("TFLite_Detection_PostProcess", 3, 4, prepare_detection, kDetection,
                  "places behind the last detection are 0; there they keep what the arena held. "
                  "Several classes a detection without regular suppression are refused: there "
                  "their places leave gaps and reach behind the outputs"),
};

}  // namespace

std::span<const OperatorRecord> detection_operators() { return kRecords; }

}  // namespace boardless::workloads
