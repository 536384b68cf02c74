#include "features/visit_plans/chronicles.h"

#include <algorithm>
#include <boost/json.hpp>

#include "features/cases/derivation.h"
#include "features/visit_plans/lot.h"
#include "kernel/crypto.h"

namespace minhu::visit_plans {

namespace {

namespace bj = boost::json;
using state_machine::Chronicle;
using state_machine::ChronicleEvent;

// Every column as it is, in the order of the statement: bytes as hexadecimal digits after "x".
enum class As : std::uint8_t { text, number, bytes };

bj::array columns(const Row& row, int first, std::initializer_list<As> kinds) {
  bj::array all;
  int column = first;
  for (const As kind : kinds) {
    switch (kind) {
      case As::text:
        all.emplace_back(row.text(column));
        break;
      case As::number:
        all.emplace_back(row.integer(column));
        break;
      case As::bytes:
        all.emplace_back("x" + to_hex(row.bytes(column)));
        break;
    }
    ++column;
  }
  return all;
}

ChronicleEvent event_of(const Uuid& subject, std::int64_t seq, std::string_view kind, Instant at,
                        accounts::AccountId account, const bj::value& facts) {
  return {subject, seq, std::string(kind), at, {}, {}, account, bj::serialize(facts)};
}

// There are no rows of today beside the events: they stand where there are events.
class Appended : public Chronicle {
 public:
  bool stands(Reading& reading, RegionId region, const Uuid& subject) const override {
    return !events_of(reading, region, subject).empty();
  }
  void write_anew(Transaction&, RegionId, const Uuid&) const override {}
};

class OfMonths : public Appended {
 public:
  std::vector<Uuid> subjects_after(Reading& reading, RegionId region, const Uuid& after,
                                   std::int64_t most) const override {
    std::vector<Uuid> subjects;
    for (const std::string& month : months(reading, region)) {
      const Uuid subject = subject_of(*this, month);
      if (subject > after) subjects.push_back(subject);
    }
    std::sort(subjects.begin(), subjects.end());
    if (subjects.size() > static_cast<std::size_t>(most)) {
      subjects.resize(static_cast<std::size_t>(most));
    }
    return subjects;
  }

  std::vector<ChronicleEvent> events_of(Reading& reading, RegionId region,
                                        const Uuid& subject) const override {
    for (const std::string& month : months(reading, region)) {
      if (subject_of(*this, month) == subject) return events_in(reading, region, month, subject);
    }
    return {};
  }

 private:
  // Twelve a year.
  virtual std::vector<std::string> months(Reading& reading, RegionId region) const = 0;
  virtual std::vector<ChronicleEvent> events_in(Reading& reading, RegionId region,
                                                std::string_view month,
                                                const Uuid& subject) const = 0;
};

std::string month_in(const Row& row) {
  return std::string(row.text(0));
}

class MonthChronicle final : public OfMonths {
 public:
  std::string_view name() const override { return "month"; }

 private:
  std::vector<std::string> months(Reading& reading, RegionId region) const override {
    return reading.all(
        "SELECT month FROM plan_cycle WHERE region_id = ?1 UNION "
        "SELECT month FROM plan_lot_event WHERE region_id = ?1",
        {param(region)}, month_in);
  }

  std::vector<ChronicleEvent> events_in(Reading& reading, RegionId region, std::string_view month,
                                        const Uuid& subject) const override {
    auto events = reading.all(
        "SELECT published_at, account_id, policy, classes, usual_need, matters, no_village, seal "
        "FROM plan_cycle WHERE region_id = ?1 AND month = ?2",
        {param(region), month}, [&](const Row& row) {
          bj::array facts =
              columns(row, 2, {As::text, As::text, As::number, As::number, As::number, As::bytes});
          return event_of(subject, 0, "frozen", row.instant(0), row.id<accounts::AccountId>(1),
                          facts);
        });
    if (!events.empty()) {
      bj::array villages;
      reading.query(
          "SELECT place, since, silence, quiet FROM plan_quiet WHERE region_id = ?1 AND month = ?2 "
          "ORDER BY place",
          {param(region), month}, [&](const Row& row) {
            villages.push_back(columns(row, 0, {As::text, As::text, As::number, As::text}));
          });
      events.front().payload += bj::serialize(villages);
    }
    // Their numbers begin with 1.
    reading.query(
        "SELECT seq, kind, recorded_at, account_id, payload FROM plan_lot_event "
        "WHERE region_id = ?1 AND month = ?2 ORDER BY seq",
        {param(region), month}, [&](const Row& row) {
          events.push_back(event_of(subject, row.integer(0), row.text(1), row.instant(2),
                                    row.id<accounts::AccountId>(3), columns(row, 4, {As::text})));
        });
    return events;
  }
};

class LotChronicle final : public OfMonths {
 public:
  std::string_view name() const override { return "lot"; }
  bool is_public() const override { return true; }

