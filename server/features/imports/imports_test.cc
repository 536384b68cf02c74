#include "features/imports/imports.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>
#include <set>
#include <sstream>

#include "features/cases/rebuild.h"
#include "features/cases/test_world.h"
#include "kernel/csv.h"
#include "project_folder.h"

namespace minhu::imports {
namespace {

std::string read_file(const std::filesystem::path& file) {
  std::ostringstream out;
  out << std::ifstream(file, std::ios::binary).rdbuf();
  return out.str();
}

catalogue::Catalogue sentences(const std::string& language) {
  std::vector<std::string> texts;
  std::vector<EmbeddedFile> files;
  const auto folder = project_folder() / "pages/messages" / language;
  for (const char* area : {"faults_imports.json", "commands_import.json"}) {
    texts.push_back(read_file(folder / area));
  }
  const std::string first = language + "/faults_imports.json";
  const std::string second = language + "/commands_import.json";
  files.push_back({first, texts[0]});
  files.push_back({second, texts[1]});
  return catalogue::Catalogue::read(language, files).value();
}

class Imports : public cases::World {
 protected:
  Imports() {
    std::string name = (std::filesystem::temp_directory_path() / "minhu-import-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~Imports() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path file(const std::string& text, const char* file_name = "letters.csv") {
    const auto path = folder_ / file_name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  Result<Imported> run(Order order, const Watch& watch = {}) {
    clock_.set({clock_.now().unix_ms + 1000});
    return import_petitions(installation_, {Role::system, {}, {}}, english_, order, watch);
  }
  Result<Imported> run(const std::string& text) {
    Order order;
    order.file = file(text);
    return run(order);
  }
  // "imported 1, already there 0, rejected 0", or the key of the fault.
  std::string outcome(const std::string& text) {
    const auto imported = run(text);
    return imported ? closing_line(*imported) : imported.error().key;
  }

  std::int64_t cases_in_all() {
    return database_->read([&](Reading& reading) {
      return *reading.first("SELECT count(*) FROM case_file WHERE region_id = ?1",
                            {param(county_.region)}, [](const Row& row) { return row.integer(0); });
    });
  }
  std::string rejects() { return read_file(folder_ / "letters.rejects.csv"); }

  system::ManualClock clock_{now_};
  cases::Installation installation_{*database_, county_, keyring_, entropy_, clock_};
  catalogue::Catalogue english_ = sentences("en");
  std::filesystem::path folder_;
};

constexpr const char* two_letters =
    "编号,标题,内容,时间,点赞\n"
    "1,路灯不亮,村口三盏路灯都不亮。,2019-02-28 11:25:05,3\n"
    "2,水压太低,晚上六点以后四楼没有水。,2019/3/1,0\n";

TEST_F(Imports, EachRowBecomesACaseWithItsDayItsSourceAndAReceipt) {
  const auto imported = run(std::string(two_letters));
  ASSERT_TRUE(imported) << imported.error().key;
  EXPECT_EQ(closing_line(*imported), "imported 2, already there 0, rejected 0");
  EXPECT_EQ(imported->columns_not_kept, std::vector<std::string>{"点赞"});
  database_->read_job([&](Reading& reading) {
    const auto ids = reading.all(
        "SELECT case_id FROM case_file WHERE region_id = ?1 ORDER BY received_at",
        {param(county_.region)}, [](const minhu::Row& row) { return row.id<cases::CaseId>(0); });
    ASSERT_EQ(ids.size(), 2U);
    const auto events = cases::load_events(reading, county_.region, ids[0]);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].fact("source"), "letters");
    EXPECT_EQ(events[0].fact("channel"), "import");
    EXPECT_EQ(format_instant(events[0].happened_at), "2019-02-28T11:25:05.000+08:00");
    EXPECT_FALSE(events[0].fact("number").empty());
    const auto view = cases::view_case(reading, dispatcher(), ids[0]);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->said.title, "路灯不亮");
    EXPECT_EQ(view->said.text, "村口三盏路灯都不亮。");
  });
}

TEST_F(Imports, ASecondRunAddsNothingWhateverItsOrder) {
  run(std::string(two_letters));
  EXPECT_EQ(outcome(two_letters), "imported 0, already there 2, rejected 0");
  EXPECT_EQ(outcome("内容,编号,时间\n晚上六点以后四楼没有水。,3,2019-03-01\n"),
            "imported 1, already there 0, rejected 0");
  EXPECT_EQ(cases_in_all(), 3);
}

TEST_F(Imports, AFileThatCannotBeReadIsNotTakenForAnEmptyOne) {
  Order order;
  order.file = "/proc/self/mem";  // a file that is there, and whose first bytes are an error
  order.rejects = folder_ / "letters.rejects.csv";
  const auto imported = run(order);
  ASSERT_FALSE(imported);
  EXPECT_EQ(imported.error().key, "imports.not_read");
  EXPECT_EQ(imported.error().code, FaultCode::unavailable);
  const std::string said = english_.say(imported.error());
  EXPECT_NE(said.find("beyond line 1"), std::string::npos) << said;
  EXPECT_NE(said.find("0 rows are imported"), std::string::npos) << said;
}

TEST_F(Imports, TheNameOfTheSourceKeepsTheIdsOfTwoFilesApart) {
  Order order;
  order.file = file(two_letters);
  ASSERT_TRUE(run(order));
  order.source = "another office";
  EXPECT_EQ(run(order)->imported, 2U);
}

TEST_F(Imports, RowsWithoutAnIdAreKnownByWhatTheySay) {
  const std::string text = "text,time\nfirst,2019-01-01\nsecond,2019-01-01\n";
  EXPECT_EQ(outcome(text), "imported 2, already there 0, rejected 0");
  EXPECT_EQ(outcome(text + "third,2019-01-01\nfirst,2019-01-02\n"),
            "imported 2, already there 2, rejected 0");
}

TEST_F(Imports, ARepeatedLineIsCountedAndNamed) {
  const auto imported = run(std::string("id,text\n1,a\n2,b\n1,a\n"));
  ASSERT_TRUE(imported);
  EXPECT_EQ(closing_line(*imported), "imported 2, already there 1, rejected 0");
  EXPECT_EQ(imported->repeated_in_file, 1U);
  ASSERT_EQ(imported->repeated_lines.size(), 1U);
  // Which of the two lines came first is a matter of threads.
  EXPECT_TRUE(imported->repeated_lines[0] == 2 || imported->repeated_lines[0] == 4);
  const auto again = run(std::string("id,text\n1,a\n"));
  EXPECT_EQ(again->repeated_in_file, 0U);
  EXPECT_EQ(again->already_there, 1U);
}

TEST_F(Imports, AnIdThatStandsForOtherWordsIsRejectedNotDropped) {
  run(std::string("id,text\n1,a\n"));
  EXPECT_EQ(outcome("id,text\n1,something else\n2,b\n"), "imported 1, already there 0, rejected 1");
  EXPECT_NE(rejects().find("Line 2: this id already stands for other words"), std::string::npos);
}

TEST_F(Imports, WhatWasErasedDoesNotComeBack) {
  run(std::string("id,text\n1,a\n"));
  const auto id = database_->read([&](Reading& reading) {
    return *reading.first("SELECT case_id FROM case_file WHERE region_id = ?1",
                          {param(county_.region)},
                          [](const minhu::Row& row) { return row.id<cases::CaseId>(0); });
  });
  now_ = {clock_.now().unix_ms + 1};
  ASSERT_TRUE(database_->write(
      [&](Transaction& t) { return cases::erase(t, as(Role::system), id, "asked"); }));
  EXPECT_EQ(outcome("id,text\n1,a\n"), "imported 0, already there 1, rejected 0");
  EXPECT_EQ(cases_in_all(), 1);
}

TEST_F(Imports, ColumnsCanBeNamedByHand) {
  Order order;
  order.file = file("nr;x,was,wo,wer\n1,kaputt,Brücke,Li\n");
  EXPECT_EQ(run(order).error().key, "imports.no_words_column");
  order.columns = {{"nr;x", "id"}, {"was", "text"}, {"wo", "place_words"}, {"wer", "-"}};
  const auto imported = run(order);
  ASSERT_TRUE(imported) << imported.error().key;
  EXPECT_EQ(imported->imported, 1U);
  EXPECT_EQ(imported->columns_not_kept, std::vector<std::string>{"wer"});
  order.columns = {{"nein", "text"}};
  EXPECT_EQ(run(order).error().key, "imports.unknown_column");
  order.columns = {{"was", "words"}};
  EXPECT_EQ(run(order).error().key, "imports.unknown_field");
  order.columns = {{"was", "text"}, {"wo", "text"}};
  EXPECT_EQ(run(order).error().key, "imports.two_columns_for_one_field");
}

TEST_F(Imports, AWholeFileThatCannotBeReadSaysWhatToDo) {
  EXPECT_EQ(outcome(""), "imports.empty");
  EXPECT_EQ(outcome("\xEF\xBB\xBF"), "imports.empty");
  EXPECT_EQ(outcome("id,text\n"), "imports.only_a_header");
  EXPECT_EQ(outcome("id,text\n\n\r\n"), "imports.only_a_header");
  EXPECT_EQ(outcome("a,b\n1,2\n"), "imports.no_words_column");
  EXPECT_EQ(outcome("id;text\n1;2\n"), "imports.wrong_separator");
  EXPECT_EQ(outcome("id\ttext\n1\t2\n"), "imports.wrong_separator");
  EXPECT_EQ(outcome("\xB1\xE0\xBA\xC5,\xC4\xDA\xC8\xDD\n1,\xC4\xE3\n"), "imports.not_utf8");
  EXPECT_EQ(outcome(std::string("\xFF\xFEi\0d\0", 6)), "imports.utf16");
  EXPECT_EQ(outcome(std::string("i\0d\0,\0", 6)), "imports.utf16");
  Order order;
  order.file = folder_ / "none.csv";
  EXPECT_EQ(run(order).error().key, "imports.cannot_read");
  order.file = folder_;
  EXPECT_EQ(run(order).error().key, "imports.cannot_read");
  order.file = file("id,text\n1,a\n");
  order.source = std::string(65, 'x');
  EXPECT_EQ(run(order).error().key, "imports.bad_source");
  EXPECT_EQ(cases_in_all(), 0);
}

// Every way in which a row can be wrong, with good rows on both sides.
TEST_F(Imports, BadRowsAreHandedBackWithTheirReasonAndGoodOnesGoIn) {
  std::string text = "\xEF\xBB\xBFid,text,time,place\r\n";
  text += "1,good,2019-01-01,339901101\r\n";
  text += "2,too few,2019-01-01\n";
  text += "3,too,many,2019-01-01,,\n";
  text += "4,\"open quote,2019-01-01,\n";
  text += "5,good,2019-01-01,\n";
  text += "6,\xB1\xE0,2019-01-01,\n";
  text += std::string("7,nul\0,2019-01-01,\n", 19);
  text += "8,,2019-01-01,\n";
  text += "9,late,2099-01-01,\n";
  text += "10,when?,yesterday,\n";
  text += "11,where?,2019-01-01,999\n";
  text += "12," + std::string(20'001, 'x') + ",2019-01-01,\n";
  text += "13," + std::string(std::size_t{100} << 20U, 'y') + ",2019-01-01,\n";
  text += "\n";
  text += "14,\"good, with\n\"\"lines\"\"\",2019-01-01,\n";
  text += "15,good and last,,";
  const auto imported = run(text);
  ASSERT_TRUE(imported) << imported.error().key;
  EXPECT_EQ(closing_line(*imported), "imported 4, already there 0, rejected 11");
  EXPECT_EQ(imported->without_time, 1U);
  EXPECT_EQ(imported->rejects, folder_ / "letters.rejects.csv");

  std::ifstream in(folder_ / "letters.rejects.csv", std::ios::binary);
  CsvReader reader(in);
  CsvRow row;
  ASSERT_TRUE(*reader.next(row));
  EXPECT_EQ(row.fields,
            (std::vector<std::string>{"line", "reason", "id", "text", "time", "place"}));
  struct Expected {
    const char* line;
    const char* reason;
  };
  const Expected expected[] = {
      {"3", "Line 3: 3 columns, where 4"},
      {"4", "Line 4: 6 columns, where 4"},
      {"5", "Line 5: a quotation mark"},
      {"7", "Line 7: some of it is not UTF-8"},
      {"8", "Line 8: it holds an invisible"},
      {"9", "Line 9: title and text are both empty"},
      {"10", "Line 10: its time is later"},
      {"11", "Line 11: its time cannot be read"},
      {"12", "Line 12: there is no such division"},
      {"13", "Line 13: the text is too long; 20000"},
      {"14", "Line 14: the row is longer than 1 MB"},
  };
  for (const Expected& each : expected) {
    const auto more = reader.next(row);
    ASSERT_TRUE(more || more.error().key == "kernel.csv_row_too_long") << each.line;
    if (!more) continue;  // the first megabyte of the endless line is a row of a megabyte
    EXPECT_EQ(row.fields.at(0), each.line);
    EXPECT_TRUE(row.fields.at(1).starts_with(each.reason)) << row.fields.at(1);
  }
  EXPECT_EQ(cases_in_all(), 4);
}

TEST_F(Imports, ACorrectedListOfRejectsIsImportedAsItIs) {
  run(std::string("id,text,time\n1,\"=SUM(A1) ?\",when\n2,good,2019-01-01\n"));
  std::string corrected = rejects();
  ASSERT_NE(corrected.find("\"'=SUM(A1) ?\""), std::string::npos) << corrected;
  corrected.replace(corrected.find("when"), 4, "2019-01-01");
  Order order;
  order.file = file(corrected, "letters.rejects.csv");
  const auto imported = run(order);
  ASSERT_TRUE(imported) << imported.error().key;
  EXPECT_EQ(closing_line(*imported), "imported 1, already there 0, rejected 0");
  EXPECT_TRUE(imported->columns_not_kept.empty());
  // The row belongs to the source it came from: the first file, corrected, brings it no second
  // time.
  EXPECT_EQ(outcome("id,text,time\n1,=SUM(A1) ?,2019-01-01\n2,good,2019-01-01\n"),
            "imported 0, already there 2, rejected 0");
}

TEST_F(Imports, AListOfRejectsThatSomebodyWasCorrectingIsNotOverwritten) {
  run(std::string("id,text,time\n1,a,when\n"));
  file("my corrections", "letters.rejects.csv");
  run(std::string("id,text,time\n1,a,when\n"));
  EXPECT_EQ(read_file(folder_ / "letters.rejects.csv.before"), "my corrections");
  EXPECT_NE(rejects().find("when"), std::string::npos);
  EXPECT_EQ(outcome("id,text,time\n1,a,2019-01-01\n"), "imported 1, already there 0, rejected 0");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "letters.rejects.csv"));
}

