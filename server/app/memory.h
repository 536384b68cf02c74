// How much memory the program keeps that it does not use.
#pragma once

namespace minhu::app {

// For the beginning of a program, before its threads: malloc gets one arena for each processor and
// two at least, where it would make eight for each. An arena keeps what it was given once, so that
// many of them go on growing for hours under a load that does not (docs/benchmarks.md, `./dev
// soak`). MALLOC_ARENA_MAX in the environment wins. Does nothing where malloc is not that of glibc.
void keep_few_arenas();

}  // namespace minhu::app
