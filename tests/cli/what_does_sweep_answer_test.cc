// Does the command answer a space as a user types it: tables, documents, stores, interruptions, bad
// input?
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/version.h"
#include "tests/cli/process.h"

namespace boardless::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr char kSpace[] =
    "models: [kws, 'mobilenet_v1:width=0.1,resolution=32,classes=2']\n"
    "targets: [nrf52840, stm32f446re, rp2040, stm32f103c8, coral-usb3]\n"
    "kernels: [auto, reference]\n"
    "constraints: [latency_ms <= 15, fits]\n"
    "objectives: [{minimize: energy_uj}, {minimize: latency_ms}]\n";

// A space with a cache of its own.
struct Place {
  explicit Place(const std::string& text = kSpace) : space(folder.write("space.yaml", text)) {}
  Finished run(std::vector<std::string> arguments, Setting setting = {}) const {
    arguments.insert(arguments.begin(), "sweep");
    arguments.insert(arguments.begin() + 1, space);
    setting.cache = folder / "cache";
    return boardless(arguments, setting);
  }
  Finished store(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "store");
    return boardless(arguments, {.cache = folder / "cache"});
  }
  ScratchFolder folder;
  std::string space;
};

TEST(Sweep, ShowsTheFrontAndRecommends) {
  const Place place;
  const Finished finished = place.run({});
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.out, AllOf(HasSubstr("18 points: "), HasSubstr("on the front"),
                                  HasSubstr("Lowest energy that fits and meets latency_ms <= 15"),
                                  HasSubstr("\n*")));
  EXPECT_THAT(finished.err, AllOf(HasSubstr("18 points: 0 from the store"), HasSubstr(" runs")));
  const Finished again = place.run({});
  EXPECT_EQ(again.out, finished.out);
  EXPECT_THAT(again.err, HasSubstr(" 0 runs"));
  EXPECT_EQ(place.run({"--no-store", "-j", "1"}).out, finished.out);
}

TEST(Sweep, ShowsAllRowsAndTheColumnsAskedFor) {
  const Place place;
  const Finished all = place.run(
      {"--rows", "all", "--columns", "point,target,latency_ms,answer", "--sort", "point"});
  EXPECT_EQ(all.status, 0) << all.err;
  EXPECT_THAT(all.out, AllOf(HasSubstr("latency_ms <= 15: "), HasSubstr("pruned (")));
  EXPECT_THAT(place.run({"--columns", "latncy_ms"}).err, HasSubstr("did you mean 'latency_ms'"));
}

// Every key that a document has is one of its schema's, with the type that it says.
void expect_of_schema(const Json& value, const Json& schema, const std::string& path) {
  if (schema.contains("enum")) {
    EXPECT_NE(std::ranges::find(schema["enum"], value), schema["enum"].end()) << path << value;
  }
  if (schema.contains("const")) {
    EXPECT_EQ(value, schema["const"]) << path;
  }
  if (schema.contains("type") && schema["type"].is_string()) {
    const std::string type = schema["type"];
    const bool right = type == "object"    ? value.is_object()
                       : type == "array"   ? value.is_array()
                       : type == "string"  ? value.is_string()
                       : type == "boolean" ? value.is_boolean()
                                           : value.is_number_integer();
    EXPECT_TRUE(right) << path << " is no " << type;
  }
  if (value.is_array() && schema.contains("items")) {
    for (const Json& item : value) expect_of_schema(item, schema["items"], path + "[]");
  }
  if (!value.is_object()) return;
  if (schema.contains("required")) {
    for (const Json& key : schema["required"]) {
      EXPECT_TRUE(value.contains(key.get<std::string>())) << path << " has no " << key;
    }
  }
  if (!schema.contains("properties")) return;
  for (const auto& [key, member] : value.items()) {
    ASSERT_TRUE(schema["properties"].contains(key)) << path << " has " << key;
    expect_of_schema(member, schema["properties"][key], path + '.' + key);
  }
}

TEST(Sweep, WritesTheDocumentOfItsSchema) {
  const Place place;
  const Finished finished = place.run({"--format", "json"});
  ASSERT_EQ(finished.status, 0) << finished.err;
  const Json json = Json::parse(finished.out);
  const Json schema = Json::parse(text_of(BOARDLESS_SOURCE_DIR "/docs/sweep.schema.json"));
  expect_of_schema(json, schema, "");
  EXPECT_EQ(json["version"], version());
  EXPECT_EQ(json["counts"]["points"], 18);
  std::set<std::string> states;
  for (const Json& point : json["points"]) {
    states.insert(point["state"]);
    EXPECT_EQ(point["state"] == "answered", point["fields"].contains("latency_ms"));
    EXPECT_EQ(point["state"] == "pruned", point.contains("bound"));
  }
  EXPECT_THAT(states, testing::IsSupersetOf({"answered", "pruned"}));
}

