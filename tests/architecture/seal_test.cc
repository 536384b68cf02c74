// What the seal on names rests on: a sealed value cannot leave by accident, and nothing in the
// program finds a case by who spoke.
#include <fmt/core.h>
#include <fmt/ostream.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <concepts>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <set>
#include <sstream>
#include <string>

#include "adapters/storage_sqlite/test_database.h"
#include "app/schema.h"
#include "features/cases/key_store.h"
#include "features/cases/receive.h"
#include "kernel/crypto.h"
#include "kernel/sealed.h"
#include "project_folder.h"

namespace minhu::architecture {
namespace {

namespace fs = std::filesystem;

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };
template <class T>
concept Formattable = fmt::is_formattable<T>::value;
template <class T>
concept InJson =
    boost::json::has_value_from<T>::value || std::constructible_from<boost::json::value, const T&>;
template <class T, class Of>
concept Gives = std::convertible_to<const T&, Of> || std::constructible_from<Of, const T&>;

template <class T>
constexpr bool kept_in =
    !Printable<Sealed<T>> && !Formattable<Sealed<T>> && !InJson<Sealed<T>> && !Gives<Sealed<T>, T>;
static_assert(kept_in<std::string>);
static_assert(kept_in<std::string_view>);
static_assert(kept_in<std::int64_t>);
static_assert(kept_in<cases::Contact>);
// The questions would notice: of what is not sealed the answer is the other one.
static_assert(Printable<std::string> && Formattable<std::string> && InJson<std::string> &&
              Gives<std::string, std::string>);

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// How somebody could be asked for.
bool names_a_person(std::string_view name) {
  static const std::set<std::string_view> forbidden{
      "phone",   "telephone", "mobile",    "person",      "persons", "speaker",
      "contact", "address",   "id_number", "person_name", "reporter"};
  return forbidden.contains(name);
}

// The names of parameters in a path or a query of the contract.
std::vector<std::string> parameters_of(const std::string& contract) {
  std::vector<std::string> names;
  std::istringstream lines(contract);
  std::string name;
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find("name: ");
    if (at != std::string::npos) name = line.substr(at + 6, line.find_first_of(",}", at) - at - 6);
    const bool where =
        line.find("in: query") != std::string::npos || line.find("in: path") != std::string::npos;
    if (where && !name.empty()) names.push_back(name);
  }
  return names;
}

TEST(Seal, NoAddressOfTheContractFindsACaseByWhoSpoke) {
  const auto names = parameters_of(text_of(project_folder() / "api" / "openapi.yaml"));
  EXPECT_GT(names.size(), 20U);
  for (const std::string& name : names) EXPECT_FALSE(names_a_person(name)) << name;
  EXPECT_TRUE(names_a_person(parameters_of("{name: phone, in: query}").at(0)));
}

// Whose columns may be called so: offices, which are no persons.
bool of_an_office(std::string_view table, std::string_view column) {
  return (table == "unit" || table == "county_profile") && column == "phone";
}

TEST(Seal, NoTableKeepsAContactInTheOpenOrAnIndexOverOne) {
  start_crypto();
  const auto steps = app::schema();
  storage_sqlite::TestDatabase database(
      {std::span<const Migration>(steps), cases::key_store_migrations()});
  database->read_job([&](Reading& reading) {
    int columns = 0;
    reading.query(
        "SELECT m.name, c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c "
        "WHERE m.type = 'table'",
        {}, [&](const Row& row) {
          ++columns;
          const std::string table(row.text(0));
          const std::string column(row.text(1));
          // The id of a sealed content says nothing.
          const bool only_an_id = column == "contact" && row.text(2) == "BLOB";
          EXPECT_TRUE(only_an_id || of_an_office(table, column) || !names_a_person(column))
              << table << '.' << column;
        });
    EXPECT_GT(columns, 200);
    reading.query(
        "SELECT m.name, i.name FROM sqlite_schema m, pragma_index_info(m.name) i "
        "WHERE m.type = 'index'",
        {}, [&](const Row& row) {
          EXPECT_FALSE(names_a_person(row.text(1))) << row.text(0) << '.' << row.text(1);
        });
  });
}

TEST(Seal, NoStatementAsksForACaseByItsContact) {
  int statements = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(project_folder() / "server" / "features")) {
    if (entry.path().extension() != ".cc") continue;
    const std::string text = text_of(entry.path());
    for (auto at = text.find("WHERE "); at != std::string::npos; at = text.find("WHERE ", at + 1)) {
      ++statements;
      const std::string condition = text.substr(at, 200);
      for (const char* column : {"contact = ?", "contact=?", "phone = ?", "phone LIKE"}) {
        EXPECT_EQ(condition.find(column), std::string::npos) << entry.path() << ": " << condition;
      }
    }
  }
  EXPECT_GT(statements, 100);
}

}  // namespace
}  // namespace minhu::architecture
