#include "features/cases/event.h"

#include <gtest/gtest.h>

#include "ports/storage.h"

namespace minhu::cases {
namespace {

// What the record's inside monitor and every reader hear of a row that somebody changed: never
// another kind of exception, which would end the program.
TEST(Payload, ThatIsNotWhatWeWriteIsAFailureOfTheStorageWhateverItIs) {
  for (const char* payload :
       {"", "x", "[]", "7", R"({"facts":[]})", R"({"facts":{"a":1}})", R"({"clocks":{}})",
        R"({"clocks":["a"]})", R"({"contents":{}})", R"({"contents":[{"id":7}]})"}) {
    Event event;
    EXPECT_THROW(read_payload(payload, event), StorageFailure) << payload;
  }
}

TEST(Payload, ComesBackAsItWasWritten) {
  Event event;
  event.facts = {{"channel", "web"}, {"track", "hotline"}};
  Event again;
  read_payload(payload_of(event), again);
  EXPECT_EQ(again.facts, event.facts);
}

}  // namespace
}  // namespace minhu::cases
