#include "features/demo/demo.h"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>

#include "adapters/policies/policies.h"
#include "adapters/system/system.h"
#include "adapters/test_storage/test_database.h"
#include "features/cases/migrations.h"
#include "features/cases/notices.h"
#include "features/cases/reading.h"
#include "features/cases/rebuild.h"
#include "features/cases/said.h"
#include "features/cases/store.h"
#include "features/cases/test_keys.h"
#include "features/classes/chronicle.h"
#include "features/classes/migrations.h"
#include "features/classes/store.h"
#include "features/demo/bulk.h"
#include "features/demo/receptions.h"
#include "features/places_and_units/places_and_units.h"
#include "features/promises/audit.h"
#include "features/promises/chronicle.h"
#include "features/promises/migrations.h"
#include "features/receptions/chronicle.h"
#include "features/receptions/migrations.h"
#include "features/state_machine/rebuild.h"
#include "features/visits/audit_queue.h"
#include "features/visits/chronicle.h"
#include "features/visits/migrations.h"
#include "project_folder.h"

namespace minhu::demo {
namespace {

// The county played once into a database of its own.
// The rows of today are what the events give.
void expect_stands(Database& database, RegionId region, const state_machine::Chronicle& chronicle) {
  using state_machine::OnDifference;
  const auto rebuilt = state_machine::rebuild(database, region, chronicle, OnDifference::report);
  EXPECT_GT(rebuilt.events, 0) << chronicle.name();
  EXPECT_TRUE(rebuilt.different.empty()) << chronicle.name();
}

struct Stage {
  explicit Stage(std::int64_t cases, std::uint64_t seed = 7) {
    start_crypto();
    auto rules = policies::read_rule_book(project_folder() / "policies");
    EXPECT_TRUE(rules);
    place = county(std::move(*rules));
    EXPECT_TRUE(build_county(*database));
    if (cases == 0) return;
    system::SeededEntropy entropy(seed);
    Options options;
    options.cases = cases;
    options.seed = seed;
    options.until = *parse_date("2026-11-25");
    auto result = simulate(*database, place, keyring, entropy, options);
    EXPECT_TRUE(result) << result.error().key;
    played = std::move(*result);
  }

  std::int64_t count(std::string_view sql, const Parameters& parameters = {}) {
    return database->read([&](Reading& reading) {
      return reading.first(sql, parameters, [](const Row& row) { return row.integer(0); })
          .value_or(0);
    });
  }
  std::set<std::string> all(std::string_view sql) {
    std::set<std::string> found;
    database->read_job([&](Reading& reading) {
      reading.query(sql, {}, [&](const Row& row) { found.emplace(row.text(0)); });
    });
    return found;
  }
  // Every text of that kind that lies in the store, opened.
  template <class F>
  void each_content(F&& use) {
    database->read_job([&](Reading& reading) {
      reading.query("SELECT case_id, content_id, media_type FROM content", {}, [&](const Row& row) {
        const auto id = row.id<cases::CaseId>(0);
        const auto key = cases::load_case_key(reading, place.region, id, keyring);
        ASSERT_TRUE(key);
        const auto bytes =
            cases::read_content(reading, place.region, *key, row.id<cases::ContentId>(1));
        ASSERT_TRUE(bytes);
        use(id, std::string(row.text(2)), to_text(*bytes));
      });
    });
  }

