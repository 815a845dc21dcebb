# One static library per folder of the architecture, with the project's warnings and sanitizers.
function(boardless_compile_options name)
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                         -Wno-sign-conversion -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # False alarms in libstdc++ strings, GCC PR 105651; behind a precompiled header those are no system headers.
    target_compile_options(${name} PRIVATE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
    target_compile_options(${name} PRIVATE -Wno-deprecated-declarations)  # libstdc++ 12's own in stable_sort
  endif()
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  if(BOARDLESS_SANITIZE)
    target_compile_options(${name} PRIVATE -fsanitize=address,undefined -fno-sanitize-recover=undefined
                           -fno-omit-frame-pointer)
    target_link_options(${name} PUBLIC -fsanitize=address,undefined)
  endif()
endfunction()

# Headers that most files read, parsed once for all components that are compiled alike. An include that is forgotten
# shows in a build without (BOARDLESS_PRECOMPILE=OFF), and to scripts/check_includes.py.
set(common_headers <algorithm> <cstdint> <filesystem> <functional> <map> <optional> <span> <string> <string_view>
                   <utility> <vector>)

# boardless_component(NAME [HOT] SOURCES a.cc b.cc DEPENDS other_component library)
# HOT: code that runs for every simulated instruction, block or multiplication; a debug build optimises it too, and
# a release build optimises the rest less, which is compiled in three quarters of the time.
function(boardless_component name)
  cmake_parse_arguments(arg "HOT" "" "SOURCES;DEPENDS" ${ARGN})
  add_library(boardless_${name} STATIC ${arg_SOURCES})
  boardless_compile_options(boardless_${name})
  if(arg_HOT)
    target_compile_options(boardless_${name} PRIVATE $<$<CONFIG:Debug>:-O1>)
  else()
    target_compile_options(boardless_${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  endif()
  # Not of isa/: no reader is there, and its code runs for every simulated instruction.
  if(BOARDLESS_FUZZ AND NOT name STREQUAL isa)
    target_compile_options(boardless_${name} PRIVATE -fsanitize-coverage=inline-8bit-counters,pc-table)
  endif()
  target_include_directories(boardless_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(boardless_${name} PUBLIC ${arg_DEPENDS})
  if(BOARDLESS_PRECOMPILE)
    boardless_precompile(boardless_${name} "${arg_DEPENDS}" "${arg_HOT}")
  endif()
endfunction()

# boardless_precompile(TARGET DEPENDS HOT): the first of each kind parses the headers for the others.
function(boardless_precompile target depends hot)
  set(headers ${common_headers})
  set(kind boardless_precompiled_${hot})
  if(fmt::fmt IN_LIST depends)
    list(APPEND headers <fmt/format.h>)
    string(APPEND kind _fmt)
  endif()
  if(CLI11::CLI11 IN_LIST depends)
    list(APPEND headers <CLI/CLI.hpp>)
    string(APPEND kind _cli)
  endif()
  get_property(first GLOBAL PROPERTY ${kind})
  if(first)
    target_precompile_headers(${target} REUSE_FROM ${first})
  else()
    target_precompile_headers(${target} PRIVATE ${headers})
    set_property(GLOBAL PROPERTY ${kind} ${target})
  endif()
endfunction()

# boardless_test(NAME SOURCES a_test.cc DEPENDS component): one GoogleTest executable per component. The first
# parses the common headers for all.
function(boardless_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(test_${name} ${arg_SOURCES})
  boardless_compile_options(test_${name})
  # Tests are compiled more often than they run.
  target_compile_options(test_${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  target_link_libraries(test_${name} PRIVATE ${arg_DEPENDS} boardless_test_support GTest::gmock
                        GTest::gtest_main)
  get_property(first GLOBAL PROPERTY boardless_first_test)
  if(first)
    target_precompile_headers(test_${name} REUSE_FROM ${first})
  else()
    target_precompile_headers(test_${name} PRIVATE ${common_headers} <fmt/format.h> <gmock/gmock.h> <gtest/gtest.h>)
    set_property(GLOBAL PROPERTY boardless_first_test test_${name})
  endif()
  add_custom_target(tests_of_${name} DEPENDS test_${name})  # with what else its tests run
  gtest_discover_tests(test_${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 600 LABELS ${name})
endfunction()
