#include "features/promises/migrations.h"

namespace minhu::promises {

namespace {

// Who holds a post and since when: rows get an end and are never removed. relay_id: by which they
// came into it; empty for the first.
constexpr std::string_view posts = R"sql(
CREATE TABLE office_post (
  region_id BIGINT NOT NULL,
  post_id   BLOB   NOT NULL,
  unit_id   BLOB   NOT NULL,
  title     TEXT   NOT NULL,
  PRIMARY KEY (region_id, post_id)
);

CREATE UNIQUE INDEX office_post_by_title ON office_post(region_id, unit_id, title);

CREATE TABLE post_holder (
  region_id  BIGINT NOT NULL,
  post_id    BLOB   NOT NULL,
  seq        BIGINT NOT NULL,
  account_id BLOB   NOT NULL,
  since      BIGINT NOT NULL,
  until      BIGINT,
  relay_id   BLOB,
  PRIMARY KEY (region_id, post_id, seq)
);
)sql";

// promise_file is for lists; what is known of one promise is read from its events.
constexpr std::string_view life_of_a_promise = R"sql(
CREATE TABLE promise_event (
  region_id   BIGINT NOT NULL,
  promise_id  BLOB   NOT NULL,
  seq         BIGINT NOT NULL,
  kind        TEXT   NOT NULL,
  recorded_at BIGINT NOT NULL,
  role        TEXT   NOT NULL,
  unit_id     BLOB,
  account_id  BLOB,
  payload     TEXT   NOT NULL,
  PRIMARY KEY (region_id, promise_id, seq)
);

CREATE TABLE promise_file (
  region_id  BIGINT NOT NULL,
  promise_id BLOB   NOT NULL,
  state      TEXT   NOT NULL,
  seq        BIGINT NOT NULL,
  is_open    BIGINT NOT NULL,
  is_public  BIGINT NOT NULL,
  sponsored  BIGINT NOT NULL,
  due        TEXT   NOT NULL,
  post_id    BLOB   NOT NULL,
  unit_id    BLOB   NOT NULL,
  case_id    BLOB,
  PRIMARY KEY (region_id, promise_id)
);

CREATE INDEX promise_by_due ON promise_file(region_id, is_open, due, promise_id);
CREATE INDEX promise_by_post ON promise_file(region_id, post_id, is_open, due, promise_id);
CREATE INDEX promise_by_case ON promise_file(region_id, case_id, promise_id)
  WHERE case_id IS NOT NULL;

CREATE TABLE promise_request (
  region_id  BIGINT NOT NULL,
  token_hash BLOB   NOT NULL,
  promise_id BLOB   NOT NULL,
  PRIMARY KEY (region_id, token_hash)
);
)sql";

// relay_item: the frozen list, one line an item; its digests stand in the event that froze it.
constexpr std::string_view relays = R"sql(
CREATE TABLE relay_event (
  region_id   BIGINT NOT NULL,
  relay_id    BLOB   NOT NULL,
  seq         BIGINT NOT NULL,
  kind        TEXT   NOT NULL,
  recorded_at BIGINT NOT NULL,
  role        TEXT   NOT NULL,
  unit_id     BLOB,
  account_id  BLOB,
  payload     TEXT   NOT NULL,
  PRIMARY KEY (region_id, relay_id, seq)
);

CREATE TABLE relay_item (
  region_id BIGINT NOT NULL,
  relay_id  BLOB   NOT NULL,
  item      BIGINT NOT NULL,
  kind      TEXT   NOT NULL,
  subject   BLOB   NOT NULL,
  line      TEXT   NOT NULL,
  PRIMARY KEY (region_id, relay_id, item)
);

CREATE TABLE relay_file (
  region_id BIGINT NOT NULL,
  relay_id  BLOB   NOT NULL,
  post_id   BLOB   NOT NULL,
  state     TEXT   NOT NULL,
  seq       BIGINT NOT NULL,
  frozen_at BIGINT NOT NULL,
  PRIMARY KEY (region_id, relay_id)
);
)sql";

constexpr Migration steps[] = {
    {1250, "1250_posts", posts},
    {1251, "1251_life_of_a_promise", life_of_a_promise},
    {1252, "1252_relays", relays},
};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::promises