  test_storage::TestDatabase database{{places_and_units::migrations(), accounts::migrations(),
                                       cases::migrations(), classes::migrations(),
                                       visits::migrations(), promises::migrations(),
                                       receptions::migrations()}};
  cases::TestKeys keys;
  const cases::Keyring& keyring = *keys;
  cases::County place;
  Played played;
};

std::string digest_of_everything(Stage& stage) {
  std::string digests;
  stage.database->read_job([&](Reading& reading) {
    reading.query("SELECT case_id, payload, kind, recorded_at FROM case_event", {},
                  [&](const Row& row) {
                    digests += to_hex(sha256(row.bytes(0))) + to_hex(sha256(as_bytes(row.text(1))));
                    digests += std::string(row.text(2)) + std::to_string(row.integer(3));
                  });
    reading.query("SELECT class_id, payload, recorded_at FROM class_event", {},
                  [&](const Row& row) {
                    digests += to_hex(sha256(row.bytes(0))) + to_hex(sha256(as_bytes(row.text(1))));
                    digests += std::to_string(row.integer(2));
                  });
    reading.query("SELECT sealed FROM content", {},
                  [&](const Row& row) { digests += to_hex(sha256(row.bytes(0))); });
  });
  return to_hex(sha256(as_bytes(digests)));
}

// One county for all that only look at it.
class Demo : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { stage_ = std::make_unique<Stage>(600, 5); }
  static void TearDownTestSuite() { stage_.reset(); }
  static std::unique_ptr<Stage> stage_;
};
std::unique_ptr<Stage> Demo::stage_;

TEST(DemoTwice, TheSameSeedGivesTheSameBytesAndAnotherSeedOthers) {
  Stage first(120);
  Stage second(120);
  Stage other(120, 8);
  const std::string digest = digest_of_everything(first);
  EXPECT_EQ(digest, digest_of_everything(second));
  EXPECT_NE(digest, digest_of_everything(other));
}

TEST(DemoTwice, ACountyWithCasesIsNotPlayedAgain) {
  Stage stage(60);
  system::SeededEntropy entropy(7);
  Options options;
  options.cases = 60;
  options.until = *parse_date("2026-11-25");
  const auto again = simulate(*stage.database, stage.place, stage.keyring, entropy, options);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().key, "demo.not_empty");
  options.cases = 10;
  const auto few = simulate(*stage.database, stage.place, stage.keyring, entropy, options);
  ASSERT_FALSE(few);
  EXPECT_EQ(few.error().key, "demo.not_so_few");
}

// As many cases as `./dev run` plays: fewer make hardly a class.
TEST(DemoClasses, HaveAHistoryThatTheirEventsGive) {
  Stage stage(3000);
  expect_stands(*stage.database, stage.place.region, classes::chronicle());
  EXPECT_GE(stage.count("SELECT COUNT(*) FROM class_file"), 8);
  const auto in = [&](const char* states) {
    return stage.count("SELECT COUNT(*) FROM class_file WHERE state IN (" + std::string(states) +
                       ")");
  };
  // Whether it became less is the engine's to say; of so few cases it may be "too few to say".
  EXPECT_GE(in("'measured', 'verified', 'institutionalised', 'closed', 'watching'"), 1);
  EXPECT_GE(in("'screened'"), 1);  // a leader finds something to decide
  EXPECT_EQ(in("'rejected'"), 1);
  EXPECT_GE(stage.count("SELECT COUNT(*) FROM class_member"), 50);
}

TEST(DemoVisits, AreHeldAndComing) {
  Stage stage(600);
  system::SeededEntropy entropy(7);
  const Date today = *parse_date("2026-11-25");
  for (int again = 0; again < 2; ++again) {
    const Outcome put = put_visits(*stage.database, stage.place, stage.keyring, entropy, today);
    ASSERT_TRUE(put) << put.error().key << ' ' << put.error().field;
    EXPECT_EQ(stage.count("SELECT COUNT(*) FROM visit_file"), 5);
  }
  EXPECT_EQ(stage.count("SELECT COUNT(*) FROM visit_file WHERE state = 'reported'"), 2);
  EXPECT_EQ(stage.count("SELECT COUNT(*) FROM visit_file WHERE state = 'published'"), 3);
  EXPECT_EQ(stage.count("SELECT COUNT(*) FROM visit_file WHERE on_the_list > 0"), 1);
  EXPECT_EQ(stage.count("SELECT COUNT(*) FROM visit_file WHERE not_held > 0"), 1);
  EXPECT_GE(stage.count("SELECT COUNT(*) FROM visit_case"), 2);
  expect_stands(*stage.database, stage.place.region, visits::chronicle());
  stage.database->read([&](Reading& reading) {
    EXPECT_TRUE(visits::audit_queues(reading, stage.place.region).empty());
    return 0;
  });
}

