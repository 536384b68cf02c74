#include "features/visit_plans/gather.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "features/cases/case_file.h"
#include "features/cases/edges.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::visit_plans {

namespace {

using cases::CaseId;
using cases::State;

constexpr double judged_fade_days = 90;
constexpr double kilometres_per_degree = 111;

// One case as far as it matters here.
struct Told {
  CaseId id;
  std::size_t place = 0;
  std::string category;
  State state = State::registered;
  cases::Urgency urgency = cases::Urgency::ordinary;
  Instant received;
  std::optional<cases::Solved> solved;
  bool seen_then = false;           // the answer says that it was there
  std::optional<Instant> answered;  // for the first time
  std::optional<Instant> answered_last;
  CaseId merged_into;
  std::optional<Instant> merged;
  std::optional<Instant> due;
  std::optional<Instant> due_from;
  bool found_by_visit = false;
  CaseId class_id;  // of matters; empty
};

// What is no trouble that could lie hidden is left out: an accusation (nobody must read from a plan
// whether there is one), a suggestion, what was entered in error, the same person's repeat.
constexpr std::string_view which =
    "SELECT case_id, place, category, state, urgency, received_at, solved, outcome, merged_into, "
    "answered_at FROM case_file WHERE region_id = ?1 AND received_at >= ?2 AND received_at < ?3 "
    "AND track <> 'accusation' AND track <> 'suggestion' AND state <> 'held' "
    "AND state <> 'voided' AND state <> 'closed_to_repeat' AND erased = 0";

class Gathering {
 public:
  Gathering(Reading& reading, const cases::County& county, Entropy& entropy, const Policy& policy,
            const std::vector<Village>& villages, const std::vector<Seen>& seen, Instant until)
      : reading_(reading),
        county_(county),
        entropy_(entropy),
        policy_(policy),
        villages_(villages),
        seen_(seen),
        until_(until) {
    const std::chrono::year_month_day day{to_date(until)};
    const auto month = day.year() / day.month() - std::chrono::months(policy.record_months);
    from_ = start_of_day(Date(month / std::chrono::day(1)));
    for (std::size_t i = 0; i < villages.size(); ++i) place_of_[villages[i].code] = i;
  }

  Gathered run() {
    gathered_.record.from = from_;
    gathered_.record.until = until_;
    gathered_.known.resize(villages_.size());
    put_places();
    put_classes();
    put_visits();
    read_cases();
    read_answers();
    read_clocks();
    read_classes();
    read_found();
    put_matters();
    put_known();
    return std::move(gathered_);
  }

 private:
  void put_places() {
    const auto middle = hall(reading_, county_.region);
    std::map<std::string, std::int32_t, std::less<>> towns;
    for (const Village& village : villages_) {
      silence::Place place;
      place.id = village.code;
      place.cluster =
          towns.emplace(village.town, static_cast<std::int32_t>(towns.size())).first->second;
      place.people = static_cast<double>(std::max<std::int64_t>(1, village.people));
      // Access alone: how far it is to the windows of the county, and whether a phone works.
      const double north =
          static_cast<double>(village.latitude_e7 - (middle ? middle->latitude_e7 : 0)) / 1e7;
      const double east =
          static_cast<double>(village.longitude_e7 - (middle ? middle->longitude_e7 : 0)) / 1e7;
      const double squeeze =
          std::cos(static_cast<double>(village.latitude_e7) / 1e7 * 3.14159265 / 180);
      place.access = {std::log(3 + kilometres_per_degree * std::hypot(north, east * squeeze)),
                      static_cast<double>(village.signal) / 100};
      gathered_.record.places.push_back(std::move(place));
    }
  }

  void put_visits() {
    visits_of_.resize(villages_.size());
    for (const Seen& seen : seen_) {
      const auto found = place_of_.find(seen.place);
      if (found == place_of_.end() || seen.at >= until_) continue;
      visits_of_[found->second].push_back(seen.at);
      if (seen.looked_around && seen.at >= from_) {
        gathered_.record.visits.push_back({found->second, seen.at});
      }
    }
  }

