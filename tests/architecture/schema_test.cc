// The schema of the whole program, as it really stands in a database, and every statement of the
// features against it. Each rule is also shown to bite.
#include "app/schema.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "adapters/storage_sqlite/test_database.h"
#include "feature_statements.h"
#include "features/cases/key_store.h"
#include "kernel/crypto.h"
#include "schema_rules.h"
#include "sql_texts.h"

namespace minhu::architecture {
namespace {

namespace fs = std::filesystem;
using storage_sqlite::TestDatabase;

const fs::path server = server_folder();

const Allowed without_region{
    {"schema_step", "the history of the schema itself, of the whole database"}};

// Registers an installation keeps of its county: they do not grow with cases.
const Allowed small{
    {"place", "towns and villages: some thousands"},
    {"unit", "some hundreds"},
    {"duty", "some hundreds"},
    {"category", "some hundreds"},
    {"category_map", "some hundreds"},
    {"category_word", "some thousands"},
    {"dispatch_rule", "some hundreds"},
    {"county_profile", "one row"},
    {"knowledge_article", "some hundreds, written by units"},
    {"desk_text", "the library of texts: some hundreds"},
    {"recheck_setting", "two rows"},
    {"class_file", "classes of matters: some hundreds"},
    {"matter_model", "models that an administrator made: some dozens"},
    {"account", "some hundreds"},
    {"unit_leader", "who leads what beside the heads: some hundreds in a decade"},
    {"interest", "who is close to whom: some hundreds"},
    {"session", "one for each official at work, eight hours at most"},
    {"settings_event", "what administrators changed: some thousands in a decade"},
    {"second_factor", "one for each account"},
    {"unlock_passphrase", "none any more; at most one of an account before"},
    {"invitation", "those that nobody has used yet"},
    {"openid_link", "one for each account at most"},
    {"case_key", "keys on their way to the key store: some minutes of intake"},
    {"intake_key", "one row"},
    {"erased_key", "what is still to be destroyed there: some minutes"},
    {"code_request", "what was asked for within a day, each later than the one before"},
    {"key_store", "one row"},
    {"accusation_key", "one or two for each handler of reports"},
    {"accusation_handler", "some"},
    {"record_head", "one row"},
    {"record_taking_over", "one row"},
    {"record_taking_over_others", "one row for each kind of life"},
    {"key_store_of", "one row"},
    {"wrapping_key", "one a month and one a day"},
    {"plan_village", "what is known of villages: some hundreds, of a large county a thousand"},
    {"plan_policy", "what was decided of visits: some dozens in a decade"},
    {"plan_cycle", "one row a month"},
    {"plan_quiet", "one row a village and month, read a month at a time"},
    {"plan_lot_event", "some rows a month"},
    {"plan_wish", "some dozens a month"},
    {"visit_plan", "some rows a month"},
    {"plan_stop", "one row a village and plan, read a plan at a time"},
    {"investigation", "some a year"},
    {"name_waiting", "requests that nobody has decided on: some"},
    {"post_holder", "who held which post: some hundreds in a decade"},
    {"promise_file", "what leaders promised: some hundreds a year"},
    {"relay_file", "some a year"},
    {"investigation_stop", "one row a village and investigation"},
    {"investigation_finding", "as many as villages were seen"},
    {"investigation_need", "what people needed where somebody went and looked: some hundreds"},
    {"schema_step", "one row a step"}};

const Allowed names_allowed{{"county_profile", "what a county calls itself; no person has one"},
                            {"face_to_face", "how words came in: at the counter"}};

// Statements that read on purpose what others may not, by their beginning.
const Allowed whole_on_purpose{
    {"SELECT visit_id, begins_at FROM visit_file WHERE region_id = ?1 AND state = 'reported'",
     "the demo county, once"},
    {"SELECT case_id, lead_unit FROM case_file WHERE region_id = ?1 AND state = 'accepted'",
     "the demo county, once"},
    {"SELECT promise_id FROM promise_event WHERE region_id = ?1 AND seq = 0",
     "the rebuild asks the events which promises there are; an office never waits for it"},
    {"SELECT relay_id FROM relay_file WHERE region_id = ?1 UNION",
     "the audit of hand-overs asks every place where one could stand; an office never waits for "
     "it"},
    {"SELECT MIN(received_at) FROM case_file WHERE region_id = ?1",
     "one row, the first of an index"},
    {"SELECT e.case_id, e.kind, MIN(e.recorded_at) FROM case_file f JOIN case_event e",
     "what was told in the years that a month's plan is made from, once a month"},
    {"SELECT d.device_id FROM reception_device d WHERE d.region_id = ?1 AND NOT EXISTS",
     "tablets from before they had events: some dozens, once at each start, on a job"},
    {"SELECT visit_id FROM visit_event WHERE region_id = ?1 AND seq = 0",
     "the rebuild asks the events which visits there are; an office never waits for it"},
    {"INSERT INTO matter_apart(region_id, case_id, other_id, said_at) SELECT",
     "a step of the schema, once: copies what people had said before the table was another one"},
    {"SELECT about, case_id, seq, position, entry FROM record_leaf WHERE region_id = ?1 "
     "ORDER BY position DESC",
     "one row, the last of the key"},
    {"SELECT f.case_id FROM case_file f WHERE f.region_id = ?1 AND f.track = 'accusation'",
     "accusations from before there was a seal, by an index of accusations alone, on a job"},
    {"SELECT n.case_id, f.complained_of, f.accused_people, f.recused FROM named_case AS n",
     "the open cases that name somebody: few, and all of them are what is wanted"},
    {"SELECT case_id FROM named_case WHERE region_id = ?1",
     "the open cases that name somebody: few, and all of them are what is wanted"},
    {"SELECT m.case_id FROM class_member AS m WHERE m.region_id = ?1 AND m.names_nobody IS NULL",
     "members that may name somebody, by an index of these alone, on a job"},
    {"SELECT COUNT(*) FROM case_file WHERE region_id = ?1",
     "counts what there is to read after a start, on the thread of a job"},
    {"SELECT count(*) FROM queue_entry WHERE region_id = ?1",
     "the rebuild counts the places in all queues; an office never waits for it"},
    {"DELETE FROM queue_entry WHERE region_id = ?1 AND case_id = ?2",
     "repairs a case whose rows were changed outside the program"},
    {"SELECT count(*) FROM queue_mark WHERE region_id = ?1",
     "the rebuild counts the marks in all queues; an office never waits for it"},
    {"DELETE FROM queue_mark WHERE region_id = ?1 AND case_id = ?2",
     "repairs a case whose rows were changed outside the program"},
    {"SELECT m.unit_id, m.part, m.due, m.case_id FROM queue_mark AS m",
     "housekeeping looks for marks of no place, on a job: few rows"},
    {"SELECT q.unit_id, q.part, q.due, ",
     "housekeeping looks for marks that an older program did not write, every ten minutes, on a "
     "job"},
    {"SELECT count(*) FROM watch_entry WHERE region_id = ?1",
     "the rebuild counts the rows of all watches; an office never waits for it"},
    {"DELETE FROM watch_entry WHERE region_id = ?1 AND case_id = ?2",
     "repairs a case whose rows were changed outside the program"},
    {"DELETE FROM merged_case WHERE region_id = ?1 AND case_id = ?2",
     "repairs a case whose rows were changed outside the program"},
    {"SELECT coalesce((SELECT serial FROM receipt WHERE region_id = ?1 ORDER BY serial DESC LIMIT "
     "1)",
     "two rows, the last of a key and the last of an index"},
    {"SELECT 1 FROM case_file WHERE region_id = ?1 LIMIT 1", "one row, whether there is any"},
    {"SELECT notice_id, case_id, occasion, made_at FROM pending_notice WHERE region_id = ?1 ",
     "the first rows of the key, at most a page: an outbox that is emptied every few seconds"},
    {"SELECT count(*), min(made_at) FROM waiting_message WHERE region_id = ?1",
     "an outbox: as long as what no gateway has taken yet; nobody waits for the count"},
    {"SELECT case_id, seq, cells FROM figure_delta WHERE region_id = ?1 ",
     "the first rows of the key, at most a page: emptied every few seconds"},
    {"SELECT cells FROM figure_delta WHERE region_id = ?1",
     "what no job has folded yet: some seconds of work"},
    {"DELETE FROM figure_delta WHERE region_id = ?1",
     "minhu figures check --repair, while nothing else runs"},
    {"DELETE FROM figure_sum WHERE region_id = ?1",
     "minhu figures check --repair, while nothing else runs"},
    {"SELECT count(*) FROM given_up_message WHERE region_id = ?1",
     "what no gateway took in ten tries; nobody waits for the count"},
    {"INSERT INTO waiting_message(region_id, next_try_at, notice_id, case_id, occasion, made_at, "
     "tries) SELECT region_id, ",
     "an operator tries again whatever was given up: all of it is what is wanted"},
    {"DELETE FROM given_up_message WHERE region_id = ?1",
     "an operator tries again whatever was given up: all of it is what is wanted"}};

const Allowed regionless_on_purpose{
    {"INSERT INTO matter_apart(region_id, case_id, other_id, said_at) SELECT",
     "a step of the schema copies the pairs of every region"},
    {"SELECT region_id, name, organiser, phone, petition_office, hotline_body, ",
     "asks of which region this database is"}};

bool begins_with_one_of(std::string_view sql, const Allowed& allowed) {
  for (const auto& [beginning, reason] : allowed) {
    if (sql.starts_with(beginning)) return true;
  }
  return false;
}

std::string joined(const Breaches& breaches) {
  std::string all;
  for (const auto& breach : breaches) all += "\n  " + breach;
  return all;
}

class Schema : public ::testing::Test {
 protected:
  Schema() { start_crypto(); }
  std::vector<Migration> steps_ = app::schema();
  // The key store is a database of its own; its tables have other names, so that one serves here.
  TestDatabase database_{{std::span<const Migration>(steps_), cases::key_store_migrations()}};
};

TEST_F(Schema, EveryKeyBeginsWithTheRegionAndNoDialectIsSpoken) {
  database_->read_job([&](Reading& reading) {
    const auto breaches = schema_breaches(reading, without_region);
    EXPECT_TRUE(breaches.empty()) << joined(breaches);
  });
}

TEST_F(Schema, AStepOnlyAddsSoThatTheReleaseBeforeMayServeBesideIt) {
  std::vector<Migration> all = steps_;
  const auto keys = cases::key_store_migrations();
  all.insert(all.end(), keys.begin(), keys.end());
  for (const Migration& step : all) {
    const auto breaches = step_breaches(step.sql);
    EXPECT_TRUE(breaches.empty()) << step.name << ": " << joined(breaches);
  }
}

TEST_F(Schema, EveryFeatureThatHasStepsIsInTheSchema) {
  for (const auto& path : sources_under(server / "features")) {
    const std::string text = text_of(path);
    for (auto at = text.find("CREATE TABLE "); at != std::string::npos;
         at = text.find("CREATE TABLE ", at + 1)) {
      const std::string table = text.substr(at + 13, text.find_first_of(" (", at + 13) - at - 13);
      database_->read_job([&](Reading& reading) {
        const auto found =
            reading.first("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1",
                          {std::string_view(table)}, [](const Row&) { return true; });
        EXPECT_TRUE(found.has_value()) << table << " of " << path.filename();
      });
    }
  }
}

TEST_F(Schema, NoTableColumnOrEnumeratorJudgesAPerson) {
  Breaches breaches;
  const auto add = [&](std::string_view kind, const std::vector<std::string>& names) {
    for (const auto& name : names) {
      const auto found = name_breaches(kind, name, names_allowed);
      breaches.insert(breaches.end(), found.begin(), found.end());
    }
  };
  database_->read_job(
      [&](Reading& reading) { add("table or column", table_and_column_names(reading)); });
  for (const auto& path : sources_under(server / "features")) {
    add("value", enumerators_of(text_of(path)));
  }
  EXPECT_TRUE(breaches.empty()) << joined(breaches);
}

TEST_F(Schema, EveryStatementNamesItsRegionAndSpeaksNoDialect) {
  const auto all = statements_of_the_features();
  EXPECT_GT(all.size(), 40U);  // the reader of sources does find them
  for (const auto& [place, sql] : all) {
    if (begins_with_one_of(sql, regionless_on_purpose)) continue;
    const auto breaches = statement_breaches(sql);
    EXPECT_TRUE(breaches.empty()) << place << joined(breaches);
  }
}

TEST_F(Schema, NoStatementIsPutTogetherFromPieces) {
  for (const auto& path : sources_under(server / "features")) {
    const std::string source = text_of(path);
    for (const auto& piece : sql_texts_of(source, included_by(source)).pieces) {
      ADD_FAILURE() << path.filename() << ":" << piece.line << ": " << piece.sql;
    }
  }
}

TEST_F(Schema, NoStatementReadsThroughATableThatGrowsWithTheCases) {
  database_->read_job([&](Reading& reading) {
    for (const auto& [place, sql] : statements_of_the_features()) {
      if (begins_with_one_of(sql, whole_on_purpose)) continue;
      const auto breaches = plan_breaches(reading, sql, small);
      EXPECT_TRUE(breaches.empty()) << place << joined(breaches);
    }
  });
}

TEST_F(Schema, WhatIsAllowedIsStillThere) {
  const auto all = statements_of_the_features();
  for (const auto* allowed : {&whole_on_purpose, &regionless_on_purpose}) {
    for (const auto& [beginning, reason] : *allowed) {
      EXPECT_TRUE(std::any_of(
          all.begin(), all.end(),
          [&](const Statement& statement) { return statement.sql.starts_with(beginning); }))
          << "nothing begins with: " << beginning;
    }
  }
}

// ---- each rule bites

Breaches breaches_of(const char* sql) {
  const Migration bad[] = {{1, "0001_bad", sql}};
  TestDatabase database({std::span<const Migration>(bad)});
  return database->read([&](Reading& reading) { return schema_breaches(reading, without_region); });
}

bool says(const Breaches& breaches, std::string_view part) {
  return std::any_of(breaches.begin(), breaches.end(), [&](const std::string& breach) {
    return breach.find(part) != std::string::npos;
  });
}

TEST(SchemaRules, BiteOnStepsThatTakeSomethingAway) {
  EXPECT_TRUE(says(step_breaches("DROP TABLE case_file"), "takes away: DROP"));
  EXPECT_TRUE(
      says(step_breaches("CREATE TABLE t (a BIGINT); DROP INDEX by_a"), "takes away: DROP"));
  EXPECT_TRUE(says(step_breaches("ALTER TABLE t RENAME COLUMN a TO b"), "takes away: RENAME"));
  EXPECT_TRUE(says(step_breaches("ALTER TABLE t ADD COLUMN a TEXT NOT NULL"), "does not fill"));
  EXPECT_TRUE(step_breaches("ALTER TABLE t ADD COLUMN a TEXT NOT NULL DEFAULT ''").empty());
  EXPECT_TRUE(step_breaches("CREATE TABLE t (dropped_at BIGINT NOT NULL)").empty());
}

TEST(SchemaRules, BiteOnEverySchemaTheyForbid) {
  struct Bad {
    const char* sql;
    const char* breach;
  };
  for (const auto& [sql, breach] : {
           Bad{"CREATE TABLE t (id BLOB NOT NULL, PRIMARY KEY (id))", "does not begin with region"},
           Bad{"CREATE TABLE t (region_id BIGINT NOT NULL, id BLOB NOT NULL, "
               "PRIMARY KEY (id, region_id))",
               "does not begin with region"},
           Bad{"CREATE TABLE t (region_id TEXT NOT NULL, PRIMARY KEY (region_id))",
               "does not begin with region"},
           Bad{"CREATE TABLE t (region_id BIGINT NOT NULL)", "has no primary key"},
           Bad{"CREATE TABLE t (region_id BIGINT NOT NULL, id BLOB, PRIMARY KEY (region_id, id))",
               "may be NULL"},
           Bad{"CREATE TABLE t (region_id BIGINT NOT NULL, id REAL NOT NULL, "
               "PRIMARY KEY (region_id, id))",
               "is REAL"},
           Bad{"CREATE TABLE t (region_id BIGINT NOT NULL, id BLOB NOT NULL, "
               "PRIMARY KEY (region_id, id)) WITHOUT ROWID",
               "WITHOUT"},
           Bad{"CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)", "AUTOINCREMENT"},
           Bad{"CREATE TABLE t (region_id BIGINT NOT NULL, at TEXT DEFAULT CURRENT_TIMESTAMP, "
               "PRIMARY KEY (region_id))",
               "CURRENT_TIMESTAMP"},
           Bad{"CREATE TABLE t (region_id BIGINT NOT NULL, a BIGINT, b BIGINT AS (a + 1), "
               "PRIMARY KEY (region_id))",
               "computed by the database"},
           Bad{"CREATE TABLE t (region_id BIGINT NOT NULL, a BIGINT, PRIMARY KEY (region_id)); "
               "CREATE INDEX by_a ON t(a)",
               "does not begin with region_id"},
           Bad{"CREATE TABLE t (region_id BIGINT NOT NULL, a BIGINT UNIQUE, "
               "PRIMARY KEY (region_id))",
               "does not begin with region_id"},
           Bad{"CREATE TABLE t (region_id BIGINT NOT NULL, id BLOB NOT NULL REFERENCES u(id), "
               "PRIMARY KEY (region_id, id)); "
               "CREATE TABLE u (region_id BIGINT NOT NULL, id BLOB UNIQUE, PRIMARY KEY "
               "(region_id))",
               "a foreign key of t begins with id"},
       }) {
    EXPECT_TRUE(says(breaches_of(sql), breach)) << sql << joined(breaches_of(sql));
  }
  EXPECT_TRUE(breaches_of("CREATE TABLE t (region_id BIGINT NOT NULL, id BLOB NOT NULL, "
                          "PRIMARY KEY (region_id, id)); CREATE INDEX by ON t(region_id, id)")
                  .empty());
}

TEST(SchemaRules, BiteOnNamesThatJudge) {
  for (const auto* name : {"risk_level", "petitioner_score", "is_flagged", "ethnicity", "tags"}) {
    EXPECT_FALSE(name_breaches("column", name, {}).empty()) << name;
  }
  for (const auto* name : {"rated_at", "ranks_of_trees", "face_to_face_", "damage", "partly"}) {
    const bool judged = !name_breaches("column", name, {}).empty();
    EXPECT_EQ(judged, std::string_view(name) == "face_to_face_") << name;
  }
  EXPECT_EQ(
      enumerators_of("enum class Kind : int { good, /* */ bad = 2,  // why, though\n ugly };"),
      (std::vector<std::string>{"good", "bad", "ugly"}));
}

TEST(SchemaRules, BiteOnStatements) {
  EXPECT_TRUE(says(statement_breaches("SELECT a FROM t WHERE id = ?1"), "no region_id"));
  EXPECT_TRUE(says(statement_breaches("SELECT region_id FROM t"), "no region_id"));
  EXPECT_TRUE(says(statement_breaches("DELETE FROM t WHERE my_region_id = 1"), "no region_id"));
  EXPECT_TRUE(says(statement_breaches("INSERT INTO t(a) VALUES (region_id)"), "no region_id"));
  EXPECT_TRUE(says(statement_breaches("INSERT OR IGNORE INTO t(region_id) VALUES (1)"), "dialect"));
  EXPECT_TRUE(says(statement_breaches("SELECT rowid FROM t WHERE region_id = 1"), "ROWID"));
  EXPECT_TRUE(statement_breaches("UPDATE t SET a = 1 WHERE region_id = ?1 AND id = ?2").empty());
  EXPECT_TRUE(
      says(statement_breaches("SELECT a FROM t JOIN u ON u.id = t.id WHERE t.region_id = ?1"),
           "a join"));
  EXPECT_TRUE(says(statement_breaches("SELECT a FROM t JOIN u ON u.region_id = t.region_id AND "
                                      "u.id = t.id LEFT JOIN v ON v.id = u.id WHERE "
                                      "t.region_id = ?1"),
                   "a join"));
  EXPECT_TRUE(says(statement_breaches("SELECT a FROM t, u WHERE t.region_id = ?1"), "comma"));
  EXPECT_TRUE(says(statement_breaches("UPDATE t SET a = 1, region_id = ?2 WHERE region_id = ?1"),
                   "changes its region"));
  EXPECT_TRUE(says(statement_breaches("INSERT INTO t(region_id, id) VALUES (?1, ?2) ON CONFLICT "
                                      "(id) DO UPDATE SET id = EXCLUDED.id"),
                   "a conflict"));
  EXPECT_TRUE(statement_breaches("SELECT a FROM t JOIN u ON u.region_id = t.region_id AND u.id = "
                                 "t.id WHERE t.region_id = ?1")
                  .empty());
}

TEST(SchemaRules, BiteOnPlans) {
  const Migration step[] = {
      {1, "0001_t",
       "CREATE TABLE t (region_id BIGINT NOT NULL, id BLOB NOT NULL, a BIGINT, PRIMARY KEY "
       "(region_id, id))"}};
  TestDatabase database({std::span<const Migration>(step)});
  database->read_job([&](Reading& reading) {
    EXPECT_TRUE(says(plan_breaches(reading, "SELECT a FROM t WHERE a = ?1", {}), "SCAN t"));
    EXPECT_TRUE(
        says(plan_breaches(reading, "SELECT a FROM t WHERE region_id = ?1", {}), "SEARCH t"));
    EXPECT_TRUE(says(plan_breaches(reading, "DELETE FROM t WHERE region_id = ?1 AND a = ?2", {}),
                     "SEARCH t"));
    EXPECT_TRUE(
        plan_breaches(reading, "SELECT a FROM t WHERE region_id = ?1 AND id = ?2", {}).empty());
    EXPECT_TRUE(plan_breaches(reading, "SELECT a FROM t", {{"t", "small"}}).empty());
    EXPECT_TRUE(says(plan_breaches(reading, "SELECT x.a FROM t AS x", {}), "SCAN x"));
    EXPECT_TRUE(says(plan_breaches(reading, "SELECT x.a FROM t x", {}), "SCAN x"));
    EXPECT_TRUE(
        plan_breaches(reading,
                      "SELECT count(*) FROM (SELECT 1 FROM t WHERE region_id = ?1 AND id > ?2 "
                      "LIMIT 9) AS some",
                      {})
            .empty());
  });
}

TEST(SqlTexts, AreJoinedAsTheCompilerJoinsThem) {
  const auto texts = sql_texts_of(R"text(
#define COLUMNS \
  "a, " /* first */ \
  "b"
// "SELECT nothing"
auto x = q("SELECT " COLUMNS " FROM t "
           "WHERE name = '\"'", 10'000, 'c', '"');
auto y = q(R"sql(UPDATE t SET a = 1)sql");
auto z = std::string(" WHERE a = ") + a;
)text");
  ASSERT_EQ(texts.statements.size(), 2U);
  EXPECT_EQ(texts.statements[0].sql, "SELECT a, b FROM t WHERE name = '\"'");
  EXPECT_EQ(texts.statements[0].line, 6U);
  EXPECT_EQ(texts.statements[1].sql, "UPDATE t SET a = 1");
  ASSERT_EQ(texts.pieces.size(), 1U);
  EXPECT_EQ(texts.pieces[0].line, 9U);
}

TEST(SqlTexts, KnowTheMacrosOfWhatIsIncluded) {
  const auto texts =
      sql_texts_of(R"text(auto x = q("SELECT a FROM t WHERE b IN " MANY " ORDER BY a");)text",
                   "#define MANY \\\n  \"(?1, ?2)\"\n");
  ASSERT_EQ(texts.statements.size(), 1U);
  EXPECT_EQ(texts.statements[0].sql, "SELECT a FROM t WHERE b IN (?1, ?2) ORDER BY a");
  EXPECT_EQ(texts.statements[0].line, 1U);
  EXPECT_TRUE(texts.pieces.empty());
}

}  // namespace
}  // namespace minhu::architecture