TEST_F(Imports, AListThatCannotBeWrittenStopsAndNamesTheFile) {
  Order order;
  order.file = file("id,text\n1,a\n2\n");
  order.rejects = folder_ / "no such folder" / "r.csv";
  const auto imported = run(order);
  ASSERT_FALSE(imported);
  EXPECT_EQ(imported.error().key, "imports.cannot_write_rejects");
  EXPECT_NE(english_.say(imported.error()).find("no such folder"), std::string::npos);
  order.rejects = folder_ / "r.csv";
  EXPECT_EQ(closing_line(*run(order)), "imported 0, already there 1, rejected 1");
}

TEST_F(Imports, TheWatchSeesEveryRowInOrder) {
  std::string text = "id,text\n";
  for (int i = 0; i < 500; ++i) text += std::to_string(i) + ",words\n";
  Order order;
  order.file = file(text);
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  const auto imported = run(order, [&](const Progress& progress) {
    EXPECT_EQ(progress.imported + progress.already_there + progress.rejected, ++rows);
    EXPECT_GT(progress.bytes, bytes);
    bytes = progress.bytes;
    EXPECT_EQ(progress.bytes_in_all, text.size());
  });
  ASSERT_TRUE(imported);
  EXPECT_EQ(rows, 500U);
  EXPECT_EQ(bytes, text.size());
}

