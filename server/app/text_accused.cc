// `minhu text accused`: whom the petitions of a file complain of, and which of the county's units
// they are. Offices and posts, places in the text and words of the lists; no name of a person.
#include <fmt/core.h>

#include "app/commands.h"
#include "app/csv_rows.h"
#include "app/terminal.h"
#include "engines/text/accused.h"

namespace minhu::app {

namespace {

Result<std::vector<text::KnownUnit>> read_units(const std::filesystem::path& file) {
  std::vector<text::KnownUnit> units;
  if (file.empty()) return units;
  MINHU_TRY(CsvRows rows, CsvRows::open(file, {"code", "name"}));
  while (rows.next()) {
    units.push_back({std::string(rows.field(0)), std::string(rows.field(1)), {}});
  }
  return units;
}

std::string row_of(std::string_view id, std::string_view title, std::string_view detail,
                   const text::Accused& found, std::string_view unit) {
  const std::string_view whole = found.field == text::Field::title ? title : detail;
  const std::string_view cue = whole.substr(found.cue_begin, found.cue_end - found.cue_begin);
  return fmt::format("{},{},{},{},{},{},{},{},{},{}\n", csv_field(id),
                     found.field == text::Field::title ? "title" : "detail",
                     characters_before(whole, found.begin), characters_before(whole, found.end),
                     name(found.kind), csv_field(found.name), name(found.sureness),
                     name(found.ground), csv_field(cue), csv_field(unit));
}

}  // namespace

int find_accused_units(const TextAccusedOptions& options) {
  const auto words = text::AccusedWords::built_in();
  if (!words) return refuse(words.error());
  const auto units = read_units(options.units);
  if (!units) return refuse(units.error());
  auto rows = CsvRows::open(options.file, {"id", "title", "detail"});
  if (!rows) return refuse(rows.error());
  std::ofstream out(options.out, std::ios::binary | std::ios::trunc);
  out << "id,field,start,end,kind,name,sureness,ground,cue,unit\n";
  text::Lexicon lexicon;
  for (const text::KnownUnit& unit : *units) {
    // A name that reading cannot take is matched all the same, by what people call it.
    (void)lexicon.add(unit.name, text::WordKind::unit);
  }
  std::uint64_t texts = 0;
  std::uint64_t accusing = 0;
  while (rows->next()) {
    const auto read = text::read(lexicon, rows->field(1), rows->field(2));
    if (!read) {
      rows->pass_over(read.error());
      continue;
    }
    const std::vector<text::Accused> found = find_accused(*words, *read);
    const std::vector<text::AccusedUnit> matched = match_units(*words, found, *units, {});
    for (std::size_t number = 0; number < found.size(); ++number) {
      std::string codes;
      for (const text::AccusedUnit& unit : matched) {
        if (unit.mention != number) continue;
        codes += (codes.empty() ? "" : " ") + unit.code;
      }
      out << row_of(rows->field(0), rows->field(1), rows->field(2), found[number], codes);
    }
    ++texts;
    if (!found.empty()) ++accusing;
  }
  out.flush();
  if (!out) {
    return refuse(Fault(FaultCode::out_of_storage, "text.cannot_write", "out",
                        {{"file", options.out.string()}}));
  }
  return finish(fmt::format("read {} texts, {} accuse somebody, passed over {}", texts, accusing,
                            rows->unreadable()));
}

}  // namespace minhu::app
