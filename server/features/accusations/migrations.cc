#include "features/accusations/accusations.h"

namespace minhu::accusations {

namespace {

// Everything here is ciphertext, keys that are public or wrapped, and states. An account_id of the
// escrow's key is NULL; one key of an account, and one escrow, is in force at a time.
constexpr std::string_view reports_under_seal = R"sql(
CREATE TABLE accusation_handler (
  region_id  BIGINT NOT NULL,
  account_id BLOB   NOT NULL,
  named_by   BLOB   NOT NULL,
  named_at   BIGINT NOT NULL,
  PRIMARY KEY (region_id, account_id)
);

CREATE TABLE accusation_key (
  region_id   BIGINT NOT NULL,
  key_id      BLOB   NOT NULL,
  account_id  BLOB,
  public_key  BLOB   NOT NULL,
  salt        BLOB,
  wrapped     BLOB,
  made_at     BIGINT NOT NULL,
  retired_at  BIGINT,
  wrong_tries BIGINT NOT NULL DEFAULT 0,
  wait_until  BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (region_id, key_id)
);
CREATE INDEX accusation_key_by_account ON accusation_key(region_id, account_id);

CREATE TABLE accusation (
  region_id    BIGINT NOT NULL,
  case_id      BLOB   NOT NULL,
  state        TEXT   NOT NULL,
  received_at  BIGINT NOT NULL,
  changed_at   BIGINT NOT NULL,
  closed_at    BIGINT,
  code_index   BLOB,
  reporter_key BLOB,
  reporter_box BLOB,
  inbox_key    BLOB   NOT NULL,
  unread       BIGINT NOT NULL DEFAULT 1,
  PRIMARY KEY (region_id, case_id)
);
CREATE UNIQUE INDEX accusation_by_code ON accusation(region_id, code_index);
CREATE INDEX accusation_by_closed ON accusation(region_id, closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE accusation_box (
  region_id BIGINT NOT NULL,
  key_id    BLOB   NOT NULL,
  case_id   BLOB   NOT NULL,
  box       BLOB   NOT NULL,
  PRIMARY KEY (region_id, key_id, case_id)
);
CREATE INDEX accusation_box_by_case ON accusation_box(region_id, case_id);

CREATE TABLE accusation_content (
  region_id  BIGINT NOT NULL,
  case_id    BLOB   NOT NULL,
  content_id BLOB   NOT NULL,
  piece      BIGINT NOT NULL,
  kind       TEXT   NOT NULL,
  token_hash BLOB,
  sealed     BLOB   NOT NULL,
  PRIMARY KEY (region_id, case_id, content_id, piece)
);
)sql";

// What was said before there was a seal is looked for again and again, and is seldom there.
constexpr std::string_view held_before = R"sql(
CREATE INDEX case_under_accusation ON case_file(region_id, case_id) WHERE track = 'accusation';
)sql";

constexpr Migration steps[] = {
    {1136, "1136_reports_under_seal", reports_under_seal},
    {1137, "1137_held_before", held_before},
};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::accusations
