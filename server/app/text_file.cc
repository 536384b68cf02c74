#include "app/text_file.h"

#include <fstream>
#include <iterator>
#include <system_error>

#include "app/sentences.h"
#include "kernel/csv.h"

namespace minhu::app {

namespace {

Fault about_file(const char* key, const std::filesystem::path& file) {
  return {FaultCode::invalid_input, key, "", {{"file", file.string()}}};
}

Fault about_row(const std::filesystem::path& file, std::size_t line, const Fault& why) {
  return {FaultCode::invalid_input,
          "text.bad_row",
          "",
          {{"file", file.string()},
           {"line", std::to_string(line)},
           {"reason", terminal_language().say(why)}}};
}

}  // namespace

Outcome each_text_row(const std::filesystem::path& file, WithCategory with_category,
                      const std::function<Outcome(const TextRow&)>& use) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return tl::unexpected(about_file("text.cannot_read_file", file));
  CsvReader reader(in);
  CsvRow row;
  const auto next = [&]() -> Result<bool> {
    auto more = reader.next(row);
    if (!more) return tl::unexpected(about_row(file, row.line, more.error()));
    return more;
  };
  MINHU_TRY(const bool has_header, next());
  if (!has_header) return tl::unexpected(about_file("text.cannot_read_file", file));
  MINHU_TRY(const std::size_t id, column_of(row, "id"));
  MINHU_TRY(const std::size_t title, column_of(row, "title"));
  MINHU_TRY(const std::size_t detail, column_of(row, "detail"));
  std::size_t category = row.fields.size();
  if (with_category == WithCategory::yes) {
    MINHU_TRY(category, column_of(row, "category"));
  }
  const auto field = [&](std::size_t column) {
    return column < row.fields.size() ? row.fields[column] : std::string();
  };
  for (;;) {
    MINHU_TRY(const bool more, next());
    if (!more) return {};
    if (row.fields.size() == 1 && row.fields[0].empty()) continue;  // an empty line
    const TextRow text{row.line, field(id), field(title), field(detail), field(category)};
    if (const Outcome used = use(text); !used) {
      return tl::unexpected(about_row(file, row.line, used.error()));
    }
  }
}

Result<text::Model> open_model(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return tl::unexpected(about_file("text.cannot_read_file", file));
  const std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  return text::Model::open(as_bytes(content));
}

Outcome write_whole(const std::filesystem::path& file, std::string_view content) {
  const std::filesystem::path beside = file.string() + ".new";
  {
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out << content;
    if (!out.flush()) return tl::unexpected(about_file("text.cannot_write_file", file));
  }
  std::error_code error;
  std::filesystem::rename(beside, file, error);
  if (error) return tl::unexpected(about_file("text.cannot_write_file", file));
  return {};
}

std::string short_version(const text::Model& model) {
  return to_hex(model.version()).substr(0, 12);
}

}  // namespace minhu::app
