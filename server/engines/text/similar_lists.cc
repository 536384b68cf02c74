#include "engines/text/similar_lists.h"

#include <algorithm>
#include <bit>

namespace minhu::text {

namespace {

// Room for so many entries has a list of `count`: a list of four has no more than its four, a long
// one grows by an eighth to a sixteenth at a time. By the count alone, so that it need not be kept.
std::size_t room_of(std::size_t count) {
  constexpr std::size_t least = 4;
  const std::size_t step = std::max(least, std::bit_floor(count) / 8);
  return (count + step - 1) / step * step;
}
std::size_t bytes_of(std::size_t count) {
  return room_of(count) * sizeof(TermLists::Entry);
}

}  // namespace

void TermLists::add(Slot slot, const Matter& matter) {
  for (std::size_t i = 0; i < matter.terms().size(); ++i) {
    const std::uint32_t term = matter.terms()[i];
    if (const auto weight = matter.names()[i]; weight > 0) put(names_, term, slot << 8U | weight);
    if (const auto weight = matter.troubles()[i]; weight > 0) {
      put(troubles_, term, slot << 8U | weight);
    }
  }
}

void TermLists::remove(Slot slot, const Matter& matter) {
  for (std::size_t i = 0; i < matter.terms().size(); ++i) {
    if (matter.names()[i] > 0) take(names_, matter.terms()[i], slot);
    if (matter.troubles()[i] > 0) take(troubles_, matter.terms()[i], slot);
  }
}

std::span<const TermLists::Entry> TermLists::find(Kind kind, std::uint32_t term) const {
  const List* list = (kind == Kind::name ? names_ : troubles_).find(term);
  if (list == nullptr) return {};
  return {pool_.at(list->piece), list->count};
}

void TermLists::put(Lists& lists, std::uint32_t term, Entry entry) {
  List* list = lists.find(term);
  if (list == nullptr) {
    const Pool::Piece piece = pool_.take(bytes_of(1));
    pool_.at(piece)[0] = entry;
    lists.put({term, 1, piece});
    return;
  }
  const std::size_t count = list->count;
  if (count == room_of(count)) {
    const Pool::Piece piece = pool_.take(bytes_of(count + 1));
    std::copy_n(pool_.at(list->piece), count, pool_.at(piece));
    pool_.give_back(list->piece, bytes_of(count));
    list->piece = piece;
  }
  // Nearly always the last: slots are given in order until one becomes free.
  Entry* entries = pool_.at(list->piece);
  Entry* at = std::lower_bound(entries, entries + count, entry);
  std::copy_backward(at, entries + count, entries + count + 1);
  *at = entry;
  ++list->count;
}

void TermLists::take(Lists& lists, std::uint32_t term, Slot slot) {
  List* list = lists.find(term);
  const std::size_t count = list->count;
  Entry* entries = pool_.at(list->piece);
  if (count == 1) {
    pool_.give_back(list->piece, bytes_of(1));
    lists.erase(term);
    return;
  }
  Entry* at = std::lower_bound(entries, entries + count, slot << 8U);
  std::copy(at + 1, entries + count, at);
  entries[count - 1] = 0;
  --list->count;
  if (room_of(count - 1) == room_of(count)) return;
  const Pool::Piece piece = pool_.take(bytes_of(count - 1));
  std::copy_n(entries, count - 1, pool_.at(piece));
  pool_.give_back(list->piece, bytes_of(count));
  list->piece = piece;
}

}  // namespace minhu::text
