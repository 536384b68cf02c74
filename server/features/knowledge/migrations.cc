#include "features/knowledge/migrations.h"

namespace minhu::knowledge {

namespace {

// knowledge_article is what holds today: some hundreds of rows. knowledge_version keeps each text
// that ever held, so that what a person was told last spring can be looked up.
constexpr std::string_view articles = R"sql(
CREATE TABLE knowledge_article (
  region_id  BIGINT NOT NULL,
  article_id BLOB   NOT NULL,
  version    BIGINT NOT NULL,
  title      TEXT   NOT NULL,
  body       TEXT   NOT NULL,
  questions  TEXT   NOT NULL,
  category   TEXT   NOT NULL,
  owner_unit BLOB   NOT NULL,
  review_on  TEXT   NOT NULL,
  source     TEXT   NOT NULL,
  published  BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by BLOB   NOT NULL,
  PRIMARY KEY (region_id, article_id)
);

CREATE TABLE knowledge_version (
  region_id  BIGINT NOT NULL,
  article_id BLOB   NOT NULL,
  version    BIGINT NOT NULL,
  title      TEXT   NOT NULL,
  body       TEXT   NOT NULL,
  questions  TEXT   NOT NULL,
  category   TEXT   NOT NULL,
  owner_unit BLOB   NOT NULL,
  review_on  TEXT   NOT NULL,
  source     TEXT   NOT NULL,
  published  BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by BLOB   NOT NULL,
  PRIMARY KEY (region_id, article_id, version)
);
)sql";

constexpr Migration steps[] = {{821, "0821_knowledge", articles}};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::knowledge