  void read_cases() {
    reading_.query(
        which, {param(county_.region), param(from_), param(until_)}, [&](const Row& row) {
          const auto place = place_of_.find(std::string(row.text(1)));
          if (place == place_of_.end()) {
            ++gathered_.no_village;
            return;
          }
          Told told;
          told.id = row.id<CaseId>(0);
          told.place = place->second;
          told.category = row.text(2);
          told.state = cases::named<State>(row.text(3)).value_or(State::registered);
          told.urgency =
              cases::named<cases::Urgency>(row.text(4)).value_or(cases::Urgency::ordinary);
          told.received = row.instant(5);
          told.solved = cases::named<cases::Solved>(row.text(6));
          told.seen_then = row.text(7) == "supported" || row.text(7) == "partly_supported";
          told.merged_into = row.id<CaseId>(8);
          told.answered_last = row.maybe_instant(9);
          index_[told.id] = told_.size();
          told_.push_back(std::move(told));
        });
  }

  // When it was answered for the first time, and when it went into another one: the events know.
  void read_answers() {
    reading_.query(
        "SELECT e.case_id, e.kind, MIN(e.recorded_at) FROM case_file f JOIN case_event e "
        "ON e.region_id = f.region_id AND e.case_id = f.case_id "
        "WHERE f.region_id = ?1 AND e.region_id = ?1 AND f.received_at >= ?2 "
        "AND f.received_at < ?3 AND e.kind IN ('answered', 'answered_on_spot', 'merged', "
        "'not_accepted', 'sent_to_legal_road', 'sent_to_emergency') GROUP BY e.case_id, e.kind",
        {param(county_.region), param(from_), param(until_)}, [&](const Row& row) {
          const auto found = index_.find(row.id<CaseId>(0));
          if (found == index_.end()) return;
          Told& told = told_[found->second];
          std::optional<Instant>& first = row.text(1) == "merged" ? told.merged : told.answered;
          first = first ? std::min(*first, row.instant(2)) : row.instant(2);
        });
  }

  void read_clocks() {
    reading_.query(
        "SELECT c.case_id, c.started, c.due FROM case_file f JOIN case_clock c "
        "ON c.region_id = f.region_id AND c.case_id = f.case_id "
        "WHERE f.region_id = ?1 AND c.region_id = ?1 AND f.received_at >= ?2 "
        "AND f.received_at < ?3 AND c.met_at IS NULL AND c.paused_at IS NULL AND c.citizen = 0",
        {param(county_.region), param(from_), param(until_)}, [&](const Row& row) {
          const auto found = index_.find(row.id<CaseId>(0));
          if (found == index_.end()) return;
          Told& told = told_[found->second];
          if (told.due && *told.due <= row.instant(2)) return;
          told.due_from = row.instant(1);
          told.due = row.instant(2);
        });
  }

  void read_classes() {
    reading_.query(
        "SELECT m.case_id, m.class_id FROM case_file f JOIN class_member m "
        "ON m.region_id = f.region_id AND m.case_id = f.case_id "
        "WHERE f.region_id = ?1 AND m.region_id = ?1 AND f.received_at >= ?2 "
        "AND f.received_at < ?3",
        {param(county_.region), param(from_), param(until_)}, [&](const Row& row) {
          const auto found = index_.find(row.id<CaseId>(0));
          if (found != index_.end()) told_[found->second].class_id = row.id<CaseId>(1);
        });
  }

  // Cases that an investigation brought home: a visit found them, whether or not somebody spoke.
  void read_found() {
    reading_.query("SELECT case_id FROM investigation_need WHERE region_id = ?1",
                   {param(county_.region)}, [&](const Row& row) {
                     const auto found = index_.find(row.id<CaseId>(0));
                     if (found != index_.end()) told_[found->second].found_by_visit = true;
                   });
  }

