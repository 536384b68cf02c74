// A second signature of the log, with SM2 and SM3 (GB/T 32918, GB/T 32905), for those who must use
// domestic algorithms. It is one more line of the same note, over the same text, of the kind that
// C2SP signed-note leaves to everybody (0xff and a name of one's own): who does not know it passes
// over it.
//
//     key        name+1a2b3c4d+base64 of: 0xff | "minhu.sm2sm3.v1" | point, 65 bytes, uncompressed
//     signature  r | s, 32 bytes each, with the usual identifier "1234567812345678"
#pragma once

#include <array>
#include <memory>

#include "engines/merkle/note.h"
#include "kernel/crypto.h"

namespace minhu::merkle {

using Sm2Point = std::array<std::uint8_t, 65>;

struct Sm2VerifierKey {
  std::string name;
  Sm2Point point{};

  std::uint32_t number() const;
  bool operator==(const Sm2VerifierKey&) const = default;
};
std::string format_sm2_key(const Sm2VerifierKey& key);
// Fault merkle.verifier_key_broken, also for a point that is not on the curve.
Result<Sm2VerifierKey> parse_sm2_key(std::string_view text);

// Who signs. Cannot be copied or printed.
class Sm2Signer {
 public:
  // `secret` is drawn; one in four thousand millions cannot be one. Fault merkle.sm2_secret.
  static Result<Sm2Signer> from_secret(std::string name, const Key& secret);
  ~Sm2Signer();
  Sm2Signer(Sm2Signer&&) noexcept;
  Sm2Signer& operator=(Sm2Signer&&) = delete;

  const Sm2VerifierKey& verifier() const noexcept { return verifier_; }
  NoteSignature sign(std::string_view text) const;

 private:
  struct Library;
  Sm2Signer(Sm2VerifierKey verifier, std::unique_ptr<Library> library);

  Sm2VerifierKey verifier_;
  std::unique_ptr<Library> library_;
};

// Faults merkle.sm2_missing: the note has no line of that key; merkle.signature_wrong.
Outcome check_sm2_signature(const Note& note, const Sm2VerifierKey& key);

}  // namespace minhu::merkle
