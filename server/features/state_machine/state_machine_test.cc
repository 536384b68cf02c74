// A life of its own, as a feature has one: a door that is made, opened and shut.
#include <gtest/gtest.h>

#include <algorithm>

#include "adapters/test_storage/test_database.h"
#include "features/state_machine/event_list.h"
#include "features/state_machine/given.h"

namespace minhu::state_machine {
namespace {

enum class State : std::uint8_t { shut, open };
enum class Kind : std::uint8_t { made, opened, shut };
enum class Form : std::uint8_t { text, count };

constexpr std::array<std::string_view, 3> kind_names{"made", "opened", "shut"};
std::string_view name(Kind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}
std::optional<Kind> kind_named(std::string_view text) {
  const auto at = std::find(kind_names.begin(), kind_names.end(), text);
  if (at == kind_names.end()) return std::nullopt;
  return static_cast<Kind>(at - kind_names.begin());
}

using DoorId = Id<struct DoorTag>;
using Event = EventOf<DoorId, Kind>;
using Field = FieldOf<Form>;

struct From {
  State state;
  bool has(State other) const { return state == other; }
};
struct Edge {
  Kind kind;
  From from;
  bool with_a_key;
};
constexpr Edge table[] = {{Kind::opened, {State::shut}, true},
                          {Kind::opened, {State::shut}, false},
                          {Kind::shut, {State::open}, false}};
constexpr std::span<const Edge> edges(table);

constexpr Field reason{"reason", Form::text};
constexpr Field times{"times", Form::count, Presence::optional};
constexpr Field fields[] = {reason, times};

const Migration migrations[] = {
    {1, "0001_doors",
     "CREATE TABLE door_event(region_id BIGINT NOT NULL, door_id BLOB NOT NULL, "
     "seq BIGINT NOT NULL, kind TEXT NOT NULL, recorded_at BIGINT NOT NULL, role TEXT NOT NULL, "
     "unit_id BLOB, account_id BLOB, payload TEXT NOT NULL, "
     "PRIMARY KEY (region_id, door_id, seq))"}};
constexpr EventList<DoorId, Kind> door_events{
    "SELECT seq, kind, recorded_at, role, unit_id, account_id, payload FROM door_event "
    "WHERE region_id = ?1 AND door_id = ?2 ORDER BY seq",
    "INSERT INTO door_event(region_id, door_id, seq, kind, recorded_at, role, unit_id, "
    "account_id, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    kind_named, "a door"};

DoorId some_door(std::uint8_t which) {
  Uuid uuid{};
  uuid[15] = which;
  return DoorId::from_bytes(BytesView(uuid));
}

Event event_of(DoorId door, std::int64_t seq, Kind kind, Facts facts = {}) {
  return {door, seq, kind, Instant{1000 + seq}, {accounts::Role::clerk, {}, {}}, std::move(facts)};
}

class EventsOfADoor : public testing::Test {
 protected:
  void append(const Event& event) {
    const Outcome outcome = database_->write([&](Transaction& transaction) -> Outcome {
      door_events.append(transaction, region_, event);
      return {};
    });
    ASSERT_TRUE(outcome);
  }
  std::vector<Event> load(DoorId door) {
    return database_->read(
        [&](Reading& reading) { return door_events.load(reading, region_, door); });
  }
  void spoil(std::string_view sql) {
    ASSERT_TRUE(database_->write([&](Transaction& transaction) -> Outcome {
      transaction.execute(sql, {});
      return {};
    }));
  }
  std::string failure_of_loading(DoorId door) {
    try {
      load(door);
    } catch (const StorageFailure& failure) {
      return failure.what();
    }
    return "loaded";
  }

  RegionId region_{7};
  test_storage::TestDatabase database_{{migrations}};
  DoorId door_ = some_door(1);
};

TEST_F(EventsOfADoor, are_read_as_they_were_written_in_their_order) {
  const std::vector<Event> written{event_of(door_, 0, Kind::made, {{"of", "wood"}}),
                                   event_of(door_, 1, Kind::opened),
                                   event_of(door_, 2, Kind::shut, {{"by", "wind"}, {"at", "夜"}})};
  append(written[0]);
  append(written[2]);
  append(written[1]);
  append(event_of(some_door(2), 0, Kind::made));
  EXPECT_EQ(load(door_), written);
  EXPECT_TRUE(load(some_door(3)).empty());
}

TEST_F(EventsOfADoor, are_added_once) {
  append(event_of(door_, 0, Kind::made));
  EXPECT_THROW(database_->write_job([&](Transaction& transaction) -> Outcome {
    door_events.append(transaction, region_, event_of(door_, 0, Kind::opened));
    return {};
  }),
               StorageFailure);
  EXPECT_EQ(load(door_).size(), 1U);
}

TEST_F(EventsOfADoor, of_a_kind_that_nobody_knows_are_a_damaged_table) {
  append(event_of(door_, 0, Kind::made));
  spoil("UPDATE door_event SET kind = 'painted' WHERE region_id = 7");
  EXPECT_EQ(failure_of_loading(door_), "an event of a door has no kind or no actor");
}

TEST_F(EventsOfADoor, by_nobody_are_a_damaged_table) {
  append(event_of(door_, 0, Kind::made));
  spoil("UPDATE door_event SET role = '' WHERE region_id = 7");
  EXPECT_EQ(failure_of_loading(door_), "an event of a door has no kind or no actor");
}

TEST_F(EventsOfADoor, with_facts_that_are_none_are_a_damaged_table) {
  append(event_of(door_, 0, Kind::made));
  for (const char* payload : {"UPDATE door_event SET payload = '' WHERE region_id = 7",
                              "UPDATE door_event SET payload = '[]' WHERE region_id = 7",
                              "UPDATE door_event SET payload = '{\"a\":1}' WHERE region_id = 7"}) {
    spoil(payload);
    EXPECT_TRUE(
        failure_of_loading(door_).starts_with("the payload of an event of a door is damaged"))
        << payload;
  }
}

TEST(Facts, have_one_stored_form) {
  const Facts facts{{"b", "2"}, {"a", "一\"\n"}};
  EXPECT_EQ(payload_of(facts), R"({"a":"一\"\n","b":"2"})");
  EXPECT_EQ(facts_in(payload_of(facts), "a door"), facts);
  EXPECT_EQ(payload_of({}), "{}");
}

TEST(Facts, that_are_absent_are_empty) {
  const Event event = event_of({}, 0, Kind::made, {{"of", "wood"}});
  EXPECT_EQ(event.fact("of"), "wood");
  EXPECT_EQ(event.fact("by"), "");
}

TEST(Edges, are_open_from_the_states_they_name_and_the_first_one_counts) {
  EXPECT_EQ(open_edge(edges, Kind::opened, State::shut), &table[0]);
  EXPECT_EQ(open_edge(edges, Kind::shut, State::open), &table[2]);
  EXPECT_EQ(open_edge(edges, Kind::shut, State::shut), nullptr);
  EXPECT_EQ(open_edge(edges, Kind::made, State::shut), nullptr);
}

TEST(Edges, can_ask_for_more_than_a_state) {
  const auto without = [](const Edge& edge) { return !edge.with_a_key; };
  EXPECT_EQ(open_edge(edges, Kind::opened, State::shut, without), &table[1]);
}

TEST(Steps, may_be_taken_by_whoever_some_edge_of_that_kind_allows) {
  const auto without = [](const Edge& edge) { return !edge.with_a_key; };
  const auto nobody = [](const Edge&) { return false; };
  EXPECT_TRUE(may_ever_take(edges, Kind::opened, without));
  EXPECT_FALSE(may_ever_take(edges, Kind::opened, nobody));
  EXPECT_FALSE(may_ever_take(edges, Kind::made, without));
}

TEST(Steps, are_refused_for_what_happened_meanwhile_before_they_are_refused_for_the_state) {
  const Refusals refusals{"door.changed", "door.not_open"};
  EXPECT_TRUE(may_be_taken_now(std::nullopt, 4, true, refusals));
  EXPECT_TRUE(may_be_taken_now(4, 4, true, refusals));
  EXPECT_EQ(may_be_taken_now(3, 4, true, refusals).error().key, "door.changed");
  EXPECT_EQ(may_be_taken_now(3, 4, false, refusals).error().key, "door.changed");
  EXPECT_EQ(may_be_taken_now(4, 4, false, refusals).error(),
            Fault(FaultCode::conflict, "door.not_open"));
}

class GivenToADoor : public testing::Test {
 protected:
  // The fields that were kept with their values, or the fault.
  std::string read(const GivenFields& given) {
    std::string kept;
    const auto keep = [&](const Field& field, const std::string& value) -> Outcome {
      if (value == "bad") return at_fault("door.wrong", field.name);
      kept += std::string(field.name) + "=" + value + ";";
      return {};
    };
    const Outcome outcome = for_each_given(std::span<const Field>(fields), given,
                                           {"door.unknown", "door.missing"}, keep);
    return outcome ? kept : outcome.error().key + " " + outcome.error().field;
  }
};

TEST_F(GivenToADoor, is_read_in_the_order_of_the_fields) {
  EXPECT_EQ(read({{"times", "2"}, {"reason", "wind"}}), "reason=wind;times=2;");
  EXPECT_EQ(read({{"reason", "wind"}, {"times", ""}}), "reason=wind;");
}

TEST_F(GivenToADoor, is_refused_at_the_first_field_that_is_unknown_missing_or_wrong) {
  EXPECT_EQ(read({{"colour", "red"}}), "door.unknown colour");
  EXPECT_EQ(read({{"times", "bad"}}), "door.missing reason");
  EXPECT_EQ(read({{"reason", ""}}), "door.missing reason");
  EXPECT_EQ(read({{"reason", "bad"}, {"times", "bad"}}), "door.wrong reason");
}

TEST(Given, a_fault_at_a_field_names_it_for_the_form_and_for_the_sentence) {
  EXPECT_EQ(Fault(at_fault("door.wrong", "reason").value()),
            Fault(FaultCode::invalid_input, "door.wrong", "reason", {{"field", "reason"}}));
}

TEST(Given, text_is_cleaned_and_counted_in_characters) {
  const TextFaults faults{"door.missing", "door.too_long"};
  EXPECT_EQ(text_within("  风大  ", "reason", 2, faults).value(), "风大");
  EXPECT_EQ(text_within(" ", "reason", 2, faults).error(),
            Fault(FaultCode::invalid_input, "door.missing", "reason", {{"field", "reason"}}));
  EXPECT_EQ(text_within("风很大", "reason", 2, faults).error(),
            Fault(FaultCode::invalid_input, "door.too_long", "reason", {{"most", "2"}}));
  EXPECT_EQ(text_within("\xff", "reason", 2, faults).error().key, "kernel.not_utf8");
}

TEST(Given, a_count_is_digits_alone_and_within_its_bound) {
  EXPECT_TRUE(is_count("0", 10));
  EXPECT_TRUE(is_count("10", 10));
  for (const char* text : {"", "-1", "11", "1 ", "+1", "1.0", "99999999999999999999"}) {
    EXPECT_FALSE(is_count(text, 10)) << text;
  }
}

}  // namespace
}  // namespace minhu::state_machine
