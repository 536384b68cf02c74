#include "features/accusations/look_after.h"

#include "features/accusations/opening.h"
#include "features/cases/sealed_reports.h"

namespace minhu::accusations {

namespace {

struct Held {
  ReportRow row;
  Secret report_key;
};

tl::unexpected<Fault> wrong() {
  return fail(FaultCode::unauthenticated, "accusations.wrong_code", "code");
}

// The same work whether or not there is a report: Argon2id, one look-up, one box.
Result<Held> held_by(const Ground& ground, const Sealed<std::string>& code) {
  MINHU_TRY(const ReporterKeys keys, keys_of_code(ground, code));
  const auto found = ground.installation.database.read(
      [&](Reading& reading) { return find_by_index(reading, ground.region(), keys.index); });
  const Bytes box =
      found ? found->box : seal_to(keys.pair.public_key, BytesView(keys.pair.public_key));
  auto report_key = open_box(keys.pair, box);
  if (!found || !report_key) return wrong();
  return Held{found->row, std::move(*report_key)};
}

Conversation conversation_of(Reading& reading, const Ground& ground, const Held& held) {
  OpenReport open = open_report(reading, ground.region(), held.report_key, held.row.id);
  return {held.row.state, held.row.received_at, std::move(open.letter), std::move(open.messages)};
}

}  // namespace

Result<Conversation> look_after(const Ground& ground, const Sealed<std::string>& code) {
  MINHU_TRY(const Held held, held_by(ground, code));
  return ground.installation.database.read(
      [&](Reading& reading) { return conversation_of(reading, ground, held); });
}

Result<Conversation> say_more(const Ground& ground, const Sealed<std::string>& code, More more) {
  MINHU_TRY(Held held, held_by(ground, code));
  MINHU_TRY(std::string words, words_of(more.words));
  const auto token_hash =
      cases::hash_of_token(ground.installation.keyring, "accusation", more.token);
  Message message;
  message.from = Message::From::reporter;
  message.words = std::move(words);
  const SealedPiece piece = seal_message(ground, held.report_key, held.row.id, std::move(message));
  return ground.installation.database.write([&](Transaction& transaction) -> Result<Conversation> {
    const auto row = load_row(transaction, ground.region(), held.row.id);
    if (!row) return wrong();
    held.row = *row;
    if (!said_before(transaction, ground.region(), row->id, token_hash)) {
      if (is_closed(row->state)) return fail(FaultCode::conflict, "accusations.closed");
      insert_piece(transaction, ground.region(), row->id, piece, &token_hash);
      held.row.unread = true;
      held.row.changed_at = to_the_hour(ground.now());
      save_row(transaction, ground.region(), held.row);
      MINHU_CHECK_OK(cases::note_sealed_step(
          transaction, ground.installation.as({accounts::Role::speaker, {}, {}}), row->id, "added",
          {{"digest", to_hex(sha256(piece.sealed))}}));
    }
    return conversation_of(transaction, ground, held);
  });
}

}  // namespace minhu::accusations
