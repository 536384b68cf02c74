#include "app/terminal.h"

#include <unistd.h>

#include <cstdio>

#include "app/sentences.h"

namespace minhu::app {

int refuse(const Fault& fault) {
  std::fprintf(stderr, "minhu: %s\n", terminal_language().say(fault).c_str());
  return not_done;
}

int finish(const std::string& line) {
  std::fflush(stderr);
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
  return done;
}

void tell_first_link(const std::string& link) {
  const catalogue::Details details{{"link", link}};
  std::fprintf(stderr, "minhu: %s\n", terminal_language().say("app.first_link", details).c_str());
}

void progress(const std::string& line) {
  static const bool seen = ::isatty(STDERR_FILENO) == 1;
  if (!seen) return;
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
}

}  // namespace minhu::app
