#include "adapters/policies/policies.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <vector>

namespace minhu::policies {

namespace {

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder,
                                            std::string_view prefix) {
  std::vector<std::filesystem::path> files;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(".toml")) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Fault in_file(Fault fault, const std::filesystem::path& file) {
  fault.details["file"] = file.filename().string();
  return fault;
}

}  // namespace

Result<deadlines::RuleBook> read_rule_book(const std::filesystem::path& folder,
                                           std::string_view calendar_prefix) {
  deadlines::RuleBook book;
  for (const auto& file : files_in(folder / "packs", "")) {
    auto pack = deadlines::read_pack(text_of(file));
    if (!pack) return tl::unexpected<Fault>(in_file(pack.error(), file));
    book.packs.push_back(std::move(*pack));
  }
  if (book.packs.empty()) {
    return fail(FaultCode::invalid_input, "policies.none", std::string(),
                std::map<std::string, std::string>{{"folder", folder.string()}});
  }
  std::vector<deadlines::CalendarFile> calendars;
  for (const auto& file : files_in(folder / "calendars", calendar_prefix)) {
    auto calendar = deadlines::read_calendar(text_of(file));
    if (!calendar) return tl::unexpected<Fault>(in_file(calendar.error(), file));
    calendars.push_back(std::move(*calendar));
  }
  book.calendar = deadlines::Calendar(std::move(calendars));
  return book;
}

}  // namespace minhu::policies
