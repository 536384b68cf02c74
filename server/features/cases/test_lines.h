// For tests: whether two pages of a list say the same.
#pragma once

#include <algorithm>

#include "features/cases/key_store.h"
#include "features/cases/queue.h"

namespace minhu::cases {

inline bool same_line(const QueueLine& a, const QueueLine& b) {
  return a.file == b.file && a.headline == b.headline && a.part == b.part &&
         a.cursor.due == b.cursor.due && a.cursor.case_id == b.cursor.case_id &&
         a.left.due == b.left.due && a.joined == b.joined && a.half_gone == b.half_gone &&
         a.news == b.news;
}
inline bool same_page(const Result<QueuePage>& a, const Result<QueuePage>& b) {
  if (!a || !b) return !a && !b && a.error().key == b.error().key;
  return std::equal(a->lines.begin(), a->lines.end(), b->lines.begin(), b->lines.end(),
                    same_line) &&
         a->next.has_value() == b->next.has_value();
}

// The same keys, in a process that remembers so many bytes of the lines of lists.
struct OtherMemory {
  OtherMemory(Database& keys, const Keyring& of_the_installation, Entropy& entropy,
              std::size_t most_bytes)
      : keyring(of_the_installation), store(keys, of_the_installation, entropy, most_bytes) {
    keyring.store = &store;
  }
  OtherMemory(const OtherMemory&) = delete;
  Keyring keyring;
  KeyStore store;
};

}  // namespace minhu::cases
