# find_package(boardless): BOARDLESS_EXECUTABLE, and functions for a project's tests.
get_filename_component(prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
find_program(BOARDLESS_EXECUTABLE boardless HINTS ${prefix}/bin)
if(NOT BOARDLESS_EXECUTABLE)
  set(boardless_FOUND FALSE)
  set(boardless_NOT_FOUND_MESSAGE "no executable boardless in ${prefix}/bin or on the path")
  return()
endif()
include(${CMAKE_CURRENT_LIST_DIR}/BoardlessBudget.cmake)
