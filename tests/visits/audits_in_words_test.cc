// What an audit finds is said in words: every code that it can name has one in every language.
#include <gtest/gtest.h>

#include "app/chronicles.h"
#include "app/sentences.h"
#include "features/visits/audit_queue.h"
#include "features/visits/edges.h"

namespace minhu {
namespace {

void has_words(std::string_view family, std::string_view code) {
  for (const catalogue::Catalogue& language : app::sentences().all()) {
    EXPECT_TRUE(language.has(std::string(family) + "." + std::string(code)))
        << family << "." << code << " in " << language.language();
  }
}

TEST(AuditsInWords, EveryFindingOfAQueueHasAName) {
  for (auto at = 0; at <= static_cast<int>(visits::Finding::unknown_group); ++at) {
    has_words("visits.finding", visits::name(static_cast<visits::Finding>(at)));
  }
}

TEST(AuditsInWords, EveryChannelHasAName) {
  for (const visits::Channel& channel : visits::channels()) {
    has_words("visits.channel", channel.code);
  }
}

TEST(AuditsInWords, EveryKindOfSubjectInTheRecordHasAName) {
  for (const auto* chronicle : app::chronicles()) has_words("record.subject", chronicle->name());
}

TEST(AuditsInWords, AFindingIsReadWithoutACode) {
  const Fault found(FaultCode::conflict, "visits.audit_queue", "",
                    {{"visit", "v"}, {"seq", "7"}, {"what", "called_out_of_turn"}});
  EXPECT_EQ(app::sentences().of("zh-CN").say(found),
            "接访日 v 第 7 步：没有按先后次序（前面的号还在等，就叫了后面的号）。");
}

}  // namespace
}  // namespace minhu
