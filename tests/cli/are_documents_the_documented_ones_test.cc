// Is every key of the JSON documents of targets, models and accelerators' points explained in
// docs/documents.md, and does CSV hold the same rows?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/version.h"
#include "cost_models/accelerators/accelerator_model.h"
#include "targets/target.h"
#include "targets/target_numbers.h"
#include "tests/cli/process.h"

namespace boardless::cli {
namespace {

using Json = nlohmann::json;
using testing::StartsWith;

struct Document {
  std::vector<std::string> command;
  std::string schema;
};

const std::vector<Document> kDocuments{
    {{"targets"}, "boardless.targets/1"},
    {{"targets", "show", "stm32f446re"}, "boardless.target/1"},
    {{"targets", "show", "coral-usb3"}, "boardless.target/1"},
    {{"model", "show", "kws"}, "boardless.model/1"},
    {{"model", "list"}, "boardless.zoo/1"},
    {{"model", "operators"}, "boardless.operators/1"},
    {{"validate", "--accelerators"}, "boardless.accelerator_validation/1"}};

std::string output_of(std::vector<std::string> command, const std::string& format) {
  command.insert(command.end(), {"--format", format});
  const Finished finished = boardless(command);
  EXPECT_EQ(finished.status, 0) << finished.err;
  return finished.out;
}

// A network's own parameters are no keys of the format.
void collect_keys(const Json& json, std::set<std::string>& keys) {
  if (json.is_array()) {
    for (const Json& each : json) collect_keys(each, keys);
  }
  if (!json.is_object()) return;
  for (const auto& [key, value] : json.items()) {
    keys.insert(key);
    if (key != "parameters") collect_keys(value, keys);
  }
}

TEST(Documents, NameTheirSchemaAndEveryKeyIsExplained) {
  const std::string page = text_of(BOARDLESS_SOURCE_DIR "/docs/documents.md");
  for (const Document& document : kDocuments) {
    const Json json = Json::parse(output_of(document.command, "json"));
    EXPECT_EQ(json.at("schema"), document.schema);
    EXPECT_EQ(json.at("version"), version());
    EXPECT_THAT(page, testing::HasSubstr("`" + document.schema + "`"));
    std::set<std::string> keys;
    collect_keys(json, keys);
    for (const std::string& key : keys) {
      EXPECT_THAT(page, testing::HasSubstr("`" + key + "`")) << document.schema;
    }
  }
}

TEST(Documents, OfTargetsHoldAllOfThem) {
  const Json json = Json::parse(output_of({"targets"}, "json"));
  EXPECT_EQ(json.at("targets").size(), targets::target_names().size());
  EXPECT_EQ(json.at("accelerators").size(), cost_models::accelerator_names().size());
  for (const Json& target : json.at("targets")) {
    if (target.at("name") != "stm32f446re") continue;
    EXPECT_EQ(target.at("clock_hz"), 180000000);
    EXPECT_EQ(target.at("sram_bytes"), 131072);
    EXPECT_EQ(target.at("wait_states"), 5);
    EXPECT_EQ(target.at("estimates"), Json({"run_ua_per_mhz", "supply_v", "price_usd"}));
  }
}

TEST(Documents, OfATargetHoldEveryNumberWithItsSource) {
  const Json json = Json::parse(output_of({"targets", "show", "nrf52840"}, "json"));
  const auto numbers = targets::target_numbers(targets::load_target("nrf52840"));
  ASSERT_EQ(json.at("numbers").size(), numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    EXPECT_EQ(json.at("numbers")[i].at("key"), numbers[i].key);
    EXPECT_EQ(json.at("numbers")[i].at("source"), numbers[i].source);
    EXPECT_EQ(json.at("numbers")[i].at("is_estimate"), numbers[i].is_estimate);
  }
}

TEST(Documents, OfAModelSumUp) {
  const Json json = Json::parse(output_of({"model", "show", "kws"}, "json"));
  std::int64_t macs = 0;
  for (const Json& op : json.at("operators")) macs += op.at("macs").get<std::int64_t>();
  EXPECT_EQ(macs, json.at("macs").get<std::int64_t>());
  EXPECT_GT(macs, 2'000'000);
}

// Fixed columns whatever the rows, and as many cells in each.
TEST(Documents, AreTablesAsCsv) {
  EXPECT_THAT(output_of({"targets"}, "csv"),
              StartsWith("kind,name,description,vendor,core,fpu,family,clock_hz,sram_bytes,"));
  EXPECT_THAT(output_of({"targets", "-t", "rp2040"}, "csv"),
              StartsWith("kind,name,description,vendor,core,fpu,family,clock_hz,sram_bytes,"));
  const std::string list = output_of({"targets"}, "csv");
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(list, '\n')),
            1 + targets::target_names().size() + cost_models::accelerator_names().size());
  EXPECT_THAT(output_of({"targets", "show", "rp2040"}, "csv"),
              StartsWith("key,value,source,is_estimate\r\n"));
  EXPECT_THAT(output_of({"model", "show", "kws"}, "csv"),
              StartsWith("index,op,output_shape,output_type,macs,parameters\r\n0,CONV_2D,"));
  EXPECT_THAT(output_of({"model", "list"}, "csv"), StartsWith("name,parameters,description\r\n"));
  EXPECT_THAT(output_of({"model", "operators"}, "csv"),
              StartsWith("name,types,kernel,libraries,within,note,lite_note\r\n"));
}

}  // namespace
}  // namespace boardless::cli
