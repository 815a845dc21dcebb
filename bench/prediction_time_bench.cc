// How long the whole question takes: predict() for kws on one target, on each number of Cortex-M4
// targets, and on every bundled target.
#include <benchmark/benchmark.h>
