// What does a reader of a spoilt document get: one line that names the place and what is accepted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "base/error.h"
#include "reports/views.h"
#include "tests/reports/fixture.h"

namespace boardless::reports {
namespace {

using Json = nlohmann::ordered_json;

std::string message_for(const std::string& text) {
  try {
    from_json(text, "base.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

std::string message_after(const std::function<void(Json&)>& spoil) {
  Json json = Json::parse(to_json(reports_test::single_document()));
  spoil(json);
  return message_for(json.dump());
}

TEST(BadJson, NamesTheFileWhenTheTextIsNotJson) {
  EXPECT_THAT(message_for(""), ::testing::StartsWith("base.json: not JSON: "));
  EXPECT_THAT(message_for("{\"schema\": "), ::testing::StartsWith("base.json: not JSON: "));
  EXPECT_EQ(message_for("[]"),
            "base.json: expected an object with \"schema\", \"version\" and \"predictions\", found "
            "array");
}

TEST(BadJson, NamesTheSchemaItReads) {
  EXPECT_EQ(message_after([](Json& json) { json["schema"] = "boardless.prediction/2"; }),
            "base.json: \"schema\" is \"boardless.prediction/2\", this version reads "
            "\"boardless.prediction/1\"");
  EXPECT_EQ(message_after([](Json& json) { json.erase("schema"); }),
            "base.json: \"schema\" is missing, this version reads \"boardless.prediction/1\"");
}

TEST(BadJson, NamesAMissingField) {
  EXPECT_EQ(message_after([](Json& json) { json["predictions"][0]["layers"][2].erase("macs"); }),
            "base.json: 'predictions[0].layers[2]': field 'macs' is missing");
  EXPECT_EQ(message_after([](Json& json) { json["predictions"][0].erase("price_usd"); }),
            "base.json: 'predictions[0]': field 'price_usd' is missing");
}

TEST(BadJson, SuggestsTheNearestField) {
  EXPECT_EQ(message_after([](Json& json) { json["predictions"][0]["latencyms"] = 1; }),
            "base.json: 'predictions[0]': unknown field 'latencyms', did you mean 'latency_ms'?");
}

TEST(BadJson, NamesAWrongType) {
  EXPECT_EQ(message_after([](Json& json) { json["predictions"][0]["cycles"] = "many"; }),
            "base.json: 'predictions[0].cycles': expected a whole number, found string");
  EXPECT_EQ(message_after([](Json& json) { json["predictions"][0]["cycles"] = 1.5; }),
            "base.json: 'predictions[0].cycles': expected a whole number, found 1.5");
  EXPECT_EQ(message_after([](Json& json) { json["predictions"][0]["fits"] = 1; }),
            "base.json: 'predictions[0].fits': expected true or false, found number");
  EXPECT_EQ(message_after([](Json& json) { json["predictions"][0]["model"] = nullptr; }),
            "base.json: 'predictions[0].model': expected a string, found null");
  EXPECT_EQ(message_after([](Json& json) { json["predictions"][0]["latency_ms"] = "1"; }),
            "base.json: 'predictions[0].latency_ms': expected a number, found string");
  EXPECT_EQ(message_after([](Json& json) { json["predictions"][0]["sram"] = 3; }),
            "base.json: 'predictions[0].sram': expected an object, found number");
  EXPECT_EQ(message_after([](Json& json) { json["predictions"] = 3; }),
            "base.json: 'predictions': expected an array, found number");
  EXPECT_EQ(message_after([](Json& json) { json["predictions"][0]["stalls"]["issue"] = "x"; }),
            "base.json: 'predictions[0].stalls.issue': expected a whole number, found string");
}

TEST(BadJson, NamesANumberOutOfRange) {
  EXPECT_EQ(message_after([](Json& json) { json["predictions"][0]["cycles"] = -1; }),
            "base.json: 'predictions[0].cycles': -1 is outside 0 to 18446744073709551615");
  EXPECT_EQ(message_after([](Json& json) { json["predictions"][0]["clock_hz"] = 5000000000; }),
            "base.json: 'predictions[0].clock_hz': 5000000000 is outside 0 to 4294967295");
  // More than 64 bits, which the parser holds as floating point.
  EXPECT_EQ(message_after([](Json& json) { json["predictions"][0]["cycles"] = 1e30; }),
            "base.json: 'predictions[0].cycles': 1e+30 is outside 0 to 18446744073709551615");
  EXPECT_EQ(message_after([](Json& json) { json["predictions"][0]["cycles"] = 3.0; }),
            "base.json: 'predictions[0].cycles': expected a whole number, found 3.0");
  EXPECT_EQ(
      message_after([](Json& json) { json["predictions"][0]["latency_ms"] = 9007199254740993; }),
      "base.json: 'predictions[0].latency_ms': 9007199254740993 is a whole number beyond 2^53, "
      "which a 64-bit float does not hold");
  std::string text = to_json(reports_test::single_document());
  text.replace(text.find("\"latency_ms\": ") + 14, 1, "1e9995");
  EXPECT_THAT(message_for(text), ::testing::StartsWith("base.json: not JSON: "));
}

TEST(BadJson, RefusesARepeatedField) {
  std::string text = to_json(reports_test::single_document());
  text.replace(text.find("\"version\""), 0, "\"version\": \"9\", ");
  EXPECT_EQ(message_for(text), "base.json: field 'version' appears twice in one object");
}

TEST(BadJson, AcceptsWholeNumbersWhereFractionsAreMeant) {
  EXPECT_EQ(message_after([](Json& json) { json["predictions"][0]["latency_ms"] = 3; }),
            "accepted");
}

}  // namespace
}  // namespace boardless::reports