TEST(DemoReceptions, WereTakenDownOnATabletAndAnotherWasLost) {
  Stage stage(600);
  system::SeededEntropy entropy(7);
  const Date today = *parse_date("2026-11-25");
  ASSERT_TRUE(put_visits(*stage.database, stage.place, stage.keyring, entropy, today));
  const auto cases_before = stage.count("SELECT COUNT(*) FROM case_file");
  for (int again = 0; again < 2; ++again) {
    const Outcome put = put_receptions(*stage.database, stage.place, stage.keyring, entropy, today);
    ASSERT_TRUE(put) << put.error().key << ' ' << put.error().field;
    EXPECT_EQ(stage.count("SELECT COUNT(*) FROM case_file"), cases_before + 4);
    EXPECT_EQ(stage.count("SELECT COUNT(*) FROM reception_device"), 2);
  }
  EXPECT_EQ(stage.count("SELECT COUNT(*) FROM reception_device WHERE revoked_at IS NOT NULL"), 1);
  EXPECT_EQ(stage.count("SELECT COUNT(*) FROM reception_session WHERE instruction = 'not_open'"),
            0);
  expect_stands(*stage.database, stage.place.region, receptions::chronicle());
  const auto rebuilt =
      cases::rebuild(*stage.database, stage.place.region, cases::OnDifference::report);
  EXPECT_TRUE(rebuilt.different.empty());
}

TEST(DemoPromises, AreKeptOwedAndHandedOver) {
  Stage stage(600);
  system::SeededEntropy entropy(7);
  const Date today = *parse_date("2026-11-25");
  ASSERT_TRUE(put_visits(*stage.database, stage.place, stage.keyring, entropy, today));
  for (int again = 0; again < 2; ++again) {
    const Outcome put = put_promises(*stage.database, stage.place, stage.keyring, entropy, today);
    ASSERT_TRUE(put) << put.error().key << ' ' << put.error().field;
    EXPECT_GE(stage.count("SELECT COUNT(*) FROM promise_file"), 7);
  }
  EXPECT_EQ(stage.count("SELECT COUNT(*) FROM relay_file WHERE state = 'half_signed'"), 1);
  EXPECT_EQ(stage.count("SELECT COUNT(*) FROM promise_file WHERE state = 'verified'"), 1);
  EXPECT_EQ(stage.count("SELECT COUNT(*) FROM promise_file WHERE sponsored = 1"), 1);
  expect_stands(*stage.database, stage.place.region, promises::chronicle());
  expect_stands(*stage.database, stage.place.region, promises::relay_chronicle());
  stage.database->read([&](Reading& reading) {
    EXPECT_TRUE(
        promises::audit_relays(reading, stage.place.region, start_of_day(today)).findings.empty());
    return 0;
  });
}

TEST_F(Demo, EveryRowIsWhatTheEventsGive) {
  const auto rebuilt =
      cases::rebuild(*stage_->database, stage_->place.region, cases::OnDifference::report);
  EXPECT_EQ(rebuilt.cases, stage_->played.summary.cases);
  EXPECT_EQ(rebuilt.events, stage_->played.summary.events);
  EXPECT_TRUE(rebuilt.different.empty());
  EXPECT_EQ(rebuilt.stray_queue_entries, 0);
}

TEST_F(Demo, CasesEndAsAskedAndSomeAreOpenAndLateOnTheLastDay) {
  const Summary& summary = stage_->played.summary;
  EXPECT_LE(summary.cases, 600);
  EXPECT_GT(summary.cases, 560);
  const double a_case = static_cast<double>(summary.events) / static_cast<double>(summary.cases);
  EXPECT_GT(a_case, 7);
  EXPECT_LT(a_case, 13);
  EXPECT_GT(summary.open, 8);
  EXPECT_GT(summary.overdue, 0);
  EXPECT_LT(summary.overdue, summary.open);
  const Instant end = start_of_day(*parse_date("2026-11-25"));
  EXPECT_EQ(stage_->count("SELECT count(*) FROM case_event WHERE recorded_at >= ?1", {param(end)}),
            0);
}

