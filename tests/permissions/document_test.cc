// docs/permissions.md is what expectations.cc says. MINHU_WRITE_DOCS=1 writes it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "doors.h"
#include "expectations.h"
#include "project_folder.h"

namespace minhu::permission_matrix {
namespace {

// The cases of the table among these; spare ones of single tests are left out.
std::string list_of(std::string_view names) {
  if (names == "*") return "always";
  const std::set<std::string> all = split(names);
  std::string text;
  const auto add = [&](std::string_view name) {
    if (all.contains(std::string(name))) text += (text.empty() ? "" : ", ") + std::string(name);
  };
  for (const std::string_view name : five_states) add(name);
  for (const std::string_view name : beside) add(name);
  return text.empty() ? "once, at the counter" : text;
}

std::string document() {
  std::ostringstream out;
  out << "# Who may do what\n\n"
      << "Written by `MINHU_WRITE_DOCS=1 permissions_test --gtest_filter='Document.*'` from\n"
      << "[expectations.cc](../tests/permissions/expectations.cc), which says what must be "
         "allowed; the tests beside it ask the\n"
      << "whole program over HTTP whether that, and nothing else, is so. A test fails when this "
         "page is not current.\n\n"
      << "The case of the table was taken in by the petition office, is handled by one unit with "
         "the help of another, and complains of\n"
      << "a third. It is new, assigned, answered, closed or erased; beside it stand a case that "
         "was merged into it, one under review, one\n"
      << "of the hotline, and accusations that are held: nobody but their own speaker sees "
         "anything of those. Whoever may not know of a\n"
      << "case is told, byte for byte, what is told of a case that does not exist.\n";
  for (const Person& person : people()) {
    out << "\n## " << person.who << "\n\n";
    std::ostringstream rows;
    for (const Right& row : rights()) {
      if (row.people == "*" || row.states.empty()) continue;
      if (!split(row.people).contains(std::string(person.name))) continue;
      std::set<std::string> doors_of;
      for (const Door& door : doors()) {
        if (door.right == row.right)
          doors_of.insert("`" + std::string(name_of(door.method)) + " " +
                          std::string(door.pattern) + "`");
      }
      std::string where;
      for (const std::string& door : doors_of) where += (where.empty() ? "" : "<br>") + door;
      rows << "| " << row.right << " | " << list_of(row.states) << " | " << where << " |\n";
    }
    if (rows.str().empty()) {
      out << "What everybody may, and nothing of a case.\n";
    } else {
      out << "| right | for a case that is | door |\n|---|---|---|\n" << rows.str();
    }
  }
  out << "\n## Everybody\n\nWhat is public stands in [routes.md](routes.md), each with its "
         "reason.\n";
  return out.str();
}

TEST(Document, OfWhoMayDoWhatIsCurrent) {
  const std::filesystem::path file = project_folder() / "docs/permissions.md";
  if (std::getenv("MINHU_WRITE_DOCS") != nullptr)
    std::ofstream(file, std::ios::binary) << document();
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  EXPECT_EQ(text.str(), document()) << "MINHU_WRITE_DOCS=1 writes it anew";
}

}  // namespace
}  // namespace minhu::permission_matrix
