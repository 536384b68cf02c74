#include "features/cases/printed_numbers.h"

#include <gtest/gtest.h>

#include <set>

#include "features/cases/access.h"
#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

class PrintedNumbers : public Journey {
 protected:
  static constexpr ClientToken first_request{1, 1};

  Context clerk() { return as(Role::clerk, county_.petition_office); }
  Result<GivenBlock> give(std::int64_t count, ClientToken token = first_request) {
    return database_->write([&](Transaction& t) { return give_out(t, clerk(), count, token); });
  }
  Result<Receipt> arrive(std::uint8_t token, const std::string& number) {
    Words words = some_words(token);
    words.channel = Channel::face_to_face;
    words.helped_by_clerk = true;
    auto prepared = prepare(clerk(), std::move(words));
    EXPECT_TRUE(prepared);
    return database_->write([&](Transaction& t) {
      return receive_printed(t, clerk(), **prepared, number, {{"people", "3"}});
    });
  }
  std::string open(const std::string& number, const Sealed<std::string>& code) {
    return database_->read([&](Reading& reading) {
      const auto id = open_with_code(reading, as(Role::anyone), number, code);
      return id ? std::string("open") : id.error().key;
    });
  }
  Result<Sealed<std::string>> exchange(const PrintedNumber& paper, std::uint8_t token = 99) {
    return database_->write([&](Transaction& t) {
      return activate(t, as(Role::anyone), paper.number, paper.activation_code, {token});
    });
  }
  void lose(BlockId block) {
    write([&](Transaction& t) { revoke(t, clerk(), block); });
  }
};

TEST_F(PrintedNumbers, AreAllDifferentAndEachHasACodeOfItsOwn) {
  const auto block = give(40);
  ASSERT_TRUE(block);
  std::set<std::string> numbers, codes;
  for (const PrintedNumber& one : block->numbers) {
    EXPECT_TRUE(parse_number(show_number(one.number)));
    numbers.insert(one.number);
    codes.insert(one.activation_code.reveal_because("compared in a test"));
  }
  EXPECT_EQ(numbers.size(), 40U);
  EXPECT_EQ(codes.size(), 40U);
}

TEST_F(PrintedNumbers, ASecondAskingAfterALostAnswerGivesTheSameNumbersAndCodes) {
  const auto first = give(5);
  pass_days(1);
  const auto again = give(5);
  ASSERT_TRUE(first && again);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->id, first->id);
  for (std::size_t i = 0; i < first->numbers.size(); ++i) {
    EXPECT_EQ(again->numbers[i].number, first->numbers[i].number);
    EXPECT_EQ(again->numbers[i].activation_code.reveal_because("compared in a test"),
              first->numbers[i].activation_code.reveal_because("compared in a test"));
  }
  const auto other = give(5, {2, 2});
  EXPECT_NE(other->numbers[0].number, first->numbers[0].number);
}

TEST_F(PrintedNumbers, NobodyElseGetsANumberOfABlock) {
  const auto block = give(200);
  std::set<std::string> printed;
  for (const PrintedNumber& one : block->numbers) printed.insert(one.number);
  // At the same moment by the clock: their serials would be the block's.
  for (std::uint8_t i = 0; i < 100; ++i) EXPECT_FALSE(printed.contains(received(i).number));
}

TEST_F(PrintedNumbers, ABlockHasBetweenOneAndTwoHundred) {
  for (const std::int64_t count : {0, -1, 201}) {
    EXPECT_EQ(give(count).error().key, "cases.block_size") << count;
  }
}

TEST_F(PrintedNumbers, BecomeTheReceiptOfTheWordsThatArriveAndOpenWithTheCodeOnThePaper) {
  const auto block = give(3);
  const PrintedNumber& paper = block->numbers[1];
  const auto receipt = arrive(1, paper.number);
  ASSERT_TRUE(receipt) << receipt.error().key;
  EXPECT_EQ(receipt->number, paper.number);
  EXPECT_TRUE(receipt->activation_code.empty());  // it is on the paper and nowhere else
  EXPECT_FALSE(file(receipt->case_id).activated);

  EXPECT_EQ(open(paper.number, paper.activation_code), "cases.wrong_number_or_code");
  const auto own = exchange(paper);
  ASSERT_TRUE(own) << own.error().key;
  EXPECT_EQ(open(paper.number, *own), "open");
  EXPECT_TRUE(file(receipt->case_id).activated);
}

