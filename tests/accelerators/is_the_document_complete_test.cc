// Does the result document carry the accelerator's part through JSON, table and CSV?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "prediction/accelerator_prediction.h"
#include "reports/views.h"
#include "tests/accelerators/accelerator_graphs.h"
#include "workloads/zoo/zoo.h"

namespace boardless::prediction {
namespace {

using testing::HasSubstr;

Document document(const char* network, const std::vector<const char*>& accelerators) {
  Document result{"test", {}, {}};
  const workloads::Graph graph = workloads::make_zoo_shapes(network);
  for (const char* name : accelerators) {
    result.predictions.push_back(
        predict_on_accelerator(graph, "", cost_models::load_accelerator(name), {}, {}));
  }
  return result;
}

TEST(AcceleratorDocument, SurvivesJson) {
  const Document before = document("mobilenet_v2", {"coral-usb3", "imx500"});
  const std::string text = reports::to_json(before);
  const Document after = reports::from_json(text, "test");
  EXPECT_EQ(reports::to_json(after), text);
  ASSERT_TRUE(after.predictions[0].accelerator);
  EXPECT_EQ(after.predictions[0].accelerator->link, "usb3");
  EXPECT_EQ(after.predictions[1].accelerator->frames_per_second, 30.0);
  ASSERT_TRUE(after.predictions[0].layers[0].accelerator);
  EXPECT_GT(after.predictions[0].layers[0].accelerator->utilization, 0.0);
}

TEST(AcceleratorDocument, IsLeftOutOnAMicrocontroller) {
  Document plain{"test", {}, {}};
  plain.predictions.emplace_back();
  plain.predictions[0].layers.emplace_back();
  const std::string text = reports::to_json(plain);
  EXPECT_THAT(text, testing::Not(HasSubstr("accelerator")));
  EXPECT_FALSE(reports::from_json(text, "test").predictions[0].accelerator);
}

TEST(AcceleratorDocument, ShowsLayersByWhereTimeGoesAndWhatIsNotMapped) {
  // YOLOv8n is cut by nothing on the sensor; on the KPU its SiLU runs on the cores.
  const std::string table = reports::to_table(document("yolov8n", {"kendryte-k210"}), true);
  EXPECT_THAT(table, HasSubstr("stream"));
  EXPECT_THAT(table, HasSubstr("not mapped"));
  EXPECT_THAT(table, HasSubstr("LOGISTIC is not among the supported operators"));
  const std::string mapped = reports::to_table(document("mobilenet_v1", {"coral-m2"}), true);
  EXPECT_THAT(mapped, HasSubstr("Every operator is mapped."));
}

TEST(AcceleratorDocument, CsvHasAColumnForEachPart) {
  const std::string csv = reports::to_csv(document("mobilenet_v1", {"coral-usb3"}));
  const std::string header = csv.substr(0, csv.find("\r\n"));
  EXPECT_THAT(header, HasSubstr("compute_ms,onchip_ms,stream_ms,link_ms,host_ms,utilization"));
}

TEST(AcceleratorDocument, AsksTheSimulatedHostForJustWhatIsNotMapped) {
  const workloads::Graph graph = test::ChainBuilder(16, 16, 8)
                                     .conv(8, 3)
                                     .plain(workloads::OpKind::kL2Normalization)
                                     .conv(8, 3)
                                     .build();
  const cost_models::AcceleratorModel model = cost_models::load_accelerator("ethos-u55-64");
  std::size_t asked = 0;
  const Prediction simulated = predict_on_accelerator(
      graph, "", model, {}, [&](const std::string& target, const workloads::Graph& part) {
        EXPECT_EQ(target, model.host->mcu);
        asked = part.operators.size();
        return std::vector<double>{5.0};
      });
  EXPECT_EQ(asked, 1U);
  EXPECT_TRUE(simulated.fits);
  EXPECT_EQ(simulated.layers[1].accelerator->host_ms, 5.0);
  EXPECT_EQ(simulated.layers[2].accelerator->host_ms, 0.0);
  const Prediction refused = predict_on_accelerator(
      graph, "", model, {}, [](const std::string&, const workloads::Graph&) -> std::vector<double> {
        throw InputError("no kernel");
      });
  EXPECT_FALSE(refused.fits);
  EXPECT_THAT(refused.reasons, testing::Contains(HasSubstr("no kernel")));
}

TEST(AcceleratorDocument, SaysWhatIsAnEstimate) {
  const Document result = document("mobilenet_v1", {"myriad-x"});
  EXPECT_THAT(result.predictions[0].estimates,
              testing::Contains(testing::Field(&Estimate::what, "latency_ms")));
}

}  // namespace
}  // namespace boardless::prediction
