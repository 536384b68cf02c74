#include "engines/text/similar.h"

#include <algorithm>
#include <array>

#include "engines/text/byte_order.h"
#include "kernel/crypto.h"

namespace minhu::text {

namespace {

constexpr std::uint32_t parts_names = 11;
constexpr std::uint32_t parts_troubles = 9;
constexpr float full_score = (parts_names + parts_troubles) * 255.0F * 255.0F;

// So many entries of lists are looked at for one question; what is left then are the terms that
// say least. A question of common words alone is cut off by it, so that none takes long.
constexpr std::size_t most_entries = 60'000;
// … and so many are compared whole.
constexpr std::size_t most_compared = 2'000;

constexpr std::array<std::uint8_t, 8> magic = {'m', 'i', 'n', 'h', 'u', 's', 'i', '1'};

std::uint32_t product(std::uint32_t name, std::uint32_t other_name, std::uint32_t trouble,
                      std::uint32_t other_trouble) {
  return parts_names * name * other_name + parts_troubles * trouble * other_trouble;
}

std::uint32_t score_of(const Matter& a, const Matter& b) {
  std::uint32_t sum = 0;
  const auto terms_a = a.terms();
  const auto terms_b = b.terms();
  for (std::size_t i = 0, j = 0; i < terms_a.size() && j < terms_b.size();) {
    if (terms_a[i] == terms_b[j]) {
      sum += product(a.names()[i], b.names()[j], a.troubles()[i], b.troubles()[j]);
      ++i;
      ++j;
    } else if (terms_a[i] < terms_b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return sum;
}

// Of a copy nearly everything that stands out is the same, the names above all.
constexpr float copy_names = 0.9F;
constexpr float copy_troubles = 0.85F;

std::pair<std::uint64_t, std::uint64_t> pair_of(std::uint64_t a, std::uint64_t b) {
  return {std::min(a, b), std::max(a, b)};
}

}  // namespace

void SimilarIndex::add(std::uint64_t key, const MatterTerms& terms) {
  put(key, Matter(terms, ground_));
}

void SimilarIndex::put(std::uint64_t key, Matter matter) {
  if (const auto found = slots_.find(key); found != slots_.end()) {
    const auto kept = rejected_;
    remove(key);
    rejected_ = kept;
  }
  if (free_.empty()) {
    free_.push_back(static_cast<Slot>(cases_.size()));
    cases_.emplace_back();
    sums_.push_back(0);
  }
  const Slot slot = free_.back();
  free_.pop_back();
  slots_[key] = slot;
  for (std::size_t i = 0; i < matter.terms().size(); ++i) {
    const std::uint8_t name = matter.names()[i];
    const std::uint8_t trouble = matter.troubles()[i];
    if (name == 0 && trouble == 0) continue;
    List& list = lists_[matter.terms()[i]];
    list.slots.push_back(slot);
    list.weights.push_back(static_cast<std::uint16_t>(name << 8U | trouble));
    list.most_name = std::max(list.most_name, name);
    list.most_trouble = std::max(list.most_trouble, trouble);
  }
  cases_[slot] = {key, std::move(matter), true};
}

void SimilarIndex::remove(std::uint64_t key) {
  const auto found = slots_.find(key);
  if (found == slots_.end()) return;
  const Slot slot = found->second;
  for (const std::uint32_t term : cases_[slot].matter.terms()) {
    const auto list = lists_.find(term);
    if (list == lists_.end()) continue;
    auto& [slots, weights, most_name, most_trouble] = list->second;
    const auto at = std::find(slots.begin(), slots.end(), slot);
    if (at == slots.end()) continue;
    weights[static_cast<std::size_t>(at - slots.begin())] = weights.back();
    *at = slots.back();
    slots.pop_back();
    weights.pop_back();
    if (slots.empty()) lists_.erase(list);
  }
  cases_[slot] = {};
  free_.push_back(slot);
  slots_.erase(found);
  std::erase_if(rejected_,
                [&](const auto& pair) { return pair.first == key || pair.second == key; });
}

void SimilarIndex::reject(std::uint64_t a, std::uint64_t b) {
  rejected_.insert(pair_of(a, b));
}

bool SimilarIndex::is_rejected(std::uint64_t a, std::uint64_t b) const {
  return rejected_.contains(pair_of(a, b));
}

const Matter* SimilarIndex::matter(std::uint64_t key) const {
  const auto found = slots_.find(key);
  return found == slots_.end() ? nullptr : &cases_[found->second].matter;
}

std::vector<Near> SimilarIndex::nearest(const MatterTerms& query, std::size_t most) {
  return search(Matter(query, ground_), most, nullptr);
}

std::vector<Near> SimilarIndex::nearest(std::uint64_t key, std::size_t most) {
  const Matter* found = matter(key);
  return found == nullptr ? std::vector<Near>() : search(*found, most, &key);
}

std::vector<Near> SimilarIndex::search(const Matter& query, std::size_t most,
                                       const std::uint64_t* self) {
  struct Asked {
    const List* list = nullptr;
    std::uint32_t name = 0;
    std::uint32_t trouble = 0;
    std::uint32_t at_most = 0;  // what the list can add to any case
  };
  std::vector<Asked> asked;
  std::uint32_t rest = 0;
  for (std::size_t i = 0; i < query.terms().size(); ++i) {
    const auto list = lists_.find(query.terms()[i]);
    if (list == lists_.end()) continue;
    const std::uint32_t name = query.names()[i];
    const std::uint32_t trouble = query.troubles()[i];
    const std::uint32_t at_most =
        product(name, list->second.most_name, trouble, list->second.most_trouble);
    if (at_most == 0) continue;
    asked.push_back({&list->second, name, trouble, at_most});
    rest += at_most;
  }
  // First what can add most; of equals the shorter list.
  std::sort(asked.begin(), asked.end(), [](const Asked& a, const Asked& b) {
    return a.at_most != b.at_most ? a.at_most > b.at_most
                                  : a.list->slots.size() < b.list->slots.size();
  });

  // What is shown must beat rejected ones and itself, which take places: so many more are kept.
  const std::size_t wanted = most + (self == nullptr ? 0 : rejected_.size() + 1);
  std::vector<Slot> met;
  std::vector<std::uint32_t> best;
  std::uint32_t bar = 0;  // at least `wanted` cases have so much already
  std::uint32_t highest = 0;
  std::size_t entries = 0;
  std::size_t entries_at_bar = 0;
  for (const Asked& term : asked) {
    // Who was not met yet can no longer come in front of those.
    if (rest < bar || (entries > most_entries && met.size() >= wanted)) break;
    for (std::size_t i = 0; i < term.list->slots.size(); ++i) {
      const Slot slot = term.list->slots[i];
      const std::uint32_t weight = term.list->weights[i];
      const std::uint32_t more = product(term.name, weight >> 8U, term.trouble, weight & 0xFFU);
      if (more == 0) continue;
      if (sums_[slot] == 0) met.push_back(slot);
      sums_[slot] += more;
      highest = std::max(highest, sums_[slot]);
    }
    entries += term.list->slots.size();
    rest -= term.at_most;
    // To find the bar costs as much as everybody met: only when it can end the search, and not
    // again before as much was read.
    const bool can_end = rest < highest && entries - entries_at_bar >= met.size();
    if (met.size() >= wanted && wanted > 0 && (can_end || &term == &asked.back())) {
      entries_at_bar = entries;
      best.clear();
      for (const Slot slot : met) best.push_back(sums_[slot]);
      std::nth_element(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(wanted - 1),
                       best.end(), std::greater<>());
      bar = best[wanted - 1];
    }
  }
  std::vector<Slot> close;
  for (const Slot slot : met) {
    if (sums_[slot] + rest >= bar) close.push_back(slot);
  }
  // Where common words alone bring very many so near one another, those with most so far are
  // compared whole: the tenth of them stands far in front of the last.
  if (close.size() > most_compared) {
    std::nth_element(
        close.begin(), close.begin() + static_cast<std::ptrdiff_t>(most_compared), close.end(),
        [&](Slot a, Slot b) { return sums_[a] != sums_[b] ? sums_[a] > sums_[b] : a < b; });
    close.resize(most_compared);
  }
  for (const Slot slot : met) sums_[slot] = 0;
  return best_of(query, std::move(close), most, self);
}

std::vector<Near> SimilarIndex::best_of(const Matter& query, std::vector<Slot> slots,
                                        std::size_t most, const std::uint64_t* self) const {
  std::vector<std::pair<std::uint32_t, Slot>> scored;
  for (const Slot slot : slots) {
    const std::uint64_t key = cases_[slot].key;
    if (self != nullptr && (key == *self || is_rejected(key, *self))) continue;
    const std::uint32_t score = score_of(query, cases_[slot].matter);
    if (score > 0) scored.emplace_back(score, slot);
  }
  const auto better = [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : cases_[a.second].key < cases_[b.second].key;
  };
  most = std::min(most, scored.size());
  std::partial_sort(scored.begin(), scored.begin() + static_cast<std::ptrdiff_t>(most),
                    scored.end(), better);
  std::vector<Near> near;
  for (std::size_t i = 0; i < most; ++i) {
    const Case& found = cases_[scored[i].second];
    const Likeness alike = likeness(query, found.matter);
    near.push_back(
        {found.key, static_cast<float>(scored[i].first) / full_score, text::odds(alike),
         // Equal ones are copies, also where a short text has names alone.
         (alike.names >= copy_names && alike.troubles >= copy_troubles) || query == found.matter});
  }
  return near;
}

std::vector<Near> SimilarIndex::nearest_by_all(const MatterTerms& query, std::size_t most) const {
  std::vector<Slot> all;
  for (Slot slot = 0; slot < cases_.size(); ++slot) {
    if (cases_[slot].there) all.push_back(slot);
  }
  return best_of(Matter(query, ground_), std::move(all), most, nullptr);
}

Bytes SimilarIndex::to_bytes(BytesView note) const {
  Bytes out(magic.begin(), magic.end());
  append_number(out, std::uint64_t{note.size()});
  out.insert(out.end(), note.begin(), note.end());
  ground_.append_to(out);
  std::vector<std::pair<std::uint64_t, Slot>> in_order(slots_.begin(), slots_.end());
  std::sort(in_order.begin(), in_order.end());
  append_number(out, std::uint64_t{in_order.size()});
  for (const auto& [key, slot] : in_order) {
    append_number(out, key);
    cases_[slot].matter.append_to(out);
  }
  append_number(out, std::uint64_t{rejected_.size()});
  for (const auto& [a, b] : rejected_) {
    append_number(out, a);
    append_number(out, b);
  }
  const Digest digest = sha256(out);
  out.insert(out.end(), digest.begin(), digest.end());
  return out;
}

Result<SimilarIndex::Opened> SimilarIndex::from_bytes(BytesView file) {
  const auto bad = [] { return fail(FaultCode::invalid_input, "text.bad_index"); };
  constexpr std::size_t digest_bytes = sizeof(Digest);
  if (file.size() < magic.size() + digest_bytes ||
      !std::equal(magic.begin(), magic.end(), file.begin())) {
    return bad();
  }
  const BytesView body = file.first(file.size() - digest_bytes);
  const Digest digest = sha256(body);
  if (!equal_in_constant_time(digest, file.last(digest_bytes))) return bad();

  BytesView rest = body.subspan(magic.size());
  Opened opened;
  std::uint64_t count = 0;
  if (!take_number(rest, count) || count > rest.size()) return bad();
  opened.note.assign(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(count));
  rest = rest.subspan(count);
  MINHU_TRY(opened.index.ground_, Ground::from_bytes(rest));
  if (!take_number(rest, count)) return bad();
  for (std::uint64_t i = 0; i < count; ++i) {
    std::uint64_t key = 0;
    if (!take_number(rest, key) || opened.index.slots_.contains(key)) return bad();
    MINHU_TRY(Matter matter, Matter::from_bytes(rest));
    opened.index.put(key, std::move(matter));
  }
  if (!take_number(rest, count)) return bad();
  for (std::uint64_t i = 0; i < count; ++i) {
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    if (!take_number(rest, a) || !take_number(rest, b) || a > b) return bad();
    opened.index.rejected_.emplace(a, b);
  }
  if (!rest.empty()) return bad();
  return opened;
}

}  // namespace minhu::text
