#include "app/files.h"

#include <fstream>
#include <map>

namespace minhu::app {

Result<std::string> contents_of(const std::filesystem::path& path, std::size_t most) {
  std::ifstream in(path, std::ios::binary);
  std::string text;
  // In pieces: `most` says what would be too much, not how much there is.
  constexpr std::size_t piece = 1'000'000;
  while (in && text.size() <= most) {
    const std::size_t before = text.size();
    text.resize(before + piece);
    in.read(text.data() + before, static_cast<std::streamsize>(piece));
    text.resize(before + static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad() || !in.is_open() || text.size() > most) {
    return fail(FaultCode::invalid_input, "app.cannot_read_file", "",
                std::map<std::string, std::string>{{"file", path.string()}});
  }
  if (text.empty()) return fail(FaultCode::invalid_input, "app.empty_file");
  return text;
}

}  // namespace minhu::app
