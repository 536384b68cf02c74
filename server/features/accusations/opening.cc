#include "features/accusations/opening.h"

#include "features/cases/receive.h"
#include "kernel/utf8.h"

namespace minhu::accusations {

OpenReport open_report(Reading& reading, RegionId region, const Secret& report_key,
                       cases::CaseId id) {
  OpenReport open;
  const auto text_in = [&](Kind kind, SealedId piece) {
    auto bytes = read_piece(reading, region, report_key, id, kind, piece);
    std::string text = bytes ? to_text(*bytes) : std::string();
    if (bytes) wipe(*bytes);
    return text;
  };
  for (const PieceInfo& piece : list_pieces(reading, region, id)) {
    if (piece.kind == name(Kind::letter)) {
      std::string text = text_in(Kind::letter, piece.id);
      open.letter = letter_of(text);
      wipe(text);
    } else if (piece.kind == name(Kind::message)) {
      std::string text = text_in(Kind::message, piece.id);
      open.messages.push_back(message_of(text));
      wipe(text);
    } else if (piece.kind == name(Kind::late_letter)) {
      std::string text = text_in(Kind::late_letter, piece.id);
      Letter late = letter_of(text);
      wipe(text);
      Message message;
      message.words = std::move(late.words);
      open.messages.push_back(std::move(message));
      for (LetterFile& file : late.files) open.letter.files.push_back(std::move(file));
    }
  }
  return open;
}

SealedPiece seal_message(const Ground& ground, const Secret& report_key, cases::CaseId id,
                         Message message) {
  message.at = to_the_hour(ground.now());
  std::string text = to_json(message);
  SealedPiece piece = seal_piece(report_key, id, Kind::message, as_bytes(text),
                                 ground.installation.entropy, ground.now());
  wipe(text);
  return piece;
}

Result<std::string> words_of(std::string_view typed) {
  MINHU_TRY(std::string words, clean_text(typed));
  if (words.empty()) return fail(FaultCode::invalid_input, "accusations.words_empty", "words");
  if (code_points(words) > cases::longest_words) {
    return fail(FaultCode::invalid_input, "cases.words_too_long", "words",
                std::map<std::string, std::string>{{"most", std::to_string(cases::longest_words)}});
  }
  return words;
}

}  // namespace minhu::accusations
