# Installs the locked npm packages of a source folder into a build folder; sources stay untouched.
find_program(NODE_EXECUTABLE node REQUIRED)
find_program(NPM_EXECUTABLE npm REQUIRED)

# boardless_node_package(SOURCE_DIR BUILD_DIR STAMP): a rule that makes STAMP; npm runs only when the
# package files have changed since, so a later build needs no network.
function(boardless_node_package source build stamp)
  add_custom_command(
    OUTPUT ${stamp}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${build}
    COMMAND ${CMAKE_COMMAND} -E copy ${source}/package.json ${source}/package-lock.json
            ${source}/.npmrc ${build}
    COMMAND ${CMAKE_COMMAND} -E chdir ${build} ${NPM_EXECUTABLE} ci --prefer-offline
            --loglevel=error
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${source}/package.json ${source}/package-lock.json ${source}/.npmrc
    COMMENT "Installing the npm packages of ${source}"
    VERBATIM)
endfunction()
