// Workflow commands: properties and messages escape what divides them.
#include <fmt/format.h>

#include <string_view>

#include "base/visible_text.h"
#include "gate/check_views.h"
#include "gate/verdict_table.h"

namespace boardless::gate {
namespace {

std::string escaped(const std::string& text, std::string_view characters) {
  std::string result;
  for (const char c : text) {
    if (characters.find(c) != std::string_view::npos) {
      result += fmt::format("%{:02X}", static_cast<int>(c));
    } else {
      result += c;
    }
  }
  return result;
}

std::string property(const std::string& text) { return escaped(visible(text), "%\r\n:,"); }
std::string message(const std::string& text) { return escaped(visible(text), "%\r\n"); }

}  // namespace

std::string to_github(const CheckResult& result) {
  std::string text;
  for (const Verdict& verdict : all_verdicts(result)) {
    if (verdict.holds) continue;
    text += fmt::format("::error file={},line={},title={}::{}\n", property(verdict.place.file),
                        verdict.place.line, property(verdict_subject(verdict)),
                        message(verdict_text(verdict)));
  }
  return text;
}

}  // namespace boardless::gate
