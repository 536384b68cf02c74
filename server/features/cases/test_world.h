// For tests: a small county with two towns, its units and somebody for every role.
#pragma once

#include <gtest/gtest.h>

#include "adapters/policies/policies.h"
#include "adapters/system/system.h"
#include "adapters/test_storage/test_database.h"
#include "features/accounts/accounts.h"
#include "features/cases/migrations.h"
#include "features/cases/queue.h"
#include "features/cases/reading.h"
#include "features/cases/rebuild.h"
#include "features/cases/receive.h"
#include "features/cases/steps.h"
#include "features/cases/store.h"
#include "features/cases/test_keys.h"
#include "features/places_and_units/places_and_units.h"
#include "project_folder.h"

namespace minhu::cases {

class World : public ::testing::Test {
 protected:
  using Role = accounts::Role;
  using Fields = std::map<std::string, std::string, std::less<>>;

  // `more`: the tables of the feature that is tested on top of cases.
  explicit World(std::span<const Migration> more = {})
      : database_{{places_and_units::migrations(), accounts::migrations(), migrations(), more}} {
    start_crypto();
    auto book = policies::read_rule_book(project_folder() / "policies");
    EXPECT_TRUE(book);
    county_.region = RegionId{339901};
    county_.name = "青溪县";
    county_.rules = std::move(*book);
    build_units();
  }

  // The units, places and duties of county_.region.
  void build_units() {
    county_.petition_office = unit("petition", "县信访局", {}, places_and_units::UnitLevel::county);
    county_.hotline_body =
        unit("hotline", "12345热线中心", {}, places_and_units::UnitLevel::county);
    housing_ = unit("housing", "县住建局", {}, places_and_units::UnitLevel::county);
    water_ = unit("water", "县水利局", {}, places_and_units::UnitLevel::county);
    town_ = unit("town-01", "竹源镇人民政府", housing_, places_and_units::UnitLevel::town);
    write([&](Transaction& t) {
      places_and_units::put_place(t, county_.region, {"339901", "", "青溪县"});
      places_and_units::put_place(t, county_.region, {"339901101", "339901", "竹源镇"});
      places_and_units::put_category(t, county_.region, {"minhu", "01", "", "城乡建设"});
      places_and_units::put_category(t, county_.region, {"minhu", "02", "", "水利"});
      places_and_units::put_duty(t, county_.region, {"minhu:02", water_, "三定方案"});
    });
  }

  UnitId unit(const char* code, const char* unit_name, UnitId parent,
              places_and_units::UnitLevel level) {
    places_and_units::Unit made;
    made.id = entropy_.id<UnitId>(now_);
    made.code = code;
    made.name = unit_name;
    made.parent = parent;
    made.level = level;
    write([&](Transaction& t) { places_and_units::put_unit(t, county_.region, made); });
    return made.id;
  }

  template <class F>
  void write(F&& work) {
    ASSERT_TRUE(database_->write_job([&](Transaction& t) -> Outcome {
      work(t);
      return {};
    }));
  }

  Context as(Role role, UnitId at = {}) {
    return {county_, keyring_, entropy_, now_, {role, at, {}}};
  }
  Context speaker() { return as(Role::speaker); }
  Context dispatcher() { return as(Role::dispatcher, county_.petition_office); }
  Context handler() { return as(Role::handler, housing_); }
  Context head() { return as(Role::unit_head, housing_); }
  Context caller() { return as(Role::caller, county_.petition_office); }

  Words some_words(std::uint8_t token) {
    Words words;
    words.token = {token, 7};
    words.text = "村口的污水管破了，味道很大。";
    words.place = "339901101";
    return words;
  }
  Result<Receipt> receive_words(const Context& context, Words words) {
    auto prepared = prepare(context, std::move(words));
    if (!prepared) return tl::unexpected<Fault>(prepared.error());
    return database_->write(
        [&](Transaction& transaction) { return receive(transaction, context, **prepared); });
  }
  Receipt received(std::uint8_t token = 1) {
    auto receipt = receive_words(as(Role::anyone), some_words(token));
    EXPECT_TRUE(receipt) << receipt.error().key;
    return *receipt;
  }

  Result<Event> step(const Context& context, CaseId id, EventKind kind, Fields fields = {}) {
    Step taken;
    taken.kind = kind;
    taken.fields = std::move(fields);
    return database_->write([&](Transaction& t) { return take_step(t, context, id, taken); });
  }
  // A step that the test relies on.
  void must(const Context& context, CaseId id, EventKind kind, Fields fields = {}) {
    const auto event = step(context, id, kind, std::move(fields));
    ASSERT_TRUE(event) << name(kind) << ": " << event.error().key << ' ' << event.error().field;
  }
  std::string refused(const Context& context, CaseId id, EventKind kind, Fields fields = {}) {
    const auto event = step(context, id, kind, std::move(fields));
    return event ? "allowed" : event.error().key;
  }
  CaseFile file(CaseId id) {
    return database_->read(
        [&](Reading& reading) { return *load_file(reading, county_.region, id); });
  }

  void pass_days(std::int64_t days) { now_.unix_ms += days * 24 * 3'600'000; }

  Fields to(UnitId unit_id) { return {{"unit", unit_id.text()}, {"reason", "属于你单位职责"}}; }
  static Fields opinion(const char* outcome = "supported") {
    return {{"public_answer", "管道已经更换，路面已清洗。"},
            {"outcome", outcome},
            {"request", "修好污水管"},
            {"facts", "管道老化破裂"},
            {"opinion", "更换管道二十米"},
            {"basis", "城镇排水与污水处理条例"}};
  }
  static Fields review_opinion(const char* changed = "upheld") {
    Fields fields = opinion("explained");
    fields["changed"] = changed;
    return fields;
  }
  // Up to an answer by the housing department.
  void answer(CaseId id) {
    must(dispatcher(), id, EventKind::transferred, to(housing_));
    must(handler(), id, EventKind::signed_in);
    must(handler(), id, EventKind::accepted);
    must(handler(), id, EventKind::answered, opinion());
  }

  Instant now_ = *parse_instant("2025-09-26 10:00");
  system::SeededEntropy entropy_{7};
  TestKeys keys_;
  const Keyring& keyring_ = *keys_;
  test_storage::TestDatabase database_;
  County county_;
  UnitId housing_, water_, town_;
};

// A world that is examined after each test.
class Journey : public World {
 protected:
  void TearDown() override {
    // Whatever a test did: the rows are what the events say, and every open case has somebody.
    const Rebuilt rebuilt = rebuild(*database_, county_.region, OnDifference::report);
    EXPECT_TRUE(rebuilt.different.empty());
    EXPECT_EQ(rebuilt.stray_queue_entries, 0);
  }
};

}  // namespace minhu::cases
