// Signed notes (C2SP signed-note v1.0.0): a text and, after the last empty line, the lines of those
// who signed it.
//
//     text, ending in LF
//
//     — <name of the key> <base64 of the key's number (4 bytes) and the signature>
//
// Signatures of keys that we do not know are ignored; one of a key we know that does not fit makes
// the whole note worthless.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engines/merkle/ed25519.h"
#include "kernel/result.h"

namespace minhu::merkle {

enum class KeyKind : std::uint8_t {
  ed25519 = 0x01,         // signs the text itself
  cosignature_v1 = 0x04,  // a witness: signs the time and the text (C2SP tlog-cosignature)
};

// Whom we trust to sign: what "name+1a2b3c4d+base64" says.
struct VerifierKey {
  std::string name;
  KeyKind kind = KeyKind::ed25519;
  PublicKey key{};

  std::uint32_t number() const;  // the "key ID": computed from the three above, no secret
  bool operator==(const VerifierKey&) const = default;
};
bool is_key_name(std::string_view name);  // not empty, no '+', none of Unicode's spaces
std::string format_verifier_key(const VerifierKey& key);
// Faults merkle.verifier_key_broken, merkle.verifier_key_unsupported (an algorithm we do not have).
Result<VerifierKey> parse_verifier_key(std::string_view text);

struct NoteSignature {
  std::string name;
  std::uint32_t number = 0;
  Bytes bytes;  // without the number
  bool operator==(const NoteSignature&) const = default;
};

struct Note {
  std::string text;
  std::vector<NoteSignature> signatures;
  bool operator==(const Note&) const = default;
};

constexpr std::size_t longest_note = 1'000'000;  // bytes
constexpr std::size_t most_signatures = 100;

// Form alone; nothing is believed yet. Fault merkle.note_broken.
Result<Note> parse_note(std::string_view note);
Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines);
std::string format_note(const Note& note);
std::string format_signature_line(const NoteSignature& signature);

// Who signs: a log or a witness.
struct Signer {
  std::string name;
  KeyKind kind = KeyKind::ed25519;
  Ed25519Key key;

  VerifierKey verifier() const { return {name, kind, key.public_key()}; }
};
// `seconds` since 1970 is what a witness says with its signature; a log's has none and ignores it.
NoteSignature sign_text(const Signer& signer, std::string_view text, std::uint64_t seconds = 0);

struct GoodSignature {
  const VerifierKey* key = nullptr;  // one of those given to check_signatures
  std::uint64_t seconds = 0;         // of a witness
};
// The good signatures of known keys, one a key, in the order of the keys; may be none.
// Fault merkle.signature_wrong: a known key's signature does not fit the text.
Result<std::vector<GoodSignature>> check_signatures(const Note& note,
                                                    std::span<const VerifierKey> keys);

}  // namespace minhu::merkle
