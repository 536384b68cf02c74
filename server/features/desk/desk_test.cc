// Drafts, texts and likeness, where the API alone does not show it.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "features/cases/test_world.h"
#include "features/desk/migrations.h"
#include "features/desk/office_drafts.h"
#include "features/desk/similar.h"
#include "features/desk/texts.h"
#include "features/matters/migrations.h"
#include "project_folder.h"

namespace minhu::desk {
namespace {

using cases::CaseId;
using cases::EventKind;

class Desk : public cases::World {
 protected:
  static std::span<const Migration> tables() {
    static const std::vector<Migration> all = [] {
      std::vector<Migration> steps;
      for (const auto feature : {matters::migrations(), migrations()}) {
        steps.insert(steps.end(), feature.begin(), feature.end());
      }
      return steps;
    }();
    return all;
  }
  Desk() : World(tables()) {}

  CaseId with_housing(std::uint8_t token) {
    const CaseId id = received(token).case_id;
    must(dispatcher(), id, EventKind::triaged, {{"category", "minhu:01"}});
    must(dispatcher(), id, EventKind::transferred, to(housing_));
    return id;
  }
  Result<KeptDraft> keep(const cases::Context& context, CaseId id, const char* words,
                         std::int64_t revision) {
    return database_->write([&](Transaction& t) {
      return keep_draft(t, context, id, "note", {{"note", words}}, revision);
    });
  }
  std::int64_t rows_of_drafts() {
    return database_->read([&](Reading& reading) {
      return *reading.first("SELECT count(*) FROM desk_draft WHERE region_id = ?1",
                            {param(county_.region)}, [](const Row& row) { return row.integer(0); });
    });
  }
  std::size_t alike(const cases::Context& context, CaseId id) {
    return database_->read(
        [&](Reading& reading) { return similar_to(reading, context, matters_, id)->size(); });
  }

