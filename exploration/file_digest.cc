// Walks merged trees of YAML.
#include "exploration/file_digest.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/data_files.h"
#include "base/program_file.h"
#include "base/version.h"
#include "targets/target.h"
#include "targets/yaml_bases.h"
#include "targets/yaml_digest.h"
#include "toolchain/build_note.h"
#include "toolchain/object_store.h"

namespace boardless::exploration {
namespace {

namespace fs = std::filesystem;

fs::path folder(const char* kind) { return data_directory() / "targets" / kind; }

std::string digest_of_yaml(const fs::path& file, const fs::path& bundled) {
  toolchain::BuildKey key;
  key.add(file.stem().string());
  key.add(targets::yaml_digest(*targets::load_with_bases(file, bundled)));
  return key.hex();
}

fs::path file_of(const std::string& word, const char* kind) {
  return targets::is_target_file(word) ? fs::path(word) : folder(kind) / (word + ".yaml");
}

std::string digest_of_chip(const std::string& word, const std::string& core) {
  return digest_of_texts({digest_of_yaml(file_of(word, "mcus"), folder("mcus")),
                          digest_of_yaml(folder("cores") / (core + ".yaml"), folder("cores"))});
}

}  // namespace

std::string digest_of_texts(const std::vector<std::string>& texts) {
  toolchain::BuildKey key;
  for (const std::string& text : texts) key.add(text);
  return key.hex();
}

std::string digest_of_mcu(const std::string& word, const std::string& core, std::uint32_t clock_hz,
                          const std::string& voltage_range) {
  return digest_of_texts({digest_of_chip(word, core), fmt::format("{}", clock_hz), voltage_range});
}

std::string digest_of_accelerator(const std::string& word,
                                  const cost_models::AcceleratorModel& model) {
  std::vector<std::string> parts{
      digest_of_yaml(file_of(word, "accelerators"), folder("accelerators"))};
  if (model.host && !model.host->mcu.empty()) {
    const targets::Target host = targets::load_target(model.host->mcu);
    parts.push_back(digest_of_chip(model.host->mcu, host.core));
  }
  return digest_of_texts(parts);
}

std::string digest_of_runtime(const std::string& name) {
  return digest_of_yaml(folder("runtimes") / (name + ".yaml"), folder("runtimes"));
}

std::string digest_of_bundled_image(const std::string& name) {
  const toolchain::BuildNote note = toolchain::read_build_note(name);
  return toolchain::BuildKey()
      .add(note.compiler)
      .add(note.all_flags())
      .add_file(data_directory() / "kernels" / (name + ".elf"))
      .hex();
}

std::string digest_of_program() {
  static const std::string digest =
      toolchain::BuildKey().add(version()).add_file(program_file()).hex();
  return digest;
}

}  // namespace boardless::exploration
