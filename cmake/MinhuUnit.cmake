# minhu_unit(<layer> <name> [USES unit…] [LINKS target…] [TEST_LINKS target…] [TESTS_ALONE filter])
#
# TESTS_ALONE: of tests that change what others share (a whole server): nothing else runs beside them.
#
# One folder server/<layer>/<name> (or server/kernel) becomes the library minhu_<name>: every *.cc is its source, every
# *_test.cc, and test_*.cc on which they stand, goes into the test program <name>_test. A unit may use only layers below
# its own, and other features it declares here; anything else stops the configuration. Cycles cannot be written: a unit
# can name only what came earlier.

set(MINHU_LAYERS kernel engines ports features adapters app)
# Layers that may be used by each layer. Features see features they declare; adapters and app see features.
set(MINHU_SEES_kernel "")
set(MINHU_SEES_engines kernel)
set(MINHU_SEES_ports kernel)
set(MINHU_SEES_features kernel engines ports features)
set(MINHU_SEES_adapters kernel engines ports features)
set(MINHU_SEES_app kernel engines ports features adapters)

add_library(minhu_warnings INTERFACE)
target_compile_options(minhu_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  # Whoever builds it to run it is not stopped by what another compiler, or another level of optimisation, notices.
  $<$<NOT:$<CONFIG:Release>>:-Werror>)
# The stable_sort of libstdc++ 12 calls what libstdc++ 12 itself calls deprecated, and clang says so where it is used.
target_compile_options(minhu_warnings INTERFACE $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)

# Where tests and benchmarks find the files of the project. Nothing else is compiled with a path of this machine, so
# that a compiler's cache answers for every clone.
add_library(minhu_project_folder STATIC EXCLUDE_FROM_ALL
  ${PROJECT_SOURCE_DIR}/tests/project_folder/project_folder.cc)
target_include_directories(minhu_project_folder PUBLIC ${PROJECT_SOURCE_DIR}/tests/project_folder)
target_compile_definitions(minhu_project_folder PRIVATE
  MINHU_PROJECT_FOLDER="${PROJECT_SOURCE_DIR}" MINHU_UNIT_LIST="${PROJECT_BINARY_DIR}/units.txt")

function(minhu_unit layer name)
  cmake_parse_arguments(UNIT "" "TESTS_ALONE" "USES;LINKS;TEST_LINKS;TEST_USES" ${ARGN})
  if(NOT layer IN_LIST MINHU_LAYERS)
    message(FATAL_ERROR "${name}: no layer called ${layer}; the layers are ${MINHU_LAYERS}")
  endif()

  foreach(used IN LISTS UNIT_USES)
    if(NOT TARGET minhu_${used})
      message(FATAL_ERROR "${layer}/${name} uses ${used}, which does not exist or comes later (a cycle?)")
    endif()
    get_target_property(used_layer minhu_${used} MINHU_LAYER)
    if(NOT used_layer IN_LIST MINHU_SEES_${layer})
      message(FATAL_ERROR "${layer}/${name} may not use ${used_layer}/${used}: ${layer} sees only ${MINHU_SEES_${layer}}")
    endif()
  endforeach()

  set(of_tests "(_test|/test_[a-z_]+)\\.cc$")
  if(name MATCHES "^test_") # all of it is for tests
    set(of_tests "_test\\.cc$")
  endif()
  file(GLOB sources CONFIGURE_DEPENDS *.cc)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "${of_tests}")
  list(FILTER sources EXCLUDE REGEX "${of_tests}")
  file(GLOB headers CONFIGURE_DEPENDS *.h)

  if(sources)
    add_library(minhu_${name} STATIC ${sources} ${headers})
    set(scope PUBLIC)
    target_link_libraries(minhu_${name} PRIVATE minhu_warnings)
    # Engines reckon, everything else waits: not optimised, planning a month's visits alone is most of what making a
    # county for a test takes. Only where tests are compiled for speed of compiling (docs/adr/0022).
    if(layer STREQUAL engines)
      target_compile_options(minhu_${name} PRIVATE $<$<AND:$<CONFIG:Debug>,$<CXX_COMPILER_ID:Clang>>:-O1>)
    endif()
  else()
    add_library(minhu_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  set_target_properties(minhu_${name} PROPERTIES MINHU_LAYER ${layer} MINHU_USES "${UNIT_USES}")
  target_include_directories(minhu_${name} ${scope} ${PROJECT_SOURCE_DIR}/server)
  foreach(used IN LISTS UNIT_USES)
    target_link_libraries(minhu_${name} ${scope} minhu_${used})
  endforeach()
  target_link_libraries(minhu_${name} ${scope} ${UNIT_LINKS})

  # What the include check (tests/architecture) compares with the #include lines of the folder.
  set_property(GLOBAL APPEND_STRING PROPERTY MINHU_UNIT_LIST "${layer} ${name} ${UNIT_USES} | ${UNIT_TEST_USES}\n")

  if(MINHU_TESTS AND tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE minhu_${name} minhu_project_folder minhu_warnings GTest::gtest_main
      ${UNIT_TEST_LINKS})
    foreach(used IN LISTS UNIT_TEST_USES)
      target_link_libraries(${name}_test PRIVATE minhu_${used})
    endforeach()
    set(together "")
    if(UNIT_TESTS_ALONE)
      set(together TEST_FILTER -${UNIT_TESTS_ALONE})
      gtest_discover_tests(${name}_test DISCOVERY_MODE PRE_TEST TEST_PREFIX ${name}. TEST_FILTER ${UNIT_TESTS_ALONE}
        TEST_LIST ${name}_tests_alone PROPERTIES TIMEOUT 300 LABELS unit RUN_SERIAL TRUE)
    endif()
    gtest_discover_tests(${name}_test DISCOVERY_MODE PRE_TEST TEST_PREFIX ${name}. ${together}
      PROPERTIES TIMEOUT 300 LABELS unit)
  endif()
endfunction()

function(minhu_write_unit_list)
  get_property(list GLOBAL PROPERTY MINHU_UNIT_LIST)
  file(WRITE ${PROJECT_BINARY_DIR}/units.txt "${list}")
endfunction()
