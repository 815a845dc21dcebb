// Is a document that is none, or that was changed by hand, refused by its name and place?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/error.h"
#include "gate/document.h"
#include "reports/views.h"

namespace boardless::gate {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

prediction::Document small_document() {
  prediction::Prediction p;
  p.model = "kws";
  p.target = "m4";
  p.clock_hz = 100'000'000;
  prediction::Layer layer;
  layer.op = "CONV_2D";
  layer.name = "conv_1";
  layer.cycles = 1000;
  layer.stalls = {{"issue", 900}, {"load", 100}};
  p.layers = {layer};
  p.cycles = 1000;
  p.stalls = layer.stalls;
  p.latency_ms = 0.01;
  return {"0.1.0", {p}, {}};
}

std::string refusal(const std::string& text) {
  try {
    (void)read_document(text, "new.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

template <class Change>
std::string refusal_of(const Change& change) {
  prediction::Document document = small_document();
  change(document.predictions.front());
  return refusal(reports::to_json(document));
}

TEST(BadDocument, ThatContradictsItselfIsRefused) {
  EXPECT_EQ(refusal_of([](auto&) {}), "none");
  EXPECT_THAT(refusal_of([](auto& p) { p.cycles = 900; }),
              AllOf(StartsWith("new.json: 'predictions[0]': "),
                    HasSubstr("causes sum to 1000 cycles, and it has 900")));
  EXPECT_THAT(refusal_of([](auto& p) { p.layers[0].cycles = 900; }), HasSubstr("'conv_1'"));
  EXPECT_THAT(refusal_of([](auto& p) { p.latency_ms = 0.009; }),
              HasSubstr("1000 cycles at 100000000 Hz are not 0.009 ms"));
  EXPECT_THAT(refusal_of([](auto& p) { p.layers.push_back(p.layers[0]); }),
              HasSubstr("layers sum to 2000 cycles"));
}

TEST(BadDocument, OfAnotherFormatIsRefused) {
  EXPECT_THAT(refusal(""), HasSubstr("new.json: not JSON"));
  EXPECT_THAT(refusal("[]"), HasSubstr("expected a document"));
  EXPECT_THAT(refusal("{}"), HasSubstr("\"schema\" is missing"));
  EXPECT_THAT(refusal("{\"schema\": \"boardless.prediction/2\"}"),
              AllOf(HasSubstr("boardless.prediction/2"), HasSubstr("compared are")));
  EXPECT_THAT(refusal("{\"schema\": [\"\\u001b\"]}"), HasSubstr("compared are"));
  EXPECT_THAT(refusal("{\"schema\": \"boardless.run/1\", \"version\": \"1\"}"),
              HasSubstr("'firmware' is missing"));
  EXPECT_THAT(refusal("{\"schema\": \"boardless.sweep/1\", \"version\": \"1\", \"points\": [1]}"),
              HasSubstr("'points[0]'"));
}

}  // namespace
}  // namespace boardless::gate