TEST_F(Demo, NearlyEveryKindOfStepAndEveryStateOccurs) {
  const auto kinds = stage_->all("SELECT DISTINCT kind FROM case_event");
  EXPECT_GE(kinds.size(), 52U);  // of 60
  for (const char* kind : {"objected",
                           "objection_upheld",
                           "objection_refused",
                           "extended",
                           "hearing_held",
                           "settled",
                           "parked",
                           "merged",
                           "held",
                           "reopened",
                           "review_answered",
                           "supervised",
                           "callback_attempted",
                           "rated",
                           "sent_to_emergency",
                           "sent_to_legal_road",
                           "withdrawn",
                           "urged",
                           "answered_on_spot",
                           "identity_revealed",
                           "receipt_activated"}) {
    EXPECT_TRUE(kinds.contains(kind)) << kind;
  }
  EXPECT_GE(stage_->all("SELECT DISTINCT state FROM case_file").size(), 14U);
  EXPECT_GE(stage_->all("SELECT DISTINCT channel FROM case_file").size(), 10U);
  EXPECT_EQ(stage_->all("SELECT DISTINCT track FROM case_file").size(), 5U);
}

TEST_F(Demo, TheRulesSeldomRefuseWhatPeopleTry) {
  std::int64_t refused = 0;
  for (const auto& [what, times] : stage_->played.summary.refused) refused += times;
  EXPECT_LT(refused * 100, stage_->played.summary.events);
}

TEST_F(Demo, TheTruthNamesEveryCaseOnce) {
  const Truth& truth = stage_->played.truth;
  std::set<std::string> numbers;
  std::map<std::int64_t, std::int64_t> reports;
  for (const TrueCase& one : truth.cases) {
    numbers.insert(one.number);
    ASSERT_GE(one.issue, 1);
    ASSERT_LE(one.issue, static_cast<std::int64_t>(truth.issues.size()));
  }
  EXPECT_EQ(numbers, stage_->all("SELECT number FROM case_file"));
  std::int64_t copies = 0;
  for (const TrueCase& one : truth.cases) {
    if (!one.copied_of) continue;
    ++copies;
    EXPECT_TRUE(numbers.contains(*one.copied_of));
  }
  EXPECT_GT(copies, 2);
  for (const TrueIssue& issue : truth.issues) {
    EXPECT_LE(issue.started, issue.ended);
    EXPECT_LE(issue.started, issue.fixed_at.value_or(issue.ended));
  }
}

TEST_F(Demo, TheTruthIsWrittenAsFiles) {
  const auto folder =
      std::filesystem::temp_directory_path() /
      ("minhu-truth-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
       std::to_string(reinterpret_cast<std::uintptr_t>(this)));
  ASSERT_TRUE(write_truth(stage_->played.truth, folder));
  const auto lines = [&](const char* name) {
    std::ifstream in(folder / name);
    std::size_t count = 0;
    for (std::string line; std::getline(in, line);) ++count;
    return count;
  };
  EXPECT_EQ(lines("cases.csv"), stage_->played.truth.cases.size() + 1);
  EXPECT_EQ(lines("issues.csv"), stage_->played.truth.issues.size() + 1);
  EXPECT_EQ(lines("villages.csv"), 121U);
  EXPECT_GT(lines("causes.csv"), 60U);
  std::filesystem::remove_all(folder);
  const auto nowhere = write_truth(stage_->played.truth, "/proc/no/such/folder");
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().key, "demo.truth_not_written");
}

TEST_F(Demo, NoAccusationWaitsInAnyQueueOrHasAUnit) {
  EXPECT_GT(stage_->count("SELECT count(*) FROM case_file WHERE track = 'accusation'"), 4);
  EXPECT_EQ(stage_->count("SELECT count(*) FROM queue_entry q JOIN case_file f "
                          "ON f.region_id = q.region_id AND f.case_id = q.case_id "
                          "WHERE f.track = 'accusation'"),
            0);
  EXPECT_EQ(stage_->count("SELECT count(*) FROM case_file WHERE track = 'accusation' AND "
                          "lead_unit IS NOT NULL"),
            0);
}

TEST_F(Demo, NobodyIsToldTodayWhatHappenedLongAgo) {
  const auto waiting = stage_->database->read(
      [&](Reading& reading) { return cases::pending_notices(reading, stage_->place.region, 10); });
  EXPECT_TRUE(waiting.empty());
}

