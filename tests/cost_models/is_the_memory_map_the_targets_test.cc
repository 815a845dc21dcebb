// Does a memory system have the target's memories where programs see them?
#include <gtest/gtest.h>

#include "cost_models/memory_model.h"
#include "kernels/memory_map.h"

namespace boardless::cost_models {
namespace {

using targets::ReadPath;

const MemoryModel* at(const MemorySystemModel& model, std::uint32_t address) {
  for (const Region& region : model.regions) {
    if (address >= region.begin && address <= region.last) return &model.memories[region.memory];
  }
  return nullptr;
}

targets::Target flash_and_ram() {
  targets::Target target;
  targets::Memory flash;
  flash.name = "flash";
  flash.kind = targets::Memory::Kind::kFlash;
  flash.base = 0x08000000;
  flash.size_bytes = 0x10000;
  flash.alias_bases = {{0, "manual"}};
  flash.wait_states = 2;
  flash.row_bytes = 8;
  flash.fetch.kind = ReadPath::Kind::kPrefetch;
  flash.fetch.buffers = 2;
  flash.fetch.sequential_prefetch = true;
  targets::Memory ram;
  ram.name = "ram";
  ram.base = 0x20000000;
  ram.size_bytes = 0x5000;
  ram.row_bytes = 4;
  target.memories = {flash, ram};
  target.placement = {"flash", "flash", "ram", "ram"};
  return target;
}

TEST(KernelMemorySystem, FollowsThePlacement) {
  targets::Target target = flash_and_ram();
  const MemorySystemModel model = kernel_memory_system(target);
  ASSERT_TRUE(model.fetch_buffer.has_value());
  EXPECT_TRUE(model.fetch_buffer->lookahead);
  EXPECT_EQ(model.fetch_buffer->wait_states, 2U);
  EXPECT_EQ(at(model, kernels::kCodeBase)->name, "flash");
  EXPECT_TRUE(at(model, kernels::kCodeBase)->fetched_in_pipeline);
  EXPECT_EQ(at(model, kernels::kConstantsBase), at(model, kernels::kCodeBase));
  EXPECT_EQ(at(model, kernels::kStackTop - 1)->name, "ram");
  EXPECT_EQ(at(model, kernels::kStackTop), nullptr);
  target.placement.code = "ram";
  EXPECT_FALSE(kernel_memory_system(target).fetch_buffer.has_value());
}

TEST(FirmwareMemorySystem, HasTheRealAddressesAndTheAliases) {
  const MemorySystemModel model = firmware_memory_system(flash_and_ram());
  EXPECT_EQ(at(model, 0x0800ffff)->name, "flash");
  EXPECT_EQ(at(model, 0x0000ffff), at(model, 0x08000000)) << "the alias at 0";
  EXPECT_EQ(at(model, 0x08010000), nullptr);
  EXPECT_EQ(at(model, 0x20004fff)->name, "ram");
  EXPECT_FALSE(model.fetch_buffer.has_value()) << "code may also lie in RAM";
  EXPECT_EQ(at(model, 0x08000000)->row_buffers, 2U);
}

TEST(FirmwareMemorySystem, AViewIsAnotherPathToOneArray) {
  targets::Target target = flash_and_ram();
  targets::Memory view = target.memories[0];
  view.name = "flash_itcm";
  view.view_of = "flash";
  view.alias_bases.clear();
  view.base = 0x00200000;
  view.fetch.kind = ReadPath::Kind::kNone;
  target.memories.push_back(view);
  const MemorySystemModel model = firmware_memory_system(target);
  EXPECT_EQ(at(model, 0x00200000)->name, "flash_itcm");
  EXPECT_EQ(at(model, 0x00200000)->port, at(model, 0x08000000)->port) << "they contend";
}

TEST(MemorySystemModel, ChipsThatDifferOnlyInNamesAreEqual) {
  targets::Target one = flash_and_ram(), other = flash_and_ram();
  other.memories[0].name = other.placement.code = other.placement.constants = "rom";
  EXPECT_EQ(kernel_memory_system(one), kernel_memory_system(other));
  other.memories[0].wait_states = 1;
  EXPECT_NE(kernel_memory_system(one), kernel_memory_system(other));
}

TEST(MemorySystemModel, ASharedCacheIsOne) {
  targets::Target target = flash_and_ram();
  targets::Cache cache;
  cache.name = "l1d";
  cache.lines = 4;
  cache.line_bytes = 32;
  cache.fill = targets::Cache::Fill::kLine;
  cache.beat_bytes = 8;
  cache.write = targets::Cache::Write::kWriteBack;
  target.caches = {cache};
  for (targets::Memory& memory : target.memories) {
    memory.bus_cycles = targets::Sourced<std::uint32_t>{3, "manual"};
    memory.data.kind = ReadPath::Kind::kSharedCache;
    memory.data.shared = "l1d";
  }
  const MemorySystemModel model = firmware_memory_system(target);
  ASSERT_EQ(model.caches.size(), 1U);
  EXPECT_EQ(model.memories[0].data_cache, model.memories[1].data_cache);
  EXPECT_FALSE(model.writes_wait(0)) << "flash is not written by stores";
  EXPECT_TRUE(model.writes_wait(1)) << "stores allocate";
}

}  // namespace
}  // namespace boardless::cost_models
