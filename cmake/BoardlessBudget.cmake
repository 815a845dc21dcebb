# boardless_add_budget_test(NAME FIRMWARE BUDGET): a test of ctest's that checks the firmware that this project builds
# against a budget.
#
#   find_package(boardless REQUIRED)
#   boardless_add_budget_test(app_budget app budget.yaml)
#
# FIRMWARE: an executable target, or a file. The budget calls it by its file's name: `firmware: app.elf`. BUDGET: a
# YAML file, relative to the current source folder.
function(boardless_add_budget_test name firmware budget)
  if(ARGC GREATER 3)
    message(FATAL_ERROR "boardless_add_budget_test(${name}): takes a name, a firmware and a budget; got ${ARGN} as well")
  endif()
  cmake_path(ABSOLUTE_PATH budget BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
  if(NOT EXISTS ${budget})
    message(FATAL_ERROR "boardless_add_budget_test(${name}): no budget ${budget}")
  endif()
  if(NOT BOARDLESS_EXECUTABLE)
    message(FATAL_ERROR "boardless_add_budget_test(${name}): boardless was not found; set BOARDLESS_EXECUTABLE")
  endif()
  if(TARGET ${firmware})
    set(called $<TARGET_FILE_NAME:${firmware}>)
    set(file $<TARGET_FILE:${firmware}>)
  else()
    set(file ${firmware})
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR} NORMALIZE)
    cmake_path(GET file FILENAME called)
  endif()
  add_test(NAME ${name} COMMAND ${BOARDLESS_EXECUTABLE} check ${budget} --firmware ${called}=${file})
  set_tests_properties(${name} PROPERTIES LABELS boardless)
endfunction()