TEST(Sweep, WritesTheSameRowsAsCsv) {
  const Place place;
  std::istringstream csv(place.run({"--format", "csv"}).out);
  std::string header, line;
  std::getline(csv, header);
  EXPECT_THAT(header, StartsWith("point,state,bound,kind,reason,meets,front,kernels_run,model,"));
  const Json json = Json::parse(place.run({"--format", "json"}).out);
  std::size_t rows = 0;
  while (std::getline(csv, line)) {
    EXPECT_THAT(line, StartsWith(std::to_string(rows) + "," +
                                 json["points"][rows]["state"].get<std::string>() + ","));
    ++rows;
  }
  EXPECT_EQ(rows, json["points"].size());
}

TEST(Sweep, SaysWhatItWouldDo) {
  const Place place;
  const Finished finished = place.run({"--dry-run"});
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.out, AllOf(HasSubstr("points                      18"), HasSubstr("runs"),
                                  HasSubstr("expected"), HasSubstr("cannot meet a constraint")));
}

TEST(Sweep, SaysWhyAPointIsNotTaken) {
  const Place place;
  const Json json = Json::parse(place.run({"--format", "json", "--prune", "none"}).out);
  for (const Json& point : json["points"]) {
    if (point["fields"]["target"] != "rp2040" || point["fields"]["model"] != "kws") continue;
    const Finished why =
        place.run({"--prune", "none", "--why", std::to_string(point["point"].get<int>())});
    EXPECT_THAT(why.out, AllOf(HasSubstr("latency_ms <= 15 is missed"),
                               HasSubstr("Nearest points that meet everything:"),
                               HasSubstr("instead of rp2040@133")));
  }
  const Finished beyond = place.run({"--why", "18"});
  EXPECT_EQ(beyond.status, 2);
  EXPECT_THAT(beyond.err, HasSubstr("the points are 0 to 17"));
}

TEST(Sweep, SaysNoWhenNothingMeetsEverything) {
  const Place place("models: kws\ntargets: [nrf52840, rp2040]\nconstraints: latency_ms <= 60\n");
  const Finished finished = place.run({});
  EXPECT_EQ(finished.status, 1) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("No point meets everything; nearest is kws on nrf52840@64"));
  EXPECT_THAT(finished.out, HasSubstr("latency_ms <= 60 is missed"));
}

TEST(Sweep, RefusesWhatIsWrongBeforeAnythingIsRun) {
  const auto refused = [](const std::string& text, const std::vector<std::string>& more = {}) {
    const Place place(text);
    const Finished finished = place.run(more);
    EXPECT_EQ(finished.status, 2) << text;
    EXPECT_EQ(finished.out, "");
    EXPECT_EQ(std::ranges::count(finished.err, '\n'), 1) << finished.err;
    return finished.err;
  };
  const std::string small = "models: kws\ntargets: rp2040\n";
  EXPECT_THAT(refused(small + "clok: 80\n"), HasSubstr("space.yaml:3: key 'clok'"));
  EXPECT_THAT(refused(small + "constraints: latency <= 3\n"), HasSubstr("space.yaml:3"));
  EXPECT_THAT(refused("models: kws\ntargets: [rp2040, ideal-cortex-m4]\n"
                      "constraints: price_usd < 5\n"),
              HasSubstr("ideal-cortex-m4@100 has no price_usd"));
  EXPECT_THAT(refused("networks: [{network: mobilenet_v1, parameters: {width: {from: 0.1, to: 1, "
                      "count: 700}, resolution: {from: 32, to: 512, step: 1}}}]\n"
                      "targets: all\n"),
              HasSubstr("--yes"));
  EXPECT_THAT(refused(small, {"--shard", "3/2"}), HasSubstr("there are 2 shards"));
  EXPECT_THAT(refused(small, {"--shard", "half"}), HasSubstr("1/4"));
  EXPECT_THAT(refused(small, {"--prune", "fits"}), HasSubstr("--prune"));
  const Finished none = boardless({"sweep"});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, HasSubstr("SPACE.yaml"));
  EXPECT_THAT(refusal("sweep none.yaml --no-store"), HasSubstr("none.yaml"));
}

TEST(Sweep, GoesOnWhereItWasInterrupted) {
  std::string text =
      "networks: [{network: mobilenet_v1, parameters: {width: {from: 0.3, to: 0.6, count: 40}, "
      "resolution: 96, classes: 2}}]\ntargets: [nrf52840, rp2040, esp32-c3]\n";
  const Place place(text);
  const Finished cut =
      place.run({"-v", "--format", "json"}, {.signal = SIGINT,
                                             .signal_after = "the kernel confines",
                                             .signal_delay = std::chrono::milliseconds(2500)});
  if (cut.status == 0) GTEST_SKIP() << "it was faster than the signal";
  EXPECT_EQ(cut.status, 130) << cut.err;
  const Json json = Json::parse(cut.out);
  EXPECT_GT(json["counts"]["pending"].get<int>(), 0);
  EXPECT_EQ(json["counts"]["points"], 120);
  const Finished rest = place.run({"--dry-run"});
  const int answered = json["counts"]["answered"];
  if (answered > 0) {
    EXPECT_THAT(rest.out, HasSubstr("in the store              " + std::to_string(answered)));
  }
}

