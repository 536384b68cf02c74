#include "engines/text/matter.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "engines/text/byte_order.h"

namespace minhu::text {

namespace {

constexpr double full_length = 255;
constexpr double sixteenths = 16;
constexpr std::uint16_t title_counts = 3;  // an aspect in the title counts as often

struct Weighted {
  std::uint32_t term = 0;
  double weight = 0;
};

// The `most` heaviest, by term. Which of equals stays is decided by the term, so that the same
// petition gives the same matter everywhere.
void keep_heaviest(std::vector<Weighted>& list, std::size_t most) {
  if (list.size() > most) {
    std::nth_element(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(most), list.end(),
                     [](const Weighted& a, const Weighted& b) {
                       return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
                     });
    list.resize(most);
  }
  std::sort(list.begin(), list.end(),
            [](const Weighted& a, const Weighted& b) { return a.term < b.term; });
}

// To length 255; what rounds to nothing goes.
void to_unit(std::vector<Weighted>& list) {
  double squares = 0;
  for (const Weighted& item : list) squares += item.weight * item.weight;
  if (squares <= 0) {
    list.clear();
    return;
  }
  const double scale = full_length / std::sqrt(squares);
  for (Weighted& item : list) item.weight = std::round(item.weight * scale);
  std::erase_if(list, [](const Weighted& item) { return item.weight < 1; });
}

float as_cosine(std::uint32_t products) {
  return static_cast<float>(std::min(1.0, products / (full_length * full_length)));
}

float aspects_alike(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  std::uint32_t products = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) products += std::uint32_t{a[i + 1]} * b[j + 1];
    const bool a_first = a[i] <= b[j];
    const bool b_first = b[j] <= a[i];
    if (a_first) i += 2;
    if (b_first) j += 2;
  }
  return as_cosine(products);
}

std::uint32_t sum(std::span<const std::uint8_t> weights) {
  return std::accumulate(weights.begin(), weights.end(), std::uint32_t{0});
}

float share(std::uint32_t found, std::uint32_t all) {
  return all > 0 ? static_cast<float>(found) / static_cast<float>(all) : 0.0F;
}

}  // namespace

Matter::Matter(const MatterTerms& terms, const Ground& ground) {
  std::vector<Weighted> names;
  std::vector<Weighted> troubles;
  std::vector<Weighted> title;
  for (const TermCount& term : terms.terms) {
    const TermWeight weight = ground.weight(term);
    const double times = 1 + std::log(static_cast<double>(term.in_all));
    const double here = times * weight.rarity;
    if (here <= 0) continue;
    if (weight.as_name > 0) names.push_back({term.term, here * weight.as_name});
    if (weight.as_trouble > 0) troubles.push_back({term.term, here * weight.as_trouble});
    if (term.in_title > 0) {
      title.push_back({term.term, std::min(full_length, std::round(weight.rarity * sixteenths))});
    }
  }
  keep_heaviest(names, most_names);
  keep_heaviest(troubles, most_troubles);
  keep_heaviest(title, most_title);
  to_unit(names);
  to_unit(troubles);

  std::vector<Weighted> aspects;
  for (const AspectCount& aspect : terms.aspects) {
    const double times = std::log1p((title_counts - 1) * aspect.in_title + aspect.in_all);
    aspects.push_back({aspect.aspect, times * ground.aspect_rarity(aspect.aspect)});
  }
  keep_heaviest(aspects, most_aspects);
  to_unit(aspects);

  for (const auto* list : {&names, &troubles, &title}) {
    for (const Weighted& item : *list) terms_.push_back(item.term);
  }
  std::sort(terms_.begin(), terms_.end());
  terms_.erase(std::unique(terms_.begin(), terms_.end()), terms_.end());
  terms_.shrink_to_fit();
  weights_.reserve(3 * terms_.size() + 2 * aspects.size());
  for (const auto* list : {&names, &troubles, &title}) {
    auto next = list->begin();
    for (const std::uint32_t term : terms_) {
      const bool here = next != list->end() && next->term == term;
      weights_.push_back(here ? static_cast<std::uint8_t>(next->weight) : std::uint8_t{0});
      if (here) ++next;
    }
  }
  for (const Weighted& item : aspects) {
    weights_.push_back(static_cast<std::uint8_t>(item.term));
    weights_.push_back(static_cast<std::uint8_t>(item.weight));
  }
}

