// CSV files as people export them: whatever stands in one, reading ends, passes every byte once,
// and a row that is read and written again is read the same.
#include <sstream>

#include "kernel/assert.h"
#include "kernel/csv.h"

namespace {

std::string written(const minhu::CsvRow& row) {
  std::string text;
  for (const std::string& field : row.fields) {
    if (!text.empty()) text += ',';
    text += '"';
    for (const char character : field) {
      if (character == '"') text += '"';
      text += character;
    }
    text += '"';
  }
  return text + "\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace minhu;
  std::istringstream in(std::string(reinterpret_cast<const char*>(data), size));
  CsvReader reader(in);
  CsvRow row;
  std::uint64_t before = 0;
  std::size_t line = 0;
  for (std::size_t calls = 0;; ++calls) {
    MINHU_ASSERT(calls <= size + 1);  // each call passes a byte or ends
    const auto more = reader.next(row);
    MINHU_ASSERT(reader.position() >= before && reader.position() <= size);
    MINHU_ASSERT(reader.passed().size() <= CsvReader::longest_row);
    if (more && !*more) break;
    MINHU_ASSERT(reader.position() > before);
    before = reader.position();
    if (!more) continue;
    MINHU_ASSERT(row.line > line && !row.fields.empty());
    line = row.line;
    static_cast<void>(column_of(row, "detail"));
    std::istringstream again(written(row));
    CsvRow same;
    CsvReader second(again);
    const auto read = second.next(same);
    MINHU_ASSERT(read && *read && same.fields == row.fields);
  }
  MINHU_ASSERT(reader.position() == size);
  return 0;
}
