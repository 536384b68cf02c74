#include "engines/merkle/promise.h"

#include <fmt/format.h>

#include "engines/merkle/lines.h"

namespace minhu::merkle {

namespace {

constexpr std::string_view first_line = "minhu-promise/v1";

}  // namespace

std::string format_promise(const LogPromise& promise) {
  return fmt::format("{}\n{}\n{}\n{}\n{}\n", first_line, promise.origin, format_hash(promise.leaf),
                     promise.seconds, promise.deadline);
}

Result<LogPromise> parse_promise(std::string_view text) {
  const auto broken = fail(FaultCode::invalid_input, "merkle.promise_broken", "note");
  if (!is_note_text(text) || take_line(text) != first_line) return broken;
  const auto origin = take_line(text);
  const auto leaf_line = take_line(text);
  const auto seconds_line = take_line(text);
  const auto deadline_line = take_line(text);
  if (!origin || origin->empty() || !leaf_line || !seconds_line || !deadline_line ||
      !text.empty()) {
    return broken;
  }
  const auto leaf = parse_hash(*leaf_line);
  const auto seconds = parse_decimal(*seconds_line);
  const auto deadline = parse_decimal(*deadline_line);
  if (!leaf || !seconds || !deadline || *deadline < *seconds) return broken;
  return LogPromise{std::string(*origin), *leaf, *seconds, *deadline};
}

bool is_promise(std::string_view note) {
  return take_line(note) == first_line;
}

Result<LogPromise> check_promise(const TrustPolicy& policy, std::string_view note_text) {
  MINHU_TRY(const Note note, parse_note(note_text));
  MINHU_TRY(LogPromise promise, parse_promise(note.text));
  MINHU_CHECK_OK(check_signed_by_log(policy, note, promise.origin));
  return promise;
}

}  // namespace minhu::merkle
