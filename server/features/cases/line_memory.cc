#include "features/cases/line_memory.h"

#include <algorithm>

namespace minhu::cases {

namespace {

// Of one piece of the heap beside what was asked for, and of a node of a map or list.
constexpr std::size_t of_a_piece = 16;
constexpr std::size_t of_a_node = 64;

std::size_t bytes_of(const std::string& text) {
  return text.capacity() + of_a_piece;
}

template <class T>
std::size_t bytes_of(const std::vector<T>& all) {
  return all.capacity() * sizeof(T) + of_a_piece;
}

std::size_t bytes_of(const CaseFile& file) {
  std::size_t bytes = sizeof file + 2 * of_a_piece;
  for (const std::string* text : {&file.number, &file.place, &file.category}) {
    bytes += bytes_of(*text);
  }
  for (const auto* units :
       {&file.co_units, &file.complained_of, &file.supervised_units, &file.recommended_units}) {
    bytes += bytes_of(*units);
  }
  for (const auto* people : {&file.accused_people, &file.recused, &file.recusals_asked}) {
    bytes += bytes_of(*people);
  }
  bytes += bytes_of(file.silent_co_units) + bytes_of(file.clocks);
  for (const RunningClock& clock : file.clocks) {
    bytes += bytes_of(clock.rule) + bytes_of(clock.pack) + bytes_of(clock.calendar);
  }
  return bytes;
}

std::size_t bytes_of(const KnownCase& known) {
  std::size_t bytes = sizeof known + 2 * of_a_node + bytes_of(*known.file);
  if (known.doings) bytes += sizeof(Doings) + 2 * of_a_piece + bytes_of(*known.doings);
  if (known.headline) bytes += sizeof(Bytes) + 2 * of_a_piece + bytes_of(*known.headline);
  return bytes;
}

bool is_at(const CaseFile& file, std::int64_t seq, Instant changed_at) {
  return file.seq == seq && file.changed_at == changed_at;
}

std::uint64_t number_of(const SoleWritersView* view) {
  return view == nullptr ? 0 : view->number();
}

}  // namespace

std::vector<KnownCase> LineMemory::find(RegionId region, std::span<const CaseAsOf> cases,
                                        const SoleWritersView* view) {
  const std::uint64_t seen = number_of(view);
  std::vector<KnownCase> found(cases.size());
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto place = places_.find({region.value, cases[i].id});
    if (place == places_.end()) continue;
    Entry& entry = *place->second;
    if (!is_at(*entry.known.file, cases[i].seq, cases[i].changed_at)) continue;
    entry.seen = std::max(entry.seen, seen);
    found[i] = entry.known;
    entries_.splice(entries_.begin(), entries_, place->second);
  }
  return found;
}

std::vector<KnownCase> LineMemory::find_unchanged(RegionId region, std::span<const CaseId> cases,
                                                  const SoleWritersView& view) {
  std::vector<KnownCase> found(cases.size());
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto place = places_.find({region.value, cases[i]});
    if (place == places_.end()) continue;
    const Entry& entry = *place->second;
    // Not since it was seen, and not by a commit that this view may be without.
    if (view.table().last_change(cases[i].bytes()) > std::min(entry.seen, view.number())) continue;
    found[i] = entry.known;
    entries_.splice(entries_.begin(), entries_, place->second);
  }
  return found;
}

void LineMemory::keep(RegionId region, std::span<const KnownCase> cases,
                      const SoleWritersView* view) {
  if (most_bytes_ == 0) return;
  const std::uint64_t seen = number_of(view);
  const std::lock_guard lock(mutex_);
  for (const KnownCase& each : cases) {
    const Name name{region.value, each.file->id};
    Entry entry{name, each, 0, seen};
    if (const auto place = places_.find(name); place != places_.end()) {
      const KnownCase& before = place->second->known;
      if (is_at(*before.file, each.file->seq, each.file->changed_at)) {
        place->second->seen = entry.seen = std::max(seen, place->second->seen);
        if (!entry.known.doings) entry.known.doings = before.doings;
        if (!entry.known.headline) entry.known.headline = before.headline;
        if (entry.known.doings == before.doings && entry.known.headline == before.headline) {
          entries_.splice(entries_.begin(), entries_, place->second);
          continue;  // nothing new
        }
      }
      drop(place->second);
    }
    entry.bytes = bytes_of(entry.known);
    bytes_ += entry.bytes;
    entries_.push_front(std::move(entry));
    places_.emplace(name, entries_.begin());
  }
  while (bytes_ > most_bytes_) drop(std::prev(entries_.end()));
}

void LineMemory::forget(RegionId region, std::span<const CaseId> ids) {
  const std::lock_guard lock(mutex_);
  for (const CaseId id : ids) {
    if (const auto place = places_.find({region.value, id}); place != places_.end()) {
      drop(place->second);
    }
  }
}

void LineMemory::drop(Entries::iterator entry) {
  bytes_ -= entry->bytes;
  places_.erase(entry->name);
  entries_.erase(entry);
}

std::size_t LineMemory::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

std::size_t LineMemory::size() const {
  const std::lock_guard lock(mutex_);
  return places_.size();
}

}  // namespace minhu::cases
