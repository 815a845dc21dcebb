# One static library per folder of the architecture, with the project's warnings and sanitizers.
function(boardless_compile_options name)
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                         -Wno-sign-conversion -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${name} PRIVATE -Wno-restrict)  # false alarms in libstdc++ strings, GCC PR 105651
  endif()
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  if(BOARDLESS_SANITIZE)
    target_compile_options(${name} PRIVATE -fsanitize=address,undefined -fno-sanitize-recover=undefined
                           -fno-omit-frame-pointer)
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
      # False alarms in libstdc++'s <regex> under sanitizers, GCC PR 105562.
      target_compile_options(${name} PRIVATE -Wno-maybe-uninitialized)
    endif()
    target_link_options(${name} PUBLIC -fsanitize=address,undefined)
  endif()
endfunction()

# boardless_component(NAME SOURCES a.cc b.cc DEPENDS other_component library)
function(boardless_component name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  add_library(boardless_${name} STATIC ${arg_SOURCES})
  boardless_compile_options(boardless_${name})
  target_include_directories(boardless_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(boardless_${name} PUBLIC ${arg_DEPENDS})
endfunction()

# boardless_test(NAME SOURCES a_test.cc DEPENDS component): one GoogleTest executable per component.
function(boardless_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(test_${name} ${arg_SOURCES})
  boardless_compile_options(test_${name})
  target_link_libraries(test_${name} PRIVATE ${arg_DEPENDS} boardless_test_support GTest::gmock
                        GTest::gtest_main)
  gtest_discover_tests(test_${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 600)
endfunction()
