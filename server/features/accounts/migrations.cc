#include "features/accounts/accounts.h"

namespace minhu::accounts {

namespace {

constexpr Migration steps[] = {
    {201, "0201_accounts", R"sql(
CREATE TABLE account (
  region_id     BIGINT NOT NULL,
  account_id    BLOB   NOT NULL,
  login         TEXT   NOT NULL,
  display_name  TEXT   NOT NULL,
  role          TEXT   NOT NULL,
  unit_id       BLOB,
  password_hash TEXT   NOT NULL,
  created_at    BIGINT NOT NULL,
  disabled_at   BIGINT,
  PRIMARY KEY (region_id, account_id)
);
CREATE UNIQUE INDEX account_by_login ON account(region_id, login);

CREATE TABLE session (
  region_id    BIGINT NOT NULL,
  token_hash   BLOB   NOT NULL,
  account_id   BLOB   NOT NULL,
  opened_at    BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  PRIMARY KEY (region_id, token_hash)
);
CREATE INDEX session_by_account ON session(region_id, account_id);
)sql"},
    // Sessions from before are half open: whoever has one enrols.
    {210, "0210_second_factor", R"sql(
ALTER TABLE session ADD COLUMN full_at BIGINT;
ALTER TABLE session ADD COLUMN acting_for BLOB;

CREATE TABLE second_factor (
  region_id     BIGINT NOT NULL,
  account_id    BLOB   NOT NULL,
  sealed_secret BLOB   NOT NULL,
  confirmed_at  BIGINT,
  last_step     BIGINT NOT NULL,
  wrong_codes   BIGINT NOT NULL,
  wait_until    BIGINT NOT NULL,
  PRIMARY KEY (region_id, account_id)
);

CREATE TABLE recovery_code (
  region_id  BIGINT NOT NULL,
  account_id BLOB   NOT NULL,
  code_hash  BLOB   NOT NULL,
  PRIMARY KEY (region_id, account_id, code_hash)
);
)sql"},
    {211, "0211_invitations_and_account_log", R"sql(
CREATE TABLE invitation (
  region_id  BIGINT NOT NULL,
  token_hash BLOB   NOT NULL,
  account_id BLOB   NOT NULL,
  first      BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (region_id, token_hash)
);
CREATE INDEX invitation_by_account ON invitation(region_id, account_id);

CREATE TABLE account_event (
  region_id     BIGINT NOT NULL,
  event_id      BLOB   NOT NULL,
  happened_at   BIGINT NOT NULL,
  act           TEXT   NOT NULL,
  by_account    BLOB,
  about_account BLOB,
  detail        TEXT   NOT NULL,
  reason        TEXT   NOT NULL,
  PRIMARY KEY (region_id, event_id)
);
)sql"},
    {212, "0212_delegations", R"sql(
CREATE TABLE delegation (
  region_id     BIGINT NOT NULL,
  delegation_id BLOB   NOT NULL,
  from_account  BLOB   NOT NULL,
  to_account    BLOB   NOT NULL,
  role          TEXT   NOT NULL,
  unit_id       BLOB   NOT NULL,
  starts_at     BIGINT NOT NULL,
  ends_at       BIGINT NOT NULL,
  PRIMARY KEY (region_id, delegation_id)
);
CREATE INDEX delegation_by_giver ON delegation(region_id, from_account, ends_at);
CREATE INDEX delegation_by_holder ON delegation(region_id, to_account, ends_at);
)sql"},
    {213, "0213_unlock_passphrases", R"sql(
CREATE TABLE unlock_passphrase (
  region_id       BIGINT NOT NULL,
  account_id      BLOB   NOT NULL,
  passphrase_hash TEXT   NOT NULL,
  set_at          BIGINT NOT NULL,
  wrong_tries     BIGINT NOT NULL,
  wait_until      BIGINT NOT NULL,
  PRIMARY KEY (region_id, account_id)
);
)sql"},
    {214, "0214_openid_links", R"sql(
CREATE TABLE openid_link (
  region_id    BIGINT NOT NULL,
  subject_hash BLOB   NOT NULL,
  account_id   BLOB   NOT NULL,
  linked_at    BIGINT NOT NULL,
  PRIMARY KEY (region_id, subject_hash)
);
CREATE INDEX openid_link_by_account ON openid_link(region_id, account_id);
)sql"},
    // Who leads what, and who is close to whom: rows get an end, they are never removed.
    {1151, "1151_leaders_and_interests", R"sql(
CREATE TABLE unit_leader (
  region_id     BIGINT NOT NULL,
  leadership_id BLOB   NOT NULL,
  unit_id       BLOB   NOT NULL,
  account_id    BLOB   NOT NULL,
  since         BIGINT NOT NULL,
  until         BIGINT NOT NULL,
  PRIMARY KEY (region_id, leadership_id)
);
CREATE INDEX unit_leader_by_unit ON unit_leader(region_id, unit_id, until);
CREATE INDEX unit_leader_by_account ON unit_leader(region_id, account_id, until);
CREATE INDEX account_by_unit ON account(region_id, unit_id, role);

CREATE TABLE interest (
  region_id   BIGINT NOT NULL,
  interest_id BLOB   NOT NULL,
  account_id  BLOB   NOT NULL,
  unit_id     BLOB,
  person_id   BLOB,
  tie         TEXT   NOT NULL,
  declared_by BLOB   NOT NULL,
  declared_at BIGINT NOT NULL,
  ended_at    BIGINT NOT NULL,
  ended_by    BLOB,
  PRIMARY KEY (region_id, interest_id)
);
CREATE INDEX interest_by_account ON interest(region_id, account_id, ended_at);
)sql"},
    // Why, beside who and when: whoever reads a register later need not look into the account log,
    // whose lines go after three years. Empty in rows of before.
    {1154, "1154_ties_with_reasons", R"sql(
ALTER TABLE interest ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE interest ADD COLUMN ended_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE unit_leader ADD COLUMN appointed_by BLOB;
ALTER TABLE unit_leader ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE unit_leader ADD COLUMN ended_by BLOB;
ALTER TABLE unit_leader ADD COLUMN ended_reason TEXT NOT NULL DEFAULT '';
)sql"},
    // For the register of all that stand now.
    {1155, "1155_delegations_by_end", R"sql(
CREATE INDEX delegation_by_end ON delegation(region_id, ends_at, delegation_id);
)sql"},
};

}  // namespace

std::span<const Migration> migrations() {
  return steps;
}

}  // namespace minhu::accounts