  // The category and everything above it, looked up once.
  const std::vector<std::string>& line_of(const std::string& category) {
    const auto found = lines_.find(category);
    if (found != lines_.end()) return found->second;
    return lines_[category] = places_and_units::category_line(reading_, county_.region, category);
  }

  // Classes of troubles are the categories at the root of the tree: a county has a dozen, and each
  // is said often enough. All of them, so that a class does not appear with its first word.
  void put_classes() {
    namespace units = places_and_units;
    const auto add = [&](const std::string& root) {
      const auto line = line_of(root);
      kinds_.emplace(root, gathered_.record.classes.size());
      gathered_.record.classes.push_back(
          {root, severity_of(policy_, cases::Urgency::ordinary, line), judged_fade_days});
    };
    for (const std::string& scheme : units::category_schemes(reading_, county_.region)) {
      for (const auto& category : units::categories_of(reading_, county_.region, scheme)) {
        if (category.parent.empty()) add(scheme + ":" + category.code);
      }
    }
    if (kinds_.empty()) add("-");
  }
  // Nothing for a category that is no longer in any tree.
  std::optional<std::size_t> kind_of(const std::string& category) {
    const auto& line = line_of(category);
    const auto found = kinds_.find(line.empty() ? category : line.back());
    return found == kinds_.end() ? std::nullopt : std::optional(found->second);
  }

  std::size_t head_of(std::size_t at) const {
    for (std::size_t steps = 0; steps < 64; ++steps) {
      const auto found = index_.find(told_[at].merged_into);
      if (told_[at].merged_into.empty() || found == index_.end()) break;
      at = found->second;
    }
    return at;
  }

  std::optional<Instant> visited_after(std::size_t place, Instant at) const {
    const auto& visits = visits_of_[place];
    const auto found = std::upper_bound(visits.begin(), visits.end(), at);
    return found == visits.end() ? std::nullopt : std::optional(*found);
  }

  // Cases that went into one another are one matter; so are those that somebody linked to one class
  // of matters, in one village, as long as nobody has answered the first of them.
  void put_matters() {
    const Key key = entropy_.bytes<32>();
    std::map<std::size_t, std::vector<std::size_t>> merged;  // head → its cases
    std::vector<std::size_t> order(told_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return told_[a].received != told_[b].received ? told_[a].received < told_[b].received
                                                    : told_[a].id < told_[b].id;
    });
    for (const std::size_t at : order) merged[head_of(at)].push_back(at);

    std::vector<std::vector<std::size_t>> groups;
    std::map<std::pair<CaseId, std::size_t>, std::size_t> open;  // class and village → its group
    for (const std::size_t at : order) {
      const auto found = merged.find(at);
      if (found == merged.end()) continue;
      const Told& head = told_[at];
      const auto joins =
          head.class_id.empty() ? open.end() : open.find({head.class_id, head.place});
      if (joins != open.end() && !stopped(groups[joins->second], head.received)) {
        auto& group = groups[joins->second];
        group.insert(group.end(), found->second.begin(), found->second.end());
        continue;
      }
      if (!head.class_id.empty()) open[{head.class_id, head.place}] = groups.size();
      groups.push_back(found->second);
    }
    for (const auto& group : groups) put_matter(group, key);
  }

  // Whether people had been answered, or visited, before that moment.
  bool stopped(const std::vector<std::size_t>& group, Instant before) const {
    const auto end = end_of(group);
    return end && *end < before;
  }

  std::optional<Instant> end_of(const std::vector<std::size_t>& group) const {
    Instant begun = told_[group.front()].received;
    std::optional<Instant> end;
    const auto earlier = [&](const std::optional<Instant>& at) {
      if (at && *at >= begun && (!end || *at < *end)) end = at;
    };
    for (const std::size_t at : group) begun = std::min(begun, told_[at].received);
    for (const std::size_t at : group) earlier(told_[at].answered);
    earlier(visited_after(told_[group.front()].place, begun));
    return end;
  }