 private:
  std::vector<std::string> months(Reading& reading, RegionId region) const override {
    return reading.all("SELECT DISTINCT month FROM plan_lot_event WHERE region_id = ?1",
                       {param(region)}, month_in);
  }

  std::vector<ChronicleEvent> events_in(Reading& reading, RegionId region, std::string_view month,
                                        const Uuid& subject) const override {
    std::vector<ChronicleEvent> events;
    for (const Lot& lot : committed_lots(reading, region, month)) {
      events.push_back({subject,
                        static_cast<std::int64_t>(events.size()),
                        "committed",
                        lot.committed_at,
                        {},
                        {},
                        {},
                        text_of_commitment(lot)});
    }
    return events;
  }
};

class WishChronicle final : public OfMonths {
 public:
  std::string_view name() const override { return "wish"; }

 private:
  std::vector<std::string> months(Reading& reading, RegionId region) const override {
    return reading.all("SELECT DISTINCT month FROM plan_wish WHERE region_id = ?1", {param(region)},
                       month_in);
  }

  std::vector<ChronicleEvent> events_in(Reading& reading, RegionId region, std::string_view month,
                                        const Uuid& subject) const override {
    return reading.all(
        "SELECT seq, kind, recorded_at, account_id, place, on_date, reason FROM plan_wish "
        "WHERE region_id = ?1 AND month = ?2 ORDER BY seq",
        {param(region), month}, [&](const Row& row) {
          return event_of(subject, row.integer(0) - 1, row.text(1), row.instant(2),
                          row.id<accounts::AccountId>(3),
                          columns(row, 4, {As::text, As::text, As::text}));
        });
  }
};

class PlanChronicle final : public OfMonths {
 public:
  std::string_view name() const override { return "plan"; }

 private:
  std::vector<std::string> months(Reading& reading, RegionId region) const override {
    return reading.all("SELECT DISTINCT month FROM visit_plan WHERE region_id = ?1",
                       {param(region)}, month_in);
  }

  // Only the latest version can be accepted: what is accepted follows what was made.
  std::vector<ChronicleEvent> events_in(Reading& reading, RegionId region, std::string_view month,
                                        const Uuid& subject) const override {
    std::vector<ChronicleEvent> events;
    const auto add = [&](std::string_view kind, Instant at, accounts::AccountId account,
                         const bj::value& facts) {
      events.push_back(
          event_of(subject, static_cast<std::int64_t>(events.size()), kind, at, account, facts));
    };
    reading.query(
        "SELECT version, made_at, accepted_at, account_id, problem, input_hash, seed, iterations, "
        "team_days, lot_days, leaders, notes FROM visit_plan "
        "WHERE region_id = ?1 AND month = ?2 ORDER BY version",
        {param(region), month}, [&](const Row& row) {
          bj::array made = columns(row, 4,
                                   {As::text, As::bytes, As::number, As::number, As::number,
                                    As::text, As::text, As::text});
          const std::int64_t version = row.integer(0);
          const auto stops = stops_of(reading, region, month, version);
          made.push_back(stops.made);
          add("made", row.instant(1), row.id<accounts::AccountId>(3), made);
          if (const auto at = row.maybe_instant(2)) add("accepted", *at, {}, stops.accepted);
        });
    return events;
  }

