#include "features/cases/closure.h"

#include <algorithm>

#include "features/accounts/accounts.h"
#include "features/accounts/delegation.h"
#include "features/accounts/interests.h"
#include "features/accounts/leadership.h"
#include "features/cases/access.h"
#include "features/cases/naming.h"
#include "features/cases/store.h"
#include "features/places_and_units/deepest_tree.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::cases {

namespace {

using accounts::AccountId;
using places_and_units::deepest_tree;

template <class SomeId>
bool add(std::vector<SomeId>& all, SomeId one) {
  if (one.empty()) return false;
  const auto place = std::lower_bound(all.begin(), all.end(), one);
  if (place != all.end() && *place == one) return false;
  all.insert(place, one);
  return true;
}

template <class SomeId>
bool meet(const std::vector<SomeId>& a, const std::vector<SomeId>& b) {
  auto left = a.begin();
  auto right = b.begin();
  while (left != a.end() && right != b.end()) {
    if (*left == *right) return true;
    *left < *right ? ++left : ++right;
  }
  return false;
}

bool touches(const Circle& circle, const std::vector<UnitId>& complained_of,
             const std::vector<AccountId>& accused, const std::vector<AccountId>& recused) {
  return meet(circle.units, complained_of) || meet(circle.people, accused) ||
         meet(circle.eyes, recused);
}

class Gathering {
 public:
  Gathering(Reading& reading, RegionId region, Instant now)
      : reading_(reading), region_(region), now_(now) {}

  // The unit and all above it, with whoever leads one of them: accused is what stands above.
  void sit_in(UnitId unit) {
    for (int depth = 0; depth < deepest_tree && add(circle_.units, unit); ++depth) {
      for (const AccountId leader : accounts::leaders_of(reading_, region_, unit, now_)) {
        add(circle_.people, leader);
      }
      unit = places_and_units::parent_of(reading_, region_, unit);
    }
  }

  void be(AccountId account) {
    add(circle_.people, account);
    sit_in(accounts::unit_of(reading_, region_, account));
    for (const UnitId led : accounts::led_by(reading_, region_, account, now_)) sit_in(led);
  }

  // One step, not from tie to tie: the kin of somebody's kin is nobody to them.
  void be_close_to_those_of(AccountId account) {
    for (const auto& tie : accounts::interests_of(reading_, region_, account, now_)) {
      if (!tie.unit.empty()) sit_in(tie.unit);
      if (!tie.person.empty()) be(tie.person);
    }
  }

  void look_as(AccountId account) {
    add(circle_.eyes, account);
    be(account);
    be_close_to_those_of(account);
  }

  Circle take() { return std::move(circle_); }

 private:
  Reading& reading_;
  RegionId region_;
  Instant now_;
  Circle circle_;
};

}  // namespace

Circle circle_of(Reading& reading, RegionId region, UnitId unit, Instant now) {
  Gathering gathering(reading, region, now);
  gathering.sit_in(unit);
  return gathering.take();
}

Circle circle_of(Reading& reading, RegionId region, const accounts::Principal& actor, Instant now) {
  Gathering gathering(reading, region, now);
  gathering.sit_in(actor.unit);
  if (!actor.account.empty()) {
    gathering.look_as(actor.account);
    for (const auto& given : accounts::delegations_held(reading, region, actor.account, now)) {
      gathering.look_as(given.from);
    }
  }
  return gathering.take();
}

bool names_somebody(const CaseFile& file) {
  return !file.complained_of.empty() || !file.accused_people.empty() || !file.recused.empty();
}

bool touches(const Circle& circle, const CaseFile& file) {
  return touches(circle, file.complained_of, file.accused_people, file.recused);
}

const Circle& Sight::circle() {
  if (!circle_) {
    circle_ = circle_of(reading_, context_.county.region, context_.actor, context_.now);
  }
  return *circle_;
}

bool Sight::kept_from(const CaseFile& file) {
  if (!names_somebody(file)) return false;
  if (context_.actor.role == accounts::Role::speaker) return false;
  return touches(circle(), file);
}

bool Sight::may_read(const CaseFile& file) {
  return decide(context_, file, "case:read").allowed && !kept_from(file);
}

bool Sight::may_know(const CaseFile& file) {
  if (context_.actor.role == accounts::Role::speaker) {
    return decide(context_, file, "receipt:read").allowed;
  }
  if (kept_from(file)) return false;
  if (decide(context_, file, "case:read").allowed) return true;
  if (file.state != State::merged) return false;
  const auto lead = load_file(reading_, context_.county.region, file.merged_into);
  return lead && may_read(*lead);
}

std::optional<CaseFile> Sight::find(CaseId id) {
  circle();  // also where it turns out that nobody had to ask
  auto file = load_file_or_neighbour(reading_, context_.county.region, id);
  if (!file) return std::nullopt;
  const bool known = may_know(*file);
  if (!known || file->id != id) return std::nullopt;
  return file;
}

std::optional<CaseFile> Sight::find(std::string_view number) {
  auto file = find(case_at_or_before(reading_, context_, number).value_or(CaseId()));
  if (!file || file->number != number) return std::nullopt;
  return file;
}

std::vector<CaseFile> kept_from(Reading& reading, const Context& context) {
  if (context.actor.role == accounts::Role::speaker) return {};
  const RegionId region = context.county.region;
  const std::vector<Naming> all = all_naming(reading, region);
  if (all.empty()) return {};
  const Circle circle = circle_of(reading, region, context.actor, context.now);
  std::vector<CaseId> touched;
  for (const Naming& one : all) {
    if (touches(circle, one.complained_of, one.accused_people, one.recused)) {
      touched.push_back(one.id);
    }
  }
  return load_files(reading, region, touched);
}

}  // namespace minhu::cases
