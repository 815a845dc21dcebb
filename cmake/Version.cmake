# BOARDLESS_VERSION: the project's version, and the commit where git and a history are there: 0.1.0+gd21e968,
# with .dirty behind it when files differ from that commit. Looked at when CMake configures, which a commit
# or a checkout makes it do again.
set(BOARDLESS_VERSION ${PROJECT_VERSION})
find_program(GIT_EXECUTABLE git)
mark_as_advanced(GIT_EXECUTABLE)
if(GIT_EXECUTABLE AND EXISTS ${PROJECT_SOURCE_DIR}/.git)
  execute_process(COMMAND ${GIT_EXECUTABLE} describe --always --exclude=* --abbrev=7 --dirty=.dirty
                  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} RESULT_VARIABLE failed
                  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse --git-path logs/HEAD
                  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
                  OUTPUT_VARIABLE head_log OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT failed)
    string(APPEND BOARDLESS_VERSION +g${commit})
    get_filename_component(head_log "${head_log}" ABSOLUTE BASE_DIR ${PROJECT_SOURCE_DIR})
    if(EXISTS ${head_log})
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${head_log})
    endif()
  endif()
endif()
