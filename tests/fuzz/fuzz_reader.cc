// fuzz_reader NAME [libFuzzer's options and files]: feeds one reader any bytes. It must use them or
// refuse them as bad input or not modelled, in one line.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "tests/fuzz/readers.h"

namespace {

const boardless::fuzz::Reader* reader = nullptr;

void check_refusal(std::string_view message) {
  boardless::check(!message.empty() && message.find('\n') == std::string_view::npos,
                   "a refusal is one line");
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  using boardless::fuzz::kReaders;
  const std::string_view name = *argc > 1 ? (*argv)[1] : "";
  reader = std::ranges::find(kReaders, name, &boardless::fuzz::Reader::name);
  if (reader == kReaders.end()) {
    std::fputs("usage: fuzz_reader NAME [OPTIONS OF LIBFUZZER] [CORPUS]\nreaders:", stderr);
    for (const auto& known : kReaders) std::fprintf(stderr, " %s", known.name.data());
    std::fputs("\n", stderr);
    std::exit(2);
  }
  std::copy(*argv + 2, *argv + *argc, *argv + 1);
  (*argv)[--*argc] = nullptr;
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    reader->read({data, size});
  } catch (const boardless::InputError& error) {
    check_refusal(error.what());
  } catch (const boardless::NotModelled& error) {
    check_refusal(error.what());
  }
  return 0;
}
