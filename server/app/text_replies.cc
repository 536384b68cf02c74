// `minhu text replies`: what the answers of a file lack, by hint; the answers themselves are not
// repeated, only where in them it shows.
#include <fmt/core.h>

#include <array>

#include "app/commands.h"
#include "app/csv_rows.h"
#include "app/sentences.h"
#include "app/terminal.h"
#include "engines/text/replies.h"

namespace minhu::app {

namespace {

constexpr std::array<std::string_view, 4> columns{"id", "title", "detail", "reply"};

struct Answered {
  text::Read petition;
  text::Read reply;
};

Result<Answered> read_row(const text::Lexicon& lexicon, const CsvRows& rows) {
  MINHU_TRY(text::Read petition, text::read(lexicon, rows.field(1), rows.field(2)));
  MINHU_TRY(text::Read reply, text::read(lexicon, "", rows.field(3)));
  return Answered{std::move(petition), std::move(reply)};
}

std::string row_of(std::string_view id, std::string_view reply, const text::ReplyHint& hint,
                   std::string_view other) {
  std::string start;
  std::string end;
  if (!hint.where.empty()) {
    start = std::to_string(characters_before(reply, hint.where.front().begin));
    end = std::to_string(characters_before(reply, hint.where.front().end));
  }
  return fmt::format("{},{},{},{},{},{}\n", csv_field(id), name(hint.signal), start, end,
                     csv_field(other), csv_field(terminal_language().say(hint.sentence_key())));
}

}  // namespace

int check_replies(const TextRepliesOptions& options) {
  const auto words = text::ReplyWords::built_in();
  if (!words) return refuse(words.error());
  const text::Lexicon lexicon;
  text::RepliesGiven given(*words);
  std::uint64_t passed_over = 0;
  {
    auto rows = CsvRows::open(options.file, {columns.begin(), columns.end()});
    if (!rows) return refuse(rows.error());
    while (rows->next()) {
      const auto row = read_row(lexicon, *rows);
      if (row) {
        given.add(std::string(rows->field(0)), row->petition, row->reply);
      } else {
        rows->pass_over(row.error());
      }
    }
    passed_over = rows->unreadable();
  }
  // Read a second time: an answer may have been copied from one that stands below it.
  auto rows = CsvRows::open(options.file, {columns.begin(), columns.end()});
  if (!rows) return refuse(rows.error());
  std::ofstream out(options.out, std::ios::binary | std::ios::trunc);
  out << "id,signal,start,end,other,sentence\n";
  std::uint64_t answers = 0;
  std::uint64_t with_hints = 0;
  while (rows->next()) {
    const auto row = read_row(lexicon, *rows);
    if (!row) continue;
    const std::string id(rows->field(0));
    const std::vector<text::ReplyHint> hints = check_reply(*words, row->petition, row->reply);
    for (const text::ReplyHint& hint : hints) out << row_of(id, rows->field(3), hint, "");
    const auto copied = given.find(row->petition, row->reply, id);
    const bool same = copied && !copied->same_matter;
    if (same) out << row_of(id, rows->field(3), {text::ReplySignal::same_words, {}}, copied->id);
    ++answers;
    if (!hints.empty() || same) ++with_hints;
  }
  out.flush();
  if (!out) {
    return refuse(Fault(FaultCode::out_of_storage, "text.cannot_write", "out",
                        {{"file", options.out.string()}}));
  }
  return finish(fmt::format("read {} answers, {} with hints, passed over {}", answers, with_hints,
                            passed_over));
}

}  // namespace minhu::app
