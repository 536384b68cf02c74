#include "features/cases/notices.h"

#include "features/cases/content.h"
#include "features/cases/said.h"
#include "features/cases/store.h"
#include "features/cases/telephone.h"
#include "kernel/enum_names.h"

namespace minhu::cases {

namespace {

constexpr std::int64_t longest_news_ms = std::int64_t{7} * 24 * 3'600'000;

std::optional<Occasion> told_about(EventKind kind) {
  switch (kind) {
    case EventKind::answered:
    case EventKind::answered_on_spot:
    case EventKind::review_answered:
    case EventKind::recheck_answered:
      return Occasion::answer;

    case EventKind::still_solved_asked:
      return Occasion::question;

    case EventKind::accepted:  // and its notice, where the law asks for one
    case EventKind::noticed:
    case EventKind::not_accepted:
    case EventKind::sent_to_legal_road:
    case EventKind::sent_to_emergency:
    case EventKind::closed_to_repeat:
    case EventKind::hearing_opened:
    case EventKind::mediation_started:
    case EventKind::settled:
    case EventKind::parked:
    case EventKind::extended:
    case EventKind::progress_told:
    case EventKind::reopened:
    case EventKind::closed:
    case EventKind::concluded:
    case EventKind::voided:
    case EventKind::reopening_declined:
      return Occasion::news;

    case EventKind::received:
    case EventKind::triaged:
    case EventKind::merged:
    case EventKind::held:
    case EventKind::transferred:
    case EventKind::assigned:
    case EventKind::dispatched:
    case EventKind::signed_in:
    case EventKind::objected:
    case EventKind::objection_upheld:
    case EventKind::objection_refused:
    case EventKind::escalated_to_joint_conference:
    case EventKind::co_handler_added:
    case EventKind::hearing_held:
    case EventKind::mediation_ended:
    case EventKind::unparked:
    case EventKind::extension_requested:
    case EventKind::extension_refused:
    case EventKind::feedback_given:
    case EventKind::taken_back:
    case EventKind::sent_back:  // the answer that follows is told
    case EventKind::callback_attempted:
    case EventKind::callback_done:
    case EventKind::rated:
    case EventKind::review_requested:
    case EventKind::recheck_requested:
    case EventKind::withdrawn:
    case EventKind::supplemented:
    case EventKind::urged:
    case EventKind::urgent_reported:
    case EventKind::supervised:
    case EventKind::supervision_answered:
    case EventKind::recommended:
    case EventKind::recommendation_answered:
    case EventKind::noted:
    case EventKind::clock_recomputed:
    case EventKind::receipt_activated:
    case EventKind::receipt_revoked:
    case EventKind::identity_revealed:
    case EventKind::transcribed:
    case EventKind::erased:
    case EventKind::still_solved_told:
    case EventKind::still_solved_called:
    case EventKind::still_solved_unanswered:
    case EventKind::reminded:
    case EventKind::name_asked_for:
    case EventKind::name_granted:
    case EventKind::name_refused:
    case EventKind::identity_raised:
    case EventKind::kept_away:
    case EventKind::handed_up:
    case EventKind::recusal_asked:
    case EventKind::recused:
    case EventKind::recusal_declined:
    case EventKind::sealed_step:
    case EventKind::contact_changed:
      return std::nullopt;
  }
  return std::nullopt;
}

bool sealed_off(const CaseFile& file) {
  return file.track == Track::accusation || file.state == State::held;
}

}  // namespace

MINHU_ENUM_NAMES(Occasion, question, "answer", "news", "question")

std::optional<Occasion> occasion_named(std::string_view text) noexcept {
  return Occasion_names.named(text);
}

std::optional<Occasion> occasion_of(const CaseFile& file, const Event& event) {
  const bool nobody = file.contact.empty() || file.erased || sealed_off(file);
  const bool by_themselves = event.actor.role == accounts::Role::speaker;
  const bool old = event.recorded_at.unix_ms - event.happened_at.unix_ms > longest_news_ms;
  if (nobody || by_themselves || old) return std::nullopt;
  return told_about(event.kind);
}

void remember_notice(Transaction& transaction, const Context& context, const CaseFile& file,
                     const Event& event) {
  const auto occasion = occasion_of(file, event);
  if (!occasion) return;
  const auto id = context.entropy.id<NoticeId>(context.now);
  transaction.execute(
      "INSERT INTO pending_notice(region_id, notice_id, case_id, seq, occasion, made_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      {param(context.county.region), param(id), param(file.id), event.seq, name(*occasion),
       param(context.now)});
}

std::vector<PendingNotice> pending_notices(Reading& reading, RegionId region, std::int64_t most) {
  return reading.all(
      "SELECT notice_id, case_id, occasion, made_at FROM pending_notice WHERE region_id = ?1 "
      "ORDER BY notice_id LIMIT ?2",
      {param(region), most}, [](const Row& row) {
        return PendingNotice{row.id<NoticeId>(0), row.id<CaseId>(1),
                             occasion_named(row.text(2)).value_or(Occasion::news), row.instant(3)};
      });
}

void remove_notice(Transaction& transaction, RegionId region, NoticeId id) {
  transaction.execute("DELETE FROM pending_notice WHERE region_id = ?1 AND notice_id = ?2",
                      {param(region), param(id)});
}

Result<NoticeAddress> address_for_notice(Reading& reading, const Context& context, CaseId id) {
  const RegionId region = context.county.region;
  if (context.actor.role != accounts::Role::system) {
    return fail(FaultCode::not_allowed, "cases.identity_sealed");
  }
  const auto file = load_file(reading, region, id);
  if (!file) return fail(FaultCode::not_found, "cases.not_found");
  if (sealed_off(*file)) return fail(FaultCode::not_allowed, "cases.identity_sealed");
  if (file->erased) return fail(FaultCode::gone, "cases.erased");
  const auto none = fail(FaultCode::not_found, "cases.no_contact");
  if (file->contact.empty()) return none;
  MINHU_TRY(const CaseKey key, load_case_key(reading, region, id, context.keyring));
  MINHU_TRY(const Bytes sealed, read_content(reading, region, key, file->contact));
  const Contact contact = contact_of(to_text(sealed));
  const bool by_phone = contact.way == "sms" || contact.way == "voice";
  const bool by_address = contact.way == "mail" || contact.way == "paper";
  std::string address = by_phone ? contact.phone : contact.address;
  // A gateway takes digits, whatever a clerk put between them.
  if (std::string digits = by_phone ? digits_of_telephone(address) : ""; !digits.empty()) {
    address = std::move(digits);
  }
  if (!(by_phone || by_address) || address.empty()) return none;
  return NoticeAddress{contact.way, Sealed<std::string>(std::move(address)), contact.language};
}

}  // namespace minhu::cases
