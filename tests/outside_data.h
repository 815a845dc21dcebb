// What tests read from outside the project, and what a test says that skips because it is not
// there.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace boardless {

// Public .tflite files with the answers that are known of them.
inline std::filesystem::path models_folder() { return BOARDLESS_MODELS_DIR; }

// Checkouts of others' code; the environment's folder comes first.
inline std::filesystem::path sources_folder() {
  const char* folder = std::getenv("BOARDLESS_SOURCES_DIR");
  return folder != nullptr ? folder : BOARDLESS_SOURCES_DIR;
}

// The reason to skip; scripts/explain_skipped.sh counts tests by `what`, which is one of those that
// scripts/fetch_test_data.sh brings: "models", "CMSIS-NN", "Embench", "firmware", "vixl".
inline std::string needs(const std::string& what, const std::filesystem::path& absent) {
  return "needs " + what + ": " + absent.string() + " is not there";
}

}  // namespace boardless
