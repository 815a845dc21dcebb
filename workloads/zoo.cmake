# A zoo network's bytes must not depend on whether the machine can fuse a multiplication and an
# addition.
set_source_files_properties(
  zoo_calibration.cc zoo_calibration_unweighted.cc zoo_expression.cc zoo_linear.cc
  PROPERTIES COMPILE_OPTIONS -ffp-contract=off)