TEST_F(PrintedNumbers, TheSameWordsTwiceAreOneCaseAndOneNumber) {
  const auto block = give(3);
  const auto first = arrive(1, block->numbers[0].number);
  const auto again = arrive(1, block->numbers[0].number);
  ASSERT_TRUE(first && again);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->case_id, first->case_id);
  // Sent again on another number by mistake: the first one stands.
  EXPECT_EQ(arrive(1, block->numbers[2].number)->number, first->number);
}

TEST_F(PrintedNumbers, OneNumberIsNeverTwoCases) {
  const auto block = give(2);
  ASSERT_TRUE(arrive(1, block->numbers[0].number));
  EXPECT_EQ(arrive(2, block->numbers[0].number).error().key, "cases.number_used");
  EXPECT_EQ(arrive(3, received(4).number).error().key, "cases.number_used");
}

TEST_F(PrintedNumbers, ANumberThatNobodyGaveOutTakesNothingIn) {
  give(2);
  const std::string made_up = make_number(keyring_, 123'456'789);
  EXPECT_EQ(arrive(1, made_up).error().key, "cases.number_not_given_out");
}

TEST_F(PrintedNumbers, WhoeverHoldsThePaperIsToldThatTheWordsAreStillOnTheirWay) {
  const auto block = give(2);
  const PrintedNumber& paper = block->numbers[0];
  EXPECT_EQ(open(paper.number, paper.activation_code), "cases.number_not_arrived");
  EXPECT_EQ(exchange(paper).error().key, "cases.number_not_arrived");
  // Without the code on the paper it is a number like any other that there is not.
  EXPECT_EQ(open(paper.number, block->numbers[1].activation_code), "cases.wrong_number_or_code");
  EXPECT_EQ(exchange({paper.number, block->numbers[1].activation_code}).error().key,
            "cases.wrong_number_or_code");
}

TEST_F(PrintedNumbers, ALostTabletsBlockOpensNothingExceptWhatHadArrived) {
  const auto block = give(3);
  const auto arrived = arrive(1, block->numbers[0].number);
  ASSERT_TRUE(arrived);
  lose(block->id);

  EXPECT_EQ(arrive(2, block->numbers[1].number).error().key, "cases.number_revoked");
  EXPECT_EQ(open(block->numbers[1].number, block->numbers[1].activation_code),
            "cases.number_revoked");
  EXPECT_EQ(exchange(block->numbers[1]).error().key, "cases.number_revoked");
  EXPECT_EQ(give(3).error().key, "cases.number_revoked");

  EXPECT_EQ(arrive(1, block->numbers[0].number)->case_id, arrived->case_id);
  EXPECT_TRUE(exchange(block->numbers[0]));
}

TEST_F(PrintedNumbers, ABlockSaysWhichOfItsNumbersHaveNotArrived) {
  const auto block = give(3);
  ASSERT_TRUE(arrive(1, block->numbers[1].number));
  const auto standing =
      database_->read([&](Reading& reading) { return standing_of(reading, clerk(), block->id); });
  ASSERT_TRUE(standing);
  EXPECT_EQ(standing->given, 3);
  EXPECT_EQ(standing->waiting, (std::vector{block->numbers[0].number, block->numbers[2].number}));
  EXPECT_FALSE(standing->revoked_at);
}

TEST_F(PrintedNumbers, TheDatabaseKeepsNoCodeOfABlock) {
  const auto block = give(2);
  const std::string code(block->numbers[0].activation_code.reveal_because("looked for in a test"));
  const auto kept = database_->read([&](Reading& reading) {
    return reading.all(
        "SELECT code_hash FROM printed_number WHERE region_id = ?1", {param(county_.region)},
        [](const Row& row) { return std::string(row.bytes(0).begin(), row.bytes(0).end()); });
  });
  ASSERT_EQ(kept.size(), 2U);
  for (const std::string& one : kept) {
    EXPECT_EQ(one.size(), 32U);
    EXPECT_EQ(one.find(code), std::string::npos);
  }
}

}  // namespace
}  // namespace minhu::cases