TEST_F(Imports, TheReportEndsWithTheLineThatScriptsRead) {
  Imported imported;
  imported.imported = 7;
  imported.already_there = 2;
  imported.rejected = 1;
  imported.repeated_in_file = 2;
  imported.repeated_lines = {4, 9};
  imported.columns_not_kept = {"likes", "against"};
  imported.rejects = "x.rejects.csv";
  const auto english = report(imported, english_);
  ASSERT_EQ(english.size(), 4U);
  EXPECT_NE(english[0].find("likes, against"), std::string::npos);
  EXPECT_NE(english[1].find("4, 9"), std::string::npos);
  EXPECT_EQ(english.back(), "imported 7, already there 2, rejected 1");
  EXPECT_EQ(report(imported, sentences("zh-CN")).back(), english.back());
}

TEST_F(Imports, EverySentenceStandsInBothLanguagesWithTheSamePlaceholders) {
  const auto chinese = sentences("zh-CN");
  ASSERT_EQ(chinese.keys(), english_.keys());
  const auto placeholders = [](const std::string& sentence) {
    std::set<std::string> names;
    for (auto open = sentence.find('{'); open != std::string::npos;
         open = sentence.find('{', open + 1)) {
      names.insert(sentence.substr(open, sentence.find('}', open) - open));
    }
    return names;
  };
  for (const auto key : chinese.keys()) {
    EXPECT_EQ(placeholders(chinese.say(key)), placeholders(english_.say(key))) << key;
  }
}

