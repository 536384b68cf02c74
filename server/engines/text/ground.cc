#include "engines/text/ground.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engines/text/aspects.h"
#include "engines/text/byte_order.h"

namespace minhu::text {

namespace {

// Two levels to a doubling: small enough that a level says what the count would say, coarse enough
// that one petition more or less changes next to nothing.
constexpr double levels_a_doubling = 2;

std::uint8_t level_of(double cases) {
  return static_cast<std::uint8_t>(1 +
                                   std::floor(levels_a_doubling * std::log2(std::max(cases, 1.0))));
}
double cases_of(std::uint8_t level) {
  return std::exp2((level - 1) / levels_a_doubling);
}

constexpr double sixteenths = 16;
// A term that stands in no title: a name as often as not.
constexpr double name_before = 0.35;

double name_share(double in_name_slot, double in_title) {
  return (in_name_slot + name_before) / (in_title + 1);
}

std::size_t spread(std::uint32_t term) {
  return term * std::size_t{0x9E3779B1U} >> 7U;
}

// Of how many petitions an unknown term is taken to be.
constexpr double unknown_cases = 1.5;

}  // namespace

const Ground::Cell* Ground::find(std::uint32_t term) const {
  if (cells_.empty()) return nullptr;
  std::size_t at = spread(term) & (cells_.size() - 1);
  while (cells_[at].commonness != 0) {
    if (cells_[at].term == term) return &cells_[at];
    at = (at + 1) & (cells_.size() - 1);
  }
  return nullptr;
}

void Ground::put(const Cell& cell) {
  std::size_t at = spread(cell.term) & (cells_.size() - 1);
  while (cells_[at].commonness != 0) at = (at + 1) & (cells_.size() - 1);
  cells_[at] = cell;
  ++used_;
}

TermWeight Ground::weight(const TermCount& term) const {
  const double all = std::max<double>(static_cast<double>(cases_), 64);
  const Cell* known = find(term.term);
  double cases = unknown_cases;
  double name = name_share(term.in_name_slot, term.in_title);
  if (known != nullptr) {
    cases = cases_of(known->commonness);
    name = known->name / sixteenths;
  }
  TermWeight weight;
  weight.rarity = static_cast<float>(std::max(0.0, std::log(all / cases)));
  weight.as_name = static_cast<float>(std::clamp((name - 0.35) / 0.5, 0.0, 1.0));
  weight.as_trouble = static_cast<float>(std::clamp((0.6 - name) / 0.5, 0.0, 1.0));
  return weight;
}

std::uint64_t Ground::about(std::uint32_t term) const {
  const Cell* known = find(term);
  return known == nullptr ? 0 : static_cast<std::uint64_t>(cases_of(known->commonness));
}

float Ground::aspect_rarity(std::size_t aspect) const {
  const double all = std::max<double>(static_cast<double>(cases_), 64);
  const double cases = aspect < aspects_.size() ? cases_of(aspects_[aspect]) : 1;
  return static_cast<float>(std::max(0.0, std::log(all / cases)));
}

void Ground::append_to(Bytes& out) const {
  std::vector<Cell> sorted;
  for (const Cell& cell : cells_) {
    if (cell.commonness != 0) sorted.push_back(cell);
  }
  std::sort(sorted.begin(), sorted.end(),
            [](const Cell& a, const Cell& b) { return a.term < b.term; });
  append_number(out, cases_);
  append_number(out, static_cast<std::uint32_t>(aspects_.size()));
  out.insert(out.end(), aspects_.begin(), aspects_.end());
  append_number(out, static_cast<std::uint32_t>(sorted.size()));
  for (const Cell& cell : sorted) {
    append_number(out, cell.term);
    out.push_back(cell.commonness);
    out.push_back(cell.name);
  }
}

Result<Ground> Ground::from_bytes(BytesView& bytes) {
  const auto bad = [] { return fail(FaultCode::invalid_input, "text.bad_index"); };
  Ground ground;
  std::uint32_t aspects = 0;
  std::uint32_t terms = 0;
  if (!take_number(bytes, ground.cases_) || !take_number(bytes, aspects) ||
      aspects > most_aspects || aspects > bytes.size()) {
    return bad();
  }
  ground.aspects_.assign(bytes.begin(), bytes.begin() + aspects);
  bytes = bytes.subspan(aspects);
  constexpr std::size_t cell_bytes = 6;
  if (!take_number(bytes, terms) || terms > bytes.size() / cell_bytes) return bad();
  ground.cells_.resize(std::bit_ceil(std::size_t{terms} * 2 + 1));
  for (std::uint32_t i = 0; i < terms; ++i) {
    Cell cell;
    if (!take_number(bytes, cell.term) || !take_number(bytes, cell.commonness) ||
        !take_number(bytes, cell.name) || cell.commonness == 0 || ground.find(cell.term)) {
      return bad();
    }
    ground.put(cell);
  }
  return ground;
}

GroundCounter::GroundCounter() : aspects_(Aspects::built_in().count()), cells_(1U << 12U) {}

GroundCounter::Cell& GroundCounter::cell(std::uint32_t term) {
  if (used_ * 3 > cells_.size() * 2) grow();
  std::size_t at = spread(term) & (cells_.size() - 1);
  while (cells_[at].taken) {
    if (cells_[at].term == term) return cells_[at];
    at = (at + 1) & (cells_.size() - 1);
  }
  ++used_;
  cells_[at].taken = true;
  cells_[at].term = term;
  return cells_[at];
}

void GroundCounter::grow() {
  std::vector<Cell> before(cells_.size() * 2);
  before.swap(cells_);
  used_ = 0;
  for (const Cell& old : before) {
    if (old.taken) cell(old.term) = old;
  }
}

void GroundCounter::count(const MatterTerms& terms, int sign) {
  const auto change = [&](std::uint32_t& count, std::uint32_t by) {
    count = sign > 0 ? count + by : count - std::min(count, by);
  };
  cases_ = sign > 0 ? cases_ + 1 : cases_ - std::min<std::uint64_t>(cases_, 1);
  for (const TermCount& term : terms.terms) {
    Cell& to = cell(term.term);
    change(to.cases, 1);
    change(to.in_title, term.in_title);
    change(to.in_name_slot, term.in_name_slot);
  }
  for (const AspectCount& aspect : terms.aspects) change(aspects_[aspect.aspect], 1);
}

void GroundCounter::add(const GroundCounter& other) {
  cases_ += other.cases_;
  for (std::size_t i = 0; i < aspects_.size(); ++i) aspects_[i] += other.aspects_[i];
  for (const Cell& from : other.cells_) {
    if (!from.taken) continue;
    Cell& to = cell(from.term);
    to.cases += from.cases;
    to.in_title += from.in_title;
    to.in_name_slot += from.in_name_slot;
  }
}

Ground GroundCounter::ground() const {
  Ground ground;
  ground.cases_ = cases_;
  for (const std::uint32_t cases : aspects_) ground.aspects_.push_back(level_of(cases));
  std::size_t known = 0;
  for (const Cell& cell : cells_) known += cell.cases >= few_cases ? 1 : 0;
  ground.cells_.resize(std::bit_ceil(known * 2 + 1));
  for (const Cell& cell : cells_) {
    if (cell.cases < few_cases) continue;
    const double name = name_share(cell.in_name_slot, cell.in_title);
    ground.put({cell.term, level_of(cell.cases),
                static_cast<std::uint8_t>(std::lround(std::min(name, 1.0) * sixteenths))});
  }
  return ground;
}

}  // namespace minhu::text
