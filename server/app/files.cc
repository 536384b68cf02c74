#include "app/files.h"

#include <fstream>
#include <map>

namespace minhu::app {

namespace {

constexpr std::size_t largest_file = 4'000'000;  // bytes; no proof and no policy comes near

}  // namespace

Result<std::string> contents_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text;
  if (in) {
    text.resize(largest_file + 1);
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad() || !in.is_open() || text.size() > largest_file) {
    return fail(FaultCode::invalid_input, "app.cannot_read_file", "",
                std::map<std::string, std::string>{{"file", path.string()}});
  }
  if (text.empty()) return fail(FaultCode::invalid_input, "app.empty_file");
  return text;
}

}  // namespace minhu::app
