// What a process knows, without asking, of a database that it alone writes: of which things nothing
// has changed. Asking is dear where they are many and lie apart (docs/adr/0021).
//
// Commits are numbered, across all databases of the process. Whoever changes a thing says so within
// the transaction; whoever has read a thing in a view that holds all commits up to a number knows
// it as it is for as long as no transaction with a greater number has said that it changes it.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernel/bytes.h"

namespace minhu {

// Thread-safe. So many places, of which a thing has one: things that share a place are taken for
// changed together, which costs whoever asks a question to the database and is never wrong.
class ChangeTable {
 public:
  static constexpr std::size_t places = std::size_t{1} << 16;  // half a MiB

  // Of what was changed before `opened` (by another process, perhaps) nothing is known.
  explicit ChangeTable(std::uint64_t opened) {
    for (auto& place : last_) place.store(opened, std::memory_order_relaxed);
  }

  // Before the transaction of that number commits; from one thread.
  void changes(BytesView thing, std::uint64_t number) noexcept {
    last_[place_of(thing)].store(number, std::memory_order_release);
  }
  std::uint64_t last_change(BytesView thing) const noexcept {
    return last_[place_of(thing)].load(std::memory_order_acquire);
  }

 private:
  // Ids are drawn, their last bytes most of all.
  static std::size_t place_of(BytesView thing) noexcept {
    std::uint64_t last = 0;
    const std::size_t most = thing.size() < sizeof last ? thing.size() : sizeof last;
    std::memcpy(&last, thing.data() + (thing.size() - most), most);
    last *= 0x9E3779B97F4A7C15U;
    return last >> 48U;
  }

  std::array<std::atomic<std::uint64_t>, places> last_{};
};

// What a Reading also is where its database has one process alone that writes it; asked for with
// dynamic_cast.
class SoleWritersView {
 public:
  SoleWritersView(ChangeTable& table, std::uint64_t number) : table_(&table), number_(number) {}
  SoleWritersView(const SoleWritersView&) = default;
  SoleWritersView& operator=(const SoleWritersView&) = default;
  virtual ~SoleWritersView() = default;

  // All commits up to this one are in the view, and perhaps later ones; a transaction has a number
  // of its own, greater than all before it.
  std::uint64_t number() const noexcept { return number_; }
  ChangeTable& table() const noexcept { return *table_; }

 private:
  ChangeTable* table_;
  std::uint64_t number_;
};

}  // namespace minhu
