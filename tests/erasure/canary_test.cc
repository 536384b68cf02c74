// L12 of the record's tests, and the promise of docs/seal.md: canaries are planted in all that a
// person leaves and all that is written to them; after the erasure whoever has every file, every
// copy and every key finds none of them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "adversary.h"
#include "app/commands.h"
#include "app/key_copies.h"
#include "features/cases/key_tending.h"
#include "features/cases/receive.h"
#include "features/cases/steps.h"
#include "features/desk/office_drafts.h"
#include "features/drafts/drafts.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::erasure {
namespace {

using accounts::Role;
using Fields = std::map<std::string, std::string, std::less<>>;

const std::vector<std::string> canaries{
    "金丝雀一号在言语里", "金丝雀二号是姓名",   "19900000777",        "金丝雀四号路七十七号",
    "CANARY-IN-A-FILE",   "金丝雀六号在答复里", "金丝雀七号在补充里", "金丝雀八号在草稿里"};

class Clock final : public minhu::Clock {
 public:
  Instant now() const override { return now_; }
  void pass_days(std::int64_t days) { now_.unix_ms += days * 24 * 3'600'000; }

 private:
  Instant now_ = *parse_instant("2026-11-02 10:00");
};

class Canaries : public ::testing::Test {
 protected:
  Canaries() {
    start_crypto();
    std::string name = (fs::temp_directory_path() / "minhu-canary-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    app::FoundationOptions options;
    options.data = folder_ / "data";
    app::InitOptions county;
    county.region = 339901;
    county.name = "青溪县";
    EXPECT_EQ(app::init(options, county), 0);
    foundation_ = std::move(app::Foundation::open(options, app::WhenMissing::refuse).value());
    county_ = foundation_->county().value();
    places_and_units::Unit housing;
    housing.id = foundation_->entropy.id<UnitId>(clock_.now());
    housing.code = "housing";
    housing.name = "县住建局";
    housing_ = housing.id;
    write([&](Transaction& t) -> Outcome {
      places_and_units::put_unit(t, county_.region, housing);
      return {};
    });
  }
  ~Canaries() override {
    foundation_.reset();
    fs::remove_all(folder_);
  }

  cases::Installation installation() {
    return {*foundation_->database, county_, foundation_->keyring, foundation_->entropy, clock_};
  }
  cases::Context as(Role role, UnitId unit = {}) { return installation().as({role, unit, {}}); }
  template <class F>
  void write(F&& job) {
    const Outcome done = foundation_->database->write_job(job);
    ASSERT_TRUE(done) << done.error().key << ' ' << done.error().field;
  }
  void step(const cases::Context& context, cases::CaseId id, cases::EventKind kind,
            Fields fields = {}) {
    write([&](Transaction& t) -> Outcome {
      cases::Step taken;
      taken.kind = kind;
      taken.fields = std::move(fields);
      MINHU_TRY(const cases::Event event, cases::take_step(t, context, id, taken));
      return {};
    });
  }
  void tend() { ASSERT_TRUE(cases::tend_keys_to_the_end(installation())); }

  // By the page, through a draft, as people do.
  cases::CaseId filed() {
    const cases::Context anyone = as(Role::anyone);
    const auto token = drafts::Token::make(foundation_->entropy);
    drafts::Draft draft = drafts::begin(foundation_->entropy, cases::Track::petition);
    draft.text = canaries[0];
    draft.contact = Sealed(cases::Contact{canaries[1], canaries[2], canaries[3], "sms", "zh-CN"});
    draft.identity_level = cases::IdentityLevel::named;
    const auto file = drafts::seal_attachment(
        anyone, token, {"audio/mp4", to_bytes(canaries[4] + std::string(600'000, 'x'))});
    cases::CaseId id;
    write([&](Transaction& t) -> Outcome {
      MINHU_CHECK_OK(drafts::add_attachment(t, anyone, token, draft, file));
      drafts::keep(t, anyone, token, draft);
      return {};
    });
    auto words = foundation_->database->read(
        [&](Reading& reading) { return drafts::words_of(reading, anyone, token, draft); });
    const auto prepared = cases::prepare(anyone, std::move(words.value()));
    EXPECT_TRUE(prepared);
    write([&](Transaction& t) -> Outcome {
      MINHU_TRY(const cases::Receipt receipt, drafts::file(t, anyone, token, **prepared));
      id = receipt.case_id;
      return {};
    });
    return id;
  }

  void handled(cases::CaseId id) {
    const auto dispatcher = as(Role::dispatcher, county_.petition_office);
    const auto handler = as(Role::handler, housing_);
    step(dispatcher, id, cases::EventKind::transferred,
         {{"unit", housing_.text()}, {"reason", "按分工"}});
    step(as(Role::speaker), id, cases::EventKind::supplemented, {{"words", canaries[6]}});
    step(handler, id, cases::EventKind::signed_in);
    step(handler, id, cases::EventKind::accepted);
    write([&](Transaction& t) -> Outcome {
      MINHU_TRY(const auto kept,
                desk::keep_draft(t, handler, id, "note", {{"note", canaries[7]}}, 0));
      return {};
    });
    step(handler, id, cases::EventKind::answered,
         {{"public_answer", canaries[5]},
          {"outcome", "supported"},
          {"request", "修好"},
          {"facts", "坏了"},
          {"opinion", "已修"},
          {"basis", "条例"}});
  }

  void erase(cases::CaseId id) {
    write([&](Transaction& t) -> Outcome {
      MINHU_TRY(const cases::Event event, cases::erase(t, as(Role::system), id, "PIPL 47"));
      return {};
    });
  }

  fs::path data() const { return foundation_->folder.root; }
  std::string key_file() const {
    std::ifstream in(foundation_->folder.key());
    std::string text;
    std::getline(in, text);
    return text;
  }
  fs::path copied(const fs::path& database, const char* name) {
    return copy_of_database(database, folder_ / "copies" / name);
  }
  fs::path database_now(const char* name) { return copied(foundation_->folder.database(), name); }
  fs::path keys_now(const char* name) { return copied(foundation_->folder.keys(), name); }

  fs::path folder_;
  Clock clock_;
  std::unique_ptr<app::Foundation> foundation_;
  cases::County county_;
  UnitId housing_;
};

TEST_F(Canaries, AfterAnErasureNobodyWithEveryCopyAndEveryKeyOfTodayFindsOne) {
  const cases::CaseId id = filed();
  const fs::path on_its_way = database_now("on_its_way");  // its key still in the large database
  handled(id);
  tend();
  const fs::path before = database_now("before");
  const fs::path keys_before = keys_now("keys_before");

  // The thief is good at it: before the erasure they find all that lies in one piece.
  const std::string once = all_that_opens({{before}, {keys_before}, key_file()});
  for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U}) {
    EXPECT_FALSE(found_in(once, {canaries[i]}).empty()) << canaries[i];
  }
  EXPECT_TRUE(all_that_opens({{before}, {keys_before}, ""}).empty());

  erase(id);
  tend();
  const fs::path after = database_now("after");
  const fs::path keys_after = keys_now("keys_after");
  const std::string opened =
      all_that_opens({{on_its_way, before, after}, {keys_after}, key_file()});
  EXPECT_TRUE(found_in(opened, canaries).empty());
  // Nor as bytes anywhere, in what is and in every copy.
  const auto raw = found_in_files({data(), folder_ / "copies"}, canaries);
  EXPECT_TRUE(raw.empty()) << raw.front();
}

TEST_F(Canaries, NothingOfTheCaseIsLeftInTheRowsButItsHistory) {
  const cases::CaseId id = filed();
  handled(id);
  tend();
  erase(id);
  tend();
  const Bytes case_id(id.bytes().begin(), id.bytes().end());
  const auto count = [&](Database& database, std::string_view sql) {
    return database.read([&](Reading& reading) {
      return *reading.first(sql, {BytesView(case_id)},
                            [](const Row& row) { return row.integer(0); });
    });
  };
  for (const std::string_view sql : {"SELECT count(*) FROM content WHERE case_id = ?1",
                                     "SELECT count(*) FROM content_piece WHERE case_id = ?1",
                                     "SELECT count(*) FROM case_key WHERE case_id = ?1",
                                     "SELECT count(*) FROM erased_key WHERE case_id = ?1",
                                     "SELECT count(*) FROM desk_draft WHERE case_id = ?1",
                                     "SELECT count(*) FROM queue_entry WHERE case_id = ?1",
                                     "SELECT count(*) FROM queue_mark WHERE case_id = ?1",
                                     "SELECT count(*) FROM watch_entry WHERE case_id = ?1"}) {
    EXPECT_EQ(count(*foundation_->database, sql), 0) << sql;
  }
  EXPECT_EQ(count(*foundation_->keys, "SELECT count(*) FROM kept_key WHERE case_id = ?1"), 0);
  EXPECT_GT(count(*foundation_->database, "SELECT count(*) FROM case_event WHERE case_id = ?1"), 5);
}

TEST_F(Canaries, AfterTheDaysThatPeopleAreToldNotEvenACopyOfTheKeysFromThatDayIsLeft) {
  const cases::CaseId id = filed();
  const cases::CaseId other = filed();
  handled(id);
  tend();
  const auto copy_keys = [&] {
    app::copy_keys(foundation_->folder, foundation_->key_file(), clock_.now());
  };
  copy_keys();
  const fs::path database = database_now("of_that_day");
  erase(id);
  tend();

  const auto copies = [&] {
    std::vector<fs::path> all;
    for (const auto& entry : fs::directory_iterator(foundation_->folder.key_copies())) {
      all.push_back(copied(entry.path(), "of_keys"));
    }
    return all;
  };
  // Inside the days: this is why there is a number at all.
  EXPECT_FALSE(found_in(all_that_opens({{database}, copies(), key_file()}), {canaries[5]}).empty());

  for (std::int64_t day = 0; day < cases::days_until_unrecoverable; ++day) {
    clock_.pass_days(1);
    tend();
    copy_keys();
  }
  const auto left = copies();
  EXPECT_EQ(left.size(), static_cast<std::size_t>(cases::days_of_key_copies));
  auto all_keys = left;
  all_keys.push_back(keys_now("keys_now"));
  const std::string opened =
      all_that_opens({{database, database_now("today")}, all_keys, key_file()});
  EXPECT_TRUE(found_in(opened, {canaries[5]}).empty());
  // The other case, which has the same words and was not erased, still opens.
  EXPECT_FALSE(found_in(opened, {canaries[0]}).empty());
  EXPECT_TRUE(foundation_->key_store->find(county_.region, other).has_value());
  EXPECT_FALSE(foundation_->key_store->find(county_.region, id).has_value());
}

}  // namespace
}  // namespace minhu::erasure
