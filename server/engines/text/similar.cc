#include "engines/text/similar.h"

#include <algorithm>
#include <array>

#include "engines/text/byte_order.h"
#include "kernel/assert.h"
#include "kernel/crypto.h"

namespace minhu::text {

namespace {

constexpr std::uint32_t parts_names = 11;
constexpr std::uint32_t parts_troubles = 9;
constexpr float full_score = (parts_names + parts_troubles) * 255.0F * 255.0F;

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
  const bool put_in = put(key, Matter(terms, ground_));
  MINHU_ASSERT(put_in);
}

bool SimilarIndex::put(std::uint64_t key, const Matter& matter) {
  take_out(key);
  if (free_.empty()) {
    if (cases_.size() == TermLists::slots) return false;
    free_.push_back(static_cast<Slot>(cases_.size()));
    cases_.emplace_back();
  }
  const Slot slot = free_.back();
  free_.pop_back();
  places_.put({static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32U), slot + 1});
  cases_[slot] = {key, matters_.keep(matter)};
  lists_.add(slot, matter);
  return true;
}

void SimilarIndex::take_out(std::uint64_t key) {
  const Place* place = places_.find(key);
  if (place == nullptr) return;
  const Slot slot = place->slot();
  places_.erase(key);
  lists_.remove(slot, matters_.matter(cases_[slot].matter));
  matters_.forget(cases_[slot].matter);
  cases_[slot] = {};
  free_.push_back(slot);
}

void SimilarIndex::remove(std::uint64_t key) {
  take_out(key);
  std::erase_if(rejected_,
                [&](const auto& pair) { return pair.first == key || pair.second == key; });
}

void SimilarIndex::reject(std::uint64_t a, std::uint64_t b) {
  rejected_.insert(pair_of(a, b));
}

bool SimilarIndex::is_rejected(std::uint64_t a, std::uint64_t b) const {
  return rejected_.contains(pair_of(a, b));
}

std::optional<Matter> SimilarIndex::matter(std::uint64_t key) const {
  const Place* place = places_.find(key);
  if (place == nullptr) return std::nullopt;
  return matters_.matter(cases_[place->slot()].matter);
}

std::vector<Near> SimilarIndex::nearest(const MatterTerms& query, std::size_t most) const {
  return search(Matter(query, ground_), most, nullptr);
}

std::vector<Near> SimilarIndex::nearest(std::uint64_t key, std::size_t most) const {
  const std::optional<Matter> found = matter(key);
  return found ? search(*found, most, &key) : std::vector<Near>();
}

std::vector<Near> SimilarIndex::search(const Matter& query, std::size_t most,
                                       const std::uint64_t* self) const {
  using Kind = TermLists::Kind;
  std::vector<Counted> lists;
  const auto count = [&](Kind kind, std::uint32_t term, std::uint32_t weight, std::uint32_t parts) {
    if (weight == 0) return;
    lists.push_back({lists_.find(kind, term), static_cast<std::int32_t>(parts * weight)});
  };
  for (std::size_t i = 0; i < query.terms().size(); ++i) {
    count(Kind::name, query.terms()[i], query.names()[i], parts_names);
    count(Kind::trouble, query.terms()[i], query.troubles()[i], parts_troubles);
  }
  const auto key_of = [&](Slot slot) { return cases_[slot].key; };
  const auto may = [&](Slot slot) {
    return self == nullptr || (key_of(slot) != *self && !is_rejected(key_of(slot), *self));
  };
  return told(query, greatest_sums(std::move(lists), cases_.size(), most, key_of, may));
}

std::vector<Near> SimilarIndex::told(const Matter& query, const std::vector<Summed>& found) const {
  std::vector<Near> near;
  for (const Summed& one : found) {
    const Matter other = matters_.matter(cases_[one.slot].matter);
    const Likeness alike = likeness(query, other);
    near.push_back(
        {cases_[one.slot].key,
         // Weights are rounded, so that a matter and itself may have a little more than all in
         // common.
         std::min(1.0F, static_cast<float>(one.sum) / full_score), text::odds(alike),
         // Equal ones are copies, also where a short text has names alone.
         (alike.names >= copy_names && alike.troubles >= copy_troubles) || query == other});
  }
  return near;
}

std::vector<Near> SimilarIndex::nearest_by_all(const MatterTerms& terms, std::size_t most) const {
  const Matter query(terms, ground_);
  std::vector<Summed> all;
  for (Slot slot = 0; slot < cases_.size(); ++slot) {
    if (cases_[slot].matter == Pool::none) continue;
    const auto sum =
        static_cast<std::int32_t>(score_of(query, matters_.matter(cases_[slot].matter)));
    if (sum > 0) all.push_back({sum, slot});
  }
  const auto best = all.begin() + static_cast<std::ptrdiff_t>(std::min(most, all.size()));
  std::partial_sort(all.begin(), best, all.end(), [&](const Summed& a, const Summed& b) {
    return a.sum != b.sum ? a.sum > b.sum : cases_[a.slot].key < cases_[b.slot].key;
  });
  all.erase(best, all.end());
  return told(query, all);
}

Bytes SimilarIndex::to_bytes(BytesView note) const {
  Bytes out(magic.begin(), magic.end());
  append_number(out, std::uint64_t{note.size()});
  out.insert(out.end(), note.begin(), note.end());
  ground_.append_to(out);
  std::vector<std::pair<std::uint64_t, Slot>> in_order;
  places_.each([&](const Place& place) { in_order.emplace_back(place.key(), place.slot()); });
  std::sort(in_order.begin(), in_order.end());
  append_number(out, std::uint64_t{in_order.size()});
  for (const auto& [key, slot] : in_order) {
    append_number(out, key);
    matters_.append_to(out, cases_[slot].matter);
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
    if (!take_number(rest, key) || opened.index.places_.find(key)) return bad();
    MINHU_TRY(const Matter matter, Matter::from_bytes(rest));
    if (!opened.index.put(key, matter)) return bad();
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
