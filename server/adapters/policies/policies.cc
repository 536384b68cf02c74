#include "adapters/policies/policies.h"

#include <fstream>
#include <map>
#include <sstream>
#include <vector>

namespace minhu::policies {

namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Fault in_file(Fault fault, std::string_view file) {
  fault.details["file"] = std::string(file);
  return fault;
}

// A table beside its own correction, or a slip in a year: which of the two holds on a day that both
// speak of nobody could say, and dates would follow one of them silently.
Outcome each_day_has_one_table(const deadlines::Calendar& calendar) {
  const deadlines::CalendarFile* last = nullptr;  // of those before, the one that reaches furthest
  for (const deadlines::CalendarFile& file : calendar.files()) {
    if (last != nullptr && file.from <= last->to) {
      return fail(
          FaultCode::invalid_input, "policies.calendars_overlap", std::string(),
          std::map<std::string, std::string>{
              {"first", last->name()}, {"second", file.name()}, {"day", format_date(file.from)}});
    }
    if (last == nullptr || file.to > last->to) last = &file;
  }
  return {};
}

bool is_in(const EmbeddedFile& file, std::string_view prefix) {
  return file.name.starts_with(prefix) && file.name.ends_with(".toml");
}

}  // namespace

Result<deadlines::RuleBook> read_rule_book(std::span<const EmbeddedFile> files,
                                           std::string_view calendar_prefix) {
  deadlines::RuleBook book;
  std::vector<deadlines::CalendarFile> calendars;
  const std::string calendar_files = "calendars/" + std::string(calendar_prefix);
  for (const EmbeddedFile& file : files) {
    if (is_in(file, "packs/")) {
      auto pack = deadlines::read_pack(file.text);
      if (!pack) return tl::unexpected<Fault>(in_file(pack.error(), file.name));
      book.packs.push_back(std::move(*pack));
    } else if (is_in(file, calendar_files)) {
      auto calendar = deadlines::read_calendar(file.text);
      if (!calendar) return tl::unexpected<Fault>(in_file(calendar.error(), file.name));
      calendars.push_back(std::move(*calendar));
    }
  }
  if (book.packs.empty()) return fail(FaultCode::invalid_input, "policies.none");
  book.calendar = deadlines::Calendar(std::move(calendars));
  MINHU_CHECK_OK(each_day_has_one_table(book.calendar));
  return book;
}

Result<deadlines::RuleBook> read_rule_book(const std::filesystem::path& folder,
                                           std::string_view calendar_prefix) {
  std::map<std::string, std::string> texts;  // in order of their names, as the built-in ones are
  for (const char* part : {"packs", "calendars"}) {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder / part, none)) {
      texts[std::string(part) + "/" + entry.path().filename().string()] = text_of(entry.path());
    }
  }
  std::vector<EmbeddedFile> files;
  for (const auto& [name, text] : texts) files.push_back({name, text});
  return read_rule_book(files, calendar_prefix);
}

}  // namespace minhu::policies
