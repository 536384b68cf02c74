#include "adapters/outbound/mail.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <map>

#include "adapters/outbound/curl_call.h"
#include "kernel/bytes.h"
#include "kernel/utf8.h"

namespace minhu::outbound {

namespace {

tl::unexpected<Fault> bad(std::string reason) {
  return fail(FaultCode::invalid_input, "outbound.bad_settings", std::string(),
              std::map<std::string, std::string>{{"reason", std::move(reason)}});
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_host(std::string_view text) {
  return !text.empty() && text.size() <= 253 && text.front() != '-' && text.front() != '.' &&
         text.back() != '.' && text.find("..") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.'; });
}

// Thu, 26 Nov 2026 07:42:00 +0000
std::string rfc5322_date(Instant now) {
  using namespace std::chrono;
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const CivilTime time = to_civil(now, FixedZone{minutes(0)});
  const year_month_day day(time.date);
  const hh_mm_ss clock(floor<seconds>(time.since_midnight));
  const auto two = [](auto number) {
    const std::string digits = std::to_string(number);
    return digits.size() < 2 ? "0" + digits : digits;
  };
  return std::string(days[weekday(time.date).c_encoding()]) + ", " +
         two(static_cast<unsigned>(day.day())) + " " +
         months[static_cast<unsigned>(day.month()) - 1] + " " +
         std::to_string(static_cast<int>(day.year())) + " " + two(clock.hours().count()) + ":" +
         two(clock.minutes().count()) + ":" + two(clock.seconds().count()) + " +0000";
}

// RFC 2047: words of at most 75 characters, none cut inside a character.
std::string encoded_words(std::string_view text) {
  constexpr std::size_t characters_a_word = 10;
  std::string out;
  while (!text.empty()) {
    const std::string_view word = first_code_points(text, characters_a_word);
    text.remove_prefix(word.size());
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + to_base64(as_bytes(word)) + "?=";
  }
  return out;
}

std::string base64_lines(std::string_view text) {
  constexpr std::size_t longest_line = 76;
  const std::string all = to_base64(as_bytes(text));
  std::string out;
  for (std::size_t at = 0; at < all.size(); at += longest_line) {
    out += all.substr(at, longest_line) + "\r\n";
  }
  return out;
}

// The text on its way to the server, and how far the exchange had come when it ended.
struct Exchange {
  std::string_view left;
  bool addressee_named = false;
};

std::size_t give(char* buffer, std::size_t size, std::size_t count, void* exchange) {
  std::string_view& left = static_cast<Exchange*>(exchange)->left;
  const std::size_t given = std::min(size * count, left.size());
  std::memcpy(buffer, left.data(), given);
  left.remove_prefix(given);
  return given;
}

// libcurl says that something was refused, not what: the commands it sent tell. Nothing of them is
// kept.
int watch(CURL*, curl_infotype kind, char* data, std::size_t size, void* exchange) {
  if (kind == CURLINFO_HEADER_OUT && std::string_view(data, size).starts_with("RCPT TO")) {
    static_cast<Exchange*>(exchange)->addressee_named = true;
  }
  return 0;
}

}  // namespace

bool is_mail_address(std::string_view text) noexcept {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at > 64) return false;
  const std::string_view local = text.substr(0, at);
  constexpr std::string_view others = ".!#$%&'*+/=?^_`{|}~-";
  return std::all_of(
             local.begin(), local.end(),
             [&](char c) { return is_letter_or_digit(c) || others.find(c) != others.npos; }) &&
         local.front() != '.' && local.front() != '-' && local.back() != '.' &&
         local.find("..") == std::string_view::npos && is_host(text.substr(at + 1));
}

std::string mail_text(const OutboundMessage& message, std::string_view from, std::string_view to,
                      Instant now) {
  const auto domain = from.substr(from.find('@') + 1);
  std::string text;
  const auto line = [&](std::string_view name, const std::string& value) {
    text += std::string(name) + ": " + value + "\r\n";
  };
  line("Date", rfc5322_date(now));
  line("From", "<" + std::string(from) + ">");
  line("To", "<" + std::string(to) + ">");
  line("Subject", encoded_words(message.title));
  line("Message-ID", "<" + message.id + "@" + std::string(domain) + ">");
  line("Auto-Submitted", "auto-generated");
  line("MIME-Version", "1.0");
  line("Content-Type", "text/plain; charset=utf-8");
  line("Content-Transfer-Encoding", "base64");
  return text + "\r\n" + base64_lines(message.text);
}

Result<Mail> Mail::make(MailSettings settings, const Clock& clock) {
  if (!is_host(settings.server)) return bad("the mail server is not the name of a machine");
  if (!is_mail_address(settings.from)) return bad("the sender is not a mail address");
  // A password or an address never crosses a network in the clear.
  AllowedMachines machines = settings.security == MailSecurity::none
                                 ? AllowedMachines::loopback()
                                 : AllowedMachines::among(settings.networks);
  return Mail(std::move(settings), std::move(machines), clock);
}

Outcome Mail::send(const OutboundMessage& message) {
  const std::string& to = message.address.reveal_because("the mail goes there");
  if (!is_mail_address(to)) return fail(FaultCode::invalid_input, "outbound.bad_address");
  if (!std::all_of(message.id.begin(), message.id.end(),
                   [](char c) { return is_letter_or_digit(c) || c == '-'; })) {
    return fail(FaultCode::invalid_input, "outbound.bad_id");
  }
  const std::string text = mail_text(message, settings_.from, to, clock_->now());
  Exchange exchange{text, false};

  const std::string scheme = settings_.security == MailSecurity::tls ? "smtps" : "smtp";
  // The path is the name with which we greet: that of the sender's domain, not of this machine.
  CurlCall call(scheme + "://" + settings_.server + ":" + std::to_string(settings_.port) + "/" +
                    settings_.from.substr(settings_.from.find('@') + 1),
                "smtp,smtps", machines_);
  call.set(CURLOPT_USE_SSL,
           static_cast<long>(settings_.security == MailSecurity::none ? CURLUSESSL_NONE
                                                                      : CURLUSESSL_ALL));
  call.set(CURLOPT_MAIL_FROM, ("<" + settings_.from + ">").c_str());
  call.add_recipient("<" + to + ">");
  if (!settings_.user.empty()) {
    call.set(CURLOPT_USERNAME, settings_.user.c_str());
    call.set(CURLOPT_PASSWORD,
             settings_.password.reveal_because("signs in at the mail server").c_str());
  }
  if (!settings_.authorities.empty()) call.set(CURLOPT_CAINFO, settings_.authorities.c_str());
  call.set(CURLOPT_UPLOAD, 1L);
  call.set(CURLOPT_READFUNCTION, &give);
  call.set(CURLOPT_READDATA, &exchange);
  call.set(CURLOPT_VERBOSE, 1L);
  call.set(CURLOPT_DEBUGFUNCTION, &watch);
  call.set(CURLOPT_DEBUGDATA, &exchange);
  if (call.perform() == CURLE_OK) return {};
  const long status = call.status();
  if (exchange.addressee_named && status >= 500 && status < 600) {
    return fail(FaultCode::invalid_input, "outbound.address_refused");
  }
  return fail(FaultCode::unavailable, "outbound.not_reached");
}

}  // namespace minhu::outbound
