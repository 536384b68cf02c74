#include "engines/merkle/payload.h"

#include <fmt/format.h>

#include <algorithm>

#include "engines/merkle/lines.h"

namespace minhu::merkle {

namespace {

constexpr std::string_view first_line = "minhu-event/v1";
constexpr std::size_t most_attachments = 1000;

std::string hash_or_none(const std::optional<Hash>& hash) {
  return hash ? format_hash(*hash) : "-";
}

bool is_code(std::string_view word) {
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

// The value of the line that begins with that word, read by `read`; nothing when either fails.
template <class Read>
auto take(std::string_view word, std::string_view& text, Read read)
    -> decltype(read(std::string_view{})) {
  const auto line = take_line_of(word, text);
  if (!line) return std::nullopt;
  return read(*line);
}

// A value that may be "-": what is read, or an empty optional inside.
template <class Value, class Read>
std::optional<std::optional<Value>> take_or_none(std::string_view word, std::string_view& text,
                                                 Read read) {
  const auto line = take_line_of(word, text);
  if (!line) return std::nullopt;
  if (*line == "-") return std::optional<Value>{};
  const std::optional<Value> value = read(*line);
  if (!value) return std::nullopt;
  return value;
}

std::optional<std::string> code_of(std::string_view word) {
  if (!is_code(word)) return std::nullopt;
  return std::string(word);
}

std::optional<Uuid> uuid_of(std::string_view word) {
  const auto uuid = parse_uuid(word);
  if (!uuid || format_uuid(*uuid) != word) return std::nullopt;
  return *uuid;
}

}  // namespace

std::string format_payload(const EventPayload& payload) {
  std::string text = fmt::format(
      "{}\ncase {}\nseq {}\nkind {}\nat {}\nby {}\ndue {}\nprev {}\nbody {}\natt {}\n", first_line,
      format_uuid(payload.case_id), payload.number, payload.kind, payload.happened, payload.by,
      payload.due ? std::to_string(*payload.due) : "-", hash_or_none(payload.previous),
      hash_or_none(payload.body), payload.attachments.size());
  for (const Hash& attachment : payload.attachments) text += "a " + format_hash(attachment) + "\n";
  return text;
}

Result<EventPayload> parse_payload(std::string_view text) {
  const auto broken = fail(FaultCode::invalid_input, "merkle.payload_broken", "payload");
  if (take_line(text) != first_line) return broken;
  const auto case_id = take("case", text, uuid_of);
  const auto number = take("seq", text, parse_decimal);
  const auto kind = take("kind", text, code_of);
  const auto happened = take("at", text, parse_decimal);
  const auto by = take("by", text, code_of);
  const auto due = take_or_none<std::uint64_t>("due", text, parse_decimal);
  const auto previous = take_or_none<Hash>("prev", text, parse_hash);
  const auto body = take_or_none<Hash>("body", text, parse_hash);
  const auto count = take("att", text, parse_decimal);
  if (!case_id || !number || *number > std::numeric_limits<std::uint32_t>::max() || !kind ||
      !happened || !by || !due || !previous || !body || !count || *count > most_attachments) {
    return broken;
  }
  EventPayload payload{
      *case_id, static_cast<std::uint32_t>(*number), *kind, *happened, *by, *due, *previous, *body,
      {}};
  for (std::uint64_t i = 0; i < *count; ++i) {
    const auto attachment = take("a", text, parse_hash);
    if (!attachment) return broken;
    payload.attachments.push_back(*attachment);
  }
  if (!text.empty()) return broken;
  return payload;
}

Hash content_commitment(const Key& salt, BytesView content) {
  return hmac_sha256(salt, content);
}

}  // namespace minhu::merkle
