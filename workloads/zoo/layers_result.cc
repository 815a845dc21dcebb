// Layers that turn scores into a result: the class of every pixel, the boxes of a detector.
#include <flatbuffers/flexbuffers.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "workloads/zoo/layer.h"

namespace boardless::workloads {
namespace {

// The custom operator's own options, as TFLite's detection models carry them.
CustomAttributes detection_options(std::int32_t detections, std::int32_t classes) {
  flexbuffers::Builder builder;
  builder.Map([&] {
    builder.Int("max_detections", detections);
    builder.Int("max_classes_per_detection", 1);
    builder.Int("detections_per_class", 100);
    builder.Bool("use_regular_nms", false);
    builder.Float("nms_score_threshold", 1e-8F);
    builder.Float("nms_iou_threshold", 0.6F);
    builder.Int("num_classes", classes);
    builder.Float("y_scale", 10.0F);
    builder.Float("x_scale", 10.0F);
    builder.Float("h_scale", 5.0F);
    builder.Float("w_scale", 5.0F);
  });
  builder.Finish();
  return {builder.GetBuffer()};
}

}  // namespace

// Over the channels.
ZooOutputs zoo_arg_max(ZooLayer& layer) {
  layer.require_type(DataType::kInt8, "");
  std::vector<std::int32_t> shape = layer.shape();
  const int axis = layer.append_int32s("/axis", {1}, {static_cast<std::int32_t>(shape.size()) - 1});
  shape.pop_back();
  return {layer.append_operator(OpKind::kArgMax, {layer.input, axis}, std::move(shape),
                                ArgMaxAttributes{DataType::kInt32}, DataType::kInt32)};
}

// Boxes [1, n, 4] and scores [1, n, classes + 1] (the first is the background) to the best
// detections: box corners, classes, scores and their number.
ZooOutputs zoo_detection_postprocess(ZooLayer& layer) {
  const std::vector<int> inputs = layer.named_inputs(2, 2);
  const std::int32_t detections = layer.count("detections", 10);
  const std::int32_t classes = layer.count(layer.args.required("classes"));
  const std::vector<std::int32_t> boxes = layer.tensor(inputs[0]).shape;
  const std::vector<std::int32_t> scores = layer.tensor(inputs[1]).shape;
  if (boxes.size() != 3 || boxes[2] != 4 || scores.size() != 3 || scores[1] != boxes[1] ||
      scores[2] != classes + 1) {
    layer.fail(fmt::format("boxes [{}] and scores [{}]: expected [1, n, 4] and [1, n, {}]",
                           fmt::join(boxes, ", "), fmt::join(scores, ", "), classes + 1));
  }
  const int anchors = layer.append_weights("/anchors", DataType::kInt8, {boxes[1], 4});
  const ZooOutputs outputs{
      layer.append_tensor("/boxes", DataType::kFloat32, {1, detections, 4}),
      layer.append_tensor("/classes", DataType::kFloat32, {1, detections}),
      layer.append_tensor("/scores", DataType::kFloat32, {1, detections}),
      layer.append_tensor("/count", DataType::kFloat32, {1}),
  };
  layer.graph.operators.push_back({OpKind::kCustom,
                                   "TFLite_Detection_PostProcess",
                                   {inputs[0], inputs[1], anchors},
                                   outputs,
                                   detection_options(detections, classes)});
  return outputs;
}

}  // namespace boardless::workloads