  void put_matter(const std::vector<std::size_t>& group, const Key& key) {
    const Told& first = told_[group.front()];
    if (first.category.empty() || of_one_family(policy_, line_of(first.category))) return;
    const auto kind = kind_of(first.category);
    if (!kind) return;
    silence::Matter matter;
    matter.place = first.place;
    matter.kind = *kind;
    matter.stopped = end_of(group);
    for (const std::size_t at : group) {
      const Told& told = told_[at];
      if (told.found_by_visit) {
        matter.found_by_visit = true;
        continue;
      }
      matter.words.push_back({told.received, short_keyed_hash(key, told.id.bytes())});
      matter.seen_then =
          matter.seen_then || (told.seen_then && matter.stopped && told.answered == matter.stopped);
    }
    if (matter.found_by_visit && matter.words.empty()) {
      matter.stopped = first.received;
    } else {
      matter.found_by_visit = false;
    }
    gathered_.record.matters.push_back(std::move(matter));
  }

  silence::Known known_of(const Told& told) {
    silence::Known known;
    known.severity = severity_of(policy_, told.urgency, line_of(told.category));
    if (told.due && told.due_from) {
      known.due = to_date(*told.due);
      known.limit_days = std::max<std::int64_t>(1, (*known.due - to_date(*told.due_from)).count());
    }
    const bool still_open = !told.answered_last && !cases::ended_states.has(told.state);
    const bool taken_up_again = told.state == State::signed_in || told.state == State::accepted ||
                                told.state == State::review_requested ||
                                told.state == State::recheck_requested;
    const bool disputed = told.solved == cases::Solved::no || told.solved == cases::Solved::partly;
    if (told.solved == cases::Solved::yes) {
      known.standing = silence::Standing::confirmed;
    } else if (!still_open && !taken_up_again && !disputed) {
      known.standing = silence::Standing::closed;
      known.closed_on = to_date(told.answered_last.value_or(told.answered.value_or(told.received)));
    }
    return known;
  }

  // What went into another case keeps what it would count by itself until somebody comes: merging
  // brings order and makes no village matter less.
  void put_known() {
    std::map<std::size_t, std::vector<std::size_t>> merged;
    for (std::size_t at = 0; at < told_.size(); ++at) {
      const std::size_t head = head_of(at);
      if (head != at) merged[head].push_back(at);
    }
    for (std::size_t at = 0; at < told_.size(); ++at) {
      if (head_of(at) != at) continue;
      const Told& told = told_[at];
      silence::Known known = known_of(told);
      const auto parts = merged.find(at);
      if (parts != merged.end()) {
        std::int64_t others = 0;
        const auto& visits = visits_of_[told.place];
        for (const std::size_t part : parts->second) {
          ++others;
          const bool before_visit =
              told_[part].merged && !visits.empty() && *told_[part].merged < visits.back();
          if (before_visit) {
            known.others = others;
          } else {
            known = silence::merge(std::move(known), known_of(told_[part]), others);
          }
        }
      }
      if (known.standing == silence::Standing::confirmed && known.merged.empty()) continue;
      gathered_.known[told.place].push_back(std::move(known));
    }
  }

  Reading& reading_;
  const cases::County& county_;
  Entropy& entropy_;
  const Policy& policy_;
  const std::vector<Village>& villages_;
  const std::vector<Seen>& seen_;
  Instant from_;
  Instant until_;
  Gathered gathered_;
  std::unordered_map<std::string, std::size_t> place_of_;
  std::vector<std::vector<Instant>> visits_of_;
  std::vector<Told> told_;
  std::unordered_map<CaseId, std::size_t> index_;
  std::map<std::string, std::vector<std::string>> lines_;
  std::map<std::string, std::size_t> kinds_;
};

}  // namespace

Result<Gathered> gather(Reading& reading, const cases::County& county, Entropy& entropy,
                        const Policy& policy, const std::vector<Village>& villages,
                        const std::vector<Seen>& seen, Instant until) {
  if (villages.empty()) return fail(FaultCode::conflict, "plans.no_villages");
  return Gathering(reading, county, entropy, policy, villages, seen, until).run();
}

}  // namespace minhu::visit_plans
