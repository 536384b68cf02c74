#include "engines/merkle/checkpoint.h"

#include <fmt/format.h>

#include "engines/merkle/lines.h"

namespace minhu::merkle {

std::string format_checkpoint(const Checkpoint& checkpoint) {
  std::string text = fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.head.size,
                                 format_hash(checkpoint.head.root));
  for (const std::string& line : checkpoint.extensions) text += line + "\n";
  return text;
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  const auto broken = fail(FaultCode::invalid_input, "merkle.checkpoint_broken", "note");
  if (!is_note_text(text)) return broken;
  const auto origin = take_line(text);
  const auto size_line = take_line(text);
  const auto root_line = take_line(text);
  if (!origin || origin->empty() || !size_line || !root_line) return broken;
  const auto size = parse_decimal(*size_line);
  const auto root = parse_hash(*root_line);
  if (!size || !root) return broken;
  Checkpoint checkpoint{std::string(*origin), {*size, *root}, {}};
  while (!text.empty()) {
    const auto line = take_line(text);
    if (!line || line->empty()) return broken;
    checkpoint.extensions.emplace_back(*line);
  }
  return checkpoint;
}

}  // namespace minhu::merkle