  struct Stops {
    bj::array made;
    bj::array accepted;  // which visit each became
  };
  static Stops stops_of(Reading& reading, RegionId region, std::string_view month,
                        std::int64_t version) {
    Stops stops;
    reading.query(
        "SELECT place, outcome, leader, on_date, begins, ends, announced, due, reasons, visit_id "
        "FROM plan_stop WHERE region_id = ?1 AND month = ?2 AND version = ?3 ORDER BY place",
        {param(region), month, version}, [&](const Row& row) {
          stops.made.push_back(columns(row, 0,
                                       {As::text, As::text, As::bytes, As::text, As::number,
                                        As::number, As::number, As::text, As::text}));
          stops.accepted.push_back(columns(row, 9, {As::bytes}));
        });
    return stops;
  }
};

class InvestigationChronicle final : public Appended {
 public:
  std::string_view name() const override { return "investigation"; }

  std::vector<Uuid> subjects_after(Reading& reading, RegionId region, const Uuid& after,
                                   std::int64_t most) const override {
    return reading.all(
        "SELECT id FROM investigation WHERE region_id = ?1 AND id > ?2 "
        "UNION SELECT id FROM investigation_finding WHERE region_id = ?1 AND id > ?2 "
        "ORDER BY id LIMIT ?3",
        {param(region), BytesView(after), most},
        [](const Row& row) { return row.id<InvestigationId>(0).uuid(); });
  }

  std::vector<ChronicleEvent> events_of(Reading& reading, RegionId region,
                                        const Uuid& subject) const override {
    auto events = reading.all(
        "SELECT recorded_at, account_id, title, from_date, to_date FROM investigation "
        "WHERE region_id = ?1 AND id = ?2",
        {param(region), BytesView(subject)}, [&](const Row& row) {
          return event_of(subject, 0, "planned", row.instant(0), row.id<accounts::AccountId>(1),
                          columns(row, 2, {As::text, As::text, As::text}));
        });
    if (!events.empty()) {
      bj::array stops;
      reading.query(
          "SELECT on_date, place FROM investigation_stop WHERE region_id = ?1 AND id = ?2 "
          "ORDER BY on_date, place",
          {param(region), BytesView(subject)},
          [&](const Row& row) { stops.push_back(columns(row, 0, {As::text, As::text})); });
      events.front().payload += bj::serialize(stops);
    }
    // Their numbers begin with 1.
    reading.query(
        "SELECT seq, recorded_at, account_id, place, on_date, people_met, needs, content_id "
        "FROM investigation_finding WHERE region_id = ?1 AND id = ?2 ORDER BY seq",
        {param(region), BytesView(subject)}, [&](const Row& row) {
          events.push_back(event_of(
              subject, row.integer(0), "found", row.instant(1), row.id<accounts::AccountId>(2),
              columns(row, 3, {As::text, As::text, As::number, As::number, As::bytes})));
        });
    return events;
  }
};

}  // namespace

const Chronicle& month_chronicle() {
  static const MonthChronicle stateless;
  return stateless;
}

const Chronicle& lot_chronicle() {
  static const LotChronicle stateless;
  return stateless;
}

const Chronicle& wish_chronicle() {
  static const WishChronicle stateless;
  return stateless;
}

const Chronicle& plan_chronicle() {
  static const PlanChronicle stateless;
  return stateless;
}

const Chronicle& investigation_chronicle() {
  static const InvestigationChronicle stateless;
  return stateless;
}

Uuid subject_of(const Chronicle& chronicle, std::string_view month) {
  const Digest digest = sha256(
      as_bytes("minhu/plans/v1 " + std::string(chronicle.name()) + " " + std::string(month)));
  Uuid subject{};
  std::copy_n(digest.begin(), subject.size(), subject.begin());
  return subject;
}

void derive_from_last(Transaction& transaction, const cases::County& county,
                      const Chronicle& chronicle, const Uuid& subject) {
  const auto events = chronicle.events_of(transaction, county.region, subject);
  cases::derive_from(transaction, county, chronicle, events.back());
}

}  // namespace minhu::visit_plans