  system::ManualClock clock_{now_};
  const cases::Installation installation_{*database_, county_, keyring_, entropy_, clock_};
  matters::Matters matters_{installation_};
};

TEST_F(Desk, ADraftLiesSealedAndGoesWithTheWordsOfItsCase) {
  const CaseId id = with_housing(1);
  ASSERT_TRUE(keep(handler(), id, "别人看不见的话", 0)->saved);
  const auto sealed = database_->read([&](Reading& reading) {
    return *reading.first(
        "SELECT sealed FROM desk_draft WHERE region_id = ?1", {param(county_.region)},
        [](const Row& row) { return std::string(row.bytes(0).begin(), row.bytes(0).end()); });
  });
  EXPECT_EQ(sealed.find("别人"), std::string::npos);
  ASSERT_TRUE(database_->write(
      [&](Transaction& t) { return cases::erase(t, as(Role::system), id, "个人信息保护法"); }));
  database_->read_job([&](Reading& reading) {
    const auto draft = find_draft(reading, handler(), id, "note");
    ASSERT_TRUE(draft);
    EXPECT_FALSE(draft->has_value());
  });
  EXPECT_EQ(keep(handler(), id, "再写", 0).error().key, "cases.erased");
}

TEST_F(Desk, ADraftGoesWhenItsCaseComesUnderSeal) {
  county_.derivations = {&erasing_drafts()};
  const CaseId id = with_housing(1);
  ASSERT_TRUE(keep(handler(), id, "反映人说王主任收了两千块", 0)->saved);
  must(dispatcher(), id, EventKind::held);
  database_->read_job([&](Reading& reading) {
    const auto left =
        reading.first("SELECT count(*) FROM desk_draft WHERE region_id = ?1",
                      {param(county_.region)}, [](const Row& row) { return row.integer(0); });
    EXPECT_EQ(left, 0) << "the program can open what lies under the key of the case";
  });
}

TEST_F(Desk, ADraftThatNobodyTouchesIsForgottenAfterNinetyDays) {
  const CaseId id = with_housing(1);
  ASSERT_TRUE(keep(handler(), id, "一", 0)->saved);
  pass_days(89);
  write([&](Transaction& t) { EXPECT_EQ(forget_old_drafts(t, county_.region, now_), 0); });
  pass_days(2);
  write([&](Transaction& t) { EXPECT_EQ(forget_old_drafts(t, county_.region, now_), 1); });
  EXPECT_EQ(rows_of_drafts(), 0);
}

TEST_F(Desk, ADiscardedDraftIsNotWrittenOverEither) {
  const CaseId id = with_housing(1);
  ASSERT_TRUE(keep(handler(), id, "一", 0)->saved);
  write([&](Transaction& t) { EXPECT_TRUE(discard_draft(t, head(), id, "note")); });
  const auto kept = keep(handler(), id, "二", 1);
  EXPECT_FALSE(kept->saved);
  EXPECT_FALSE(kept->draft.has_value());
}

TEST_F(Desk, AUnitThatACaseComplainsOfIsProposedNothingOfIt) {
  const CaseId mine = with_housing(1);
  const CaseId other = received(2).case_id;
  must(dispatcher(), other, EventKind::triaged, {{"category", "minhu:01"}});
  EXPECT_EQ(alike(handler(), mine), 1U);
  must(dispatcher(), other, EventKind::triaged,
       {{"category", "minhu:01"}, {"complained_of", housing_.text()}});
  EXPECT_EQ(alike(handler(), mine), 0U);
  EXPECT_EQ(alike(dispatcher(), mine), 1U);
  must(dispatcher(), other, EventKind::held, {});
  EXPECT_EQ(alike(dispatcher(), mine), 0U);
}

TEST_F(Desk, ThePlaceDecidesWhatIsNearest) {
  write([&](Transaction& t) {
    places_and_units::put_place(t, county_.region, {"339901101201", "339901101", "上溪村"});
  });
  const auto at = [&](std::uint8_t token, const char* place) {
    cases::Words words = some_words(token);
    words.place = place;
    const CaseId id = receive_words(as(Role::anyone), std::move(words))->case_id;
    must(dispatcher(), id, EventKind::triaged, {{"category", "minhu:01"}});
    return id;
  };
  const CaseId here = at(1, "339901101201");
  const CaseId county = at(2, "");
  const CaseId town = at(3, "339901101");
  const CaseId village = at(4, "339901101201");
  database_->read_job([&](Reading& reading) {
    const auto found = similar_to(reading, dispatcher(), matters_, here);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 3U);
    EXPECT_EQ((*found)[0].file.id, village);
    EXPECT_EQ((*found)[0].near, Near::same_village);
    EXPECT_EQ((*found)[1].file.id, town);
    EXPECT_EQ((*found)[1].near, Near::same_town);
    EXPECT_EQ((*found)[2].file.id, county);
    EXPECT_EQ((*found)[2].near, Near::county);
  });
}

TEST_F(Desk, SaysOfATextHowOftenItSolvedSomethingFromFiveRatingsOn) {
  TextId id;
  write([&](Transaction& t) { id = add_text(t, head(), {"修好了", "修好了", "", ""})->id; });
  for (std::uint8_t i = 1; i <= 5; ++i) {
    database_->read_job([&](Reading& reading) {
      EXPECT_FALSE(texts_of(reading, handler(), "").at(0).rated.has_value());
    });
    const CaseId made = received(i).case_id;
    answer(made);
    write([&](Transaction& t) { EXPECT_TRUE(use_text(t, handler(), made, id)); });
    must(speaker(), made, EventKind::rated, {{"solved", i == 1 ? "no" : "yes"}});
  }
  database_->read_job([&](Reading& reading) {
    const LibraryText text = texts_of(reading, handler(), "").at(0);
    EXPECT_EQ(text.used, 5);
    EXPECT_EQ(text.rated, 5);
    EXPECT_EQ(text.solved, 4);
  });
}

TEST_F(Desk, TheTextsThatAreBuiltInFitTheLibrary) {
  std::ostringstream file;
  file << std::ifstream(project_folder() / "policies/texts/plain-answers.toml").rdbuf();
  const auto texts = read_texts(file.str());
  ASSERT_TRUE(texts);
  EXPECT_GE(texts->size(), 10U);
  const cases::Context context = dispatcher();
  write([&](Transaction& t) {
    for (const NewText& text : *texts) EXPECT_TRUE(add_text(t, context, text)) << text.title;
    // The county has texts now: nothing is put beside them.
    EXPECT_EQ(seed_texts(t, county_.region, now_, entropy_, *texts), 0);
  });
  EXPECT_EQ(read_texts("[[text]]\ntitle = \"a\"\nwords = \"b\"\n").error().key,
            "desk.bad_text_file");
  EXPECT_EQ(read_texts("[[text").error().key, "desk.bad_text_file");
}

TEST(Texts, AreFilledAndSayWhatIsMissing) {
  const Filled filled =
      fill("{number}：{date}前答复。{date}、{phone}", {{"number", "MH-1"}, {"phone", ""}});
  EXPECT_EQ(filled.body, "MH-1：{date}前答复。{date}、{phone}");
  EXPECT_EQ(filled.unfilled, (std::vector<std::string>{"date", "phone"}));
}

}  // namespace
}  // namespace minhu::desk
