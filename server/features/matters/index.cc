#include "features/matters/index.h"

#include <algorithm>
#include <cstring>

#include "kernel/giving_way.h"

namespace minhu::matters {

namespace {

// Of a score of 1: what the same place and a near time add to what the words say. A person looks
// first at what is around the corner.
constexpr double same_village = 0.10;
constexpr double same_town = 0.05;
constexpr double same_quarter = 0.03;
constexpr std::int64_t quarter_ms = std::int64_t{91} * 24 * 3'600'000;
constexpr std::size_t town_digits = 9;

// The random half of a case's id: two of a million cases share it once in ten million counties.
std::uint64_t key_of(cases::CaseId id) {
  std::uint64_t key = 0;
  const auto bytes = id.bytes();
  std::memcpy(&key, bytes.data() + bytes.size() - sizeof key, sizeof key);
  return key;
}

double nearness(std::string_view place, std::string_view other) {
  if (place.empty() || other.empty()) return 0;
  if (place == other) return place.size() > town_digits ? same_village : same_town;
  const bool one_town = place.size() >= town_digits && other.size() >= town_digits &&
                        place.substr(0, town_digits) == other.substr(0, town_digits);
  return one_town ? same_town : 0;
}

std::vector<std::uint32_t> in_common(const text::Matter& a, const text::Matter& b) {
  std::vector<std::uint32_t> common;
  std::set_intersection(a.terms().begin(), a.terms().end(), b.terms().begin(), b.terms().end(),
                        std::back_inserter(common));
  return common;
}

}  // namespace

Result<IndexEntry> Index::read(std::string_view title, std::string_view text,
                               std::string_view place, Instant at) {
  IndexEntry entry;
  text::TermReader reader;
  MINHU_CHECK_OK(reader.read(title, text, entry.terms));
  entry.place = place;
  entry.at = at;
  return entry;
}

std::size_t Index::size() const {
  const std::shared_lock lock(mutex_);
  return kept_.size();
}

bool Index::outgrown() const {
  const std::shared_lock lock(mutex_);
  return counted_ && kept_.size() > *counted_ + *counted_ / 4 + 20;
}

void Index::change(const std::function<void()>& what) {
  in_full_turn([&] {
    const std::unique_lock lock(mutex_);
    what();
  });
}

void Index::apply(IndexChange&& read) {
  const std::uint64_t key = key_of(read.id);
  const auto stop_waiting = [&] {
    std::erase_if(waiting_, [&](const Waiting& one) { return one.key == key; });
  };
  if (!read.entry) {
    stop_waiting();
    if (groups_) {
      groups_->remove(key);
      groups_->forget(key);
    }
    change([&] {
      kept_.erase(key);
      if (similar_) similar_->remove(key);
      put_in_group(key, std::nullopt);
    });
    return;
  }
  if (groups_) groups_->add(key, read.entry->terms);
  bool known = false;
  change([&] {
    known = kept_.contains(key);
    kept_[key] = {read.id, std::move(read.entry->place), read.entry->at};
    if (similar_) similar_->add(key, read.entry->terms);
  });
  if (!groups_) {
    if (known) stop_waiting();
    waiting_.push_back({key, std::move(read.entry->terms)});
    if (waiting_.size() >= most_waiting) lay_ground();
  }
  const auto decide = [&](cases::CaseId other, text::Decision decision) {
    const std::uint64_t other_key = key_of(other);
    if (!groups_) {
      decisions_.push_back({{key, other_key}, decision});
      return;
    }
    // What contradicts an earlier decision stays as it was decided first: people see both.
    (void)groups_->decide(key, other_key, decision);
  };
  for (const cases::CaseId other : read.apart) decide(other, text::Decision::different);
  if (read.together) decide(*read.together, text::Decision::one_issue);
}

// Tens of thousands of cases are put into the indexes before anybody sees them.
void Index::lay_ground() {
  text::GroundCounter counter;
  for (const Waiting& one : waiting_) counter.add(one.terms);
  text::SimilarIndex similar(counter.ground());
  groups_.emplace(counter.ground());
  for (const Waiting& one : waiting_) {
    similar.add(one.key, one.terms);
    groups_->add(one.key, one.terms);
  }
  waiting_ = {};
  for (const auto& [pair, decision] : decisions_) {
    (void)groups_->decide(pair.first, pair.second, decision);
  }
  decisions_ = {};
  change([&] { similar_ = std::move(similar); });
}

bool Index::settle(const std::function<bool()>& stop) {
  if (!groups_) lay_ground();
  if (!groups_->settle(stop)) return false;
  tell_groups();
  // Of very many cases the first say what is common; all of them are behind us all the same.
  change([&] {
    if (!counted_) counted_ = kept_.size();
  });
  return true;
}

void Index::tell_groups() {
  // So many at a time, so that nobody waits for a storm of letters; in between, some of an issue
  // that has another name now are told and some are not.
  constexpr std::size_t at_a_time = 1000;
  const std::vector<text::CaseKey> changed = groups_->take_changed();
  for (std::size_t begin = 0; begin < changed.size(); begin += at_a_time) {
    change([&] {
      for (std::size_t i = begin; i < std::min(begin + at_a_time, changed.size()); ++i) {
        put_in_group(changed[i], groups_->group_of(changed[i]));
      }
    });
  }
}

// With the lock.
void Index::put_in_group(std::uint64_t key, std::optional<std::uint64_t> group) {
  if (const auto before = group_of_.find(key); before != group_of_.end()) {
    if (const auto members = members_.find(before->second); --members->second == 0) {
      members_.erase(members);
    }
    group_of_.erase(before);
  }
  if (!group) return;
  group_of_[key] = *group;
  ++members_[*group];
}

std::vector<Nearest> Index::nearest(const IndexEntry& entry,
                                    const std::vector<cases::CaseId>& except,
                                    std::size_t most) const {
  const std::shared_lock lock(mutex_);
  if (!similar_) return {};
  const text::Matter matter(entry.terms, similar_->ground());
  std::vector<Nearest> found;
  for (const text::Near& near : similar_->nearest(entry.terms, most + except.size())) {
    const auto kept = kept_.find(near.key);
    if (kept == kept_.end() ||
        std::find(except.begin(), except.end(), kept->second.id) != except.end()) {
      continue;
    }
    Nearest one{kept->second.id, near.score, {}, near.copy};
    one.score += nearness(entry.place, kept->second.place);
    if (std::abs(entry.at.unix_ms - kept->second.at.unix_ms) < quarter_ms) {
      one.score += same_quarter;
    }
    one.score = std::min(one.score, 1.0);
    if (const auto other = similar_->matter(near.key)) {
      one.terms = in_common(matter, *other);
    }
    found.push_back(std::move(one));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Nearest& a, const Nearest& b) { return a.score > b.score; });
  if (found.size() > most) found.resize(most);
  return found;
}