Likeness likeness(const Matter& a, const Matter& b) {
  const auto terms_a = a.terms();
  const auto terms_b = b.terms();
  const auto *names_a = a.names().data(), *names_b = b.names().data();
  const auto *troubles_a = a.troubles().data(), *troubles_b = b.troubles().data();
  const auto *title_a = a.title().data(), *title_b = b.title().data();
  std::uint32_t names = 0;
  std::uint32_t troubles = 0;
  std::uint32_t a_in_b = 0;
  std::uint32_t b_in_a = 0;
  for (std::size_t i = 0, j = 0; i < terms_a.size() && j < terms_b.size();) {
    if (terms_a[i] == terms_b[j]) {
      names += std::uint32_t{names_a[i]} * names_b[j];
      troubles += std::uint32_t{troubles_a[i]} * troubles_b[j];
      a_in_b += title_a[i];
      b_in_a += title_b[j];
      ++i;
      ++j;
    } else if (terms_a[i] < terms_b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  const auto title = std::minmax({share(a_in_b, sum(a.title())), share(b_in_a, sum(b.title()))});
  return {as_cosine(names), as_cosine(troubles), aspects_alike(a.aspects(), b.aspects()),
          title.first, title.second};
}

OneAgainstMany::OneAgainstMany(const Matter& one)
    : title_(sum(one.title())), aspects_(one.aspects().begin(), one.aspects().end()) {
  static_assert(size > 4 * (Matter::most_names + Matter::most_troubles + Matter::most_title));
  for (std::size_t i = 0; i < one.terms().size(); ++i) {
    const std::uint32_t term = one.terms()[i];
    std::size_t at = term % size;
    while (cells_[at].taken) at = (at + 1) % size;
    cells_[at] = {term, one.names()[i], one.troubles()[i], one.title()[i], true};
  }
}

Likeness OneAgainstMany::likeness(const Matter& other) const {
  const auto terms = other.terms();
  const std::uint8_t* other_names = other.names().data();
  const std::uint8_t* other_troubles = other.troubles().data();
  const std::uint8_t* other_title = other.title().data();
  std::uint32_t names = 0;
  std::uint32_t troubles = 0;
  std::uint32_t one_in_other = 0;
  std::uint32_t other_in_one = 0;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    std::size_t at = terms[i] % size;
    while (cells_[at].taken && cells_[at].term != terms[i]) at = (at + 1) % size;
    const Cell& cell = cells_[at];
    if (!cell.taken) continue;
    names += std::uint32_t{cell.name} * other_names[i];
    troubles += std::uint32_t{cell.trouble} * other_troubles[i];
    one_in_other += cell.title;
    other_in_one += other_title[i];
  }
  const auto title =
      std::minmax({share(one_in_other, title_), share(other_in_one, sum(other.title()))});
  return {as_cosine(names), as_cosine(troubles), aspects_alike(aspects_, other.aspects()),
          title.first, title.second};
}

float odds(const Likeness& alike) {
  // A place without a trouble in common, or a trouble without a place, is no issue in common: the
  // products say it. Titles copied word for word with another name in them are why few names in
  // common weigh against, by a figure that was set and not learnt: there were too few of them.
  constexpr float few_names = 0.15F;
  const float too_few = std::max(0.0F, few_names - alike.names) / few_names;
  return 9.85F * std::sqrt(alike.names * alike.troubles) + 5.57F * alike.title_less +
         4.27F * std::sqrt(alike.names) * alike.aspects + 3.47F * alike.title_more -
         6.0F * too_few - 7.87F;
}

std::uint64_t Matter::hash() const {
  std::uint64_t hash = terms_.size();
  const auto mix = [&](std::uint64_t more) {
    hash = (hash ^ more) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 32U;
  };
  for (const std::uint32_t term : terms_) mix(term);
  for (std::size_t i = 0; i < weights_.size(); i += 8) {
    std::uint64_t eight = 0;
    for (std::size_t j = i; j < std::min(i + 8, weights_.size()); ++j)
      eight = eight << 8U | weights_[j];
    mix(eight);
  }
  mix(0);  // the last weights, too, reach every bit
  return hash;
}

void Matter::append_to(Bytes& out) const {
  append_number(out, static_cast<std::uint8_t>(terms_.size()));
  append_number(out, static_cast<std::uint8_t>(aspects().size() / 2));
  for (const std::uint32_t term : terms_) append_number(out, term);
  out.insert(out.end(), weights_.begin(), weights_.end());
}

Result<Matter> Matter::from_bytes(BytesView& bytes) {
  const auto bad = [] { return fail(FaultCode::invalid_input, "text.bad_index"); };
  Matter matter;
  std::uint8_t terms = 0;
  std::uint8_t aspects = 0;
  if (!take_number(bytes, terms) || !take_number(bytes, aspects) ||
      terms > most_names + most_troubles + most_title || aspects > most_aspects) {
    return bad();
  }
  matter.terms_.resize(terms);
  for (std::uint32_t& term : matter.terms_) {
    if (!take_number(bytes, term)) return bad();
  }
  const std::size_t weights = 3 * std::size_t{terms} + 2 * std::size_t{aspects};
  const auto out_of_order = [](const auto& list) {
    return std::adjacent_find(list.begin(), list.end(), std::greater_equal<>()) != list.end();
  };
  if (bytes.size() < weights || out_of_order(matter.terms_)) return bad();
  matter.weights_.assign(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(weights));
  bytes = bytes.subspan(weights);
  return matter;
}

}  // namespace minhu::text
