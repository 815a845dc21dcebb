// Draws the end of a detector.
#include <vector>

#include "tests/prediction/random_custom.h"
#include "tests/prediction/random_families.h"

namespace boardless::prediction {
namespace {

using namespace workloads;

// Boxes around anchors that overlap here and there, scores in steps so that some are equal.
void detection(RandomBuilder& b) {
  const int boxes = b.dice.of({1, 5, 19, 20, 45, 70}), classes = b.dice.between(1, 5);
  const int scored = classes + b.dice.between(0, 1), detections = b.dice.between(1, 12);
  const bool in_each_class = b.dice.one_in(2);
  const int classes_each = in_each_class && b.dice.one_in(2) ? b.dice.between(2, 3) : 1;
  options(b, [&](flexbuffers::Builder& o) {
    o.Int("max_detections", detections);
    o.Int("max_classes_per_detection", classes_each);
    o.Int("num_classes", classes);
    o.Float("nms_score_threshold", 0.25F);
    o.Float("nms_iou_threshold", static_cast<float>(b.dice.real(0.1, 0.7)));
    o.Float("y_scale", 10);
    o.Float("x_scale", 10);
    o.Float("h_scale", 5);
    o.Float("w_scale", 5);
    o.Bool("use_regular_nms", in_each_class);
    if (in_each_class) o.Int("detections_per_class", b.dice.between(1, 12));
  });
  b.note("{} boxes, {} classes, {} detections of {} each{}", boxes, classes, detections,
         classes_each, in_each_class ? ", in each class" : "");
  const auto floats = [&](int count, double low, double high, int steps) {
    std::vector<float> values;
    for (int i = 0; i < count; ++i) {
      values.push_back(static_cast<float>(low + (high - low) * b.dice.between(0, steps) / steps));
    }
    return bytes_of(values);
  };
  b.input_bytes(DataType::kFloat32, {1, boxes, 4}, floats(4 * boxes, -2, 2, 1 << 20));
  b.input_bytes(DataType::kFloat32, {1, boxes, scored}, floats(boxes * scored, 0, 1, 50));
  b.constant_bytes(DataType::kFloat32, {boxes, 4}, floats(4 * boxes, 0.1, 0.9, 1 << 20));
  const int places = detections * classes_each;
  b.output(DataType::kFloat32, {1, places, 4}, {});
  for (int i = 0; i < 2; ++i) b.output(DataType::kFloat32, {1, places}, {});
  b.output(DataType::kFloat32, {1}, {});
}

constexpr Drawn kDrawn[] = {{custom_kind("TFLite_Detection_PostProcess", 40), detection}};

}  // namespace

std::span<const Drawn> detection_draws() { return kDrawn; }

}  // namespace boardless::prediction
