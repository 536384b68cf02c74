#include "kernel/csv.h"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>
#include <streambuf>

namespace minhu {
namespace {

std::vector<std::vector<std::string>> rows_of(const std::string& text) {
  std::istringstream in(text);
  CsvReader reader(in);
  CsvRow row;
  std::vector<std::vector<std::string>> rows;
  while (*reader.next(row)) rows.push_back(row.fields);
  return rows;
}

using Rows = std::vector<std::vector<std::string>>;

TEST(Csv, ReadsQuotesLineEndsAndTheByteOrderMark) {
  EXPECT_EQ(rows_of("\xEF\xBB\xBFid,t\r\n1,\"a \"\"b\"\",\nc\"\r\n2,\n"),
            (Rows{{"id", "t"}, {"1", "a \"b\",\nc"}, {"2", ""}}));
  EXPECT_EQ(rows_of("a,b"), (Rows{{"a", "b"}}));
  EXPECT_EQ(rows_of(""), Rows{});
}

TEST(Csv, ABadRowNamesItsLineAndTheNextOneIsReadAgain) {
  std::istringstream in("a\n\"x\"y,z\nb\n");
  CsvReader reader(in);
  CsvRow row;
  ASSERT_TRUE(*reader.next(row));
  const auto bad = reader.next(row);
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().details.at("line"), "2");
  ASSERT_TRUE(*reader.next(row));
  EXPECT_EQ(row.fields, std::vector<std::string>{"b"});
  EXPECT_EQ(row.line, 3U);
}

TEST(Csv, AQuoteThatNeverClosesAndAnEndlessRowAreFaults) {
  std::istringstream open("\"abc");
  CsvRow row;
  EXPECT_EQ(CsvReader(open).next(row).error().key, "kernel.csv_quote");
  std::istringstream endless(std::string(CsvReader::longest_row + 2, 'x'));
  EXPECT_EQ(CsvReader(endless).next(row).error().key, "kernel.csv_row_too_long");
}

TEST(Csv, AForgottenQuoteCostsItsOwnLineAndNotTheGoodRowsBelow) {
  std::istringstream in("a,b\n1,\"open\n2,good\n3,\"x\"\n4,\"open to the end\n5,good\n");
  CsvReader reader(in);
  CsvRow row;
  std::vector<std::string> seen;
  for (;;) {
    const auto more = reader.next(row);
    if (!more) {
      seen.push_back("fault in line " + more.error().details.at("line") + ": " +
                     std::string(reader.passed()));
    } else if (*more) {
      seen.push_back(std::to_string(row.line) + ":" + row.fields.front());
    } else {
      break;
    }
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"1:a", "fault in line 2: 1,\"open", "3:2", "4:3",
                                            "fault in line 5: 4,\"open to the end", "6:5"}));
}

TEST(Csv, AnEndlessLineIsPassedInBoundedMemoryAndTheNextRowIsRead) {
  std::string text(5 * CsvReader::longest_row, 'x');
  text += "\nnext\n";
  std::istringstream in(text);
  CsvReader reader(in);
  CsvRow row;
  EXPECT_EQ(reader.next(row).error().key, "kernel.csv_row_too_long");
  EXPECT_EQ(reader.passed().size(), CsvReader::longest_row);
  EXPECT_EQ(reader.position(), 5 * CsvReader::longest_row + 1);
  ASSERT_TRUE(*reader.next(row));
  EXPECT_EQ(row.fields, std::vector<std::string>{"next"});
  EXPECT_EQ(row.line, 2U);
  EXPECT_EQ(reader.passed(), "next");
}

TEST(Csv, RowsThatLieAcrossThePiecesOfAFileAreWhole) {
  std::string text;
  for (int i = 0; i < 5000; ++i) {
    text += std::to_string(i) + ",\"" + std::string(static_cast<std::size_t>(i % 97), 'y') +
            "\n\"\"z\"\r\n";
  }
  const Rows rows = rows_of(text);
  ASSERT_EQ(rows.size(), 5000U);
  for (int i = 0; i < 5000; ++i) {
    const auto& row = rows[static_cast<std::size_t>(i)];
    ASSERT_EQ(
        row, (std::vector<std::string>{
                 std::to_string(i), std::string(static_cast<std::size_t>(i % 97), 'y') + "\n\"z"}));
  }
}

// A disk, or a share of another machine, that fails in the middle of a file.
class Failing final : public std::streambuf {
 public:
  explicit Failing(std::string text) : text_(std::move(text)) {
    setg(text_.data(), text_.data(), text_.data() + text_.size());
  }

 private:
  int_type underflow() override { throw std::runtime_error("the disk failed"); }
  std::string text_;
};

TEST(Csv, AFileThatCannotBeReadToItsEndIsNotTakenForAShorterOne) {
  constexpr std::size_t read_at_once = 64 * 1024;
  for (const std::string cut : {"", "2,cut o", "2,\"cut o"}) {
    const std::string good(read_at_once - std::string("1,\n").size() - cut.size(), 'y');
    Failing failing("1," + good + "\n" + cut);
    std::istream in(&failing);
    CsvReader reader(in);
    CsvRow row;
    ASSERT_TRUE(*reader.next(row)) << cut;
    EXPECT_EQ(row.fields.at(1), good);
    const auto broken = reader.next(row);
    ASSERT_FALSE(broken) << cut;
    EXPECT_EQ(broken.error().key, "kernel.csv_not_read");
    EXPECT_EQ(broken.error().code, FaultCode::unavailable);
    EXPECT_EQ(broken.error().details.at("line"), "2");
    const auto end = reader.next(row);  // whoever passes over a fault comes to an end
    ASSERT_TRUE(end) << cut;
    EXPECT_FALSE(*end);
  }
}

TEST(Csv, WhatASpreadsheetWouldRunIsDisarmed) {
  EXPECT_EQ(csv_field("=1+1"), "\"'=1+1\"");
  EXPECT_EQ(csv_field("a,\"b\""), "\"a,\"\"b\"\"\"");
  EXPECT_EQ(csv_field("plain"), "plain");
  for (const std::string sign : {"=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"}) {
    for (const std::string before : {"", " ", "  ", "\u3000", "\u00A0 "}) {
      EXPECT_EQ(csv_field(before + sign + "1"), "\"'" + before + sign + "1\"");
    }
    EXPECT_EQ(csv_field("村" + sign).find('\''), std::string::npos);
  }
  EXPECT_EQ(csv_field(" 青溪村"), " 青溪村");
  EXPECT_EQ(csv_field("\u3000\u3000"), "\u3000\u3000");
  EXPECT_EQ(csv_field(""), "");
}

}  // namespace
}  // namespace minhu