TEST(Sweep, IsDividedIntoShardsWhoseStoresAreMerged) {
  const Place place;
  const std::string whole = place.run({"--no-store", "--format", "json"}).out;
  for (const char* number : {"1", "2"}) {
    const std::string store = place.folder / (std::string("shard") + number + ".db");
    const Finished part =
        place.run({"--shard", std::string(number) + "/2", "--store", store, "--format", "json"});
    EXPECT_EQ(part.status, 0) << part.err;
    EXPECT_GT(Json::parse(part.out)["counts"]["pending"].get<int>(), 0);
  }
  const std::string all = place.folder / "all.db";
  const Finished merged = boardless(
      {"store", "merge", "--store", all, place.folder / "shard1.db", place.folder / "shard2.db"});
  EXPECT_EQ(merged.status, 0) << merged.err;
  EXPECT_THAT(merged.out, HasSubstr("new results"));
  const Finished joined = place.run({"--store", all, "--format", "json"});
  EXPECT_EQ(joined.out, whole);
  EXPECT_THAT(joined.err, HasSubstr(" 0 runs"));
}

TEST(Store, ListsShowsExportsAndRemoves) {
  const Place place("models: kws\ntargets: [nrf52840, rp2040]\n");
  ASSERT_EQ(place.run({"-q"}).status, 0);
  const Finished list = place.store({"ls"});
  EXPECT_EQ(list.status, 0) << list.err;
  EXPECT_THAT(list.out, AllOf(HasSubstr("nrf52840"), HasSubstr("rp2040"), HasSubstr("2 results")));
  const Json exported = Json::parse(place.store({"export", "-f", "json"}).out);
  EXPECT_EQ(exported["schema"], "boardless.store/1");
  ASSERT_EQ(exported["results"].size(), 2U);
  const Json& first = exported["results"][0];
  const std::string key = first["key"];
  const Json shown = Json::parse(place.store({"show", key.substr(0, 12), "-f", "json"}).out);
  EXPECT_EQ(shown, first["document"]);
  EXPECT_EQ(shown["schema"], "boardless.prediction/1");
  EXPECT_THAT(place.store({"show", key}).out, HasSubstr("top stalls"));
  EXPECT_THAT(place.store({"export"}).out, StartsWith("key,version,model,target,"));
  EXPECT_EQ(place.store({"show", "zz"}).status, 2);
  EXPECT_THAT(place.store({"gc"}).err, HasSubstr("--other-versions"));
  EXPECT_THAT(place.store({"gc", "--other-versions"}).out, HasSubstr("0 results removed, 2 left"));
  EXPECT_THAT(place.store({"gc", "--all"}).out, HasSubstr("2 results removed, 0 left"));
  EXPECT_THAT(place.store({"ls"}).out, HasSubstr("No results"));
}

TEST(Store, ThatIsDamagedIsSetAsideOrRefused) {
  const Place place("models: kws\ntargets: nrf52840\n");
  const std::string text(1000, 'x');
  place.folder.write("cache/boardless/results.db", text);
  const Finished fresh = place.run({});
  EXPECT_EQ(fresh.status, 0) << fresh.err;
  EXPECT_THAT(fresh.err, HasSubstr("was damaged and is begun anew"));
  EXPECT_EQ(text_of(place.folder / "cache/boardless/results.db.damaged"), text);
  place.folder.write("mine.db", text);
  const Finished refused = place.run({"--store", place.folder / "mine.db"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("mine.db"), HasSubstr("damaged")));
  EXPECT_EQ(text_of(place.folder / "mine.db"), text);
  EXPECT_EQ(boardless({"store", "ls", "--store", place.folder / "none.db"}).status, 2);
}

// A store or an output is no model of the space.
TEST(Sweep, ReplacesNoInput) {
  const Place place("models: m.tflite\ntargets: chip.yaml\n");
  place.folder.write("m.tflite", "some bytes");
  place.folder.write("base.yaml", "extends: rp2040\ndescription: a base\n");
  place.folder.write("chip.yaml", "extends: base\ndescription: a chip\n");
  for (const char* option : {"--output", "--store"}) {
    for (const std::string& input : {place.folder / "m.tflite", place.space,
                                     place.folder / "chip.yaml", place.folder / "base.yaml"}) {
      const Finished finished = place.run({option, input});
      EXPECT_EQ(finished.status, 2);
      EXPECT_THAT(finished.err, HasSubstr("the same file")) << option << ' ' << input;
    }
  }
  EXPECT_EQ(text_of(place.folder / "m.tflite"), "some bytes");
}

}  // namespace
}  // namespace boardless::cli
