#include "adapters/sheets_xlsx/sheets_xlsx.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace minhu::sheets_xlsx {
namespace {

// Read by another program than the one that wrote it.
std::string read_with_python(const std::string& bytes) {
  const auto file =
      std::filesystem::temp_directory_path() / ("sheets-" + std::to_string(::getpid()) + ".xlsx");
  std::ofstream(file, std::ios::binary) << bytes;
  const std::string command =
      "python3 -c \"import zipfile,sys,xml.dom.minidom as x\n"
      "z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None\n"
      "for n in z.namelist():\n"
      "  x.parseString(z.read(n))\n"
      "  print(n, z.read(n).decode())\" " +
      file.string();
  std::string out;
  FILE* pipe = ::popen(command.c_str(), "r");
  for (char buffer[4096]; std::fgets(buffer, sizeof buffer, pipe) != nullptr;) out += buffer;
  EXPECT_EQ(::pclose(pipe), 0);
  std::filesystem::remove(file);
  return out;
}

TEST(Workbook, IsWellFormedAndKeepsNumbersAsNumbers) {
  const std::vector<insight::Sheet> sheets{
      {"总数",
       {{std::string("名称"), std::string("件数")}, {std::string("收到"), std::int64_t{1234}}}}};
  const auto bytes = workbook(sheets);
  ASSERT_TRUE(bytes);
  const std::string parts = read_with_python(*bytes);
  EXPECT_NE(parts.find("<v>1234</v>"), std::string::npos);
  EXPECT_NE(parts.find("总数"), std::string::npos);
  EXPECT_NE(parts.find("收到"), std::string::npos);
}

TEST(Workbook, ANameThatLooksLikeAFormulaIsText) {
  const std::vector<insight::Sheet> sheets{
      {"a", {{std::string("=HYPERLINK(\"http://x\")"), std::string("+1"), std::string("@x")}}}};
  const std::string parts = read_with_python(workbook(sheets).value());
  EXPECT_EQ(parts.find("<f>"), std::string::npos);
  EXPECT_NE(parts.find("=HYPERLINK"), std::string::npos);
}

}  // namespace
}  // namespace minhu::sheets_xlsx
