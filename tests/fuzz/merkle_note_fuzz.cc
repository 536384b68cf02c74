// Signed notes, checkpoints, promises and keys: whatever is accepted is written back as it was
// read, for a second spelling of one thing could not be told from a changed one.
#include "engines/merkle/checkpoint.h"
#include "engines/merkle/note.h"
#include "engines/merkle/promise.h"
#include "kernel/assert.h"
#include "kernel/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace minhu;
  using namespace minhu::merkle;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto note = parse_note(text)) {
    MINHU_ASSERT(is_valid_utf8(note->text) && note->text.ends_with('\n'));
    MINHU_ASSERT(!note->signatures.empty());
    MINHU_ASSERT(format_note(*note) == text);
    const VerifierKey key{note->signatures.front().name, KeyKind::ed25519, {}};
    static_cast<void>(check_signatures(*note, std::span(&key, 1)));
  }
  if (const auto checkpoint = parse_checkpoint(text)) {
    MINHU_ASSERT(format_checkpoint(*checkpoint) == text);
    MINHU_ASSERT(checkpoint->head.size <= largest_size && !checkpoint->origin.empty());
  }
  if (const auto promise = parse_promise(text)) MINHU_ASSERT(format_promise(*promise) == text);
  if (const auto key = parse_verifier_key(text)) {
    MINHU_ASSERT(format_verifier_key(*key) == text && is_key_name(key->name));
  }
  return 0;
}
