#include "features/accusations/handle.h"

#include <algorithm>

#include "features/accounts/accounts.h"
#include "features/accounts/gate.h"
#include "features/accusations/accused.h"
#include "features/accusations/opening.h"
#include "features/cases/sealed_reports.h"
#include "features/cases/store.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/utf8.h"

namespace minhu::accusations {

namespace {

tl::unexpected<Fault> not_there() {
  return fail(FaultCode::not_found, "accusations.not_found");
}

struct Held {
  ReportRow row;
  Secret report_key;
};

Result<Held> held_by(const Ground& ground, const accounts::Principal& actor, cases::CaseId id,
                     const Sealed<std::string>& passphrase) {
  MINHU_TRY(const Unlocked unlocked, unlock(ground, actor, passphrase));
  struct Found {
    std::optional<ReportRow> row;
    std::optional<Bytes> box;
  };
  const Found found = ground.installation.database.read([&](Reading& reading) {
    // It may turn out later whom a register ties to those whom it accuses.
    if (is_kept_from(reading, ground, actor, id)) return Found{};
    return Found{load_row(reading, ground.region(), id),
                 box_for(reading, ground.region(), id, unlocked.key)};
  });
  if (!found.row || !found.box) return not_there();
  auto report_key = open_box(unlocked.pair, *found.box);
  if (!report_key) throw StorageFailure("a box has been changed outside the program");
  return Held{*found.row, std::move(*report_key)};
}

Listed listed_of(const ReportRow& row) {
  return {row.id, row.state, row.received_at, row.unread};
}

Outcome note(Transaction& transaction, const Ground& ground, const accounts::Principal& actor,
             cases::CaseId id, std::string_view what, cases::Facts facts = {}) {
  return cases::note_sealed_step(transaction, ground.installation.as(actor), id, what,
                                 std::move(facts));
}

std::string unit_of(const Ground& ground, const accounts::Principal& actor) {
  const auto unit = ground.installation.database.read([&](Reading& reading) {
    return places_and_units::find_unit(reading, ground.region(), actor.unit);
  });
  return unit ? unit->name : std::string();
}

Message message_from(const Ground& ground, const accounts::Principal& actor, std::string words,
                     std::string_view decision) {
  Message message;
  message.from = Message::From::handler;
  message.unit = unit_of(ground, actor);
  message.words = std::move(words);
  message.decision = decision;
  return message;
}

bool may_follow(State now, State next) {
  if (is_closed(now) || next == now) return false;
  return next == State::accepted || is_closed(next);
}

// Writes the message and the step in one.
Outcome say(const Ground& ground, const accounts::Principal& actor, const Held& held,
            const SealedPiece& piece, std::string_view what, cases::Facts facts,
            const std::function<Outcome(ReportRow&)>& change, const Digest* token_hash = nullptr) {
  return ground.installation.database.write_job([&](Transaction& transaction) -> Outcome {
    auto row = load_row(transaction, ground.region(), held.row.id);
    if (!row) return not_there();
    MINHU_CHECK_OK(change(*row));
    row->changed_at = to_the_hour(ground.now());
    save_row(transaction, ground.region(), *row);
    insert_piece(transaction, ground.region(), row->id, piece, token_hash);
    facts["digest"] = to_hex(sha256(piece.sealed));
    return note(transaction, ground, actor, row->id, what, facts);
  });
}

// Steps of the case and, the same words, of the conversation.
namespace steps {
constexpr std::string_view asked = "name_asked";
constexpr std::string_view agreed = "name_agreed";
constexpr std::string_view declined = "name_declined";
constexpr std::string_view opened = "name_opened";
}  // namespace steps

Result<Sealed<Identity>> identity_in(const Ground& ground, const Held& held) {
  return ground.installation.database.read([&](Reading& reading) -> Result<Sealed<Identity>> {
    for (const PieceInfo& piece : list_pieces(reading, ground.region(), held.row.id)) {
      if (piece.kind != name(Kind::identity)) continue;
      auto bytes = read_piece(reading, ground.region(), held.report_key, held.row.id,
                              Kind::identity, piece.id);
      if (!bytes) continue;
      Sealed identity(identity_of(to_text(*bytes)));
      wipe(*bytes);
      return identity;
    }
    return fail(FaultCode::not_found, "accusations.no_identity");
  });
}

// What the reporter was told when it was asked for.
std::string last_reason(const Ground& ground, const Held& held) {
  const OpenReport open = ground.installation.database.read([&](Reading& reading) {
    return open_report(reading, ground.region(), held.report_key, held.row.id);
  });
  std::string reason;
  for (const Message& message : open.messages) {
    if (message.decision == steps::asked) reason = message.words;
  }
  return reason;
}

// Looked at in the transaction that writes: two who decide at once are told apart.
Outcome step_of_name(const Ground& ground, const accounts::Principal& actor, const Held& held,
                     const SealedPiece& piece, std::string_view what,
                     const std::function<Outcome(const NameAsked&)>& allowed) {
  return ground.installation.database.write_job([&](Transaction& transaction) -> Outcome {
    auto row = load_row(transaction, ground.region(), held.row.id);
    if (!row) return not_there();
    const auto history = cases::load_events(transaction, ground.region(), row->id);
    MINHU_CHECK_OK(allowed(name_asked(history, ground.now())));
    row->changed_at = to_the_hour(ground.now());
    save_row(transaction, ground.region(), *row);
    insert_piece(transaction, ground.region(), row->id, piece, nullptr);
    return note(transaction, ground, actor, row->id, what,
                {{"digest", to_hex(sha256(piece.sealed))}});
  });
}

}  // namespace

Desk desk_of(Reading& reading, const Ground& ground, const accounts::Principal& actor) {
  Desk desk;
  desk.named = is_handler(reading, ground, actor);
  if (!desk.named) return desk;
  const auto key = reading.first(
      "SELECT key_id, made_at FROM accusation_key "
      "WHERE region_id = ?1 AND account_id = ?2 AND retired_at IS NULL",
      {param(ground.region()), param(actor.account)},
      [](const Row& row) { return std::pair(row.id<KeyId>(0), row.instant(1)); });
  if (!key) return desk;
  desk.key_made_at = key->second;
  for (const ReportRow& row : rows_for(reading, ground.region(), key->first)) {
    if (is_kept_from(reading, ground, actor, row.id)) continue;
    desk.reports.push_back(listed_of(row));
  }
  return desk;
}

Result<Opened> open_for(const Ground& ground, const accounts::Principal& actor, cases::CaseId id,
                        const Sealed<std::string>& passphrase) {
  MINHU_TRY(const Held held, held_by(ground, actor, id, passphrase));
  return ground.installation.database.write([&](Transaction& transaction) -> Result<Opened> {
    auto row = load_row(transaction, ground.region(), id);
    if (!row) return not_there();
    OpenReport open = open_report(transaction, ground.region(), held.report_key, id);
    row->unread = false;
    if (row->state == State::received) row->state = State::opened;
    save_row(transaction, ground.region(), *row);
    MINHU_CHECK_OK(note(transaction, ground, actor, id, "opened"));
    const auto history = cases::load_events(transaction, ground.region(), id);
    Opened opened{listed_of(*row),
                  std::move(open.letter),
                  std::move(open.messages),
                  {},
                  name_asked(history, ground.now())};
    const auto keys = keys_in_force(transaction, ground);
    for (Handler& handler : handlers(transaction, ground)) {
      const bool holds = std::any_of(keys.begin(), keys.end(), [&](const PublicKey& key) {
        return key.account == handler.account &&
               box_for(transaction, ground.region(), id, key.key).has_value();
      });
      if (holds) opened.holders.push_back(std::move(handler));
    }
    return opened;
  });
}

std::string_view name(NameState state) noexcept {
  constexpr std::string_view names[] = {"nobody_asks", "waiting", "agreed"};
  return names[static_cast<std::size_t>(state)];
}

NameAsked name_asked(std::span<const cases::Event> history, Instant now) {
  constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;
  NameAsked asked;
  for (const cases::Event& event : history) {
    const std::string_view what = event.fact("what");
    if (what == steps::asked) asked = {NameState::waiting, event.actor.account, {}};
    if (what == steps::agreed) {
      asked.state = NameState::agreed;
      asked.agreed_at = event.recorded_at;
    }
    if (what == steps::declined || what == steps::opened) asked = {};
  }
  if (asked.agreed_at && asked.agreed_at->unix_ms + day_ms < now.unix_ms) return {};
  return asked;
}

Outcome ask_for_identity(const Ground& ground, const accounts::Principal& actor, cases::CaseId id,
                         const Sealed<std::string>& passphrase, std::string_view reason) {
  MINHU_TRY(std::string why, clean_text(reason));
  if (why.empty()) return fail(FaultCode::invalid_input, "cases.reason_missing", "reason");
  MINHU_TRY(why, words_of(why));
  MINHU_TRY(const Held held, held_by(ground, actor, id, passphrase));
  MINHU_CHECK_OK(identity_in(ground, held));
  const SealedPiece piece = seal_message(ground, held.report_key, id,
                                         message_from(ground, actor, std::move(why), steps::asked));
  return step_of_name(ground, actor, held, piece, steps::asked,
                      [](const NameAsked& now) -> Outcome {
                        if (now.state == NameState::nobody_asks) return {};
                        return fail(FaultCode::conflict, "accusations.name_already_asked");
                      });
}

Outcome decide_on_identity(const Ground& ground, const accounts::Principal& actor, cases::CaseId id,
                           const Sealed<std::string>& passphrase, bool agreed) {
  MINHU_TRY(const Held held, held_by(ground, actor, id, passphrase));
  const std::string_view step = agreed ? steps::agreed : steps::declined;
  const SealedPiece piece =
      seal_message(ground, held.report_key, id, message_from(ground, actor, {}, step));
  return step_of_name(ground, actor, held, piece, step, [&](const NameAsked& now) -> Outcome {
    if (now.state != NameState::waiting) {
      return fail(FaultCode::conflict, "accusations.name_not_asked");
    }
    if (now.by == actor.account) return fail(FaultCode::conflict, "seal.same_person");
    return {};
  });
}

Result<Sealed<Identity>> open_identity(const Ground& ground, const accounts::Principal& actor,
                                       cases::CaseId id, const Sealed<std::string>& passphrase) {
  MINHU_TRY(const Held held, held_by(ground, actor, id, passphrase));
  MINHU_TRY(Sealed<Identity> identity, identity_in(ground, held));
  const SealedPiece piece =
      seal_message(ground, held.report_key, id,
                   message_from(ground, actor, last_reason(ground, held), steps::opened));
  MINHU_CHECK_OK(
      step_of_name(ground, actor, held, piece, steps::opened, [&](const NameAsked& now) -> Outcome {
        if (now.state == NameState::agreed && now.by == actor.account) {
          return {};
        }
        return fail(FaultCode::conflict, "accusations.name_not_agreed");
      }));
  return identity;
}

Result<OpenedFile> open_file(const Ground& ground, const accounts::Principal& actor,
                             cases::CaseId id, SealedId file,
                             const Sealed<std::string>& passphrase) {
  MINHU_TRY(const Held held, held_by(ground, actor, id, passphrase));
  const OpenReport open = ground.installation.database.read(
      [&](Reading& reading) { return open_report(reading, ground.region(), held.report_key, id); });
  const auto& files = open.letter.files;
  const auto entry = std::find_if(files.begin(), files.end(), [&](const LetterFile& one) {
    return one.id == file || (!file.empty() && one.original == file);
  });
  if (entry == files.end()) return not_there();
  const bool original = entry->id != file;
  if (original) {
    MINHU_CHECK_OK(ground.installation.database.write_job([&](Transaction& transaction) -> Outcome {
      return note(transaction, ground, actor, id, "original_opened");
    }));
  }
  auto bytes = ground.installation.database.read([&](Reading& reading) {
    const auto pieces = list_pieces(reading, ground.region(), id);
    const bool late = std::any_of(pieces.begin(), pieces.end(), [&](const PieceInfo& piece) {
      return piece.id == file && piece.kind == name(Kind::late_file);
    });
    return read_piece(reading, ground.region(), held.report_key, id,
                      late ? Kind::late_file : Kind::file, file);
  });
  if (!bytes) return tl::unexpected(std::move(bytes).error());
  return OpenedFile{original ? entry->original_type : entry->media_type, std::move(*bytes)};
}

Outcome answer(const Ground& ground, const accounts::Principal& actor, cases::CaseId id,
               const Sealed<std::string>& passphrase, const Answer& answer) {
  MINHU_TRY(std::string words, words_of(answer.words));
  MINHU_TRY(const Held held, held_by(ground, actor, id, passphrase));
  const std::string_view decision = answer.decision ? name(*answer.decision) : std::string_view();
  const SealedPiece piece = seal_message(ground, held.report_key, id,
                                         message_from(ground, actor, std::move(words), decision));
  cases::Facts facts;
  if (answer.decision) facts["decision"] = decision;
  return say(ground, actor, held, piece, answer.decision ? "decided" : "answered", facts,
             [&](ReportRow& row) -> Outcome {
               if (!answer.decision) return {};
               if (!may_follow(row.state, *answer.decision)) {
                 return fail(FaultCode::conflict, "accusations.decision_not_open", "decision");
               }
               row.state = *answer.decision;
               if (is_closed(row.state)) row.closed_at = to_the_hour(ground.now());
               return {};
             });
}

Outcome share(const Ground& ground, const accounts::Principal& actor, cases::CaseId id,
              const Sealed<std::string>& passphrase, accounts::AccountId with) {
  MINHU_TRY(const Held held, held_by(ground, actor, id, passphrase));
  return ground.installation.database.write_job([&](Transaction& transaction) -> Outcome {
    const OpenReport open = open_report(transaction, ground.region(), held.report_key, id);
    const auto& kept_from = open.letter.kept_from;
    const auto account = accounts::find_account(transaction, ground.region(), with);
    const bool accused = account && is_kept_from(transaction, ground, account->principal, id);
    if (accused || std::find(kept_from.begin(), kept_from.end(), with.text()) != kept_from.end()) {
      return fail(FaultCode::not_allowed, "accusations.kept_from", "with");
    }
    const auto keys = keys_in_force(transaction, ground);
    const auto key = std::find_if(keys.begin(), keys.end(), [&](const PublicKey& one) {
      return !with.empty() && one.account == with;
    });
    if (key == keys.end()) return fail(FaultCode::not_found, "accusations.no_such_handler");
    insert_box(transaction, ground.region(), id, *key, held.report_key);
    return note(transaction, ground, actor, id, "shared", {{"with", with.text()}});
  });
}

Outcome make_complaint(const Ground& ground, const accounts::Principal& actor, cases::CaseId id,
                       const Sealed<std::string>& passphrase, const Complaint& complaint) {
  MINHU_TRY(const Held held, held_by(ground, actor, id, passphrase));
  // As if somebody had brought it by the pages: the office that gets it finds no handler in it.
  const cases::Context anyone = ground.installation.as({accounts::Role::anyone, {}, {}});
  cases::Words words;
  words.token = complaint.token;
  words.track = ground.installation.county.default_track;
  words.text = complaint.words;
  words.place = complaint.place;
  MINHU_TRY(const cases::PreparedWordsPtr prepared, cases::prepare(anyone, std::move(words)));
  const auto token_hash =
      cases::hash_of_token(ground.installation.keyring, "accusation", complaint.token);
  return ground.installation.database.write_job([&](Transaction& transaction) -> Outcome {
    auto row = load_row(transaction, ground.region(), id);
    if (!row) return not_there();
    if (said_before(transaction, ground.region(), id, token_hash)) return {};
    if (is_closed(row->state)) return fail(FaultCode::conflict, "accusations.closed");
    MINHU_TRY(const cases::Receipt receipt, cases::receive(transaction, anyone, *prepared));
    Message message;
    message.from = Message::From::handler;
    message.decision = "complaint_made";
    message.words = cases::show_number(receipt.number) + " / " +
                    cases::show_query_code(receipt.query_code.reveal_because(
                        "it goes to the reporter under their own seal"));
    const SealedPiece piece = seal_message(ground, held.report_key, id, std::move(message));
    insert_piece(transaction, ground.region(), id, piece, &token_hash);
    row->changed_at = to_the_hour(ground.now());
    save_row(transaction, ground.region(), *row);
    return note(transaction, ground, actor, id, "complaint_made");
  });
}

}  // namespace minhu::accusations
