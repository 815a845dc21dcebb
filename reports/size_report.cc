// Sums for people, spreadsheets and programs.
#include "reports/size_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/csv_text.h"
#include "reports/figures.h"
#include "reports/json_text.h"
#include "reports/notes.h"
#include "reports/text_table.h"

namespace boardless::reports {
namespace {

using prediction::FirmwareSize;
using prediction::MemoryRoom;
using prediction::SectionUse;
using prediction::SymbolUse;
using sim::Section;
using Json = nlohmann::ordered_json;

const char* kind_text(Section::Kind kind) {
  switch (kind) {
    case Section::Kind::kCode:
      return "code";
    case Section::Kind::kConstants:
      return "constants";
    case Section::Kind::kData:
      return "data";
    case Section::Kind::kZeroed:
      return "zeroed";
  }
  return "";
}

const char* place_text(const SectionUse& use) {
  if (use.in_flash && use.in_ram) return "flash, RAM";
  return use.in_flash ? "flash" : "RAM";
}

std::string below(const std::string& title, const std::string& table) {
  return fmt::format("\n{}\n{}", title, table);
}

std::string memory_table(const FirmwareSize& size, const TableView& view) {
  TextTable table({{"memory"},
                   {"used\nB", Align::kRight, "used_bytes"},
                   {"of\nB", Align::kRight, "capacity_bytes"},
                   {"used\n%", Align::kRight, "used_percent"}});
  for (const MemoryRoom& memory : size.memories) {
    table.add_row({memory.name, with_commas(memory.used_bytes), with_commas(memory.capacity_bytes),
                   percent(static_cast<double>(memory.used_bytes),
                           static_cast<double>(memory.capacity_bytes))});
  }
  return below(fmt::format("{} on {}:", size.firmware, size.target),
               table.render({.width = view.width}, 2)) +
         (size.fits ? "" : notes("Does not fit:", size.reasons));
}

std::string section_table(const FirmwareSize& size, const TableView& view) {
  TextTable table({{"section"},
                   {"holds"},
                   {"in"},
                   {"address", Align::kRight},
                   {.header = "loaded at", .align = Align::kRight, .drop = 1},
                   {"bytes", Align::kRight}});
  for (const SectionUse& use : size.sections) {
    table.add_row({use.section.name, kind_text(use.section.kind), place_text(use),
                   fmt::format("{:#010x}", use.section.address),
                   fmt::format("{:#010x}", use.section.load_address),
                   with_commas(use.section.size)});
  }
  return below(fmt::format("Sections of {}:", size.firmware),
               table.render({.width = view.width}, 2));
}

std::string symbol_table(const FirmwareSize& size, std::size_t rows, const TableView& view) {
  if (size.symbols.empty()) return fmt::format("\n{} names no symbols.\n", size.firmware);
  TextTable table({{"symbol"}, {"kind"}, {"section"}, {"bytes", Align::kRight}});
  for (std::size_t i = 0; i < std::min(rows, size.symbols.size()); ++i) {
    const SymbolUse& symbol = size.symbols[i];
    table.add_row({symbol.name, symbol.is_function ? "function" : "object", symbol.section,
                   with_commas(symbol.bytes)});
  }
  return below(fmt::format("Largest symbols of {}:", size.firmware),
               table.render({.width = view.width}, 2));
}

}  // namespace

std::string size_table(const std::vector<FirmwareSize>& sizes, const SizeRows& rows,
                       const TableView& view) {
  TextTable table({{"firmware"},
                   {"code\nB", Align::kRight, "code_bytes"},
                   {"constants\nB", Align::kRight, "constant_bytes"},
                   {"data\nB", Align::kRight, "data_bytes"},
                   {"zeroed\nB", Align::kRight, "zeroed_bytes"},
                   {"flash\nB", Align::kRight, "flash_bytes"},
                   {"RAM\nB", Align::kRight, "ram_bytes"}});
  for (const FirmwareSize& size : sizes) {
    table.add_row({size.firmware, with_commas(size.code_bytes), with_commas(size.constant_bytes),
                   with_commas(size.data_bytes), with_commas(size.zeroed_bytes),
                   with_commas(size.flash_bytes), with_commas(size.ram_bytes)});
  }
  std::string text = table.render(view);
  for (const FirmwareSize& size : sizes) {
    if (!size.target.empty()) text += memory_table(size, view);
    if (rows.sections) text += section_table(size, view);
    if (rows.symbols != 0) text += symbol_table(size, rows.symbols, view);
  }
  return text;
}

std::string size_csv(const std::vector<FirmwareSize>& sizes) {
  std::string text =
      "firmware,target,code_bytes,constant_bytes,data_bytes,zeroed_bytes,flash_bytes,ram_bytes,"
      "fits\r\n";
  for (const FirmwareSize& size : sizes) {
    text += csv_line({size.firmware, size.target, fmt::format("{}", size.code_bytes),
                      fmt::format("{}", size.constant_bytes), fmt::format("{}", size.data_bytes),
                      fmt::format("{}", size.zeroed_bytes), fmt::format("{}", size.flash_bytes),
                      fmt::format("{}", size.ram_bytes),
                      size.target.empty() ? "" : fmt::format("{}", size.fits)});
  }
  return text;
}

Json size_fields(const FirmwareSize& size) {
  Json sections = Json::array(), symbols = Json::array();
  for (const SectionUse& use : size.sections) {
    sections.push_back({{"name", use.section.name},
                        {"kind", kind_text(use.section.kind)},
                        {"address", use.section.address},
                        {"load_address", use.section.load_address},
                        {"bytes", use.section.size},
                        {"in_flash", use.in_flash},
                        {"in_ram", use.in_ram}});
  }
  for (const SymbolUse& symbol : size.symbols) {
    symbols.push_back({{"name", symbol.name},
                       {"kind", symbol.is_function ? "function" : "object"},
                       {"section", symbol.section},
                       {"bytes", symbol.bytes}});
  }
  Json json{{"firmware", size.firmware},
            {"code_bytes", size.code_bytes},
            {"constant_bytes", size.constant_bytes},
            {"data_bytes", size.data_bytes},
            {"zeroed_bytes", size.zeroed_bytes},
            {"flash_bytes", size.flash_bytes},
            {"ram_bytes", size.ram_bytes},
            {"sections", std::move(sections)},
            {"symbols", std::move(symbols)},
            {"target", nullptr}};
  if (size.target.empty()) return json;
  json["target"] = size.target;
  json["fits"] = size.fits;
  json["reasons"] = size.reasons;
  json["memories"] = Json::array();
  for (const MemoryRoom& memory : size.memories) {
    json["memories"].push_back({{"name", memory.name},
                                {"used_bytes", memory.used_bytes},
                                {"capacity_bytes", memory.capacity_bytes}});
  }
  return json;
}

std::string size_json(const std::vector<FirmwareSize>& sizes, const std::string& version) {
  Json json{{"schema", "boardless.size/1"}, {"version", version}, {"firmware", Json::array()}};
  for (const FirmwareSize& size : sizes) json["firmware"].push_back(size_fields(size));
  return json_text(json, 2) + '\n';
}

}  // namespace boardless::reports
