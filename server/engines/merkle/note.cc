#include "engines/merkle/note.h"

#include <fmt/format.h>

#include <algorithm>

#include "engines/merkle/lines.h"

namespace minhu::merkle {

namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // U+2014 and a blank
constexpr std::size_t number_size = 4;
constexpr std::size_t time_size = 8;

tl::unexpected<Fault> broken() {
  return fail(FaultCode::invalid_input, "merkle.note_broken", "note");
}

// Unicode's White_Space above U+0020, in UTF-8.
constexpr std::string_view wide_spaces[] = {
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
    "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
    "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
    "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

std::uint32_t from_u32be(BytesView bytes) {
  std::uint32_t number = 0;
  for (const std::uint8_t byte : bytes.first(number_size)) number = number << 8U | byte;
  return number;
}

Bytes as_u32be(std::uint32_t number) {
  return {
      static_cast<std::uint8_t>(number >> 24U), static_cast<std::uint8_t>(number >> 16U & 0xFFU),
      static_cast<std::uint8_t>(number >> 8U & 0xFFU), static_cast<std::uint8_t>(number & 0xFFU)};
}

// The kind and the key, as both the number and the printed form hold them.
Bytes encoded(const VerifierKey& key) {
  Bytes bytes{static_cast<std::uint8_t>(key.kind)};
  bytes.insert(bytes.end(), key.key.begin(), key.key.end());
  return bytes;
}

// C2SP tlog-cosignature, "Ed25519 signed message".
std::string cosigned_message(std::string_view text, std::uint64_t seconds) {
  return fmt::format("cosignature/v1\ntime {}\n{}", seconds, text);
}

std::optional<NoteSignature> parse_signature_line(std::string_view line) {
  if (!line.starts_with(dash)) return std::nullopt;
  line.remove_prefix(dash.size());
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos || !is_key_name(line.substr(0, blank))) return std::nullopt;
  const auto bytes = from_base64(line.substr(blank + 1));
  if (!bytes || bytes->size() <= number_size) return std::nullopt;
  return NoteSignature{std::string(line.substr(0, blank)), from_u32be(*bytes),
                       Bytes(bytes->begin() + number_size, bytes->end())};
}

// The time of a good signature (0 of a log), or nothing.
std::optional<std::uint64_t> time_if_good(const VerifierKey& key, std::string_view text,
                                          BytesView signature) {
  switch (key.kind) {
    case KeyKind::ed25519:
      if (is_signed_by(key.key, as_bytes(text), signature)) return 0;
      return std::nullopt;
    case KeyKind::cosignature_v1:
      if (signature.size() < time_size) return std::nullopt;
      const std::uint64_t seconds = from_u64be(signature.first<time_size>());
      if (seconds > largest_size) return std::nullopt;  // "MUST NOT exceed 2^63 - 1"
      if (is_signed_by(key.key, as_bytes(cosigned_message(text, seconds)),
                       signature.subspan(time_size))) {
        return seconds;
      }
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

bool is_key_name(std::string_view name) {
  return !name.empty() && is_note_text(name) &&
         name.find_first_of(" +\n") == std::string_view::npos &&
         std::none_of(std::begin(wide_spaces), std::end(wide_spaces), [&](std::string_view space) {
           return name.find(space) != std::string_view::npos;
         });
}

std::uint32_t VerifierKey::number() const {
  Bytes preimage = to_bytes(name + "\n");
  const Bytes body = encoded(*this);
  preimage.insert(preimage.end(), body.begin(), body.end());
  return from_u32be(sha256(preimage));
}

std::string format_verifier_key(const VerifierKey& key) {
  return fmt::format("{}+{:08x}+{}", key.name, key.number(), to_base64(encoded(key)));
}

Result<VerifierKey> parse_verifier_key(std::string_view text) {
  const auto not_a_key = fail(FaultCode::invalid_input, "merkle.verifier_key_broken", "key");
  const std::size_t name_end = text.find('+');
  if (name_end == std::string_view::npos) return not_a_key;
  const std::string_view rest = text.substr(name_end + 1);
  const std::size_t number_end = rest.find('+');
  if (number_end == std::string_view::npos) return not_a_key;
  const auto bytes = from_base64(rest.substr(number_end + 1));
  if (!is_key_name(text.substr(0, name_end)) || !bytes || bytes->empty()) return not_a_key;

  VerifierKey key;
  key.name = text.substr(0, name_end);
  key.kind = static_cast<KeyKind>(bytes->front());
  if (key.kind != KeyKind::ed25519 && key.kind != KeyKind::cosignature_v1) {
    return fail(FaultCode::invalid_input, "merkle.verifier_key_unsupported", "key");
  }
  if (bytes->size() != 1 + key.key.size()) return not_a_key;
  std::copy(bytes->begin() + 1, bytes->end(), key.key.begin());
  // The number shields against a key whose letters were copied wrong.
  if (format_verifier_key(key) != text) return not_a_key;
  return key;
}

Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines) {
  if (lines.empty() || lines.size() > longest_note || !is_note_text(lines)) return broken();
  std::vector<NoteSignature> signatures;
  while (!lines.empty()) {
    const auto line = take_line(lines);
    auto signature = line ? parse_signature_line(*line) : std::nullopt;
    if (!signature || signatures.size() == most_signatures) return broken();
    signatures.push_back(std::move(*signature));
  }
  return signatures;
}

Result<Note> parse_note(std::string_view note) {
  if (note.size() > longest_note || !is_note_text(note)) return broken();
  const std::size_t empty_line = note.rfind("\n\n");
  if (empty_line == std::string_view::npos) return broken();
  MINHU_TRY(std::vector<NoteSignature> signatures,
            parse_signature_lines(note.substr(empty_line + 2)));
  return Note{std::string(note.substr(0, empty_line + 1)), std::move(signatures)};
}

std::string format_signature_line(const NoteSignature& signature) {
  Bytes bytes = as_u32be(signature.number);
  bytes.insert(bytes.end(), signature.bytes.begin(), signature.bytes.end());
  return fmt::format("{}{} {}\n", dash, signature.name, to_base64(bytes));
}

std::string format_note(const Note& note) {
  std::string text = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) text += format_signature_line(signature);
  return text;
}

NoteSignature sign_text(const Signer& signer, std::string_view text, std::uint64_t seconds) {
  NoteSignature signature{signer.name, signer.verifier().number(), {}};
  const bool is_witness = signer.kind == KeyKind::cosignature_v1;
  if (is_witness) {
    const auto time = as_u64be(seconds);
    signature.bytes.assign(time.begin(), time.end());
  }
  const Signature signed_bytes = is_witness
                                     ? signer.key.sign(as_bytes(cosigned_message(text, seconds)))
                                     : signer.key.sign(as_bytes(text));
  signature.bytes.insert(signature.bytes.end(), signed_bytes.begin(), signed_bytes.end());
  return signature;
}

Result<std::vector<GoodSignature>> check_signatures(const Note& note,
                                                    std::span<const VerifierKey> keys) {
  std::vector<GoodSignature> good;
  for (const VerifierKey& key : keys) {
    const std::uint32_t number = key.number();
    std::optional<std::uint64_t> latest;
    for (const NoteSignature& signature : note.signatures) {
      if (signature.number != number || signature.name != key.name) continue;
      const auto time = time_if_good(key, note.text, signature.bytes);
      if (!time) {
        return fail(FaultCode::not_allowed, "merkle.signature_wrong", "note",
                    std::map<std::string, std::string>{{"name", key.name}});
      }
      latest = std::max(latest.value_or(0), *time);
    }
    if (latest) good.push_back({&key, *latest});
  }
  return good;
}

}  // namespace minhu::merkle