TEST_F(Imports, MemoryDoesNotGrowWithTheFile) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer keeps freed memory of its own";
#endif
  // 16,000 rows of a kilobyte that are all known after the first: 16 MB pass, one case is kept.
  const auto path = folder_ / "long.csv";
  {
    std::ofstream out(path, std::ios::binary);
    out << "id,text\n";
    const std::string words(1000, 'w');
    for (int i = 0; i < 16'000; ++i) out << "1," << words << '\n';
  }
  Order order;
  order.file = path;
  std::int64_t after_a_quarter = 0;
  const auto peak = [] {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::int64_t>(usage.ru_maxrss);  // KiB
  };
  std::uint64_t rows = 0;
  const auto imported = run(order, [&](const Progress&) {
    if (++rows == 4'000) after_a_quarter = peak();
  });
  ASSERT_TRUE(imported);
  EXPECT_EQ(imported->already_there, 15'999U);
  EXPECT_EQ(imported->repeated_lines.size(), most_lines_named);
  EXPECT_LT(peak() - after_a_quarter, 8 * 1024);
}

class RealPetitions : public Imports {
 protected:
  void SetUp() override {
    order_.file = project_folder() / "../shared/data/petitions/unlabelled.csv";
    if (!std::filesystem::exists(order_.file)) {
      GTEST_SKIP() << "no real petitions here: " << order_.file.lexically_normal().filename();
    }
  }
  Order order_;
};

TEST_F(RealPetitions, AllOfThemGetReceiptsAndASecondRunAddsNone) {
  const auto first = run(order_);
  ASSERT_TRUE(first) << first.error().key;
  EXPECT_EQ(closing_line(*first), "imported 4326, already there 0, rejected 0");
  EXPECT_EQ(first->columns_not_kept, (std::vector<std::string>{"likes", "against"}));
  const auto second = run(order_);
  ASSERT_TRUE(second);
  EXPECT_EQ(closing_line(*second), "imported 0, already there 4326, rejected 0");

  const auto receipts = database_->read([&](Reading& reading) {
    return *reading.first(
        "SELECT count(DISTINCT f.number) FROM receipt r JOIN case_file f "
        "ON f.region_id = r.region_id AND f.case_id = r.case_id "
        "WHERE r.region_id = ?1 AND r.code_hash IS NOT NULL",
        {param(county_.region)}, [](const minhu::Row& row) { return row.integer(0); });
  });
  EXPECT_EQ(receipts, 4326);
  const auto rebuilt = cases::rebuild(*database_, county_.region, cases::OnDifference::report);
  EXPECT_EQ(rebuilt.cases, 4326);
  EXPECT_TRUE(rebuilt.different.empty());
  EXPECT_EQ(rebuilt.stray_queue_entries, 0);
}

}  // namespace
}  // namespace minhu::imports