bool Index::same_issue(cases::CaseId a, cases::CaseId b) const {
  const std::shared_lock lock(mutex_);
  const auto group = group_of_.find(key_of(a));
  const auto other = group_of_.find(key_of(b));
  return group != group_of_.end() && other != group_of_.end() && group->second == other->second;
}

std::int64_t Index::others_of_issue(cases::CaseId id) const {
  const std::shared_lock lock(mutex_);
  const auto group = group_of_.find(key_of(id));
  return group == group_of_.end() ? 0 : members_.at(group->second) - 1;
}

std::vector<std::vector<cases::CaseId>> Index::issues(std::size_t least) const {
  std::unordered_map<std::uint64_t, std::vector<cases::CaseId>> by_group;
  {
    const std::shared_lock lock(mutex_);
    for (const auto& [key, group] : group_of_) {
      if (members_.at(group) < static_cast<std::int64_t>(least)) continue;
      if (const auto kept = kept_.find(key); kept != kept_.end()) {
        by_group[group].push_back(kept->second.id);
      }
    }
  }
  std::vector<std::vector<cases::CaseId>> issues;
  for (auto& [group, cases] : by_group) {
    if (cases.size() < least) continue;
    std::sort(cases.begin(), cases.end());
    issues.push_back(std::move(cases));
  }
  std::sort(issues.begin(), issues.end());
  return issues;
}

}  // namespace minhu::matters