TEST_F(Demo, NoTextHoldsANumberThatCouldBeDialled) {
  const std::regex mobile("1[3-9][0-9]{9}");
  const std::regex landline("0[1-9][0-9]{1,2}-?[0-9]{7,8}");
  std::int64_t seen = 0;
  stage_->each_content([&](cases::CaseId, const std::string& type, const std::string& text) {
    if (type == "audio/wav") return;
    ++seen;
    EXPECT_FALSE(std::regex_search(text, mobile));
    EXPECT_FALSE(std::regex_search(text, landline));
    if (type != cases::contact_type) return;
    EXPECT_TRUE(cases::contact_of(text).phone.starts_with("000"));
  });
  EXPECT_GT(seen, 1500);
}

TEST(DemoLogins, OneForEveryRoleAndUnitWithNewPasswordsEachTime) {
  start_crypto();
  system::SystemEntropy entropy;
  const auto logins = demo_logins(entropy);
  const auto again = demo_logins(entropy);
  std::set<accounts::Role> roles;
  std::set<std::string> names;
  for (std::size_t i = 0; i < logins.size(); ++i) {
    roles.insert(logins[i].account.principal.role);
    names.insert(logins[i].account.login);
    EXPECT_GE(logins[i].password.size(), 12U);
    EXPECT_NE(logins[i].password, again[i].password);
    EXPECT_EQ(logins[i].account.id, again[i].account.id);
  }
  EXPECT_EQ(names.size(), logins.size());
  EXPECT_EQ(roles.size(), 11U);  // all but anyone, speaker and the program

  Stage stage(0);
  // Twice: the second time changes nothing.
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(put_officials(*stage.database, *parse_instant("2026-11-25 09:00")));
  }
  for (const auto& login : logins) {
    const auto row = stage.database->read([&](Reading& reading) {
      return accounts::find_account_by_login(reading, stage.place.region, login.account.login);
    });
    ASSERT_TRUE(row) << login.account.login;
    EXPECT_EQ(row->id, login.account.id);
    EXPECT_EQ(row->principal.role, login.account.principal.role);
  }
  for (const auto& login : logins) {
    const auto unit = stage.database->read([&](Reading& reading) {
      return places_and_units::find_unit(reading, stage.place.region, login.account.principal.unit);
    });
    EXPECT_TRUE(unit) << login.account.login;
  }
}

TEST(DemoCounty, DutiesStayWithTheirDepartmentAndTheRestGoesToTheTown) {
  Stage stage(0);
  stage.database->read_job([&](Reading& reading) {
    const RegionId region = stage.place.region;
    const auto water =
        places_and_units::suggest_unit(reading, region, "minhu:02.01", "339901103201");
    ASSERT_TRUE(water);
    EXPECT_EQ(water->unit_name, "青溪县自来水公司");
    const auto garbage =
        places_and_units::suggest_unit(reading, region, "minhu:04.04", "339901103201");
    ASSERT_TRUE(garbage);
    EXPECT_EQ(garbage->unit_name, "竹源镇人民政府");
    EXPECT_EQ(places_and_units::places_under(reading, region, "339901").size(), 11U);
    EXPECT_EQ(places_and_units::categories_of(reading, region, "minhu").size(), 75U);
  });
}

TEST(DemoBulk, ManyCasesAreWhatTheirEventsGive) {
  Stage stage(0);
  system::SystemEntropy entropy;
  BulkOptions options;
  options.cases = 600;
  options.cases_in_a_transaction = 250;
  options.until = *parse_date("2026-11-25");
  const auto loaded = load_bulk(*stage.database, stage.place, stage.keyring, entropy, options);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->cases, 600);
  const auto rebuilt =
      cases::rebuild(*stage.database, stage.place.region, cases::OnDifference::report);
  EXPECT_EQ(rebuilt.cases, 600);
  EXPECT_EQ(rebuilt.events, loaded->events);
  EXPECT_TRUE(rebuilt.different.empty());
  EXPECT_EQ(rebuilt.stray_queue_entries, 0);
  std::int64_t words = 0;
  stage.each_content([&](cases::CaseId, const std::string& type, const std::string& text) {
    if (type == cases::said_type) words += cases::said_of(text).text.empty() ? 0 : 1;
  });
  EXPECT_EQ(words, 600);
}

}  // namespace
}  // namespace minhu::demo
