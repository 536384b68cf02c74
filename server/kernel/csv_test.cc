#include "kernel/csv.h"

#include <gtest/gtest.h>

#include <sstream>

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

TEST(Csv, WhatASpreadsheetWouldRunIsDisarmed) {
  EXPECT_EQ(csv_field("=1+1"), "\"'=1+1\"");
  EXPECT_EQ(csv_field("a,\"b\""), "\"a,\"\"b\"\"\"");
  EXPECT_EQ(csv_field("plain"), "plain");
}

}  // namespace
}  // namespace minhu
