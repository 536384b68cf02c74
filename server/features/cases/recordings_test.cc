// A recording that nobody has written down waits in a queue of its own, whoever has the case.
#include <gtest/gtest.h>

#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

class Recordings : public Journey {
 protected:
  static NewAttachment recording() { return {"audio/wav", to_bytes("RIFF a short tone")}; }
  static NewAttachment photo() { return {"image/jpeg", to_bytes("a picture")}; }

  CaseId spoken(std::uint8_t token, std::vector<NewAttachment> files) {
    Words words = some_words(token);
    words.text.clear();
    words.attachments = std::move(files);
    const auto receipt = receive_words(as(Role::anyone), std::move(words));
    EXPECT_TRUE(receipt);
    return receipt->case_id;
  }
  Context clerk() { return as(Role::clerk, county_.petition_office); }
  std::size_t waiting() {
    return database_->read([&](Reading& reading) {
      return queue_of(reading, clerk(), QueueQuery{Part::transcribe}, std::nullopt, 50)
          ->lines.size();
    });
  }
};

TEST_F(Recordings, WaitUntilTheyAreWrittenDown) {
  const CaseId id = spoken(1, {recording(), photo(), recording()});
  EXPECT_EQ(file(id).recordings, 2);
  EXPECT_EQ(waiting(), 1U);
  must(clerk(), id, EventKind::transcribed, {{"of", "家门口的井盖没了。"}});
  EXPECT_EQ(file(id).recordings, 0);
  EXPECT_EQ(waiting(), 0U);
}

TEST_F(Recordings, APhotoAloneDoesNotWait) {
  spoken(1, {photo()});
  EXPECT_EQ(waiting(), 0U);
}

TEST_F(Recordings, WaitForTheBodyThatDispatchesAlsoWhenAUnitHasTheCase) {
  const CaseId id = spoken(1, {recording()});
  must(dispatcher(), id, EventKind::transferred, to(housing_));
  EXPECT_EQ(waiting(), 1U);
  EXPECT_EQ(
      waiting_for(file(id)),
      (std::vector<Waiting>{{housing_, Part::lead}, {county_.petition_office, Part::transcribe}}));
  must(clerk(), id, EventKind::transcribed, {{"of", "井盖没了。"}});
  EXPECT_EQ(waiting_for(file(id)), (std::vector<Waiting>{{housing_, Part::lead}}));
}

TEST_F(Recordings, AddedLaterWaitAgain) {
  const CaseId id = spoken(1, {recording()});
  must(clerk(), id, EventKind::transcribed, {{"of", "井盖没了。"}});
  Step more;
  more.kind = EventKind::supplemented;
  more.fields = {{"words", "再说一段"}};
  more.attachments = {recording()};
  ASSERT_TRUE(database_->write([&](Transaction& t) { return take_step(t, speaker(), id, more); }));
  EXPECT_EQ(waiting(), 1U);
}

TEST_F(Recordings, CanBeAllThatIsAdded) {
  const CaseId id = spoken(1, {recording()});
  must(clerk(), id, EventKind::transcribed, {{"of", "井盖没了。"}});
  Step more;
  more.kind = EventKind::supplemented;
  const auto nothing =
      database_->write([&](Transaction& t) { return take_step(t, speaker(), id, more); });
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().key, "cases.words_empty");
  more.attachments = {recording()};
  ASSERT_TRUE(database_->write([&](Transaction& t) { return take_step(t, speaker(), id, more); }));
  EXPECT_EQ(waiting(), 1U);
}

TEST_F(Recordings, DoNotWaitWhenTheirCaseHasEndedOrIsHeld) {
  const CaseId withdrawn = spoken(1, {recording()});
  must(speaker(), withdrawn, EventKind::withdrawn);
  const CaseId held = spoken(2, {recording()});
  must(clerk(), held, EventKind::held);
  EXPECT_EQ(waiting(), 0U);
}

}  // namespace
}  // namespace minhu::cases
