# Makes OUTPUT, the report pages' templates as a C++ source: kept where it is of these page files, else
# taken from TEMPLATE (a bundle made before, in a source package or named by the user), else bundled.
# A script: cmake -DSOURCE=… -DBUILD=… -DOUTPUT=… [-DTEMPLATE=… [-DTEMPLATE_IS_ASKED_FOR=ON]]
#                 -DNODE=… -DNPM=… -P BundlePage.cmake
# Only the last needs Node.js, and npm only when its packages are not there yet.
file(GLOB_RECURSE page_files LIST_DIRECTORIES OFF RELATIVE ${SOURCE} ${SOURCE}/src/*)
list(APPEND page_files shell.html comparison.html prediction.html run.html sweep.html build.mjs tsconfig.json package.json package-lock.json)
list(SORT page_files)
set(digests)
foreach(name IN LISTS page_files)
  file(SHA256 ${SOURCE}/${name} digest)
  string(APPEND digests "${digest} ${name}\n")
endforeach()
string(SHA256 page_digest "${digests}")

# is_current(RESULT FILE): was FILE bundled from these page files? Its first line says from which.
function(is_current result file)
  set(${result} OFF PARENT_SCOPE)
  if(EXISTS "${file}")
    file(STRINGS "${file}" first LIMIT_COUNT 1)
    if(first MATCHES "${page_digest}")
      set(${result} ON PARENT_SCOPE)
    endif()
  endif()
endfunction()

is_current(is_kept "${OUTPUT}")
if(is_kept)
  return()
endif()
is_current(is_bundled "${TEMPLATE}")
if(is_bundled)
  file(COPY_FILE "${TEMPLATE}" "${OUTPUT}")
  return()
endif()
if(TEMPLATE_IS_ASKED_FOR)
  message(FATAL_ERROR "BOARDLESS_PAGE_TEMPLATE=${TEMPLATE}: no bundle of the files in reports/page; accepted is "
                      "the reports/page_template.cc of a build of the same files.")
endif()
if(NOT NODE OR NOT NPM)
  message(FATAL_ERROR "node and npm were not found; the report page is bundled with them. Install the Debian "
                      "packages nodejs and npm, or set BOARDLESS_PAGE_TEMPLATE to the "
                      "reports/page_template.cc of a build of the same files.")
endif()

set(STAMP ${BUILD}/packages.stamp)
include(${CMAKE_CURRENT_LIST_DIR}/../../cmake/InstallNodePackages.cmake)
file(REMOVE_RECURSE ${BUILD}/src)
foreach(name src shell.html comparison.html prediction.html run.html sweep.html build.mjs tsconfig.json)
  file(COPY ${SOURCE}/${name} DESTINATION ${BUILD} NO_SOURCE_PERMISSIONS)
endforeach()
execute_process(COMMAND ${NODE} ${BUILD}/build.mjs ${OUTPUT} ${page_digest} RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "The report page could not be bundled.")
endif()
